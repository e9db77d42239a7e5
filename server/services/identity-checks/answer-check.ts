import "server-only";

import { checkLine, readClaim, readCode, type CheckLine, type Claim } from "#server/domain/identity-check.ts";
import type { Id } from "#server/domain/ids.ts";
import { nextAnswer, nextAnswerText } from "#server/domain/next-answer.ts";
import { todayIn } from "#server/domain/calendar-date.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { answerArguments } from "#server/services/conversations/answer-arguments.ts";
import { callPerson as call } from "#server/services/conversations/call-person.ts";
import { lockConversation, type LockedRow } from "#server/services/conversations/lock-conversation.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { codeHashOf, codeOf, isCode } from "#server/services/identity-checks/check-code.ts";
import { CLAIMS_PER_DAY, CODE_MINUTES, MAX_ATTEMPTS, OFFER_HOURS, PROOF_HOURS } from "#server/services/identity-checks/limits.ts";
import { findClaimed, planCode } from "#server/services/identity-checks/send-code.ts";
import { specialDaysFrom } from "#server/services/knowledge/known-today.ts";
import { MESSAGE_RECEIVED } from "#server/services/messages/message-received.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

const MINUTE_MS = 60_000;
/** What somebody says in pieces is read together. */
const PIECES = 3;

type Arrived = { readonly conversationId: string; readonly messageId: Id<"message">; readonly text: string };

/** `masked`: the text as it is kept, without the code. `settled`: nobody else need answer it. */
export type Checked = { readonly isSettled: boolean; readonly masked: string | null; readonly effectIds: readonly Id<"effect">[] };

const NONE: Checked = { isSettled: false, masked: null, effectIds: [] };

/**
 * Reads an inbound message as a step of the identity check that was offered in its conversation, in the transaction that stores
 * it: who they say they are, or the code. Whether such a person exists changes neither what is answered nor how often.
 */
export const answerCheck = async (tx: ServiceTx, ctx: ServiceContext, arrived: Arrived): Promise<Checked> => {
  const check = await newestCheck(tx, ctx, arrived.conversationId);
  if (check === null) {
    return NONE;
  }
  const place = await lockConversation(tx, ctx, arrived.conversationId);
  if (place === null || place.contactId !== check.contactId) {
    return NONE;
  }
  const code = check.claimedAt === null ? null : readCode(arrived.text);
  if (place.handledBy === "staff") {
    return code === null ? NONE : { ...NONE, masked: code.masked };
  }
  const step: Step = { arrived, check, place };
  if (code !== null) {
    const effectIds = check.verifiedAt === null ? await takeCode(tx, ctx, { ...step, code: code.code }) : [];
    return { isSettled: true, masked: code.masked, effectIds };
  }
  const claim = check.verifiedAt === null ? await claimOf(tx, ctx, step) : null;
  return claim === null ? NONE : { isSettled: true, masked: null, effectIds: await takeClaim(tx, ctx, { ...step, claim }) };
};

type Check = {
  readonly id: string;
  readonly contactId: string;
  readonly memberId: string | null;
  readonly codeHash: string | null;
  readonly attemptCount: number;
  readonly claimedAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly closedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
};

type Step = { readonly arrived: Arrived; readonly check: Check; readonly place: LockedRow };

const newestCheck = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<Check | null> => {
  const [row] = await tx.db.$queryRaw<Check[]>`
    select id, "contactId", "memberId", "codeHash", "attemptCount", "claimedAt", "verifiedAt", "closedAt", "expiresAt", "createdAt"
    from "ContactVerification"
    where "clubId" = ${ctx.clubId} and "conversationId" = ${conversationId} and "verifiedById" is null
      and "createdAt" > ${new Date(tx.now.getTime() - 2 * OFFER_HOURS * 60 * MINUTE_MS)}
    order by "createdAt" desc, id desc limit 1 for update`;
  return row ?? null;
};

const isOver = ({ check }: Step, now: Date): boolean => check.closedAt !== null || check.expiresAt === null || check.expiresAt <= now;

