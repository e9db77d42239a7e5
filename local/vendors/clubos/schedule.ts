import { TZDate } from "@date-fns/tz";

import { createRandom, pick } from "../random.ts";
import type { Random } from "../random.ts";
import type { ClubStore, Person } from "./club-store.ts";
import { fullName } from "./club-store.ts";

/** How the official API words the kinds of its events is a guess, here as in the connector. */
export type EventType = "CLASS" | "APPOINTMENT" | "BAY";

export type Attendee = { readonly id: number; readonly person: Person; readonly status: "BOOKED" | "CANCELLED" | "ATTENDED" | "NO_SHOW" };

export type ClubEvent = {
  readonly id: number;
  readonly type: EventType;
  readonly subject: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly place: string | null;
  readonly staffName: string | null;
  readonly capacity: number;
  readonly attendees: readonly Attendee[];
};

/** What happens at one hour of every day. */
type Plan = {
  readonly type: EventType;
  readonly subject: string;
  readonly hour: number;
  readonly minutes: number;
  readonly place: string | null;
  readonly staffName: string | null;
  readonly capacity: number;
  /** How many of the places are taken from the start. */
  readonly takenCount: (random: Random) => number;
  readonly isFor: (person: Person) => boolean;
};

const DAYS_BACK = 3;
const DAYS_AHEAD = 16;
const DAY_MS = 86_400_000;
const BAY_COUNT = 6;
const OPENING_HOUR = 8;
const CLOSING_HOUR = 23;

const isMember = ({ world }: Person): boolean => world.standing !== "prospect" && world.standing !== "ex_member";
const isProspect = ({ world }: Person): boolean => world.standing === "prospect";
const isTrainee = ({ world }: Person): boolean => world.hasTraining;

/** Six bays by the hour. Bay 3 is never free, so that "who holds bay 3 now" always has an answer while the club is open. */
const GOLF_DAY: readonly Plan[] = Array.from({ length: BAY_COUNT }, (_, index) => index + 1).flatMap((bay) =>
  Array.from({ length: CLOSING_HOUR - OPENING_HOUR }, (_, step): Plan => ({
    type: "BAY",
    subject: "Bay session",
    hour: OPENING_HOUR + step,
    minutes: 60,
    place: `Bay ${bay}`,
    staffName: null,
    capacity: 1,
    takenCount: (random) => (bay === 3 || random() < 0.45 ? 1 : 0),
    isFor: isMember,
  })),
);

const oneClass = (subject: string, hour: number): Plan => ({
  type: "CLASS",
  subject,
  hour,
  minutes: 45,
  place: "Studio A",
  staffName: "Sorrel Vance",
  capacity: 12,
  takenCount: (random) => 2 + Math.floor(random() * 6),
  isFor: isMember,
});

const GYM_DAY: readonly Plan[] = [
  oneClass("Sunrise Spin", 6),
  oneClass("Lunch Yoga", 12),
  oneClass("Evening HIIT", 18),
  {
    type: "APPOINTMENT",
    subject: "Club tour",
    hour: 11,
    minutes: 30,
    place: "Front desk",
    staffName: "Tansy Brook",
    capacity: 1,
    takenCount: () => 1,
    isFor: isProspect,
  },
  {
    type: "APPOINTMENT",
    subject: "Club tour",
    hour: 16,
    minutes: 30,
    place: "Front desk",
    staffName: "Tansy Brook",
    capacity: 1,
    takenCount: () => 0,
    isFor: isProspect,
  },
  {
    type: "APPOINTMENT",
    subject: "Personal training",
    hour: 17,
    minutes: 60,
    place: "Training floor",
    staffName: "Sorrel Vance",
    capacity: 1,
    takenCount: () => 1,
    isFor: isTrainee,
  },
];

