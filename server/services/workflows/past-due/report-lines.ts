import "server-only";

import { formatMoney } from "#server/domain/money.ts";
import { TIERS } from "#server/domain/past-due/facts.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { RunFacts } from "#server/services/workflows/define.ts";

type Row = {
  readonly group: string | null;
  readonly tier: string | null;
  readonly isGone: boolean;
  readonly count: number;
  readonly amount: string;
};

/** As many names as a person reads. */
const NAMES_MAX = 10;

/** What went out by tier, what is owed in all, and the cases a person must look at. Of a dry run what would. */
export const pastDueLines = async (tx: ServiceTx, ctx: ServiceContext, run: RunFacts): Promise<readonly string[]> => {
  const rows = await tx.db.$queryRaw<Row[]>`
    select "group", tier, outcome in ('sent', 'unknown') or ("isDryRun" and outcome in ('planned', 'deferred')) as "isGone", count(*)::int as count,
           coalesce(sum("amountMinor"), 0)::text as amount
    from "WorkflowOutcome" where "clubId" = ${ctx.clubId} and "workflowRunId" = ${run.id} group by 1, 2, 3`;
  const sum = (those: readonly Row[]): number => those.reduce((total, { count }) => total + count, 0);
  const totalMinor = rows.reduce((total, { amount }) => total + BigInt(amount), 0n);
  const gone = rows.filter(({ isGone }) => isGone);
  const tiers = TIERS.map((tier) => `${sum(gone.filter((row) => row.tier === tier))} ${tier}`).join(", ");
  const urgentCount = sum(gone.filter(({ group }) => group === "urgent"));
  const of = (group: string): number => sum(rows.filter((row) => row.group === group));
  return [
    `${sum(rows)} who owe were looked at, ${formatMoney(`${totalMinor}`, run.club.currency)} in all.`,
    `Reminders: ${tiers}; locks asked for: ${urgentCount}.`,
    `On hold: ${of("held")}; too soon: ${of("deferred")}; all reminders sent: ${of("ended")}.`,
    ...(await namesLine(tx, ctx, { run, group: "urgent", title: "Urgent" })),
    ...(await namesLine(tx, ctx, { run, group: "ended", title: "For the manager to decide" })),
  ];
};

type Named = { readonly run: RunFacts; readonly group: string; readonly title: string };

const namesLine = async (tx: ServiceTx, ctx: ServiceContext, { group, run, title }: Named): Promise<readonly string[]> => {
  const rows = await tx.db.$queryRaw<{ name: string; amount: string }[]>`
    select c."displayName" as name, coalesce(o."amountMinor", 0)::text as amount from "WorkflowOutcome" o
    join "Contact" c on c.id = o."contactId" and c."clubId" = o."clubId"
    where o."clubId" = ${ctx.clubId} and o."workflowRunId" = ${run.id} and o."group" = ${group}
    order by o."amountMinor" desc, o.id limit ${NAMES_MAX + 1}`;
  const shown = rows.slice(0, NAMES_MAX).map(({ amount, name }) => `${name} ${formatMoney(amount, run.club.currency)}`);
  return shown.length === 0 ? [] : [`${title}: ${shown.join(", ")}${rows.length > NAMES_MAX ? " and more" : ""}.`];
};
