import "server-only";

import { addDays, todayIn } from "#server/domain/calendar-date.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";
import { decideInvoice, type InvoiceDecision } from "#server/domain/past-due/invoices.ts";
import { DEFAULT_INVOICE_SETTINGS, InvoiceSettings } from "#server/domain/past-due/settings.ts";
import { withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { mailOf, textOver, type Road } from "#server/services/messages/text-over.ts";
import { unaskedRoad } from "#server/services/messages/unasked-road.ts";
import { loadDebt, type Debt } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { payLinkFor, type PayLink } from "#server/services/past-due/pay-link.ts";
import { judgeMessages } from "#server/services/sending/send-facts.ts";
import type { Act, Acted, Acting } from "#server/services/workflows/define.ts";
import { invoiceText } from "#server/services/workflows/invoices/invoice-text.ts";

/** Chosen by us: so long an invoice is open before its vendor calls it overdue. */
const DUE_DAYS = 14;

/**
 * The action `message` of the invoices. The debt is looked at again under the payer's lock; then the vendor makes the invoice, or a link,
 * over exactly what is owed now, and the text brings it. Whoever may not be written to gets no invoice made either.
 */
export const sendInvoice: Act = async (tx, ctx, acting) => {
  const { contactId } = acting.outcome;
  const found = await unaskedRoad(tx, ctx, { contactId, club: acting.run.club });
  if (found.kind === "none") {
    return ended("suppressed", found.reason);
  }
  await lockDebts(tx, ctx, [contactId]);
  const { club, debt } = await loadDebt(tx, ctx, contactId);
  const settings = await invoiceSettings(tx, ctx);
  const decision = debt === null ? null : decideInvoice(debt.facts, { invoices: settings, pastDue: club.settings }, tx.now);
  const later = decision === null ? null : waitOf(decision, tx.now);
  if (later !== null) {
    return later;
  }
  if (debt === null || decision?.kind !== "invoice") {
    const reason = decision === null || decision.kind === "invoice" ? "nothing_due" : decision.reason;
    return ended(decision?.kind === "held" ? "suppressed" : "skipped", reason);
  }
  return write(tx, ctx, { acting, debt, road: found.road, range: decision.range });
};

const LOOK_AGAIN_MINUTES = 15;

/** What only comes too soon, or rests on a balance that is too old, is looked at again. */
const waitOf = (decision: InvoiceDecision, now: Date): Acted | null => {
  if (decision.kind === "deferred") {
    return { kind: "later", until: decision.until, reason: decision.reason };
  }
  return decision.kind === "held" && decision.reason === "stale_balance"
    ? { kind: "later", until: new Date(now.getTime() + LOOK_AGAIN_MINUTES * 60_000), reason: decision.reason }
    : null;
};

const invoiceSettings = async (tx: ServiceTx, ctx: ServiceContext): Promise<InvoiceSettings> => {
  const workflow = await tx.db.workflow.findFirst({
    where: { clubId: ctx.clubId, kind: "invoices", archivedAt: null },
    select: { settings: true },
  });
  return InvoiceSettings.parse({ ...DEFAULT_INVOICE_SETTINGS, ...Object(workflow?.settings) });
};

type Writing = {
  readonly acting: Acting;
  readonly debt: Debt;
  readonly road: Road;
  readonly range: string;
};

const write = async (tx: ServiceTx, ctx: ServiceContext, { acting, debt, range, road }: Writing): Promise<Acted> => {
  const { effectKey, run } = acting;
  const subject = `${run.club.name}: your invoice`;
  const words = {
    firstName: debt.payer.firstName,
    amount: formatMoney(`${debt.facts.dueMinor}`, debt.facts.currency),
    what: debt.what,
    clubName: run.club.name,
  };
  const draft = withOptOut(invoiceText({ ...words, url: null }));
  const { addressKey, channelKind, purpose } = textOver(ctx, { road, purpose: "billing", text: draft, subject });
  const message = { contactId: debt.contactId, channelKind, addressKey, purpose, text: draft, ...mailOf(ctx, { road, subject }) };
  const [judged] = await judgeMessages(tx, ctx, { messages: [message] });
  const verdict = judged?.verdict ?? { kind: "suppress", reason: "recipient_unproven" };
  if (verdict.kind === "suppress") {
    return ended("suppressed", verdict.reason);
  }
  if (verdict.kind === "defer") {
    // Nothing is made or planned before its hour: by then another amount may be owed.
    return { kind: "later", until: verdict.until, reason: verdict.reason };
  }
  const made = await payableFor(tx, ctx, { debt, effectKey, timeZone: run.club.timeZone });
  if (made.kind === "plan") {
    return { kind: "first", effectId: made.effectId };
  }
  if (made.kind === "waits") {
    return ended("failed", "no_pay_link");
  }
  const invoice = { amountMinor: `${debt.facts.dueMinor}`, currency: debt.facts.currency };
  const text = withOptOut(invoiceText({ ...words, url: made.kind === "link" ? made.url : null }));
  const effectId = await planEffect(tx, ctx, {
    effectKey,
    plannedBy: "workflow",
    needsApproval: null,
    ...textOver(ctx, { road, purpose: "billing", text, subject, proof: { invoice } }),
  });
  return { kind: "effect", effectId, now: { text, tier: range, amountMinor: debt.facts.dueMinor } };
};

type Payable = { readonly debt: Debt; readonly effectKey: string; readonly timeZone: string };

/** What the club's vendor can: an invoice, else a link; none where there is no such vendor. */
const payableFor = async (tx: ServiceTx, ctx: ServiceContext, { debt, effectKey, timeZone }: Payable): Promise<PayLink> => {
  const { currency, dueMinor } = debt.facts;
  const [connectionId] = await connectionsWith(tx, ctx, "invoice");
  if (connectionId === undefined || (currency !== "USD" && currency !== "CAD")) {
    return payLinkFor(tx, ctx, { debt, effectKey: `${effectKey}:link` });
  }
  const open = await tx.db.payRequest.findFirst({
    where: { clubId: ctx.clubId, contactId: debt.contactId, status: "open", amountMinor: dueMinor, currency, url: { not: null } },
    orderBy: { id: "desc" },
    select: { url: true },
  });
  if (open?.url != null) {
    return { kind: "link", url: open.url };
  }
  const key = `${effectKey}:invoice`;
  const asked = await tx.db.effect.findFirst({ where: { clubId: ctx.clubId, effectKey: key }, select: { id: true } });
  if (asked !== null) {
    return { kind: "waits" };
  }
  const { email, firstName, lastName, memberId, phone } = debt.payer;
  const effectId: Id<"effect"> = await planEffect(tx, ctx, {
    effectKey: key,
    kind: "invoice.issue",
    plannedBy: "workflow",
    needsApproval: null,
    connectionId,
    contactId: asId("contact", debt.contactId),
    purpose: "billing",
    arguments: {
      payer: { memberId, firstName, lastName, email, phone },
      amountMinor: `${dueMinor}`,
      currency,
      description: `Open balance of ${debt.what}`,
      dueOn: addDays(todayIn(timeZone, tx.now), DUE_DAYS),
      // The text brings it: the vendor writes to nobody of itself.
      delivery: "none",
    },
  });
  return { kind: "plan", effectId };
};

const ended = (outcome: "skipped" | "suppressed" | "failed", reason: string): Acted => ({ kind: "ended", outcome, reason });
