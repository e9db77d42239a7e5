import { DEFAULT_ESCALATION_RULES, type EscalationRules } from "#server/domain/escalation-rules.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { DEFAULT_NOTIFICATION_SETTINGS } from "#server/domain/notification-settings.ts";
import { newId } from "#server/platform/ids.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { handBack } from "#server/services/conversations/hand-back.ts";
import { resolveConversation } from "#server/services/conversations/resolve-conversation.ts";
import { settleWaiting } from "#server/services/conversations/settle-waiting.ts";
import { snoozeConversation } from "#server/services/conversations/snooze-conversation.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { wakeByTimer } from "#server/services/conversations/wake-conversation.ts";
import { ingestMessages } from "#server/services/messages/ingest-messages.ts";
import { listNotifications } from "#server/services/notifications/list-notifications.ts";
import { saveNotificationSettings } from "#server/services/notifications/save-notification-settings.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeConversation } from "#server/testing/factories.ts";
import { makeLine, publishPolicy, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { openChannel } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { beginChase, type Call } from "./begin-chase.ts";
import { followChase, listLostChases } from "./follow-chase.ts";
import { getEscalationRules } from "./get-rules.ts";
import { saveEscalationRules } from "./save-rules.ts";
import { endChase, tellStep } from "./tell-step.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

/** A Friday at noon in Denver, and half past three at night. */
const NOON = new Date("2026-11-20T19:00:00.000Z");
const NIGHT = new Date("2026-11-20T10:30:00.000Z");
const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow: Date): ServiceContext => ({ ...ctx, fixedNow });

let serial = 0;
let phone: string;
let line: Line;
let conversationId: Id<"conversation">;

beforeEach(async () => {
  phone = `+172055502${String((serial += 1) % 100).padStart(2, "0")}`;
  line = await makeLine({ name: "Ironwood Denver" });
  await openChannel(line);
  conversationId = asId("conversation", (await makeConversation(line.club, { handledBy: "agent" })).conversation.id);
  await publishPolicy(line.club, {
    hours: { staffed: Array.from({ length: 7 }, () => [{ startMinute: 8 * 60, endMinute: 20 * 60 }]) },
  } as never);
});

const RULES: EscalationRules = {
  rules: [
    {
      reasons: ["complaint"],
      hours: "staffed",
      steps: [
        { afterMinutes: 5, to: { kind: "role", role: "manager", way: "in_app" } },
        { afterMinutes: 10, to: { kind: "role", role: "owner", way: "sms" } },
        { afterMinutes: 20, to: { kind: "on_call" } },
      ],
    },
    {
      reasons: ["complaint", "money"],
      hours: "outside",
      steps: [{ afterMinutes: 60, to: { kind: "role", role: "owner", way: "in_app" } }],
    },
  ],
};

const save = (rules: EscalationRules = RULES, ctx = line.club.as.manager) => saveEscalationRules(ctx, { baseVersion: 0, rules });
const call = async (reason: "complaint" | "money" = "complaint", now = NOON): Promise<Call> => {
  await inTransaction(at(line.system, now), (tx) => callPerson(tx, at(line.system, now), { conversationId, reason }));
  return { chaseId: newId("escalationChase"), conversationId, reason, calledAt: now };
};
const begin = (made: Call) => beginChase(at(line.system, made.calledAt), made);
const step = ({ chaseId }: Call, index: number, minutes: number) =>
  tellStep(at(line.system, new Date(NOON.getTime() + minutes * 60_000)), { chaseId, index });
const heard = async (ctx: ServiceContext) => (await listNotifications(ctx, {})).items.map(({ title }) => title);
const lines = async () =>
  (await owner().message.findMany({ where: { conversationId, eventCode: "chased" }, orderBy: { sequence: "asc" } })).map(
    ({ body }) => body,
  );
const statusOf = async ({ chaseId }: Call) => (await owner().escalationChase.findUniqueOrThrow({ where: { id: chaseId } })).status;
const givePhone = (ctx: ServiceContext) =>
  saveNotificationSettings(ctx, { settings: { ...DEFAULT_NOTIFICATION_SETTINGS, phone, quiet: null } });

