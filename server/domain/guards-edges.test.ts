import { describe, expect, test } from "vitest";

import { guardDraft, type GuardInput } from "./guards.ts";

const codesOf = (draft: string, over: Partial<GuardInput> = {}): readonly string[] =>
  guardDraft({
    draft,
    facts: [],
    accountFacts: [],
    contactWords: [],
    isBound: false,
    language: "en",
    languages: ["en", "es"],
    promises: [],
    hasDuty: false,
    recentReplies: [],
    allowedLinkHosts: [],
    maxSentences: 3,
    maxCharacters: 480,
    ...over,
  }).map(({ code }) => code);

describe("language, at its edges", () => {
  const CLASSES = "Yoga, Pilates, Zumba, Spin, Boxing!";

  test("a draft that does not show its language passes in one whose words are known, and is held in one whose are not", () => {
    expect(codesOf(CLASSES)).toEqual([]);
    expect(codesOf("Bukas kami araw araw salamat", { language: "tl", languages: ["en", "tl"] })).toEqual(["language_mismatch"]);
  });

  test("a word or two are not judged, neither the contact's nor the agent's", () => {
    expect(codesOf("Bukas po", { language: "tl", languages: ["en", "tl"] })).toEqual([]);
    expect(codesOf("¡Hola, gracias!")).toEqual([]);
    expect(codesOf("We are open and you can come.", { contactWords: ["hola gracias si"] })).toEqual([]);
  });

  test("from four words on a text tells its language, whatever the model says", () => {
    expect(codesOf("We are open and you can come.", { contactWords: ["hola que hora abren"] })).toEqual(["language_mismatch"]);
    expect(codesOf("hola que hora abren")).toEqual(["language_mismatch"]);
  });

  test("the newest of the contact's words counts, and a country behind a language does not", () => {
    const spanish = "Abrimos temprano y te esperamos con gusto en el club.";
    expect(codesOf(spanish, { contactWords: ["when do you open for the day", "ok"], language: "es-MX" })).toEqual([]);
    expect(codesOf(spanish, { contactWords: ["hola que hora abren hoy", "when do you open for the day"], language: "es" })).toEqual([
      "language_mismatch",
    ]);
  });

  test("a language of its own alphabet is told by it", () => {
    const over = { contactWords: ["во сколько вы открываетесь завтра"], language: "ru", languages: ["en", "ru"] };
    expect(codesOf("Мы открыты каждый день, ждём вас.", over)).toEqual([]);
    expect(codesOf("We are open and you can come.", over)).toEqual(["language_mismatch"]);
  });
});

describe("length and repetition, at their edges", () => {
  test("as many characters as allowed pass, one more is held", () => {
    const words = "yes ".repeat(20).trim();
    expect(codesOf(words, { maxCharacters: words.length })).toEqual([]);
    expect(codesOf(words, { maxCharacters: words.length - 1 })).toEqual(["too_long"]);
  });

  test("nine words of ten in common are the same answer, fewer are another", () => {
    const said = "we have towels lockers showers saunas pools courts and parking";
    expect(codesOf(said, { recentReplies: [said] })).toContain("repeated_answer");
    expect(codesOf("we have towels lockers showers saunas pools courts and", { recentReplies: [said] })).toContain("repeated_answer");
    expect(codesOf("we have towels lockers showers saunas pools courts", { recentReplies: [said] })).not.toContain("repeated_answer");
    expect(codesOf("You can rent towels at the desk.", { recentReplies: [said] })).not.toContain("repeated_answer");
    expect(codesOf(`${said} plus childcare upstairs`, { recentReplies: [said] })).not.toContain("repeated_answer");
  });

  test("one figure more, less or elsewhere makes a long answer another one", () => {
    const long = (first: string, second: string): string =>
      `We have towels lockers showers saunas pools courts parking bikes mats ropes bars plates bells boxes rings racks fans clocks mirrors and music, in room ${first} or in room ${second}`;
    const facts = ["rooms 1, 3, 12, 23"];
    expect(codesOf(long("1", "23"), { recentReplies: [long("1", "23")], facts })).toContain("repeated_answer");
    expect(codesOf(long("1", "23"), { recentReplies: [long("12", "3")], facts })).not.toContain("repeated_answer");
    expect(codesOf(long("1", "23"), { recentReplies: [long("1", "3")], facts })).not.toContain("repeated_answer");
  });

  test("a sign without words repeats nothing", () => {
    expect(codesOf("👍", { recentReplies: ["👍"] })).not.toContain("repeated_answer");
  });
});
