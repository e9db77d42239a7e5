import { Hono } from "hono";
import { z } from "zod";

import type { Books, SandboxClub } from "./books.ts";
import type { Cashier } from "./cashier.ts";
import { payPage } from "./page.ts";

type Input = {
  readonly clubs: readonly SandboxClub[];
  readonly books: Books;
  readonly cashier: Cashier;
  /** Tokens that their seller has revoked; a lever adds to it. */
  readonly revoked: Set<string>;
};

const PayBody = z.union([
  z.strictObject({ link: z.string(), amount: z.int().min(1).optional() }),
  z.strictObject({ invoice: z.string(), amount: z.int().min(1).optional() }),
]);
const RefundBody = z.strictObject({ payment: z.string(), amount: z.int().min(1).optional() });
const EditBody = z.strictObject({ invoice: z.string() });
const RevokeBody = z.strictObject({ club: z.string() });

/** What members and sellers do at Square: pay a link or an invoice, edit a draft by hand, give money back, take our permission away. */
export const createLevers = ({ clubs, books, cashier, revoked }: Input): Hono => {
  const app = new Hono();
  app.post("/_sandbox/pay", async (c) => {
    const body = PayBody.safeParse(await c.req.json().catch(() => null));
    const bill = body.success ? cashier.billOf(body.data) : null;
    return !body.success || bill === null
      ? c.json({ error: "a known link or invoice is needed, and perhaps an amount in cents" }, 400)
      : c.json({ payment: cashier.pay(bill, body.data.amount) }, 201);
  });
  app.post("/_sandbox/refund", async (c) => {
    const body = RefundBody.safeParse(await c.req.json().catch(() => null));
    for (const club of body.success ? clubs : []) {
      const payment = body.success ? books.find(club, "payment", body.data.payment) : undefined;
      if (payment !== undefined) {
        return c.json({ payment: cashier.refund(club, payment, body.data?.amount) }, 201);
      }
    }
    return c.json({ error: "a known payment is needed, and perhaps an amount in cents" }, 400);
  });
  app.post("/_sandbox/revoke", async (c) => {
    const body = RevokeBody.safeParse(await c.req.json().catch(() => null));
    const club = clubs.find(({ slug }) => slug === body.data?.club);
    if (club === undefined) {
      return c.json({ error: "a known club is needed" }, 400);
    }
    revoked.add(club.square.accessToken);
    cashier.revoke(club);
    return c.json({ club: club.slug }, 201);
  });
  app.post("/_sandbox/edit-draft", async (c) => {
    const body = EditBody.safeParse(await c.req.json().catch(() => null));
    for (const club of body.success ? clubs : []) {
      const invoice = books.find(club, "invoice", body.data?.invoice ?? "");
      if (invoice?.status === "DRAFT") {
        const object = { ...invoice, version: invoice.version + 1, updated_at: books.tick() };
        books.accept({ kind: "invoice", club: club.slug, act: "changed", object });
        return c.json({ invoice: object }, 201);
      }
    }
    return c.json({ error: "a known draft is needed" }, 400);
  });
  addPages(app, cashier);
  return app;
};

/** The page a person sees behind a link of the demo. */
const addPages = (app: Hono, cashier: Cashier): void => {
  const billOf = ({ kind, id }: { readonly kind: string; readonly id: string }) =>
    cashier.billOf(kind === "invoice" ? { invoice: id } : { link: id });
  app.get("/pay/:kind{link|invoice}/:id", (c) => {
    const bill = billOf(c.req.param());
    return bill === null ? c.html(payPage(null), 404) : c.html(payPage({ ...bill, paidMinor: cashier.paidOf(bill.club, bill.order) }));
  });
  app.post("/pay/:kind{link|invoice}/:id", (c) => {
    const bill = billOf(c.req.param());
    if (bill === null || !bill.isPayable) {
      return c.html(payPage(null), 404);
    }
    // A second click on an old page pays nothing: only the lever pays twice.
    if (cashier.paidOf(bill.club, bill.order) < bill.order.total_money.amount) {
      cashier.pay(bill);
    }
    return c.redirect(c.req.path, 303);
  });
};