describe("a call for a person", () => {
  test("wakes the function that chases, once a call; an emergency does not, because its phone is paged", async () => {
    const events = () => owner().outboxEvent.findMany({ where: { clubId: line.club.id, name: "inbox/person.called" } });
    await call();
    await call();
    expect(await events()).toMatchObject([{ payload: expect.objectContaining({ conversationId, reason: "complaint" }) }]);
    const { conversation } = await makeConversation(line.club, { handledBy: "agent" });
    await inTransaction(line.system, (tx) =>
      callPerson(tx, line.system, { conversationId: conversation.id, reason: "sensitive", toldBy: "page" }),
    );
    expect(await events()).toHaveLength(1);
  });

  test("follows the first rule that fits its reason and its hour, from the moment of the call", async () => {
    await save();
    const minutesAfter = async (made: Call) =>
      (await begin(made)).stepsAt.map((time) => (new Date(time).getTime() - made.calledAt.getTime()) / 60_000);
    expect(await minutesAfter(await call("complaint"))).toEqual([5, 10, 20]);
    expect(await minutesAfter({ ...(await call("complaint")), calledAt: NIGHT })).toEqual([60]);
    expect(await minutesAfter({ ...(await call("complaint")), reason: "money" })).toEqual([]);
  });

  test("follows what is built in where the club has said nothing, and the rules it began with where they change meanwhile", async () => {
    const made = await call();
    const built = DEFAULT_ESCALATION_RULES.rules[0]?.steps.length ?? 0;
    expect((await begin(made)).stepsAt).toHaveLength(built);
    await save({ rules: [] });
    expect((await begin(made)).stepsAt).toHaveLength(built);
    expect(await owner().escalationChase.count({ where: { clubId: line.club.id } })).toBe(1);
  });
});

