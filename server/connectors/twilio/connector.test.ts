import { afterEach, expect, test } from "vitest";

import { startTwilioWorld } from "#local/vendors/twilio/testing.ts";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { createFetchHttp } from "../_shared/fetch-http.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import { ConnectorError } from "../errors.ts";
import type { Connector, ConnectorHttp, JsonValue, VendorMessage } from "../ports.ts";
import { createTwilioConnector } from "./connector.ts";

const club = DEMO_CLUBS.find(({ twilio }) => twilio !== null);
const account = club?.twilio;
if (club === undefined || account === null || account === undefined) {
  throw new Error("the demo has a club with a Twilio number");
}
const MEMBER = `+1${club.areaCode}5550107`;
const PATH = `/api/webhooks/twilio/${club.connections.twilio}`;

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

const startWorld = async (over: { statuses?: number[]; dataDir?: string; publicUrl?: string } = {}) => {
  const world = await startTwilioWorld({ club, ...over });
  opened.push(world);
  const webhookUrl = `${over.publicUrl ?? world.appUrl}${PATH}`;
  return { ...world, webhookUrl, connector: connect(world.url, { settings: { webhookUrl } }), accepted: () => world.acceptedFor(MEMBER) };
};

type Over = { settings?: Record<string, string>; authToken?: string; http?: ConnectorHttp; now?: () => Date };

const connect = (baseUrl: string, over: Over = {}): Connector => {
  const { authToken, ...settings } = account;
  return createTwilioConnector({
    connectionId: "conn",
    credentials: { authToken: over.authToken ?? authToken },
    settings: { ...settings, baseUrl, ...over.settings },
    ...openTestNetwork(),
    http: over.http ?? createFetchHttp(),
    now: over.now ?? (() => new Date()),
    session: createMemorySession(),
  });
};

/** A vendor that answers every call with the same words; keeps the calls. */
const answering = (text: string, status = 200) => {
  const calls: Parameters<ConnectorHttp>[0][] = [];
  const http: ConnectorHttp = (request) => {
    calls.push(request);
    return Promise.resolve({ status, headers: new Headers(), text, url: request.url });
  };
  return { calls, http };
};

const SINCE = new Date(Date.now() - 1_000);
const send = (connector: Connector, text: string, to = MEMBER) => connector.send?.send({ key: "eff_1", to, text });
const readBack = (connector: Connector, text: string, since = SINCE) => connector.send?.readBack?.({ to: MEMBER, text, since });
const poll = (connector: Connector, cursor: JsonValue = null, limit = 50) => connector.inbox?.poll({ cursor, limit });

const failureOf = async (work: Promise<unknown> | undefined) => {
  const error = await work?.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof ConnectorError
    ? { kind: error.kind, reason: error.reason, code: error.code, retryAfterSeconds: error.retryAfterSeconds }
    : error;
};

/** Polls until the backlog is read to its end. */
const pollAll = async (connector: Connector, start: JsonValue = null, limit = 50) => {
  const messages: VendorMessage[] = [];
  let cursor = start;
  for (let more = true; more;) {
    const result = await poll(connector, cursor, limit);
    // The cursor goes through the database as JSON.
    cursor = JSON.parse(JSON.stringify(result?.cursor ?? null));
    messages.push(...(result?.messages ?? []));
    more = result?.more ?? false;
  }
  return { messages, cursor };
};

test("a text goes out once by the number and its service, and each of its reports verifies as a delivery of its own", async () => {
  const world = await startWorld();
  const sent = await send(world.connector, "See you at 6");
  expect(sent?.status).toBe("queued");
  const arrivals = await world.arrivals(2);
  const deliveries = await Promise.all(arrivals.map(async ({ request }) => world.connector.webhook?.parse(request)));
  expect(arrivals.map(({ path }) => path)).toEqual([PATH, PATH]);
  expect(new Set(deliveries.map((delivery) => delivery?.deliveryId)).size).toBe(2);
  const events = deliveries.flatMap((delivery) => delivery?.events ?? []);
  const reference = sent?.vendorReference;
  expect(events).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: "delivery", externalId: reference, status: "sent", errorCode: null }),
      expect.objectContaining({ kind: "delivery", externalId: reference, status: "delivered" }),
    ]),
  );
  expect(await world.accepted()).toEqual(["See you at 6"]);
});

