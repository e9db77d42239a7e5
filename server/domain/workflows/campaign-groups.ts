import { daysBetween } from "../calendar-date.ts";
import type { WorkflowReason } from "./outcomes.ts";
import type { CampaignSettings } from "./settings.ts";
import type { TemplateKey } from "./templates.ts";

export const CAMPAIGN_GROUPS = ["green", "pay_per_visit", "prospect"] as const;
export type CampaignGroup = (typeof CAMPAIGN_GROUPS)[number];

/** What is known of one contact on the day of the run, over all records of the club that are about this person. */
export type CampaignFacts = {
  /** Days of the club's calendar on which a live membership began; the newest. */
  readonly joinedOn: string | null;
  readonly isPayPerVisit: boolean;
  readonly isProspect: boolean;
  /** Somebody with a membership is no prospect, whatever the list of prospects still says. */
  readonly isMember: boolean;
  /** Dues and training of all records together, minor units. */
  readonly owesMinor: bigint;
  /** Anybody of the club, a person, Spotter or a campaign, has ever written to this contact. */
  readonly wasWritten: boolean;
  readonly hadGreenWelcome: boolean;
  /** Day of the newest campaign message of any group; null = none. */
  readonly lastCampaignOn: string | null;
  /** An earlier run has something planned that has not ended. */
  readonly hasOpenPlan: boolean;
  readonly isAgentOff: boolean;
  readonly hasOptedOut: boolean;
  readonly hasAddress: boolean;
};

export type CampaignDecision =
  | { readonly kind: "act"; readonly group: CampaignGroup; readonly templateKey: TemplateKey; readonly reason: WorkflowReason }
  | { readonly kind: "skip" | "suppress"; readonly group: CampaignGroup | null; readonly reason: WorkflowReason };

/** Amounts up to one cent are rounding, not debt. */
const OWES_FROM_MINOR = 2n;

/** Which one group somebody belongs to today: green, then pay-per-visit, then prospect. Null for everybody else. */
export const campaignGroupOf = (facts: CampaignFacts, settings: CampaignSettings, today: string): CampaignGroup | null => {
  if (isGreen(facts, settings, today)) {
    return "green";
  }
  if (facts.isPayPerVisit) {
    return "pay_per_visit";
  }
  return facts.isProspect && !facts.isMember ? "prospect" : null;
};

/** Joined within so many days, today included; a day to come is no membership yet. */
const isGreen = ({ joinedOn }: CampaignFacts, { greenDays }: CampaignSettings, today: string): boolean => {
  const days = joinedOn === null ? -1 : daysBetween(joinedOn, today);
  return days >= 0 && days <= greenDays;
};

/** What one person gets today, or why nothing: first what the rules say, then whether this person may be written to at all. */
export const decideCampaign = (facts: CampaignFacts, settings: CampaignSettings, today: string): CampaignDecision => {
  const group = campaignGroupOf(facts, settings, today);
  if (group === null) {
    return { kind: "skip", group, reason: "no_group" };
  }
  const skip = (reason: WorkflowReason): CampaignDecision => ({ kind: "skip", group, reason });
  const suppress = (reason: WorkflowReason): CampaignDecision => ({ kind: "suppress", group, reason });
  if (!settings.groups[group]) {
    return skip("group_off");
  }
  if (facts.owesMinor >= OWES_FROM_MINOR) {
    return skip("owes");
  }
  if (facts.hasOpenPlan) {
    return skip("already_planned");
  }
  const due = dueText(group, { facts, settings, today });
  if (due.kind === "not_due") {
    return skip(due.reason);
  }
  if (facts.isAgentOff) {
    return suppress("agent_off");
  }
  if (facts.hasOptedOut) {
    return suppress("opted_out");
  }
  return facts.hasAddress ? { kind: "act", group, templateKey: due.templateKey, reason: due.reason } : suppress("no_address");
};

type Case = { readonly facts: CampaignFacts; readonly settings: CampaignSettings; readonly today: string };
type Due =
  | { readonly kind: "due"; readonly templateKey: TemplateKey; readonly reason: WorkflowReason }
  | { readonly kind: "not_due"; readonly reason: WorkflowReason };

const dueText = (group: CampaignGroup, { facts, settings, today }: Case): Due => {
  switch (group) {
    case "green":
      return facts.hadGreenWelcome
        ? { kind: "not_due", reason: "had_welcome" }
        : { kind: "due", templateKey: "green_member_welcome", reason: "green_welcome_due" };
    case "pay_per_visit":
      return isLongAgo(facts.lastCampaignOn, settings.payPerVisitEveryDays, today)
        ? { kind: "due", templateKey: "ppv_conversion", reason: "ppv_offer_due" }
        : { kind: "not_due", reason: "written_recently" };
    case "prospect":
      if (!facts.wasWritten && facts.lastCampaignOn === null) {
        return { kind: "due", templateKey: "prospect_welcome", reason: "prospect_never_written" };
      }
      return isLongAgo(facts.lastCampaignOn, settings.prospectEveryDays, today)
        ? { kind: "due", templateKey: "monthly_special", reason: "prospect_special_due" }
        : { kind: "not_due", reason: "written_recently" };
  }
};

const isLongAgo = (lastOn: string | null, days: number, today: string): boolean => lastOn === null || daysBetween(lastOn, today) >= days;

/** How many more may be planned, by the limit of a run and that of a day. */
export const campaignRoom = (
  { maxPerDay, maxPerRun }: Pick<CampaignSettings, "maxPerDay" | "maxPerRun">,
  { inDay, inRun }: { readonly inRun: number; /** Of all runs of this day, this one included. */ readonly inDay: number },
): { readonly count: number; readonly reason: WorkflowReason } => {
  const run = Math.max(0, maxPerRun - inRun);
  const day = Math.max(0, maxPerDay - inDay);
  return day < run ? { count: day, reason: "day_cap" } : { count: run, reason: "run_cap" };
};
