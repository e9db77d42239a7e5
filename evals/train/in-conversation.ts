import type { Example } from "./corpus.ts";

/** Messages of the club after which anything may follow. */
const SAID = [
  "You're welcome! See you soon.",
  "Thanks for letting us know.",
  "Your booking is confirmed.",
  "The desk is staffed until 8 pm.",
  "Hi! This is the club. How can we help?",
  "Is there anything else I can help you with?",
];
const SAID_SHARE = 0.4;
/** Shorter texts may well mean something else after a question. */
const PLAIN_MIN_WORDS = 3;

const SETTLES_ALONE: ReadonlySet<string> = new Set(["yes", "acknowledge", "no", "thanks"]);

/**
 * The same messages as they stand in a running conversation: the corpus names the club's words only where they decide,
 * and whoever learned from that alone would take every reply for a confirmation.
 */
export const inConversation = (examples: readonly Example[], seed: number): readonly Example[] => {
  const asked = [...new Set(examples.flatMap(({ clubAsked }) => clubAsked ?? []))];
  const draw = chanceFrom(seed);
  const pick = (texts: readonly string[]): string => texts[Math.floor(draw() * texts.length)] ?? "";
  return examples.flatMap((example): readonly Example[] => {
    if (example.clubAsked !== null) {
      return SETTLES_ALONE.has(example.subIntent) ? [{ ...example, clubAsked: null }] : [];
    }
    const isClear =
      example.category !== "confirmation" && example.subIntent !== "unclear" && example.text.split(/\s+/u).length >= PLAIN_MIN_WORDS;
    return isClear ? [{ ...example, clubAsked: draw() < SAID_SHARE || asked.length === 0 ? pick(SAID) : pick(asked) }] : [];
  });
};

/** Park and Miller's generator: the same seed, the same row of numbers between 0 and 1. */
const chanceFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 0x7f_ff_ff_ff;
    return state / 0x7f_ff_ff_ff;
  };
};
