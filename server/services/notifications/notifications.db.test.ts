import type { Id } from "#server/domain/ids.ts";
import { DEFAULT_NOTIFICATION_SETTINGS, type NotificationSettings } from "#server/domain/notification-settings.ts";
import { newId } from "#server/platform/ids.ts";
import { acknowledgeAlert } from "#server/services/alerts/acknowledge-alert.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { assignConversation } from "#server/services/conversations/assign-conversation.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { ingestMessages } from "#server/services/messages/ingest-messages.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeConnection, makeContact, makeConversation, scopeOf } from "#server/testing/factories.ts";
import { useScriptedConnector } from "#server/testing/scripted-connector.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { REJECT, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { openChannel } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { deliverBatch, deliverHeld, deliverNotification, listClubsDue } from "./deliver-notification.ts";
import { countUnread, listNotifications } from "./list-notifications.ts";
import { readNotifications } from "./read-notifications.ts";
import { saveNotificationSettings } from "./save-notification-settings.ts";
import { tellPeople, type Told } from "./tell-people.ts";

useDatabase();
const vendor = useScriptedOpenPhone();
const posted: { personExternalId?: string | null | undefined; text: string }[] = [];
useScriptedConnector("email", () => ({ capabilities: ["message.send"], check: () => Promise.resolve({ account: "scripted" }) }));
useScriptedConnector("slack", () => ({
  capabilities: ["notify"],
  check: () => Promise.resolve({ account: "scripted" }),
  notices: { post: (notice) => Promise.resolve({ vendorReference: String(posted.push(notice)) }) },
}));

/** Noon in Denver, and half past three at night. */
const NOON = new Date("2026-11-20T19:00:00.000Z");
const NIGHT = new Date("2026-11-20T10:30:00.000Z");
const MORNING = new Date("2026-11-20T14:00:00.000Z");
const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow: Date): ServiceContext => ({ ...ctx, fixedNow });

let serial = 0;
let phone: string;
let line: Line;

beforeEach(async () => {
  posted.length = 0;
  phone = `+172055501${String((serial += 1) % 100).padStart(2, "0")}`;
  line = await makeLine({ name: "Ironwood Denver" });
  await openChannel(line);
});

const choose = (ways: Partial<NotificationSettings["ways"]>, over: Partial<NotificationSettings> = {}, ctx = line.club.as.staff) =>
  saveNotificationSettings(ctx, {
    settings: { ...DEFAULT_NOTIFICATION_SETTINGS, phone, ...over, ways: { ...DEFAULT_NOTIFICATION_SETTINGS.ways, ...ways } },
  });
const tell = (over: Partial<Told> = {}, now = NOON) =>
  inTransaction(at(line.system, now), (tx) =>
    tellPeople(tx, at(line.system, now), { kind: "needs_you", title: "A conversation needs you", detail: "Why", path: "inbox", ...over }),
  );
const titlesOf = async (ctx: ServiceContext) => (await listNotifications(ctx, {})).items.map(({ title }) => title);
const kindsOf = async (ctx: ServiceContext) => (await listNotifications(ctx, {})).items.map(({ kind }) => kind);
const deliveries = () =>
  owner().notificationDelivery.findMany({
    where: { clubId: line.club.id },
    orderBy: { id: "asc" },
    select: { id: true, way: true, status: true, reason: true, dueAt: true },
  });
const deliverAll = async (now = NOON): Promise<void> => {
  for (const { id } of await deliveries()) {
    await deliverNotification(at(line.system, now), { deliveryId: id as Id<"notificationDelivery"> });
  }
};
const raise = (key: string, kind: "connection_failing" | "emergency" = "connection_failing") =>
  inTransaction(line.system, (tx) =>
    raiseAlert(tx, line.system, { kind, severity: "warning", key, title: `Card ${key}`, detail: "It fails." }),
  );
/** The vendor took the newest text to a phone, and says later that it did not arrive. */
const undeliver = async (to: string): Promise<void> => {
  const externalId = vendor.accepted(to).at(-1)?.id ?? "";
  await ingestMessages(line.webhook, {
    connectionId: line.connectionId,
    messages: [],
    events: [{ kind: "delivery", externalId, status: "undelivered", errorCode: "30003", at: NOON }],
    origin: { kind: "webhook", deliveryId: `undelivered-${externalId}`, eventKind: "test" },
  });
};
const chasedCount = () => owner().outboxEvent.count({ where: { clubId: line.club.id, name: "inbox/person.called" } });

