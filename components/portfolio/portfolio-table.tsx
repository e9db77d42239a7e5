"use client";

import { ArrowDown, ArrowUp, OctagonX } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";

import { ChangeMark } from "#components/dashboard/change-mark.tsx";
import { changeOf, formatFigure } from "#server/domain/metrics/figure-words.ts";
import { behindPath, dashboardPath, usagePath } from "#components/dashboard/paths.ts";
import type { PortfolioClub } from "#components/dashboard/report-types.ts";
import { COLUMNS, sortParams } from "#components/portfolio/search-params.ts";
import { sortClubs, type SortKey } from "#components/portfolio/sort-clubs.ts";
import { METRICS } from "#server/domain/metrics/definitions.ts";
import { periodQuery } from "#server/domain/metrics/period-text.ts";
import type { Period } from "#server/domain/metrics/period.ts";

type PortfolioTableProps = { readonly clubs: readonly PortfolioClub[]; readonly period: Period };

/** One row a club, sorted by any column. The names stay in sight while the rest is moved. */
export const PortfolioTable = ({ clubs, period }: PortfolioTableProps) => {
  const [{ sort, up }, setSort] = useQueryStates(sortParams);
  const choose = (key: SortKey) => void setSort({ sort: key, up: key === sort ? !up : key === "name" });
  const hasFranchises = new Set(clubs.map(({ franchiseName }) => franchiseName)).size > 1;
  return (
    <div className="relative overflow-x-auto" role="region" aria-label="Figures of each club" tabIndex={0}>
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line">
            <Head label="Club" sentence="" isSorted={sort === "name"} isUp={up} onSort={() => choose("name")} isFirst />
            {COLUMNS.map((key) => (
              <Head
                key={key}
                label={METRICS[key].label}
                sentence={METRICS[key].sentence}
                isSorted={sort === key}
                isUp={up}
                onSort={() => choose(key)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortClubs(clubs, { key: sort, isUp: up }).map((club) => (
            <ClubLine key={club.clubId} club={club} period={period} isNamedByFranchise={hasFranchises} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

type HeadProps = {
  readonly label: string;
  readonly sentence: string;
  readonly isSorted: boolean;
  readonly isUp: boolean;
  readonly onSort: () => void;
  readonly isFirst?: boolean;
};

const STICKY = "sticky left-0 z-10 bg-surface border-r border-line";

const Head = ({ isFirst = false, isSorted, isUp, label, onSort, sentence }: HeadProps) => {
  const Icon = isUp ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (isUp ? "ascending" : "descending") : "none"}
      className={`p-0 align-bottom text-xs font-normal text-ink-3 ${isFirst ? `${STICKY} text-left` : "text-right"}`}
    >
      <button
        type="button"
        onClick={onSort}
        {...(sentence === "" ? {} : { "data-tip": sentence })}
        className={`inline-flex min-h-10 items-end gap-1 px-2 py-2 hover:text-ink focus-visible:-outline-offset-2 ${isFirst ? "pl-4" : "min-w-20 justify-end text-right"} ${isSorted ? "font-semibold text-ink" : ""}`}
      >
        {label}
        {isSorted ? <Icon aria-hidden="true" className="size-3.5 shrink-0" /> : null}
      </button>
    </th>
  );
};

type ClubLineProps = { readonly club: PortfolioClub; readonly period: Period; readonly isNamedByFranchise: boolean };

const ClubLine = ({ club, isNamedByFranchise, period }: ClubLineProps) => (
  <tr className="border-b border-line last:border-b-0">
    <th scope="row" className={`${STICKY} max-w-52 min-w-36 py-2.5 pr-3 pl-4 text-left align-top font-semibold`}>
      <Link href={dashboardPath(club.slug, periodQuery(period))} className="hover:underline">
        {club.name}
      </Link>
      {club.isStopped ? <OctagonX aria-label="Spotter is stopped" className="ml-1 inline size-3.5 text-bad-ink" /> : null}
      {isNamedByFranchise ? <span className="block text-xs font-normal text-ink-3">{club.franchiseName}</span> : null}
    </th>
    {COLUMNS.map((key) => {
      const figure = club.figures[key];
      const definition = METRICS[key];
      const href = key === "cost" ? usagePath(club.slug, periodQuery(period)) : behindPath(club.slug, key, periodQuery(period));
      return (
        <td key={key} className="px-2 py-2.5 text-right align-top whitespace-nowrap tabular-nums">
          {figure === undefined ? null : (
            <>
              <Link href={href} className="font-semibold hover:underline">
                {formatFigure(figure.now.value, { unit: definition.unit, currency: club.currency })}
              </Link>
              {key === "needs_you" || figure.now.value === null || figure.before.value === null ? null : (
                <span className="block">
                  <ChangeMark change={changeOf(definition, figure.now, figure.before)} />
                </span>
              )}
            </>
          )}
        </td>
      );
    })}
  </tr>
);
