import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { makeDecision, makeSuggestion } from "#server/testing/agent-factories.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import {
  anyPhone,
  makeClub,
  makeConversation,
  makeInbound,
  makeMember,
  makeMessage,
  minutesAfter,
  scopeOf,
  type TestClub,
} from "#server/testing/factories.ts";
import { beforeAll, expect, test } from "vitest";

import { getContactPanel } from "./get-contact-panel.ts";
import { getThread } from "./get-thread.ts";
import { THREAD_PAGE_SIZE } from "./thread-parts.ts";

useDatabase();

let club: TestClub;

beforeAll(async () => {
  club = await makeClub();
});

test("a thread shows its messages oldest first, with who wrote them and how far they got", async () => {
  const { conversation } = await makeInbound(club, { text: "hi" });
  await makeMessage(club, conversation.id, {
    text: "hello",
    direction: "outbound",
    author: "staff",
    authorUserId: club.people.manager.userId,
    status: "delivered",
    deliveredAt: minutesAfter(2),
  });
  await makeMessage(club, conversation.id, {
    text: "from the front desk",
    direction: "outbound",
    author: "staff",
    staffName: "Front Desk",
  });
  await makeMessage(club, conversation.id, { text: "", direction: "event", author: "system", eventCode: "handed_back" });
  const thread = await getThread(club.as.staff, { conversationId: conversation.id });
  expect(
    thread.messages.map(({ body, direction, staffName, status, eventCode }) => [body, direction, staffName, status, eventCode]),
  ).toEqual([
    ["hi", "inbound", null, "unread", null],
    ["hello", "outbound", club.people.manager.name, "delivered", null],
    ["from the front desk", "outbound", "Front Desk", "sent", null],
    ["", "event", null, "sent", "handed_back"],
  ]);
  expect(thread).toMatchObject({
    previousCursor: null,
    suggestion: null,
    isAgentThinking: false,
    canReply: true,
    isSuppressed: false,
    stretches: [],
  });
});

test("a long thread comes in pages from the newest back, each message once", async () => {
  const { conversation } = await makeConversation(club);
  const total = THREAD_PAGE_SIZE + 3;
  for (let number = 1; number <= total; number += 1) {
    await makeMessage(club, conversation.id, { text: String(number) });
  }
  const newest = await getThread(club.as.staff, { conversationId: conversation.id });
  expect(newest.previousCursor).toBe(4);
  const older = await getThread(club.as.staff, { conversationId: conversation.id, before: newest.previousCursor ?? 0 });
  expect(older.previousCursor).toBeNull();
  expect([...older.messages, ...newest.messages].map(({ body }) => body)).toEqual(
    Array.from({ length: total }, (_value, index) => String(index + 1)),
  );
});

test("an inbound message and the answer to it both say why, with the facts, the model and the cost", async () => {
  const { conversation, message } = await makeInbound(club);
  const article = await database().owner.knowledgeArticle.create({
    data: {
      id: newId("knowledgeArticle"),
      ...scopeOf(club),
      title: "Opening hours",
      body: "5 to 22",
      status: "published",
      source: "staff",
      createdAt: minutesAfter(0),
      updatedAt: minutesAfter(0),
    },
  });
  await makeDecision(club, message, { outcome: "wait", reasons: ["not_newest"], costMicros: 300n, createdAt: minutesAfter(1) });
  const decision = await makeDecision(club, message, {
    outcome: "respond",
    reasons: ["sure_enough", "a reason of the future"],
    inputs: { knowledgeIds: [article.id] },
    createdAt: minutesAfter(2),
  });
  await makeMessage(club, conversation.id, { direction: "outbound", author: "agent", decisionId: decision.id });
  const { messages } = await getThread(club.as.staff, { conversationId: conversation.id });
  expect(messages[0]?.why).toEqual({
    outcome: "respond",
    reasons: [{ code: "sure_enough", sentence: "Spotter was sure enough to answer alone" }],
    category: "question",
    subIntent: "opening_hours",
    confidence: 0.9,
    threshold: 0.85,
    evidence: "open today",
    riskFlags: [],
    knowledge: [{ id: article.id, title: "Opening hours" }],
    policyVersion: "f0.c0",
    model: "test-model",
    costMicros: 1_500,
    decidedAt: minutesAfter(2),
    runId: expect.stringMatching(/^run_/),
  });
  expect(messages[1]?.why).toEqual(messages[0]?.why);
});

