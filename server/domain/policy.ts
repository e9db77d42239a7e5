import { z } from "zod";

import { AUTOMATIONS, AutomationSetting } from "./automations.ts";
import type { AutomationName } from "./automations.ts";
import { CATEGORIES } from "./categories.ts";
import type { Category } from "./intent.ts";
import { BUILT_IN_POLICY, POLICY_BOUNDS } from "./policy-defaults.ts";
import { Stage } from "./vocabulary-schemas.ts";

const MINUTES_PER_DAY = 1_440;

const text = (maxCharacters: number) => z.string().trim().min(1).max(maxCharacters);
const count = (bounds: { readonly min: number; readonly max: number }) => z.int().min(bounds.min).max(bounds.max);
const languageTag = z.string().regex(/^[a-z]{2,3}$/, "a language is written as two or three lower-case letters");

/** Reading this sentence a member knows that no person wrote the message. */
const disclosure = text(300).refine((sentence) => /\b(AI|IA|A\.I\.|artificial|virtual assistant|asistente virtual)\b/i.test(sentence), {
  error: "the disclosure must say that an AI writes",
});

const span = z
  .strictObject({
    startMinute: z
      .int()
      .min(0)
      .max(MINUTES_PER_DAY - 1),
    endMinute: z.int().min(1).max(MINUTES_PER_DAY),
  })
  .refine((value) => value.startMinute < value.endMinute, { error: "hours end after they start; split a night at midnight" });

const day = z
  .array(span)
  .max(4)
  .refine((spans) => spans.every((value, index) => index === 0 || (spans[index - 1]?.endMinute ?? 0) < value.startMinute), {
    error: "the hours of a day are in order and do not overlap",
  });

/** The hours of one day, club-local minutes after midnight; none = closed. */
export const DaySpans = day;

/** Club-local minutes after midnight, index 0 = Monday; an empty day is closed. */
export const WeekHours = z.tuple([day, day, day, day, day, day, day]);
export type WeekHours = z.infer<typeof WeekHours>;

const stages = z.strictObject(Object.fromEntries(CATEGORIES.map((category) => [category, Stage])) as Record<Category, typeof Stage>);

const ownThreshold = z.number().min(POLICY_BOUNDS.auto.min).max(POLICY_BOUNDS.auto.max).nullable();

const categoryThresholds = z.strictObject(
  Object.fromEntries(CATEGORIES.map((category) => [category, ownThreshold])) as Record<Category, typeof ownThreshold>,
);

const automations = z.strictObject(
  Object.fromEntries(AUTOMATIONS.map((name) => [name, AutomationSetting])) as Record<AutomationName, typeof AutomationSetting>,
);

/**
 * Every setting of one club as it holds after the layers are resolved. Each leaf (`stages.question`,
 * `burstWindowSeconds`) is valid by itself, so any mixture of valid layers is a valid policy.
 */
export const Policy = z.strictObject({
  agent: z.strictObject({
    name: text(40),
    personality: text(2_000),
    /** Sent before the first automatic message; `{agentName}` and `{clubName}` are filled in. */
    disclosure,
    /** The same sentence in other languages, by language tag. */
    translatedDisclosures: z.record(languageTag, disclosure),
    /** Languages in which the agent may answer alone. */
    languages: z.array(languageTag).min(1).max(12),
  }),
  stages,
  /** Each with a stage, two switches and limits of its own; they come before the category. */
  automations,
  /** Plain questions that an article answers for certain are answered without the model. */
  instantAnswers: z.boolean(),
  thresholds: z.strictObject({
    /** Confidence from which the agent answers alone; equal sends. */
    auto: z.number().min(POLICY_BOUNDS.auto.min).max(POLICY_BOUNDS.auto.max),
    /** Confidence below which a person answers. It can be raised, never lowered. */
    floor: z.number().min(POLICY_BOUNDS.floor.min).max(POLICY_BOUNDS.floor.max),
  }),
  /** Where a topic has a threshold of its own in place of `thresholds.auto`; `null` = it has none. */
  categoryThresholds,
  limits: z.strictObject({
    /** Counted until a person writes or `AUTOMATIC_REPLY_WINDOW_HOURS` pass. */
    automaticRepliesPerConversation: count(POLICY_BOUNDS.automaticRepliesPerConversation),
    automaticRepliesPerClubHour: count(POLICY_BOUNDS.automaticRepliesPerClubHour),
  }),
  burstWindowSeconds: count(POLICY_BOUNDS.burstWindowSeconds),
  /** Texted within a minute to whoever called in vain, once in 12 hours; `null` = nothing is texted. */
  missedCallText: text(300).nullable(),
  /** How long a person keeps a conversation after writing before the agent answers in it again. */
  handBackHours: count(POLICY_BOUNDS.handBackHours),
  replyMaxSentences: count(POLICY_BOUNDS.replyMaxSentences),
  replyMaxCharacters: count(POLICY_BOUNDS.replyMaxCharacters),
  /** Hosts whose plain address may stand in an answer; any other link must be a fact of the club. */
  allowedLinkHosts: z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)).max(20),
  budgets: z.strictObject({
    /** Millionths of a US dollar. */
    dailyCostMicros: count(POLICY_BOUNDS.dailyCostMicros),
    dailyTokens: count(POLICY_BOUNDS.dailyTokens),
    /** Of one run of the agent, and of one conversation in 24 hours; millionths of a US dollar. */
    runCostMicros: count(POLICY_BOUNDS.runCostMicros),
    conversationCostMicros: count(POLICY_BOUNDS.conversationCostMicros),
  }),
  /** `null` = nobody told Spotter yet, and it does not guess. */
  hours: z.strictObject({ opening: WeekHours.nullable(), staffed: WeekHours.nullable() }),
  /** Recipient-local; a window over midnight has its end before its start. Reminders and campaigns wait for its end. */
  quietHours: z.strictObject({
    startMinute: z
      .int()
      .min(0)
      .max(MINUTES_PER_DAY - 1),
    endMinute: z
      .int()
      .min(0)
      .max(MINUTES_PER_DAY - 1),
  }),
  /** `null` = the model of the installation (`AGENT_MODEL`). */
  /** `agent` for all messages, `hard` where the local reading is torn; `null` = the model of the installation (`AGENT_MODEL`). */
  models: z.strictObject({ agent: text(80).nullable(), hard: text(80).nullable() }),
  /** What the agent must have shown before a higher stage is offered, and when it loses one. */
  learning: z.strictObject({
    /** Drafts compared with what staff sent, within 30 days. */
    minDrafts: count(POLICY_BOUNDS.minDrafts),
    agreementRatio: z.number().min(POLICY_BOUNDS.agreementRatio.min).max(POLICY_BOUNDS.agreementRatio.max),
    /** So many corrections of automatic answers within 7 days take `auto` back to `suggest`. */
    demoteAfterCorrections: count(POLICY_BOUNDS.demoteAfterCorrections),
  }),
  /** One optional question from 1 to 5 after a resolution. */
  asksSatisfaction: z.boolean(),
});

