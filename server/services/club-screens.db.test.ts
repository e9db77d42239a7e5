import { newId } from "#server/platform/ids.ts";
import { listAlerts } from "#server/services/alerts/list-alerts.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { resolveAlert } from "#server/services/alerts/resolve-alert.ts";
import { listApprovals } from "#server/services/approvals/list-approvals.ts";
import { listConnectionHealth } from "#server/services/connections/list-connection-health.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { resolveConversation } from "#server/services/conversations/resolve-conversation.ts";
import { checkHealth } from "#server/services/health/check-health.ts";
import { getLiveSettings } from "#server/services/live/get-live-settings.ts";
import { listChanges } from "#server/services/live/list-changes.ts";
import { rateMessage } from "#server/services/messages/rate-message.ts";
import { makeDecision, makeSuggestion } from "#server/testing/agent-factories.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeConnection, makeInbound, makeMessage, minutesAfter, type TestClub } from "#server/testing/factories.ts";
import { expect, test } from "vitest";

useDatabase();

const asWebhook = (club: TestClub): ServiceContext => ({ ...club.as.staff, actor: { kind: "webhook", connectionId: newId("connection") } });

const raise = (club: TestClub, key: string) =>
  inTransaction(club.as.staff, (tx) =>
    raiseAlert(tx, club.as.staff, { key, kind: "poll_stale", severity: "warning", title: "No news from the inbox", detail: key }),
  );

test("an alert is one card however often it is raised, until somebody closes it; the next failure opens a new one", async () => {
  const club = await makeClub();
  await raise(club, "inbox");
  await raise(club, "inbox");
  const [card, ...others] = await listAlerts(club.as.staff);
  expect(others).toEqual([]);
  expect(card).toMatchObject({ kind: "poll_stale", severity: "warning", title: "No news from the inbox", count: 2, conversationId: null });
  const input = { alertId: card?.id ?? newId("alert") };
  await resolveAlert(club.as.staff, input);
  expect(await listAlerts(club.as.staff)).toEqual([]);
  await expect(resolveAlert(club.as.staff, input)).rejects.toMatchObject({ code: "not_found" });
  await raise(club, "inbox");
  expect(await listAlerts(club.as.staff)).toMatchObject([{ count: 1 }]);
  const audit = await database().owner.auditLog.findMany({ where: { clubId: club.id, action: "alert.resolved" } });
  expect(audit).toMatchObject([{ entityId: input.alertId, actorId: club.people.staff.userId }]);
});

test("an alert of another club is neither seen nor closed", async () => {
  const [club, foreign] = [await makeClub(), await makeClub()];
  await raise(foreign, "inbox");
  expect(await listAlerts(club.as.owner)).toEqual([]);
  const [card] = await listAlerts(foreign.as.staff);
  await expect(resolveAlert(club.as.owner, { alertId: card?.id ?? newId("alert") })).rejects.toMatchObject({
    code: "not_found",
    message: "alert not found",
  });
  expect(await listAlerts(foreign.as.staff)).toHaveLength(1);
  await expect(listAlerts(asWebhook(club))).rejects.toMatchObject({ code: "forbidden" });
});

test("approvals wait oldest first with the words, the contact and the reasons; decided and expired ones are gone", async () => {
  const club = await makeClub();
  const make = async (name: string, minutes: number, overrides = {}) => {
    const { conversation, message } = await makeInbound(club, { name });
    const decision = await makeDecision(club, message);
    return makeSuggestion(club, conversation, {
      text: `Hello ${name}`,
      decisionId: decision.id,
      requestedAt: minutesAfter(minutes),
      ...overrides,
    });
  };
  await make("Second", 2);
  await make("First", 1, { requiredRole: "manager" });
  await make("Decided", 0, { status: "approved" });
  await make("Expired", 0, { expiresAt: MADE_AT });
  const cards = await listApprovals({ ...club.as.staff, fixedNow: MADE_AT });
  expect(cards).toMatchObject([
    {
      contactName: "First",
      body: "Hello First",
      requiredRole: "manager",
      summary: "Send this answer",
      why: { outcome: "suggest", costMicros: 1_200 },
    },
    { contactName: "Second", body: "Hello Second", requiredRole: "staff" },
  ]);
  expect(await listApprovals((await makeClub()).as.staff)).toEqual([]);
});