describe("a chase", () => {
  test("tells whom each step names, once however often it is run, with a line in the thread, the ledger and the audit", async () => {
    await save();
    await givePhone(line.club.as.owner);
    await owner().club.update({ where: { id: line.club.id }, data: { managerPhone: "+17205550188" } });
    const made = await call();
    await begin(made);
    await Promise.all([step(made, 0, 5), step(made, 0, 5), step(made, 0, 5)]);
    expect(await heard(line.club.as.manager)).toEqual(["Nobody has it yet: a complaint", "A conversation needs you: a complaint"]);
    expect(await heard(line.club.as.staff)).toHaveLength(1);
    await step(made, 1, 10);
    const before = vendor.accepted("+17205550188").length;
    await step(made, 2, 20);
    expect(vendor.accepted("+17205550188").slice(before)).toMatchObject([{ text: expect.stringContaining("still waits for a person") }]);
    expect(await lines()).toEqual(["the managers were told in Spotter", "the owners were told by text", "the on-call phone was texted"]);
    expect(await owner().auditLog.count({ where: { clubId: line.club.id, action: "escalation.told" } })).toBe(3);
    expect(await owner().aiAction.count({ where: { clubId: line.club.id, kind: "conversation.chased" } })).toBe(3);
    const due = await owner().notificationDelivery.findMany({ where: { clubId: line.club.id } });
    expect(due.map(({ way }) => way)).toEqual(["sms"]);
    await endChase(line.system, made);
    expect(await statusOf(made)).toBe("exhausted");
  });

  test.each<[string, () => Promise<unknown>]>([
    ["takes it over", () => takeOver(line.club.as.staff, { conversationId })],
    ["resolves it", () => resolveConversation(line.club.as.staff, { conversationId })],
    ["puts it off", () => snoozeConversation(line.club.as.staff, { conversationId, until: new Date(Date.now() + 3_600_000) })],
    [
      "had it and gave it back",
      async () => {
        await takeOver(line.club.as.staff, { conversationId });
        await handBack(line.club.as.staff, { conversationId });
        await inTransaction(line.system, (tx) => callPerson(tx, line.system, { conversationId, reason: "money" }));
      },
    ],
  ])("ends where somebody %s, and nobody is told any more", async (_how, take) => {
    await save();
    const made = await call();
    await begin(made);
    await take();
    expect(await step(made, 0, 5)).toEqual({ kind: "taken" });
    expect(await statusOf(made)).toBe("taken");
    expect(await step(made, 1, 10)).toEqual({ kind: "taken" });
    expect(await lines()).toEqual([]);
  });

  test("that a resolve ended stays over when the next message calls for a person again", async () => {
    await save();
    const made = await call();
    await begin(made);
    await resolveConversation(line.club.as.staff, { conversationId });
    expect(await statusOf(made)).toBe("taken");
    await owner().conversation.update({ where: { id: conversationId }, data: { status: "open" } });
    const second = await call("complaint");
    await begin(second);
    expect(await step(made, 0, 5)).toEqual({ kind: "taken" });
    expect(await step(second, 0, 5)).toEqual({ kind: "told" });
    expect(await lines()).toHaveLength(1);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["its time comes", () => wakeByTimer(at(line.system, new Date(Date.now() + 7_200_000)), { conversationId })],
    ["the member writes again", () => write(line, { from: phone, text: "are you there?" })],
  ])("of a call that was put off is over, and people are called afresh, for what they were called for, when %s", async (_when, wake) => {
    ({ conversationId } = await write(line, { from: phone, text: "the showers are filthy" }));
    const calls = () => owner().outboxEvent.count({ where: { clubId: line.club.id, name: "inbox/person.called" } });
    const made = await call();
    await begin(made);
    await snoozeConversation(line.club.as.staff, { conversationId, until: new Date(Date.now() + 3_600_000) });
    expect([await statusOf(made), await calls()]).toEqual(["taken", 1]);
    await wake();
    expect(await owner().conversation.findUniqueOrThrow({ where: { id: conversationId } })).toMatchObject({
      status: "open",
      needsYou: "escalation",
    });
    expect(await calls()).toBe(2);
    const titles = (await heard(line.club.as.staff)).filter((title) => title.startsWith("A conversation needs you"));
    expect(titles).toEqual(["A conversation needs you: a complaint", "A conversation needs you: a complaint"]);
    const events = await owner().outboxEvent.findMany({ where: { clubId: line.club.id, name: "inbox/person.called" } });
    expect(events.map(({ payload }) => payload)).toMatchObject([{ reason: "complaint" }, { reason: "complaint" }]);
  });

  test("that was only put off to be reminded of it is called for as a reminder", async () => {
    ({ conversationId } = await write(line, { from: phone, text: "thanks" }));
    await snoozeConversation(line.club.as.staff, { conversationId, until: new Date(Date.now() + 3_600_000) });
    await wakeByTimer(at(line.system, new Date(Date.now() + 7_200_000)), { conversationId });
    expect(await heard(line.club.as.staff)).toEqual(["A conversation needs you: a reminder"]);
  });

  test("goes on beside a draft that waits for a yes, and ends with the answer of a person", async () => {
    await save();
    const made = await call();
    await begin(made);
    await owner().conversation.update({ where: { id: conversationId }, data: { needsYou: "approval" } });
    expect(await step(made, 0, 5)).toEqual({ kind: "told" });
    await inTransaction(line.system, (tx) => settleWaiting(tx, line.system, { conversationId, isByPerson: true, inboundSequence: null }));
    expect(await statusOf(made)).toBe("taken");
    await owner().conversation.update({ where: { id: conversationId }, data: { needsYou: "approval" } });
    expect(await step(made, 1, 10)).toEqual({ kind: "taken" });
    expect(await owner().auditLog.count({ where: { entityId: made.chaseId, action: "escalation.ended" } })).toBe(1);
  });

  test("whose run is lost is gone on with by the sweep to its end, a step a time, also beside a run that wakes after all", async () => {
    await save();
    const made = await call();
    await begin(made);
    const isLost = async ({ chaseId }: Call) => (await listLostChases()).some(({ id }) => id === chaseId);
    const follow = (ctx = line.system) =>
      followChase(at(ctx, new Date(NOON.getTime() + 60 * 60_000)), { chaseId: made.chaseId }).then(({ kind }) => kind);
    expect(await isLost(made)).toBe(true);
    expect(await follow((await makeLine()).system)).toBe("done_already");
    expect([await follow(), await follow(), await follow()]).toEqual(["told", "told", "told"]);
    expect(await lines()).toHaveLength(3);
    expect(await step(made, 1, 61)).toEqual({ kind: "done_already" });
    expect(await isLost(made)).toBe(true);
    expect(await follow()).toBe("told");
    expect([await statusOf(made), await isLost(made), await follow()]).toEqual(["exhausted", false, "done_already"]);
    expect(await endChase(line.system, made)).toEqual({ kind: "done_already" });
    expect(await lines()).toHaveLength(3);
  });

  test("whose next step is still to come is left to its run", async () => {
    await save();
    const made = await call("complaint", new Date());
    await begin(made);
    expect((await listLostChases()).map(({ id }) => id)).not.toContain(made.chaseId);
  });

  test("goes on where a step reaches nobody, and says so", async () => {
    await save();
    const made = await call();
    await begin(made);
    await step(made, 0, 5);
    await step(made, 1, 10);
    await step(made, 2, 20);
    expect((await lines()).slice(1)).toEqual(["the owners could not be told by text", "the on-call phone could not be told"]);
  });
});

