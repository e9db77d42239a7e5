import { z } from "zod";

import type { SequenceName, SequencePlan, SequenceStep } from "./sequence.ts";

const days = (least: number) => z.int().min(least).max(180);
const TwoSteps = z.strictObject({
  isOn: z.boolean(),
  /** Days between the cause and the first step. */
  firstAfterDays: days(0),
  /** Days between the first step and the second. */
  secondAfterDays: days(1),
  /** Days before somebody may enter it again, for another cause. */
  againAfterDays: days(7),
});

/** Sequences: which are on, how long they wait, and when a person may enter again. */
export const SequenceSettings = z.strictObject({
  no_show: TwoSteps,
  silent_lead: TwoSteps,
  new_lead: TwoSteps.extend({ thirdAfterDays: days(1) }),
  win_back: TwoSteps,
  /** Minute of the club's day at which steps are due: by day only, so that no clock change skips it. */
  sendsAtMinute: z.int().min(540).max(1_140),
  maxPerDay: z.int().min(1).max(100_000),
  tellsOfFailures: z.boolean(),
});
export type SequenceSettings = z.infer<typeof SequenceSettings>;

/** Chosen by us. */
export const DEFAULT_SEQUENCE_SETTINGS: SequenceSettings = {
  no_show: { isOn: true, firstAfterDays: 0, secondAfterDays: 3, againAfterDays: 14 },
  silent_lead: { isOn: true, firstAfterDays: 3, secondAfterDays: 7, againAfterDays: 60 },
  new_lead: { isOn: true, firstAfterDays: 0, secondAfterDays: 2, thirdAfterDays: 5, againAfterDays: 90 },
  win_back: { isOn: true, firstAfterDays: 30, secondAfterDays: 14, againAfterDays: 90 },
  sendsAtMinute: 600,
  maxPerDay: 500,
  tellsOfFailures: true,
};

/** Nobody enters for a cause that is older than its first wait by more than so many days: it is history. */
export const CAUSE_FRESH_DAYS: Readonly<Record<SequenceName, number>> = { no_show: 2, silent_lead: 11, new_lead: 2, win_back: 60 };

export const planOf = (name: SequenceName, settings: SequenceSettings): SequencePlan => ({
  name,
  isOn: settings[name].isOn,
  steps: stepsOf(name, settings),
});

const stepsOf = (name: SequenceName, settings: SequenceSettings): readonly SequenceStep[] => {
  const second = { afterDays: settings[name].secondAfterDays } as const;
  switch (name) {
    case "no_show":
      return [
        { templateKey: "no_show_missed", afterDays: 0, condition: "always" },
        { templateKey: "no_show_again", ...second, condition: "always" },
      ];
    case "silent_lead":
      return [
        { templateKey: "silent_lead_nudge", afterDays: 0, condition: "always" },
        { templateKey: "silent_lead_last", ...second, condition: "always" },
      ];
    case "new_lead":
      return [
        // The daily campaign may have said hello already.
        { templateKey: "new_lead_hello", afterDays: 0, condition: "not_written" },
        { templateKey: "new_lead_question", ...second, condition: "always" },
        { templateKey: "new_lead_last", afterDays: settings.new_lead.thirdAfterDays, condition: "always" },
      ];
    case "win_back":
      return [
        { templateKey: "win_back_miss", afterDays: 0, condition: "owes_nothing" },
        { templateKey: "win_back_last", ...second, condition: "owes_nothing" },
      ];
  }
};
