import type { DemoClub } from "../../prisma/demo.ts";
import { worldOf } from "../vendors/world.ts";
import type { Standing } from "../vendors/world.ts";
import type { Way } from "./sandbox-doors.ts";

/** Somebody the phone page can be. */
export type Persona = {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  /** One line that says what kind of case this person is. */
  readonly about: string;
  readonly standing: Standing | "stranger";
  readonly language: "en" | "es";
  readonly ways: readonly Way[];
};

/** Everybody the club knows, and one it does not. */
export const personasOf = (club: DemoClub): readonly Persona[] => {
  const people = worldOf(club);
  const sharers = new Set(people.map(({ phone }) => phone).filter((phone, index, all) => all.indexOf(phone) !== index));
  const known = people.map((person): Persona => ({
    id: person.id,
    name: `${person.firstName} ${person.lastName}`,
    phone: person.phone,
    about: [
      person.standing === "past_due"
        ? `owes $${(Number(person.balanceMinor) / 100).toFixed(2)} for ${person.daysPastDue} days`
        : STANDING_WORDS[person.standing],
      person.isMinor ? "minor" : "",
      sharers.has(person.phone) ? "shares a number" : "",
      person.language === "es" ? "writes Spanish" : "",
    ]
      .filter((part) => part !== "")
      .join(" · "),
    standing: person.standing,
    language: person.language,
    ways: club.clubOs === null ? ["text"] : ["text", "clubos"],
  }));
  return [...known, strangerOf(club)];
};

const STANDING_WORDS = {
  good_standing: "member",
  past_due: "past due",
  pay_per_visit: "pays per visit",
  frozen: "frozen",
  pending_cancel: "cancels soon",
  prospect: "prospect",
  ex_member: "former member",
} as const satisfies Record<Standing, string>;

const strangerOf = (club: DemoClub): Persona => ({
  id: `${club.slug}-stranger`,
  name: "Someone new",
  phone: `+1${club.areaCode}5550199`,
  about: "a number the club does not know",
  standing: "stranger",
  language: "en",
  ways: ["text"],
});
