import { ninjaOneOf, startNinjaOneWorld } from "#local/vendors/ninjaone/testing.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { ConnectorHttp, HttpRequest } from "../ports.ts";
import { createNinjaOneConnector } from "./connector.ts";
import { ACTIVITY_PAGE_SIZE, DEVICE_PAGE_SIZE, LOGIN_MAX_COUNT } from "./limits.ts";

const brooklyn = ninjaOneOf("fairway-brooklyn");
const sanDiego = ninjaOneOf("fairway-san-diego");
const BAY_3 = brooklyn.deviceId(3);
const START = new Date("2026-11-21T09:00:00.400Z");

let world: Awaited<ReturnType<typeof startNinjaOneWorld>>;
let at = START;
const pass = (seconds: number): void => {
  at = new Date(at.getTime() + seconds * 1_000);
};

beforeEach(async () => {
  at = START;
  world = await startNinjaOneWorld({ now: () => at });
});
afterEach(() => world.close());

type Over = { readonly settings?: Record<string, string>; readonly credentials?: Record<string, string>; readonly clockMs?: number };

/** A connector whose calls are counted, with a clock that stands still until `pass`. */
const connect = ({ settings = {}, credentials = {}, clockMs = 0 }: Over = {}) => {
  const calls: HttpRequest[] = [];
  const network = openTestNetwork();
  const http: ConnectorHttp = (request) => {
    calls.push(request);
    return network.http(request);
  };
  const { check, devices } = createNinjaOneConnector({
    connectionId: "conn_test",
    credentials: { ...brooklyn.credentials, ...credentials },
    settings: { ...brooklyn.settings, ...settings, baseUrl: world.url },
    ...network,
    http,
    now: () => new Date(at.getTime() + clockMs),
    session: createMemorySession(),
  });
  if (devices === undefined) {
    throw new TypeError("no devices");
  }
  const count = (part: string): number => calls.filter(({ url }) => url.includes(part)).length;
  return { ...devices, check, count };
};

const reset = (over: Over = {}) => {
  const devices = connect(over);
  const since = new Date(at.getTime() + (over.clockMs ?? 0));
  return devices.reset({ key: "eff_1", deviceExternalId: BAY_3 }).then(({ vendorReference }) => ({
    vendorReference,
    follow: () => devices.follow({ deviceExternalId: BAY_3, since, vendorReference }),
  }));
};

describe("finding a bay", () => {
  test("bay 1 is not bay 12, and a number alone stands for its bay", async () => {
    const organizationId = Number(brooklyn.settings.organizationId);
    await world.putDevice({ id: 9_001, organizationId, displayName: "Bay 12", systemName: "FB-BAY-12" });
    await world.putDevice({ id: 9_002, organizationId, displayName: "Sim PC", systemName: "FB-BAY-012B" });
    const names = async (words: string) => (await connect().find({ words })).map(({ externalId }) => externalId);
    expect(await names("bay 1")).toEqual([brooklyn.deviceId(1)]);
    expect(await names("12")).toEqual(["9001", "9002"]);
    expect(await names("BAY-03")).toEqual([BAY_3]);
    expect(await names("bay 7")).toEqual([]);
    await expect(connect().find({ words: " – " })).rejects.toMatchObject({ kind: "rejected" });
  });

  test("an organisation of several pages is read to its end, through a token that ends on the way, and only its own devices are shown", async () => {
    const organizationId = Number(brooklyn.settings.organizationId);
    for (let index = 0; index < DEVICE_PAGE_SIZE; index += 1) {
      await world.putDevice({ id: 20_000 + index, organizationId, displayName: `Locker ${index}`, systemName: "LOCKER" });
    }
    await world.putDevice({ id: 30_000, organizationId, displayName: "Bay 9", systemName: "FB-BAY-9" });
    const devices = connect();
    await devices.check();
    await world.endTokens();
    expect((await devices.find({ words: "Bay 9" })).map(({ externalId }) => externalId)).toEqual(["30000"]);
    expect(devices.count("/ws/oauth/token")).toBe(2);
    expect((await devices.find({ words: "Front Desk" })).map(({ externalId }) => externalId)).toEqual([brooklyn.deviceId(0)]);
  });

  test("a device shows whether it is online and when it was last heard of, to the fraction of a second", async () => {
    expect(await connect().find({ words: "bay 3" })).toEqual([
      { externalId: BAY_3, name: "Bay 3", isOnline: true, lastSeenAt: new Date(1_762_941_234_500) },
    ]);
  });
});

describe("resetting", () => {
  test("a device of another organisation is not touched", async () => {
    await expect(connect().reset({ key: "eff_1", deviceExternalId: sanDiego.deviceId(3) })).rejects.toMatchObject({
      kind: "rejected",
      reason: "not_found",
    });
    expect(await world.runs()).toEqual([]);
  });

  test("the configured script runs under the configured user, and the answer may be empty or the bare id of the run", async () => {
    expect((await reset({ settings: { runAs: "loggedonuser" } })).vendorReference).toBeNull();
    await world.nextRun({ answersUid: true });
    const { vendorReference } = await reset();
    expect(await world.runs()).toMatchObject([
      { scriptId: Number(brooklyn.settings.scriptId), runAs: "loggedonuser", deviceId: Number(BAY_3) },
      { runAs: "system", seriesUid: vendorReference },
    ]);
  });

  test("a script that was removed is a refusal, and so is a missing right, which this vendor says with status 500", async () => {
    const http: ConnectorHttp = async (request) => {
      const answer = await openTestNetwork().http(request);
      return request.url.endsWith("/script/run") ? { ...answer, status: 500, text: '{"resultCode":"permission_denied"}' } : answer;
    };
    await world.removeScript(brooklyn.settings.scriptId);
    await expect(reset()).rejects.toMatchObject({ kind: "rejected", reason: "not_found" });
    await expect(connect().check()).rejects.toMatchObject({ kind: "rejected", reason: "not_found" });
    const { devices } = createNinjaOneConnector({
      connectionId: "conn_test",
      credentials: brooklyn.credentials,
      settings: { ...brooklyn.settings, baseUrl: world.url },
      ...openTestNetwork(),
      http,
      now: () => at,
      session: createMemorySession(),
    });
    await expect(devices?.reset({ key: "eff_1", deviceExternalId: BAY_3 })).rejects.toMatchObject({
      kind: "rejected",
      reason: "not_allowed",
    });
  });

  test("an order to run is one call, also when the token has just ended", async () => {
    await world.fault({ kind: "unauthorized", operation: "script.run", count: 1 });
    const devices = connect();
    await expect(devices.reset({ key: "eff_1", deviceExternalId: BAY_3 })).rejects.toMatchObject({ kind: "unauthorized" });
    expect(devices.count("/script/run")).toBe(1);
    await devices.reset({ key: "eff_2", deviceExternalId: BAY_3 });
    expect(devices.count("/ws/oauth/token")).toBe(2);
  });
});

