import type { WeekHours } from "./policy.ts";

type Words = {
  readonly days: readonly string[];
  /** Between the first and last day of a row, and between two days. */
  readonly to: string;
  readonly and: string;
  readonly from: string;
  readonly until: string;
  readonly noon: string;
  readonly midnight: string;
  readonly allDay: string;
};

/** Hours of one day, or of a run of days that are alike. */
type Spans = WeekHours[number];
/** `null` = nobody has told the hours of this day. */
type KnownWeek = readonly (Spans | null)[];

const ENGLISH: Words = {
  days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  to: "to",
  and: "and",
  from: "from",
  until: "to",
  noon: "noon",
  midnight: "midnight",
  allDay: "24 hours a day",
};

const SPANISH: Words = {
  days: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
  to: "a",
  and: "y",
  from: "de",
  until: "a",
  noon: "mediodía",
  midnight: "medianoche",
  allDay: "las 24 horas",
};

const WORDS = { en: ENGLISH, es: SPANISH } as const;

/** `Monday to Friday from 5 am to 11 pm`, one text for each run of days with equal hours; closed and unknown days are left out. */
export const openDaysOf = (hours: KnownWeek, language: "en" | "es" = "en"): readonly string[] => {
  const words = WORDS[language];
  return runsOf(hours).flatMap(({ first, last, spans }) =>
    spans === null || spans.length === 0 ? [] : [`${daysText(words, first, last)} ${spansText(spans, language)}`],
  );
};

/** `Saturday and Sunday`, one text for each run of closed days. */
export const closedDaysOf = (hours: KnownWeek, language: "en" | "es" = "en"): readonly string[] =>
  runsOf(hours).flatMap(({ first, last, spans }) => (spans?.length === 0 ? [daysText(WORDS[language], first, last)] : []));

/** `from 9 am to noon and from 2 pm to 6 pm`, or `24 hours a day`. */
export const spansText = (spans: Spans, language: "en" | "es" = "en"): string => {
  const words = WORDS[language];
  return spans
    .map(({ startMinute, endMinute }) =>
      startMinute === 0 && endMinute === MINUTES_PER_DAY
        ? words.allDay
        : `${words.from} ${clock(startMinute, words)} ${words.until} ${clock(endMinute, words)}`,
    )
    .join(` ${words.and} `);
};

const MINUTES_PER_DAY = 1_440;

type Run = { readonly first: number; readonly last: number; readonly spans: Spans | null };

const runsOf = (hours: KnownWeek): readonly Run[] => {
  const runs: Run[] = [];
  hours.forEach((spans, day) => {
    const run = runs.at(-1);
    if (run !== undefined && JSON.stringify(run.spans) === JSON.stringify(spans)) {
      runs[runs.length - 1] = { ...run, last: day };
    } else {
      runs.push({ first: day, last: day, spans });
    }
  });
  return runs;
};

const daysText = (words: Words, first: number, last: number): string => {
  const [from = "", until = ""] = [words.days[first], words.days[last]];
  if (first === last) {
    return from;
  }
  return last - first === 1 ? `${from} ${words.and} ${until}` : `${from} ${words.to} ${until}`;
};

const clock = (minute: number, words: Words): string => {
  if (minute === 720) {
    return words.noon;
  }
  if (minute === 0 || minute === MINUTES_PER_DAY) {
    return words.midnight;
  }
  const hour = Math.floor(minute / 60);
  const minutes = minute % 60 === 0 ? "" : `:${(minute % 60).toString().padStart(2, "0")}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes} ${hour < 12 ? "am" : "pm"}`;
};
