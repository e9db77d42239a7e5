import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["connections"];

export type ConnectionDetail = Outputs["get"];
export type ProviderOffer = Outputs["providers"][number];
export type TestResult = Outputs["test"];

type Capability = ConnectionDetail["capabilities"][number];

/** What a connection can do, for people. */
export const CAPABILITY_LABELS = {
  "inbox.poll": "Reads messages",
  "inbox.webhook": "Hears of messages at once",
  "message.send": "Sends messages",
  "message.readBack": "Checks what was sent",
  "message.files": "Sends files",
  "members.read": "Reads members",
  "access.state": "Suspends and restores access",
  "door.pulse": "Unlocks doors",
  "door.events": "Sees who was let in",
  "device.reset": "Resets devices",
  invoice: "Writes invoices",
  payLink: "Makes payment links",
  "payments.webhook": "Hears of payments",
  notify: "Notifies managers",
  "notify.decide": "Takes approvals",
  "bookings.read": "Reads bookings",
  "bookings.write": "Books and cancels",
  "calls.missed": "Hears of missed calls",
  "notes.write": "Writes notes",
  "contacts.write": "Writes contacts",
} as const satisfies Record<Capability, string>;