test("a draft is shown while it waits, and no longer once it is expired or decided", async () => {
  const { conversation, message } = await makeInbound(club);
  const decision = await makeDecision(club, message);
  const { approvalId, effectId } = await makeSuggestion(club, conversation, { text: "Until ten tonight.", decisionId: decision.id });
  const shown = () => getThread(club.as.staff, { conversationId: conversation.id });
  expect((await shown()).suggestion).toMatchObject({
    approvalId,
    effectId,
    body: "Until ten tonight.",
    requiredRole: "staff",
    why: { outcome: "suggest" },
  });
  await database().owner.approval.update({ where: { id: approvalId }, data: { expiresAt: new Date(0) } });
  expect((await shown()).suggestion).toBeNull();
  await database().owner.approval.update({
    where: { id: approvalId },
    data: { expiresAt: new Date("2099-01-01T00:00:00Z"), status: "rejected" },
  });
  expect((await shown()).suggestion).toBeNull();
});

test("the agent is thinking only while a run on the newest message is under way", async () => {
  const { conversation, message } = await makeInbound(club);
  const run = { ...scopeOf(club), conversationId: conversation.id, inboundSequence: 1, startedAt: minutesAfter(0) };
  await database().owner.agentRun.create({ data: { ...run, id: newId("agentRun"), messageId: message.id, status: "running" } });
  const isThinking = async () => (await getThread(club.as.staff, { conversationId: conversation.id })).isAgentThinking;
  expect(await isThinking()).toBe(true);
  const newer = await makeMessage(club, conversation.id);
  expect(await isThinking()).toBe(false);
  await database().owner.agentRun.create({ data: { ...run, id: newId("agentRun"), messageId: newer.id, status: "succeeded" } });
  expect(await isThinking()).toBe(false);
});

test("whoever opted out in one club of the franchise is opted out in all, on that channel only", async () => {
  const sister = await makeClub({ franchiseId: club.franchiseId });
  const from = anyPhone();
  const [here, there] = [await makeInbound(club, { from }), await makeInbound(sister, { from })];
  const suppression = { franchiseId: club.franchiseId, addressKey: addressKey(from), source: "message", createdAt: minutesAfter(0) };
  await database().owner.suppression.create({
    data: { ...suppression, id: newId("suppression"), clubId: sister.id, channelKind: "email", purpose: "all" },
  });
  await database().owner.suppression.create({
    data: { ...suppression, id: newId("suppression"), clubId: sister.id, channelKind: "sms", purpose: "marketing" },
  });
  const isSuppressed = async () => (await getThread(club.as.staff, { conversationId: here.conversation.id })).isSuppressed;
  expect(await isSuppressed()).toBe(false);
  const { id } = await database().owner.suppression.create({
    data: { ...suppression, id: newId("suppression"), clubId: sister.id, channelKind: "sms", purpose: "all" },
  });
  expect(await isSuppressed()).toBe(true);
  expect((await getThread(sister.as.staff, { conversationId: there.conversation.id })).isSuppressed).toBe(true);
  expect((await getContactPanel(club.as.staff, { conversationId: here.conversation.id })).suppressions).toHaveLength(3);
  await database().owner.suppression.update({ where: { id }, data: { liftedAt: minutesAfter(1) } });
  expect(await isSuppressed()).toBe(false);
});

