import { randomBytes } from "node:crypto";

import { describe, expect, test } from "vitest";

import { newDataKey, open, seal } from "./secrets.ts";

const key = randomBytes(32);
const place = { key, bound: "club|connection|field|1" };

describe("a sealed text", () => {
  const sealed = seal("the secret of a vendor", place);
  const bytes = Buffer.from(sealed, "base64");

  test("opens where it was sealed and nowhere else", () => {
    expect(open(sealed, place)).toBe("the secret of a vendor");
    expect(() => open(sealed, { ...place, bound: "club|connection|other|1" })).toThrow("could not be opened");
    expect(() => open(sealed, { ...place, key: randomBytes(32) })).toThrow("could not be opened");
  });

  test.each(Array.from(bytes, (_byte, index) => index))("is refused with byte %i changed, whichever bit it is", (index) => {
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ (1 << bit);
      expect(() => open(changed.toString("base64"), place)).toThrow("could not be opened");
    }
  });

  test("is refused in every other spelling, cut short anywhere, and with anything behind it", () => {
    const spellings = [`${sealed}=`, ` ${sealed}`, sealed.replaceAll("=", ""), sealed.replaceAll("+", "-"), `${sealed}AAAA`];
    for (const text of spellings.filter((spelling) => spelling !== sealed)) {
      expect(() => open(text, place)).toThrow("could not be opened");
    }
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => open(bytes.subarray(0, length).toString("base64"), place)).toThrow("could not be opened");
    }
  });
});

test("a hundred thousand seals of one text share no nonce and no ciphertext", () => {
  const seals = Array.from({ length: 100_000 }, () => seal("x", place));
  expect(new Set(seals.map((text) => text.slice(0, 16))).size).toBe(seals.length);
  expect(new Set(seals).size).toBe(seals.length);
});

test("a data key is 32 bytes and never the same", () => {
  const keys = Array.from({ length: 100 }, newDataKey);
  expect(keys.every((text) => Buffer.from(text, "base64").length === 32)).toBe(true);
  expect(new Set(keys).size).toBe(keys.length);
});
