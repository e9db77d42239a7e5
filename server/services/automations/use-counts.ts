import "server-only";

import { subDays } from "date-fns";

import type { AutomationName } from "#server/domain/automations.ts";
import type { Tx } from "#server/platform/tenant.ts";

/** The figures of a card tell of this many days. */
export const USE_COUNT_DAYS = 30;

export type UseCounts = {
  readonly uses: number;
  /** Answered, or done and confirmed by the vendor. */
  readonly successes: number;
  /** Failed, ran out, or had to go to a person. What the customer declined is neither. */
  readonly failures: number;
  /** Changed or overruled by staff. */
  readonly corrections: number;
};

export const NO_USES: UseCounts = { uses: 0, successes: 0, failures: 0, corrections: 0 };

type Row = { automation: string; uses: number; successes: number; failures: number; corrections: number };

/** What became of each automation's uses in the last 30 days; one without any is missing. */
export const useCounts = async (tx: Tx, clubId: string): Promise<ReadonlyMap<AutomationName, UseCounts>> => {
  const rows = await tx.db.$queryRaw<Row[]>`
    select automation, count(*)::int as uses,
           count(*) filter (where outcome in ('answered', 'succeeded'))::int as successes,
           count(*) filter (where outcome in ('failed', 'expired', 'handed_over'))::int as failures,
           count(*) filter (where "correctedAt" is not null)::int as corrections
    from "AutomationUse" where "clubId" = ${clubId} and "createdAt" >= ${subDays(tx.now, USE_COUNT_DAYS)}
    group by automation`;
  return new Map(rows.map(({ automation, ...counts }) => [automation as AutomationName, counts]));
};
