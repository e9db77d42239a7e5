import { afterEach, describe, expect, test } from "vitest";

import { squareOf, startSquareWorld } from "#local/vendors/square/testing.ts";

import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { Charge } from "../acts.ts";
import { ConnectorError, HttpFailure } from "../errors.ts";
import type { Connector, ConnectorHttp, HttpRequest } from "../ports.ts";
import { createSquareConnector } from "./connector.ts";

// The SDK takes seconds to load on a busy machine; no test pays for it.
await import("square");

const CLUB = "ironwood-denver";
const denver = squareOf(CLUB);

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

type Over = { readonly http?: ConnectorHttp; readonly accessToken?: string; readonly timeoutMs?: number };

const connect = (baseUrl: string, { http, accessToken, timeoutMs }: Over = {}) => {
  const network = openTestNetwork(timeoutMs === undefined ? {} : { timeoutMs });
  const connector = createSquareConnector({
    connectionId: denver.connectionId,
    credentials: { ...denver.credentials, ...(accessToken === undefined ? {} : { accessToken }) },
    settings: { ...denver.settings, baseUrl },
    ...network,
    http: http ?? network.http,
    now: () => new Date(),
    session: createMemorySession(),
  });
  return portsOf(connector);
};

const portsOf = (connector: Connector) => {
  const { invoices, payLinks, webhook } = connector;
  if (invoices === undefined || payLinks === undefined || webhook === undefined) {
    throw new TypeError("a port is missing");
  }
  return { connector, invoices, payLinks, webhook };
};

const startWorld = async (over: Parameters<typeof startSquareWorld>[0] = {}) => {
  const world = await startSquareWorld(over);
  opened.push(world);
  return { ...world, square: connect(world.url) };
};

const charge = (key: string, over: Partial<Charge> = {}): Charge => ({
  key,
  payer: { memberId: "mem_1", firstName: "Robin", lastName: "Hale", email: "robin@people.example", phone: "+13035550107" },
  amountMinor: 4_999n,
  currency: "USD",
  description: "Dues for November",
  ...over,
});

const bill = (key: string, over: Partial<Charge> = {}) => ({ ...charge(key, over), dueOn: "2099-12-01", delivery: "email" as const });

const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof ConnectorError ? { kind: error.kind, reason: error.reason, retryAfterSeconds: error.retryAfterSeconds } : error;
};

