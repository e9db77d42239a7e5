import type { Hono } from "hono";
import { z } from "zod";

import type { ApiInput, Env } from "./api.ts";
import { freshId, type Link } from "./books.ts";
import { MoneyBody, openOrder } from "./invoices.ts";
import { keyed, readBody } from "./keyed.ts";
import { refuse } from "./refusals.ts";

const LinkBody = z.strictObject({
  idempotency_key: z.string().max(192).optional(),
  quick_pay: z.strictObject({ name: z.string().min(1).max(255), price_money: MoneyBody, location_id: z.string() }),
  pre_populated_data: z.strictObject({ buyer_email: z.email().optional() }).optional(),
});

/** Payment links. Their order stays open when they are paid, as Square's own do. */
export const addPayLinks = (app: Hono<Env>, input: ApiInput): void => {
  const { books } = input;
  app.post("/v2/online-checkout/payment-links", async (c) => {
    const body = await readBody(c, LinkBody);
    if (body instanceof Response) {
      return body;
    }
    const club = c.get("club");
    const { name, price_money, location_id } = body.quick_pay;
    return keyed(c, input, {
      endpoint: "payment-links",
      body,
      make: () => {
        if (location_id !== club.square.locationId || price_money.currency !== club.currency) {
          return refuse(c, "INVALID_VALUE", { detail: "Location and currency must be the seller's.", field: "quick_pay" });
        }
        const order = openOrder(input, club, { line_items: [{ name, quantity: "1", base_price_money: price_money }] });
        books.accept({ kind: "order", club: club.slug, act: "created", object: order });
        const id = freshId("LINK");
        const url = new URL(`/pay/link/${id}`, c.req.url).toString();
        const object: Link = { id, version: 1, order_id: order.id, url, long_url: url, created_at: books.tick() };
        return { kind: "link", club: club.slug, act: "created", object };
      },
      answer: ({ object }) => ({ payment_link: object, related_resources: {} }),
    });
  });

  app.delete("/v2/online-checkout/payment-links/:id", (c) => {
    const club = c.get("club");
    const link = books.find(club, "link", c.req.param("id"));
    const order = link === undefined ? undefined : books.find(club, "order", link.order_id);
    if (link === undefined || order === undefined) {
      return refuse(c, "NOT_FOUND");
    }
    books.accept({ kind: "link", club: club.slug, act: "deleted", object: link });
    books.accept({ kind: "order", club: club.slug, act: "cancelled", object: { ...order, state: "CANCELED", version: order.version + 1 } });
    return c.json({ id: link.id, cancelled_order_id: order.id });
  });
};
