import { expect, test } from "vitest";

import { pointsBack, refersBack } from "./refers-back.ts";

test.each([
  "how old can they be",
  "is there a joining fee on that",
  "do you have those in kids sizes",
  "what comes with it?",
  "y entonces?",
])("“%s” is about what was said before", (text) => {
  expect(refersBack(text)).toBe(true);
});

test.each(["is there a joining fee", "that sounds great, when do you open", "do you have a sauna", "is it free to park"])(
  "“%s” says itself what it is about",
  (text) => {
    expect(refersBack(text)).toBe(false);
  },
);

test.each([
  ["and when does it start?", true],
  ["are they good for the league", true],
  ["what time does the league start", false],
])("%j points back: %s", (part, isBack) => {
  expect(pointsBack(part)).toBe(isBack);
});
