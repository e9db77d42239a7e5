import type { AskedDays, AskedHours } from "../domain/tell-hours.ts";

import { datesIn, holidaysIn, weekdaysIn } from "./answering/occasions.ts";
import { tokenize } from "./tokens.ts";

const wordsOf = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.join(" ").split(" "));

/** Of a club that opens and closes. */
const OPENS = wordsOf("open opens opened close closes closed closing opening hours");
const OPENS_IN_SPANISH = wordsOf("abren abre abierto abiertos cierran cierra cerrado cerrados horario horarios");
/** Of people at the counter, who are asked about together with a time. */
const STAFFED = wordsOf("desk front reception staffed staff recepcion mostrador");
const TIME = wordsOf("time when hours staffed hora");
const TODAY = wordsOf("today tonight now yet currently still hoy ahora ahorita todavia");
const TOMORROW = wordsOf("tomorrow manana");
const WEEKDAY = wordsOf(
  "mon monday mondays tue tues tuesday tuesdays wed weds wednesday wednesdays thu thur thurs thursday thursdays fri friday fridays",
  "sat saturday saturdays sun sunday sundays weekday weekdays weekend weekends",
  "lunes martes miercoles jueves viernes sabado sabados domingo domingos entre semana fin fines",
);
/**
 * What may stand beside them without asking for anything else: one word that is not among these, a pool, a class, an account, and the
 * question is another one.
 */
const BESIDE = wordsOf(
  "hi hello hey yo thanks thank please just quick q question wondering know tell me could can do does are is will be it there so and or if not",
  "you guys yall all the a your this gym club place fitness center location here on at of for in to until till through up",
  "what whats when how which time times late early long right business operating regular normal usual day days week every each daily",
  "morning evening night noon midnight am pm 7",
  "ok okay great cool nice perfect btw so really actually usually normally correct its youre",
  "hola oye buenas gracias por favor una pregunta que cual cuales es son el la los las de del a hasta desde hora horas su sus tu ustedes estan esta tienen",
  "gimnasio en tarde temprano y o saber para dias semana todos",
);
const CLOCK = /^(?:1[0-2]|[1-9])(?:am|pm)?$/;
/** An open gym is an activity, what is open is a part of the club, near is no closing, and open to somebody no opening. */
const ANOTHER =
  /\b(?:el|on the|dia)(?: (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo))? \d{1,2}\b(?! (?:am|pm|de la))|\bopen (?:gym|to)\b|\bwhat(?:s| is| are)? open\b|\bhow close\b|\bclose to\b/;

/** A day number is none: "on the 24" is Christmas Eve. */
const ALL_DAY = /\b24 ?(?:\/|x)? ?7\b|\b24[ -]?(?:hours?|hrs?|horas?|h)\b/gi;

/**
 * A text that asks for nothing but the club's hours, in English or Spanish; null for everything else. Each of its words has to be one
 * that is said about hours, so that the hours of a pool, of Thanksgiving or of a date are another question.
 */
export const hoursQuestionIn = (written: string): (AskedHours & { readonly language: "en" | "es" }) | null => {
  const text = written.replaceAll(ALL_DAY, " ");
  const words = tokenize(text).flatMap(({ word }) => (/^[?!]$/.test(word) ? [] : word.split(" ")));
  const line = words.join(" ");
  const has = (among: ReadonlySet<string>): boolean => words.some((word) => among.has(word));
  const isSaidOfHours = (word: string): boolean =>
    [OPENS, OPENS_IN_SPANISH, STAFFED, TODAY, TOMORROW, WEEKDAY, BESIDE].some((among) => among.has(word)) || CLOCK.test(word);
  const isAsked = has(OPENS) || has(OPENS_IN_SPANISH) || (has(STAFFED) && has(TIME));
  if (!isAsked || !words.every(isSaidOfHours) || ANOTHER.test(line) || datesIn(text).length > 0 || holidaysIn(text).size > 0) {
    return null;
  }
  return { about: has(STAFFED) ? "staffed" : "opening", days: daysIn(text, line), language: has(OPENS_IN_SPANISH) ? "es" : "en" };
};

/** In the morning is not tomorrow, where both have one word. */
const MORNING = /\bla manana\b/g;

const daysIn = (text: string, line: string): AskedDays => {
  const words = line.replaceAll(MORNING, "").split(" ");
  const weekdays = weekdaysIn(text);
  const named: readonly AskedDays[] = [
    ...(words.some((word) => TODAY.has(word)) ? (["today"] as const) : []),
    ...(words.some((word) => TOMORROW.has(word)) ? (["tomorrow"] as const) : []),
    ...(weekdays.size > 0 && weekdays.size < 7 ? [weekdays] : []),
  ];
  // "Today and on Sunday" is two questions; all of the week answers both.
  return named.length === 1 ? (named[0] ?? "week") : "week";
};