test("a report that a carrier filtered the text says so with the vendor's code", async () => {
  const world = await startWorld();
  await world.fault({ kind: "filtered", count: 1 });
  await send(world.connector, "WIN BIG");
  const deliveries = await Promise.all((await world.arrivals(2)).map(async ({ request }) => world.connector.webhook?.parse(request)));
  expect(deliveries.flatMap((delivery) => delivery?.events ?? [])).toContainEqual(
    expect.objectContaining({ kind: "delivery", status: "undelivered", errorCode: "30007" }),
  );
});

test("to the real vendor no report is asked for at an address that is not public", async () => {
  const { calls, http } = answering("{}", 400);
  const asked = async (settings: { baseUrl?: string; webhookUrl?: string }) => {
    const { authToken, ...rest } = account;
    const context = { connectionId: "conn", credentials: { authToken }, now: () => new Date(), session: createMemorySession() };
    await failureOf(send(createTwilioConnector({ ...context, settings: { ...rest, ...settings }, ...openTestNetwork(), http }), "hello"));
    return new URLSearchParams(calls.at(-1)?.body).get("StatusCallback");
  };
  const webhookUrl = "http://127.0.0.1:3000/hook";
  expect(await asked({ webhookUrl })).toBeNull();
  expect(calls.at(-1)?.url).toBe(`https://api.twilio.com/2010-04-01/Accounts/${account.accountSid}/Messages.json`);
  expect(await asked({})).toBeNull();
  expect(await asked({ webhookUrl: "https://spotter.example/hook" })).toBe("https://spotter.example/hook");
  expect(await asked({ webhookUrl, baseUrl: "http://127.0.0.1:9" })).toBe(webhookUrl);
});

test("whoever has said STOP is opted out until they say START, and both words still come in", async () => {
  const world = await startWorld();
  await world.textFrom(MEMBER, " stop ");
  expect(await failureOf(send(world.connector, "hello"))).toMatchObject({ kind: "rejected", reason: "opted_out", code: "21610" });
  await world.textFrom(MEMBER, "Start");
  expect(await failureOf(send(world.connector, "hello"))).toBeNull();
  const deliveries = await Promise.all((await world.arrivals(2)).map(async ({ request }) => world.connector.webhook?.parse(request)));
  const kinds = deliveries.flatMap((delivery) => delivery?.events ?? []).map((event) => event.kind);
  expect(kinds.filter((kind) => kind === "suppression")).toHaveLength(2);
  expect(kinds.filter((kind) => kind === "message")).toHaveLength(2);
  expect(await world.accepted()).toEqual(["hello"]);
});

test.each([
  { fault: "not_mobile", kind: "rejected", reason: "invalid_address" },
  { fault: "region_forbidden", kind: "rejected", reason: "not_allowed" },
  { fault: "unverified", kind: "rejected", reason: "not_allowed" },
  { fault: "queue_full", kind: "throttled", reason: "other" },
])("a refusal for $fault is $kind ($reason)", async ({ fault, kind, reason }) => {
  const world = await startWorld();
  await world.fault({ kind: fault, count: 1 });
  expect(await failureOf(send(world.connector, "hello"))).toMatchObject({ kind, reason });
  expect(await world.accepted()).toEqual([]);
});

