import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import { draftTextOf } from "#server/services/approvals/draft-text.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { ANSWER_MAX_TEXTS } from "./limits.ts";
import { keptDraftOf } from "./open-draft.ts";

export type DraftAnswer = {
  readonly draft: string;
  /** What staff sent; null where they closed the conversation without a word. */
  readonly sent: string | null;
  readonly isUnchanged: boolean;
  readonly messageId: string | null;
};

type DecisionRow = { readonly id: string; readonly conversationId: string; readonly messageId: string; readonly inputs: unknown };

/** What became of a draft: approved, edited, answered in other words, or closed without any; null while nobody has answered. */
export const readAnswer = async (tx: Tx, ctx: ServiceContext, decision: DecisionRow): Promise<DraftAnswer | null> => {
  const effect = await tx.db.effect.findFirst({
    where: { clubId: ctx.clubId, decisionId: decision.id, plannedBy: "agent", kind: "message.send" },
    select: { id: true, arguments: true, approvedById: true, needsApproval: true },
  });
  if (effect !== null && !effect.needsApproval) {
    // It went out alone: there was nothing to compare it with.
    return null;
  }
  if (effect !== null && effect.approvedById !== null) {
    return approved(tx, ctx, effect);
  }
  const draft = effect === null ? keptDraftOf(decision.inputs) : draftTextOf(effect.arguments);
  return draft === null ? null : answeredOtherwise(tx, ctx, { decision, draft });
};

type Approved = { readonly id: string; readonly arguments: unknown };

const approved = async (tx: Tx, ctx: ServiceContext, effect: Approved): Promise<DraftAnswer | null> => {
  const where = { clubId: ctx.clubId, effectId: effect.id };
  const correction = await tx.db.correction.findFirst({ where, select: { draftBody: true, sentBody: true } });
  const message = await tx.db.message.findFirst({ where: { ...where, direction: "outbound" }, select: { id: true } });
  const sent = draftTextOf(effect.arguments);
  // A better answer that was written after the message had gone out is no edit of its draft.
  const isUnchanged = correction === null || correction.sentBody !== sent;
  return sent === null ? null : { draft: isUnchanged ? sent : correction.draftBody, sent, isUnchanged, messageId: message?.id ?? null };
};

type Open = { readonly decision: DecisionRow; readonly draft: string };

const answeredOtherwise = async (tx: Tx, ctx: ServiceContext, { decision, draft }: Open): Promise<DraftAnswer | null> => {
  const asked = await tx.db.message.findFirst({
    where: { id: decision.messageId, clubId: ctx.clubId },
    select: { sequence: true },
  });
  const later = await tx.db.message.findMany({
    where: {
      clubId: ctx.clubId,
      conversationId: decision.conversationId,
      sequence: { gt: asked?.sequence ?? 0 },
      OR: [{ direction: { in: ["inbound", "outbound"] } }, { direction: "event", eventCode: "resolved" }],
      status: { not: "failed" },
    },
    orderBy: { sequence: "asc" },
    take: ANSWER_MAX_TEXTS * 4,
    select: { id: true, direction: true, author: true, body: true, eventCode: true },
  });
  const first = later.findIndex(({ author, direction }) => direction === "outbound" && author === "staff");
  if (first === -1) {
    const isClosed = later.some(({ eventCode }) => eventCode === "resolved");
    return isClosed ? { draft, sent: null, isUnchanged: false, messageId: null } : null;
  }
  const fromFirst = later.slice(first);
  const end = fromFirst.findIndex(({ direction }) => direction === "inbound");
  const texts = (end === -1 ? fromFirst : fromFirst.slice(0, end))
    .filter(({ author, direction }) => direction === "outbound" && author === "staff")
    .slice(0, ANSWER_MAX_TEXTS);
  return { draft, sent: texts.map(({ body }) => body).join("\n"), isUnchanged: false, messageId: texts[0]?.id ?? null };
};
