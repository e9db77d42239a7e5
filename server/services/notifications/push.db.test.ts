import { startPushService, type PushService } from "#local/vendors/push/start-push-service.ts";
import type { Id } from "#server/domain/ids.ts";
import { env } from "#server/platform/env.ts";
import { newId } from "#server/platform/ids.ts";
import { pushPublicKey } from "#server/platform/push-message.ts";
import { inTransaction } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, scopeOf } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { deliverNotification } from "./deliver-notification.ts";
import { getNotificationSettings } from "./get-notification-settings.ts";
import { addPushDevice, inEachClub, removePushDevice } from "./push-devices.ts";
import { sendPush } from "./push-road.ts";
import { tellPeople } from "./tell-people.ts";

/** An installation that opens its own network to the addresses of owners. */
vi.hoisted(() => vi.stubEnv("CONNECT_ALLOW_RANGES", "127.0.0.0/8,192.168.0.0/16"));

useDatabase();
useScriptedOpenPhone();

/** Noon in Denver. */
const NOON = new Date("2026-11-20T19:00:00.000Z");
const minutesLater = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);
const owner = () => database().owner;

let service: PushService;
let serverKey: string;
let line: Line;
beforeAll(async () => {
  service = await startPushService();
});
afterAll(() => service.close());
beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  serverKey = (await getNotificationSettings(line.club.as.staff)).open.pushKey ?? "";
});

const addBrowser = async (userId = line.club.people.staff.userId) => {
  const device = service.subscribe(serverKey);
  await owner().pushDevice.create({ data: { ...device, ...scopeOf(line.club), id: newId("pushDevice"), userId, createdAt: MADE_AT } });
  return device.endpoint;
};
const tell = async (): Promise<Id<"notificationDelivery">> => {
  const ctx = { ...line.system, fixedNow: NOON };
  await inTransaction(ctx, (tx) =>
    tellPeople(tx, ctx, {
      kind: "approval",
      title: "Something waits for your yes",
      detail: "Unlock the front door for Sam",
      path: "approvals",
      userId: line.club.people.staff.userId,
    }),
  );
  const where = { clubId: line.club.id, way: "push" };
  return (await owner().notificationDelivery.findFirstOrThrow({ where })).id as Id<"notificationDelivery">;
};
const deliver = (deliveryId: Id<"notificationDelivery">, fixedNow = NOON) =>
  deliverNotification(
    { ...line.system, fixedNow },
    { deliveryId, push: (device, text) => sendPush(device, text, { trustedOrigins: [new URL(service.url).origin] }) },
  );
const deliveries = async () =>
  (await owner().notificationDelivery.findMany({ where: { clubId: line.club.id, way: "push" } })).map(({ reason, status }) => [
    status,
    reason,
  ]);

