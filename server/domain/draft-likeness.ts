import { readClaims, type Claim } from "./claims.ts";
import { supportOf } from "./fact-lock.ts";
import { likeness as cosine, type Encode } from "./sentence-vectors.ts";
import { normaliseForHash } from "./text.ts";

/**
 * From here on two answers count as the same. Chosen on the invented pairs of draft-likeness.test.ts: the same answer in
 * other words lies above it (0.52 to 0.76), another answer to the same question below (0.16 to 0.49).
 */
export const AGREED_LIKENESS = 0.5;
/** Words alone miss paraphrases, vectors alone miss the one word that matters: meaning counts a little more. */
const MEANING_SHARE = 0.6;

export type DraftLikeness = {
  /** 0 to 1: how alike the two texts are. */
  readonly likenessRatio: number;
  /** Alike enough, no figure, date or link of one contradicts the other, and neither says no where the other says yes. */
  readonly isAgreed: boolean;
};

/** Staff sent the draft as it was. */
export const UNCHANGED: DraftLikeness = { likenessRatio: 1, isAgreed: true };
/** Staff saw no need to answer at all. */
export const UNANSWERED: DraftLikeness = { likenessRatio: 0, isAgreed: false };

type Pair = { readonly draft: string; readonly sent: string };

/** How near a draft comes to what staff really sent. Without an encoder only the words count. */
export const compareTexts = async ({ draft, sent }: Pair, encode: Encode | null): Promise<DraftLikeness> => {
  const words = wordLikeness(draft, sent);
  const [left, right] = encode === null ? [] : await encode([draft, sent]);
  const likenessRatio = left === undefined || right === undefined ? words : blend(words, cosine(left, right));
  return { likenessRatio, isAgreed: likenessRatio >= AGREED_LIKENESS && factsAgree(draft, sent) && saysNo(draft) === saysNo(sent) };
};

/** The same words are the same text, whatever the vectors say of their order. */
const blend = (words: number, meaning: number): number => {
  const kept = Math.min(Math.max(meaning, 0), 1);
  return words === 1 ? 1 : Math.min(MEANING_SHARE * kept + (1 - MEANING_SHARE) * words, 1);
};

/** F1 of the words two texts share, each word as often as it stands there: 1 = the same words, 0 = none in common. */
export const wordLikeness = (left: string, right: string): number => {
  const ours = countsOf(left);
  const theirs = countsOf(right);
  const shared = [...ours].reduce((sum, [word, count]) => sum + Math.min(count, theirs.get(word) ?? 0), 0);
  const total = sizeOf(ours) + sizeOf(theirs);
  return total === 0 ? 1 : (2 * shared) / total;
};

const countsOf = (text: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const word of normaliseForHash(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
};

const sizeOf = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);

/** What can contradict what: "at 5" may be an hour or an amount. */
const GROUPS: readonly ReadonlySet<Claim["kind"]>[] = [
  new Set<Claim["kind"]>(["money", "percent", "number"]),
  new Set<Claim["kind"]>(["date", "month", "time", "weekday", "allDay", "number"]),
  new Set<Claim["kind"]>(["link"]),
  new Set<Claim["kind"]>(["phone"]),
  new Set<Claim["kind"]>(["offer"]),
];

/** False where each text states a figure, a date or a link of one sort that the other does not state. Leaving one out is no contradiction. */
export const factsAgree = (left: string, right: string): boolean => {
  const onlyLeft = unmatched(left, right);
  const onlyRight = unmatched(right, left);
  return !GROUPS.some((group) => onlyLeft.some(({ kind }) => group.has(kind)) && onlyRight.some(({ kind }) => group.has(kind)));
};

const unmatched = (text: string, other: string): readonly Claim[] => {
  const support = supportOf([other]);
  return readClaims(text).filter(({ values }) => !values.some((value) => support.has(value)));
};

const POLITE_NO =
  /\b(?:no (?:problem|worries|rush|pressure|hay de que|hay problema)|not (?:a problem|at all)|why not|don['’]?t (?:hesitate|worry))\b/giu;
const NO =
  /\b(?:no|not|nope|never|cannot|can['’]?t|don['’]?t|doesn['’]?t|isn['’]?t|aren['’]?t|won['’]?t|didn['’]?t|unable|unfortunately|nunca|tampoco|ning[uú]n[ao]?)\b/iu;

const saysNo = (text: string): boolean => NO.test(text.replaceAll(POLITE_NO, " "));

type Voice = { readonly name: string; readonly disclosure: string; readonly translatedDisclosures: Readonly<Record<string, string>> };

/** A draft without the sentence that an AI writes: staff never send that one, so it says nothing about the draft. */
export const withoutDisclosure = (text: string, { agent, clubName }: { readonly agent: Voice; readonly clubName: string }): string => {
  const sentences = [agent.disclosure, ...Object.values(agent.translatedDisclosures)].map((sentence) =>
    sentence.replaceAll("{agentName}", agent.name).replaceAll("{clubName}", clubName).trim(),
  );
  const opening = sentences.find((sentence) => text.startsWith(sentence));
  return opening === undefined ? text : text.slice(opening.length).trim();
};
