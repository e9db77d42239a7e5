import { worldOf } from "#local/vendors/world.ts";
import type { WorldPerson } from "#local/vendors/world.ts";

import type { DemoClub } from "../prisma/demo.ts";

/** Members whom a club may answer by itself and who are alone on their number, in a fixed order. */
export const plainMembers = (club: DemoClub, count: number): readonly WorldPerson[] => {
  const people = worldOf(club);
  const phones = people.map(({ phone }) => phone);
  const isAlone = ({ phone }: WorldPerson): boolean => phones.indexOf(phone) === phones.lastIndexOf(phone);
  const members = people.filter(
    (person) => isAlone(person) && !person.isMinor && person.language === "en" && person.standing !== "ex_member",
  );
  if (members.length < count) {
    throw new Error(`${club.slug} has ${members.length} plain members, the bench needs ${count}.`);
  }
  return members.slice(0, count);
};

const GREETINGS = ["Hi!", "Hello!", "Hey,", "Hi there,", "Good day!"];
const QUESTIONS = [
  "what time do you close today?",
  "are you open on Sunday?",
  "is there parking?",
  "do you have showers?",
  "can I bring a friend tomorrow?",
  "do you have a sauna?",
  "do you have lockers?",
  "is there wifi?",
  "do you sell gift cards?",
  "what is the wifi password?",
];

/** As many different texts as there are greetings times questions; each is found again by its words. */
export const questionAt = (index: number): string => {
  const greeting = GREETINGS[Math.floor(index / QUESTIONS.length) % GREETINGS.length] ?? "";
  return `${greeting} ${QUESTIONS[index % QUESTIONS.length] ?? ""}`;
};
