import type { ConnectorSetup } from "../setup.ts";
import { FILE_ADDRESS } from "./limits.ts";

export const TWILIO_SETUP: ConnectorSetup = {
  provider: "twilio",
  name: "Twilio",
  summary: "Texts of one Twilio number arrive at once, answers go out from it, and what became of them is reported back.",
  capabilities: ["inbox.poll", "inbox.webhook", "message.send", "message.readBack"],
  fields: [
    {
      name: "accountSid",
      label: "Account SID",
      kind: "text",
      isRequired: true,
      where: "Console → Account Dashboard → Account Info. Of the sub-account, where the number belongs to one.",
      placeholder: "AC…",
    },
    {
      name: "authToken",
      label: "Auth token",
      kind: "secret",
      isRequired: true,
      where: "Console → Account Dashboard → Account Info → Auth Token. It also signs the webhooks, so an API key cannot replace it.",
      // The vendor's secondary token signs in beside the primary one until it takes its place, and then signs as well.
      takesTwo: true,
    },
    {
      name: "phoneNumber",
      label: "Phone number",
      kind: "text",
      isRequired: true,
      where: "Console → Phone Numbers → Manage → Active numbers, with + and country code.",
      placeholder: "+1…",
    },
    {
      name: "messagingServiceSid",
      label: "Messaging service SID",
      kind: "text",
      isRequired: false,
      where: "Only where the number sends through a messaging service, such as for A2P 10DLC: Messaging → Services → the service, MG…",
      placeholder: "MG…",
    },
  ],
  webhook: {
    where:
      "Phone Numbers → Active numbers → the number → Messaging → A message comes in: Webhook, the address below, HTTP POST. With a messaging service: Messaging → Services → the service → Integration → Send a webhook. Reports of delivery need no entry.",
    events: ["A message comes in"],
  },
  channel: { kind: "sms", addressField: "phoneNumber", externalIdField: "phoneNumber" },
  files: { kind: "none", why: "Spotter sends words alone over Twilio." },
  fileAddress: FILE_ADDRESS,
  // The vendor names no rate, only a number of calls at the same time; this is ours. Texts wait in the vendor's own queue.
  limits: { requestsPerSecond: 10, burst: 10 },
  caution: null,
};