export type Policy = z.infer<typeof Policy>;

/** Confidence from which the agent answers alone on a topic: the topic's own bound, or the general one. */
export const autoThreshold = (policy: Policy, category: Category): number => policy.categoryThresholds[category] ?? policy.thresholds.auto;

const shape = Policy.shape;

/** What one layer sets; everything absent comes from the layer below. Unknown settings are refused. */
export const PolicyDocument = z
  .strictObject({
    ...shape,
    agent: shape.agent.partial(),
    stages: shape.stages.partial(),
    automations: shape.automations.partial(),
    thresholds: shape.thresholds.partial(),
    categoryThresholds: shape.categoryThresholds.partial(),
    limits: shape.limits.partial(),
    budgets: shape.budgets.partial(),
    hours: shape.hours.partial(),
    quietHours: shape.quietHours.partial(),
    models: shape.models.partial(),
    learning: shape.learning.partial(),
  })
  .partial();

export type PolicyDocument = z.infer<typeof PolicyDocument>;

const SECTIONS = [
  "agent",
  "stages",
  "automations",
  "thresholds",
  "categoryThresholds",
  "limits",
  "budgets",
  "hours",
  "quietHours",
  "models",
  "learning",
] as const;
type Section = (typeof SECTIONS)[number];
const isSection = (key: string): key is Section => SECTIONS.some((section) => section === key);

/** Each setting by its path, such as `stages.complaint`. */
export const POLICY_PATHS: readonly string[] = Object.keys(shape).flatMap((key) =>
  isSection(key) ? Object.keys(shape[key].shape).map((leaf) => `${key}.${leaf}`) : [key],
);

/** A setting, or a whole section (`stages`), that a franchise may lock. */
export const LockedPath = z.string().refine((path) => POLICY_PATHS.includes(path) || isSection(path), { error: "no such setting" });

type Layers = {
  readonly franchise: { readonly document: PolicyDocument; readonly lockedPaths: readonly string[]; readonly version: number } | null;
  readonly club: { readonly document: PolicyDocument; readonly version: number } | null;
};

/**
 * The policy a club works under: franchise locked > club override > franchise default > built in.
 * A locked path the franchise sets no value for is held at the built-in one. The version names both
 * layers (`f3.c7`; 0 = the layer sets nothing).
 * @throws ZodError when a document was not checked with `PolicyDocument`
 */
export const resolvePolicy = ({ franchise, club }: Layers): { policy: Policy; version: string } => {
  const base = overlay(BUILT_IN_POLICY, franchise?.document ?? {}, () => true);
  const locked = new Set(franchise?.lockedPaths ?? []);
  const isOpen = (path: string): boolean => !locked.has(path) && !locked.has(path.split(".")[0] ?? path);
  const merged = overlay(base, club?.document ?? {}, isOpen);
  return { policy: Policy.parse(merged), version: `f${franchise?.version ?? 0}.c${club?.version ?? 0}` };
};

type Values = Readonly<Record<string, unknown>>;

const overlay = (base: Values, document: PolicyDocument, isOpen: (path: string) => boolean): Values => {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(document)) {
    if (value === undefined) {
      continue;
    }
    if (isSection(key)) {
      merged[key] = { ...asValues(merged[key]), ...openLeaves(key, asValues(value), isOpen) };
    } else if (isOpen(key)) {
      merged[key] = value;
    }
  }
  return merged;
};

const openLeaves = (section: Section, leaves: Values, isOpen: (path: string) => boolean): Values =>
  Object.fromEntries(Object.entries(leaves).filter(([leaf, value]) => value !== undefined && isOpen(`${section}.${leaf}`)));

const asValues = (value: unknown): Values => (typeof value === "object" && value !== null ? { ...value } : {});