const takeCode = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  step: Step & { readonly code: string | null },
): Promise<readonly Id<"effect">[]> => {
  const { check, code } = step;
  if (check.closedAt !== null) {
    // A person was called for; nothing more is tried.
    return [];
  }
  if (isOver(step, tx.now)) {
    return say(tx, ctx, { ...step, line: "expired" });
  }
  const isRight =
    code !== null &&
    check.memberId !== null &&
    check.codeHash !== null &&
    isCode({ verificationId: check.id, code, codeHash: check.codeHash });
  if (isRight) {
    return prove(tx, ctx, step);
  }
  const attemptCount = check.attemptCount + 1;
  const isLast = attemptCount >= MAX_ATTEMPTS;
  await tx.db.contactVerification.updateMany({
    where: { id: check.id, clubId: ctx.clubId },
    data: { attemptCount, ...(isLast ? { closedAt: tx.now } : {}) },
  });
  return isLast ? callPerson(tx, ctx, step) : say(tx, ctx, { ...step, line: "wrong" });
};

/** They are who they said: for a day this conversation counts as theirs, and what they asked before is answered now. */
const prove = async (tx: ServiceTx, ctx: ServiceContext, step: Step): Promise<readonly Id<"effect">[]> => {
  const { check, place } = step;
  await tx.db.contactVerification.updateMany({
    where: { id: check.id, clubId: ctx.clubId, verifiedAt: null },
    data: { verifiedAt: tx.now, expiresAt: new Date(tx.now.getTime() + PROOF_HOURS * 60 * MINUTE_MS), codeHash: null },
  });
  await recordAudit(tx, ctx, { action: "identity.proven", entityId: check.id, details: { by: "code" } });
  const asked = await tx.db.message.findFirst({
    where: { clubId: ctx.clubId, conversationId: place.id, direction: "inbound", sequence: place.inboundSequence },
    select: { id: true },
  });
  if (asked !== null) {
    await tx.db.agentRun.updateMany({
      where: { clubId: ctx.clubId, messageId: asked.id, status: { in: ["succeeded", "awaiting_approval", "failed", "cancelled"] } },
      data: { status: "queued", endCode: null, attempt: { increment: 1 } },
    });
    tx.news.changes.push({
      topic: "conversation",
      conversationId: place.id,
      event: { name: MESSAGE_RECEIVED, data: { conversationId: place.id, messageId: asked.id } },
    });
  }
  return say(tx, ctx, { ...step, line: "verified" });
};

const claimOf = async (tx: ServiceTx, ctx: ServiceContext, { arrived, check, place }: Step): Promise<Claim | null> => {
  if (check.claimedAt === null && check.expiresAt !== null && check.expiresAt <= tx.now) {
    return null;
  }
  const whole = readClaim(arrived.text);
  if (whole !== null || check.claimedAt !== null) {
    return whole;
  }
  const pieces = await tx.db.message.findMany({
    where: { clubId: ctx.clubId, conversationId: place.id, direction: "inbound", createdAt: { gt: check.createdAt } },
    orderBy: { sequence: "desc" },
    take: PIECES,
    select: { body: true },
  });
  return readClaim([...pieces.map(({ body }) => body).toReversed(), arrived.text].join(" "));
};

