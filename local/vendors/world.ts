import type { DemoClub } from "../../prisma/demo.ts";
import { between, createRandom, pick } from "./random.ts";
import type { Random } from "./random.ts";
import { FIRST_NAMES, LAST_NAMES } from "./world-names.ts";

export type Standing = "good_standing" | "past_due" | "pay_per_visit" | "frozen" | "pending_cancel" | "prospect" | "ex_member";

export type WorldConsent = {
  readonly purpose: "transactional" | "billing" | "marketing";
  readonly channel: "sms" | "email";
  readonly granted: boolean;
  readonly source: string;
  readonly at: Date;
};

/** One invented person of one club: the vendor sandboxes all show the same people. */
export type WorldPerson = {
  /** `<club slug>-<two digits>`, the same on every machine. */
  readonly id: string;
  readonly clubSlug: string;
  /** Numeric ids as the staff site and the club app would hold them. */
  readonly clubOsId: string;
  readonly clubHubId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** E.164, always (area) 555-01NN. */
  readonly phone: string;
  readonly email: string;
  readonly standing: Standing;
  /** The club app's own words for the standing. */
  readonly statusMessage: string;
  /** What the person owes, in cents: dues and training together. */
  readonly balanceMinor: bigint;
  readonly trainingOwedMinor: bigint;
  readonly daysPastDue: number;
  readonly hasTraining: boolean;
  /** Calendar dates, `YYYY-MM-DD`. */
  readonly joinedOn: string | null;
  readonly dateOfBirth: string;
  readonly isMinor: boolean;
  readonly membershipType: string | null;
  readonly duesMinor: bigint;
  readonly state: string;
  readonly zip: string;
  readonly language: "en" | "es";
  /** Newest last. */
  readonly visits: readonly Date[];
  readonly lastVisitAt: Date | null;
  readonly consents: readonly WorldConsent[];
};

/**
 * Everybody a club knows. Who they are never changes; dates lie relative to `now`, so that a past due of
 * nine days is one of nine days whenever the demo starts.
 */
export const worldOf = (club: DemoClub, now: Date = new Date()): readonly WorldPerson[] =>
  Array.from({ length: Math.min(club.memberCount, MAX_PEOPLE) }, (_, index) => personAt(club, index, startOfDay(now)));

/** (area) 555-0101 to 555-0199; 555-0100 is the club itself. */
const MAX_PEOPLE = 99;
const DAY_MS = 86_400_000;

/** Special people that every club has, by their place in the list. */
const SHARED_PHONE = { owner: 3, borrower: 4 };
const NAMESAKES = { first: 10, second: 31 };
const MINOR = 7;

const STANDINGS: readonly Standing[] = [
  "good_standing",
  "past_due",
  "good_standing",
  "good_standing",
  "good_standing",
  "prospect",
  "pay_per_visit",
  "good_standing",
  "past_due",
  "good_standing",
  "good_standing",
  "prospect",
  "frozen",
  "good_standing",
  "pay_per_visit",
  "good_standing",
  "past_due",
  "good_standing",
  "prospect",
  "good_standing",
  "ex_member",
  "good_standing",
  "past_due",
  "pending_cancel",
];

/** Amount in cents, days since the oldest unpaid due date. */
type Debt = { readonly minor: bigint; readonly training: bigint; readonly days: number; readonly words: string };

/** One of each step of the past-due ladder. */
const DEBTS: readonly [Debt, ...Debt[]] = [
  { minor: 3_999n, training: 0n, days: 8, words: "Past Due 6-30 days" },
  { minor: 7_450n, training: 0n, days: 16, words: "Past Due 6-30 days" },
  { minor: 12_900n, training: 6_000n, days: 34, words: "Past Due more than 30 days." },
  { minor: 1_250n, training: 0n, days: 6, words: "Past Due 6-30 days" },
  { minor: 24_800n, training: 16_000n, days: 52, words: "Past Due more than 30 days." },
  { minor: 5_000n, training: 0n, days: 21, words: "Past Due 6-30 days" },
];

export const STATUS_WORDS = {
  good_standing: "Member is in good standing",
  past_due: "Past Due 6-30 days",
  pay_per_visit: "Pay Per Visit Member",
  frozen: "Membership is frozen.",
  pending_cancel: "Member is pending cancel",
  prospect: "",
  ex_member: "Account has been cancelled.",
} as const satisfies Record<Standing, string>;

const MEMBERSHIPS = {
  gym: [
    { name: "Monthly 12", duesMinor: 3_999n },
    { name: "Open Ended", duesMinor: 4_599n },
    { name: "Monthly with Training", duesMinor: 18_900n },
  ],
  golf: [
    { name: "Social Pass", duesMinor: 2_900n },
    { name: "Bay Pass Unlimited", duesMinor: 14_900n },
    { name: "League Member", duesMinor: 8_900n },
  ],
} as const;

