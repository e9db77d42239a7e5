import "server-only";

import { CALL_WORDS, type CallReason } from "#server/domain/call-reasons.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { conversationPlace, tellPeople } from "#server/services/notifications/tell-people.ts";

type Call = {
  readonly conversationId: string;
  readonly reason: CallReason;
  /** Only from this state; otherwise from any in which nobody was called yet. */
  readonly only?: { readonly needsYou?: "approval" | "none"; readonly handledBy?: "agent" };
  /** A card of its own tells of it already. */
  readonly isTold?: boolean;
};

/**
 * A conversation needs a person from now on, and people are told: whoever holds it, else everybody. Quiet where a person was called
 * for already. Part of the caller's transaction.
 */
export const callPerson = async (tx: ServiceTx, ctx: ServiceContext, call: Call): Promise<void> => {
  const { conversationId, isTold = false, only = {}, reason } = call;
  const [called] = await tx.db.conversation.updateManyAndReturn({
    where: { id: conversationId, clubId: ctx.clubId, needsYou: { not: "escalation" }, ...only },
    data: { needsYou: "escalation", updatedAt: tx.now },
    select: { handledBy: true, ownerUserId: true },
  });
  if (called === undefined || isTold) {
    return;
  }
  const isHeld = called.handledBy === "staff" && called.ownerUserId !== null;
  await tellPeople(tx, ctx, {
    kind: "needs_you",
    title: `A conversation needs you: ${CALL_WORDS[reason].label.toLowerCase()}`,
    detail: CALL_WORDS[reason].about,
    path: conversationPlace(conversationId),
    subjectId: conversationId,
    ...(isHeld && called.ownerUserId !== null ? { userId: called.ownerUserId } : {}),
  });
};
