import fc from "fast-check";
import { expect, test } from "vitest";

import { withoutCourtesies } from "./courtesies.ts";

test.each([
  ["hey guys, do you have towels? thanks 😊", "do you have towels?"],
  ["hi there\nquick question\nis there parking?", "is there parking?"],
  ["hey guys\nwas wondering\nyou got showers", "you got showers"],
  ["sorry to bother you guys again\nwhere do i park", "where do i park"],
  ["good morning\nwhat time u close", "what time u close"],
  ["Hello everyone, good evening! Do you rent clubs? Thank you very much in advance!!", "Do you rent clubs?"],
  ["hours please", "hours"],
  ["is parking free tho", "is parking free"],
  ["Dear Sir or Madam, is parking free? Kind regards, Doris Pell", "is parking free?"],
  ["Dear gym,\nwhat is a day pass?\nSincerely\nArt", "what is a day pass?"],
  ["yo, what is a day pass nowadays lol", "what is a day pass"],
  ["any lockers 🏊🏽‍♀️ pls", "any lockers"],
])("politeness around %j is no part of the question", (text, asked) => {
  expect(withoutCourtesies(text)).toBe(asked);
});

test.each([
  "It's Christmas! what time do you close?",
  "It's Thanksgiving. What time do you close?",
  "I hope you're open on Christmas Day! What time do you close?",
  "are you open? just checking before I drive over on Thanksgiving",
  "I'm Gold. How much is it to bring a guest?",
  "Costco here, how much is a day pass?",
  "how much for kids <3",
  "what time of day is there no rush",
  "do you have a class with Ty",
  "evening-only membership, how much?",
  "ok to use my own lock?",
  "team discount?",
  "hi-lo aerobics when",
  "good morning yoga?",
  "its broken, what now",
  "im new, what do i bring",
  "was wondering if you have towels",
  "how much is a day pass, no, thanks",
  "how much is a pass, no thanks needed",
  "no, thanks",
  "no thanks",
  "im away monday and tuesday. can i cancel these days",
  "sup boards for rent",
  "can i come even though",
  "dear god what is a day pass",
  "do you print letters with regards",
  "can i say thank you",
])("%j says all of it", (text) => {
  expect(withoutCourtesies(text)).toBe(text);
});

test("a long text is left alone", () => {
  const letter = `${"hi ".repeat(1_300)}do you have towels${"–".repeat(2_000)}x`;
  expect(withoutCourtesies(letter)).toBe(letter);
});

test.each(["hi", "how are you?", "thanks!", "???", "👍", ""])("what is polite from end to end stays: %j", (text) => {
  expect(withoutCourtesies(text)).toBe(text);
});

test("whatever is written, no word is added, and a second look finds nothing more", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          "hey",
          "hi",
          "thanks",
          "towels",
          "?",
          "\n",
          ",",
          "its Dana",
          "so",
          "open",
          "😊",
          "pls",
          "12",
          "no",
          "quick question",
        ),
        {
          maxLength: 12,
        },
      ),
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
