import { beforeEach, describe, expect, test } from "vitest";

import type { VendorEvent } from "#server/connectors/webhook.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { argumentsHashOf } from "#server/services/effects/effect-arguments.ts";
import { confirmEffect } from "#server/services/effects/settle-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import {
  MADE_AT,
  makeClub,
  makeConnection,
  makeConversation,
  makeMember,
  minutesAfter,
  scopeOf,
  type TestClub,
} from "#server/testing/factories.ts";

import { listPayments } from "./list-payments.ts";
import { recordInvoice } from "./record-invoice.ts";
import { recordPayment } from "./record-payment.ts";

useDatabase();

type PaymentEvent = Extract<VendorEvent, { kind: "payment" }>;

type World = {
  readonly club: TestClub;
  readonly ctx: ServiceContext;
  readonly connectionId: Id<"connection">;
  readonly conversationId: string;
  readonly contactId: string;
  readonly memberId: string;
};

const makeWorld = async (): Promise<World> => {
  const club = await makeClub();
  const connection = await makeConnection(club, { provider: "square" });
  const { conversation } = await makeConversation(club, { name: "Robin Hale" });
  const memberId = await makeMember(club, conversation.contactId);
  const connectionId = connection.id as Id<"connection">;
  const ctx: ServiceContext = { ...scopeOf(club), actor: { kind: "webhook", connectionId }, requestId: "test" };
  return { club, ctx, connectionId, conversationId: conversation.id, contactId: conversation.contactId, memberId };
};

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});

/** A link or an invoice as the vendor has just confirmed it. */
const confirm = async (
  { club, ctx, connectionId, memberId }: World,
  over: { readonly order?: string | null; readonly kind?: "payLink.create" | "invoice.issue"; readonly memberId?: string } = {},
) => {
  const { order = "ORD1", kind = "payLink.create" } = over;
  const effectId = newId("effect");
  const payer = { memberId: over.memberId ?? memberId, firstName: "Robin", lastName: "Hale", email: null, phone: null };
  const args = { payer, amountMinor: "4999", currency: "USD", description: "Dues for November" };
  const all = kind === "invoice.issue" ? { ...args, dueOn: "2026-12-01", delivery: "none" } : args;
  await database().owner.effect.create({
    data: {
      id: effectId,
      ...scopeOf(club),
      effectKey: `test:${effectId}`,
      kind,
      effectKind: "charge",
      status: "dispatching",
      plannedBy: "staff",
      needsApproval: false,
      connectionId,
      purpose: "billing",
      arguments: all,
      argumentsHash: argumentsHashOf(all),
      attempt: 1,
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
    },
  });
  const url = "https://pay.example/1";
  const settle = () =>
    inTransaction(ctx, (tx) =>
      confirmEffect(tx, ctx, { effectId, vendorReference: `VENDOR-${order}`, result: { orderReference: order, url }, by: "answer" }),
    );
  return { effectId, settle };
};

const ask = async (over: Parameters<typeof confirm>[1] = {}, at: World = world): Promise<void> => {
  await (await confirm(at, over)).settle();
};

const payment = (over: Partial<PaymentEvent> = {}): PaymentEvent => ({
  kind: "payment",
  externalId: "PAY1",
  orderReference: "ORD1",
  invoiceReference: null,
  customerReference: null,
  amountMinor: 4_999n,
  currency: "USD",
  status: "completed",
  at: minutesAfter(1),
  ...over,
});

const hear = (over: Partial<PaymentEvent> = {}, { ctx, connectionId }: World = world): Promise<void> =>
  inTransaction(ctx, (tx) => recordPayment(tx, ctx, { connectionId, event: payment(over) }));

const told = async ({ club }: World = world) => {
  const { owner } = database();
  const where = { clubId: club.id };
  return {
    payments: await owner.payment.findMany({ where, orderBy: { externalId: "asc" } }),
    requests: await owner.payRequest.findMany({ where, orderBy: { id: "asc" } }),
    events: await owner.outboxEvent.findMany({ where: { ...where, name: "payment/received" }, orderBy: { id: "asc" } }),
    lines: await owner.message.findMany({ where: { ...where, eventCode: "paid" } }),
    audit: await owner.auditLog.findMany({ where: { ...where, action: "payment.received" } }),
    cards: await owner.alert.findMany({ where: { ...where, kind: "paid_twice" } }),
  };
};

