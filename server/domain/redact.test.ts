import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { readClaims } from "./claims.ts";
import { findMeta } from "./draft-phrases.ts";
import { PLACEHOLDERS, redact } from "./redact.ts";

const names = ["Ana Reyes", "Morgan Vale"];
const redacted = (text: string): string => redact(text, { names });

describe("what tells of a person becomes a placeholder", () => {
  test.each([
    ["Hi Ana, the desk is open until 8 pm.", "Hi [name], the desk is open until 8 pm."],
    ["Ana Reyes owes $42.50", "[name] owes [amount]"],
    ["ana's locker, reyes family", "[name]'s locker, [name] family"],
    ["Call us at (303) 555-0142 or 303-555-0199", "Call us at [phone] or [phone]"],
    ["Write to ana.reyes@mail.example", "Write to [link]"],
    ["Pay at https://pay.ironwood.example/i/abc123 today", "Pay at [link] today"],
    ["It is 25 dollars, or $1,250.00 a year", "It is [amount], or [amount] a year"],
    ["Your member number is 4418823", "Your member number is [phone]"],
    ["Thanks Bartholomew! See you", "Thanks [name]! See you"],
    ["Please ask for Quentin at the desk", "Please ask for [name] at the desk"],
    ["See you then!\n- Quentin", "See you then!\n- [name]"],
  ])("%s", (text, expected) => {
    expect(redacted(text)).toBe(expected);
  });
});

test.each(["Hi there, we open at 5.", "Thanks! The class is on Tuesday at 6 pm.", "Yes, kids from 12 may train with a parent."])(
  "what tells of nobody stays: %s",
  (text) => {
    expect(redacted(text)).toBe(text);
  },
);

describe("for any text", () => {
  const word = fc.constantFrom(
    "hi",
    "Ana",
    "REYES",
    "your",
    "balance",
    "is",
    "$42.50",
    "303-555-0142",
    "by",
    "Friday",
    "[name]",
    "8 pm",
    "•••• 4242",
    ",",
    "\n",
  );
  const text = fc.array(word, { maxLength: 15 }).map((words) => words.join(" "));

  test("no name, number or amount is left, and a second time changes nothing", () => {
    fc.assert(
      fc.property(text, (raw) => {
        const once = redacted(raw);
        expect(once).not.toMatch(/\b(?:ana|reyes)\b/i);
        expect(once).not.toMatch(/\d{5,}|\d{3}-\d{4}/);
        expect(readClaims(once).filter(({ kind }) => kind === "money" || kind === "phone" || kind === "link")).toEqual([]);
        expect(redacted(once)).toBe(once);
      }),
    );
  });

  test("whoever is known by name is named nowhere, in any spelling of case", () => {
    const name = fc.stringMatching(/^[A-Z][a-z]{2,9}$/).filter((value) => !/^(?:Name|Phone|Link|Amount)/.test(value));
    fc.assert(
      fc.property(name, fc.boolean(), (given, isLoud) => {
        const shown = isLoud ? given.toUpperCase() : given.toLowerCase();
        const result = redact(`so ${shown}, here is ${given} again`, { names: [`${given} Vale`] });
        expect(result.replaceAll(PLACEHOLDERS.name, "")).not.toMatch(new RegExp(`\\b${given}\\b`, "i"));
      }),
    );
  });
});

test.each(Object.values(PLACEHOLDERS))("%s copied into a draft is held by the guards", (placeholder) => {
  expect(findMeta(`Hi ${placeholder}, see you soon!`)).not.toEqual([]);
});
