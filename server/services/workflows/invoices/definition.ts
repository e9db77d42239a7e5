import "server-only";

import { formatMoney } from "#server/domain/money.ts";
import { decideInvoice, invoiceRangeOf } from "#server/domain/past-due/invoices.ts";
import type { InvoiceSettings, PastDueSettings } from "#server/domain/past-due/settings.ts";
import { withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { listDebtors } from "#server/services/past-due/list-debtors.ts";
import { loadDebts, type Debt } from "#server/services/past-due/load-facts.ts";
import { trackEpisodes } from "#server/services/past-due/track-episodes.ts";
import {
  defineWorkflow,
  type DecidedAt,
  type PageQuery,
  type Subject,
  type SubjectPage,
  type Verdict,
} from "#server/services/workflows/define.ts";
import { invoiceText } from "#server/services/workflows/invoices/invoice-text.ts";
import { invoiceLines, noteInvoices } from "#server/services/workflows/invoices/report.ts";
import { sendInvoice } from "#server/services/workflows/invoices/send-invoice.ts";

type Invoiced = Subject & { readonly debt: Debt; readonly pastDue: PastDueSettings };

const subjects = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { after, limit, run }: PageQuery<InvoiceSettings>,
): Promise<SubjectPage<Invoiced>> => {
  if (after === null) {
    await trackEpisodes(tx, ctx, { payerIds: run.onlyContactId === null ? null : [run.onlyContactId] });
  }
  const { next, payerIds } = await listDebtors(tx, ctx, { after, limit, only: run.onlyContactId });
  const { club, debts } = await loadDebts(tx, ctx, { payerIds });
  return {
    subjects: [...debts.values()].map((debt) => ({
      contactId: debt.contactId,
      memberId: debt.payer.memberId,
      debt,
      pastDue: club.settings,
    })),
    next,
  };
};

/** Stands in a preview where the link will be: one is only made for an invoice that goes out. */
const LINK_TO_COME = "(link to pay)";

/** Pure. Who gets this month's invoice, in which range of the report. */
const decide = ({ debt, pastDue }: Invoiced, invoices: InvoiceSettings, { now, run }: DecidedAt): Verdict => {
  const decision = decideInvoice(debt.facts, { invoices, pastDue }, now);
  const { dueMinor: amountMinor } = debt.facts;
  if (decision.kind === "nothing") {
    return { kind: "skip", reason: decision.reason, group: null, amountMinor };
  }
  if (decision.kind === "held" && decision.reason !== "stale_balance") {
    return { kind: "suppress", reason: decision.reason, group: "held", amountMinor, until: decision.until };
  }
  // What waits for a newer balance, or comes too soon after another text, is planned as well: the action waits for it.
  const amount = formatMoney(`${amountMinor}`, debt.facts.currency);
  const words = { firstName: debt.payer.firstName, amount, what: debt.what, clubName: run.club.name, url: LINK_TO_COME };
  return {
    kind: "act",
    act: {
      action: "message",
      group: invoiceRangeOf(amountMinor, invoices) ?? "first",
      reason: "invoice_due",
      templateKey: null,
      fields: {},
      amountMinor,
      writes: { purpose: "billing", text: withOptOut(invoiceText(words)) },
    },
  };
};

/** On the first of the month everybody who owes gets an invoice, in the place of that day's reminder. */
export const invoices = defineWorkflow<Invoiced, InvoiceSettings>({
  kind: "invoices",
  settings: WORKFLOW_SETTINGS.invoices,
  approval: "first_run",
  subjects,
  decide,
  actions: { message: sendInvoice },
  onSettled: noteInvoices,
  reportLines: invoiceLines,
  tells: () => "always",
});