describe("a push", () => {
  test("reaches every browser of the person once, sealed for it alone, without a word of the member", async () => {
    const [desk, phone] = [await addBrowser(), await addBrowser()];
    const other = await addBrowser(line.club.people.manager.userId);
    const deliveryId = await tell();
    await Promise.all([deliver(deliveryId), deliver(deliveryId)]);
    const expected = { title: "Something waits for your yes", body: "Ironwood Denver", url: expect.stringMatching(/\/approvals$/) };
    for (const endpoint of [desk, phone]) {
      expect(service.shown(endpoint).map((text): unknown => JSON.parse(text))).toEqual([expected]);
    }
    expect(service.shown(other)).toEqual([]);
    expect(await deliveries()).toEqual([["handed_over", null]]);
  });

  test("to a browser that is gone takes its row away, and says so where none is left", async () => {
    const endpoint = await addBrowser();
    service.forget(endpoint);
    expect(await deliver(await tell())).toEqual({ kind: "dropped", reason: "push_failed" });
    expect(await owner().pushDevice.count({ where: { clubId: line.club.id } })).toBe(0);
    expect(await deliveries()).toEqual([["dropped", "push_failed"]]);
  });

  test.each([429, 503] as const)("that is answered with %i is tried again in a minute, and reaches the browser once", async (status) => {
    const endpoint = await addBrowser();
    const deliveryId = await tell();
    service.answerNext(status);
    expect(await deliver(deliveryId)).toEqual({ kind: "put_off", until: minutesLater(1) });
    expect(await deliveries()).toEqual([["due", null]]);
    expect(await deliver(deliveryId)).toEqual({ kind: "none" });
    expect(await deliver(deliveryId, minutesLater(1))).toEqual({ kind: "handed_over" });
    expect(await deliver(deliveryId, minutesLater(2))).toEqual({ kind: "none" });
    expect(service.shown(endpoint)).toHaveLength(1);
    expect(await deliveries()).toEqual([["handed_over", null]]);
  });

  test("that nobody takes is given up after three more tries", async () => {
    await addBrowser();
    const deliveryId = await tell();
    const push = () => Promise.resolve("later" as const);
    const tries: unknown[] = [];
    for (const minutes of [0, 1, 6, 26]) {
      tries.push(await deliverNotification({ ...line.system, fixedNow: minutesLater(minutes) }, { deliveryId, push }));
    }
    expect(tries).toEqual([
      ...[1, 6, 26].map((minutes) => ({ kind: "put_off", until: minutesLater(minutes) })),
      { kind: "dropped", reason: "push_failed" },
    ]);
    expect(await deliveries()).toEqual([["dropped", "push_failed"]]);
  });

  test("that one of the browsers may have shown is not tried again", async () => {
    await addBrowser();
    await addBrowser();
    const deliveryId = await tell();
    service.answerNext(429);
    service.answerNext(500);
    expect(await deliver(deliveryId)).toEqual({ kind: "dropped", reason: "push_failed" });
    expect(await deliver(deliveryId, minutesLater(60))).toEqual({ kind: "none" });
  });

  test("is not tried where the last browser was taken away meanwhile", async () => {
    const endpoint = await addBrowser();
    const deliveryId = await tell();
    await removePushDevice(line.club.as.staff, { endpoint });
    expect(await deliver(deliveryId)).toEqual({ kind: "dropped", reason: "no_device" });
  });

  test("goes to no address that is not on the open internet, also where owners may name some", async () => {
    const device = service.subscribe(serverKey);
    const text = { title: "t", body: "b", url: "https://spotter.example" };
    for (const endpoint of [device.endpoint, "https://127.0.0.1:12445/x"]) {
      expect(await sendPush({ ...device, endpoint }, text)).toBe("failed");
    }
    expect(service.shown(device.endpoint)).toEqual([]);
  });

  test("with another installation's key is refused, and the browser keeps its row", async () => {
    const { endpoint } = service.subscribe(pushPublicKey("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"));
    const device = service.subscribe(serverKey);
    await owner().pushDevice.create({
      data: {
        ...device,
        endpoint,
        ...scopeOf(line.club),
        id: newId("pushDevice"),
        userId: line.club.people.staff.userId,
        createdAt: MADE_AT,
      },
    });
    await deliver(await tell());
    expect(service.shown(endpoint)).toEqual([]);
    expect(await owner().pushDevice.count({ where: { clubId: line.club.id } })).toBe(1);
  });
});

describe("a browser", () => {
  const device = (endpoint: string) => ({ ...service.subscribe(serverKey), endpoint });
  const devicesOf = async (role: "staff" | "manager") => (await getNotificationSettings(line.club.as[role])).devices;

  test("tells the person who added it last, in every club they work in, until they stop it", async () => {
    const one = device("https://push.example/one");
    await addPushDevice(line.club.as.staff, one);
    await addPushDevice(line.club.as.manager, one);
    expect([await devicesOf("staff"), await devicesOf("manager")]).toEqual([[], [one.endpoint]]);
    await removePushDevice(line.club.as.staff, one);
    expect(await devicesOf("manager")).toEqual([one.endpoint]);
    const second = await makeLine();
    const { name, userId } = line.club.people.manager;
    const clubs = [line.club, second.club].map(({ franchiseId, id }) => ({ id, franchiseId, role: "manager" }) as never);
    await inEachClub({ userId, name, clubs, signedInAt: null, desk: null }, "test", (ctx) => removePushDevice(ctx, one));
    expect(await devicesOf("manager")).toEqual([]);
    const audited = { clubId: line.club.id, action: { in: ["device.added", "device.removed"] } };
    expect(await owner().auditLog.count({ where: audited })).toBe(3);
  });

  test("is one of ten at most: the oldest goes", async () => {
    for (let turn = 0; turn < 11; turn += 1) {
      await addPushDevice(line.club.as.staff, device(`https://push.example/${turn}`));
    }
    const kept = await devicesOf("staff");
    expect(kept).toHaveLength(10);
    expect(kept).toContain("https://push.example/10");
  });

  test("is refused with an address of this machine or a key that is none, and to the machinery", async () => {
    await expect(addPushDevice(line.club.as.staff, device("http://127.0.0.1/x"))).rejects.toMatchObject({ code: "invalid" });
    expect(env.CONNECT_ALLOW_RANGES).toHaveLength(2);
    for (const endpoint of ["https://127.0.0.1/x", "https://192.168.10.1:12445/x"]) {
      await expect(addPushDevice(line.club.as.staff, device(endpoint))).rejects.toMatchObject({ code: "invalid" });
    }
    await expect(addPushDevice(line.club.as.staff, { ...device("https://push.example/x"), p256dh: "no" })).rejects.toThrow("no key");
    await expect(addPushDevice(line.system, device("https://push.example/x"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(removePushDevice(line.system, { endpoint: "https://push.example/x" })).rejects.toMatchObject({ code: "forbidden" });
  });
});