const takeClaim = async (tx: ServiceTx, ctx: ServiceContext, step: Step & { readonly claim: Claim }): Promise<readonly Id<"effect">[]> => {
  const { check, claim, place } = step;
  const dayAgo = new Date(tx.now.getTime() - 24 * 60 * MINUTE_MS);
  const scope = { clubId: ctx.clubId, conversationId: place.id, contactId: place.contactId };
  if ((await tx.db.contactVerification.count({ where: { ...scope, claimedAt: { gt: dayAgo } } })) >= CLAIMS_PER_DAY) {
    await tx.db.contactVerification.updateMany({ where: { ...scope, verifiedAt: null, closedAt: null }, data: { closedAt: tx.now } });
    return check.closedAt === null ? callPerson(tx, ctx, step) : [];
  }
  if (check.closedAt !== null && check.attemptCount >= MAX_ATTEMPTS) {
    return [];
  }
  await tx.db.contactVerification.updateMany({ where: { ...scope, verifiedAt: null, closedAt: null }, data: { closedAt: tx.now } });
  const id = newId("contactVerification");
  const found = await findClaimed(tx, ctx, { claim, senderKey: place.addressKey ?? "" });
  const said = await say(tx, ctx, { ...step, line: "sent" });
  const effectId =
    found === null ? null : await planCode(tx, ctx, { found, verificationId: id, language: await languageOf(tx, ctx, step) });
  await tx.db.contactVerification.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      ...scope,
      memberId: effectId === null ? null : (found?.memberId ?? null),
      // Where nobody is meant there is a hash as well, of a code that nobody has.
      codeHash: codeHashOf(id, effectId === null ? newId("contactVerification") : codeOf(id)),
      effectId,
      claimedAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + CODE_MINUTES * MINUTE_MS),
      createdAt: tx.now,
    },
  });
  await recordAudit(tx, ctx, { action: "identity.claimed", entityId: id });
  // What is answered goes first: how long it takes tells nothing.
  return effectId === null ? said : [...said, effectId];
};

const callPerson = async (tx: ServiceTx, ctx: ServiceContext, step: Step): Promise<readonly Id<"effect">[]> => {
  const { place } = step;
  const { policy } = await resolvedPolicy(tx, ctx);
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  const specialDays = await specialDaysFrom(tx, ctx, todayIn(timeZone, tx.now));
  const answer = nextAnswer({ now: tx.now, timeZone, staffed: policy.hours.staffed, specialDays });
  await tx.db.conversation.updateMany({
    where: { id: place.id, clubId: ctx.clubId },
    data: { requiresResponse: true, waitingSince: tx.now, updatedAt: tx.now },
  });
  await call(tx, ctx, { conversationId: place.id, reason: "money" });
  await tx.db.ticket.createMany({
    data: {
      id: newId("ticket"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      conversationId: place.id,
      contactId: place.contactId,
      title: "Find out who this is",
      detail: "The check by a code has failed.",
      dueAt: answer.dueAt,
      status: "open",
      createdAt: tx.now,
    },
  });
  await recordAudit(tx, ctx, { action: "identity.refused", entityId: step.check.id });
  const when = nextAnswerText(answer, { now: tx.now, timeZone, language: await languageOf(tx, ctx, step) });
  return say(tx, ctx, { ...step, line: "person", when });
};

type Saying = Step & { readonly line: CheckLine; readonly when?: string };

const say = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { arrived, check, line, place, when, ...rest }: Saying,
): Promise<readonly Id<"effect">[]> => {
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true } });
  const language = await languageOf(tx, ctx, { arrived, check, place, ...rest });
  const text = checkLine(line, { clubName: club.name, language, ...(when === undefined ? {} : { when }) });
  const effectId = await planEffect(tx, ctx, {
    effectKey: `check:${arrived.messageId}`,
    kind: "message.send",
    plannedBy: "agent",
    needsApproval: null,
    connectionId: place.connectionId,
    channelId: place.channelId,
    conversationId: place.id,
    contactId: place.contactId,
    addressKey: place.addressKey ?? "",
    channelKind: place.channelKind,
    purpose: "service",
    arguments: answerArguments(place, text),
  });
  return [effectId];
};

/** The language the question was read in. */
const languageOf = async (tx: ServiceTx, ctx: ServiceContext, { place }: Step): Promise<"en" | "es"> => {
  const [read] = await tx.db.$queryRaw<{ language: string }[]>`
    select c.language from "IntentClassification" c join "Message" m on m.id = c."messageId" and m."clubId" = c."clubId"
    where c."clubId" = ${ctx.clubId} and m."conversationId" = ${place.id} order by m.sequence desc, c.id desc limit 1`;
  return read?.language.startsWith("es") === true ? "es" : "en";
};
