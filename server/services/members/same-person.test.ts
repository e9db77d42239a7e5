import { expect, test } from "vitest";

import { isSamePerson, type KnownContact } from "./same-person.ts";

const person = { firstName: "Orla", lastName: "Ruíz", phone: "+13035550104", email: null, dateOfBirth: "1990-03-01" };
const contact = (overrides: Partial<KnownContact> = {}): KnownContact => ({
  id: "ct",
  firstName: "Orla",
  lastName: "Ruíz",
  displayName: "Orla Ruíz",
  birthDates: [],
  ...overrides,
});
const nameless = contact({ firstName: null, lastName: null, displayName: "+13035550104" });
const nobody = new Set<string>();

test("the same name is the same person, however it is spelled", () => {
  expect(isSamePerson(contact({ firstName: "ORLA ", lastName: "ruiz" }), person, nobody)).toBe(true);
});

test("another name at the same address is another person", () => {
  expect(isSamePerson(contact({ firstName: "Paz" }), person, nobody)).toBe(false);
});

test("two of one name with different days of birth are two people", () => {
  expect(isSamePerson(contact({ birthDates: ["1962-11-30"] }), person, nobody)).toBe(false);
  expect(isSamePerson(contact({ birthDates: ["1990-03-01"] }), person, nobody)).toBe(true);
});

test("who has only written so far is whoever has the address, unless several people have it", () => {
  expect(isSamePerson(nameless, person, nobody)).toBe(true);
  expect(isSamePerson(nameless, person, new Set(["+13035550104"]))).toBe(false);
});

test("who has only told a first name is the person of that name", () => {
  expect(isSamePerson(contact({ lastName: null, displayName: "orla" }), person, nobody)).toBe(true);
  expect(isSamePerson(contact({ lastName: null, displayName: "Orla Ruiz" }), person, nobody)).toBe(true);
  expect(isSamePerson(contact({ lastName: null, firstName: "Paz", displayName: "Paz" }), person, nobody)).toBe(false);
});
