import type { inferRouterOutputs } from "@trpc/server";

import type { DebtSort, DebtState, DoorState } from "#server/domain/past-due/debt-list.ts";
import type { HoldKind, Tier } from "#server/domain/past-due/facts.ts";
import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["pastDue"];

export type DebtStory = Outputs["get"];
export type CaseRow = Outputs["cases"]["cases"][number];

type Label = { readonly label: string; readonly tone: "neutral" | "outline" | "good" | "warn" | "bad" };

export const STATE_LABELS = {
  reminded: { label: "Reminder next", tone: "outline" },
  waiting: { label: "Waits for its day", tone: "outline" },
  paused: { label: "Paused", tone: "neutral" },
  ended: { label: "For the manager", tone: "warn" },
  referred: { label: "With collections", tone: "bad" },
  quiet: { label: "No reminder", tone: "outline" },
} as const satisfies Record<DebtState, Label>;

export const TIER_LABELS = { friendly: "Friendly", firm: "Firm", final: "Final" } as const satisfies Record<Tier, string>;

export const DOOR_LABELS = {
  open: { label: "Open", tone: "outline" },
  asked: { label: "Lock asked for", tone: "warn" },
  locked: { label: "Locked by Spotter", tone: "bad" },
  foreign: { label: "Locked by others", tone: "bad" },
} as const satisfies Record<DoorState, Label>;

export const HOLD_LABELS = {
  dispute: "Disputed",
  hardship: "Hardship",
  plan: "Payment plan",
  promise: "Promised",
  freeze: "Frozen",
  payment_in_flight: "Payment on its way",
  exemption: "Exempt",
  paid_claim: "Says it is paid",
  stale_balance: "Balance too old",
} as const satisfies Record<HoldKind, string>;

export const SORT_LABELS = {
  name: "Name",
  due: "Owes",
  days: "Past due for",
  attempts: "Attempts",
  contact: "Last contact",
} as const satisfies Record<DebtSort, string>;

export const CASE_LABELS = {
  proposed: { label: "Waits for two people", tone: "warn" },
  approved: { label: "Referred", tone: "bad" },
  exported: { label: "Referred and exported", tone: "bad" },
  rejected: { label: "Refused", tone: "neutral" },
  withdrawn: { label: "Withdrawn", tone: "outline" },
} as const satisfies Record<CaseRow["status"], Label>;