const personAt = (club: DemoClub, index: number, today: Date): WorldPerson => {
  const random = createRandom(`${club.slug}/${index}`);
  const serial = Number(club.clubHub.clubId) * 1_000 + index + 1;
  const standing = index === MINOR ? "good_standing" : (STANDINGS[index % STANDINGS.length] ?? "good_standing");
  const name = nameAt(club, index);
  const debt = standing === "past_due" ? debtAt(index) : null;
  const membership = membershipOf(club, standing, random);
  const visits = visitsOf(standing, today, random);
  const joinedDaysAgo = standing === "good_standing" && index % 11 === 2 ? between(random, 2, 28) : between(random, 60, 1_900);
  const isMinor = index === MINOR;
  return {
    id: `${club.slug}-${twoDigits(index + 1)}`,
    clubSlug: club.slug,
    clubOsId: `${180_000_000 + serial}`,
    clubHubId: `${60_000_000 + serial}`,
    ...name,
    phone: `+1${club.areaCode}55501${twoDigits((index === SHARED_PHONE.borrower ? SHARED_PHONE.owner : index) + 1)}`,
    email: `${name.firstName}.${name.lastName}.${index + 1}@${club.slug}.example`.toLowerCase(),
    standing,
    statusMessage: debt?.words ?? STATUS_WORDS[standing],
    balanceMinor: debt?.minor ?? 0n,
    trainingOwedMinor: debt?.training ?? 0n,
    daysPastDue: debt?.days ?? 0,
    hasTraining: (debt?.training ?? 0n) > 0n || (membership?.name.includes("Training") ?? false),
    joinedOn: standing === "prospect" ? null : dateOn(today, -joinedDaysAgo),
    dateOfBirth: birthOf({ index, isMinor, today, random }),
    isMinor,
    membershipType: membership?.name ?? null,
    duesMinor: membership?.duesMinor ?? 0n,
    ...regionOf(club),
    language: index % 9 === 6 ? "es" : "en",
    visits,
    lastVisitAt: visits.at(-1) ?? null,
    consents: consentsOf({ standing, isMinor, at: daysFrom(today, -joinedDaysAgo), random }),
  };
};

/** First and last names step through their lists at different rates, so that no two meet twice except on purpose. */
const nameAt = (club: DemoClub, index: number): { firstName: string; lastName: string } => {
  const offset = Number(club.clubHub.clubId) * 13;
  const place = index === NAMESAKES.second ? NAMESAKES.first : index;
  const lap = Math.floor(place / FIRST_NAMES.length);
  return {
    firstName: FIRST_NAMES[(offset + place) % FIRST_NAMES.length] ?? "Kit",
    lastName: LAST_NAMES[(offset * 3 + place * 7 + lap) % LAST_NAMES.length] ?? "Pebbleton",
  };
};

const debtAt = (index: number): Debt => DEBTS[Math.floor((index * 4) / STANDINGS.length) % DEBTS.length] ?? DEBTS[0];

const membershipOf = (club: DemoClub, standing: Standing, random: Random) => {
  if (standing === "prospect" || standing === "ex_member") {
    return null;
  }
  return standing === "pay_per_visit"
    ? { name: "Pay Per Visit", duesMinor: 0n }
    : pick<{ name: string; duesMinor: bigint }>(random, MEMBERSHIPS[club.kind]);
};

const visitsOf = (standing: Standing, today: Date, random: Random): Date[] => {
  if (standing === "prospect") {
    return [];
  }
  const newestDaysAgo = { good_standing: 1, past_due: 6, pay_per_visit: 9, frozen: 45, pending_cancel: 20, ex_member: 200 }[standing];
  const count = between(random, 4, 14);
  return Array.from({ length: count }, (_, step) => {
    const daysAgo = newestDaysAgo + (count - 1 - step) * between(random, 2, 4);
    return new Date(daysFrom(today, -daysAgo).getTime() + between(random, 12 * 60, 26 * 60) * 60_000);
  }).toSorted((a, b) => a.getTime() - b.getTime());
};

/** Every tenth person has a birthday within the next nine days, so that greetings have somebody to greet. */
const birthOf = (input: { index: number; isMinor: boolean; today: Date; random: Random }): string => {
  const years = input.isMinor ? 15 : between(input.random, 19, 68);
  const days = input.index % 10 === 0 ? between(input.random, 0, 9) : between(input.random, 20, 340);
  const day = daysFrom(input.today, days);
  return `${input.today.getUTCFullYear() - years - (input.isMinor ? 0 : 1)}-${twoDigits(day.getUTCMonth() + 1)}-${twoDigits(Math.min(day.getUTCDate(), 28))}`;
};

const consentsOf = (input: { standing: Standing; isMinor: boolean; at: Date; random: Random }): WorldConsent[] => {
  const source = input.standing === "prospect" ? "web enquiry form" : "membership agreement";
  const hasMarketing = !input.isMinor && input.random() < 0.8;
  const given = (purpose: WorldConsent["purpose"], channel: WorldConsent["channel"], granted: boolean): WorldConsent => ({
    purpose,
    channel,
    granted,
    source,
    at: input.at,
  });
  return [
    given("transactional", "sms", true),
    given("transactional", "email", true),
    given("billing", "sms", !input.isMinor && input.standing !== "prospect"),
    given("marketing", "sms", hasMarketing),
    given("marketing", "email", hasMarketing),
  ];
};

const regionOf = (club: DemoClub): { state: string; zip: string } => {
  const [, state = "", zip = ""] = /, ([A-Z]{2}) (\d{5})$/.exec(club.address) ?? [];
  return { state, zip };
};

const startOfDay = (now: Date): Date => new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
const daysFrom = (day: Date, days: number): Date => new Date(day.getTime() + days * DAY_MS);
const dateOn = (day: Date, days: number): string => daysFrom(day, days).toISOString().slice(0, 10);
const twoDigits = (value: number): string => value.toString().padStart(2, "0");
