import { afterEach, describe, expect, test } from "vitest";
import type { RealtimeOptions } from "./start-realtime.ts";
import { createSocketLink } from "./socket-link.ts";
import { APP, nextEvent, startTestRealtime, type TestRealtime } from "./testing.ts";

const running: TestRealtime[] = [];
const start = async (options: Partial<RealtimeOptions> = {}): Promise<TestRealtime> => {
  const realtime = await startTestRealtime(options);
  running.push(realtime);
  return realtime;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((realtime) => realtime.close()));
});

const asUser = (realtime: TestRealtime, userId: string) =>
  realtime.connect({
    channelAuthorization: {
      endpoint: "unused",
      transport: "ajax",
      customHandler: ({ channelName, socketId }, callback) =>
        callback(null, realtime.api.authorizeChannel(socketId, channelName, { user_id: userId, user_info: { name: userId } })),
    },
    userAuthentication: {
      endpoint: "unused",
      transport: "ajax",
      customHandler: ({ socketId }, callback) => callback(null, realtime.api.authenticateUser(socketId, { id: userId })),
    },
  });

describe("events reach those who subscribed", () => {
  test("an event of the server library arrives at pusher-js on public and private channels, also from a batch", async () => {
    const { api, connect } = await start();
    const client = connect();
    const news = client.subscribe("news");
    const club = client.subscribe("private-club-club_1");
    await Promise.all([nextEvent(news, "pusher:subscription_succeeded"), nextEvent(club, "pusher:subscription_succeeded")]);

    const atNews = nextEvent(news, "hello");
    const atClub = nextEvent(club, "message.received");
    await api.trigger("news", "hello", { text: "grüße 😀" });
    await api.triggerBatch([{ channel: "private-club-club_1", name: "message.received", data: { sequence: 7 } }]);
    expect(await atNews).toEqual({ text: "grüße 😀" });
    expect(await atClub).toEqual({ sequence: 7 });
  });

  test("the connection named by socket_id is left out", async () => {
    const { api, connect } = await start();
    const [sender, other] = [connect(), connect()];
    const channels = [sender.subscribe("news"), other.subscribe("news")];
    await Promise.all(channels.map((channel) => nextEvent(channel, "pusher:subscription_succeeded")));

    const seenBySender: unknown[] = [];
    channels[0]?.bind("n", (data: unknown) => seenBySender.push(data));
    const last = nextEvent(channels[0] ?? sender, "last");
    await api.trigger("news", "n", 1, { socket_id: sender.connection.socket_id });
    await api.trigger("news", "last", 2);
    expect(await last).toBe(2);
    expect(seenBySender).toEqual([]);
  });

  test("after unsubscribing nothing arrives any more", async () => {
    const { api, dial } = await start();
    const raw = dial();
    await raw.next("pusher:connection_established");
    raw.say("pusher:subscribe", { channel: "a" });
    raw.say("pusher:subscribe", { channel: "b" });
    await raw.next("pusher_internal:subscription_succeeded");
    raw.say("pusher:unsubscribe", { channel: "a" });
    raw.say("pusher:ping", {});
    await raw.next("pusher:pong");
    await api.trigger(["a", "b"], "n", {});
    expect((await raw.next("n")).channel).toBe("b");
    expect(await (await api.get({ path: "/channels", params: {} })).json()).toEqual({ channels: { b: {} } });
  });

  test("after the server sent everybody away, pusher-js comes back and subscribes again by itself", async () => {
    const { api, connect, server } = await start();
    const channel = connect().subscribe("private-club-club_1");
    await nextEvent(channel, "pusher:subscription_succeeded");
    channel.unbind_all();
    const again = nextEvent(channel, "pusher:subscription_succeeded");
    server.disconnectAll();
    await again;
    const arrived = nextEvent(channel, "n");
    await api.trigger("private-club-club_1", "n", 1);
    expect(await arrived).toBe(1);
  });
});

describe("who may subscribe", () => {
  test("an auth value signed with another secret, for another channel or missing is refused with 401", async () => {
    const { api, connect } = await start();
    const client = connect({
      channelAuthorization: {
        endpoint: "unused",
        transport: "ajax",
        customHandler: ({ socketId }, callback) => callback(null, api.authorizeChannel(socketId, "private-club-club_1")),
      },
    });
    const error = await nextEvent(client.subscribe("private-club-club_2"), "pusher:subscription_error");
    expect(error).toMatchObject({ type: "AuthError", status: 401 });
    expect(await (await api.get({ path: "/channels", params: {} })).json()).toEqual({ channels: {} });
  });

  test("presence data changed after signing is refused", async () => {
    const { api, dial } = await start();
    const raw = dial();
    const { data } = await raw.next("pusher:connection_established");
    const { socket_id: socketId } = data as { socket_id: string };
    const { auth } = api.authorizeChannel(socketId, "presence-desk", { user_id: "user_1" });
    raw.say("pusher:subscribe", { channel: "presence-desk", auth, channel_data: JSON.stringify({ user_id: "user_2" }) });
    expect((await raw.next("pusher:subscription_error")).data).toMatchObject({ type: "AuthError", status: 401 });
  });
});