/** Every event of a club around now: the same for the same day, and always some today and tomorrow. */
export const scheduleOf = (store: ClubStore, now: Date): readonly ClubEvent[] => {
  const { timeZone, kind } = store.club;
  const plans = kind === "golf" ? GOLF_DAY : GYM_DAY;
  const today = new TZDate(now.getTime(), timeZone);
  return Array.from({ length: DAYS_BACK + DAYS_AHEAD + 1 }, (_, index) => index - DAYS_BACK).flatMap((offset) =>
    plans.map((plan, number) => eventOf(store, { plan, number, now, day: { of: today, offset } })),
  );
};

type EventInput = {
  readonly plan: Plan;
  readonly number: number;
  readonly now: Date;
  readonly day: { readonly of: TZDate; readonly offset: number };
};

const eventOf = (store: ClubStore, { plan, number, now, day }: EventInput): ClubEvent => {
  const { of, offset } = day;
  const startsAt = new TZDate(of.getFullYear(), of.getMonth(), of.getDate() + offset, plan.hour, store.club.timeZone);
  const endsAt = new Date(startsAt.getTime() + plan.minutes * 60_000);
  const dayNumber = Math.floor(Date.UTC(of.getFullYear(), of.getMonth(), of.getDate() + offset) / DAY_MS);
  const id = dayNumber * 1_000 + number;
  const isOver = endsAt.getTime() < now.getTime();
  const added = store.appointments().filter(({ eventId }) => eventId === id);
  const attendees = [
    ...firstTaken(store, { plan, id, isOver }),
    ...added.flatMap(({ seq, personId }): Attendee[] => {
      const person = store.findPerson(personId);
      return person === null ? [] : [{ id: 900_000_000 + seq, person, status: isOver ? "ATTENDED" : "BOOKED" }];
    }),
  ];
  const { type, subject, place, staffName, capacity } = plan;
  return { id, type, subject, startsAt: new Date(startsAt.getTime()), endsAt, place, staffName, capacity, attendees };
};

type Taken = { readonly plan: Plan; readonly id: number; readonly isOver: boolean };

const firstTaken = (store: ClubStore, { plan, id, isOver }: Taken): Attendee[] => {
  const random = createRandom(`${store.club.slug}/schedule/${id}`);
  const count = plan.takenCount(random);
  const fitting = store.people().filter(plan.isFor);
  const chosen = new Set<Person>();
  for (let tries = 0; tries < 50 && chosen.size < Math.min(count, fitting.length); tries += 1) {
    chosen.add(pick(random, fitting));
  }
  return [...chosen].map((person, index) => ({
    id: id * 20 + index,
    person,
    status: isOver ? (random() < 0.1 ? "NO_SHOW" : "ATTENDED") : "BOOKED",
  }));
};

/** The calendar that staff subscribe to: only what is taken, one entry per event. */
export const calendarOf = (store: ClubStore, now: Date): string => {
  const events = scheduleOf(store, now).filter(({ attendees }) => attendees.length > 0);
  const lines = events.flatMap((event) => [
    "BEGIN:VEVENT",
    `UID:event-${event.id}@club-os.example`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(event.startsAt)}`,
    `DTEND:${stamp(event.endsAt)}`,
    `SUMMARY:${escapeText(event.subject)}`,
    ...(event.place === null ? [] : [`LOCATION:${escapeText(event.place)}`]),
    ...event.attendees.map(({ person }) => `ATTENDEE;CN="${fullName(person)}":mailto:${person.profile.email}`),
    "END:VEVENT",
  ]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Club OS//Calendar Sync//EN", ...lines, "END:VCALENDAR", ""]
    .flatMap(folded)
    .join("\r\n");
};

const stamp = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");

const escapeText = (text: string): string => text.replaceAll(/[\\;,]/g, (character) => `\\${character}`);

/** RFC 5545, 3.1: no line is longer than 75 octets; the names here have one octet a letter. */
const folded = (line: string): string[] => (line.length <= 75 ? [line] : [line.slice(0, 75), ...folded(` ${line.slice(75)}`)]);