describe("who is told", () => {
  test("of a new card is whoever's role reaches, once for as long as it is open, and it is settled with the card", async () => {
    await raise("late");
    await raise("late");
    expect(await titlesOf(line.club.as.manager)).toEqual(["Card late"]);
    expect(await titlesOf(line.club.as.staff)).toEqual([]);
    expect(await countUnread(line.club.as.owner)).toBe(1);
    await inTransaction(line.system, (tx) => settleAlert(tx, line.system, "late"));
    expect(await countUnread(line.club.as.owner)).toBe(0);
    expect((await listNotifications(line.club.as.owner, {})).items).toMatchObject([{ isSettled: true, isUnread: false }]);
  });

  test("of an emergency is everybody, until somebody has it", async () => {
    await raise("fire", "emergency");
    expect(await kindsOf(line.club.as.staff)).toEqual(["emergency"]);
    const alert = await owner().alert.findFirstOrThrow({ where: { clubId: line.club.id, key: "fire" } });
    await acknowledgeAlert(line.club.as.staff, { alertId: alert.id as Id<"alert"> });
    expect(await countUnread(line.club.as.manager)).toBe(0);
  });

  test("of a conversation that needs somebody is everybody, once, and nobody when it is taken; of one that is held, its holder alone", async () => {
    const { conversation } = await makeConversation(line.club, { handledBy: "agent" });
    const call = () =>
      inTransaction(line.system, (tx) => callPerson(tx, line.system, { conversationId: conversation.id, reason: "complaint" }));
    await call();
    await call();
    expect(await titlesOf(line.club.as.staff)).toEqual(["A conversation needs you: a complaint"]);
    await takeOver(line.club.as.staff, { conversationId: conversation.id });
    expect(await countUnread(line.club.as.manager)).toBe(0);
    await call();
    expect([await countUnread(line.club.as.staff), await countUnread(line.club.as.manager)]).toEqual([1, 0]);
  });

  test("of a conversation that is handed over is the one who gets it, and nobody who takes it themselves", async () => {
    const { conversation } = await makeConversation(line.club, { handledBy: "agent" });
    const conversationId = conversation.id;
    await assignConversation(line.club.as.manager, { conversationId, userId: line.club.people.staff.userId });
    expect(await kindsOf(line.club.as.staff)).toEqual(["assigned"]);
    expect(await kindsOf(line.club.as.manager)).toEqual([]);
    await assignConversation(line.club.as.manager, { conversationId, userId: line.club.people.manager.userId });
    expect(await kindsOf(line.club.as.manager)).toEqual([]);
    expect(await countUnread(line.club.as.staff)).toBe(0);
  });

  test("is nobody who chose no way, and nobody of another club", async () => {
    await choose({ needs_you: [] });
    const other = await makeLine();
    await tell();
    expect(await kindsOf(line.club.as.staff)).toEqual([]);
    expect(await kindsOf(other.club.as.owner)).toEqual([]);
    expect(await kindsOf(line.club.as.owner)).toEqual(["needs_you"]);
  });
});

