import fc from "fast-check";
import { expect, test } from "vitest";

import { withoutCourtesies } from "./courtesies.ts";

test.each([
  ["hey its Dana\ndo you have towels? thanks 😊", "do you have towels?"],
  ["hi there\nquick question\nis there parking?", "is there parking?"],
  ["its Kim Lee here, can i freeze", "can i freeze"],
  ["hey guys\nwas wondering\nyou got showers", "you got showers"],
  ["sorry to bother you guys again\nwhere do i park", "where do i park"],
  ["I hope you are well. What are your hours?", "What are your hours?"],
  ["q for ya: any pool", "any pool"],
  ["so do you take amex", "do you take amex"],
  ["morning\nwhat time u close", "what time u close"],
  ["Hello everyone, good evening! Do you rent clubs? Thank you very much in advance!!", "Do you rent clubs?"],
  ["is there childcare\njust checking before i drive over", "is there childcare"],
  ["any lockers lol", "any lockers"],
])("politeness around %j is no part of the question", (text, asked) => {
  expect(withoutCourtesies(text)).toBe(asked);
});

test.each([
  "its broken, what now",
  "This is Closed, why",
  "im new, what do i bring",
  "morning class times?",
  "evening classes?",
  "was wondering if you have towels",
  "is last entry at 9",
  "how much is a pass, no thanks needed",
  "no thanks",
  "can i say thank you",
])("%j says all of it", (text) => {
  expect(withoutCourtesies(text)).toBe(text);
});

test.each(["hi", "how are you?", "thanks!", "???", "👍", ""])("what is polite from end to end stays: %j", (text) => {
  expect(withoutCourtesies(text)).toBe(text);
});

test("whatever is written, no word is added, and a second look finds nothing more", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("hey", "hi", "thanks", "towels", "?", "\n", ",", "its Dana", "so", "open", "😊", "pls", "12"), {
        maxLength: 12,
      }),
      (words) => {
        const text = words.join(" ");
        const rest = withoutCourtesies(text);
        expect(withoutCourtesies(rest)).toBe(rest);
        const own = text.split(/\s+/u);
        expect(rest.split(/\s+/u).every((word) => own.some((one) => one.includes(word)))).toBe(true);
      },
    ),
  );
});
