import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { ASK_AFTER_MINUTES, ASK_UNTIL_MINUTES, mayAskScore, scoreQuestion } from "#server/domain/satisfaction.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { answerArguments } from "#server/services/conversations/answer-arguments.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";
import { conversationLanguage } from "#server/services/satisfaction/conversation-language.ts";
import { readMatter } from "#server/services/satisfaction/read-matter.ts";

const MINUTE_MS = 60_000;
/** A person may close a conversation long after the last word in it; one that is older is not asked about. */
const LAST_WORD_MS = 2 * 86_400_000;
/** More matters than a club settles in an hour. */
const BATCH_SIZE = 200;

/** Asks everybody of the club whose matter was settled ten minutes ago how it went, where they may be asked. Harmless to repeat. */
export const askSatisfaction = async (ctx: ServiceContext): Promise<{ readonly askedCount: number }> => {
  assertCan(ctx, "effect.plan");
  const settled = await inTransaction(ctx, async (tx) => {
    const { policy } = await resolvedPolicy(tx, ctx);
    return policy.asksSatisfaction ? settledConversations(tx, ctx) : [];
  });
  let askedCount = 0;
  for (const conversationId of settled) {
    askedCount += (await askAbout(ctx, conversationId)) ? 1 : 0;
  }
  return { askedCount };
};

/** Closed by a person, or answered by Spotter alone with nothing left to do, so long ago that somebody may be asked. */
const settledConversations = async (tx: ServiceTx, { clubId }: ServiceContext): Promise<readonly Id<"conversation">[]> => {
  const from = new Date(tx.now.getTime() - ASK_UNTIL_MINUTES * MINUTE_MS);
  const to = new Date(tx.now.getTime() - ASK_AFTER_MINUTES * MINUTE_MS);
  const rows = await tx.db.$queryRaw<{ id: Id<"conversation"> }[]>`
    (select id from "Conversation" where "clubId" = ${clubId} and status = 'resolved' and "lastMessageAt" > ${new Date(tx.now.getTime() - LAST_WORD_MS)}
       and "resolvedAt" between ${from} and ${to} and "archivedAt" is null limit ${BATCH_SIZE})
    union all
    (select id from "Conversation" where "clubId" = ${clubId} and status = 'open' and "lastMessageAt" between ${from} and ${to}
       and "handledBy" = 'agent' and "lastMessageAuthor" = 'agent' and "needsYou" = 'none' and not "requiresResponse"
       and "archivedAt" is null limit ${BATCH_SIZE})`;
  return rows.map(({ id }) => id);
};

const askAbout = async (ctx: ServiceContext, conversationId: Id<"conversation">): Promise<boolean> => {
  const effectId = await inTransaction(ctx, (tx) => plan(tx, ctx, conversationId));
  if (effectId === null) {
    return false;
  }
  await dispatchEffect(ctx, { effectId });
  return inTransaction(ctx, async (tx) => {
    // Asked at once or not at all: what the night or the person's budget put off would come out of the blue.
    await tx.db.effect.updateMany({
      where: { id: effectId, clubId: ctx.clubId, status: "planned" },
      data: { status: "dropped", failureKind: "too_late", settledAt: tx.now, updatedAt: tx.now },
    });
    const kept = await tx.db.effect.count({ where: { id: effectId, clubId: ctx.clubId, status: { notIn: ["dropped", "failed"] } } });
    return kept > 0;
  });
};

const plan = async (tx: ServiceTx, ctx: ServiceContext, conversationId: Id<"conversation">): Promise<Id<"effect"> | null> => {
  const place = await lockConversation(tx, ctx, conversationId);
  if (place === null || place.addressKey === null || place.channelKind === "email") {
    return null;
  }
  // Two conversations of one person that are settled in the same minute bring one question.
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`score|${ctx.clubId}|${place.addressKey}`}, 4))`;
  const matter = await readMatter(tx, ctx, place);
  if (matter === null || !mayAskScore(matter.facts, tx.now)) {
    return null;
  }
  const effectKey = `satisfaction:${place.id}:${matter.answerMessageId}`;
  if ((await tx.db.effect.count({ where: { clubId: ctx.clubId, effectKey } })) > 0) {
    return null;
  }
  const { name } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true } });
  const language = await conversationLanguage(tx, { clubId: ctx.clubId, conversationId });
  const effectId = await planEffect(tx, ctx, {
    effectKey,
    kind: "message.send",
    // Nobody asked for it: it passes every rule of writing uninvited, and the emergency stop holds it.
    plannedBy: "workflow",
    needsApproval: null,
    connectionId: place.connectionId,
    channelId: place.channelId,
    conversationId,
    contactId: place.contactId,
    addressKey: place.addressKey,
    channelKind: place.channelKind,
    purpose: "service",
    arguments: answerArguments(place, scoreQuestion({ clubName: name, language })),
    inboundSequence: place.inboundSequence,
  });
  const id = newId("satisfactionScore");
  await tx.db.satisfactionScore.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      conversationId,
      contactId: place.contactId,
      handledBy: matter.handledBy,
      userId: matter.userId,
      effectId,
      askedAt: tx.now,
    },
  });
  await recordAudit(tx, ctx, { action: "score.asked", entityId: id });
  return effectId;
};
