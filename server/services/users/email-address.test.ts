import { expect, test } from "vitest";

import { EmailAddress, normalizeEmail } from "./email-address.ts";

test("spaces around and capital letters do not make another address", () => {
  expect(normalizeEmail("  Owner@Ironwood.Example ")).toBe("owner@ironwood.example");
  expect(EmailAddress.parse("DESK+late@ironwood.example")).toBe("desk+late@ironwood.example");
});

const REFUSED = [
  ["full-width @", "owner\uff20ironwood.example"],
  ["small @", "owner\ufe6bironwood.example"],
  ["a second @ in full width", "owner@ironwood.example\uff20evil.example"],
  ["two @", "owner@evil.example@ironwood.example"],
  ["Cyrillic letter", "\u043ewner@ironwood.example"],
  ["Kelvin sign", "des\u212a@ironwood.example"],
  ["full-width letter", "\uff4fwner@ironwood.example"],
  ["long s", "de\u017fk@ironwood.example"],
  ["dotted capital I", "desk@\u0130ronwood.example"],
  ["one dot leader", "owner@ironwood\u2024example"],
  ["zero-width space", "ow\u200bner@ironwood.example"],
  ["soft hyphen", "ow\u00adner@ironwood.example"],
  ["line break", "owner@ironwood.example\nbcc: x@evil.example"],
  ["comma list", "owner@ironwood.example,x@evil.example"],
  ["display name", "Owner <owner@ironwood.example>"],
  ["quoted local part", '"owner@evil"@ironwood.example'],
  ["no domain", "owner@"],
  ["no dot", "owner@ironwood"],
  ["nothing", "   "],
  ["too long", `${"a".repeat(250)}@ironwood.example`],
] as const;

test.each(REFUSED)("refuses an address with %s", (_name, address) => {
  expect(normalizeEmail(address)).toBeNull();
  expect(EmailAddress.safeParse(address).success).toBe(false);
});
