"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";

import { formatFigure } from "#server/domain/metrics/figure-words.ts";
import { usagePath } from "#components/dashboard/paths.ts";
import type { PortfolioClub } from "#components/dashboard/report-types.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { METRICS } from "#server/domain/metrics/definitions.ts";
import { DEFAULT_PERIOD, periodQuery } from "#server/domain/metrics/period-text.ts";
import type { Period } from "#server/domain/metrics/period.ts";

const COLUMNS = ["cost", "cost_per_conversation", "tokens", "cache_hit", "model_errors"] as const;

/** The same of every club of the franchise that this person runs, with their sum. */
export const FranchiseUsage = ({ period: asked }: { readonly period: Period }) => {
  const { franchiseName } = useClub();
  const period = asked.kind === "version" ? DEFAULT_PERIOD : asked;
  const clubs = useQuery(useTRPC().reports.portfolio.queryOptions({ period }, { placeholderData: keepPreviousData }));
  const own = clubs.data?.filter((club) => club.franchiseName === franchiseName) ?? [];
  return (
    <section aria-label="Clubs of the franchise" className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">{`Your clubs of ${franchiseName}`}</h2>
      <Panel label="Usage by club">
        {clubs.isPending ? <SkeletonRows count={3} label="Loading clubs" /> : null}
        {clubs.isError && clubs.data === undefined ? <ErrorState error={clubs.error} onRetry={() => void clubs.refetch()} /> : null}
        {own.length === 0 ? null : <ClubTable clubs={own} period={period} />}
      </Panel>
    </section>
  );
};

type ClubTableProps = { readonly clubs: readonly PortfolioClub[]; readonly period: Period };

const ClubTable = ({ clubs, period }: ClubTableProps) => (
  <div className="relative overflow-x-auto" role="region" aria-label="Usage of each club" tabIndex={0}>
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="border-b border-line text-xs text-ink-3">
          <th scope="col" className="py-2 pl-4 text-left font-normal">
            Club
          </th>
          {COLUMNS.map((key) => (
            <th key={key} scope="col" className="px-3 py-2 text-right font-normal whitespace-nowrap">
              {METRICS[key].label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {clubs.map((club) => (
          <tr key={club.clubId} className="border-b border-line">
            <th scope="row" className="py-2 pl-4 text-left font-semibold">
              <Link href={usagePath(club.slug, periodQuery(period))} className="hover:underline">
                {club.name}
              </Link>
            </th>
            {COLUMNS.map((key) => (
              <td key={key} className="px-3 py-2 text-right whitespace-nowrap tabular-nums">
                {formatFigure(club.figures[key]?.now.value ?? null, { unit: METRICS[key].unit, currency: club.currency })}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-semibold">
          <th scope="row" className="py-2 pl-4 text-left">
            Together
          </th>
          {COLUMNS.map((key) => (
            <td key={key} className="px-3 py-2 text-right whitespace-nowrap tabular-nums">
              {formatFigure(togetherOf(clubs, key), { unit: METRICS[key].unit, currency: "USD" })}
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  </div>
);

/** Amounts add up; of shares and costs per conversation the weight of each club is in its base. */
const togetherOf = (clubs: readonly PortfolioClub[], key: (typeof COLUMNS)[number]): number | null => {
  const figures = clubs.flatMap(({ figures: of }) => (of[key] === undefined ? [] : [of[key].now]));
  if (key === "cost_per_conversation" || key === "cache_hit") {
    const bases = figures.reduce((sum, { base }) => sum + (base ?? 0), 0);
    return bases === 0 ? null : figures.reduce((sum, { base, value }) => sum + (value ?? 0) * (base ?? 0), 0) / bases;
  }
  return figures.reduce((sum, { value }) => sum + (value ?? 0), 0);
};
