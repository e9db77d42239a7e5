import { z } from "zod";

import { armOf, winnerOf, type Arm, type ArmCount, type Verdict } from "./experiment.ts";
import { fieldsOf, OPT_OUT_WORDS, render, unknownFieldsOf, withOptOut, type MergeField, type MergeValues } from "./merge-fields.ts";
import type { REMINDER_REASONS } from "../past-due/reasons.ts";
import type { WorkflowReason } from "./outcomes.ts";
import { isAboutDebt, Segment } from "./segment.ts";
import { advertisingIn } from "./text-faults.ts";
import { TEMPLATE_MIN_CHARACTERS, TEMPLATE_ROOM } from "./templates.ts";

/** What a campaign's text may be filled with: nothing that is owed, and nothing that a link must be made for. */
export const CAMPAIGN_FIELDS = ["first_name", "club_name", "club_phone", "membership_type"] as const satisfies readonly MergeField[];

const CampaignText = z
  .string()
  .trim()
  .min(TEMPLATE_MIN_CHARACTERS)
  .max(TEMPLATE_ROOM)
  .refine(
    (text) => [...unknownFieldsOf(text), ...fieldsOf(text).filter((field) => !CAMPAIGN_FIELDS.some((own) => own === field))].length === 0,
    {
      error: "it names a field that a campaign does not have",
    },
  )
  .refine((text) => fieldsOf(text).includes("club_name"), { error: "it must say {{club_name}}" })
  .refine((text) => !OPT_OUT_WORDS.test(text), { error: "how to opt out is added to every text" });

/** One campaign: for whom, with which words, and how it is found out whether it does any good. */
export const CampaignPlan = z
  .strictObject({
    segment: Segment,
    texts: z.strictObject({ a: CampaignText, b: CampaignText.nullable() }),
    holdOutPercent: z.int().min(0).max(50),
    /** Of a hundred who are written to; without a second text nobody. */
    secondPercent: z.int().min(0).max(100),
    winnerBy: z.enum(["reply", "conversion"]),
    /** Before so many people have had each text neither wins. */
    minimumPerText: z.int().min(20).max(10_000),
    maxPerDay: z.int().min(1).max(100_000),
    tellsOfFailures: z.boolean(),
  })
  .superRefine(({ segment, texts }, context) => {
    for (const name of ["a", "b"] as const) {
      for (const message of isAboutDebt(segment) ? advertisingIn(texts[name] ?? "") : []) {
        context.addIssue({ code: "custom", message, path: ["texts", name] });
      }
    }
  });
export type CampaignPlan = z.infer<typeof CampaignPlan>;

/** Without words: a campaign that nobody wrote is none. */
export const BLANK_CAMPAIGN: CampaignPlan = {
  segment: { of: "prospects", all: [] },
  texts: { a: "", b: null },
  holdOutPercent: 10,
  secondPercent: 50,
  winnerBy: "reply",
  minimumPerText: 100,
  maxPerDay: 500,
  tellsOfFailures: true,
};

/** Chosen by us: so many days after a message what somebody does counts as its doing; what comes later has other causes. */
export const RESPONSE_DAYS = 14;

/** What became of the people of one arm within the days that count. */
export type ArmResult = { readonly arm: Arm; readonly people: number; readonly replied: number; readonly converted: number };

/** Which text does better, by what the campaign counts. */
export const verdictOf = ({ minimumPerText, winnerBy }: CampaignPlan, results: readonly ArmResult[]): Verdict => {
  const count = (arm: Arm): ArmCount => {
    const result = results.find((each) => each.arm === arm);
    return { people: result?.people ?? 0, hits: (winnerBy === "reply" ? result?.replied : result?.converted) ?? 0 };
  };
  return winnerOf(count("a"), count("b"), minimumPerText);
};

/** What keeps reminders away keeps a campaign about the debt away. */
export type DebtReason = keyof typeof REMINDER_REASONS | "other_payer";

export type CampaignPerson = {
  readonly contactId: string;
  /** An earlier run wrote to this person, or is about to. */
  readonly wasReached: boolean;
  readonly owesMinor: bigint;
  /** Of a campaign about a debt: why this debt is left alone now; null where it is not. */
  readonly leftAlone: DebtReason | null;
  readonly isAgentOff: boolean;
  readonly hasOptedOut: boolean;
  readonly hasAddress: boolean;
  readonly fields: MergeValues;
};

export type CampaignChoice =
  | { readonly kind: "write"; readonly arm: "a" | "b"; readonly text: string }
  /** Judged like everybody who is written to, so that the two are alike, and never written to. */
  | { readonly kind: "hold_out"; readonly text: string }
  | { readonly kind: "skip" | "suppress"; readonly reason: WorkflowReason | DebtReason };

/** Amounts up to one cent are rounding, not debt. */
const OWES_FROM_MINOR = 2n;

type Choosing = { readonly campaignId: string; readonly plan: CampaignPlan; readonly winner: "a" | "b" | null };

/** What one person of the segment gets. Once one text has won everybody else gets it; the held out stay held out. */
export const chooseFor = (person: CampaignPerson, { campaignId, plan, winner }: Choosing): CampaignChoice => {
  if (person.wasReached) {
    return { kind: "skip", reason: "had_campaign" };
  }
  const aboutDebt = isAboutDebt(plan.segment);
  if (person.owesMinor >= OWES_FROM_MINOR !== aboutDebt) {
    return { kind: "skip", reason: aboutDebt ? "owes_nothing" : "owes" };
  }
  if (aboutDebt && person.leftAlone !== null) {
    return { kind: "suppress", reason: person.leftAlone };
  }
  if (person.isAgentOff || person.hasOptedOut || !person.hasAddress) {
    return { kind: "suppress", reason: person.isAgentOff ? "agent_off" : person.hasOptedOut ? "opted_out" : "no_address" };
  }
  const drawn = armOf(campaignId, person.contactId, { ...plan, secondPercent: plan.texts.b === null ? 0 : plan.secondPercent });
  const arm = drawn === "held_out" ? drawn : (winner ?? drawn);
  const rendered = render(arm === "b" ? (plan.texts.b ?? plan.texts.a) : plan.texts.a, person.fields);
  if (rendered.kind === "missing") {
    return { kind: "suppress", reason: "missing_field" };
  }
  const text = withOptOut(rendered.text);
  return arm === "held_out" ? { kind: "hold_out", text } : { kind: "write", arm, text };
};
