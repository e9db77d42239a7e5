import { database, useDatabase } from "#server/testing/db.ts";
import { makeLine, write, type Line } from "#server/testing/scripted-line.ts";
import { beforeAll, expect, test } from "vitest";

useDatabase();

let line: Line;

beforeAll(async () => {
  line = await makeLine();
});

const eventCount = (messageId: string) =>
  database().owner.outboxEvent.count({
    where: { clubId: line.club.id, name: "inbox/message.received", payload: { path: ["messageId"], equals: messageId } },
  });

test("what a machine wrote stands unread in the inbox, and wakes nobody who could answer it", async () => {
  const { messageId, conversationId, result } = await write(line, { text: "I am away until Monday.", isAutomatic: true });
  expect(result).toMatchObject({ storedCount: 1, effectIds: [] });
  expect(await eventCount(messageId)).toBe(0);
  expect(await database().owner.message.findUniqueOrThrow({ where: { id: messageId } })).toMatchObject({
    status: "unread",
    requiresResponse: false,
    agentOutcome: "ignore",
  });
  expect(await database().owner.conversation.findUniqueOrThrow({ where: { id: conversationId } })).toMatchObject({
    unreadCount: 1,
    requiresResponse: false,
    waitingSince: null,
    inboundSequence: 0,
  });
});

test("a newsletter that speaks of unsubscribing suppresses nobody and is confirmed to nobody", async () => {
  const { phone, conversationId, result } = await write(line, { text: "STOP", isAutomatic: true });
  expect(result.effectIds).toEqual([]);
  expect(await database().owner.effect.count({ where: { conversationId } })).toBe(0);
  const { messageId } = await write(line, { from: phone, text: "Are you open today?" });
  expect(await eventCount(messageId)).toBe(1);
  expect(await database().owner.suppression.count({ where: { franchiseId: line.club.franchiseId } })).toBe(0);
});

test("the question before it stays the one that is waited for", async () => {
  const asked = await write(line, { text: "Are you open today?" });
  await write(line, { from: asked.phone, text: "I am driving.", isAutomatic: true });
  expect(await database().owner.conversation.findUniqueOrThrow({ where: { id: asked.conversationId } })).toMatchObject({
    requiresResponse: true,
    inboundSequence: 1,
    messageSequence: 2,
  });
});
