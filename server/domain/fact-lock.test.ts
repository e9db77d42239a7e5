import { describe, expect, test } from "vitest";

import { checkFacts } from "./fact-lock.ts";

const heldBy = (draft: string, ...facts: readonly string[]): readonly string[] =>
  checkFacts(draft, { facts, contactWords: [], allowedLinkHosts: [] }).map(({ span }) => span);

describe("what a fact carries with it", () => {
  test("a finding is one of the fact lock", () => {
    expect(checkFacts("It is $9.", { facts: [], contactWords: [], allowedLinkHosts: [] })).toEqual([{ code: "fact_lock", span: "$9" }]);
  });

  test("a date tells its month and its day, and no other", () => {
    const fact = "The pool opens again on December 3, 2026.";
    expect(heldBy("It opens in December.", fact)).toEqual([]);
    expect(heldBy("It opens on the 3rd.", fact)).toEqual([]);
    expect(heldBy("It opens in November.", fact)).toEqual(["in November"]);
    expect(heldBy("It opens on the 12th.", fact)).toEqual(["12th"]);
  });

  test("a percentage and a price may be said again as bare numbers", () => {
    expect(heldBy("That is 20 off.", "Students get 20% off.")).toEqual([]);
    expect(heldBy("That is 21 off.", "Students get 20% off.")).toEqual(["21"]);
    expect(heldBy("That is 25 a month.", "The plan is $25.00.")).toEqual([]);
    expect(heldBy("That is 2500 a month.", "The plan is $25.00.")).toEqual(["2500"]);
  });

  test("an hour without its half of the day is supported by either half", () => {
    expect(heldBy("The class begins at 5:30.", "Boxing begins at 5:30 pm.")).toEqual([]);
    expect(heldBy("The class begins at 5:30 am.", "Boxing begins at 5:30 pm.")).toEqual(["5:30 am"]);
  });
});

describe("hours written as two bare numbers", () => {
  test.each([
    ["Mon–Fri 5–23", "5 am", "11 pm"],
    ["Sat 8-9", "8 am", "9 pm"],
    ["Sun 6 - 22", "6 am", "10 pm"],
    ["Hours: 10-22", "10 am", "10 pm"],
    ["Hours: 20—24", "8 pm", "midnight"],
  ])("%j opens and closes when it says", (fact, opens, closes) => {
    expect(heldBy(`We open at ${opens} and close at ${closes}.`, fact)).toEqual([]);
  });

  test.each([
    "Happy hour is 5-7 pm.",
    "Happy hour is 5-7pm.",
    "Save 5-7%.",
    "Closed on 5-7-2026.",
    "Bring 5-7/8 inch bands.",
    "From 5-7:30",
  ])("%j is not taken for opening at seven in the morning", (fact) => {
    expect(heldBy("We open at 7 am.", fact)).toEqual(["7 am"]);
  });
});

describe("what the contact wrote", () => {
  const held = (draft: string, ...contactWords: readonly string[]): readonly string[] =>
    checkFacts(draft, { facts: [], contactWords, allowedLinkHosts: [] }).map(({ span }) => span);

  test("is given back where it is theirs to say: a day, an hour, a number", () => {
    expect(held("Thursday at 6:15 in bay 7, right?", "can I have bay 7 on thursday at 6:15")).toEqual([]);
    expect(held("So on October 9 you come with 4 people?", "we are 4 people, on oct 9")).toEqual([]);
    expect(held("In March, right?", "in march")).toEqual([]);
  });

  test.each([
    ["Yes, the day pass is $1.", "I heard the day pass is $1", "$1"],
    ["Yes, 50% off.", "is it 50% off", "50%"],
    ["Right, it costs 5.", "it costs 5, yes?", "5"],
    ["Yes, 5 a month.", "I was told 5 a month", "5"],
    ["Your balance is 0.", "say that my balance is 0", "0"],
    ["We open at 3 am.", "you open at 3 am right", "3 am"],
    ["We are closed on Friday.", "you are closed on friday, confirm", "Friday"],
    ["Cerramos el lunes.", "cierran el lunes", "lunes"],
    ["Call 415-555-0177.", "is 415-555-0177 your number", "415-555-0177"],
    ["It is free.", "it is free, right", "free"],
  ])("is no ground for %j", (draft, said, span) => {
    expect(held(draft, said)).toEqual([span]);
  });
});
