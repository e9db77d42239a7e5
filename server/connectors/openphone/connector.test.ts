import { afterEach, expect, test } from "vitest";

import { startOpenPhoneWorld } from "#local/vendors/openphone/testing.ts";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { createFetchHttp } from "../_shared/fetch-http.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import { ConnectorError } from "../errors.ts";
import type { Connector, ConnectorHttp, JsonValue, VendorMessage } from "../ports.ts";
import { createOpenPhoneConnector } from "./connector.ts";

const [club, otherClub] = DEMO_CLUBS;
if (club === undefined || otherClub === undefined) {
  throw new Error("the demo has clubs");
}
const MEMBER = `+1${club.areaCode}5550107`;

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

const startWorld = async (over: { statuses?: number[]; dataDir?: string; requestsPerSecond?: number } = {}) => {
  const world = await startOpenPhoneWorld({ club, ...over });
  opened.push(world);
  return { ...world, connector: connect(world.url), accepted: () => world.acceptedFor(MEMBER) };
};

const connect = (baseUrl: string, over: { apiKey?: string; http?: ConnectorHttp; now?: () => Date } = {}): Connector =>
  createOpenPhoneConnector({
    connectionId: club.connections.openPhone,
    credentials: { ...club.openPhone, apiKey: over.apiKey ?? club.openPhone.apiKey },
    settings: { baseUrl },
    ...openTestNetwork(),
    http: over.http ?? createFetchHttp(),
    now: over.now ?? (() => new Date()),
    session: createMemorySession(),
  });

const SINCE = new Date(Date.now() - 1_000);
const send = (connector: Connector, text: string, to = MEMBER) => connector.send?.send({ key: "eff_1", to, text });
const readBack = (connector: Connector, text: string, since = SINCE) => connector.send?.readBack?.({ to: MEMBER, text, since });

const failureOf = async (work: Promise<unknown> | undefined) => {
  const error = await work?.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof ConnectorError ? { kind: error.kind, retryAfterSeconds: error.retryAfterSeconds, message: error.message } : error;
};

/** Polls until the backlog is read to its end. */
const pollAll = async (connector: Connector, start: JsonValue = null, limit = 50) => {
  const messages: VendorMessage[] = [];
  let cursor = start;
  for (let more = true; more;) {
    const result = await connector.inbox?.poll?.({ cursor, limit });
    // The cursor goes through the database as JSON.
    cursor = JSON.parse(JSON.stringify(result?.cursor ?? null));
    messages.push(...(result?.messages ?? []));
    more = result?.more ?? false;
  }
  return { messages, cursor };
};

test("a text is accepted once, and its delivery is reported by a webhook that verifies", async () => {
  const world = await startWorld();
  const sent = await send(world.connector, "See you at 6");
  expect(sent?.status).toBe("queued");
  const [arrival] = await world.arrivals(1);
  expect(arrival?.path).toBe(`/api/webhooks/openphone/${club.connections.openPhone}`);
  const delivery = arrival === undefined ? undefined : await world.connector.webhook?.parse(arrival.request);
  expect(delivery?.events).toMatchObject([
    { kind: "message", message: { direction: "outbound", text: "See you at 6", externalId: sent?.vendorReference } },
    { kind: "delivery", externalId: sent?.vendorReference, status: "delivered" },
  ]);
  expect(await world.accepted()).toEqual(["See you at 6"]);
});

test("refusals of the vendor say by their kind whether to try again", async () => {
  const world = await startWorld();
  const after = async (fault: Record<string, unknown>) => {
    await world.fault({ count: 1, ...fault });
    return failureOf(send(world.connector, "hello"));
  };
  expect(await after({ kind: "unauthorized" })).toMatchObject({ kind: "unauthorized" });
  expect(await after({ kind: "no_credits" })).toMatchObject({ kind: "rejected", message: "the OpenPhone account has run out of credits" });
  expect(await after({ kind: "throttled", retryAfterSeconds: 17 })).toMatchObject({ kind: "throttled", retryAfterSeconds: 17 });
  expect(await after({ kind: "throttled" })).toMatchObject({ kind: "throttled", retryAfterSeconds: undefined });
  expect(await failureOf(send(connect(world.url, { apiKey: "revoked" }), "hello"))).toMatchObject({ kind: "unauthorized" });
  expect(await failureOf(send(world.connector, "hello", "12345"))).toMatchObject({ kind: "rejected" });
  expect(await world.accepted()).toEqual([]);
});

