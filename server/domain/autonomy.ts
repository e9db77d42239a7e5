import { z } from "zod";

import { AUTOMATION_CATALOGUE, AUTOMATIONS, AutomationName } from "./automations.ts";
import { Category } from "./intent.ts";
import { CATEGORIES, CATEGORY_LABELS } from "./categories.ts";
import type { Policy } from "./policy.ts";
import type { Stage } from "./vocabulary.ts";

/** Drafts compared within this count as evidence. */
export const EVIDENCE_DAYS = 30;
/** Corrections within this take a stage back. */
export const CORRECTION_DAYS = 7;
/** After a stage was taken back or an offer declined nothing is offered for this long. */
export const REST_DAYS = 14;
const DAY_MS = 86_400_000;

/** A topic with a stage of its own: `category:question`, `automation:gift_cards`. */
export type AutonomyScope = `category:${Category}` | `automation:${AutomationName}`;

export const AUTONOMY_SCOPES: readonly AutonomyScope[] = [
  ...CATEGORIES.map((category) => `category:${category}` as const),
  ...AUTOMATIONS.map((name) => `automation:${name}` as const),
];

export const AutonomyScope = z.custom<AutonomyScope>((value) => AUTONOMY_SCOPES.some((scope) => scope === value), {
  error: "not a topic with a stage",
});

/** Where a person acts whatever the stage is, so that no stage can be earned. */
const NEVER_EARNED: ReadonlySet<AutonomyScope> = new Set<AutonomyScope>([
  "category:complaint",
  "category:opt_out",
  "automation:door_unlock",
]);

export const mayBeEarned = (scope: AutonomyScope): boolean => !NEVER_EARNED.has(scope);

/** The setting of the policy that holds the stage of a topic. */
export const stagePathOf = (scope: AutonomyScope): string => scope.replace("category:", "stages.").replace("automation:", "automations.");

export const scopeLabel = (scope: AutonomyScope): string => {
  const name = scope.slice(scope.indexOf(":") + 1);
  const automation = AutomationName.safeParse(name);
  const category = Category.safeParse(name);
  return scope.startsWith("automation:") && automation.success
    ? AUTOMATION_CATALOGUE[automation.data].label
    : category.success
      ? CATEGORY_LABELS[category.data]
      : name;
};

export const stageIn = (policy: Policy, scope: AutonomyScope): Stage => {
  const name = scope.slice(scope.indexOf(":") + 1);
  return scope.startsWith("automation:") ? policy.automations[AutomationName.parse(name)].stage : policy.stages[Category.parse(name)];
};

export type StageStep = { readonly status: "accepted" | "declined" | "demoted"; readonly at: Date };

export type AutonomyInput = {
  readonly scope: AutonomyScope;
  readonly stage: Stage;
  /** Drafts of this topic beside what staff sent. */
  readonly comparisons: readonly { readonly isAgreed: boolean; readonly at: Date }[];
  /** When automatic answers of this topic were corrected, each answer once. */
  readonly corrections: readonly Date[];
  /** What became of the stage before. */
  readonly steps: readonly StageStep[];
  readonly bars: Policy["learning"];
  readonly now: Date;
};

export type AutonomyEvidence = {
  readonly draftCount: number;
  readonly agreedCount: number;
  /** Corrections of automatic answers within `CORRECTION_DAYS`. */
  readonly correctionCount: number;
  /** ISO 8601: from when drafts were counted. */
  readonly since: string;
};

export type AutonomyVerdict =
  | { readonly kind: "none"; readonly evidence: AutonomyEvidence }
  | { readonly kind: "offer"; readonly from: Stage; readonly to: Stage; readonly evidence: AutonomyEvidence }
  | { readonly kind: "demote"; readonly from: "auto"; readonly to: "suggest"; readonly evidence: AutonomyEvidence };

/** One step at a time; what is switched off is switched on by a person alone. */
const NEXT: Partial<Record<Stage, Stage>> = { shadow: "suggest", suggest: "auto" };

/**
 * Whether a topic has earned its next stage, or lost the one it has. A stage is offered on enough drafts that agree with
 * what staff sent, all of them made since the last step: each step is earned anew. `auto` is lost by corrections alone.
 */
export const assessAutonomy = (input: AutonomyInput): AutonomyVerdict => {
  const { bars, now, scope, stage } = input;
  const evidence = evidenceOf(input);
  if (stage === "auto") {
    const isLost = evidence.correctionCount >= bars.demoteAfterCorrections;
    return isLost ? { kind: "demote", from: "auto", to: "suggest", evidence } : { kind: "none", evidence };
  }
  const to = NEXT[stage];
  const isResting = input.steps.some(({ at, status }) => status !== "accepted" && isWithin(at, { now, days: REST_DAYS }));
  const isEarned =
    evidence.draftCount >= bars.minDrafts &&
    evidence.agreedCount >= bars.agreementRatio * evidence.draftCount &&
    evidence.correctionCount < bars.demoteAfterCorrections;
  return to !== undefined && mayBeEarned(scope) && !isResting && isEarned
    ? { kind: "offer", from: stage, to, evidence }
    : { kind: "none", evidence };
};

const evidenceOf = ({ comparisons, corrections, now, steps }: AutonomyInput): AutonomyEvidence => {
  const lastStep = latest(steps.filter(({ status }) => status !== "declined").map(({ at }) => at));
  const since = new Date(Math.max(now.getTime() - EVIDENCE_DAYS * DAY_MS, lastStep));
  const counted = comparisons.filter(({ at }) => at > since && at <= now);
  return {
    draftCount: counted.length,
    agreedCount: counted.filter(({ isAgreed }) => isAgreed).length,
    // What took the stage away once does not take it away again when somebody gives it back.
    correctionCount: corrections.filter((at) => at.getTime() > lastStep && isWithin(at, { now, days: CORRECTION_DAYS })).length,
    since: since.toISOString(),
  };
};

const latest = (instants: readonly Date[]): number => Math.max(0, ...instants.map((at) => at.getTime()));

const isWithin = (at: Date, { days, now }: { readonly days: number; readonly now: Date }): boolean =>
  at <= now && now.getTime() - at.getTime() < days * DAY_MS;
