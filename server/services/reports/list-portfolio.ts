import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { MetricGroup } from "#server/domain/metrics/definitions.ts";
import { can } from "#server/domain/permissions.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { actorOf } from "#server/services/users/actor-of.ts";
import type { SignedIn } from "#server/services/users/find-signed-in.ts";
import type { z } from "zod";

import { getReport } from "./get-report.ts";
import { PortfolioInput, type ComparedFigures } from "./schemas.ts";

export type PortfolioClub = {
  readonly clubId: Id<"club">;
  readonly slug: string;
  readonly name: string;
  readonly franchiseName: string;
  readonly currency: string;
  readonly isStopped: boolean;
  readonly figures: ComparedFigures;
};

const GROUPS: readonly MetricGroup[] = ["standing", "answering", "response", "settling", "quality", "outreach", "machine"];
/** Each club is a transaction in its own context; so many at a time leave the others theirs. */
const AT_A_TIME = 3;

/** Every club whose figures this person may see, of all their franchises, each asked in its own context and on its own calendar. */
export const listPortfolio = async (
  user: SignedIn,
  raw: z.input<typeof PortfolioInput>,
  { fixedNow, requestId }: Pick<ServiceContext, "fixedNow" | "requestId">,
): Promise<readonly PortfolioClub[]> => {
  const { period } = PortfolioInput.parse(raw);
  const clubs = user.clubs.flatMap((club) => {
    const actor = actorOf(user, club);
    return can(actor, "report.read") ? [{ club, actor }] : [];
  });
  const read = async ({ actor, club }: (typeof clubs)[number]): Promise<PortfolioClub> => {
    const ctx = { franchiseId: club.franchiseId, clubId: club.id, actor, requestId, ...(fixedNow === undefined ? {} : { fixedNow }) };
    const parts: ComparedFigures[] = [];
    for (const group of GROUPS) {
      parts.push((await getReport(ctx, { period, group })).figures);
    }
    const figures: ComparedFigures = Object.assign({}, ...parts);
    const { currency, franchiseName, id, name, slug, stoppedAt } = club;
    return { clubId: id, slug, name, franchiseName, currency, isStopped: stoppedAt !== null, figures };
  };
  const rows: PortfolioClub[] = [];
  for (let first = 0; first < clubs.length; first += AT_A_TIME) {
    rows.push(...(await Promise.all(clubs.slice(first, first + AT_A_TIME).map(read))));
  }
  return rows;
};
