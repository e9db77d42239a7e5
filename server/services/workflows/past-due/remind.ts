import "server-only";

import { asId } from "#server/domain/ids.ts";
import { decideReminder } from "#server/domain/past-due/ladder.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { roadToContact } from "#server/services/messages/road-to-contact.ts";
import { loadDebt, type Debt } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { noteUrgent } from "#server/services/past-due/note-urgent.ts";
import { payLinkFor } from "#server/services/past-due/pay-link.ts";
import { unsubscribeUrlOf } from "#server/services/people/unsubscribe-link.ts";
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
  const contact = await tx.db.contact.findFirst({
    where: { id: outcome.contactId, clubId: ctx.clubId, archivedAt: null },
    select: { isAgentOff: true },
  });
  if (contact === null || contact.isAgentOff) {
    return ended("suppressed", "agent_off");
  }
  const road = await roadToContact(tx, ctx, { contactId: outcome.contactId, club: run.club });
  if (road === null) {
    return ended("suppressed", "no_address");
  }
  await lockDebts(tx, ctx, [outcome.contactId]);
  const { club, debt } = await loadDebt(tx, ctx, outcome.contactId);
  const decision = debt === null ? null : decideReminder(debt.facts, club.settings, tx.now);
  if (debt === null || decision?.kind !== "remind") {
    return ended(decision?.kind === "nothing" ? "skipped" : "suppressed", decision?.reason ?? "nothing_due");
  }
  return write(tx, ctx, { acting, debt, road, tier: decision.tier, isUrgent: decision.alsoUrgentNote });
};

type Writing = {
  readonly acting: Acting;
  readonly debt: Debt;
  readonly road: NonNullable<Awaited<ReturnType<typeof roadToContact>>>;
  readonly tier: "friendly" | "firm" | "final";
  readonly isUrgent: boolean;
};

const write = async (tx: ServiceTx, ctx: ServiceContext, { acting, debt, isUrgent, road, tier }: Writing): Promise<Acted> => {
  const { effectKey, run } = acting;
  const { channel, identity, kind, place } = road;
  const { franchiseId, clubId } = ctx;
  const mail =
    kind === "email"
      ? {
          subject: `${run.club.name}: your balance`,
          unsubscribeUrl: unsubscribeUrlOf({ franchiseId, clubId, addressKey: place.addressKey }),
        }
      : {};
  const draft = reminderText(debt, { tier, clubName: run.club.name, payLink: "" });
  if (draft === null) {
    return ended("suppressed", "attempts_spent");
  }
  const message = { contactId: debt.contactId, channelKind: kind, addressKey: place.addressKey, purpose: "billing", ...mail } as const;
  const [judged] = await judgeMessages(tx, ctx, { messages: [{ ...message, text: draft.text }] });
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
    kind: "message.send",
    plannedBy: "workflow",
    needsApproval: null,
    connectionId: channel.connection.id,
    channelId: place.channelId,
    conversationId: place.conversationId,
    contactId: asId("contact", debt.contactId),
    addressKey: place.addressKey,
    channelKind: kind,
    purpose: "billing",
    arguments: { to: identity.address ?? "", recipientExternalId: identity.externalId, text: words.text, reminder, ...mail },
  });
  if (isUrgent) {
    await noteUrgent(tx, ctx, { debt, effectKey });
  }
  return { kind: "effect", effectId, now: { text: words.text, tier, amountMinor } };
};

const ended = (outcome: "skipped" | "suppressed" | "failed", reason: string): Acted => ({ kind: "ended", outcome, reason });
