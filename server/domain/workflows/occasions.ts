import { addDays } from "../calendar-date.ts";
import type { MergeValues } from "./merge-fields.ts";
import type { WorkflowReason } from "./outcomes.ts";
import type { ProactiveSettings } from "./settings.ts";
import type { TemplateKey } from "./templates.ts";

export type Occasion = "birthday" | "anniversary" | "visits";

/** Rule table, section 1, and the rounder ones above. */
export const MILESTONES = [10, 50, 100, 250, 500, 1_000] as const;
export const milestoneKey = (count: (typeof MILESTONES)[number]): `visits${typeof count}` => `visits${count}`;

/** An anniversary that fell on the day of something stronger, or on a day without a run, is caught up for so long. A birthday is not. */
export const ANNIVERSARY_LATE_DAYS = 3;
/** A milestone is told while it is fresh: so many days, today among them. Older ones are the club's history. */
export const MILESTONE_FRESH_DAYS = 7;
const ADULT_YEARS = 18;
/** Systems that must store a date store 1900 where nobody gave one. */
const YEARS_MAX = 110;
/** Amounts up to one cent are rounding, not debt. */
const OWES_FROM_MINOR = 2n;

/** One person among those a contact stands for: families share a number. */
export type Celebrated = {
  readonly memberId: string;
  readonly firstName: string;
  readonly status: string;
  readonly dateOfBirth: string | null;
  readonly joinedOn: string | null;
  readonly visitCount: number;
  /** Of those, the visits of the last `MILESTONE_FRESH_DAYS` days of the club's calendar. */
  readonly freshVisitCount: number;
};

export type OccasionFacts = {
  readonly people: readonly Celebrated[];
  /** `occasionKey`s that were sent, or are on their way, to this contact. */
  readonly greeted: ReadonlySet<string>;
  readonly owesMinor: bigint;
  readonly isAgentOff: boolean;
  readonly hasOptedOut: boolean;
  readonly hasAddress: boolean;
};

export type OccasionDecision =
  | {
      readonly kind: "act";
      readonly group: Occasion;
      readonly key: string;
      readonly templateKey: TemplateKey;
      readonly reason: WorkflowReason;
      readonly fields: MergeValues;
    }
  | { readonly kind: "skip" | "suppress"; readonly group: Occasion | null; readonly reason: WorkflowReason };

/** What tells one occasion of one person from every other: `anniversary:3 robin`. The person is a name, because a new agreement is a new record. */
export const occasionKey = (occasion: Occasion, count: number, firstName: string): string =>
  `${occasion}:${count} ${firstName.trim().toLowerCase()}`;

/** Month and day of every date that is celebrated on this day: on February 28 of a common year the 29th as well. */
export const celebratedOn = (day: string): readonly string[] => {
  const monthDay = day.slice(5);
  return monthDay === "02-28" && addDays(day, 1).endsWith("03-01") ? [monthDay, "02-29"] : [monthDay];
};

const yearsOn = (date: string, day: string): number | null =>
  celebratedOn(day).includes(date.slice(5)) ? Number(day.slice(0, 4)) - Number(date.slice(0, 4)) : null;

type Due = { readonly occasion: Occasion; readonly count: number; readonly isOn: boolean; readonly person: Celebrated };

/** What one contact gets today: the first occasion that is switched on and was not told yet; birthdays before anniversaries before visits. */
export const decideOccasion = (facts: OccasionFacts, settings: ProactiveSettings, today: string): OccasionDecision => {
  const adults = facts.people.filter(({ dateOfBirth }) => !isMinor(dateOfBirth, today));
  const due = (["birthday", "anniversary", "visits"] as const).flatMap((occasion) =>
    adults.flatMap((person) => dueOf(occasion, { person, settings, today })),
  );
  const next = due.find(({ count, isOn, occasion, person }) => isOn && !facts.greeted.has(occasionKey(occasion, count, person.firstName)));
  if (next === undefined) {
    return { kind: "skip", group: due[0]?.occasion ?? null, reason: nothingBecause(facts, adults.length, due) };
  }
  const { occasion: group } = next;
  if (facts.owesMinor >= OWES_FROM_MINOR && !settings.includesWhoOwes) {
    return { kind: "skip", group, reason: "owes" };
  }
  if (facts.isAgentOff) {
    return { kind: "suppress", group, reason: "agent_off" };
  }
  if (facts.hasOptedOut) {
    return { kind: "suppress", group, reason: "opted_out" };
  }
  return facts.hasAddress ? greet(next) : { kind: "suppress", group, reason: "no_address" };
};

const nothingBecause = ({ people }: OccasionFacts, adultCount: number, due: readonly Due[]): WorkflowReason => {
  if (people.length > 0 && adultCount === 0) {
    return "minor";
  }
  if (due.length === 0) {
    return "no_occasion";
  }
  return due.some(({ isOn }) => isOn) ? "had_greeting" : "occasion_off";
};

const isMinor = (dateOfBirth: string | null, today: string): boolean =>
  dateOfBirth !== null && `${Number(today.slice(0, 4)) - ADULT_YEARS}${today.slice(4)}` < dateOfBirth;

type Looked = { readonly person: Celebrated; readonly settings: ProactiveSettings; readonly today: string };

const dueOf = (occasion: Occasion, { person, settings, today }: Looked): readonly Due[] => {
  const count = { birthday: birthdayYear, anniversary: yearsJoined, visits: freshMilestone }[occasion](person, today);
  if (count === null) {
    return [];
  }
  const milestone = MILESTONES.find((each) => each === count);
  const isOn =
    settings.occasions[occasion] && (occasion !== "visits" || milestone === undefined || settings.milestones[milestoneKey(milestone)]);
  return [{ occasion, count, isOn, person }];
};

/** Told once a year, so the year is the count. */
const birthdayYear = ({ dateOfBirth }: Celebrated, today: string): number | null => {
  const age = dateOfBirth === null ? null : yearsOn(dateOfBirth, today);
  return age === null || age >= YEARS_MAX ? null : Number(today.slice(0, 4));
};

/** Whoever is about to leave is not thanked for staying. */
const yearsJoined = ({ joinedOn, status }: Celebrated, today: string): number | null => {
  if (joinedOn === null || status === "pending_cancel") {
    return null;
  }
  for (let late = 0; late <= ANNIVERSARY_LATE_DAYS; late += 1) {
    const years = yearsOn(joinedOn, addDays(today, -late));
    if (years !== null && years >= 1 && years < YEARS_MAX) {
      return years;
    }
  }
  return null;
};

/** The highest milestone, where the visit that reached it is one of the last days. */
const freshMilestone = ({ freshVisitCount, visitCount }: Celebrated): number | null =>
  MILESTONES.findLast((count) => visitCount >= count && visitCount - freshVisitCount < count) ?? null;

const TEXTS = {
  birthday: { templateKey: "birthday_greeting", reason: "birthday_today" },
  anniversary: { templateKey: "join_anniversary", reason: "anniversary_due" },
  visits: { templateKey: "visit_milestone", reason: "milestone_due" },
} as const satisfies Record<Occasion, { readonly templateKey: TemplateKey; readonly reason: WorkflowReason }>;

const greet = ({ count, occasion, person }: Due): OccasionDecision => ({
  kind: "act",
  group: occasion,
  key: occasionKey(occasion, count, person.firstName),
  ...TEXTS[occasion],
  fields: {
    first_name: person.firstName,
    ...(occasion === "anniversary" ? { anniversary: count === 1 ? "1 year" : `${count} years` } : {}),
    ...(occasion === "visits" ? { visit_count: `${count}` } : {}),
  },
});
