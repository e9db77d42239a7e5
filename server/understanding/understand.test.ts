import fc from "fast-check";
import { isLockedOut } from "../domain/emergency-words.ts";
import { describe, expect, test } from "vitest";

import { RISK_FLAGS } from "../domain/intent.ts";
import { CATEGORIES } from "../domain/categories.ts";
import { type Encode, VECTOR_LENGTH } from "../domain/sentence-vectors.ts";
import { understand } from "./understand.ts";

/** What holds for any text holds whatever the vectors say. */
const noVectors: Encode = (texts) => Promise.resolve(texts.map(() => new Float32Array(VECTOR_LENGTH)));
const read = (text: string, clubAsked: string | null = null) => understand({ text, clubAsked, encode: noVectors });

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({ unit: "grapheme", maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        "cancel",
        "my",
        "class",
        "stop",
        "how much",
        "?",
        "the door",
        "is broken",
        "gracias",
        "\u200B",
        "😀",
        "\n",
        "$49",
        "don’t",
        "yes",
        "-",
        "'",
      ),
      { maxLength: 60 },
    )
    .map((words) => words.join(" ")),
);
const anyAsked = fc.option(anyText);

describe("for any text whatever", () => {
  test("it answers within its contract: known category, flags without repeats, chances in 0..1, evidence cut from the text", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyAsked, async (text, clubAsked) => {
        const said = await read(text, clubAsked);
        expect(CATEGORIES).toContain(said.category);
        expect(said.subIntent).toMatch(/^[a-z_]+$/);
        for (const chance of [said.confidence, said.optOut.chance, ...Object.values(said.risks)]) {
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
        }
        expect(new Set(said.riskFlags).size).toBe(said.riskFlags.length);
        expect(said.riskFlags.every((flag) => RISK_FLAGS.includes(flag))).toBe(true);
        expect(text).toContain(said.evidence);
        expect(said.language).toMatch(/^[a-z]{2}$/);
      }),
      { numRuns: 500 },
    );
  });

  test("the same text gives the same answer, and a complaint always needs a person", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyAsked, async (text, clubAsked) => {
        const said = await read(text, clubAsked);
        expect(await read(text, clubAsked)).toEqual(said);
        expect(said.category !== "complaint" || said.needsPerson).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("only English is encoded", async () => {
    const encoded: string[] = [];
    const watching: Encode = (texts) => {
      encoded.push(...texts);
      return noVectors(texts);
    };
    for (const text of ["what time do you close", "¿a qué hora cierran hoy?", "你们几点关门"]) {
      await understand({ text, clubAsked: null, encode: watching });
    }
    expect(encoded).toEqual(["what time do you close"]);
  });

  test("case, curly apostrophes and blanks around do not change the category", async () => {
    for (const text of ["the door won't open", "what time do you close", "stop texting me", "quiero cancelar mi membresía"]) {
      expect((await read(`  ${text.toUpperCase().replaceAll("'", "’")} \n`)).category).toBe((await read(text)).category);
    }
  });
});

describe("what it quotes", () => {
  test("the evidence is the member's own wording, not the normalised one", async () => {
    expect((await read("hi, what time u close on sundays")).evidence).toBe("what time u close");
  });

  test.each([
    ["en", "what time do you close"],
    ["es", "¿a qué hora cierran hoy?"],
    ["es", "no puedo pagar este mes"],
    ["fr", "Bonjour, vous ouvrez à quelle heure ?"],
    ["ru", "Во сколько вы закрываетесь?"],
    ["zh", "你们几点关门"],
    ["en", "👍"],
  ])("%s is the language of: %s", async (language, text) => {
    expect((await read(text)).language).toBe(language);
  });

  test.each([
    ["reaction", "Loved “See you at 5!”"],
    ["emoji_only", "👍"],
    ["unclear", ""],
  ])("%s: %s is told by its form and says nothing", async (subIntent, text) => {
    expect(await read(text)).toMatchObject({ category: "other", subIntent, riskFlags: [], needsPerson: false, optOut: { verdict: "no" } });
  });
});

test.each([
  "I'm locked out, the front door won't open",
  "im outside and the door wont open",
  "stuck outside in the rain, can someone let me in",
])("%s is a fault of a door and no emergency", async (text) => {
  const { category, riskFlags } = await read(text);
  expect({ category, isEmergency: riskFlags.includes("emergency") }).toEqual({ category: "complaint", isEmergency: false });
});

test("whoever is locked in, or tells of an emergency at the door, is not taken for somebody locked out", async () => {
  expect((await read("someone is locked in the sauna")).riskFlags).toContain("emergency");
  expect(isLockedOut("I'm locked out and a man here has collapsed")).toBe(false);
});
