import { z } from "zod";

import { Stage } from "./vocabulary.ts";

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
