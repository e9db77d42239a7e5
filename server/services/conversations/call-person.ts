import "server-only";

import { CALL_REASONS, CALL_WORDS, type CallReason } from "#server/domain/call-reasons.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { conversationPlace, tellPeople } from "#server/services/notifications/tell-people.ts";

/** Name of the event that has people chased until one of them has the conversation. */
const PERSON_CALLED = "inbox/person.called";

type Call = {
  readonly conversationId: string;
  readonly reason: CallReason;
  /** Only from this state; otherwise from any in which nobody was called yet. */
  readonly only?: { readonly needsYou?: "approval" | "none"; readonly handledBy?: "agent" };
  /** Also where a person was called for before: what somebody put off is called for afresh, with the reason it had, when it is back. */
  readonly isAgain?: boolean;
  /** People hear of it otherwise: by a card of its own, or because the on-call phone is paged until somebody has it. */
  readonly toldBy?: "card" | "page";
};

/**
 * A conversation needs a person from now on, and people are told: whoever holds it; else everybody, and then as the club's rules of
 * escalation say, until one of them has it. Quiet where a person was called
 * for already. Part of the caller's transaction.
 */
export const callPerson = async (tx: ServiceTx, ctx: ServiceContext, call: Call): Promise<void> => {
  const { conversationId, isAgain = false, only = {}, toldBy } = call;
  const reason = isAgain ? await reasonAgain(tx, ctx, call) : call.reason;
  const [called] = await tx.db.conversation.updateManyAndReturn({
    where: { id: conversationId, clubId: ctx.clubId, ...(isAgain ? {} : { needsYou: { not: "escalation" } }), ...only },
    data: { needsYou: "escalation", calledFor: reason, updatedAt: tx.now },
    select: { handledBy: true, ownerUserId: true },
  });
  if (called === undefined) {
    return;
  }
  if (called.handledBy === "agent" && toldBy !== "page") {
    const data = { chaseId: newId("escalationChase"), conversationId, reason, calledAt: tx.now.toISOString() };
    tx.news.changes.push({ topic: "conversation", conversationId, event: { name: PERSON_CALLED, data } });
  }
  if (toldBy !== undefined) {
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

/** What waited for a person before it was put off still waits for the same; anything else has the caller's reason. */
const reasonAgain = async (tx: ServiceTx, ctx: ServiceContext, { conversationId, reason }: Call): Promise<CallReason> => {
  const waiting = await tx.db.conversation.findFirst({
    where: { id: conversationId, clubId: ctx.clubId, needsYou: "escalation" },
    select: { calledFor: true },
  });
  return CALL_REASONS.find((one) => one === waiting?.calledFor) ?? reason;
};
