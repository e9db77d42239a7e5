import { beforeAll, describe, expect, test } from "vitest";

import { noticeArticle } from "../domain/known-hours.ts";
import { encode } from "../platform/sentence-encoder.ts";
import { answerFrom, type Article, CERTAIN_SCORE } from "./answer-from.ts";

const COSTS = "A day pass costs $15.";
const TOWELS = "Towels are $2 at the front desk.";
const POOL = "The pool is open from 6 am to 9 pm.";
const CUESTA = "El pase de un día cuesta $15.";
const TOALLAS = "Las toallas cuestan $2 en la recepción.";
const ALBERCA = "La alberca abre de 6 am a 9 pm.";

const asked = (sentence: string, texts: readonly string[]) => texts.map((text) => ({ text, sentences: [sentence] }));
const inSpanish = (sentence: string, text: string) => ({ language: "es" as const, sentence, text });

const PASS: Article = {
  id: "kb_pass",
  title: "Day pass",
  body: `${COSTS} Bring a photo ID.`,
  asked: asked(COSTS, ["how much is a day pass", "price of one day", "what do you charge for a single visit", "day pass cost"]),
  translations: [inSpanish(COSTS, CUESTA)],
};
const AMENITIES: Article = {
  id: "kb_amenities",
  title: "Towels and pool",
  body: `${TOWELS} ${POOL}`,
  asked: [
    ...asked(TOWELS, ["do you have towels", "how much are towels", "can i rent a towel", "towel price"]),
    ...asked(POOL, ["when is the pool open", "what time does the pool open", "how late can i swim", "pool hours"]),
  ],
  translations: [inSpanish(TOWELS, TOALLAS), inSpanish(POOL, ALBERCA)],
};
const ARTICLES = [PASS, AMENITIES];

const ask = (question: string, articles: readonly Article[] = ARTICLES, language: string | null = "es") =>
  answerFrom({ question, articles, encode, language });

/** The encoder is loaded, and the words of all articles encoded, once. */
beforeAll(async () => {
  await ask("hola");
}, 60_000);

describe("who asks in another language", () => {
  test.each([
    ["¿Cuánto cuesta el pase de un día?", CUESTA],
    ["cuanto es la toalla", TOALLAS],
    ["hola buenas, a que hora abren la alberca?", ALBERCA],
    ["tienen toallas?", TOALLAS],
  ])("%s is told what was approved: %s", async (question, text) => {
    expect(await ask(question)).toMatchObject({ text });
  });

  test("is certain of it where the same question in English would be", async () => {
    expect((await ask("how much is a day pass", ARTICLES, "en"))?.score).toBeGreaterThanOrEqual(CERTAIN_SCORE);
    expect((await ask("cuanto cuesta el pase de un dia"))?.score).toBeGreaterThanOrEqual(CERTAIN_SCORE);
  });

  test("is told nothing of a sentence that nobody has translated, and nothing in a language that nobody has", async () => {
    const untranslated = { ...AMENITIES, translations: [inSpanish(TOWELS, TOALLAS)] };
    expect(await ask("a que hora abren la alberca?", [PASS, untranslated])).toBeNull();
    expect(await ask("a que hora abren la alberca?", [PASS, { ...AMENITIES, translations: [] }])).toBeNull();
    expect(await ask("quanto custa o passe de um dia", ARTICLES, "pt")).toBeNull();
  });

  test("is told nothing once the sentence says something else", async () => {
    const dearer = { ...PASS, body: PASS.body.replace("$15", "$18"), asked: [] };
    expect(await ask("cuanto cuesta el pase de un dia", [dearer, AMENITIES])).toBeNull();
  });

  test("is told nothing for certain while a word of it was not read, or a day of the month", async () => {
    expect((await ask("cuanto cuesta el pase de un dia para xilofonos"))?.score ?? 0).toBeLessThan(CERTAIN_SCORE);
    expect((await ask("a que hora abren la alberca el 24"))?.score ?? 0).toBeLessThan(CERTAIN_SCORE);
  });

  test("hears of no open pool while a notice says in whatever language that it is closed", async () => {
    const notice = noticeArticle({ id: "1", text: "The pool is closed for repairs", untilOn: "2026-11-27" });
    expect((await ask("a que hora abren la alberca?", [notice, ...ARTICLES]))?.text ?? "").not.toContain(ALBERCA);
  });
});

test("who asks in English is told the article's own words, translated or not", async () => {
  expect(await ask("do you have towels?", ARTICLES, "en")).toMatchObject({ text: TOWELS });
  expect(await ask("do you have towels?", ARTICLES, null)).toMatchObject({ text: TOWELS });
});

test("an article written in Spanish answers in Spanish, and for somebody who translates also who asks in English", async () => {
  const horario: Article = { id: "kb_sauna", title: "Sauna", body: "Tenemos sauna en los dos vestidores." };
  expect(await ask("hay sauna?", [horario])).toMatchObject({ text: horario.body });
  expect(await ask("do you have a sauna?", [horario], "en")).toBeNull();
  expect(await ask("do you have a sauna?", [horario], null)).toMatchObject({ text: horario.body });
});
