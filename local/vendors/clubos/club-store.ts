import type { DemoClub } from "../../../prisma/demo.ts";
import type { WorldPerson } from "../world.ts";
import { worldOf } from "../world.ts";
import type { AcceptedFact, AcceptLog, Direction, Medium, Way } from "./accept-log.ts";
import { crowdOf, type CrowdWish } from "./crowd.ts";

/** The fields that the follow-up form posts back and the vendor then stores, whatever they hold. */
export const PROFILE_FIELDS = ["firstName", "lastName", "email", "homePhone", "mobilePhone", "workPhone"] as const;

export type Profile = Readonly<Record<(typeof PROFILE_FIELDS)[number], string>>;

export type Person = {
  readonly world: WorldPerson;
  readonly profile: Profile;
  readonly isOptedOut: boolean;
  readonly isBanned: boolean;
  /** Works at the club: the club app says so in place of a standing, and bans nobody of them. */
  readonly isStaff: boolean;
};

export type StoredMessage = {
  readonly seq: number;
  readonly personId: string;
  readonly direction: Direction;
  readonly medium: Medium;
  readonly text: string;
  readonly author: string;
  readonly way: Way;
  readonly sentAt: Date;
};

export type NewMessage = Omit<StoredMessage, "seq" | "sentAt"> & { readonly sentAt?: Date };

export type ClubStore = {
  readonly club: DemoClub;
  readonly people: () => readonly Person[];
  /** Invented people beyond the world, for measuring; gone when the sandbox starts again. */
  readonly addCrowd: (wish: CrowdWish) => void;
  readonly findPerson: (clubOsId: string) => Person | null;
  /** By the staff site's id or by the id of the invented world. */
  readonly findAnyId: (id: string) => Person | null;
  readonly findByPhone: (phone: string) => Person | null;
  /** Oldest first. */
  readonly messages: () => readonly StoredMessage[];
  readonly addMessage: (message: NewMessage) => StoredMessage;
  readonly overwriteProfile: (personId: string, profile: Profile) => void;
  readonly setOptedOut: (personId: string, isOptedOut: boolean) => void;
  readonly addNote: (personId: string, note: string) => void;
  readonly setBanned: (personId: string, ban: { readonly isBanned: boolean; readonly note: string }) => void;
  readonly markStaff: (personId: string) => void;
  /** Whom the official API has put on which event. */
  readonly appointments: () => readonly { readonly seq: number; readonly personId: string; readonly eventId: number }[];
  readonly addAppointment: (personId: string, eventId: number) => { readonly seq: number };
  readonly checkIns: () => readonly CheckIn[];
  readonly addCheckIn: (checkIn: CheckIn) => void;
};

export type CheckIn = { readonly personId: string; readonly localCheckinId: string; readonly time: string };

type Input = { readonly club: DemoClub; readonly log: AcceptLog; readonly now: () => Date };

/** What the vendor knows of one club: the invented people, plus everything accepted since. */
export const createClubStore = ({ club, log, now }: Input): ClubStore => {
  const people = new Map(worldOf(club, now()).map((world) => [world.clubOsId, newPerson(world)]));
  const messages: StoredMessage[] = [];
  const appointments: { seq: number; personId: string; eventId: number }[] = [];
  const checkIns: CheckIn[] = [];

  const change = (personId: string, next: (person: Person) => Person): void => {
    const person = people.get(personId);
    if (person !== undefined) {
      people.set(personId, next(person));
    }
  };
  const apply = (fact: AcceptedFact): void => {
    if (fact.kind === "message") {
      messages.push(storedMessage(fact));
    } else if (fact.kind === "profile") {
      change(fact.personId, (person) => ({ ...person, profile: { ...person.profile, ...fact.profile } }));
    } else if (fact.kind === "opt_out") {
      change(fact.personId, (person) => ({ ...person, isOptedOut: fact.isOptedOut }));
    } else if (fact.kind === "ban") {
      change(fact.personId, (person) => ({ ...person, isBanned: fact.isBanned }));
    } else if (fact.kind === "staff_mark") {
      change(fact.personId, (person) => ({ ...person, isStaff: true }));
    } else if (fact.kind === "appointment") {
      appointments.push({ seq: fact.seq, personId: fact.personId, eventId: fact.eventId });
    } else if (fact.kind === "check_in") {
      checkIns.push({ personId: fact.personId, localCheckinId: fact.localCheckinId, time: fact.time });
    }
  };
  for (const fact of log.facts()) {
    if (fact.club === club.slug) {
      apply(fact);
    }
  }
  messages.sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime() || a.seq - b.seq);

  return {
    club,
    people: () => [...people.values()],
    addCrowd: (wish) => {
      for (const world of crowdOf(club, wish, now())) {
        people.set(world.clubOsId, newPerson(world));
      }
    },
    findPerson: (clubOsId) => people.get(clubOsId) ?? null,
    findAnyId: (id) => people.get(id) ?? [...people.values()].find(({ world }) => world.id === id) ?? null,
    findByPhone: (phone) => [...people.values()].find((person) => person.world.phone === phone) ?? null,
    messages: () => messages,
    addMessage: (message) => {
      const sentAt = message.sentAt ?? now();
      const fact = log.append({ kind: "message", club: club.slug, ...message, sentAt: sentAt.toISOString() }, now());
      const stored = { ...message, seq: fact.seq, sentAt };
      const place = messages.findLastIndex((other) => other.sentAt.getTime() <= sentAt.getTime());
      messages.splice(place + 1, 0, stored);
      return stored;
    },
    overwriteProfile: (personId, profile) => {
      apply(log.append({ kind: "profile", club: club.slug, personId, profile }, now()));
    },
    setOptedOut: (personId, isOptedOut) => {
      apply(log.append({ kind: "opt_out", club: club.slug, personId, isOptedOut }, now()));
    },
    addNote: (personId, note) => {
      log.append({ kind: "note", club: club.slug, personId, note }, now());
    },
    setBanned: (personId, ban) => {
      apply(log.append({ kind: "ban", club: club.slug, personId, ...ban }, now()));
    },
    markStaff: (personId) => {
      apply(log.append({ kind: "staff_mark", club: club.slug, personId }, now()));
    },
    appointments: () => appointments,
    addAppointment: (personId, eventId) => {
      const fact = log.append({ kind: "appointment", club: club.slug, personId, eventId }, now());
      apply(fact);
      return { seq: fact.seq };
    },
    checkIns: () => checkIns,
    addCheckIn: (checkIn) => {
      apply(log.append({ kind: "check_in", club: club.slug, ...checkIn }, now()));
    },
  };
};

const newPerson = (world: WorldPerson): Person => ({
  world,
  isOptedOut: false,
  isBanned: false,
  isStaff: false,
  profile: {
    firstName: world.firstName,
    lastName: world.lastName,
    email: world.email,
    homePhone: "",
    mobilePhone: nationalNumber(world.phone),
    workPhone: "",
  },
});

const storedMessage = (fact: AcceptedFact & { kind: "message" }): StoredMessage => ({
  seq: fact.seq,
  personId: fact.personId,
  direction: fact.direction,
  medium: fact.medium,
  text: fact.text,
  author: fact.author,
  way: fact.way,
  sentAt: new Date(fact.sentAt),
});

/** `+13035550101` as the staff site writes it: `(303) 555-0101`. */
const nationalNumber = (phone: string): string => phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");

export const fullName = (person: Person): string => `${person.profile.firstName} ${person.profile.lastName}`.trim();

/** The name under which the club's own sign-in writes. */
export const deskName = (club: DemoClub): string => `${club.name} Desk`;
