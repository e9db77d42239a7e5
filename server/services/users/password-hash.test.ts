import { expect, test } from "vitest";

import { hashPassword, isHashOutdated, PASSWORD_COST, verifyPassword } from "./password-hash.ts";

const CHEAP = { memoryKib: 256, passes: 1, lanes: 1 };

test("a password belongs to its own hash and to no other", async () => {
  const encoded = await hashPassword("larkspur at dawn", CHEAP);
  expect(await verifyPassword("larkspur at dawn", encoded)).toBe(true);
  expect(await verifyPassword("larkspur at dusk", encoded)).toBe(false);
  expect(await verifyPassword("", encoded)).toBe(false);
});

test("the same password gets another hash each time", async () => {
  expect(await hashPassword("larkspur at dawn", CHEAP)).not.toBe(await hashPassword("larkspur at dawn", CHEAP));
});

test("the encoded form carries its parameters, so a hash of another cost still verifies and is known as outdated", async () => {
  const old = await hashPassword("larkspur at dawn", CHEAP);
  expect(old).toMatch(/^\$argon2id\$v=19\$m=256,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(isHashOutdated(old)).toBe(true);
  const current = await hashPassword("larkspur at dawn");
  expect(isHashOutdated(current)).toBe(false);
  expect(await verifyPassword("larkspur at dawn", current)).toBe(true);
});

test("the cost of a stored password is at least what OWASP asks for", () => {
  expect(PASSWORD_COST.memoryKib).toBeGreaterThanOrEqual(19 * 1024);
  expect(PASSWORD_COST.passes).toBeGreaterThanOrEqual(2);
});

test("letters composed and decomposed are the same password", async () => {
  const encoded = await hashPassword("caf\u00e9 at six", CHEAP);
  expect(await verifyPassword("cafe\u0301 at six", encoded)).toBe(true);
});

test("no stored hash and a broken one never match, whatever the password", async () => {
  expect(await verifyPassword("larkspur at dawn", null)).toBe(false);
  for (const broken of ["", "plain", "$argon2i$v=19$m=256,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaGhh", "$2b$10$abcdefghijklmnopqrstuv"]) {
    expect(await verifyPassword("larkspur at dawn", broken)).toBe(false);
    expect(isHashOutdated(broken)).toBe(true);
  }
});
