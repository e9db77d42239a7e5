import { expect, test } from "vitest";

import { DEMO_CLUBS } from "../../prisma/demo.ts";
import { worldOf } from "./world.ts";

const NOW = new Date("2026-11-21T15:00:00Z");

test.each(DEMO_CLUBS)("the people of $slug are the same on every machine and reachable only in 555-01", (club) => {
  const people = worldOf(club, NOW);
  expect(people).toHaveLength(club.memberCount);
  expect(worldOf(club, NOW)).toEqual(people);
  for (const person of people) {
    expect(person.phone).toMatch(new RegExp(`^\\+1${club.areaCode}55501(?!00)\\d\\d$`));
    expect(person.email).toMatch(/^[a-z.0-9-]+@[a-z-]+\.example$/);
  }
  expect(new Set(people.map((person) => person.id)).size).toBe(people.length);
});

test.each(DEMO_CLUBS)("$slug has exactly one pair of namesakes, one shared number and one minor", (club) => {
  const people = worldOf(club, NOW);
  const repeated = (values: readonly string[]) => values.length - new Set(values).size;
  expect(repeated(people.map((person) => `${person.firstName} ${person.lastName}`))).toBe(1);
  expect(repeated(people.map((person) => person.phone))).toBe(1);
  expect(people.filter((person) => person.isMinor)).toHaveLength(1);
});

test.each(DEMO_CLUBS)("$slug has someone in every standing, and only the past due owe", (club) => {
  const people = worldOf(club, NOW);
  expect(new Set(people.map((person) => person.standing)).size).toBe(7);
  for (const person of people) {
    expect(person.balanceMinor > 0n).toBe(person.standing === "past_due");
    expect(person.trainingOwedMinor <= person.balanceMinor).toBe(true);
    expect(person.visits.every((visit) => visit < NOW)).toBe(true);
  }
});

test("who a person is does not depend on the day", () => {
  const [club] = DEMO_CLUBS;
  const stable = (now: Date) =>
    (club === undefined ? [] : worldOf(club, now)).map(({ id, firstName, lastName, phone, standing, balanceMinor }) => ({
      id,
      firstName,
      lastName,
      phone,
      standing,
      balanceMinor,
    }));
  expect(stable(new Date("2027-03-01T00:00:00Z"))).toEqual(stable(NOW));
});