describe("what leaves the house", () => {
  const openMailbox = async (): Promise<void> => {
    const connectionId = (await makeConnection(line.club, { provider: "email" })).id;
    await owner().channel.create({
      data: {
        ...scopeOf(line.club),
        id: newId("channel"),
        connectionId,
        kind: "email",
        name: "Mail",
        externalId: "hello@club.example",
        createdAt: MADE_AT,
      },
    });
  };
  const linkSlack = async (): Promise<void> => {
    const connectionId = (await makeConnection(line.club, { provider: "slack", settings: { announce: "deeds" } })).id;
    await owner().externalUser.create({
      data: {
        ...scopeOf(line.club),
        id: newId("externalUser"),
        connectionId,
        externalId: "U0STAFF",
        userId: line.club.people.staff.userId,
        linkedById: line.club.people.owner.userId,
        createdAt: MADE_AT,
        updatedAt: MADE_AT,
      },
    });
  };

  test("goes by each way that was chosen, to the person alone, and without a word of the member in the text", async () => {
    await openMailbox();
    await linkSlack();
    await choose({ approval: ["sms", "email", "slack"] });
    await tell({ kind: "approval", title: "Something waits for your yes", detail: "Unlock the front door for Sam", path: "approvals" });
    await deliverAll();
    expect(vendor.accepted(phone).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Ironwood Denver: Something waits for your yes\. \S+\/approvals$/),
    ]);
    expect(posted).toMatchObject([{ personExternalId: "U0STAFF", text: expect.stringContaining("Unlock the front door for Sam") }]);
    const mail = await owner().effect.findFirstOrThrow({ where: { clubId: line.club.id, channelKind: "email" } });
    expect(mail.arguments).toMatchObject({
      to: line.club.people.staff.email,
      subject: "Ironwood Denver: Something waits for your yes",
      unsubscribeUrl: expect.stringContaining("/api/unsubscribe/"),
    });
    expect(await kindsOf(line.club.as.staff)).toEqual([]);
  });

  test("goes out once, however often it is handed over and however many do it at once", async () => {
    await choose({ needs_you: ["sms"] });
    await tell();
    const [batch] = await owner().notification.findMany({ where: { clubId: line.club.id, userId: line.club.people.staff.userId } });
    const deliver = () => deliverBatch(at(line.system, NOON), { batchId: batch?.batchId ?? "" });
    await Promise.all([deliver(), deliver(), deliver()]);
    await deliver();
    expect(vendor.accepted(phone)).toHaveLength(1);
    const audited = { clubId: line.club.id, action: "notification.delivered" };
    expect(await owner().auditLog.count({ where: audited })).toBe(1);
  });

  test("waits for the end of somebody's quiet hours, and the sweep finds it then; an emergency waits for nothing", async () => {
    await choose({ needs_you: ["sms"], emergency: ["sms"] });
    await tell({}, NIGHT);
    await tell({ kind: "emergency", title: "This looks like an emergency" }, NIGHT);
    expect((await deliveries()).map(({ dueAt }) => dueAt)).toEqual([MORNING, NIGHT]);
    await deliverAll(NIGHT);
    expect(vendor.accepted(phone).map(({ text }) => text)).toEqual([expect.stringContaining("emergency")]);
    expect(await listClubsDue()).toContainEqual({ franchiseId: line.club.franchiseId, clubId: line.club.id });
    expect(await deliverHeld(at(line.system, MORNING))).toBe(1);
    expect(vendor.accepted(phone)).toHaveLength(2);
  });

  test("and was held back is handed out by clubs, each once and on its own", async () => {
    await choose({ needs_you: ["sms"] });
    const other = await makeLine();
    await tell({}, NIGHT);
    await tell({}, NIGHT);
    const ours = (await listClubsDue()).filter(({ clubId }) => clubId === line.club.id);
    expect(ours).toHaveLength(1);
    expect(await deliverHeld(at(other.system, MORNING))).toBe(0);
    expect(await deliverHeld(at(line.system, NIGHT))).toBe(0);
    expect(vendor.accepted(phone)).toEqual([]);
    expect(await deliverHeld(at(line.system, MORNING))).toBe(2);
    expect(await deliverHeld(at(line.system, MORNING))).toBe(0);
    expect(vendor.accepted(phone)).toHaveLength(2);
    await expect(deliverHeld(line.club.as.owner)).rejects.toMatchObject({ code: "forbidden" });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ["was read meanwhile", () => readNotifications(line.club.as.staff, { until: NOON }), "seen_or_done"],
    ["has no way to them any more", () => choose({ needs_you: ["sms"] }, { phone: null }), "no_phone"],
    [
      "is for somebody who has left",
      () => owner().staffAccess.updateMany({ where: { userId: line.club.people.staff.userId }, data: { archivedAt: MADE_AT } }),
      "has_left",
    ],
    [
      "has no line to go out over",
      () => owner().connection.updateMany({ where: { clubId: line.club.id }, data: { status: "disabled" } }),
      "no_channel",
    ],
    [
      "has a number from which somebody else writes by now",
      () => makeContact(line.club, { from: phone, name: "Ana Park" }),
      "known_number",
    ],
  ])("is left out with its reason where it %s", async (_what, change, reason) => {
    await choose({ needs_you: ["in_app", "sms"] });
    await tell();
    await change();
    await deliverAll();
    expect((await deliveries()).map((row) => [row.status, row.reason])).toEqual([["dropped", reason]]);
    expect(vendor.accepted(phone)).toEqual([]);
  });

  test("of an emergency is no second text to the on-call phone, which is paged; of anything else it is", async () => {
    await owner().club.update({ where: { id: line.club.id }, data: { managerPhone: phone } });
    await choose({ needs_you: ["sms"], emergency: ["sms"] });
    await tell({ kind: "emergency", title: "This looks like an emergency" });
    await tell();
    await deliverAll();
    expect((await deliveries()).map((row) => [row.status, row.reason])).toEqual([
      ["dropped", "on_call"],
      ["handed_over", null],
    ]);
    expect(vendor.accepted(phone).map(({ text }) => text)).toEqual([expect.stringContaining("A conversation needs you")]);
  });

  test("and cannot be sent is a card, and no further text about that", async () => {
    await choose({ needs_you: ["sms"], failed_send: ["sms"] });
    await tell();
    vendor.next(REJECT);
    await deliverAll();
    expect(await owner().alert.count({ where: { clubId: line.club.id, kind: "effect_failed" } })).toBe(1);
    expect(await owner().notification.count({ where: { clubId: line.club.id, kind: "failed_send" } })).toBe(0);
    expect((await deliveries()).map(({ status, way }) => [way, status])).toEqual([["sms", "handed_over"]]);
    expect(await chasedCount()).toBe(0);
  });

  test("and is not delivered is a card too: no further text about that, and nobody is chased about a colleague's phone", async () => {
    await choose({ needs_you: ["sms"], failed_send: ["sms"] });
    await tell();
    await deliverAll();
    await undeliver(phone);
    expect(await owner().alert.count({ where: { clubId: line.club.id, title: "A message was not delivered" } })).toBe(1);
    expect(await owner().notification.count({ where: { clubId: line.club.id, kind: "failed_send" } })).toBe(0);
    expect(await chasedCount()).toBe(0);
    expect(await owner().conversation.count({ where: { clubId: line.club.id, needsYou: { not: "none" } } })).toBe(0);
  });
});