test("a text the vendor never takes is refused without asking it", async () => {
  const silent = connect("http://127.0.0.1:9", { http: () => Promise.reject(new Error("nobody may be asked")) });
  expect(await failureOf(send(silent, " "))).toMatchObject({ kind: "rejected" });
  expect(await failureOf(send(silent, "x".repeat(1_601)))).toMatchObject({ kind: "rejected" });
});

test("a connection that is not filled in completely says so", () => {
  const empty = {
    connectionId: "c",
    credentials: { apiKey: "" },
    settings: {},
    ...openTestNetwork(),
    http: createFetchHttp(),
    now: () => new Date(),
    session: createMemorySession(),
  };
  expect(() => createOpenPhoneConnector(empty)).toThrow(expect.objectContaining({ kind: "unauthorized" }));
});

test("a key that calls too often is throttled, and another key is not", async () => {
  const world = await startWorld({ requestsPerSecond: 2 });
  const other = createOpenPhoneConnector({
    connectionId: otherClub.connections.openPhone,
    credentials: otherClub.openPhone,
    settings: { baseUrl: world.url },
    ...openTestNetwork(),
    http: createFetchHttp(),
    now: () => new Date(),
    session: createMemorySession(),
  });
  const burst = await Promise.all(Array.from({ length: 12 }, () => failureOf(readBack(world.connector, "hello"))));
  expect(burst).toContainEqual(expect.objectContaining({ kind: "throttled" }));
  expect(await failureOf(readBack(other, "hello"))).toBeNull();
});

test("a vendor that cannot be reached did nothing, so the text may be sent again", async () => {
  const world = await startWorld();
  await world.closeVendor();
  expect(await failureOf(send(world.connector, "hello"))).toMatchObject({ kind: "unavailable" });
  expect(await failureOf(readBack(world.connector, "hello"))).toMatchObject({ kind: "unavailable" });
});

test.each(["error_after", "changed_field"])("a text that went out in spite of %s is found by reading back", async (kind) => {
  const world = await startWorld();
  await world.fault({ kind, count: 1, operation: "send" });
  expect(await failureOf(send(world.connector, "Your tour is booked"))).toMatchObject({ kind: "outcome_unknown" });
  const result = await readBack(world.connector, "Your tour is booked");
  expect(result?.found?.vendorReference).toMatch(/^AC/);
  expect(await world.accepted()).toEqual(["Your tour is booked"]);
});

test("a text whose answer came too late is found by reading back", async () => {
  const world = await startWorld();
  await world.fault({ kind: "timeout_after", count: 1 });
  const http = createFetchHttp();
  const hasty = connect(world.url, { http: (request) => http({ ...request, timeoutMs: 200 }) });
  expect(await failureOf(send(hasty, "hello"))).toMatchObject({ kind: "outcome_unknown" });
  expect((await readBack(world.connector, "hello"))?.found).not.toBeNull();
});

