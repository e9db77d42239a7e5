import "server-only";

import { decideReminder } from "#server/domain/past-due/ladder.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { mailOf, textOver, type Road } from "#server/services/messages/text-over.ts";
import { unaskedRoad } from "#server/services/messages/unasked-road.ts";
import { loadDebt, type Debt } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { noteUrgent } from "#server/services/past-due/note-urgent.ts";
import { payLinkFor } from "#server/services/past-due/pay-link.ts";
import { judgeMessages } from "#server/services/sending/send-facts.ts";
import type { Act, Acted, Acting } from "#server/services/workflows/define.ts";
import { reminderText } from "#server/services/workflows/past-due/reminder-text.ts";

/**
 * The action `message` of the ladder. The debt is looked at again in the transaction that plans the text, under the payer's lock: whoever
 * paid, promised or was reminded since the plan gets none. A text that would have to wait for its hour is not planned at all, for
 * its amount would be old by then; the next run of the hour looks again.
 */
export const remind: Act = async (tx, ctx, acting) => {
  const { outcome, run } = acting;
  const found = await unaskedRoad(tx, ctx, { contactId: outcome.contactId, club: run.club });
  if (found.kind === "none") {
    return ended("suppressed", found.reason);
  }
  await lockDebts(tx, ctx, [outcome.contactId]);
  const { club, debt } = await loadDebt(tx, ctx, outcome.contactId);
  const decision = debt === null ? null : decideReminder(debt.facts, club.settings, tx.now);
  if (debt === null || decision?.kind !== "remind") {
    return ended(decision?.kind === "nothing" ? "skipped" : "suppressed", decision?.reason ?? "nothing_due");
  }
  return write(tx, ctx, { acting, debt, road: found.road, tier: decision.tier, isUrgent: decision.alsoUrgentNote });
};

type Writing = {
  readonly acting: Acting;
  readonly debt: Debt;
  readonly road: Road;
  readonly tier: "friendly" | "firm" | "final";
  readonly isUrgent: boolean;
};

const write = async (tx: ServiceTx, ctx: ServiceContext, { acting, debt, isUrgent, road, tier }: Writing): Promise<Acted> => {
  const { effectKey, run } = acting;
  const subject = `${run.club.name}: your balance`;
  const draft = reminderText(debt, { tier, clubName: run.club.name, payLink: "" });
  if (draft === null) {
    return ended("suppressed", "attempts_spent");
  }
  const { addressKey, channelKind, purpose } = textOver(ctx, { road, purpose: "billing", text: draft.text, subject });
  const message = { contactId: debt.contactId, channelKind, addressKey, purpose, text: draft.text, ...mailOf(ctx, { road, subject }) };
  const [judged] = await judgeMessages(tx, ctx, { messages: [message] });
  const verdict = judged?.verdict ?? { kind: "suppress", reason: "recipient_unproven" };
  if (verdict.kind !== "send") {
    return ended("suppressed", verdict.reason);
  }
  const link = await payLinkFor(tx, ctx, { debt, effectKey: `${effectKey}:link` });
  if (link.kind === "plan") {
    return { kind: "first", effectId: link.effectId };
  }
  const words = link.kind === "link" ? reminderText(debt, { tier, clubName: run.club.name, payLink: link.url }) : null;
  if (words === null) {
    return ended(link.kind === "none" ? "suppressed" : "failed", "no_pay_link");
  }
  const { dueMinor: amountMinor, currency, episodeOn } = debt.facts;
  const reminder = { tier, amountMinor: `${amountMinor}`, currency, wordingKey: words.key, episodeOn: episodeOn ?? "" };
  const effectId = await planEffect(tx, ctx, {
    effectKey,
    plannedBy: "workflow",
    needsApproval: null,
    ...textOver(ctx, { road, purpose: "billing", text: words.text, subject, proof: { reminder } }),
  });
  if (isUrgent) {
    await noteUrgent(tx, ctx, { debt, effectKey });
  }
  return { kind: "effect", effectId, now: { text: words.text, tier, amountMinor } };
};

const ended = (outcome: "skipped" | "suppressed" | "failed", reason: string): Acted => ({ kind: "ended", outcome, reason });
