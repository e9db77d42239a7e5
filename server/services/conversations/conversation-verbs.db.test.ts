import type { ServiceContext } from "#server/services/context.ts";
import { newId } from "#server/platform/ids.ts";
import { makeSuggestion } from "#server/testing/agent-factories.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConversation, makeInbound, makeMessage, minutesAfter, type TestClub } from "#server/testing/factories.ts";
import { beforeAll, expect, test } from "vitest";

import { addNote } from "./add-note.ts";
import { markRead } from "./mark-read.ts";
import { reopenConversation } from "./reopen-conversation.ts";
import { resolveConversation } from "./resolve-conversation.ts";

useDatabase();

let club: TestClub;

beforeAll(async () => {
  club = await makeClub();
});

const stored = (id: string) => database().owner.conversation.findUniqueOrThrow({ where: { id } });
const messagesOf = (conversationId: string) =>
  database().owner.message.findMany({ where: { conversationId }, orderBy: { sequence: "asc" } });
const auditOf = async (entityId: string) =>
  (await database().owner.auditLog.findMany({ where: { entityId }, orderBy: { id: "asc" } })).map(({ action, actorId }) => [
    action,
    actorId,
  ]);
const newsOf = (conversationId: string) => database().owner.outboxEvent.count({ where: { conversationId, topic: "conversation" } });

test("resolving ends the waiting, drops the draft, leaves a line in the thread and is told to the browsers", async () => {
  const { conversation } = await makeInbound(club);
  const { approvalId, effectId } = await makeSuggestion(club, conversation);
  await resolveConversation(club.as.staff, { conversationId: conversation.id });
  const row = await stored(conversation.id);
  expect(row).toMatchObject({ status: "resolved", needsYou: "none", waitingSince: null, unreadCount: 0 });
  expect(row.resolvedAt).toBeInstanceOf(Date);
  expect(row.clubSequence).toBeGreaterThan(0n);
  expect((await messagesOf(conversation.id)).at(-1)).toMatchObject({
    direction: "event",
    eventCode: "resolved",
    authorUserId: club.people.staff.userId,
    sequence: 2,
  });
  expect(await database().owner.approval.findUniqueOrThrow({ where: { id: approvalId } })).toMatchObject({ status: "superseded" });
  expect(await database().owner.effect.findUniqueOrThrow({ where: { id: effectId } })).toMatchObject({ status: "dropped" });
  expect(await auditOf(conversation.id)).toEqual([["conversation.resolved", club.people.staff.userId]]);
  expect(await newsOf(conversation.id)).toBe(1);
});

test("resolving twice is refused, and of two people at once one wins", async () => {
  const { conversation } = await makeInbound(club);
  const results = await Promise.allSettled([1, 2].map(() => resolveConversation(club.as.staff, { conversationId: conversation.id })));
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(resolveConversation(club.as.staff, { conversationId: conversation.id })).rejects.toMatchObject({ code: "not_found" });
  expect(await auditOf(conversation.id)).toHaveLength(1);
});

test("reopening brings a resolved or snoozed conversation back, and an open one is left alone", async () => {
  const { conversation } = await makeConversation(club, { status: "snoozed", snoozedUntil: minutesAfter(60), handledBy: "staff" });
  await reopenConversation(club.as.staff, { conversationId: conversation.id });
  expect(await stored(conversation.id)).toMatchObject({ status: "open", snoozedUntil: null, resolvedAt: null, handledBy: "staff" });
  await expect(reopenConversation(club.as.staff, { conversationId: conversation.id })).rejects.toMatchObject({ code: "not_found" });
  expect((await messagesOf(conversation.id)).map(({ eventCode }) => eventCode)).toEqual(["reopened"]);
});

test("reading marks every inbound message once; reading again tells nobody anything", async () => {
  const { conversation } = await makeInbound(club);
  await makeMessage(club, conversation.id);
  await markRead(club.as.staff, { conversationId: conversation.id });
  await markRead(club.as.staff, { conversationId: conversation.id });
  expect(await stored(conversation.id)).toMatchObject({ unreadCount: 0 });
  expect((await messagesOf(conversation.id)).map(({ status, readAt }) => [status, readAt === null])).toEqual([
    ["read", false],
    ["read", false],
  ]);
  expect(await auditOf(conversation.id)).toEqual([["conversation.read", club.people.staff.userId]]);
  expect(await newsOf(conversation.id)).toBe(1);
});

test("a note joins the thread in order, answers nobody and does not move the conversation", async () => {
  const { conversation } = await makeInbound(club);
  const before = await stored(conversation.id);
  const notes = await Promise.all(
    ["asked twice", "  called her  "].map((text) => addNote(club.as.staff, { conversationId: conversation.id, text })),
  );
  const messages = await messagesOf(conversation.id);
  expect(messages.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(
    messages
      .slice(1)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(notes.map(({ messageId }) => messageId).toSorted());
  expect(
    messages
      .slice(1)
      .map(({ body }) => body)
      .toSorted(),
  ).toEqual(["asked twice", "called her"]);
  expect(messages[1]).toMatchObject({ direction: "note", author: "staff", authorUserId: club.people.staff.userId });
  const after = await stored(conversation.id);
  expect(after).toMatchObject({
    lastMessageAt: before.lastMessageAt,
    lastMessagePreview: before.lastMessagePreview,
    waitingSince: before.waitingSince,
    unreadCount: 1,
  });
  await expect(addNote(club.as.staff, { conversationId: conversation.id, text: "   " })).rejects.toThrow(/a note says something/);
});

const VERBS: readonly (readonly [
  string,
  (ctx: ServiceContext, conversationId: ReturnType<typeof newId<"conversation">>) => Promise<unknown>,
])[] = [
  ["resolve", (ctx, conversationId) => resolveConversation(ctx, { conversationId })],
  ["reopen", (ctx, conversationId) => reopenConversation(ctx, { conversationId })],
  ["mark read", (ctx, conversationId) => markRead(ctx, { conversationId })],
  ["add a note", (ctx, conversationId) => addNote(ctx, { conversationId, text: "a remark" })],
];

test.each(VERBS)("%s: a conversation of another club looks exactly like a missing one and is not touched", async (_name, verb) => {
  const foreign = await makeClub();
  const { conversation } = await makeInbound(foreign);
  const before = await stored(conversation.id);
  const [missing, theirs] = await Promise.all(
    [newId("conversation"), conversation.id].map((id) =>
      verb(club.as.owner, id).catch((error: Error) => ({ ...error, message: error.message })),
    ),
  );
  expect(missing).toMatchObject({ code: "not_found" });
  expect(theirs).toEqual(missing);
  expect(await stored(conversation.id)).toEqual(before);
  expect(await messagesOf(conversation.id)).toHaveLength(1);
});

test.each(VERBS)("%s: is for people; the machinery is refused before anything is read", async (_name, verb) => {
  const webhook: ServiceContext = { ...club.as.staff, actor: { kind: "webhook", connectionId: newId("connection") } };
  await expect(verb(webhook, newId("conversation"))).rejects.toMatchObject({ code: "forbidden" });
});
