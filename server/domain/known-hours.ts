import { z } from "zod";

import { addDays, daysBetween, dayText, weekdayOf } from "./calendar-date.ts";
import { CalendarDate } from "./calendar-date-schema.ts";
import { closedDaysOf, openDaysOf, spansText } from "./hours-text.ts";
import type { KnownArticle } from "./knowledge-today.ts";
import type { Policy, WeekHours } from "./policy.ts";

export const SPECIAL_DAY_STATUSES = ["asked", "closed", "open", "usual"] as const;
export type SpecialDayStatus = (typeof SPECIAL_DAY_STATUSES)[number];

/** A holiday or another day with hours of its own. */
export type KnownDay = {
  readonly onDate: string;
  readonly name: string;
  readonly status: SpecialDayStatus;
  readonly openSpans: WeekHours[number];
  readonly staffedSpans: WeekHours[number];
};

type Input = {
  readonly hours: Policy["hours"];
  readonly specialDays: readonly KnownDay[];
  readonly todayOn: string;
  /** Language tags; English is always among what is written. */
  readonly languages: readonly string[];
};

/** `null` = nobody has told the hours of this day, or it is not asked about. */
type KnownWeek = readonly (WeekHours[number] | null)[];

/** What is said of the days of a week, one sentence for each run of days with equal hours. */
export const WEEK_SENTENCES = {
  en: {
    opening: (week: KnownWeek): readonly string[] => [
      ...openDaysOf(week).map((days) => `We are open ${days}.`),
      ...closedDaysOf(week).map((days) => `We are closed on ${days}.`),
    ],
    staffed: (week: KnownWeek): readonly string[] => [
      ...openDaysOf(week).map((days) => `The front desk is staffed ${days}.`),
      ...closedDaysOf(week).map((days) => `The front desk is closed on ${days}.`),
    ],
  },
  es: {
    opening: (week: KnownWeek): readonly string[] => [
      ...openDaysOf(week, "es").map((days) => `Abrimos ${days}.`),
      ...closedDaysOf(week, "es").map((days) => `No abrimos ${days}.`),
    ],
    staffed: (week: KnownWeek): readonly string[] => openDaysOf(week, "es").map((days) => `La recepción atiende ${days}.`),
  },
} as const;

/** The articles that are made of the club's rules and special days, and of nothing somebody wrote. */
export const HOURS_ARTICLES = { opening: "hours", staffed: "hours-staffed", specialDays: "special-days", spanish: "hours-es" } as const;

const RULES: ReadonlySet<string> = new Set(Object.values(HOURS_ARTICLES));

/** Made of the club's rules and not written. */
export const isMadeOfRules = ({ id }: { readonly id: string }): boolean => RULES.has(id);

/** Of a special day further away nobody asks yet. */
const SPECIAL_DAY_HORIZON_DAYS = 60;
/** Whoever says "Thursday" means one of the next seven days. */
export const WEEK_DAYS = 7;

/**
 * The hours of the club's rules and of its special days as articles to quote. A day about which Spotter has asked and
 * heard nothing is left out: neither its date is named nor, within the week before it, the hours of its weekday.
 */
export const hoursArticles = ({ hours, specialDays, todayOn, languages }: Input): readonly KnownArticle[] => {
  const near = specialDays.filter(({ onDate }) => {
    const away = daysBetween(todayOn, onDate);
    return away >= 0 && away < SPECIAL_DAY_HORIZON_DAYS;
  });
  const isOther = (weekday: number): boolean =>
    near.some(({ onDate, status }) => status !== "usual" && weekdayOf(onDate) === weekday && onDate < addDays(todayOn, WEEK_DAYS));
  const week = (hoursOfWeek: WeekHours | null) => hoursOfWeek?.map((spans, weekday) => (isOther(weekday) ? null : spans)) ?? [];
  const [opening, staffed] = [week(hours.opening), week(hours.staffed)];
  const article = (id: string, { title, sentences }: { readonly title: string; readonly sentences: readonly string[] }) =>
    sentences.length === 0 ? [] : [{ id, title, body: sentences.join(" "), version: 0, facts: [] }];
  return [
    ...article(HOURS_ARTICLES.opening, {
      title: "Opening hours",
      sentences: WEEK_SENTENCES.en.opening(opening),
    }),
    ...article(HOURS_ARTICLES.staffed, {
      title: "Front desk hours",
      sentences: WEEK_SENTENCES.en.staffed(staffed),
    }),
    ...article(HOURS_ARTICLES.specialDays, { title: "Holiday hours", sentences: near.flatMap((day) => specialDaySentences(day, hours)) }),
    ...(languages.includes("es")
      ? article(HOURS_ARTICLES.spanish, {
          title: "Horario",
          sentences: [...WEEK_SENTENCES.es.opening(opening), ...WEEK_SENTENCES.es.staffed(staffed)],
        })
      : []),
  ];
};

/** What is said of a day with hours of its own; nothing where nobody has decided. */
export const specialDaySentences = (
  { name, onDate, status, openSpans, staffedSpans }: KnownDay,
  hours: Policy["hours"],
): readonly string[] => {
  const day = `On ${name}, ${dayText(onDate)},`;
  switch (status) {
    case "asked":
      return [];
    case "closed":
      return [`${day} we are closed.`];
    case "usual": {
      const spans = hours.opening?.[weekdayOf(onDate)] ?? [];
      return [`${day} we keep our usual hours${spans.length === 0 ? "" : `, ${spansText(spans)}`}.`];
    }
    case "open":
      return [
        `${day} we are open ${spansText(openSpans)}.`,
        staffedSpans.length === 0
          ? `${day} the front desk is not staffed.`
          : `${day} the front desk is staffed ${spansText(staffedSpans)}.`,
      ];
  }
};

/** Chosen by us: one sentence, and what is still a notice and no article. */
const NOTICE_MAX_CHARACTERS = 200;

/** What people write in a notice. */
export const NoticeContent = z.object({
  text: z.string().trim().min(3, "say what is different").max(NOTICE_MAX_CHARACTERS, `at most ${NOTICE_MAX_CHARACTERS} characters`),
  /** The last day on which it holds, on the club's calendar. */
  untilOn: CalendarDate,
});
export type NoticeContent = z.infer<typeof NoticeContent>;

type Notice = { readonly id: string; readonly text: string; readonly untilOn: string };

const NOTICE_PREFIX = "notice:";
export const isNotice = ({ id }: { readonly id: string }): boolean => id.startsWith(NOTICE_PREFIX);

/** What holds for a while, as an article to quote. */
export const noticeArticle = ({ id, text, untilOn }: Notice): KnownArticle => ({
  id: `${NOTICE_PREFIX}${id}`,
  title: "Notice",
  body: `${text}${/[.!?]$/.test(text) ? "" : "."} This holds until ${dayText(untilOn)}.`,
  version: 0,
  facts: [],
});

const FRIDAY = 4;

/** The ready choices for the end of a notice; on a Friday the next one is meant. */
export const noticeEnds = (todayOn: string): readonly { readonly label: string; readonly untilOn: string }[] => [
  { label: "Today", untilOn: todayOn },
  { label: "Tomorrow", untilOn: addDays(todayOn, 1) },
  { label: "Friday", untilOn: addDays(todayOn, ((FRIDAY - weekdayOf(todayOn) + 6) % 7) + 1) },
];