test.each([
  ["an inbox read a minute ago", { provider: "clubos", lastSuccessAt: minutesAfter(-1) }, false],
  ["an inbox not read for longer", { provider: "clubos", lastSuccessAt: minutesAfter(-1.1) }, true],
  ["an inbox never read since it was connected", { provider: "clubos", createdAt: minutesAfter(-5) }, true],
  ["an inbox connected this moment", { provider: "clubos", createdAt: MADE_AT }, false],
  ["texts asked for beside a webhook", { provider: "openphone", lastSuccessAt: minutesAfter(-2.5) }, false],
  ["members read an hour ago", { provider: "clubhub", lastSuccessAt: minutesAfter(-60) }, false],
  ["members not read for two hours", { provider: "clubhub", lastSuccessAt: minutesAfter(-121) }, true],
  ["a connection that is never polled", { provider: "openphone", lastSuccessAt: minutesAfter(-900), nextPollAt: null }, false],
  ["a connection that is switched off", { provider: "clubos", lastSuccessAt: minutesAfter(-900), status: "disabled" }, false],
])("%s: stale or not", async (_name, overrides, isStale) => {
  const club = await makeClub();
  await makeConnection(club, { nextPollAt: MADE_AT, ...overrides });
  const rows = await listConnectionHealth({ ...club.as.staff, fixedNow: MADE_AT });
  expect(rows).toMatchObject([{ isStale }]);
  expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual([
    "id",
    "isStale",
    "lagSeconds",
    "lastErrorAt",
    "lastErrorKind",
    "lastSuccessAt",
    "name",
    "pauseReason",
    "provider",
    "status",
  ]);
});

test("a browser that was away learns which conversations changed, or that it must ask for everything", async () => {
  const club = await makeClub();
  const [first, second] = [await makeInbound(club), await makeInbound(club)];
  expect(await listChanges(club.as.staff, { after: "0" })).toEqual({ sequence: "0", conversationIds: [], isTooOld: false });
  await resolveConversation(club.as.staff, { conversationId: first.conversation.id });
  await resolveConversation(club.as.staff, { conversationId: second.conversation.id });
  const all = await listChanges(club.as.staff, { after: "0" });
  expect(all.conversationIds).toEqual([first.conversation.id, second.conversation.id]);
  expect(all.isTooOld).toBe(false);
  expect((await listChanges(club.as.staff, { after: all.sequence })).conversationIds).toEqual([]);
  expect(await listChanges(club.as.staff, { after: "999999" })).toMatchObject({ sequence: all.sequence, isTooOld: true });
  await expect(listChanges(club.as.staff, { after: "-1" })).rejects.toThrow(/sequence/);
  await expect(listChanges(asWebhook(club), { after: "0" })).rejects.toMatchObject({ code: "forbidden" });
});

test("the settings of live updates name the club's channel and keep the secret", async () => {
  const club = await makeClub();
  const settings = getLiveSettings(club.as.staff);
  expect(settings).toMatchObject({ key: "test-pusher-key", realtimeChannel: `private-club-${club.id}`, isDemo: false });
  expect(JSON.stringify(settings)).not.toContain("test-pusher-secret");
});

test("an answer of the agent is scored once per person, the newest score counting", async () => {
  const club = await makeClub();
  const { conversation, message } = await makeInbound(club);
  const answer = await makeMessage(club, conversation.id, { direction: "outbound", author: "agent" });
  await rateMessage(club.as.staff, { messageId: answer.id, score: 2, comment: " wrong hours " });
  await rateMessage(club.as.staff, { messageId: answer.id, score: 4 });
  await rateMessage(club.as.manager, { messageId: answer.id, score: 5 });
  const ratings = await database().owner.rating.findMany({ where: { clubId: club.id }, orderBy: { score: "asc" } });
  expect(ratings).toMatchObject([
    { userId: club.people.staff.userId, score: 4, comment: null },
    { userId: club.people.manager.userId, score: 5 },
  ]);
  const refusals = [message.id, newId("message")].map((messageId) => rateMessage(club.as.staff, { messageId, score: 1 }));
  expect(await Promise.allSettled(refusals)).toMatchObject([{ reason: { code: "not_found" } }, { reason: { code: "not_found" } }]);
  await expect(rateMessage((await makeClub()).as.owner, { messageId: answer.id, score: 1 })).rejects.toMatchObject({ code: "not_found" });
  await expect(rateMessage(club.as.staff, { messageId: answer.id, score: 6 })).rejects.toThrow(/score/);
});

test("the installation says that its database answers, and nothing else about it", async () => {
  expect(await checkHealth()).toEqual({ status: "ok", database: "ok" });
});
