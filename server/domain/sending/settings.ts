import { z } from "zod";

import { REGIONS } from "./regions.ts";
import { DEFAULT_BRAND_TEXTS_PER_DAY, DEFAULT_CAP, MIN_BILLING_GAP_HOURS, UNKNOWN_REGION } from "./send-rules.ts";

const MAX_BRAND_TEXTS_PER_DAY = 1_000_000;
const HOURS_PER_WEEK = 168;
const WORDING_MAX_CHARACTERS = 2_000;

const region = z.string().refine((code) => code === UNKNOWN_REGION || REGIONS.includes(code), { error: "no such state" });

/** What a franchise answers for before and while its clubs write to people unasked. What is not set is strict. */
export const SendSettings = z.strictObject({
  /** States in which somebody has checked the law of marketing texts; everywhere else none goes out. */
  marketingStates: z
    .array(region)
    .max(REGIONS.length + 1)
    .default([])
    .transform((codes) => [...new Set(codes)].toSorted()),
  /** What the carriers let the brand send within 24 hours, as its registration says. */
  brandTextsPerDay: z.int().min(1).max(MAX_BRAND_TEXTS_PER_DAY).default(DEFAULT_BRAND_TEXTS_PER_DAY.count),
  /** For what every membership contract of the franchise asks consent, with the clause; null = the contract says nothing. */
  contractConsent: z
    .strictObject({
      purposes: z.array(z.enum(["service", "billing"])).min(1),
      wording: z.string().trim().min(20, "quote the clause of the contract").max(WORDING_MAX_CHARACTERS),
    })
    .nullable()
    .default(null),
  /** On: a wish for silence about advertising leaves bills alone, for as long as that is allowed. */
  keepsStopToItsTopic: z.boolean().default(false),
  /** On: in New York City a reminder is part of debt collection and needs the written opt-in as well. */
  remindersAreCollectionInNewYorkCity: z.boolean().default(true),
  /** Proactive messages to one person within 24 hours. */
  proactivePerDay: z.int().min(1).max(DEFAULT_CAP.perDay).default(DEFAULT_CAP.perDay),
  /** Between two messages about money to one person. */
  billingGapHours: z.int().min(MIN_BILLING_GAP_HOURS).max(HOURS_PER_WEEK).default(72),
  /** Messages about money to one person within seven days. */
  billingPerWeek: z.int().min(1).max(7).default(3),
});

export type SendSettings = z.output<typeof SendSettings>;

export const STRICT_SEND_SETTINGS: SendSettings = SendSettings.parse({});
