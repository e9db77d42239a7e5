import "server-only";

import { NO_FIGURE, type Figure } from "#server/domain/metrics/definitions.ts";
import type { Tx } from "#server/platform/tenant.ts";

import { responseRows } from "./response-rows.ts";
import type { Scope } from "./scope.ts";

type Row = {
  readonly day: string | null;
  readonly who: "agent" | "staff";
  readonly median: number;
  readonly p90: number;
  readonly count: number;
};

type ResponseFigures = Readonly<
  Record<"first_response_agent" | "first_response_agent_p90" | "first_response_staff" | "first_response_staff_p90", Figure>
>;

export type Response = { readonly figures: ResponseFigures; readonly days: ReadonlyMap<string, ResponseFigures> };

/** How long people waited for a first answer: of the period, and of each of its days. */
export const readResponse = async (tx: Tx, scope: Scope): Promise<Response> => {
  const rows = await tx.db.$queryRaw<Row[]>`
    select r.day, r.who, percentile_cont(0.5) within group (order by r.seconds) as median,
      percentile_cont(0.9) within group (order by r.seconds) as p90, count(*)::int as count
    from (select a.who, a.seconds, to_char(a.at at time zone ${scope.timeZone}, 'YYYY-MM-DD') as day from (${responseRows(scope)}) a) r
    group by grouping sets ((r.who), (r.who, r.day))`;
  const ofDay = (day: string | null) => figuresOf(rows.filter((row) => row.day === day));
  const days = new Set(rows.flatMap(({ day }) => (day === null ? [] : [day])));
  return { figures: ofDay(null), days: new Map([...days].map((day) => [day, ofDay(day)])) };
};

const figuresOf = (rows: readonly Row[]): ResponseFigures => {
  const of = (who: Row["who"], percentile: "median" | "p90"): Figure => {
    const row = rows.find((one) => one.who === who);
    return row === undefined ? NO_FIGURE : { value: row[percentile], base: row.count };
  };
  return {
    first_response_agent: of("agent", "median"),
    first_response_agent_p90: of("agent", "p90"),
    first_response_staff: of("staff", "median"),
    first_response_staff_p90: of("staff", "p90"),
  };
};
