import { ConnectorError } from "../errors.ts";
import type { Connector, ConnectorContext } from "../ports.ts";
import { createCalls } from "./client.ts";
import { createInvoices } from "./invoices.ts";
import { createPayLinks } from "./pay-links.ts";
import { LocationAnswer, SquareAccount } from "./schemas.ts";
import { parseWebhook } from "./webhook.ts";

/** Square: invoices and payment links of one location of a seller, and the news of what was paid. */
export const createSquareConnector = (context: ConnectorContext): Connector => {
  const account = accountOf(context);
  const call = createCalls(context, account);
  const { locationId, signatureKey } = account;
  return {
    provider: "square",
    capabilities: ["invoice", "payLink", "payments.webhook"],
    check: async () => {
      const { location } = await call({ isAct: false, schema: LocationAnswer, run: (square) => square.locations.get({ locationId }) });
      if (location.status === "INACTIVE") {
        throw new ConnectorError("rejected", "this Square location is switched off", { reason: "not_allowed" });
      }
      return {
        account: [location.businessName, location.name, location.currency].filter((word) => word !== null).join(", ") || locationId,
      };
    },
    invoices: createInvoices({ call, locationId }),
    payLinks: createPayLinks({ call, locationId }),
    webhook: { parse: async (request) => parseWebhook({ request, keys: signatureKey, locationId }) },
  };
};

const accountOf = (context: ConnectorContext): SquareAccount => {
  const parsed = SquareAccount.safeParse({ ...context.settings, ...context.credentials });
  if (!parsed.success) {
    throw new ConnectorError("unauthorized", "the Square connection is not filled in completely", { cause: parsed.error });
  }
  return parsed.data;
};
