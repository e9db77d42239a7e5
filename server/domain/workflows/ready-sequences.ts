import { z } from "zod";

import type { MergeField } from "./merge-fields.ts";
import { STEP_CHANNELS, STEP_CONDITIONS, type SequenceName, type SequencePlan, type SequenceStep } from "./sequence.ts";
import { textFaults } from "./text-faults.ts";
import { TEMPLATE_KEYS, type TemplateKey, type TemplateSpec } from "./templates.ts";

/** What the own words of a step may be filled with. */
export const STEP_RULES: Pick<TemplateSpec, "fields" | "required"> = {
  fields: ["first_name", "club_name", "club_phone"] as const satisfies readonly MergeField[],
  required: ["club_name"],
};

/** Whose consent the own words of its steps need. */
export const SEQUENCE_PURPOSES = {
  no_show: "service",
  silent_lead: "marketing",
  new_lead: "marketing",
  win_back: "marketing",
} as const satisfies Record<SequenceName, TemplateSpec["purpose"]>;

/** Chosen by us: more notes than these nobody wants to get. */
export const STEPS_MAX = 6;
const STEP_NO_MAX = 999;

const days = (least: number) => z.int().min(least).max(180);

const Step = z
  .strictObject({
    no: z.int().min(0).max(STEP_NO_MAX),
    /** Days of the club's calendar since the step before; of the first, since the person entered. */
    afterDays: days(0),
    condition: z.enum(STEP_CONDITIONS),
    channel: z.enum(STEP_CHANNELS),
    templateKey: z.enum(TEMPLATE_KEYS as [TemplateKey, ...TemplateKey[]]).nullable(),
    text: z.string().trim().max(1_000).nullable(),
  })
  .superRefine(({ templateKey, text }, context) => {
    if ((templateKey === null) === (text === null)) {
      context.addIssue({ code: "custom", message: "a step has a text of the library or words of its own", path: ["text"] });
    }
    for (const message of text === null ? [] : textFaults(STEP_RULES, text)) {
      context.addIssue({ code: "custom", message, path: ["text"] });
    }
  });

const Steps = z
  .array(Step)
  .min(1)
  .max(STEPS_MAX)
  .refine((steps) => new Set(steps.map(({ no }) => no)).size === steps.length, { error: "each step has a name of its own" })
  .refine((steps) => steps.every(({ afterDays }, index) => index === 0 || afterDays > 0), { error: "a day lies between two steps" });

const ready = (no: number, templateKey: TemplateKey, { afterDays = 0, condition = "always" }: Partial<SequenceStep> = {}) => ({
  no,
  afterDays,
  condition,
  channel: "best" as const,
  templateKey,
  text: null,
});

/** Chosen by us. */
const READY = {
  no_show: [ready(0, "no_show_missed"), ready(1, "no_show_again", { afterDays: 3 })],
  silent_lead: [ready(0, "silent_lead_nudge"), ready(1, "silent_lead_last", { afterDays: 7 })],
  new_lead: [
    // The daily campaign may have said hello already.
    ready(0, "new_lead_hello", { condition: "not_written" }),
    ready(1, "new_lead_question", { afterDays: 2 }),
    ready(2, "new_lead_last", { afterDays: 5 }),
  ],
  win_back: [
    ready(0, "win_back_miss", { condition: "owes_nothing" }),
    ready(1, "win_back_last", { afterDays: 14, condition: "owes_nothing" }),
  ],
} as const satisfies Record<SequenceName, readonly z.infer<typeof Step>[]>;

const Sequence = z.strictObject({
  isOn: z.boolean(),
  /** Days between the cause and the first step. */
  firstAfterDays: days(0),
  /** Days before somebody may enter it again, for another cause. */
  againAfterDays: days(7),
  steps: Steps,
});

/** Sequences: which are on, what they say and when, and when a person may enter again. */
export const SequenceSettings = z.strictObject({
  no_show: Sequence,
  silent_lead: Sequence,
  new_lead: Sequence,
  win_back: Sequence,
  /** Minute of the club's day at which steps are due: by day only, so that no clock change skips it. */
  sendsAtMinute: z.int().min(540).max(1_140),
  maxPerDay: z.int().min(1).max(100_000),
  tellsOfFailures: z.boolean(),
});
export type SequenceSettings = z.infer<typeof SequenceSettings>;

/** Chosen by us. */
export const DEFAULT_SEQUENCE_SETTINGS: SequenceSettings = {
  no_show: { isOn: true, firstAfterDays: 0, againAfterDays: 14, steps: [...READY.no_show] },
  silent_lead: { isOn: true, firstAfterDays: 3, againAfterDays: 60, steps: [...READY.silent_lead] },
  new_lead: { isOn: true, firstAfterDays: 0, againAfterDays: 90, steps: [...READY.new_lead] },
  win_back: { isOn: true, firstAfterDays: 30, againAfterDays: 90, steps: [...READY.win_back] },
  sendsAtMinute: 600,
  maxPerDay: 500,
  tellsOfFailures: true,
};

/** Nobody enters for a cause that is older than its first wait by more than so many days: it is history. */
export const CAUSE_FRESH_DAYS: Readonly<Record<SequenceName, number>> = { no_show: 2, silent_lead: 11, new_lead: 2, win_back: 60 };

export const planOf = (name: SequenceName, settings: SequenceSettings): SequencePlan => ({
  name,
  isOn: settings[name].isOn,
  steps: settings[name].steps.flatMap(({ templateKey, text, ...step }): readonly SequenceStep[] => {
    if (templateKey !== null) {
      return [{ ...step, templateKey, text: null }];
    }
    return text === null ? [] : [{ ...step, templateKey: null, text }];
  }),
});
