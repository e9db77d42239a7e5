import { z } from "zod";

import { doubledIn, SentenceTranslation, TRANSLATION_BOUNDS } from "./article-translations.ts";
import { ASKED_BOUNDS, AskedQuestion, contradictingIn } from "./asked-questions.ts";
import { CalendarDate } from "./calendar-date-schema.ts";
import { normaliseForHash } from "./text.ts";

export const FACT_KINDS = ["hours", "price", "date", "phone", "link", "policy", "other"] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export const ARTICLE_STATUSES = ["draft", "proposed", "published", "archived"] as const;
export type ArticleStatus = (typeof ARTICLE_STATUSES)[number];

export const ARTICLE_SOURCES = ["written", "imported_page", "imported_file", "correction", "gap", "answers", "demo"] as const;
export type ArticleSource = (typeof ARTICLE_SOURCES)[number];

/** Chosen by us: what people still read through, and what leaves room for many articles in one prompt. */
export const ARTICLE_BOUNDS = {
  titleMaxCharacters: 120,
  bodyMaxCharacters: 8_000,
  factMaxCount: 50,
  labelMaxCharacters: 80,
  valueMaxCharacters: 300,
  reasonMinCharacters: 3,
  reasonMaxCharacters: 200,
  /** What one text message may carry in an answer. */
  correctionMaxCharacters: 480,
} as const;

const line = (maxCharacters: number, missing: string) =>
  z.string().trim().min(1, missing).max(maxCharacters, `at most ${maxCharacters} characters`);
const day = CalendarDate.nullable();

const validity = { validFromOn: day, validUntilOn: day };
type Validity = { readonly validFromOn: string | null; readonly validUntilOn: string | null };
const endsAfterItBegins = ({ validFromOn, validUntilOn }: Validity): boolean =>
  validFromOn === null || validUntilOn === null || validFromOn <= validUntilOn;
const ORDER = { error: "it ends before it begins", path: ["validUntilOn"] };

