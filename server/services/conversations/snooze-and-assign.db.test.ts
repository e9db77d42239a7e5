import type { ServiceContext } from "#server/services/context.ts";
import { systemContext } from "#server/services/context.ts";
import { newId } from "#server/platform/ids.ts";
import { makeSuggestion } from "#server/testing/agent-factories.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeConversation, makeInbound, makePerson, minutesAfter, type TestClub } from "#server/testing/factories.ts";
import { beforeAll, expect, test } from "vitest";

import { assignConversation } from "./assign-conversation.ts";
import { countConversations } from "./count-conversations.ts";
import { listConversations } from "./list-conversations.ts";
import { listDueSnoozes } from "./list-due-snoozes.ts";
import { snoozeConversation } from "./snooze-conversation.ts";
import { wakeByTimer } from "./wake-conversation.ts";

useDatabase();

let club: TestClub;

beforeAll(async () => {
  club = await makeClub();
});

const at = (ctx: ServiceContext, minutes: number): ServiceContext => ({ ...ctx, fixedNow: minutesAfter(minutes) });
const machine = (minutes: number): ServiceContext =>
  at(systemContext({ franchiseId: club.franchiseId, clubId: club.id }, { job: "test" }), minutes);
const stored = (id: string) => database().owner.conversation.findUniqueOrThrow({ where: { id } });
const eventsOf = async (conversationId: string) =>
  (await database().owner.message.findMany({ where: { conversationId, direction: "event" }, orderBy: { sequence: "asc" } })).map(
    ({ eventCode, body }) => [eventCode, body],
  );
const auditOf = async (entityId: string) =>
  (await database().owner.auditLog.findMany({ where: { entityId }, orderBy: { id: "asc" } })).map(({ action }) => action);

test("a snoozed conversation stands in its own view alone, with its time, and comes back to those who are needed when it is over", async () => {
  const own = await makeClub();
  const { conversation } = await makeInbound(own, { needsYou: "escalation" });
  const conversationId = conversation.id;
  await snoozeConversation(at(own.as.staff, 1), { conversationId, until: minutesAfter(61) });
  expect(await countConversations(own.as.staff)).toEqual({ needs_you: 0, agent: 0, mine: 0, all: 0, snoozed: 1, resolved: 0 });
  expect((await listConversations(own.as.staff, { view: "snoozed" })).items).toMatchObject([
    { id: conversationId, snoozedUntil: minutesAfter(61) },
  ]);
  const sweep = at(systemContext({ franchiseId: own.franchiseId, clubId: own.id }, { job: "test" }), 60);
  await wakeByTimer(sweep, { conversationId });
  expect(await stored(conversationId)).toMatchObject({ status: "snoozed" });
  await wakeByTimer({ ...sweep, fixedNow: minutesAfter(62) }, { conversationId });
  await wakeByTimer({ ...sweep, fixedNow: minutesAfter(62) }, { conversationId });
  expect(await stored(conversationId)).toMatchObject({ status: "open", snoozedUntil: null, needsYou: "escalation", handledBy: "agent" });
  expect((await countConversations(own.as.staff)).needs_you).toBe(1);
  expect(await eventsOf(conversationId)).toEqual([
    ["snoozed", minutesAfter(61).toISOString()],
    ["woken", ""],
  ]);
  expect(await auditOf(conversationId)).toEqual(["conversation.snoozed", "conversation.woken"]);
});

test("what was put off with nobody waiting is a reminder: it wakes as something that needs a person", async () => {
  const { conversation } = await makeConversation(club);
  await snoozeConversation(at(club.as.staff, 0), { conversationId: conversation.id, until: minutesAfter(10) });
  await wakeByTimer(machine(10), { conversationId: conversation.id });
  expect(await stored(conversation.id)).toMatchObject({ status: "open", needsYou: "escalation" });
});

test("a draft that waits stays, so that it can be approved when the conversation is back", async () => {
  const { conversation } = await makeInbound(club);
  const { approvalId } = await makeSuggestion(club, conversation);
  await snoozeConversation(at(club.as.staff, 0), { conversationId: conversation.id, until: minutesAfter(10) });
  expect(await database().owner.approval.findUniqueOrThrow({ where: { id: approvalId } })).toMatchObject({ status: "pending" });
});

