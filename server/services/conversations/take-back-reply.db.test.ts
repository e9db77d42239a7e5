import type { ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { REPLY_HOLD_SECONDS } from "#server/services/effects/limits.ts";
import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeInbound, type TestClub } from "#server/testing/factories.ts";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { getThread } from "./get-thread.ts";
import { queueReply } from "./reply.ts";
import { takeBackReply } from "./take-back-reply.ts";

useDatabase();

let club: TestClub;

beforeAll(async () => {
  club = await makeClub();
});

// The browser's seconds stand still; the database's clock is set by each call.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout"] }));
afterEach(() => void vi.useRealTimers());

const at = (ctx: ServiceContext, seconds: number): ServiceContext => ({ ...ctx, fixedNow: new Date(MADE_AT.getTime() + seconds * 1_000) });

const hold = async (ctx: ServiceContext = club.as.staff) => {
  const { conversation } = await makeInbound(club, { text: "are you open?" });
  const { messageId } = await queueReply(at(ctx, 60), {
    conversationId: conversation.id,
    text: "No, at nine",
    clientKey: newId("message"),
    isHeld: true,
  });
  const { effectId } = await database().owner.message.findUniqueOrThrow({ where: { id: messageId } });
  return { conversationId: conversation.id, messageId, effectId: effectId ?? "" };
};

const effectOf = (id: string) => database().owner.effect.findUniqueOrThrow({ where: { id } });
const conversationOf = (id: string) => database().owner.conversation.findUniqueOrThrow({ where: { id } });

test("a held reply is not handed out before its time, also not by the sweep, and its writer sees until when", async () => {
  const { conversationId, effectId, messageId } = await hold();
  expect(await dispatchEffect(at(club.as.staff, 60 + REPLY_HOLD_SECONDS - 1), { effectId: effectId as never })).toMatchObject({
    status: "planned",
  });
  expect(await effectOf(effectId)).toMatchObject({ status: "planned", attempt: 0 });
  const seen = async (ctx: ServiceContext) =>
    (await getThread(ctx, { conversationId })).messages.find(({ id }) => id === messageId)?.heldUntil;
  expect(await seen(at(club.as.staff, 61))).toEqual(new Date(MADE_AT.getTime() + (60 + REPLY_HOLD_SECONDS) * 1_000));
  expect(await seen(at(club.as.manager, 61))).toBeUndefined();
  expect(await seen(at(club.as.staff, 60 + REPLY_HOLD_SECONDS))).toBeUndefined();
});

test("a reply taken back never goes out, leaves the thread and the list, and is written down", async () => {
  const { conversationId, effectId, messageId } = await hold();
  expect(await takeBackReply(at(club.as.staff, 62), { messageId })).toEqual({ conversationId });
  expect(await effectOf(effectId)).toMatchObject({ status: "dropped", failureKind: "taken_back" });
  expect(await dispatchEffect(at(club.as.staff, 90), { effectId: effectId as never })).toMatchObject({ status: "dropped" });
  expect((await getThread(at(club.as.staff, 90), { conversationId })).messages.map(({ id }) => id)).not.toContain(messageId);
  expect(await conversationOf(conversationId)).toMatchObject({
    lastMessagePreview: "are you open?",
    lastMessageAuthor: "contact",
    handledBy: "staff",
    ownerUserId: club.people.staff.userId,
    waitingSince: MADE_AT,
  });
  const audit = await database().owner.auditLog.findMany({ where: { entityId: messageId }, orderBy: { id: "asc" } });
  expect(audit.map(({ action }) => action)).toEqual(["message.queued", "message.taken_back"]);
  await expect(takeBackReply(at(club.as.staff, 63), { messageId })).rejects.toMatchObject({ code: "precondition_failed" });
});

test("with the time over it goes out by itself, and cannot be taken back any more", async () => {
  const { effectId, messageId } = await hold();
  const result = await dispatchEffect(at(club.as.staff, 60 + REPLY_HOLD_SECONDS), { effectId: effectId as never });
  expect(result.status).not.toBe("dropped");
  expect((await effectOf(effectId)).dispatchedAt).not.toBeNull();
  await database().owner.effect.update({ where: { id: effectId }, data: { status: "confirmed" } });
  await expect(takeBackReply(at(club.as.staff, 70), { messageId })).rejects.toMatchObject({ code: "precondition_failed" });
});

test("of a dispatch and a taking back at once exactly one happens", async () => {
  const { effectId, messageId } = await hold();
  const late = at(club.as.staff, 60 + REPLY_HOLD_SECONDS);
  const [, back] = await Promise.allSettled([dispatchEffect(late, { effectId: effectId as never }), takeBackReply(late, { messageId })]);
  const { dispatchedAt } = await effectOf(effectId);
  expect(dispatchedAt === null).toBe(back?.status === "fulfilled");
});

test("a colleague's reply, another club's and one that is none look alike, and only people take back", async () => {
  const { messageId } = await hold();
  const other = await makeClub();
  const asked: readonly (readonly [ServiceContext, string])[] = [
    [club.as.manager, messageId],
    [other.as.staff, messageId],
    [club.as.staff, newId("message")],
  ];
  const answers = await Promise.all(asked.map(([ctx, id]) => takeBackReply(at(ctx, 61), { messageId: id as never }).catch(String)));
  expect(new Set(answers).size).toBe(1);
  const machine = { ...club.as.staff, actor: { kind: "system", job: "test" } } as const;
  await expect(takeBackReply(machine, { messageId })).rejects.toMatchObject({ code: "forbidden" });
});