const factShape = {
  /** Stays with the fact over all versions of its article. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, "not an id of a fact"),
  kind: z.enum(FACT_KINDS),
  label: line(ARTICLE_BOUNDS.labelMaxCharacters, "say what it is the value of"),
  value: line(ARTICLE_BOUNDS.valueMaxCharacters, "write the value"),
  ...validity,
};

/** A fact as people write it. */
export const FactDraft = z.object(factShape).refine(endsAfterItBegins, ORDER);
export type FactDraft = z.infer<typeof FactDraft>;

/** A fact as it is kept: one checkable statement, the days it holds, and whether somebody has silenced it. */
export const Fact = z.object({
  ...factShape,
  /** ISO 8601. While set Spotter does not say it. */
  stoppedAt: z.iso.datetime().nullable(),
  stopReason: z.string().nullable(),
});
export type Fact = z.infer<typeof Fact>;

/** What people write in the editor. */
export const ArticleContent = z
  .object({
    title: line(ARTICLE_BOUNDS.titleMaxCharacters, "give it a title"),
    body: z.string().trim().max(ARTICLE_BOUNDS.bodyMaxCharacters, `at most ${ARTICLE_BOUNDS.bodyMaxCharacters} characters`),
    facts: z.array(FactDraft).max(ARTICLE_BOUNDS.factMaxCount, `at most ${ARTICLE_BOUNDS.factMaxCount} facts`),
    /** A question whose sentence is gone from the text stays with the article, and is not used. */
    asked: z.array(AskedQuestion).max(ASKED_BOUNDS.maxCount, `at most ${ASKED_BOUNDS.maxCount} questions`),
    /** One whose sentence is gone from the text stays with the article, and is not used. */
    translations: z
      .array(SentenceTranslation)
      .max(TRANSLATION_BOUNDS.maxCount, `at most ${TRANSLATION_BOUNDS.maxCount} translated sentences`),
    ...validity,
  })
  .refine(endsAfterItBegins, ORDER)
  .refine(({ body, facts }) => body !== "" || facts.length > 0, { error: "write a text or a fact", path: ["body"] })
  .refine(({ asked }) => contradictingIn(asked).length === 0, {
    error: "one question stands as answered and as not answered: keep one of the two",
    path: ["asked"],
  })
  .refine(({ translations }) => doubledIn(translations).length === 0, {
    error: "one sentence is translated twice into one language: keep one of the two",
    path: ["translations"],
  })
  .refine(({ facts }) => new Set(facts.map(({ id }) => id)).size === facts.length, { error: "two facts have one id", path: ["facts"] });
export type ArticleContent = z.infer<typeof ArticleContent>;

/** Why somebody silences a fact or an article. */
export const StopReason = z.object({
  reason: z
    .string()
    .trim()
    .min(ARTICLE_BOUNDS.reasonMinCharacters, "say in a few words what is wrong")
    .max(ARTICLE_BOUNDS.reasonMaxCharacters, `at most ${ARTICLE_BOUNDS.reasonMaxCharacters} characters`),
});
export type StopReason = z.infer<typeof StopReason>;

/** What somebody who was told something wrong is told next. */
export const CorrectionText = z.object({
  text: z
    .string()
    .trim()
    .min(1, "write what is right")
    .max(ARTICLE_BOUNDS.correctionMaxCharacters, `a text may have ${ARTICLE_BOUNDS.correctionMaxCharacters} characters`),
});
export type CorrectionText = z.infer<typeof CorrectionText>;

/** Longer than any address that somebody types. */
const ADDRESS_MAX_CHARACTERS = 500;

/** A page to read articles from. Where it leads is checked when it is called. */
export const PageAddress = z.object({
  url: z.url({ protocol: /^https$/, error: "the address must begin with https://" }).max(ADDRESS_MAX_CHARACTERS),
});
export type PageAddress = z.infer<typeof PageAddress>;

const KIND_OF_OLD: Readonly<Record<string, FactKind>> = { rule: "policy" };

const StoredFact = z
  .object({
    id: z.string().optional(),
    kind: z.string(),
    label: z.string(),
    value: z.string(),
    validFromOn: z.string().nullable().default(null),
    validUntilOn: z.string().nullable().default(null),
    stoppedAt: z.string().nullable().default(null),
    stopReason: z.string().nullable().default(null),
  })
  .transform(({ kind, ...fact }) => ({ ...fact, kind: z.enum(FACT_KINDS).safeParse(kind).data ?? KIND_OF_OLD[kind] ?? "other" }));

/** The facts of a row. What cannot be read is left out, so that one bad entry does not silence the article. */
export const factsOf = (stored: unknown): readonly Fact[] =>
  z
    .array(z.unknown())
    .catch([])
    .parse(stored)
    .flatMap((entry, index) => {
      const { data } = StoredFact.safeParse(entry);
      return data === undefined ? [] : [{ ...data, id: data.id ?? `fact-${index + 1}` }];
    });

/** Both ends included; `null` = without an end on that side. */
export const isValidOn = ({ validFromOn, validUntilOn }: Validity, todayOn: string): boolean =>
  (validFromOn === null || validFromOn <= todayOn) && (validUntilOn === null || todayOn <= validUntilOn);

export const isFactSayable = (fact: Fact, todayOn: string): boolean => fact.stoppedAt === null && isValidOn(fact, todayOn);

/**
 * The facts of a new version with the stops of the one before: a stop holds for a value, so a corrected value is free
 * of it, and so is every fact once somebody says that all of it may be said again.
 */
export const withStops = (
  drafts: readonly FactDraft[],
  { before, isLifted }: { readonly before: readonly Fact[]; readonly isLifted: boolean },
): readonly Fact[] =>
  drafts.map((draft) => {
    const old = before.find(({ id }) => id === draft.id);
    const isSame = old !== undefined && normaliseForHash(old.value) === normaliseForHash(draft.value);
    return isSame && !isLifted
      ? { ...draft, stoppedAt: old.stoppedAt, stopReason: old.stopReason }
      : { ...draft, stoppedAt: null, stopReason: null };
  });
