import type { Hono } from "hono";
import { z } from "zod";

import type { ApiInput, Env } from "./api.ts";
import { freshId } from "./books.ts";
import { keyed, readBody } from "./keyed.ts";
import { refuse } from "./refusals.ts";

const Fields = {
  given_name: z.string().max(300).optional(),
  family_name: z.string().max(300).optional(),
  email_address: z.email().optional(),
  phone_number: z
    .string()
    .regex(/^\+?[\d() .-]{9,20}$/)
    .optional(),
  reference_id: z.string().max(100).optional(),
};

const CreateBody = z.strictObject({ idempotency_key: z.string().max(128).optional(), ...Fields });
const UpdateBody = z.strictObject({ ...Fields, version: z.int().optional() });
const SearchBody = z.strictObject({
  limit: z.int().min(1).max(100).optional(),
  cursor: z.string().optional(),
  count: z.boolean().optional(),
  query: z.strictObject({ filter: z.strictObject({ reference_id: z.strictObject({ exact: z.string() }) }) }),
});

/** Customers of a seller. The search is behind the truth, as Square's own is. */
export const addCustomers = (app: Hono<Env>, input: ApiInput): void => {
  const { books, now, searchLagMs } = input;

  app.post("/v2/customers/search", async (c) => {
    const body = await readBody(c, SearchBody);
    if (body instanceof Response) {
      return body;
    }
    const reference = body.query.filter.reference_id.exact;
    const visibleUntilMs = now().getTime() - searchLagMs;
    const customers = books
      .list(c.get("club"), "customer")
      .filter(({ reference_id, created_at }) => reference_id === reference && Date.parse(created_at) <= visibleUntilMs)
      .slice(0, body.limit ?? 100);
    return c.json(customers.length === 0 ? {} : { customers });
  });

  app.post("/v2/customers", async (c) => {
    const body = await readBody(c, CreateBody);
    if (body instanceof Response) {
      return body;
    }
    const { idempotency_key: _key, ...fields } = body;
    if (Object.keys(fields).length === 0) {
      return refuse(c, "BAD_REQUEST", { detail: "At least one field about the customer is needed." });
    }
    return keyed(c, input, {
      endpoint: "customers",
      body,
      make: () => {
        const at = books.tick();
        return {
          kind: "customer",
          club: c.get("club").slug,
          act: "created",
          object: { id: freshId("CUST"), created_at: at, updated_at: at, ...fields, version: 0 },
        };
      },
      answer: ({ object }) => ({ customer: object }),
    });
  });

  app.put("/v2/customers/:id", async (c) => {
    const body = await readBody(c, UpdateBody);
    const customer = books.find(c.get("club"), "customer", c.req.param("id"));
    if (body instanceof Response) {
      return body;
    }
    if (customer === undefined) {
      return refuse(c, "NOT_FOUND");
    }
    if (body.version !== undefined && body.version !== customer.version) {
      return refuse(c, "VERSION_MISMATCH");
    }
    const { version: _version, ...fields } = body;
    const object = { ...customer, ...fields, updated_at: books.tick(), version: customer.version + 1 };
    books.accept({ kind: "customer", club: c.get("club").slug, act: "changed", object });
    return c.json({ customer: object });
  });
};
