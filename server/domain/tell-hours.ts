import { addDays, daysBetween, weekdayOf } from "./calendar-date.ts";
import { spansText } from "./hours-text.ts";
import { specialDaySentences, WEEK_DAYS, WEEK_SENTENCES, type KnownDay } from "./known-hours.ts";
import type { Policy, WeekHours } from "./policy.ts";

/** The days somebody asks about: all of the week, one that is named from today, or days of the week, 0 = Monday. */
export type AskedDays = "week" | "today" | "tomorrow" | ReadonlySet<number>;

/** A question for nothing but when the club is open, or when somebody is at its desk. */
export type AskedHours = { readonly about: "opening" | "staffed"; readonly days: AskedDays };

type Language = "en" | "es";
export type ClubHours = {
  readonly hours: Policy["hours"];
  readonly specialDays: readonly KnownDay[];
  /** On the club's calendar. */
  readonly todayOn: string;
};
type Question = { readonly asked: AskedHours; readonly language: Language };

const WEEK = new Set([0, 1, 2, 3, 4, 5, 6]);

/**
 * The club's own hours as an answer, computed for the very days: nothing of a day that nobody has decided yet. Null = it is not known, or
 * not known in this language.
 */
export const tellHours = (club: ClubHours, { asked, language }: Question): string | null => {
  const sentences =
    typeof asked.days === "string" && asked.days !== "week"
      ? ofDay(club, { asked, language, word: asked.days })
      : ofWeek(club, { asked, language, weekdays: asked.days === "week" ? WEEK : asked.days });
  return sentences === null || sentences.length === 0 ? null : sentences.join(" ");
};

type OfDay = Question & { readonly word: "today" | "tomorrow" };

const ofDay = ({ hours, specialDays, todayOn }: ClubHours, { asked, language, word }: OfDay): readonly string[] | null => {
  const onDate = addDays(todayOn, word === "today" ? 0 : 1);
  const special = specialDays.find((day) => day.onDate === onDate);
  if (special !== undefined && special.status !== "usual") {
    return language === "en" ? specialDaySentences(special, hours) : null;
  }
  const [opening, staffed] = [hours.opening?.[weekdayOf(onDate)] ?? null, hours.staffed?.[weekdayOf(onDate)] ?? null];
  const words = DAY_WORDS[language];
  const desk = staffed === null ? [] : [words.staffed(words[word], staffed)];
  if (asked.about === "staffed") {
    return desk;
  }
  return opening === null ? null : [words.opening(words[word], opening), ...(isAlike(opening, staffed) ? [] : desk)];
};

type Spans = WeekHours[number];

const DAY_WORDS = {
  en: {
    today: "Today",
    tomorrow: "Tomorrow",
    // "Today we are open 24 hours a day" is said by nobody.
    opening: (day: string, spans: Spans) =>
      `${day} we are ${spans.length === 0 ? "closed" : `open ${spansText(spans).replace("hours a day", "hours")}`}.`,
    staffed: (day: string, spans: Spans) =>
      `${day} the front desk is ${spans.length === 0 ? "not staffed" : `staffed ${spansText(spans)}`}.`,
  },
  es: {
    today: "Hoy",
    tomorrow: "Mañana",
    opening: (day: string, spans: Spans) => `${day} ${spans.length === 0 ? "está cerrado" : `abrimos ${spansText(spans, "es")}`}.`,
    staffed: (day: string, spans: Spans) =>
      `${day} la recepción ${spans.length === 0 ? "no atiende" : `atiende ${spansText(spans, "es")}`}.`,
  },
} as const satisfies Record<Language, unknown>;

const isAlike = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

type OfWeek = Question & { readonly weekdays: ReadonlySet<number> };

const ofWeek = ({ hours, specialDays, todayOn }: ClubHours, { asked, language, weekdays }: OfWeek): readonly string[] | null => {
  const special = specialDays.filter(({ onDate, status }) => {
    const away = daysBetween(todayOn, onDate);
    return status !== "usual" && away >= 0 && away < WEEK_DAYS && weekdays.has(weekdayOf(onDate));
  });
  if (special.some(({ status }) => status === "asked") || (special.length > 0 && language !== "en")) {
    return null;
  }
  const isOther = (weekday: number): boolean => special.some(({ onDate }) => weekdayOf(onDate) === weekday);
  const only = (week: WeekHours | null) =>
    week?.map((spans, weekday) => (weekdays.has(weekday) && !isOther(weekday) ? spans : null)) ?? null;
  const [opening, staffed] = [only(hours.opening), only(hours.staffed)];
  const words = WEEK_SENTENCES[language];
  const days = special.flatMap((day) => specialDaySentences(day, hours));
  const desk = staffed === null ? [] : words.staffed(staffed);
  if (asked.about === "staffed") {
    return staffed === null ? null : [...desk, ...days];
  }
  return opening === null ? null : [...words.opening(opening), ...(isAlike(opening, staffed) ? [] : desk), ...days];
};