describe("following", () => {
  test("a run is waited for, runs, and has succeeded", async () => {
    const { follow } = await reset();
    expect(await follow()).toMatchObject({ state: "waiting", vendorReference: expect.any(String) });
    pass(2);
    expect(await follow()).toMatchObject({ state: "running" });
    pass(10);
    const [run] = await world.runs();
    expect(await follow()).toEqual({ state: "succeeded", vendorReference: run?.seriesUid, detail: "Script completed: exit code 0" });
  });

  test("a device that is offline is told as failed, a failed script in the vendor's words, and a run without an end runs on", async () => {
    await world.nextRun({ outcome: "offline", endMs: 240_000 });
    const offline = await reset();
    pass(120);
    expect(await offline.follow()).toMatchObject({ state: "waiting" });
    pass(180);
    expect(await offline.follow()).toMatchObject({ state: "failed", detail: "The device is offline, so the script did not run." });
    await world.nextRun({ outcome: "failure", isOutOfOrder: true });
    const failed = await reset();
    pass(60);
    expect(await failed.follow()).toMatchObject({ state: "failed", detail: "Script completed: exit code 1" });
    await world.nextRun({ outcome: "hangs" });
    const hanging = await reset();
    pass(3_000);
    expect(await hanging.follow()).toMatchObject({ state: "running" });
  });

  test("an earlier run that ends after ours was asked for is not taken for ours", async () => {
    await world.nextRun({ endMs: 90_000 });
    await reset();
    pass(60);
    await world.nextRun({ outcome: "failure", startMs: 50_000, endMs: 70_000 });
    const second = await reset();
    pass(40);
    expect(await second.follow()).toMatchObject({ state: "waiting" });
    pass(60);
    expect(await second.follow()).toMatchObject({ state: "failed" });
  });

  test("every page is read, though the device has much to tell and pages overlap", async () => {
    const { follow } = await reset();
    pass(30);
    await world.addNoise({ deviceId: Number(BAY_3), count: ACTIVITY_PAGE_SIZE * 3, at: at.toISOString() });
    await world.fault({ kind: "page_drift" });
    expect(await follow()).toMatchObject({ state: "succeeded" });
  });

  test("clocks that differ by minutes change nothing", async () => {
    for (const clockMs of [-9 * 60_000, 9 * 60_000]) {
      const { follow } = await reset({ clockMs });
      pass(20);
      expect(await follow()).toMatchObject({ state: "succeeded" });
      pass(60);
    }
  });
});

describe("the client's token", () => {
  test("is used for nine tenths of its life and then renewed before it ends", async () => {
    const devices = connect();
    await devices.check();
    pass(3_200);
    await devices.check();
    expect(devices.count("/ws/oauth/token")).toBe(1);
    pass(60);
    await devices.check();
    expect(devices.count("/ws/oauth/token")).toBe(2);
  });

  test("is asked for once by any number of calls, and not without measure", async () => {
    const devices = connect();
    await Promise.all(Array.from({ length: 5 }, () => devices.check()));
    expect(devices.count("/ws/oauth/token")).toBe(1);
    for (let index = 1; index < LOGIN_MAX_COUNT; index += 1) {
      await world.endTokens();
      await devices.check();
    }
    await world.endTokens();
    await expect(devices.check()).rejects.toMatchObject({ kind: "unavailable", code: "login_pause", retryAfterSeconds: 300 });
    expect(devices.count("/ws/oauth/token")).toBe(LOGIN_MAX_COUNT);
  });

  test("a wrong region says what to look at, a wrong secret is not tried again at once", async () => {
    await expect(connect({ settings: { clientId: "from-another-region" } }).check()).rejects.toMatchObject({
      kind: "unauthorized",
      message: expect.stringContaining("check the region"),
    });
    const devices = connect({ credentials: { clientSecret: "wrong" } });
    await expect(devices.check()).rejects.toMatchObject({ kind: "unauthorized" });
    await expect(devices.check()).rejects.toMatchObject({ kind: "unauthorized" });
    expect(devices.count("/ws/oauth/token")).toBe(1);
    pass(1_801);
    await expect(devices.check()).rejects.toMatchObject({ kind: "unauthorized" });
    expect(devices.count("/ws/oauth/token")).toBe(2);
  });

  test("a script by another name is found out when the connection is tested", async () => {
    await expect(connect({ settings: { scriptName: "Reset tablet" } }).check()).rejects.toMatchObject({
      kind: "rejected",
      message: expect.stringContaining("Reset bay"),
    });
  });
});
