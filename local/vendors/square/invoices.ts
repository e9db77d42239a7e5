import type { Context, Hono } from "hono";
import { z } from "zod";

import type { ApiInput, Env } from "./api.ts";
import { freshId, hashOf, type Invoice, type Order, type SandboxClub } from "./books.ts";
import { keyed, readBody } from "./keyed.ts";
import { refuse } from "./refusals.ts";

export const MoneyBody = z.strictObject({ amount: z.int().min(1), currency: z.string().length(3) });

const OrderBody = z.strictObject({
  idempotency_key: z.string().max(192).optional(),
  order: z.strictObject({
    location_id: z.string(),
    customer_id: z.string().optional(),
    reference_id: z.string().max(40).optional(),
    line_items: z
      .array(z.strictObject({ name: z.string().min(1).max(512), quantity: z.string().regex(/^[1-9]\d*$/), base_price_money: MoneyBody }))
      .min(1),
  }),
});

const InvoiceBody = z.strictObject({
  idempotency_key: z.string().max(128).optional(),
  invoice: z.strictObject({
    location_id: z.string(),
    order_id: z.string(),
    title: z.string().max(255).optional(),
    primary_recipient: z.strictObject({ customer_id: z.string().optional() }),
    payment_requests: z
      .array(
        z.strictObject({
          request_type: z.literal("BALANCE"),
          due_date: z.iso.date(),
          automatic_payment_source: z.literal("NONE").optional(),
        }),
      )
      .length(1),
    delivery_method: z.enum(["EMAIL", "SHARE_MANUALLY"]),
    accepted_payment_methods: z.strictObject({ card: z.literal(true) }),
  }),
});

const VersionBody = z.strictObject({ version: z.int(), idempotency_key: z.string().max(128).optional() });

/** Orders and invoices of a seller, with Square's rules on how one leads to the other. */
export const addInvoices = (app: Hono<Env>, input: ApiInput): void => {
  addOrders(app, input);
  addDrafts(app, input);
  addPublishing(app, input);
  addEndings(app, input);
};

const addOrders = (app: Hono<Env>, input: ApiInput): void => {
  const { books } = input;
  app.post("/v2/orders", async (c) => {
    const body = await readBody(c, OrderBody);
    if (body instanceof Response) {
      return body;
    }
    const club = c.get("club");
    const { order } = body;
    return keyed(c, input, {
      endpoint: "orders",
      body,
      make: () => {
        if (order.location_id !== club.square.locationId) {
          return refuse(c, "INVALID_VALUE", { detail: "Unknown location.", field: "order.location_id" });
        }
        if (order.customer_id !== undefined && books.find(club, "customer", order.customer_id) === undefined) {
          return refuse(c, "NOT_FOUND", { detail: "Unknown customer.", field: "order.customer_id" });
        }
        if (order.line_items.some(({ base_price_money }) => base_price_money.currency !== club.currency)) {
          return refuse(c, "INVALID_VALUE", { detail: "The currency is not the location's.", field: "order.line_items" });
        }
        return { kind: "order", club: club.slug, act: "created", object: openOrder(input, club, order) };
      },
      answer: ({ object }) => ({ order: object }),
    });
  });
  app.get("/v2/orders/:id", (c) => {
    const order = books.find(c.get("club"), "order", c.req.param("id"));
    return order === undefined ? refuse(c, "NOT_FOUND") : c.json({ order });
  });
};

type NewOrder = Pick<Order, "line_items" | "customer_id" | "reference_id">;

export const openOrder = ({ books }: ApiInput, club: SandboxClub, order: NewOrder): Order => {
  const at = books.tick();
  const total = order.line_items.reduce((sum, { quantity, base_price_money }) => sum + Number(quantity) * base_price_money.amount, 0);
  return {
    id: freshId("ORD"),
    location_id: club.square.locationId,
    customer_id: order.customer_id,
    reference_id: order.reference_id,
    line_items: order.line_items,
    total_money: { amount: total, currency: club.currency },
    state: "OPEN",
    version: 1,
    created_at: at,
    updated_at: at,
  };
};

