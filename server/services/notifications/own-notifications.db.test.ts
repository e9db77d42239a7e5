import { DEFAULT_NOTIFICATION_SETTINGS, type NotificationSettings } from "#server/domain/notification-settings.ts";
import { asId } from "#server/domain/ids.ts";
import type { NotificationKind } from "#server/domain/notification-words.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeContact, MADE_AT, makeMember, scopeOf } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { openChannel } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { deliverBatch } from "./deliver-notification.ts";
import { getNotificationSettings } from "./get-notification-settings.ts";
import { countUnread, listNotifications } from "./list-notifications.ts";
import { readNotifications } from "./read-notifications.ts";
import { saveNotificationSettings, saveSettingsOf } from "./save-notification-settings.ts";
import { tellPeople, type Told } from "./tell-people.ts";

useDatabase();
useScriptedOpenPhone();

/** Noon in Denver. */
const NOON = new Date("2026-11-20T19:00:00.000Z");
const PHONE = "+17205550143";
const owner = () => database().owner;

let line: Line;

beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  await openChannel(line);
});

const choose = (ways: Partial<NotificationSettings["ways"]>, ctx: ServiceContext = line.club.as.staff) =>
  saveNotificationSettings(ctx, {
    settings: { ...DEFAULT_NOTIFICATION_SETTINGS, phone: PHONE, ways: { ...DEFAULT_NOTIFICATION_SETTINGS.ways, ...ways } },
  });
const tell = (over: Partial<Told> = {}, now = NOON) => {
  const ctx = { ...line.system, fixedNow: now };
  return inTransaction(ctx, (tx) =>
    tellPeople(tx, ctx, { kind: "needs_you", title: "A conversation needs you", detail: "Why", path: "inbox", ...over }),
  );
};

