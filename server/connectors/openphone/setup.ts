import type { ConnectorSetup } from "../setup.ts";

export const OPENPHONE_SETUP: ConnectorSetup = {
  provider: "openphone",
  name: "OpenPhone (Quo)",
  summary: "Texts and missed calls of one phone number arrive at once, and answers go out from it.",
  capabilities: ["inbox.poll", "inbox.webhook", "message.send", "message.readBack", "calls.missed", "contacts.write"],
  fields: [
    {
      name: "apiKey",
      label: "API key",
      kind: "secret",
      isRequired: true,
      where: "Workspace settings → API → Generate API key. Sending needs prepaid credits and carrier registration.",
    },
    {
      name: "phoneNumberId",
      label: "Phone number id",
      kind: "text",
      isRequired: true,
      where: "Settings → Phone numbers → the number; its address in the browser ends with PN…",
      placeholder: "PN…",
    },
    {
      name: "webhookKey",
      label: "Webhook signing key",
      kind: "secret",
      isRequired: false,
      where: "Workspace settings → Webhooks → the webhook → Signing secret.",
      takesTwo: true,
    },
    {
      name: "userId",
      label: "User id",
      kind: "text",
      isRequired: false,
      where: "Only where texts must go out under one user of the workspace: Settings → Team → the user, US…",
      placeholder: "US…",
    },
  ],
  webhook: {
    where: "Workspace settings → Webhooks → Create webhook. Paste the address below and pick the events.",
    events: ["message.received", "message.delivered", "message.failed", "message.undelivered", "call.missed", "call.voicemail.completed"],
  },
  channel: { kind: "sms", addressField: null, externalIdField: "phoneNumberId" },
  files: { kind: "none", why: "OpenPhone lets other programs send words alone. Files can be sent from its own app." },
  // Vendor, 2026-10: 10 requests within any second per key. One after the other, and a little slower, so that eleven never fall into one.
  limits: { requestsPerSecond: 9.8, burst: 1 },
  caution: null,
};