describe("a completed payment of a link", () => {
  test("pays it, is told once with its id, and leaves a line in the payer's conversation", async () => {
    await ask();
    await hear({ status: "approved", at: MADE_AT });
    expect(await told()).toMatchObject({ requests: [{ status: "open", url: "https://pay.example/1" }], events: [], lines: [] });
    await hear();
    const { payments, requests, events, lines, audit, cards } = await told();
    expect(payments).toMatchObject([{ status: "completed", amountMinor: 4_999n, memberId: world.memberId, contactId: world.contactId }]);
    expect(requests).toMatchObject([{ status: "paid", kind: "link", memberId: world.memberId, amountMinor: 4_999n }]);
    expect(requests[0]?.paidAt).not.toBeNull();
    expect(events).toMatchObject([
      { payload: { paymentId: payments[0]?.id, clubId: world.club.id }, conversationId: world.conversationId },
    ]);
    expect(lines).toMatchObject([{ conversationId: world.conversationId, body: "$49.99", direction: "event" }]);
    expect([audit.length, cards.length]).toEqual([1, 0]);
  });

  test("replayed eight times at once it is one payment, one event and one line", async () => {
    await ask();
    await Promise.all(Array.from({ length: 8 }, () => hear()));
    await hear();
    const { payments, events, lines, audit } = await told();
    expect([payments.length, events.length, lines.length, audit.length]).toEqual([1, 1, 1, 1]);
  });

  test("an older word that comes later changes nothing, and neither does a lesser one of the same instant", async () => {
    await ask();
    await hear();
    await hear({ status: "approved", at: MADE_AT });
    await hear({ status: "approved" });
    await hear({ status: "failed", at: MADE_AT });
    expect(await told()).toMatchObject({ payments: [{ status: "completed", at: minutesAfter(1) }], requests: [{ status: "paid" }] });
  });

  test("without a conversation the payer's payment is told all the same", async () => {
    const { owner } = database();
    await owner.conversation.updateMany({ where: { clubId: world.club.id }, data: { status: "resolved" } });
    await ask();
    await hear();
    expect(await told()).toMatchObject({ events: [{ conversationId: null, topic: "club" }], lines: [] });
  });

  test("somebody who is no member of ours has a request and a payment without a name", async () => {
    await ask({ memberId: newId("member") });
    await hear();
    expect(await told()).toMatchObject({ requests: [{ status: "paid", memberId: null }], events: [{}], lines: [] });
  });
});

describe("money that does not fit", () => {
  test("less than was asked leaves the request open until the rest has come", async () => {
    await ask();
    await hear({ amountMinor: 2_000n });
    expect(await told()).toMatchObject({ requests: [{ status: "open" }], events: [{}] });
    await hear({ externalId: "PAY2", amountMinor: 2_999n });
    expect(await told()).toMatchObject({ requests: [{ status: "paid" }], events: [{}, {}], cards: [] });
  });

  test("a link paid twice is two payments, and one card tells people", async () => {
    await ask();
    await hear();
    await hear({ externalId: "PAY2", at: minutesAfter(2) });
    await hear({ externalId: "PAY2", at: minutesAfter(2) });
    const { payments, events, cards, requests } = await told();
    expect([payments.length, events.length, requests[0]?.status]).toEqual([2, 2, "paid"]);
    expect(cards).toMatchObject([{ count: 1, conversationId: world.conversationId }]);
  });

  test("money given back is no payment any more and is not told as one again", async () => {
    await ask();
    await hear();
    await hear({ status: "refunded", at: minutesAfter(5) });
    await hear({ at: minutesAfter(1) });
    expect(await told()).toMatchObject({ payments: [{ status: "refunded" }], events: [{}], audit: [{}] });
  });

  test("money given back in part leaves the rest, and is no news of a payment", async () => {
    await ask();
    await hear();
    await hear({ amountMinor: 4_000n, at: minutesAfter(5) });
    expect(await told()).toMatchObject({ payments: [{ status: "completed", amountMinor: 4_000n }], events: [{}], lines: [{}] });
  });

  test("money in another currency does not pay", async () => {
    await ask();
    await hear({ currency: "CAD" });
    expect(await told()).toMatchObject({ requests: [{ status: "open" }] });
  });
});