describe("what somebody chose", () => {
  test("holds for them alone in this club, and is audited", async () => {
    await choose({ approval: ["sms"] });
    expect(await getNotificationSettings(line.club.as.staff)).toMatchObject({
      settings: { phone: PHONE, ways: { approval: ["sms"] } },
      email: line.club.people.staff.email,
      open: { sms: expect.any(String), email: null, slack: null, isSlackLinked: false },
    });
    expect((await getNotificationSettings(line.club.as.manager)).settings).toEqual(DEFAULT_NOTIFICATION_SETTINGS);
    const rows = await owner().auditLog.findMany({ where: { clubId: line.club.id, action: "notifications.changed" } });
    expect(rows.map(({ details }) => details)).toEqual([{ hasPhone: true, hasQuietHours: true }]);
  });

  test("holds in every club they work in where they say so, and in no other", async () => {
    const [second, foreign] = [await makeLine(), await makeLine()];
    const { staff } = line.club.people;
    const clubs = [line.club, second.club].map(({ franchiseId, id }) => ({ id, franchiseId, role: "staff" }) as never);
    await owner().staffAccess.create({
      data: {
        ...scopeOf(second.club),
        id: newId("staffAccess"),
        clubId: second.club.id,
        userId: staff.userId,
        role: "staff",
        createdAt: MADE_AT,
      },
    });
    const user = { userId: staff.userId, name: staff.name, clubs, signedInAt: null, desk: null };
    const settings = { ...DEFAULT_NOTIFICATION_SETTINGS, quiet: null };
    await saveSettingsOf(user, { settings, isEverywhere: true }, { clubId: line.club.id, requestId: "test" });
    const rows = await owner().notificationSettings.findMany({ where: { userId: staff.userId }, select: { clubId: true } });
    expect(rows.map(({ clubId }) => clubId).toSorted()).toEqual([line.club.id, second.club.id].toSorted());
    expect(await owner().notificationSettings.count({ where: { clubId: foreign.club.id } })).toBe(0);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["who has written to the club", () => makeContact(line.club, { from: PHONE, name: "Ana Park" })],
    [
      "who is a member",
      async () => makeMember(line.club, (await makeContact(line.club)).contact.id, { phone: PHONE, phoneKey: addressKey(PHONE) }),
    ],
    [
      "who became a member under the name of one of the team",
      async () => makeMember(line.club, (await makeContact(line.club, { from: PHONE, name: "Dana Lee (team)" })).contact.id),
    ],
  ])("takes no number of somebody %s, and says so of one that was chosen before, without a name", async (_who, meet) => {
    await choose({ approval: ["sms"] });
    expect((await getNotificationSettings(line.club.as.staff)).open.isPhoneKnown).toBe(false);
    await meet();
    const refusal = await choose({}).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "invalid", message: expect.not.stringMatching(/Ana|Robin|Dana/) });
    expect(await getNotificationSettings(line.club.as.staff)).toMatchObject({
      settings: { ways: { approval: ["sms"] } },
      open: { isPhoneKnown: true },
    });
  });

  test("takes the number of the club's own phones, and in no club a number that one of them refuses", async () => {
    await makeContact(line.club, { from: PHONE, name: "On-call phone" });
    await choose({ approval: ["sms"] });
    const second = await makeLine();
    await makeContact(second.club, { from: PHONE, name: "Ana Park" });
    const { staff } = line.club.people;
    const clubs = [line.club, second.club].map(({ franchiseId, id }) => ({ id, franchiseId, role: "staff" }) as never);
    const user = { userId: staff.userId, name: staff.name, clubs, signedInAt: null, desk: null };
    const settings = { ...DEFAULT_NOTIFICATION_SETTINGS, phone: PHONE, quiet: null };
    const save = saveSettingsOf(user, { settings, isEverywhere: true }, { clubId: line.club.id, requestId: "test" });
    await expect(save).rejects.toMatchObject({ code: "invalid" });
    expect((await getNotificationSettings(line.club.as.staff)).settings).toMatchObject({ ways: { approval: ["sms"] } });
  });

  test("is a person's own: the machinery neither reads nor changes it", async () => {
    await expect(getNotificationSettings(line.system)).rejects.toMatchObject({ code: "forbidden" });
    await expect(choose({}, line.system)).rejects.toMatchObject({ code: "forbidden" });
    await expect(listNotifications(line.system, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(deliverBatch(line.club.as.owner, { batchId: "x" })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the list", () => {
  const several = async (kinds: readonly NotificationKind[]) => {
    for (const kind of kinds) {
      await tell({ kind, title: kind });
    }
  };

  test("is read one by one or all at once, by its own person alone", async () => {
    await several(["needs_you", "approval", "emergency"]);
    const [first] = (await listNotifications(line.club.as.staff, {})).items;
    const notificationId = asId("notification", first?.id ?? "");
    await readNotifications(line.club.as.manager, { notificationId });
    expect(await countUnread(line.club.as.staff)).toBe(3);
    await readNotifications(line.club.as.staff, { notificationId });
    expect(await countUnread(line.club.as.staff)).toBe(2);
    await readNotifications(line.club.as.staff, { until: NOON });
    await readNotifications(line.club.as.staff, { until: NOON });
    expect([await countUnread(line.club.as.staff), await countUnread(line.club.as.owner)]).toEqual([0, 3]);
    expect(await owner().auditLog.count({ where: { clubId: line.club.id, action: "notification.read" } })).toBe(2);
  });

  test("read all at once is what was shown: not what came later, nor what only goes out by another way", async () => {
    const later = new Date(NOON.getTime() + 1);
    await choose({ needs_you: ["in_app"], approval: ["sms"] });
    await tell({ title: "shown" });
    await tell({ kind: "approval", title: "only a text" });
    await tell({ title: "came later" }, later);
    await readNotifications(line.club.as.staff, { until: NOON });
    const where = { clubId: line.club.id, userId: line.club.people.staff.userId, readAt: null };
    const unread = await owner().notification.findMany({ where, orderBy: { id: "asc" }, select: { title: true } });
    expect(unread.map(({ title }) => title)).toEqual(["only a text", "came later"]);
  });

  test("comes in pages, newest first, each once", async () => {
    for (let turn = 0; turn < 23; turn += 1) {
      await tell({ title: `News ${turn}` }, new Date(NOON.getTime() + Math.floor(turn / 2) * 1_000));
    }
    const first = await listNotifications(line.club.as.staff, {});
    const rest = await listNotifications(line.club.as.staff, { cursor: first.nextCursor });
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([20, 3, null]);
    expect(new Set([...first.items, ...rest.items].map(({ title }) => title)).size).toBe(23);
  });
});
