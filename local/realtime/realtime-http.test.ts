import { createHash } from "node:crypto";
import Pusher from "pusher";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { APP, nextEvent, startTestRealtime, type TestRealtime } from "./testing.ts";

let realtime: TestRealtime;
beforeAll(async () => {
  realtime = await startTestRealtime();
});
afterAll(() => realtime.close());

const statusOf = (call: Promise<unknown>): Promise<number> =>
  call.then(
    () => 200,
    (error: { status?: number }) => error.status ?? 0,
  );

describe("who may call the REST API", () => {
  const other = (change: Partial<typeof APP>): Pusher =>
    new Pusher({ ...APP, ...change, host: "127.0.0.1", port: String(realtime.server.port), useTLS: false });

  test("a wrong secret or key is 401, a wrong app 404", async () => {
    expect(await statusOf(other({ secret: "wrong" as typeof APP.secret }).trigger("a", "b", {}))).toBe(401);
    expect(await statusOf(other({ key: "wrong" as typeof APP.key }).trigger("a", "b", {}))).toBe(401);
    expect(await statusOf(other({ appId: "wrong" as typeof APP.appId }).trigger("a", "b", {}))).toBe(404);
  });

  const send = async (query: string, body: string): Promise<number> => {
    const response = await fetch(`${realtime.server.url}/apps/${APP.appId}/events?${query}`, { method: "POST", body });
    return response.status;
  };
  const body = JSON.stringify({ name: "n", data: "{}", channels: ["c"] });
  const signed = (): string => realtime.api.createSignedQueryString({ method: "POST", path: `/apps/${APP.appId}/events`, body });

  test("a body that was changed after signing is 401", async () => {
    expect(await send(signed(), body)).toBe(200);
    expect(await send(signed(), body.replace("{}", "[]"))).toBe(401);
  });

  test("a body hash replaced to fit a changed body breaks the signature", async () => {
    const changed = body.replace("{}", "[]");
    const query = signed().replace(/body_md5=[0-9a-f]+/, `body_md5=${createHash("md5").update(changed).digest("hex")}`);
    expect(await send(query, changed)).toBe(401);
  });

  test("an unsigned call and a signature cut short are 401, not an error of the server", async () => {
    expect(await send("", body)).toBe(401);
    expect(await send(signed().slice(0, -1), body)).toBe(401);
    expect(await send("%E0%A4%A=1&auth_key=%", body)).toBe(401);
  });

  test("a call signed more than ten minutes ago or ahead is 401", async () => {
    for (const driftMs of [-601_000, 601_000]) {
      const late = await startTestRealtime({ nowMs: () => Date.now() + driftMs });
      expect(await statusOf(late.api.trigger("a", "b", {}))).toBe(401);
      await late.close();
    }
  });
});

describe("what an event must be", () => {
  test("data above 10 KB is 413, exactly 10 KB passes", async () => {
    expect(await statusOf(realtime.api.trigger("c", "n", "x".repeat(10_240)))).toBe(200);
    expect(await statusOf(realtime.api.trigger("c", "n", "x".repeat(10_241)))).toBe(413);
    expect(await statusOf(realtime.api.trigger("c", "n", "é".repeat(5_121)))).toBe(413);
  });

  const post = async (path: string, content: object): Promise<number> => {
    const text = JSON.stringify(content);
    const query = realtime.api.createSignedQueryString({ method: "POST", path: `/apps/${APP.appId}${path}`, body: text });
    return (await fetch(`${realtime.server.url}/apps/${APP.appId}${path}?${query}`, { method: "POST", body: text })).status;
  };

  test("malformed events are 400: no channel, 101 channels, a bad name, a bad socket id, data that is no text", async () => {
    const event = { name: "n", data: "{}" };
    expect(await post("/events", event)).toBe(400);
    expect(await post("/events", { ...event, channels: Array.from({ length: 101 }, (_, i) => `c${i}`) })).toBe(400);
    expect(await post("/events", { ...event, channel: "not a name" })).toBe(400);
    expect(await post("/events", { ...event, channel: "c" })).toBe(200);
    expect(await post("/events", { ...event, channel: "c", socket_id: "12" })).toBe(400);
    expect(await post("/events", { name: "n", data: {}, channel: "c" })).toBe(400);
    expect(await post("/batch_events", { batch: Array.from({ length: 11 }, () => ({ ...event, channel: "c" })) })).toBe(400);
  });
});

describe("what it tells about channels", () => {
  const get = async (path: string, params: Record<string, string> = {}): Promise<unknown> =>
    (await realtime.api.get({ path, params })).json();

  test("channels, one channel and the users of a presence channel are counted by user and by subscription", async () => {
    const client = realtime.connect({
      channelAuthorization: {
        endpoint: "unused",
        transport: "ajax",
        customHandler: ({ channelName, socketId }, callback) =>
          callback(null, realtime.api.authorizeChannel(socketId, channelName, { user_id: "user_1" })),
      },
    });
    await nextEvent(client.subscribe("presence-desk"), "pusher:subscription_succeeded");
    await nextEvent(client.subscribe("private-club-1"), "pusher:subscription_succeeded");

    expect(await get("/channels")).toEqual({ channels: { "presence-desk": {}, "private-club-1": {} } });
    expect(await get("/channels", { filter_by_prefix: "presence-", info: "user_count" })).toEqual({
      channels: { "presence-desk": { user_count: 1 } },
    });
    expect(await get("/channels/private-club-1", { info: "subscription_count" })).toEqual({ occupied: true, subscription_count: 1 });
    expect(await get("/channels/nobody-here")).toEqual({ occupied: false });
    expect(await get("/channels/presence-desk/users")).toEqual({ users: [{ id: "user_1" }] });
    expect(await statusOf(realtime.api.get({ path: "/channels", params: { info: "user_count" } }))).toBe(400);
    expect(await statusOf(realtime.api.get({ path: "/channels/private-club-1/users", params: {} }))).toBe(400);

    const answer = await realtime.api.trigger(["presence-desk", "private-club-1"], "n", {}, { info: "subscription_count" });
    expect(await answer.json()).toEqual({
      channels: { "presence-desk": { subscription_count: 1 }, "private-club-1": { subscription_count: 1 } },
    });
  });

  test("it says on its front page that it is a stand-in", async () => {
    expect(await (await fetch(realtime.server.url)).text()).toContain("stand-in");
  });
});
