import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { openTestNetwork } from "#server/connectors/_shared/testing-network.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import { createSquareConnector } from "#server/connectors/square/connector.ts";
import { SQUARE_SETUP } from "#server/connectors/square/setup.ts";
import type { Id } from "#server/domain/ids.ts";
import { env } from "#server/platform/env.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { sealCredentials } from "#server/services/connections/credentials.ts";
import { inTransaction } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { receiveWebhook } from "#server/services/messages/receive-webhook.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, makeConversation, makeMember, type TestClub } from "#server/testing/factories.ts";

import { startSquareWorld } from "../../../local/vendors/square/testing.ts";
import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { listPayments } from "./list-payments.ts";

useDatabase();

// The SDK takes seconds to load on a busy machine; no test pays for it.
await import("square");

const demo = DEMO_CLUBS.find(({ square }) => square !== null);
const account = demo?.square;
if (demo === undefined || account === null || account === undefined) {
  throw new Error("the demo has a club with a Square account");
}

const connectionId: Id<"connection"> = newId("connection");
let world: Awaited<ReturnType<typeof startSquareWorld>>;
let club: TestClub;
let memberId: string;
let seen = 0;

beforeAll(async () => {
  const clubs = [{ ...demo, connections: { ...demo.connections, square: connectionId } }];
  world = await startSquareWorld({ clubs, publicUrl: new URL(env.APP_URL).origin });
  CONNECTORS.square = {
    setup: SQUARE_SETUP,
    create: (context) => createSquareConnector({ ...context, ...openTestNetwork(), settings: { ...context.settings, baseUrl: world.url } }),
  };
  club = await makeClub();
  const scope = { franchiseId: club.franchiseId, clubId: club.id };
  const { accessToken, signatureKey, locationId } = account;
  const sealedCredentials = await withClub(scope, (tx) =>
    sealCredentials(tx, scope, { connectionId, credentials: { accessToken, signatureKey } }),
  );
  await makeConnection(club, { id: connectionId, provider: "square", settings: { locationId }, sealedCredentials });
});

beforeEach(async () => {
  const { conversation } = await makeConversation(club);
  memberId = await makeMember(club, conversation.contactId);
});

afterAll(() => world.close());

const payer = () => ({ memberId, firstName: "Robin", lastName: "Hale", email: "robin@people.example", phone: null });
const asked = { amountMinor: "4999", currency: "USD", description: "Dues for November" } as const;

const plan = (kind: "payLink.create" | "invoice.issue"): Promise<Id<"effect">> => {
  const common = {
    effectKey: `test:${newId("effect")}`,
    plannedBy: "staff",
    needsApproval: null,
    connectionId,
    purpose: "billing",
  } as const;
  return inTransaction(club.as.staff, (tx) =>
    planEffect(
      tx,
      club.as.staff,
      kind === "payLink.create"
        ? { ...common, kind, arguments: { payer: payer(), ...asked } }
        : { ...common, kind, arguments: { payer: payer(), ...asked, dueOn: "2099-12-01", delivery: "email" } },
    ),
  );
};

const makeRequest = async (kind: "payLink.create" | "invoice.issue") => {
  const effectId = await plan(kind);
  expect(await dispatchEffect(club.as.staff, { effectId })).toEqual({ status: "confirmed", reason: null });
  return database().owner.payRequest.findFirstOrThrow({ where: { clubId: club.id, effectId } });
};

/** Hands the next webhooks of the sandbox to the product as they came. */
const takeNext = async (count: number): Promise<void> => {
  seen += count;
  for (const { url, headers, rawBody } of (await world.arrivals(seen)).slice(seen - count)) {
    await receiveWebhook({ provider: "square", path: new URL(url).pathname, connectionId, headers, rawBody });
  }
};

const stateOf = async (id: string) => {
  const { owner } = database();
  const request = await owner.payRequest.findUniqueOrThrow({ where: { id }, include: { payments: true } });
  const paymentIds = new Set(request.payments.map((payment) => payment.id));
  const events = await owner.outboxEvent.findMany({ where: { clubId: club.id, name: "payment/received" } });
  return {
    status: request.status,
    payments: request.payments.map(({ status, amountMinor }) => [status, amountMinor]),
    eventCount: events.filter(({ payload }) => paymentIds.has(String((payload as { paymentId?: string }).paymentId))).length,
  };
};

test.each([
  ["in order", {}],
  ["in reversed order", { kind: "reversed_webhooks", count: 1 }],
])("a link that a staff member asked for is paid at the vendor, %s, and the club knows it once", async (_name, fault) => {
  const request = await makeRequest("payLink.create");
  expect(request).toMatchObject({ kind: "link", status: "open", url: expect.stringContaining(request.vendorReference) });
  if ("kind" in fault) {
    await world.fault(fault);
  }
  await world.pay({ link: request.vendorReference });
  await takeNext(2);
  expect(await stateOf(request.id)).toEqual({ status: "paid", payments: [["completed", 4_999n]], eventCount: 1 });
  const { items } = await listPayments(club.as.staff, {});
  expect(items.find((item) => item.request.id === request.id)).toMatchObject({ amountMinor: "4999", status: "completed" });
});

test("an invoice that the vendor had issued in spite of its error is one invoice, and paid it is paid", async () => {
  await world.fault({ kind: "error_after", operation: "publish-invoice", count: 1 });
  const effectId = await plan("invoice.issue");
  expect(await dispatchEffect(club.as.staff, { effectId })).toMatchObject({ status: "unknown" });
  // What the reconciliation does for a vendor that knows our key: the same call once more.
  await database().owner.effect.updateMany({ where: { id: effectId }, data: { status: "planned", leaseUntil: null } });
  expect(await dispatchEffect(club.as.staff, { effectId })).toMatchObject({ status: "confirmed" });
  expect(await world.count("invoice", "published")).toBe(1);
  const request = await database().owner.payRequest.findFirstOrThrow({ where: { clubId: club.id, effectId } });
  await world.pay({ invoice: request.vendorReference });
  await takeNext(5);
  expect(await stateOf(request.id)).toEqual({ status: "paid", payments: [["completed", 4_999n]], eventCount: 1 });
});

test("a call that was not signed for this address brings nothing", async () => {
  const request = await makeRequest("payLink.create");
  await world.pay({ link: request.vendorReference });
  seen += 2;
  const arrivals = (await world.arrivals(seen)).slice(seen - 2);
  for (const { headers, rawBody } of arrivals) {
    const path = `/api/webhooks/square/${connectionId}?other`;
    await expect(receiveWebhook({ provider: "square", path, connectionId, headers, rawBody })).rejects.toMatchObject({ code: "forbidden" });
  }
  expect(await stateOf(request.id)).toEqual({ status: "open", payments: [], eventCount: 0 });
});

test("a permission that was taken back at the vendor stops the connection and shows a card", async () => {
  await world.revoke(demo.slug);
  await takeNext(1);
  const { owner } = database();
  expect(await owner.connection.findUniqueOrThrow({ where: { id: connectionId } })).toMatchObject({ status: "needs_reauth" });
  expect(await owner.alert.findMany({ where: { clubId: club.id, kind: "connection_unauthorized", resolvedAt: null } })).toHaveLength(1);
});