test("the past, a year from now, a resolved conversation and the machinery cannot snooze", async () => {
  const { conversation } = await makeConversation(club);
  const snooze = (ctx: ServiceContext, minutes: number) =>
    snoozeConversation(at(ctx, 0), { conversationId: conversation.id, until: minutesAfter(minutes) });
  await expect(snooze(club.as.staff, 0)).rejects.toMatchObject({ code: "invalid" });
  await expect(snooze(club.as.staff, 366 * 24 * 60)).rejects.toMatchObject({ code: "invalid" });
  await expect(snooze(machine(0), 5)).rejects.toMatchObject({ code: "forbidden" });
  await database().owner.conversation.update({ where: { id: conversation.id }, data: { status: "resolved", resolvedAt: MADE_AT } });
  await expect(snooze(club.as.staff, 5)).rejects.toMatchObject({ code: "not_found" });
});

test("the minute finds what is due in every club, and nothing else", async () => {
  const { conversation: due } = await makeConversation(club, { status: "snoozed", snoozedUntil: new Date("2020-01-01T00:00:00Z") });
  const { conversation: later } = await makeConversation(club, { status: "snoozed", snoozedUntil: new Date("2099-01-01T00:00:00Z") });
  const ids = (await listDueSnoozes()).map(({ id }) => id);
  expect(ids).toContain(due.id);
  expect(ids).not.toContain(later.id);
});

test("an assigned conversation is that person's and Spotter is silent in it; who was needed before is still needed", async () => {
  const { conversation } = await makeInbound(club, { needsYou: "escalation" });
  const { effectId } = await makeSuggestion(club, conversation);
  await database().owner.conversation.update({ where: { id: conversation.id }, data: { needsYou: "escalation" } });
  const { userId, name } = club.people.manager;
  await assignConversation(club.as.staff, { conversationId: conversation.id, userId });
  expect(await stored(conversation.id)).toMatchObject({ handledBy: "staff", ownerUserId: userId, needsYou: "escalation" });
  expect(await database().owner.effect.findUniqueOrThrow({ where: { id: effectId } })).toMatchObject({ status: "dropped" });
  expect(await eventsOf(conversation.id)).toEqual([["assigned", name]]);
  expect(await auditOf(conversation.id)).toEqual(["conversation.assigned"]);
  const open = await database().owner.handover.findMany({ where: { conversationId: conversation.id, endedAt: null } });
  expect(open).toMatchObject([{ handledBy: "staff", cause: "assigned", userId }]);
  await assignConversation(club.as.staff, { conversationId: conversation.id, userId: club.people.owner.userId });
  expect(await stored(conversation.id)).toMatchObject({ ownerUserId: club.people.owner.userId });
});

test("a person of another franchise, or one who has left, cannot be given anything, and looks like nobody", async () => {
  const { conversation } = await makeConversation(club);
  const elsewhere = await makeClub();
  const gone = await makePerson(club, "staff");
  await database().owner.staffAccess.updateMany({ where: { userId: gone.userId }, data: { archivedAt: MADE_AT } });
  for (const userId of [elsewhere.people.staff.userId, gone.userId, newId("user")]) {
    await expect(assignConversation(club.as.staff, { conversationId: conversation.id, userId })).rejects.toMatchObject({
      code: "not_found",
    });
  }
  expect(await auditOf(conversation.id)).toEqual([]);
});

test("a conversation of another club looks exactly like a missing one", async () => {
  const other = await makeClub();
  const { conversation } = await makeConversation(other);
  const foreign = { conversationId: conversation.id, until: minutesAfter(5), userId: club.people.staff.userId };
  const missing = { ...foreign, conversationId: newId("conversation") };
  for (const verb of [snoozeConversation, assignConversation]) {
    const [left, right] = await Promise.allSettled([verb(at(club.as.staff, 0), foreign), verb(at(club.as.staff, 0), missing)]);
    expect(left).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
    expect(String(Object(left)["reason"])).toBe(String(Object(right)["reason"]));
  }
});
