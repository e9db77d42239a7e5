import type { PortfolioClub } from "#components/dashboard/report-types.ts";
import type { COLUMNS } from "#components/portfolio/search-params.ts";

export type SortKey = "name" | (typeof COLUMNS)[number];

const valueOf = ({ figures }: PortfolioClub, key: Exclude<SortKey, "name">): number | null => figures[key]?.now.value ?? null;

/** Clubs without a number stand last, whichever way round; equal ones by name. */
export const sortClubs = (
  clubs: readonly PortfolioClub[],
  { isUp, key }: { readonly key: SortKey; readonly isUp: boolean },
): readonly PortfolioClub[] =>
  clubs.toSorted((one, other) => {
    const byName = one.franchiseName.localeCompare(other.franchiseName, "en") || one.name.localeCompare(other.name, "en");
    if (key === "name") {
      return isUp ? byName : -byName;
    }
    const [left, right] = [valueOf(one, key), valueOf(other, key)];
    if (left === null || right === null) {
      return left === right ? byName : left === null ? 1 : -1;
    }
    return (isUp ? left - right : right - left) || byName;
  });
