import type { ConnectorSetup } from "../setup.ts";
import { BURST, REQUESTS_PER_SECOND } from "./limits.ts";

export const SQUARE_SETUP: ConnectorSetup = {
  provider: "square",
  name: "Square",
  summary: "Invoices and payment links go out from the club's own Square account, and Spotter knows at once when somebody has paid.",
  capabilities: ["invoice", "payLink", "payments.webhook"],
  fields: [
    {
      name: "accessToken",
      label: "Access token",
      kind: "secret",
      isRequired: true,
      where: "Square Developer Console → the application → Credentials → Production → Access token.",
    },
    {
      name: "locationId",
      label: "Location id",
      kind: "text",
      isRequired: true,
      where: "Square Developer Console → the application → Locations. One connection is one location.",
      placeholder: "L…",
    },
    {
      name: "signatureKey",
      label: "Webhook signature key",
      kind: "secret",
      takesTwo: true,
      isRequired: false,
      where: "Square Developer Console → the application → Webhooks → Subscriptions → the subscription → Signature key.",
    },
    {
      name: "environment",
      label: "Environment",
      kind: "choice",
      isRequired: false,
      where: "The switch at the top of the Developer Console: the token belongs to the one or to the other.",
      choices: [
        { value: "production", label: "Production" },
        { value: "sandbox", label: "Square's own sandbox" },
      ],
      initial: "production",
    },
  ],
  webhook: {
    where:
      "Square Developer Console → the application → Webhooks → Subscriptions → Add subscription. Paste the address below exactly as it is, because Square signs it, and pick the events.",
    events: [
      "payment.created",
      "payment.updated",
      "invoice.published",
      "invoice.updated",
      "invoice.payment_made",
      "invoice.canceled",
      "invoice.refunded",
      "invoice.deleted",
      "oauth.authorization.revoked",
    ],
  },
  channel: null,
  limits: { requestsPerSecond: REQUESTS_PER_SECOND, burst: BURST },
  caution: null,
};