describe("an invoice in several calls", () => {
  const STEPS = ["search-customers", "create-customer", "create-order", "create-invoice", "publish-invoice"];
  const FAULTS = ["error_before", "error_after", "timeout_after", "changed_field", "html_page", "html_error", "throttled", "outage"];

  test.each(STEPS.flatMap((step) => FAULTS.map((fault) => [step, fault] as const)))(
    "cut off at %s by %s, it becomes one invoice under the same key, whoever goes on",
    async (operation, kind) => {
      const world = await startWorld();
      await world.fault({ kind, operation, delayMs: 60_000, count: 1 });
      expect(await failureOf(connect(world.url, { timeoutMs: 200 }).invoices.issue(bill("eff_1")))).toMatchObject({
        kind: expect.stringMatching(/outcome_unknown|unavailable|malformed|throttled/),
      });
      const invoice = await world.square.invoices.issue(bill("eff_1"));
      expect(invoice).toMatchObject({ status: "open", url: expect.stringContaining("/pay/invoice/") });
      const counts = [
        await world.count("customer", "created"),
        await world.count("order", "created"),
        await world.count("invoice", "created"),
        await world.count("invoice", "published"),
      ];
      expect(counts).toEqual([1, 1, 1, 1]);
      expect(await world.square.invoices.issue(bill("eff_1"))).toEqual(invoice);
    },
  );

  test("two invoices in a row make one customer, although the search does not show it yet", async () => {
    const world = await startWorld({ searchLagMs: 3_600_000 });
    const first = await world.square.invoices.issue(bill("eff_1"));
    const second = await world.square.invoices.issue(bill("eff_2"));
    expect(second.vendorReference).not.toBe(first.vendorReference);
    expect([await world.count("customer", "created"), await world.count("invoice", "published")]).toEqual([1, 2]);
  });

  test("a customer whose name changed before the search shows it is waited for, not made twice", async () => {
    let nowMs = Date.parse("2026-11-21T15:00:00Z");
    const world = await startWorld({ searchLagMs: 60_000, now: () => new Date(nowMs) });
    await world.square.invoices.issue(bill("eff_1"));
    const renamed = bill("eff_2", { payer: { ...charge("").payer, lastName: "Hale-Moss" } });
    expect(await failureOf(world.square.invoices.issue(renamed))).toMatchObject({ kind: "unavailable", retryAfterSeconds: 90 });
    nowMs += 90_000;
    await world.square.invoices.issue(renamed);
    expect(await world.count("customer", "created")).toBe(1);
  });

  test("a known customer without an e-mail address gets ours, and one of the seller's own is never replaced", async () => {
    const world = await startWorld({ searchLagMs: 0 });
    const bare = { ...charge("").payer, email: null };
    await world.square.invoices.issue({ ...bill("eff_1", { payer: bare }), delivery: "none" });
    await world.square.invoices.issue(bill("eff_2"));
    await world.square.invoices.issue(bill("eff_3", { payer: { ...bare, email: "other@people.example" } }));
    const customers = (await world.entries()).filter(({ kind }) => kind === "customer");
    expect(customers.map(({ object }) => "email_address" in object && object.email_address)).toEqual([false, "robin@people.example"]);
  });

  test("a draft that somebody edited meanwhile is published in its new version", async () => {
    const world = await startWorld();
    await world.fault({ kind: "error_before", operation: "publish-invoice", count: 1 });
    await failureOf(world.square.invoices.issue(bill("eff_1")));
    const draft = (await world.entries()).find(({ kind }) => kind === "invoice");
    await world.editDraft(draft?.object.id ?? "");
    expect(await world.square.invoices.issue(bill("eff_1"))).toMatchObject({ vendorReference: draft?.object.id, status: "open" });
    expect(await world.count("invoice", "published")).toBe(1);
  });

  test("an invoice that somebody published by hand meanwhile counts as issued", async () => {
    const world = await startWorld();
    await world.fault({ kind: "error_before", operation: "publish-invoice", count: 1 });
    await failureOf(world.square.invoices.issue(bill("eff_1")));
    const draft = (await world.entries()).find(({ kind }) => kind === "invoice");
    await fetch(`${world.url}/v2/invoices/${encodeURIComponent(draft?.object.id ?? "")}/publish`, {
      method: "POST",
      headers: { authorization: `Bearer ${denver.credentials.accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({ version: 0, idempotency_key: "by hand" }),
    });
    expect(await world.square.invoices.issue(bill("eff_1"))).toMatchObject({ vendorReference: draft?.object.id, status: "open" });
    expect(await world.count("invoice", "published")).toBe(1);
  });

  test("what Square refuses, such as a due date in the past, is refused and nobody hears of it", async () => {
    const world = await startWorld();
    const past = { ...bill("eff_1"), dueOn: "2020-01-01" };
    expect(await failureOf(world.square.invoices.issue(past))).toMatchObject({ kind: "rejected" });
    expect(await world.count("invoice", "published")).toBe(0);
  });

  test("without an amount, a purpose or an address nothing is asked of Square", async () => {
    const silent = connect("http://127.0.0.1:9", { http: () => Promise.reject(new Error("nobody may be asked")) });
    const bare = { ...charge("").payer, email: null };
    expect(await failureOf(silent.invoices.issue(bill("eff_1", { amountMinor: 0n })))).toMatchObject({ kind: "rejected" });
    expect(await failureOf(silent.invoices.issue(bill("eff_1", { description: " " })))).toMatchObject({ kind: "rejected" });
    expect(await failureOf(silent.invoices.issue(bill("eff_1", { payer: bare })))).toMatchObject({
      kind: "rejected",
      reason: "invalid_address",
    });
    expect(await failureOf(silent.payLinks.create(charge("eff_1", { amountMinor: -5n })))).toMatchObject({ kind: "rejected" });
  });

  test("it reads as what was paid of it, and is cancelled once, whoever asks again", async () => {
    const world = await startWorld();
    const { vendorReference } = await world.square.invoices.issue(bill("eff_1"));
    const status = async () => (await world.square.invoices.read({ vendorReference })).status;
    await world.pay({ invoice: vendorReference, amount: 1_000 });
    expect(await status()).toBe("partly_paid");
    await world.pay({ invoice: vendorReference, amount: 3_999 });
    expect(await status()).toBe("paid");
    expect(await failureOf(world.square.invoices.cancel({ key: "eff_2", vendorReference }))).toMatchObject({ kind: "rejected" });
    const other = await world.square.invoices.issue(bill("eff_3"));
    const cancel = () => world.square.invoices.cancel({ key: "eff_4", vendorReference: other.vendorReference });
    expect([(await cancel()).status, (await cancel()).status]).toEqual(["cancelled", "cancelled"]);
    expect(await world.count("invoice", "cancelled")).toBe(1);
  });

  test("a draft is deleted where it is to be cancelled", async () => {
    const world = await startWorld();
    await world.fault({ kind: "error_before", operation: "publish-invoice", count: 1 });
    await failureOf(world.square.invoices.issue(bill("eff_1")));
    const draft = (await world.entries()).find(({ kind }) => kind === "invoice");
    expect(await world.square.invoices.cancel({ key: "eff_2", vendorReference: draft?.object.id ?? "" })).toMatchObject({
      status: "cancelled",
    });
    expect(await world.count("invoice", "deleted")).toBe(1);
  });
});

describe("a payment link", () => {
  test("counts as paid by a completed payment, although its order stays open, and no more when the money is given back", async () => {
    const world = await startWorld();
    const { vendorReference, orderReference, url } = await world.square.payLinks.create(charge("eff_1"));
    expect(url).toContain(`/pay/link/${vendorReference}`);
    const read = () => world.square.payLinks.read({ orderReference });
    expect(await read()).toEqual({ isPaid: false, paidMinor: 0n });
    const payment = await world.pay({ link: vendorReference });
    expect(await read()).toEqual({ isPaid: true, paidMinor: 4_999n });
    const order = (await world.entries()).findLast(({ kind }) => kind === "order");
    expect(order?.object).toMatchObject({ state: "OPEN" });
    await world.refund({ payment: payment.id, amount: 999 });
    expect(await read()).toEqual({ isPaid: false, paidMinor: 4_000n });
    await world.refund({ payment: payment.id, amount: 4_000 });
    expect(await read()).toEqual({ isPaid: false, paidMinor: 0n });
  });

  test("paid twice, it says so", async () => {
    const world = await startWorld();
    const { vendorReference, orderReference } = await world.square.payLinks.create(charge("eff_1"));
    await world.pay({ link: vendorReference });
    await world.pay({ link: vendorReference });
    expect(await world.square.payLinks.read({ orderReference })).toEqual({ isPaid: true, paidMinor: 9_998n });
  });

  test("is cancelled once, whoever asks again", async () => {
    const world = await startWorld();
    const { vendorReference } = await world.square.payLinks.create(charge("eff_1"));
    await world.square.payLinks.cancel({ vendorReference });
    await world.square.payLinks.cancel({ vendorReference });
    expect(await world.count("link", "deleted")).toBe(1);
  });

  test("the page behind it is labelled as a sandbox and takes one payment", async () => {
    const world = await startWorld();
    const { url, orderReference } = await world.square.payLinks.create(charge("eff_1", { description: "Dues <b>" }));
    const page = await (await fetch(url)).text();
    expect(page).toContain("Sandbox of Square, not the real service");
    expect(page).toContain("Dues &lt;b&gt;");
    await fetch(url, { method: "POST" });
    const after = await (await fetch(url, { method: "POST" })).text();
    expect(after).toContain("Paid. Thank you.");
    expect(await world.square.payLinks.read({ orderReference })).toEqual({ isPaid: true, paidMinor: 4_999n });
  });
});

describe("failures in Square's words", () => {
  test("a token that was revoked or never was is unauthorized, and a missing scope is a refusal", async () => {
    const world = await startWorld();
    expect(await failureOf(connect(world.url, { accessToken: "none" }).connector.check())).toMatchObject({ kind: "unauthorized" });
    await world.fault({ kind: "scope_missing", count: 1 });
    expect(await failureOf(world.square.payLinks.create(charge("eff_1")))).toMatchObject({ kind: "rejected", reason: "not_allowed" });
    await world.revoke(CLUB);
    expect(await failureOf(world.square.connector.check())).toMatchObject({ kind: "unauthorized" });
  });

  test("an error page without a status the SDK can name leaves an act unknown and a read unavailable", async () => {
    const world = await startWorld();
    await world.fault({ kind: "html_error", count: 2 });
    expect(await failureOf(world.square.payLinks.create(charge("eff_1")))).toMatchObject({ kind: "outcome_unknown" });
    expect(await failureOf(world.square.payLinks.read({ orderReference: "ORD1" }))).toMatchObject({ kind: "unavailable" });
  });

  test("where no byte was sent nothing happened, and where the answer was lost nobody knows", async () => {
    const world = await startWorld();
    await world.closeVendor();
    expect(await failureOf(world.square.payLinks.create(charge("eff_1")))).toMatchObject({ kind: "unavailable" });
    const lost = connect("http://127.0.0.1:9", { http: () => Promise.reject(new HttpFailure("broken", "cut off")) });
    expect(await failureOf(lost.payLinks.create(charge("eff_1")))).toMatchObject({ kind: "outcome_unknown" });
    const paced = connect("http://127.0.0.1:9", {
      http: () => Promise.reject(new ConnectorError("throttled", "too many calls wait", { retryAfterSeconds: 3 })),
    });
    expect(await failureOf(paced.payLinks.create(charge("eff_1")))).toMatchObject({ kind: "throttled", retryAfterSeconds: 3 });
  });

  test("an unknown order is not found, never unpaid", async () => {
    const world = await startWorld();
    expect(await failureOf(world.square.payLinks.read({ orderReference: "ORD1" }))).toMatchObject({
      kind: "rejected",
      reason: "not_found",
    });
  });

  test("a connection that is not filled in completely says so", () => {
    const empty = {
      connectionId: "c",
      credentials: {},
      settings: {},
      ...openTestNetwork(),
      now: () => new Date(),
      session: createMemorySession(),
    };
    expect(() => createSquareConnector(empty)).toThrow(expect.objectContaining({ kind: "unauthorized" }));
  });
});

test("each step is one call with the token, and money goes out to the cent, however much it is", async () => {
  const asked: HttpRequest[] = [];
  const deaf = connect("http://127.0.0.1:9", {
    http: (request) => {
      asked.push(request);
      return Promise.reject(new HttpFailure("broken", "cut off"));
    },
  });
  await failureOf(deaf.payLinks.create(charge("eff_1", { amountMinor: 9_007_199_254_740_993n })));
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ method: "POST", headers: { authorization: `Bearer ${denver.credentials.accessToken}` } });
  expect(asked[0]?.body).toContain('"amount":9007199254740993,');
});

test("the sandbox keeps its books and its keys over a restart", async () => {
  const world = await startWorld();
  const invoice = await world.square.invoices.issue(bill("eff_1"));
  await world.closeVendor();
  const again = await startWorld({ dataDir: world.dataDir });
  expect((await again.square.invoices.issue(bill("eff_1"))).vendorReference).toBe(invoice.vendorReference);
});

describe("news of a payment", () => {
  const heard = async (world: Awaited<ReturnType<typeof startWorld>>, count: number) => {
    const arrivals = await world.arrivals(count);
    return Promise.all(arrivals.map((request) => world.square.webhook.parse(request)));
  };

  test("reversed or twice, the newest word is still told by its time", async () => {
    const world = await startWorld();
    await world.fault({ kind: "reversed_webhooks", count: 1 });
    await world.fault({ kind: "duplicate_webhook", count: 1 });
    const { vendorReference, orderReference } = await world.square.payLinks.create(charge("eff_1"));
    const { id } = await world.pay({ link: vendorReference });
    const deliveries = await heard(world, 3);
    expect(new Set(deliveries.map(({ deliveryId }) => deliveryId)).size).toBe(2);
    const events = deliveries.flatMap((delivery) => delivery.events);
    const newest = events.toSorted((a, b) => ("at" in a && "at" in b ? a.at.getTime() - b.at.getTime() : 0)).at(-1);
    expect(newest).toMatchObject({ kind: "payment", externalId: id, orderReference, amountMinor: 4_999n, status: "completed" });
    expect(events[0]).toEqual(newest);
  });

  test("of an invoice names the order that the invoice named, and the invoice tells that it is paid", async () => {
    const world = await startWorld();
    const { vendorReference, orderReference } = await world.square.invoices.issue(bill("eff_1"));
    await world.pay({ invoice: vendorReference });
    const events = (await heard(world, 5)).flatMap((delivery) => delivery.events);
    expect(events.filter(({ kind }) => kind === "payment")).toMatchObject([
      { status: "approved", orderReference },
      { status: "completed", orderReference },
    ]);
    expect(events.findLast(({ kind }) => kind === "invoice")).toMatchObject({ externalId: vendorReference, status: "paid" });
  });

  test("that the app refused comes again and verifies as the same delivery", async () => {
    const world = await startWorld({ statuses: [503, 503] });
    const { vendorReference } = await world.square.payLinks.create(charge("eff_1"));
    await world.pay({ link: vendorReference });
    const ids = (await heard(world, 4)).map(({ deliveryId }) => deliveryId);
    expect([new Set(ids).size, ids.length]).toEqual([2, 4]);
  });

  test("a permission that was taken back is told", async () => {
    const world = await startWorld();
    await world.revoke(CLUB);
    expect((await heard(world, 1))[0]?.events).toMatchObject([{ kind: "revoked" }]);
  });
});