const addDrafts = (app: Hono<Env>, input: ApiInput): void => {
  const { books, now } = input;
  app.post("/v2/invoices", async (c) => {
    const body = await readBody(c, InvoiceBody);
    if (body instanceof Response) {
      return body;
    }
    const club = c.get("club");
    const { accepted_payment_methods: _methods, ...fields } = body.invoice;
    return keyed(c, input, {
      endpoint: "invoices",
      body,
      make: () => {
        const order = books.find(club, "order", fields.order_id);
        if (order?.state !== "OPEN" || fields.location_id !== order.location_id) {
          return refuse(c, "BAD_REQUEST", { detail: "The order must be open and of the same location.", field: "invoice.order_id" });
        }
        if (books.list(club, "invoice").some(({ order_id }) => order_id === order.id)) {
          return refuse(c, "BAD_REQUEST", { detail: "The order has an invoice already.", field: "invoice.order_id" });
        }
        if (fields.payment_requests.some(({ due_date }) => due_date < todayAt(club.timeZone, now()))) {
          return refuse(c, "INVALID_VALUE", { detail: "The due date is in the past.", field: "invoice.payment_requests" });
        }
        const at = books.tick();
        const object: Invoice = {
          id: `inv:0-${freshId("")}`,
          version: 0,
          ...fields,
          payment_requests: fields.payment_requests.map((one) => ({ ...one, computed_amount_money: order.total_money })),
          status: "DRAFT",
          created_at: at,
          updated_at: at,
        };
        return { kind: "invoice", club: club.slug, act: "created", object };
      },
      answer: ({ object }) => ({ invoice: object }),
    });
  });
  app.get("/v2/invoices/:id", (c) => {
    const invoice = books.find(c.get("club"), "invoice", c.req.param("id"));
    return invoice === undefined ? refuse(c, "NOT_FOUND") : c.json({ invoice });
  });
};

const todayAt = (timeZone: string, now: Date): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);

const addPublishing = (app: Hono<Env>, input: ApiInput): void => {
  const { books, cashier } = input;
  app.post("/v2/invoices/:id/publish", async (c) => {
    const body = await readBody(c, VersionBody);
    if (body instanceof Response) {
      return body;
    }
    const club = c.get("club");
    const id = c.req.param("id");
    let published: Invoice | null = null;
    const response = keyed(c, input, {
      endpoint: `publish ${id}`,
      body: { ...body, idempotency_key: body.idempotency_key ?? hashOf(id) },
      make: () => {
        const invoice = books.find(club, "invoice", id);
        const refusal = invoice === undefined ? refuse(c, "NOT_FOUND") : refusalOfPublish(c, input, { invoice, version: body.version });
        if (invoice === undefined || refusal !== null) {
          return refusal ?? refuse(c, "NOT_FOUND");
        }
        published = {
          ...invoice,
          version: invoice.version + 1,
          status: "UNPAID",
          public_url: new URL(`/pay/invoice/${encodeURIComponent(id)}`, c.req.url).toString(),
          updated_at: books.tick(),
        };
        return { kind: "invoice", club: club.slug, act: "published", object: published };
      },
      answer: ({ object }) => ({ invoice: object }),
    });
    if (published !== null) {
      cashier.announceInvoice(club, "invoice.published", published);
    }
    return response;
  });
};

const refusalOfPublish = (
  c: Context<Env>,
  { books }: ApiInput,
  { invoice, version }: { invoice: Invoice; version: number },
): Response | null => {
  if (invoice.version !== version) {
    return refuse(c, "VERSION_MISMATCH");
  }
  if (invoice.status !== "DRAFT") {
    return refuse(c, "BAD_REQUEST", { detail: "Only a draft can be published." });
  }
  const { customer_id: customerId } = invoice.primary_recipient;
  const customer = customerId === undefined ? undefined : books.find(c.get("club"), "customer", customerId);
  if (customer === undefined || (invoice.delivery_method === "EMAIL" && customer.email_address === undefined)) {
    return refuse(c, "MISSING_REQUIRED_PARAMETER", { detail: "The recipient has no address.", field: "invoice.primary_recipient" });
  }
  return null;
};

const addEndings = (app: Hono<Env>, { books, cashier }: ApiInput): void => {
  app.post("/v2/invoices/:id/cancel", async (c) => {
    const body = await readBody(c, VersionBody);
    if (body instanceof Response) {
      return body;
    }
    const club = c.get("club");
    const invoice = books.find(club, "invoice", c.req.param("id"));
    if (invoice === undefined) {
      return refuse(c, "NOT_FOUND");
    }
    if (invoice.version !== body.version) {
      return refuse(c, "VERSION_MISMATCH");
    }
    if (invoice.status !== "UNPAID" && invoice.status !== "PARTIALLY_PAID") {
      return refuse(c, "BAD_REQUEST", { detail: `An invoice that is ${invoice.status} cannot be cancelled.` });
    }
    const object: Invoice = { ...invoice, version: invoice.version + 1, status: "CANCELED", updated_at: books.tick() };
    books.accept({ kind: "invoice", club: club.slug, act: "cancelled", object });
    cashier.announceInvoice(club, "invoice.canceled", object);
    return c.json({ invoice: object });
  });
  app.delete("/v2/invoices/:id", (c) => {
    const club = c.get("club");
    const invoice = books.find(club, "invoice", c.req.param("id"));
    if (invoice === undefined) {
      return refuse(c, "NOT_FOUND");
    }
    if (invoice.status !== "DRAFT" || (c.req.query("version") ?? `${invoice.version}`) !== `${invoice.version}`) {
      return refuse(c, "BAD_REQUEST", { detail: "Only the newest version of a draft can be deleted." });
    }
    books.accept({ kind: "invoice", club: club.slug, act: "deleted", object: invoice });
    cashier.announceDeleted(club, invoice.id);
    return c.json({});
  });
};
