import type { WeekHours } from "#server/domain/policy.ts";

type Words = {
  readonly days: readonly string[];
  /** Between the first and last day of a row, and between two days. */
  readonly to: string;
  readonly and: string;
  readonly from: string;
  readonly until: string;
  readonly noon: string;
  readonly midnight: string;
};

const ENGLISH: Words = {
  days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  to: "to",
  and: "and",
  from: "from",
  until: "to",
  noon: "noon",
  midnight: "midnight",
};

const SPANISH: Words = {
  days: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
  to: "a",
  and: "y",
  from: "de",
  until: "a",
  noon: "mediodía",
  midnight: "medianoche",
};

/** `Monday to Friday from 5 am to 11 pm`, one text for each run of days with equal hours; closed days are left out. */
export const openDaysOf = (hours: WeekHours, language: "en" | "es" = "en"): readonly string[] => {
  const words = language === "en" ? ENGLISH : SPANISH;
  return runsOf(hours).flatMap(({ first, last, spans }) =>
    spans.length === 0
      ? []
      : [
          `${daysText(words, first, last)} ${spans.map((span) => `${words.from} ${clock(span.startMinute, words)} ${words.until} ${clock(span.endMinute, words)}`).join(` ${words.and} `)}`,
        ],
  );
};

/** `Saturday and Sunday`, one text for each run of closed days. */
export const closedDaysOf = (hours: WeekHours): readonly string[] =>
  runsOf(hours).flatMap(({ first, last, spans }) => (spans.length === 0 ? [daysText(ENGLISH, first, last)] : []));

type Run = { readonly first: number; readonly last: number; readonly spans: WeekHours[number] };

const runsOf = (hours: WeekHours): readonly Run[] => {
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
  if (minute === 0 || minute === 1_440) {
    return words.midnight;
  }
  const hour = Math.floor(minute / 60);
  const minutes = minute % 60 === 0 ? "" : `:${(minute % 60).toString().padStart(2, "0")}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes} ${hour < 12 ? "am" : "pm"}`;
};
