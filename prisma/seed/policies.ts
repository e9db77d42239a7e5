import { AUTOMATION_DEFAULTS } from "#server/domain/automations.ts";
import { PolicyDocument, type WeekHours } from "#server/domain/policy.ts";

import type { DemoFranchise } from "../demo.ts";
import type { ClubProfile } from "./profiles.ts";

/** No club may let the agent answer a complaint. */
export const FRANCHISE_LOCKS: readonly string[] = ["stages.complaint"];

export const franchisePolicy = ({ clubs }: DemoFranchise): PolicyDocument =>
  PolicyDocument.parse({
    stages: { complaint: "off" },
    limits: { automaticRepliesPerConversation: 6 },
    handBackHours: 12,
    allowedLinkHosts: clubs.map(({ slug }) => payHostOf(slug)),
  } satisfies PolicyDocument);

/** The built-in stages, in which the agent answers questions by itself, and the hours only the club knows. */
export const clubPolicy = ({ kind, opening, staffed }: ClubProfile, { hasDoors }: { readonly hasDoors: boolean }): PolicyDocument =>
  PolicyDocument.parse({
    automations: {
      gift_cards: { ...AUTOMATION_DEFAULTS.gift_cards, stage: "auto" },
      ...(kind === "golf" ? { bay_reset: { ...AUTOMATION_DEFAULTS.bay_reset, stage: "auto", executesAlone: true } } : {}),
      ...(hasDoors ? { door_unlock: { ...AUTOMATION_DEFAULTS.door_unlock, stage: "suggest" } } : {}),
    },
    hours: { opening: opening ?? ALWAYS_OPEN, staffed },
    missedCallText: "Sorry we missed your call. You can text us right here: how can we help?",
  } satisfies PolicyDocument);

export const payHostOf = (slug: string): string => `pay.${slug}.example`;

const ALL_DAY: WeekHours[number] = [{ startMinute: 0, endMinute: 1_440 }];
const ALWAYS_OPEN: WeekHours = [ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY];
