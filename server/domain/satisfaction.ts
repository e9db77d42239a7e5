import { plainWords } from "./plain-words.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Chosen by rules §2–3: the question comes 10 minutes after a matter is settled, once in 30 days a person. */
export const ASK_AFTER_MINUTES = 10;
/** Later than this the question would come out of the blue, such as after a night without a server: it is left out. */
export const ASK_UNTIL_MINUTES = 60;
export const ASK_EVERY_DAYS = 30;
/** What was said or sent so recently decides whether somebody may be asked how it went. */
export const LOOK_BACK_DAYS = 7;
/** A figure counts as the answer for so long, as long as nothing else was written to the person meanwhile. */
export const ANSWER_WITHIN_DAYS = 3;

export type SettledMatter = {
  readonly isAsked: boolean;
  readonly settledAt: Date;
  readonly lastInboundAt: Date | null;
  readonly lastAskedAt: Date | null;
  /** A complaint, a wish for silence, an emergency or a reminder within the look-back. */
  readonly hadTrouble: boolean;
  /** Somebody of the club still has something to do for them, or was asked to let something happen. */
  readonly isOpen: boolean;
  readonly isSilenced: boolean;
  readonly isStopped: boolean;
};

/** Whether somebody may be asked now how they were served. */
export const mayAskScore = (matter: SettledMatter, now: Date): boolean => {
  const age = now.getTime() - matter.settledAt.getTime();
  return (
    matter.isAsked &&
    age >= ASK_AFTER_MINUTES * MINUTE_MS &&
    age <= ASK_UNTIL_MINUTES * MINUTE_MS &&
    (matter.lastInboundAt === null || matter.lastInboundAt <= matter.settledAt) &&
    (matter.lastAskedAt === null || now.getTime() - matter.lastAskedAt.getTime() >= ASK_EVERY_DAYS * DAY_MS) &&
    !matter.hadTrouble &&
    !matter.isOpen &&
    !matter.isSilenced &&
    !matter.isStopped
  );
};

const SCORES: ReadonlyMap<string, number> = new Map([
  ...["1", "one", "uno", "una"].map((word) => [word, 1] as const),
  ...["2", "two", "dos"].map((word) => [word, 2] as const),
  ...["3", "three", "tres"].map((word) => [word, 3] as const),
  ...["4", "four", "cuatro"].map((word) => [word, 4] as const),
  ...["5", "five", "cinco"].map((word) => [word, 5] as const),
]);

/** What may stand around a score without making it something else. */
const AROUND = /^(?:a|an|un|una|its a|i say|i give you a|le doy un|thanks|thank you|thx|gracias)$/;
const UNITS = /^(?:(?:out of|of|de) (?:5|five|cinco)|(?:star|stars|estrella|estrellas))$/;
const MAX_CHARACTERS = 40;
/** Letters, figures and the marks of "4/5" and "5!"; a question or another script is no score. */
const PLAIN = /^[\p{Script=Latin}\p{Mark}\d\s.,!'’]*$/u;
const STARS = /^(?:(?:\u2B50|\u{1F31F}|\u2605)\uFE0F?\s*){1,5}$/u;

/** The score of a text that is nothing but a score, 1 to 5: "4", "5!", "four stars", "4/5", "cinco", stars. Null for any other. */
export const readScore = (text: string): number | null => {
  const trimmed = text.trim();
  if (STARS.test(trimmed)) {
    return [...trimmed.matchAll(/\u2B50|\u{1F31F}|\u2605/gu)].length;
  }
  const said = trimmed.replace(/(?<=\d)\s*\/\s*5\b/, " of 5");
  if (said === "" || said.length > MAX_CHARACTERS || !PLAIN.test(said) || /\d[.,]\d/.test(said)) {
    return null;
  }
  const words = plainWords(said).split(" ");
  const scores = words.flatMap((word, index) => {
    const score = SCORES.get(word);
    const before = words.slice(0, index).join(" ");
    const rest = words.slice(index + 1);
    return score !== undefined && isAround(before) && isRest(rest) ? [score] : [];
  });
  const [first] = scores;
  return first === undefined || scores.some((score) => score !== first) ? null : first;
};

const isAround = (words: string): boolean => words === "" || AROUND.test(words);

/** "out of 5", "stars", then courtesy. */
const isRest = (words: readonly string[]): boolean =>
  words.length === 0 ||
  words.some((_word, index) => {
    const unit = words.slice(0, index).join(" ");
    return (unit === "" || UNITS.test(unit)) && isAround(words.slice(index).join(" "));
  }) ||
  UNITS.test(words.join(" "));

type Asking = { readonly clubName: string; readonly language: "en" | "es" };

export const scoreQuestion = ({ clubName, language }: Asking): string =>
  language === "es"
    ? `${clubName}, mensaje automático: ¿qué tal le atendimos, del 1 (mal) al 5 (muy bien)? Responda con un número, o ignore este mensaje.`
    : `${clubName}, automatic message: how did we do, from 1 (badly) to 5 (very well)? Reply with a number, or ignore this.`;

export const scoreThanks = (language: "en" | "es"): string => (language === "es" ? "Gracias, lo anotamos." : "Thank you, noted.");