test("an address of one record is bound to it, with its doors and its promises to pay; one of several shows nobody's facts, one of none is unknown", async () => {
  const from = anyPhone();
  const { conversation } = await makeInbound(club, { from, name: "Robin Hale" });
  const panel = () => getContactPanel(club.as.staff, { conversationId: conversation.id });
  expect(await panel()).toMatchObject({
    name: "Robin Hale",
    address: from,
    channelKind: "sms",
    binding: "unknown",
    member: null,
    prospect: null,
    recentVisits: [],
    promises: [],
  });

  const memberId = await makeMember(club, conversation.contactId, {
    phone: from,
    status: "past_due",
    balanceMinor: 4_250n,
    visitCount: 2,
    accessState: "locked",
  });
  await database().owner.visit.createMany({
    data: [1, 2].map((minute) => ({ id: newId("visit"), ...scopeOf(club), memberId, at: minutesAfter(minute) })),
  });
  const promiseId = newId("paymentPromise");
  await database().owner.paymentPromise.create({
    data: {
      id: promiseId,
      ...scopeOf(club),
      contactId: conversation.contactId,
      amountMinor: 2_000n,
      dueWhenMadeMinor: 4_250n,
      currency: "USD",
      promisedOn: "2026-11-27",
      status: "open",
      madeBy: "contact",
      createdAt: minutesAfter(1),
    },
  });
  expect(await panel()).toMatchObject({
    binding: "bound",
    member: { status: "past_due", balanceMinor: "4250", currency: "USD", accessState: "locked" },
    promises: [{ id: promiseId, amountMinor: "2000", currency: "USD", promisedOn: "2026-11-27", status: "open" }],
    recentVisits: [minutesAfter(2), minutesAfter(1)],
  });
  expect((await panel()).member).not.toHaveProperty("id");

  await makeMember(club, conversation.contactId, { phone: from });
  expect(await panel()).toMatchObject({ binding: "shared", member: null, recentVisits: [], promises: [] });
});

test("the panel shows the newest word on each consent, the contact's other conversations and open duties", async () => {
  const { conversation } = await makeInbound(club, { text: "by text" });
  const other = await makeConversation(club, { kind: "clubos", contactId: conversation.contactId, lastMessagePreview: "in ClubOS" });
  const consent = {
    ...scopeOf(club),
    contactId: conversation.contactId,
    purpose: "marketing",
    channelKind: "sms",
    source: "clubhub",
    createdAt: minutesAfter(0),
  };
  await database().owner.consent.createMany({
    data: [
      { ...consent, id: newId("consent"), isGranted: true, at: minutesAfter(1) },
      { ...consent, id: newId("consent"), isGranted: false, at: minutesAfter(2) },
    ],
  });
  const ticket = { ...scopeOf(club), contactId: conversation.contactId, detail: "", dueAt: minutesAfter(60), createdAt: minutesAfter(0) };
  await database().owner.ticket.createMany({
    data: [
      { ...ticket, id: newId("ticket"), title: "Call back", status: "open" },
      { ...ticket, id: newId("ticket"), title: "Called back", status: "done" },
    ],
  });
  const panel = await getContactPanel(club.as.staff, { conversationId: conversation.id });
  expect(panel.consents).toEqual([{ purpose: "marketing", channelKind: "sms", isGranted: false, source: "clubhub", at: minutesAfter(2) }]);
  expect(panel.otherConversations).toEqual([
    { id: other.conversation.id, channelKind: "clubos", lastMessageAt: minutesAfter(0), preview: "in ClubOS" },
  ]);
  expect(panel.tickets.map(({ title }) => title)).toEqual(["Call back"]);
});

test.each([
  ["the thread", getThread],
  ["the panel", getContactPanel],
])("%s of another club's conversation, a sister's included, is answered exactly like a missing one", async (_name, read) => {
  const [foreign, sister] = [await makeClub(), await makeClub({ franchiseId: club.franchiseId })];
  const [theirs, sisters] = [await makeInbound(foreign), await makeInbound(sister)];
  const answers = await Promise.all(
    [newId("conversation"), theirs.conversation.id, sisters.conversation.id].map((conversationId) =>
      read(club.as.owner, { conversationId }).catch((error: Error) => ({ ...error, message: error.message })),
    ),
  );
  expect(answers[0]).toMatchObject({ code: "not_found", message: "conversation not found" });
  expect(answers).toEqual([answers[0], answers[0], answers[0]]);
});