describe("a step's text that is not delivered", () => {
  test("is a card alone: nobody is told of it, and no chase begins about the on-call phone", async () => {
    await save();
    await owner().club.update({ where: { id: line.club.id }, data: { managerPhone: phone } });
    const made = await call();
    await begin(made);
    for (const [index, minutes] of [5, 10, 20].entries()) {
      await step(made, index, minutes);
    }
    const externalId = vendor.accepted(phone).at(-1)?.id ?? "";
    await ingestMessages(line.webhook, {
      connectionId: line.connectionId,
      messages: [],
      events: [{ kind: "delivery", externalId, status: "undelivered", errorCode: "30003", at: NOON }],
      origin: { kind: "webhook", deliveryId: `undelivered-${externalId}`, eventKind: "test" },
    });
    expect(await owner().alert.count({ where: { clubId: line.club.id, title: "A message was not delivered" } })).toBe(1);
    expect(await owner().notification.count({ where: { clubId: line.club.id, kind: "failed_send" } })).toBe(0);
    const calls = await owner().outboxEvent.findMany({ where: { clubId: line.club.id, name: "inbox/person.called" } });
    expect(calls).toMatchObject([{ conversationId }]);
  });
});

describe("the rules", () => {
  test("are kept in versions, audited, and a manager's to change", async () => {
    expect(await getEscalationRules(line.club.as.manager)).toMatchObject({ version: 0, rules: DEFAULT_ESCALATION_RULES });
    expect(await save()).toEqual({ version: 1 });
    expect(await getEscalationRules(line.club.as.owner)).toMatchObject({ version: 1, rules: RULES });
    expect(await owner().auditLog.count({ where: { clubId: line.club.id, action: "escalation.changed" } })).toBe(1);
    await expect(save()).rejects.toMatchObject({ code: "conflict" });
    await expect(save(RULES, line.club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
    await expect(getEscalationRules(line.club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("name only people of the club, and say nothing of another one", async () => {
    const other = await makeLine();
    const naming = (userId: Id<"user">): EscalationRules => ({
      rules: [{ reasons: ["money"], hours: "any", steps: [{ afterMinutes: 0, to: { kind: "person", userId, way: "in_app" } }] }],
    });
    await expect(save(naming(other.club.people.staff.userId))).rejects.toMatchObject({ code: "not_found" });
    await save(naming(line.club.people.staff.userId));
    expect(await getEscalationRules(other.club.as.owner)).toMatchObject({ version: 0 });
    const made = await call("money");
    await begin(made);
    await step(made, 0, 0);
    expect(await heard(line.club.as.staff)).toContain("Nobody has it yet: about money");
    expect(await heard(line.club.as.manager)).not.toContain("Nobody has it yet: about money");
  });
});