test.each([
  { code: 30_034, status: 400, kind: "rejected", reason: "not_allowed" },
  { code: 20_429, status: 400, kind: "throttled", reason: "other" },
  { code: 20_003, status: 403, kind: "unauthorized", reason: "other" },
  { code: 21_999, status: 400, kind: "rejected", reason: "other" },
  { code: null, status: 302, kind: "outcome_unknown", reason: "other" },
  { code: null, status: 408, kind: "outcome_unknown", reason: "other" },
])("code $code with status $status is $kind ($reason)", async ({ code, status, kind, reason }) => {
  const { http } = answering(JSON.stringify({ code, message: "no", status }), status);
  expect(await failureOf(send(connect("http://127.0.0.1:9", { http }), "hello"))).toMatchObject({ kind, reason });
});

test("a strange address, a foreign number and a wrong token are refused by the vendor each for its own reason", async () => {
  const world = await startWorld();
  expect(await failureOf(send(world.connector, "hello", "12345"))).toMatchObject({ kind: "rejected", reason: "invalid_address" });
  const foreign = connect(world.url, { settings: { phoneNumber: "+16025550198" } });
  expect(await failureOf(send(foreign, "hello"))).toMatchObject({ kind: "rejected", reason: "not_allowed" });
  const wrong = connect(world.url, { authToken: "wrong" });
  expect(await failureOf(send(wrong, "hello"))).toMatchObject({ kind: "unauthorized" });
  expect(await failureOf(poll(wrong))).toMatchObject({ kind: "unauthorized" });
  expect(await world.accepted()).toEqual([]);
});

test("a text the vendor never takes is refused without asking it", async () => {
  const silent = connect("http://127.0.0.1:9", { http: () => Promise.reject(new Error("nobody may be asked")) });
  expect(await failureOf(send(silent, " "))).toMatchObject({ kind: "rejected" });
  expect(await failureOf(send(silent, "x".repeat(1_601)))).toMatchObject({ kind: "rejected" });
});

test("a connection that is not filled in completely says so", () => {
  expect(() => connect("http://127.0.0.1:9", { settings: { accountSid: "SK1" } })).toThrow(
    expect.objectContaining({ kind: "unauthorized" }),
  );
  expect(() => connect("http://127.0.0.1:9", { settings: { messagingServiceSid: "" } })).not.toThrow();
});

test("while the tokens change, calls use the first of the two", async () => {
  const world = await startWorld();
  expect(await failureOf(send(connect(world.url, { authToken: `${account.authToken} next` }), "hello"))).toBeNull();
  expect(await failureOf(send(connect(world.url, { authToken: `next ${account.authToken}` }), "hello"))).toMatchObject({
    kind: "unauthorized",
  });
});

test("an account that is suspended does not pass the check", async () => {
  const { http } = answering(JSON.stringify({ sid: account.accountSid, friendly_name: "Ironwood", status: "suspended" }));
  expect(await failureOf(connect("http://127.0.0.1:9", { http }).check())).toMatchObject({ kind: "rejected", reason: "not_allowed" });
});

test("a vendor that cannot be reached did nothing, so the text may be sent again", async () => {
  const world = await startWorld();
  await world.closeVendor();
  expect(await failureOf(send(world.connector, "hello"))).toMatchObject({ kind: "unavailable" });
  expect(await failureOf(readBack(world.connector, "hello"))).toMatchObject({ kind: "unavailable" });
});

test("a text that still waits in the vendor's queue is found by reading back", async () => {
  const world = await startWorld();
  await world.fault({ kind: "stuck" });
  await world.fault({ kind: "error_after", count: 1, operation: "send" });
  expect(await failureOf(send(world.connector, "Your tour is booked"))).toMatchObject({ kind: "outcome_unknown" });
  expect((await readBack(world.connector, "Your tour is booked"))?.found?.vendorReference).toMatch(/^SM/);
});

test("reading back takes no older text, no text of the member and none that is known already for its own", async () => {
  const world = await startWorld();
  await world.textFrom(MEMBER, "thanks");
  expect(await readBack(world.connector, "thanks")).toEqual({ found: null });
  const first = await send(world.connector, "thanks");
  expect((await readBack(world.connector, "thanks"))?.found?.vendorReference).toBe(first?.vendorReference);
  expect(await readBack(world.connector, "thanks", new Date(Date.now() + 60_000))).toEqual({ found: null });
  const known = { to: MEMBER, text: "thanks", since: SINCE, knownReferences: [first?.vendorReference ?? ""] };
  expect(await world.connector.send?.readBack?.(known)).toEqual({ found: null });
});

