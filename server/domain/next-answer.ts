import { daysBetween, dayText, todayIn, WEEKDAY_NAMES, weekdayOf } from "./calendar-date.ts";
import type { KnownDay } from "./known-hours.ts";
import { formatInTimeZone } from "./local-time.ts";
import type { WeekHours } from "./policy.ts";
import { staffedStretches, type Stretch } from "./staffed-stretches.ts";

/** When a person answers what was passed to them, as the member is told and as the task has it. */
export type NextAnswer =
  | { readonly kind: "within"; readonly minutes: number; readonly dueAt: Date }
  | { readonly kind: "opens"; readonly opensAt: Date; readonly dueAt: Date }
  /** Nobody told Spotter the hours, and it does not guess. */
  | { readonly kind: "unknown"; readonly dueAt: Date };

type Input = {
  readonly now: Date;
  readonly timeZone: string;
  /** Staffed hours of the week; null = nobody has told. */
  readonly staffed: WeekHours | null;
  readonly specialDays: readonly KnownDay[];
};

/** Chosen by us: a person answers within half a working day, and of what waits since the night within an hour of opening. */
export const ANSWER_MINUTES = 240;
export const AFTER_OPENING_MINUTES = 60;
/** With less than this left nobody begins with an answer. */
export const LEAST_MINUTES = 15;
/** Whoever opens later than this has no date to name. */
const HORIZON_DAYS = 14;
const MINUTE_MS = 60_000;

/**
 * When a person will answer: within some hours while the desk is staffed long enough, else after it opens again. The hours of
 * a day that nobody has decided are unknown, and so is everything behind it.
 */
export const nextAnswer = (input: Input): NextAnswer => {
  const { now } = input;
  const stretches = stretchesFrom(input);
  const current = stretches.find(({ start, end }) => start <= now && now < end);
  const leftMinutes = current === undefined ? 0 : Math.floor((current.end.getTime() - now.getTime()) / MINUTE_MS);
  if (leftMinutes >= LEAST_MINUTES) {
    const minutes = wholeMinutes(Math.min(leftMinutes, ANSWER_MINUTES));
    return { kind: "within", minutes, dueAt: later(now, minutes) };
  }
  const next = stretches.find(({ start }) => start > now);
  return next === undefined
    ? { kind: "unknown", dueAt: later(now, ANSWER_MINUTES) }
    : { kind: "opens", opensAt: next.start, dueAt: later(next.start, AFTER_OPENING_MINUTES) };
};

/** The staffed times from today on, up to the first day of which nobody knows. */
const stretchesFrom = (input: Input): readonly Stretch[] =>
  staffedStretches(input, { fromDate: todayIn(input.timeZone, input.now), dayCount: HORIZON_DAYS + 1 });

/** What is promised is never later than what was counted: full hours, below one hour full quarters. */
const wholeMinutes = (minutes: number): number => (minutes >= 60 ? Math.floor(minutes / 60) * 60 : Math.floor(minutes / 15) * 15);

const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE_MS);

type Clock = { readonly now: Date; readonly timeZone: string; readonly language: "en" | "es" };

/** The end of the sentence "A person will answer you here …". */
export const nextAnswerText = (answer: NextAnswer, clock: Clock): string => {
  const isSpanish = clock.language === "es";
  switch (answer.kind) {
    case "unknown":
      return isSpanish ? "en cuanto pueda" : "as soon as they can";
    case "within":
      return isSpanish ? withinSpanish(answer.minutes) : withinEnglish(answer.minutes);
    case "opens":
      return isSpanish
        ? `cuando la recepción vuelva a abrir, ${momentSpanish(answer.opensAt, clock)}`
        : `when the desk opens again, ${momentEnglish(answer.opensAt, clock)}`;
  }
};

const withinEnglish = (minutes: number): string => {
  if (minutes < 60) {
    return `within about ${minutes} minutes`;
  }
  return minutes === 60 ? "within about an hour" : `within about ${minutes / 60} hours`;
};

const withinSpanish = (minutes: number): string => {
  if (minutes < 60) {
    return `en unos ${minutes} minutos`;
  }
  return minutes === 60 ? "en una hora aproximadamente" : `en unas ${minutes / 60} horas`;
};

const momentEnglish = (at: Date, { now, timeZone }: Clock): string => {
  const onDate = todayIn(timeZone, at);
  const time = englishTime(formatInTimeZone(at, timeZone, "HH:mm"));
  const away = daysBetween(todayIn(timeZone, now), onDate);
  if (away < 2) {
    return `${away === 0 ? "today" : "tomorrow"} at ${time}`;
  }
  return `${away < 7 ? (WEEKDAY_NAMES[weekdayOf(onDate)] ?? "") : dayText(onDate)} at ${time}`;
};

const SPANISH_DAYS = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"] as const;

const momentSpanish = (at: Date, { now, timeZone }: Clock): string => {
  const onDate = todayIn(timeZone, at);
  const time = formatInTimeZone(at, timeZone, "H:mm");
  const hour = `${time.startsWith("1:") ? "a la" : "a las"} ${time}`;
  const away = daysBetween(todayIn(timeZone, now), onDate);
  if (away < 2) {
    return `${away === 0 ? "hoy" : "mañana"} ${hour}`;
  }
  const day = `el ${SPANISH_DAYS[weekdayOf(onDate)] ?? ""}`;
  return `${away < 7 ? day : `${day} ${Number(onDate.slice(8))}/${Number(onDate.slice(5, 7))}`} ${hour}`;
};

const englishTime = (time: string): string => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  if (minute === 0 && hour % 12 === 0) {
    return hour === 0 ? "midnight" : "noon";
  }
  return `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? "" : `:${String(minute).padStart(2, "0")}`} ${hour < 12 ? "am" : "pm"}`;
};