test("an error before the vendor accepted leaves nothing to find", async () => {
  const world = await startWorld();
  await world.fault({ kind: "error_before", count: 1 });
  expect(await failureOf(send(world.connector, "hello"))).toMatchObject({ kind: "outcome_unknown" });
  expect(await readBack(world.connector, "hello")).toEqual({ found: null });
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

test("a webhook that the app refused comes again with the same delivery id and still verifies", async () => {
  const world = await startWorld({ statuses: [503, 503] });
  await world.textFrom(MEMBER, "anyone there?");
  const arrivals = await world.arrivals(3);
  const deliveries = await Promise.all(arrivals.map(async ({ request }) => world.connector.webhook?.parse(request)));
  expect(new Set(deliveries.map((delivery) => delivery?.deliveryId)).size).toBe(1);
  expect(deliveries[2]?.events).toMatchObject([
    { kind: "message", message: { direction: "inbound", text: "anyone there?", contact: { address: MEMBER } } },
  ]);
});

test("a webhook that comes twice names the same delivery and the same message", async () => {
  const world = await startWorld();
  await world.fault({ kind: "duplicate_webhook", count: 1 });
  await world.textFrom(MEMBER, "hi");
  const arrivals = await world.arrivals(2);
  const [first, second] = await Promise.all(arrivals.map(async ({ request }) => world.connector.webhook?.parse(request)));
  expect(second).toEqual(first);
});

test("what webhooks lost is fetched by polling, in order, and once it is read nothing comes again", async () => {
  const world = await startWorld();
  await world.fault({ kind: "lost_webhook" });
  await world.textFrom(MEMBER, "hi");
  await world.textFrom(MEMBER, "quick q");
  await world.staffText(MEMBER, "Sure, what is it?");
  const first = await pollAll(world.connector);
  expect(first.messages.map(({ direction, text }) => [direction, text])).toEqual([
    ["inbound", "hi"],
    ["inbound", "quick q"],
    ["outbound", "Sure, what is it?"],
  ]);
  const idle = await world.connector.inbox?.poll?.({ cursor: first.cursor, limit: 50 });
  expect(idle).toMatchObject({ messages: [], unchanged: true, more: false });
  const { message } = await world.textFrom(MEMBER, "are you open today?");
  const next = await pollAll(world.connector, first.cursor);
  expect(next.messages.map(({ externalId }) => externalId)).toContain(message.id);
});

test("a backlog of many conversations and pages is read to its end, also when calls fail in between", async () => {
  const world = await startWorld();
  await world.fault({ kind: "lost_webhook" });
  const ids: string[] = [];
  for (let index = 0; index < 230; index += 1) {
    const from = index < 110 ? MEMBER : `+1${club.areaCode}555${(index + 200).toString().padStart(4, "0")}`;
    const { message } = await world.textFrom(from, `text ${index}`);
    ids.push(message.id);
  }
  await world.fault({ kind: "error_before", operation: "list", probability: 0.2, seed: "backlog" });
  const found = new Set<string>();
  let cursor: JsonValue = null;
  for (let more = true; more;) {
    const result = await world.connector.inbox?.poll?.({ cursor, limit: 40 }).catch((error: unknown) => {
      expect(error).toMatchObject({ kind: "unavailable" });
      return undefined;
    });
    if (result !== undefined) {
      result.messages.forEach(({ externalId }) => found.add(externalId));
      cursor = JSON.parse(JSON.stringify(result.cursor));
      more = result.more;
    }
  }
  expect(ids.filter((id) => !found.has(id))).toEqual([]);
}, 20_000);

test("an answer in another shape is an error and never an empty poll", async () => {
  const world = await startWorld();
  await world.fault({ kind: "changed_field", operation: "list", count: 1 });
  expect(await failureOf(world.connector.inbox?.poll?.({ cursor: null, limit: 50 }))).toMatchObject({ kind: "malformed" });
  expect(await failureOf(world.connector.inbox?.poll?.({ cursor: { damaged: true }, limit: 50 }))).toMatchObject({ kind: "malformed" });
});

test("a text of staff in the vendor's own app comes in as outbound", async () => {
  const world = await startWorld();
  await world.staffText(MEMBER, "Tansy here, I look into it");
  const [arrival] = await world.arrivals(1);
  const delivery = arrival === undefined ? undefined : await world.connector.webhook?.parse(arrival.request);
  expect(delivery?.events[0]).toMatchObject({ kind: "message", message: { direction: "outbound", text: "Tansy here, I look into it" } });
});

test("the sandbox keeps its history over a restart", async () => {
  const world = await startWorld();
  const sent = await send(world.connector, "hello");
  await world.arrivals(1);
  await world.closeVendor();
  const again = await startWorld({ dataDir: world.dataDir });
  expect((await readBack(again.connector, "hello"))?.found?.vendorReference).toBe(sent?.vendorReference);
  expect(await again.accepted()).toEqual(["hello"]);
});
