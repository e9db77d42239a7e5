import "server-only";

import type { ActionEntry } from "#server/domain/ledger.ts";
import type { Id } from "#server/domain/ids.ts";
import { readAnswer } from "#server/domain/yes-no.ts";
import { recordAudit } from "#server/services/audit.ts";
import { settleUse } from "#server/services/automations/settle-use.ts";
import { runningBookingOf } from "#server/services/bookings/find-running-booking.ts";
import { closeConfirmations } from "#server/services/confirmations/close-confirmations.ts";
import { endConfirmation } from "#server/services/confirmations/end-confirmation.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { argumentsHashOf, ResetArguments } from "#server/services/effects/effect-arguments.ts";

type Arrived = {
  readonly conversationId: string;
  readonly contactId: string;
  /** The inbound message that may answer. */
  readonly messageId: Id<"message">;
  readonly text: string;
};

/** `settled`: the message was the answer and needs no other; what it released is to be dispatched. */
export type Answered = { readonly kind: "none" } | { readonly kind: "settled"; readonly effectIds: readonly Id<"effect">[] };

type Open = {
  readonly id: string;
  readonly effectId: Id<"effect">;
  readonly argumentsHash: string;
  readonly expiresAt: Date;
  readonly effectHash: string;
  readonly arguments: unknown;
};

/**
 * Reads an inbound message as the answer to the open question of its conversation, in the transaction that stores it:
 * counted once, only from whoever was asked, only in time, only for the very arguments they were asked about. Any other
 * message withdraws the question, for a yes after it might mean something else.
 */
export const answerConfirmation = async (tx: ServiceTx, ctx: ServiceContext, arrived: Arrived): Promise<Answered> => {
  const { conversationId, contactId, text } = arrived;
  const [open] = await tx.db.$queryRaw<Open[]>`
    select c.id, c."effectId", c."argumentsHash", c."expiresAt", e."argumentsHash" as "effectHash", e.arguments
    from "Confirmation" c join "Effect" e on e.id = c."effectId" and e."clubId" = c."clubId"
    where c."clubId" = ${ctx.clubId} and c."conversationId" = ${conversationId} and c."contactId" = ${contactId} and c.status = 'pending'
    for update of c`;
  if (open === undefined) {
    return { kind: "none" };
  }
  const reset = ResetArguments.safeParse(open.arguments);
  const bay = reset.success ? (reset.data.bay ?? null) : null;
  const answer = readAnswer(text, { target: bay });
  if (answer === "aside") {
    return { kind: "none" };
  }
  if (answer === "unclear") {
    await closeConfirmations(tx, ctx, { conversationId });
    return { kind: "none" };
  }
  if (open.expiresAt <= tx.now) {
    const line = await endConfirmation(tx, ctx, { ...open, to: "expired", messageId: arrived.messageId });
    return settled(line);
  }
  if (answer === "no") {
    const line = await endConfirmation(tx, ctx, { ...open, to: "declined", messageId: arrived.messageId });
    return settled(line);
  }
  const stands = isUnchanged(open) && (bay === null || (await runningBookingOf(tx, ctx, bay))?.contactId === contactId);
  if (!stands) {
    const line = await endConfirmation(tx, ctx, { ...open, to: "superseded", messageId: arrived.messageId });
    return settled(line);
  }
  return release(tx, ctx, { open, arrived });
};

const settled = (line: Id<"effect"> | null): Answered => ({ kind: "settled", effectIds: line === null ? [] : [line] });

const isUnchanged = (open: Open): boolean =>
  open.argumentsHash === open.effectHash && argumentsHashOf(Object(open.arguments)) === open.argumentsHash;

const release = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { open, arrived }: { readonly open: Open; readonly arrived: Arrived },
): Promise<Answered> => {
  const { count } = await tx.db.confirmation.updateMany({
    where: { id: open.id, clubId: ctx.clubId, status: "pending" },
    data: { status: "confirmed", decidedAt: tx.now, decidedByMessageId: arrived.messageId },
  });
  const released =
    count === 0
      ? { count }
      : await tx.db.effect.updateMany({
          where: { id: open.effectId, clubId: ctx.clubId, status: "planned", argumentsHash: open.argumentsHash },
          // From now on it is for somebody who waits at the bay: the last gate counts from here.
          data: { status: "approved", confirmationId: open.id, expiresAt: tx.now, updatedAt: tx.now },
        });
  if (released.count === 0) {
    return { kind: "none" };
  }
  await recordAudit(tx, ctx, { action: "confirmation.confirmed", entityId: open.id });
  tx.news.actions.push({
    ...ENTRY,
    kind: "confirmation.given",
    outcome: "approved",
    summary: "The member confirmed the action.",
    conversationId: arrived.conversationId,
    messageId: arrived.messageId,
    effectId: open.effectId,
    inputs: { argumentsHash: open.argumentsHash },
  });
  const line = await settleUse(tx, ctx, {
    effectId: open.effectId,
    outcome: "running",
    line: { bay_reset: "reset_started", door_unlock: null },
    needsPerson: false,
  });
  return { kind: "settled", effectIds: [open.effectId, ...(line === null ? [] : [line])] };
};

const ENTRY = { risk: "physical" } as const satisfies Partial<ActionEntry>;
