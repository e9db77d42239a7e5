import "server-only";

import { NO_FIGURE, share, type Figure } from "#server/domain/metrics/definitions.ts";
import type { Tx } from "#server/platform/tenant.ts";

import type { Scope } from "./scope.ts";
import { settlingRows } from "./settling-rows.ts";

type Who = "agent" | "staff";
type Row = {
  readonly who: Who;
  readonly all: number;
  readonly held: number;
  readonly median: number | null;
  readonly p90: number | null;
  readonly timed: number;
};

type SettlingFigures = Readonly<
  Record<
    | "durable_agent"
    | "durable_staff"
    | "reopened"
    | "resolution_agent"
    | "resolution_agent_p90"
    | "resolution_staff"
    | "resolution_staff_p90",
    Figure
  >
>;

/** What was settled a week before the period, and stayed so. */
export const readSettling = async (tx: Tx, scope: Scope): Promise<SettlingFigures> => {
  const rows = await tx.db.$queryRaw<Row[]>`
    select r.who, count(*)::int as all, count(*) filter (where not r."cameBack")::int as held,
      percentile_cont(0.5) within group (order by r.seconds) filter (where not r."cameBack") as median,
      percentile_cont(0.9) within group (order by r.seconds) filter (where not r."cameBack") as p90,
      count(r.seconds) filter (where not r."cameBack")::int as timed
    from (${settlingRows(scope)}) r group by r.who`;
  const of = (who: Who) => rows.find((row) => row.who === who);
  const held = (who: Who): Figure => share(of(who)?.held ?? 0, of(who)?.all ?? 0);
  const time = (who: Who, percentile: "median" | "p90"): Figure => {
    const row = of(who);
    return row === undefined || row.timed === 0 ? NO_FIGURE : { value: row[percentile], base: row.timed };
  };
  const all = rows.reduce((sum, row) => sum + row.all, 0);
  return {
    durable_agent: held("agent"),
    durable_staff: held("staff"),
    reopened: share(all - rows.reduce((sum, row) => sum + row.held, 0), all),
    resolution_agent: time("agent", "median"),
    resolution_agent_p90: time("agent", "p90"),
    resolution_staff: time("staff", "median"),
    resolution_staff_p90: time("staff", "p90"),
  };
};
