import { z } from "zod";

import { Stage } from "./vocabulary-schemas.ts";

/**
 * Topics the agent may be let loose on one by one, in the order they are offered to a club: the next only after the
 * owner has seen the figures of the one before.
 */
export const AUTOMATIONS = ["gift_cards", "hours_and_facts", "bay_reset", "door_unlock"] as const;

export type AutomationName = (typeof AUTOMATIONS)[number];

export const AutomationName = z.enum(AUTOMATIONS);

/** The rules of one automation in one club. */
export const AutomationSetting = z.strictObject({
  /** `off`: the rule of the category holds. `auto` sends by itself; below it a person sends. */
  stage: Stage,
  /** Whether the action runs without a person of the club. An entry is never unlocked without one, whatever stands here. */
  executesAlone: z.boolean(),
  /** Confidence from which it may act by itself; equal acts. */
  threshold: z.number().min(0.6).max(0.99),
  /** In one conversation, until a person writes or 24 hours pass. */
  maxRepliesPerConversation: z.int().min(0).max(10),
  /** Who must say yes before the action: nobody, whoever asked for it ("Reply YES"), or a person of the club. */
  confirmation: z.enum(["none", "contact", "staff"]),
});

export type AutomationSetting = z.infer<typeof AutomationSetting>;

type AutomationFacts = {
  readonly label: string;
  /** What it reacts to, in one sentence for the owner. */
  readonly trigger: string;
  readonly source: string;
  /** Null where it only answers. */
  readonly action: string | null;
  /** Sub-intents of the local reading that call it. */
  readonly subIntents: readonly string[];
  readonly defaults: AutomationSetting;
};

/** What each automation is. Its switches are the club's policy. */
export const AUTOMATION_CATALOGUE = {
  gift_cards: {
    label: "Gift cards",
    trigger: "Somebody asks about gift cards or vouchers",
    source: "The club's articles",
    action: null,
    subIntents: ["gift_cards"],
    defaults: { stage: "off", executesAlone: false, threshold: 0.85, maxRepliesPerConversation: 3, confirmation: "none" },
  },
  hours_and_facts: {
    label: "Opening hours and membership facts",
    trigger: "Somebody asks for hours, holidays, prices or what a membership includes",
    source: "The club's hours, holidays, notices and articles",
    action: null,
    subIntents: ["opening_hours", "pricing", "membership_info", "location_parking", "amenities", "guest_policy", "age_policy"],
    defaults: { stage: "off", executesAlone: false, threshold: 0.85, maxRepliesPerConversation: 4, confirmation: "none" },
  },
  bay_reset: {
    label: "Bay reset",
    trigger: "A bay or its simulator is frozen",
    source: "Who holds the running booking, and the bay's device",
    action: "Resets the bay's computer once whoever booked it says yes",
    subIntents: ["bay_fault"],
    defaults: { stage: "off", executesAlone: false, threshold: 0.85, maxRepliesPerConversation: 3, confirmation: "contact" },
  },
  door_unlock: {
    label: "Door unlock",
    trigger: "A member with valid access stands before a locked door",
    source: "The member's access and the club's doors",
    action: "Unlocks one door for a few seconds after an owner or manager approved",
    subIntents: ["door_fault"],
    defaults: { stage: "off", executesAlone: false, threshold: 0.85, maxRepliesPerConversation: 2, confirmation: "staff" },
  },
} as const satisfies Record<AutomationName, AutomationFacts>;

export const AUTOMATION_DEFAULTS: Readonly<Record<AutomationName, AutomationSetting>> = {
  gift_cards: AUTOMATION_CATALOGUE.gift_cards.defaults,
  hours_and_facts: AUTOMATION_CATALOGUE.hours_and_facts.defaults,
  bay_reset: AUTOMATION_CATALOGUE.bay_reset.defaults,
  door_unlock: AUTOMATION_CATALOGUE.door_unlock.defaults,
};

/** What the local reading says of a message, as far as an automation cares. */
type Read = { readonly subIntent: string; readonly confidence: number; readonly riskFlags: readonly string[] };

/**
 * The automation that a message calls for, before any rule of its category; `null` = none, or one that is switched off,
 * not sure enough, or not for a machine: whatever touches a risk goes to a person.
 */
export const automationFor = (read: Read, settings: Readonly<Record<AutomationName, AutomationSetting>>): AutomationName | null =>
  read.riskFlags.length > 0
    ? null
    : (AUTOMATIONS.find((name) => {
        const { subIntents }: { readonly subIntents: readonly string[] } = AUTOMATION_CATALOGUE[name];
        return settings[name].stage !== "off" && subIntents.includes(read.subIntent) && read.confidence >= settings[name].threshold;
      }) ?? null);

/** Who lets an action happen: a person of the club, whoever asked for it, or nobody more. */
export type ActionRoad = "approval" | "confirm" | "run";

/**
 * The road of an automation's action under its switches. Below `auto`, and where it may not act alone, a person of the
 * club decides. A door is opened by nobody without a person, whatever the switches say.
 */
export const actionRoad = (name: AutomationName, { confirmation, executesAlone, stage }: AutomationSetting): ActionRoad => {
  if (name === "door_unlock" || stage !== "auto" || !executesAlone || confirmation === "staff") {
    return "approval";
  }
  return confirmation === "contact" ? "confirm" : "run";
};

/** How long a question to a contact stands, and one to the team about somebody at the door. */
export const CONFIRMATION_TTL_MINUTES = 10;
export const DOOR_APPROVAL_TTL_MINUTES = 5;
export const RESET_APPROVAL_TTL_MINUTES = 15;

/** Agreements that let a member in by themselves; whoever is frozen, leaving or gone is for a person to judge. */
const ADMITTED: ReadonlySet<string> = new Set(["active", "past_due", "pending_cancel"]);

/** Whether a member may enter at this moment, as far as the club's system tells: an agreement that runs, and no lock. */
export const hasValidAccess = ({ status, accessState }: { readonly status: string; readonly accessState: string | null }): boolean =>
  ADMITTED.has(status) && accessState !== "locked";
