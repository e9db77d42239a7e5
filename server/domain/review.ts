import { readClaims, type Claim } from "./claims.ts";
import { formatInTimeZone } from "./local-time.ts";
import { normaliseForHash, stripInvisible } from "./text.ts";

/** One thing staff did to an answer of the agent, without the people in it. */
export type ReviewItem = {
  /** Of the correction, the rating or the approval. */
  readonly id: string;
  readonly kind: "edited" | "rated" | "rejected";
  readonly category: string | null;
  readonly draft: string;
  /** What staff sent instead, where they did. */
  readonly sent: string | null;
  /** 1 to 5. */
  readonly score: number | null;
  readonly comment: string | null;
};

export type RuleProposal = { readonly text: string; readonly evidenceIds: readonly string[] };

/** Chosen by us: fewer do not tell a habit from an accident. */
export const REVIEW_MIN_ITEMS = 5;
export const RULES_MAX_COUNT = 5;
const RULE_MIN_EVIDENCE = 2;
const RULE_MIN_CHARACTERS = 8;
const RULE_MAX_CHARACTERS = 160;

/** Monday, before the desk is busy; a review that was missed then is made up for during the week. */
const REVIEW_FROM_HOUR = 6;

/** ISO week of the club's calendar, `2026-W47`. */
export const isoWeekOf = (now: Date, timeZone: string): string => formatInTimeZone(now, timeZone, "RRRR-'W'II");

export const isReviewTime = (now: Date, timeZone: string): boolean => {
  const [day = "", hour = ""] = formatInTimeZone(now, timeZone, "i H").split(" ");
  return day !== "1" || Number(hour) >= REVIEW_FROM_HOUR;
};

/** How a text is written, not what is true: a rule that states one of these is no rule of style. */
const FACTS: ReadonlySet<Claim["kind"]> = new Set<Claim["kind"]>([
  "link",
  "phone",
  "percent",
  "money",
  "date",
  "month",
  "time",
  "weekday",
  "allDay",
  "offer",
]);

type Known = { readonly items: readonly ReviewItem[]; /** Rules there are or were, in any state. */ readonly existing: readonly string[] };

/** Of what the model proposes, what may be put before an owner: short, about style, resting on several cases, and new. */
export const usableRules = (proposals: readonly RuleProposal[], { existing, items }: Known): readonly RuleProposal[] => {
  const known = new Set(items.map(({ id }) => id));
  const seen = new Set(existing.map(normaliseForHash));
  const usable: RuleProposal[] = [];
  for (const proposal of proposals) {
    const text = stripInvisible(proposal.text).replaceAll(/\s+/gu, " ").trim();
    const evidenceIds = [...new Set(proposal.evidenceIds)].filter((id) => known.has(id));
    const key = normaliseForHash(text);
    const isStyle = !readClaims(text).some(({ kind }) => FACTS.has(kind));
    if (
      text.length >= RULE_MIN_CHARACTERS &&
      text.length <= RULE_MAX_CHARACTERS &&
      isStyle &&
      evidenceIds.length >= RULE_MIN_EVIDENCE &&
      !seen.has(key)
    ) {
      seen.add(key);
      usable.push({ text, evidenceIds });
    }
  }
  return usable.slice(0, RULES_MAX_COUNT);
};