test("reading back holds although the vendor's clock is a quarter of an hour off", async () => {
  const world = await startWorld();
  const skewed = (minutes: number) => connect(world.url, { now: () => new Date(Date.now() + minutes * 60_000) });
  await send(world.connector, "hello");
  for (const minutes of [-14, 14]) {
    const ours = new Date(SINCE.getTime() + minutes * 60_000);
    expect((await readBack(skewed(minutes), "hello", ours))?.found).not.toBeNull();
    expect((await readBack(skewed(minutes), "hello", new Date(ours.getTime() + 60_000)))?.found).toBeNull();
  }
});

test("reading back knows the words of a trial account, and never says absent of a list without end", async () => {
  const at = new Date().toUTCString();
  const listed = (body: string) => ({
    sid: `SM${"0".repeat(32)}`,
    direction: "outbound-api",
    from: account.phoneNumber,
    to: MEMBER,
    body,
    status: "delivered",
    num_media: "0",
    date_created: at,
    date_sent: at,
  });
  const page = (body: string) => JSON.stringify({ messages: [listed(body)], next_page_uri: "/2010-04-01/next/Messages.json?PageToken=x" });
  const trial = answering(page("Sent from your Twilio trial account - hello"));
  expect((await readBack(connect("http://127.0.0.1:9", trial), "hello"))?.found).not.toBeNull();
  const endless = answering(page("something else"));
  expect(await failureOf(readBack(connect("http://127.0.0.1:9", endless), "hello"))).toMatchObject({ kind: "unavailable" });
});

test("a webhook that the app refused comes again as the same delivery, and its answer holds no words", async () => {
  const world = await startWorld({ statuses: [503, 503] });
  await world.textFrom(MEMBER, "anyone there?");
  const arrivals = await world.arrivals(3);
  const deliveries = await Promise.all(arrivals.map(async ({ request }) => world.connector.webhook?.parse(request)));
  expect(new Set(deliveries.map((delivery) => delivery?.deliveryId)).size).toBe(1);
  expect(deliveries[2]?.reply).toMatchObject({ contentType: "text/xml", body: expect.stringContaining("<Response/>") });
});

test("behind a proxy a webhook verifies by the public address, and by no other", async () => {
  const world = await startWorld({ publicUrl: "https://spotter.example" });
  await world.textFrom(MEMBER, "hi");
  const [arrival] = await world.arrivals(1);
  const request = arrival?.request ?? { url: "", headers: {}, rawBody: new Uint8Array() };
  expect(await failureOf(world.connector.webhook?.parse({ ...request, url: world.webhookUrl }))).toBeNull();
  expect(await failureOf(world.connector.webhook?.parse(request))).toMatchObject({ kind: "unauthorized" });
});

test("what webhooks lost is fetched by polling, in order, and once it is read nothing comes again", async () => {
  const world = await startWorld();
  await world.fault({ kind: "lost_webhook" });
  await world.textFrom(MEMBER, "hi");
  await world.textFrom(MEMBER, "quick q", ["https://media.example/1.jpg"]);
  await world.textFrom(MEMBER, "HELP");
  await world.staffText(MEMBER, "Sure, what is it?");
  await expect.poll(async () => (await world.entries()).filter(({ kind }) => kind === "status").length).toBe(4);
  const first = await pollAll(world.connector);
  const read = first.messages.map(({ direction, text, media }) => [direction, text, media.length]);
  expect(read.toSorted()).toEqual([
    ["inbound", "HELP", 0],
    ["inbound", "hi", 0],
    ["inbound", "quick q", 1],
    ["outbound", "Sure, what is it?", 0],
  ]);
  expect(await poll(world.connector, first.cursor)).toMatchObject({ messages: [], unchanged: true, more: false });
  const { message } = await world.textFrom(MEMBER, "are you open today?");
  const next = await pollAll(world.connector, first.cursor);
  expect(next.messages.map(({ externalId }) => externalId)).toEqual([message.sid]);
});

