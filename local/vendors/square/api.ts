import { Hono, type Context, type MiddlewareHandler } from "hono";

import type { CommonFault, FaultPlan } from "../_shared/faults.ts";
import { faultyCalls } from "../_shared/faulty-calls.ts";
import type { Books, SandboxClub } from "./books.ts";
import { addCustomers } from "./customers.ts";
import { addInvoices } from "./invoices.ts";
import { addPayLinks } from "./pay-links.ts";
import { refuse, refuseByFault, type SquareFault } from "./refusals.ts";
import type { Cashier } from "./cashier.ts";

export type Env = { Variables: { club: SandboxClub } };

export type ApiInput = {
  readonly clubs: readonly SandboxClub[];
  readonly books: Books;
  readonly cashier: Cashier;
  readonly faults: FaultPlan<CommonFault | SquareFault>;
  /** Tokens that their seller has revoked. */
  readonly revoked: ReadonlySet<string>;
  readonly now: () => Date;
  /** How long a new customer stays out of the search. */
  readonly searchLagMs: number;
};

/** The v2 routes the connector calls, with Square's own answers and refusals. */
export const createApi = (input: ApiInput): Hono<Env> => {
  const app = new Hono<Env>();
  app.use("/v2/*", admit(input));
  app.use("/v2/*", strikeBefore(input));
  app.use("/v2/*", faultyCalls<SquareFault>({ faults: input.faults, placeOf, refuse: refuseByFault }));
  app.get("/v2/locations/:id", (c) => {
    const { name, timeZone, currency, square } = c.get("club");
    return c.req.param("id") === square.locationId
      ? c.json({
          location: { id: square.locationId, name, business_name: name, timezone: timeZone, currency, status: "ACTIVE", country: "US" },
        })
      : refuse(c, "NOT_FOUND");
  });
  addCustomers(app, input);
  addInvoices(app, input);
  addPayLinks(app, input);
  app.get("/v2/payments/:id", (c) => {
    const payment = input.books.find(c.get("club"), "payment", c.req.param("id"));
    return payment === undefined ? refuse(c, "NOT_FOUND") : c.json({ payment });
  });
  app.all("/v2/*", (c) => refuse(c, "NOT_FOUND", { detail: "The sandbox has no such route." }));
  return app;
};

const admit =
  ({ clubs, revoked }: ApiInput): MiddlewareHandler<Env> =>
  async (c, next) => {
    const token = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
    const club = clubs.find(({ square }) => square.accessToken === token);
    if (club === undefined) {
      return refuse(c, "UNAUTHORIZED");
    }
    if (revoked.has(club.square.accessToken)) {
      return refuse(c, "ACCESS_TOKEN_REVOKED");
    }
    c.set("club", club);
    await next();
    return undefined;
  };

/** Square's own faults, all of which strike before anything happened. */
const strikeBefore =
  ({ faults }: ApiInput): MiddlewareHandler<Env> =>
  async (c, next) => {
    const place = placeOf(c);
    const fault = place === null ? null : faults.strike({ ...place, kinds: ["scope_missing", "html_error"] });
    if (fault !== null) {
      return refuseByFault(c, fault);
    }
    await next();
    return undefined;
  };

const OPERATIONS: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ["GET", /^\/v2\/locations\/[^/]+$/, "get-location"],
  ["POST", /^\/v2\/customers\/search$/, "search-customers"],
  ["POST", /^\/v2\/customers$/, "create-customer"],
  ["PUT", /^\/v2\/customers\/[^/]+$/, "update-customer"],
  ["POST", /^\/v2\/orders$/, "create-order"],
  ["GET", /^\/v2\/orders\/[^/]+$/, "get-order"],
  ["POST", /^\/v2\/invoices$/, "create-invoice"],
  ["GET", /^\/v2\/invoices\/[^/]+$/, "get-invoice"],
  ["POST", /^\/v2\/invoices\/[^/]+\/publish$/, "publish-invoice"],
  ["POST", /^\/v2\/invoices\/[^/]+\/cancel$/, "cancel-invoice"],
  ["DELETE", /^\/v2\/invoices\/[^/]+$/, "delete-invoice"],
  ["POST", /^\/v2\/online-checkout\/payment-links$/, "create-link"],
  ["DELETE", /^\/v2\/online-checkout\/payment-links\/[^/]+$/, "delete-link"],
  ["GET", /^\/v2\/payments\/[^/]+$/, "get-payment"],
];

const placeOf = (c: Context<Env>): { operation: string; club: string } | null => {
  const found = OPERATIONS.find(([method, path]) => method === c.req.method && path.test(c.req.path));
  return found === undefined ? null : { operation: found[2], club: c.get("club").slug };
};
