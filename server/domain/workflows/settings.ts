import { z } from "zod";

import {
  DEFAULT_DOOR_ACCESS_SETTINGS,
  DEFAULT_ESCALATION_SETTINGS,
  DEFAULT_INVOICE_SETTINGS,
  DEFAULT_PAST_DUE_SETTINGS,
  DEFAULT_REFERRAL_SETTINGS,
  DoorAccessSettings,
  EscalationSettings,
  InvoiceSettings,
  PastDueSettings,
  ReferralSettings,
} from "../past-due/settings.ts";
import type { WorkflowKind } from "./kinds.ts";
import { DEFAULT_SEQUENCE_SETTINGS, SequenceSettings } from "./ready-sequences.ts";
import type { Schedule } from "./schedule.ts";

/** Chosen by us: more than any club has people. */
const PEOPLE_MAX = 100_000;
const DAYS_MAX = 366;

/** Daily campaigns: who counts as new, how far apart messages are, and how many go out. */
export const CampaignSettings = z.strictObject({
  /** New is who joined so many days ago, or fewer. */
  greenDays: z.int().min(1).max(DAYS_MAX),
  /** Days between two campaign messages to one person. */
  payPerVisitEveryDays: z.int().min(7).max(DAYS_MAX),
  prospectEveryDays: z.int().min(7).max(DAYS_MAX),
  groups: z.strictObject({ green: z.boolean(), pay_per_visit: z.boolean(), prospect: z.boolean() }),
  maxPerRun: z.int().min(1).max(PEOPLE_MAX),
  maxPerDay: z.int().min(1).max(PEOPLE_MAX),
  /** The manager is told when something could not be sent. */
  tellsOfFailures: z.boolean(),
});
export type CampaignSettings = z.infer<typeof CampaignSettings>;

/** Rule table, section 1; the limits are chosen by us, above the largest list of the clubs we know. */
export const DEFAULT_CAMPAIGN_SETTINGS: CampaignSettings = {
  greenDays: 30,
  payPerVisitEveryDays: 30,
  prospectEveryDays: 30,
  groups: { green: true, pay_per_visit: true, prospect: true },
  maxPerRun: 5_000,
  maxPerDay: 5_000,
  tellsOfFailures: true,
};

/** Greetings: for what, and how many. */
export const ProactiveSettings = z.strictObject({
  occasions: z.strictObject({ birthday: z.boolean(), anniversary: z.boolean(), visits: z.boolean() }),
  /** Which numbers of visits are told. */
  milestones: z.strictObject({
    visits10: z.boolean(),
    visits50: z.boolean(),
    visits100: z.boolean(),
    visits250: z.boolean(),
    visits500: z.boolean(),
    visits1000: z.boolean(),
  }),
  /** Whoever owes is greeted as well. */
  includesWhoOwes: z.boolean(),
  maxPerDay: z.int().min(1).max(PEOPLE_MAX),
  tellsOfFailures: z.boolean(),
});
export type ProactiveSettings = z.infer<typeof ProactiveSettings>;

/** The occasions of the rule table, section 1; the limit is chosen by us, above what a large club has on a day. */
export const DEFAULT_PROACTIVE_SETTINGS: ProactiveSettings = {
  occasions: { birthday: true, anniversary: true, visits: true },
  milestones: { visits10: true, visits50: true, visits100: true, visits250: true, visits500: true, visits1000: true },
  includesWhoOwes: false,
  maxPerDay: 500,
  tellsOfFailures: true,
};

type Entry<S> = { readonly schema: z.ZodType<S>; readonly defaults: S };
const entry = <S extends object>(one: Entry<S>): Entry<S> => one;

/** Settings of each kind that has any. What a club stores is the whole of them. */
export const WORKFLOW_SETTINGS = {
  daily_campaigns: entry({ schema: CampaignSettings, defaults: DEFAULT_CAMPAIGN_SETTINGS }),
  past_due: entry({ schema: PastDueSettings, defaults: DEFAULT_PAST_DUE_SETTINGS }),
  escalation: entry({ schema: EscalationSettings, defaults: DEFAULT_ESCALATION_SETTINGS }),
  referral: entry({ schema: ReferralSettings, defaults: DEFAULT_REFERRAL_SETTINGS }),
  invoices: entry({ schema: InvoiceSettings, defaults: DEFAULT_INVOICE_SETTINGS }),
  door_access: entry({ schema: DoorAccessSettings, defaults: DEFAULT_DOOR_ACCESS_SETTINGS }),
  proactive: entry({ schema: ProactiveSettings, defaults: DEFAULT_PROACTIVE_SETTINGS }),
  sequence: entry({ schema: SequenceSettings, defaults: DEFAULT_SEQUENCE_SETTINGS }),
} as const satisfies Partial<Record<WorkflowKind, object>>;

/** When each kind runs unless a club says otherwise (rule table, section 1). */
export const DEFAULT_SCHEDULES = {
  daily_campaigns: { kind: "daily", minuteOfDay: 360 },
  past_due: { kind: "hourly", minute: 0 },
  escalation: { kind: "daily", minuteOfDay: 480 },
  // A Monday; every second one from there on, until a club chooses another.
  referral: { kind: "weekly", weekday: 0, minuteOfDay: 540, everyWeeks: 2, anchoredOn: "2026-11-23" },
  invoices: { kind: "monthly", day: 1, minuteOfDay: 420 },
  // Beside the reminders, so that the two do not begin in the same minute.
  door_access: { kind: "hourly", minute: 30 },
  proactive: { kind: "daily", minuteOfDay: 540 },
  // A quarter past, beside the reminders and the doors.
  sequence: { kind: "hourly", minute: 15 },
  // In the middle of the morning, when most may be written to.
  campaign: { kind: "daily", minuteOfDay: 600 },
  custom: { kind: "daily", minuteOfDay: 540 },
} as const satisfies Record<WorkflowKind, Schedule>;
