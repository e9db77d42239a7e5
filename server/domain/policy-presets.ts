import { AUTOMATIONS } from "./automations.ts";
import type { AutomationName } from "./automations.ts";
import { CATEGORIES } from "./categories.ts";
import type { Category } from "./intent.ts";
import { isLocked } from "./policy-leaves.ts";
import type { Policy } from "./policy.ts";
import type { Stage } from "./vocabulary.ts";

/** How much the agent does alone, over all topics at once. */
export const AUTONOMY_LEVELS = ["low", "medium", "high"] as const;
export type AutonomyLevel = (typeof AUTONOMY_LEVELS)[number];

type Preset = { readonly stages: Readonly<Record<Category, Stage>>; readonly automations: Readonly<Record<AutomationName, Stage>> };

// A complaint is a person's in every preset, and a text to somebody who may have opted out is never sent alone.
const PRESETS: Readonly<Record<AutonomyLevel, Preset>> = {
  low: {
    stages: {
      question: "suggest",
      scheduling: "suggest",
      payment_inquiry: "suggest",
      complaint: "off",
      praise: "suggest",
      confirmation: "suggest",
      opt_out: "suggest",
      other: "suggest",
    },
    automations: { gift_cards: "suggest", hours_and_facts: "suggest", bay_reset: "suggest", door_unlock: "suggest" },
  },
  medium: {
    stages: {
      question: "auto",
      scheduling: "suggest",
      payment_inquiry: "suggest",
      complaint: "off",
      praise: "auto",
      confirmation: "auto",
      opt_out: "suggest",
      other: "suggest",
    },
    automations: { gift_cards: "auto", hours_and_facts: "auto", bay_reset: "suggest", door_unlock: "suggest" },
  },
  high: {
    stages: {
      question: "auto",
      scheduling: "auto",
      payment_inquiry: "auto",
      complaint: "off",
      praise: "auto",
      confirmation: "auto",
      opt_out: "suggest",
      other: "suggest",
    },
    automations: { gift_cards: "auto", hours_and_facts: "auto", bay_reset: "auto", door_unlock: "auto" },
  },
};

/**
 * The policy with the stages of a preset. What the franchise locks stays as it is, and an automation that is off stays
 * off: each is switched on by itself, after the figures of the one before.
 */
export const withPreset = (policy: Policy, level: AutonomyLevel, lockedPaths: readonly string[]): Policy => {
  const preset = PRESETS[level];
  const stages = { ...policy.stages };
  for (const category of CATEGORIES) {
    if (!isLocked(`stages.${category}`, lockedPaths)) {
      stages[category] = preset.stages[category];
    }
  }
  const automations = { ...policy.automations };
  for (const name of AUTOMATIONS) {
    if (automations[name].stage !== "off" && !isLocked(`automations.${name}`, lockedPaths)) {
      automations[name] = { ...automations[name], stage: preset.automations[name] };
    }
  }
  return { ...policy, stages, automations };
};
