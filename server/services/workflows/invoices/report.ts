import "server-only";

import { formatMoney } from "#server/domain/money.ts";
import { INVOICE_RANGES, invoiceRangeText, invoiceTotals } from "#server/domain/past-due/invoices.ts";
import { invoicePreview } from "#server/domain/past-due/preview-lines.ts";
import { DEFAULT_INVOICE_SETTINGS, InvoiceSettings } from "#server/domain/past-due/settings.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planMemberNote } from "#server/services/members/plan-member-note.ts";
import type { RunFacts, SettledOutcome } from "#server/services/workflows/define.ts";

/** Each invoice that went out is noted at the member's record, with its amount. */
export const noteInvoices = async (tx: ServiceTx, ctx: ServiceContext, outcomes: readonly SettledOutcome[]): Promise<void> => {
  const sent = outcomes.filter(({ memberId, outcome }) => outcome === "sent" && memberId !== null);
  if (sent.length === 0) {
    return;
  }
  const { currency } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { currency: true } });
  for (const { amountMinor, id, memberId } of sent) {
    await planMemberNote(tx, ctx, {
      effectKey: `wf:${id}:note`,
      memberId: memberId ?? "",
      text: `INVOICE SENT: ${formatMoney(`${amountMinor ?? 0n}`, currency)}. [normal, billing]`,
    });
  }
};

/** What went out by range of the amount, and what failed. Of a dry run what would. */
export const invoiceLines = async (tx: ServiceTx, ctx: ServiceContext, run: RunFacts): Promise<readonly string[]> => {
  const rows = await tx.db.workflowOutcome.findMany({
    where: { clubId: ctx.clubId, workflowRunId: run.id, action: "message" },
    select: { outcome: true, amountMinor: true },
  });
  const { currency } = run.club;
  if (run.isDryRun) {
    const planned = rows.filter(({ outcome }) => outcome === "planned" || outcome === "deferred");
    return [
      invoicePreview(
        planned.map(({ amountMinor }) => ({ dueMinor: amountMinor ?? 0n })),
        currency,
      ),
    ];
  }
  const workflow = await tx.db.workflow.findFirst({ where: { id: run.workflowId, clubId: ctx.clubId }, select: { settings: true } });
  const settings = InvoiceSettings.parse({ ...DEFAULT_INVOICE_SETTINGS, ...Object(workflow?.settings) });
  const totals = invoiceTotals(
    rows
      .filter(({ outcome }) => outcome === "sent" || outcome === "unknown" || outcome === "failed")
      .map(({ amountMinor, outcome }) => ({ dueMinor: amountMinor ?? 0n, hasFailed: outcome === "failed" })),
    settings,
  );
  return [
    `Invoices: ${totals.count} over ${formatMoney(`${totals.totalMinor}`, currency)}, failed: ${totals.failedCount}.`,
    ...INVOICE_RANGES.map((range) => {
      const one = totals.ranges.find((each) => each.range === range);
      return `${invoiceRangeText(range, settings, currency)}: ${one?.count ?? 0} over ${formatMoney(`${one?.totalMinor ?? 0n}`, currency)}.`;
    }),
  ];
};