describe("presence", () => {
  test("a user joins with the first connection and leaves with the last", async () => {
    const realtime = await start();
    const watcher = asUser(realtime, "user_1").subscribe("presence-desk");
    await nextEvent(watcher, "pusher:subscription_succeeded");
    const seen: string[] = [];
    watcher.bind("pusher:member_added", (member: { id: string }) => seen.push(`+${member.id}`));
    watcher.bind("pusher:member_removed", (member: { id: string }) => seen.push(`-${member.id}`));

    const [first, second] = [asUser(realtime, "user_2"), asUser(realtime, "user_2")];
    await nextEvent(first.subscribe("presence-desk"), "pusher:subscription_succeeded");
    const members = (await nextEvent(second.subscribe("presence-desk"), "pusher:subscription_succeeded")) as { count: number };
    expect(members.count).toBe(2);
    const gone = nextEvent(watcher, "pusher:member_removed");
    first.disconnect();
    second.disconnect();
    expect(await gone).toMatchObject({ id: "user_2", info: { name: "user_2" } });
    expect(seen).toEqual(["+user_2", "-user_2"]);
  });
});

describe("users", () => {
  test("sendToUser reaches the signed-in user, and terminate_connections ends the user's connections for good", async () => {
    const realtime = await start();
    const client = asUser(realtime, "user_9");
    client.signin();
    await nextEvent(client, "pusher:signin_success");
    const arrived = nextEvent(client.user, "note");
    await realtime.api.sendToUser("user_9", "note", { text: "for you" });
    expect(await arrived).toEqual({ text: "for you" });
    const ended = nextEvent(client.connection, "disconnected");
    await realtime.api.terminateUserConnections("user_9");
    await ended;
  });

  test("a forged sign-in closes the connection with 4009", async () => {
    const { dial } = await start();
    const raw = dial();
    await raw.next("pusher:connection_established");
    raw.say("pusher:signin", { auth: `${APP.key}:00`, user_data: JSON.stringify({ id: "user_1" }) });
    expect((await raw.next("pusher:error")).data).toMatchObject({ code: 4009 });
    expect(await raw.closed).toBe(4009);
  });
});

describe("the life of a connection", () => {
  test.each([
    ["/app/unknown?protocol=7", 4001],
    [`/app/${APP.key}`, 4008],
    [`/app/${APP.key}?protocol=4`, 4007],
    ["/elsewhere", 4005],
  ])("%s is refused with %i", async (path, code) => {
    const { dial } = await start();
    const raw = dial(path);
    expect((await raw.next("pusher:error")).data).toMatchObject({ code });
    expect(await raw.closed).toBe(code);
  });

  test("one connection too many is refused with 4004", async () => {
    const { dial } = await start({ limits: { maxConnections: 1 } });
    await dial().next("pusher:connection_established");
    expect(await dial().closed).toBe(4004);
  });

  test("a client that answers no ping is closed with 4201, one that answers stays", async () => {
    const { dial } = await start({ limits: { activityTimeoutMs: 20, pongTimeoutMs: 40 } });
    const [silent, alive] = [dial(), dial()];
    alive.socket.on("message", (raw) => raw.toString().includes("pusher:ping") && alive.say("pusher:pong", {}));
    expect(await silent.closed).toBe(4201);
    alive.say("pusher:subscribe", { channel: "a" });
    expect((await alive.next("pusher_internal:subscription_succeeded")).channel).toBe("a");
  });

  test("frames that are no protocol are answered with an error and end nothing", async () => {
    const { dial } = await start();
    const raw = dial();
    await raw.next("pusher:connection_established");
    for (const junk of ["", "{", "[]", "null", '{"event":5}', '{"event":"pusher:subscribe"}', '{"event":"x","data":"{"}']) {
      raw.socket.send(junk);
      await raw.next("pusher:error");
    }
    raw.say("pusher:ping", {});
    await raw.next("pusher:pong");
  });

  test("a socket that does not read is dropped instead of being buffered for", () => {
    const calls: string[] = [];
    const socket = {
      bufferedAmount: 0,
      send: () => calls.push("send"),
      close: () => calls.push("close"),
      terminate: () => calls.push("terminate"),
    };
    const link = createSocketLink(socket, { socketId: "1.1", maxBufferedBytes: 100 });
    link.send("n", { data: 1 });
    socket.bufferedAmount = 101;
    link.send("n", { data: 2 });
    expect(calls).toEqual(["send", "terminate"]);
  });
});

describe("client events", () => {
  test("they are off unless the app asks for them", async () => {
    const { connect } = await start();
    const client = connect();
    const channel = client.subscribe("private-a");
    await nextEvent(channel, "pusher:subscription_succeeded");
    const error = nextEvent(client.connection, "error");
    channel.trigger("client-typing", {});
    expect(JSON.stringify(await error)).toContain("switched off");
  });

  test("they reach the others of a presence channel with the sender's user id, and above 10 a second 4301 says so", async () => {
    const realtime = await start({ hasClientEvents: true, nowMs: () => 1_000_000 });
    const [sender, receiver] = [asUser(realtime, "user_1"), asUser(realtime, "user_2")];
    const [from, to] = [sender.subscribe("presence-desk"), receiver.subscribe("presence-desk")];
    await Promise.all([from, to].map((channel) => nextEvent(channel, "pusher:subscription_succeeded")));
    const arrived = new Promise<unknown[]>((resolve) => void to.bind("client-typing", (...args: unknown[]) => resolve(args)));
    const error = nextEvent(sender.connection, "error");
    for (let count = 0; count < 11; count += 1) {
      from.trigger("client-typing", { count });
    }
    expect(await arrived).toEqual([{ count: 0 }, { user_id: "user_1" }]);
    expect(JSON.stringify(await error)).toContain("4301");
    expect(sender.connection.state).toBe("connected");
  });
});
