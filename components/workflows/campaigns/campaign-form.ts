import { z } from "zod";

import { BLANK_CAMPAIGN, CampaignPlan } from "#server/domain/workflows/campaign-plan.ts";
import { Schedule } from "#server/domain/workflows/schedule.ts";
import { DEFAULT_SCHEDULES } from "#server/domain/workflows/settings.ts";

/** When it goes out: when somebody presses, on one day, or every day to whoever has come to belong to it. */
const WHENS = ["by_hand", "once", "daily"] as const;
export type When = (typeof WHENS)[number];

export const CampaignDraft = z.object({
  name: z.string().trim().min(1, "Give it a name.").max(80, "Keep it under 80 characters."),
  when: z.enum(WHENS),
  schedule: Schedule,
  plan: CampaignPlan,
});
export type CampaignDraft = z.input<typeof CampaignDraft>;

type Kept = { readonly name: string; readonly isOn: boolean; readonly schedule: Schedule; readonly settings: unknown };

export const draftOf = ({ isOn, name, schedule, settings }: Kept): CampaignDraft => ({
  name,
  when: isOn ? (schedule.kind === "once" ? "once" : "daily") : "by_hand",
  schedule,
  plan: { ...BLANK_CAMPAIGN, ...Object(settings) },
});

export const NEW_CAMPAIGN: CampaignDraft = {
  name: "",
  when: "by_hand",
  schedule: DEFAULT_SCHEDULES.campaign,
  plan: { ...BLANK_CAMPAIGN, segment: { of: "prospects", all: [] }, texts: { a: "Hi {{first_name}}, it’s {{club_name}}. ", b: null } },
};