describe("a payment whose order nobody knows", () => {
  test("is kept and told to nobody", async () => {
    await ask();
    await hear({ orderReference: "ORD-OF-THE-COUNTER" });
    const { payments, requests, events, audit } = await told();
    expect(payments).toMatchObject([{ payRequestId: null, memberId: null }]);
    expect([requests[0]?.status, events.length, audit.length]).toEqual(["open", 0, 0]);
    expect(await listPayments(world.club.as.staff, {})).toEqual({ items: [], nextCursor: null });
  });

  test("meets its request when the vendor's answer comes after the vendor's call", async () => {
    await hear();
    expect((await told()).events).toEqual([]);
    await ask();
    expect(await told()).toMatchObject({
      payments: [{ memberId: world.memberId }],
      requests: [{ status: "paid" }],
      events: [{}],
      lines: [{ body: "$49.99" }],
    });
  });

  test("meets its request as well when the two come at the same moment", async () => {
    const orders = Array.from({ length: 8 }, (_, index) => `ORD-${index}`);
    const made = await Promise.all(orders.map(async (order) => ({ order, ...(await confirm(world, { order })) })));
    await Promise.all(
      made.map(({ order, settle }) => Promise.all([settle(), hear({ orderReference: order, externalId: `PAY-${order}` })])),
    );
    const { requests, events } = await told();
    expect([requests.length, events.length]).toEqual([8, 8]);
    expect(requests.every(({ status }) => status === "paid")).toBe(true);
  });
});

describe("an invoice", () => {
  test("is paid by the order it named, or by its own name where a vendor gives that", async () => {
    await ask({ kind: "invoice.issue" });
    await ask({ kind: "invoice.issue", order: null });
    await hear();
    await hear({ externalId: "PAY2", orderReference: null, invoiceReference: "VENDOR-null" });
    expect((await told()).requests).toMatchObject([
      { kind: "invoice", status: "paid" },
      { kind: "invoice", status: "paid" },
    ]);
  });

  test("withdrawn at the vendor is not waited for, and paid all the same it is paid", async () => {
    const invoice = { kind: "invoice", externalId: "VENDOR-ORD1", orderReference: "ORD1", at: MADE_AT } as const;
    const hearInvoice = (status: string) =>
      inTransaction(world.ctx, (tx) => recordInvoice(tx, world.ctx, { connectionId: world.connectionId, event: { ...invoice, status } }));
    await ask({ kind: "invoice.issue" });
    await hearInvoice("open");
    expect((await told()).requests).toMatchObject([{ status: "open" }]);
    await hearInvoice("cancelled");
    await hearInvoice("cancelled");
    expect((await told()).requests).toMatchObject([{ status: "cancelled" }]);
    expect(await database().owner.auditLog.count({ where: { clubId: world.club.id, action: "payment.withdrawn" } })).toBe(1);
    await hear();
    await hearInvoice("cancelled");
    expect((await told()).requests).toMatchObject([{ status: "paid" }]);
  });
});

describe("tenant", () => {
  test("an order of one club is never paid by another, and its connection takes no word from there", async () => {
    const other = await makeWorld();
    await ask();
    await hear({}, other);
    expect((await told()).requests).toMatchObject([{ status: "open" }]);
    expect((await told(other)).events).toEqual([]);
    await expect(hear({}, { ...other, connectionId: world.connectionId })).rejects.toMatchObject({ code: "not_found" });
    expect((await told()).payments).toEqual([]);
  });

  test("each club lists its own payments, page by page, latest first", async () => {
    const other = await makeWorld();
    await ask({}, other);
    await hear({}, other);
    for (const number of [1, 2, 3]) {
      await ask({ order: `ORD${number}` });
      await hear({ orderReference: `ORD${number}`, externalId: `PAY${number}`, at: minutesAfter(number) });
    }
    const first = await listPayments(world.club.as.staff, { limit: 2 });
    const second = await listPayments(world.club.as.staff, { limit: 2, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items].map(({ at }) => at)).toEqual([minutesAfter(3), minutesAfter(2), minutesAfter(1)]);
    expect(first.items[0]).toMatchObject({
      amountMinor: "4999",
      payerName: "Robin Hale",
      request: { kind: "link", status: "paid", description: "Dues for November", amountMinor: "4999" },
    });
    expect(second.nextCursor).toBeNull();
    const ofContact = await listPayments(world.club.as.staff, { contactId: other.contactId as Id<"contact"> });
    expect(ofContact.items).toEqual([]);
  });

  test("the machinery does not read what was paid", async () => {
    await expect(listPayments(world.ctx, {})).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("an effect that is confirmed again makes no second request", async () => {
  const { settle } = await confirm(world);
  expect([await settle(), await settle()]).toEqual([true, false]);
  expect((await told()).requests).toHaveLength(1);
});