test("a backlog of many pages is read to its end, also when calls fail and the list shifts in between", async () => {
  const world = await startWorld();
  await world.fault({ kind: "lost_webhook" });
  const sids: string[] = [];
  for (let index = 0; index < 430; index += 1) {
    const { message } = await world.textFrom(`+1${club.areaCode}555${(index + 200).toString().padStart(4, "0")}`, `text ${index}`);
    sids.push(message.sid);
  }
  await world.fault({ kind: "error_before", operation: "list", probability: 0.3, seed: "backlog" });
  await world.fault({ kind: "page_drift", probability: 0.5, seed: "drift" });
  const found = new Set<string>();
  let cursor: JsonValue = null;
  for (let more = true; more;) {
    const result = await poll(world.connector, cursor, 120)?.catch((error: unknown) => {
      expect(error).toMatchObject({ kind: "unavailable" });
      return undefined;
    });
    if (result !== undefined) {
      result.messages.forEach(({ externalId }) => found.add(externalId));
      cursor = JSON.parse(JSON.stringify(result.cursor));
      more = result.more;
    }
  }
  expect(sids.filter((sid) => !found.has(sid))).toEqual([]);
}, 20_000);

test("a page whose address has died begins the pass anew instead of ending it", async () => {
  const world = await startWorld();
  await world.textFrom(MEMBER, "hi");
  const pass = {
    startedAt: new Date().toISOString(),
    list: "inbound",
    nextPage: `${world.url}/2010-04-01/Accounts/${account.accountSid}/Messages.json?PageToken=PAgone`,
    seen: [],
  };
  const cursor = { version: 1, since: new Date().toISOString(), seen: [], pass };
  expect(await poll(world.connector, cursor)).toMatchObject({ more: true, cursor: { pass: null } });
  expect((await pollAll(world.connector, cursor)).messages).toHaveLength(1);
});

test("an answer in another shape is an error and never an empty poll", async () => {
  for (const body of [{ texts: [], next_page_uri: null }, { messages: [{ sid: "SM1" }], next_page_uri: null }, { messages: [] }]) {
    const { http } = answering(JSON.stringify(body));
    expect(await failureOf(poll(connect("http://127.0.0.1:9", { http })))).toMatchObject({ kind: "malformed" });
  }
  expect(await failureOf(poll(connect("http://127.0.0.1:9"), { damaged: true }))).toMatchObject({ kind: "malformed" });
});

test.each(["https://elsewhere.example/2010-04-01/Messages.json", "https://api.twilio.com//elsewhere.example/Messages.json"])(
  "a next page at %s reaches nobody else with the token",
  async (next) => {
    const { calls, http } = answering(JSON.stringify({ messages: [], next_page_uri: next }));
    const instant = new Date().toISOString();
    const pass = { startedAt: instant, list: "inbound", nextPage: next, seen: [] };
    await failureOf(poll(connect("http://vendor.example", { http }), { version: 1, since: instant, seen: [], pass }));
    expect(calls.length).toBeGreaterThan(1);
    expect(new Set(calls.map(({ url }) => new URL(url).origin))).toEqual(new Set(["http://vendor.example"]));
  },
);

test("the sandbox keeps its history over a restart, and who has said STOP", async () => {
  const world = await startWorld();
  const sent = await send(world.connector, "hello");
  await world.textFrom(MEMBER, "STOP");
  await world.closeVendor();
  const again = await startWorld({ dataDir: world.dataDir });
  expect((await readBack(again.connector, "hello"))?.found?.vendorReference).toBe(sent?.vendorReference);
  expect(await failureOf(send(again.connector, "still there?"))).toMatchObject({ reason: "opted_out" });
  expect(await again.accepted()).toEqual(["hello"]);
});
