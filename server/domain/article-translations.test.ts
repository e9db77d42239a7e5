import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { SentenceTranslation, translationIn, standingIn, translationsOf } from "./article-translations.ts";
import { knownOn } from "./knowledge-today.ts";
import { ArticleContent } from "./knowledge.ts";
import { splitSentences } from "./sentences.ts";
import { sentencesToTranslate, TRANSLATION_ROUND_MAX_COUNT, usableTranslations } from "./suggested-translations.ts";

const COSTS = "A day pass costs $15.";
const BRING = "Bring a photo ID on Sunday.";
const BODY = `${COSTS} ${BRING}`;
const es = (sentence: string, text: string): SentenceTranslation => ({ language: "es", sentence, text });
const CUESTA = es(COSTS, "El pase de un día cuesta $15.");
const TRAIGA = es(BRING, "El domingo traiga una identificación con foto.");

describe("a translated sentence", () => {
  test.each([
    [COSTS, "El pase de un día cuesta $18.", "numbers"],
    [COSTS, "El pase de un día cuesta $15, o 2 por $30.", "numbers"],
    [COSTS, "El pase tiene un costo.", "numbers"],
    ["See https://ironwood.example/pass for it.", "Vea https://evil.example/pass.", "links"],
    ["See the page.", "Vea www.evil.example.", "links"],
    [COSTS, "El pase cuesta el 15%.", "hour, a day or a price"],
    ["Call (303) 555-0100.", "Llame al (303) 555-0199.", "numbers"],
    ["Write to desk@ironwood.example.", "Escriba a desk@evil.example.", "links"],
    ["We open at 7 am.", "Abrimos a las 7 de la noche.", "hour, a day or a price"],
    ["We are closed on Sunday.", "Cerramos el sábado.", "hour, a day or a price"],
    ["We are open until midnight.", "Abrimos hasta el mediodía.", "hour, a day or a price"],
    [COSTS, "  ", "write"],
  ])("of %j is not %j", (sentence, text, word) => {
    expect(SentenceTranslation.safeParse(es(sentence, text)).error?.issues[0]?.message).toContain(word);
  });

  test.each([
    ["Both doors open at 7 am on weekdays.", "Las dos puertas abren a las 7 am de lunes a viernes."],
    ["See https://iron.example/pay for it.", "Para eso vea https://iron.example/pay."],
    ["We are open 24 hours a day.", "Abrimos las 24 horas."],
  ])("of %j may be %j", (sentence, text) => {
    expect(SentenceTranslation.safeParse(es(sentence, text)).success).toBe(true);
  });

  test("counts while its sentence stands in the text word for word, and no longer", () => {
    expect(standingIn([CUESTA, TRAIGA], BODY)).toEqual([CUESTA, TRAIGA]);
    expect(standingIn([CUESTA, TRAIGA], BODY.replace("$15", "$18"))).toEqual([TRAIGA]);
    expect(translationIn([CUESTA], { language: "fr", sentence: COSTS })).toBeUndefined();
  });

  test("is one for each sentence and language, and one that cannot be read silences no other", () => {
    const content = { title: "Day pass", body: BODY, facts: [], asked: [], validFromOn: null, validUntilOn: null };
    const twice = ArticleContent.safeParse({ ...content, translations: [CUESTA, { ...CUESTA, text: "Un día: $15." }] });
    expect(twice.error?.issues[0]).toMatchObject({ path: ["translations"] });
    expect(ArticleContent.safeParse({ ...content, translations: [CUESTA, { ...CUESTA, language: "en" }] }).success).toBe(true);
    expect(translationsOf([CUESTA, { language: "es" }, null, es(COSTS, "Cuesta $99.")])).toEqual([CUESTA]);
    expect(translationsOf("nothing")).toEqual([]);
  });

  test("of a fact that is stopped is known no more than the fact", () => {
    const fact = { id: "f1", kind: "price" as const, label: "Day pass", value: "$15", validFromOn: null, validUntilOn: null };
    const stored = { id: "kb_1", title: "Passes", body: BODY, version: 1, status: "published" as const, isStopped: false };
    const article = { ...stored, validFromOn: null, validUntilOn: null, translations: [CUESTA, TRAIGA] };
    const known = (stoppedAt: string | null) =>
      knownOn({ ...article, facts: [{ ...fact, stoppedAt, stopReason: null }] }, "2026-11-22")?.translations;
    expect(known(null)).toEqual([CUESTA, TRAIGA]);
    expect(known("2026-11-21T10:00:00Z")).toEqual([TRAIGA]);
  });
});

describe("what a model translates", () => {
  const sentences = [
    { number: 1, text: COSTS },
    { number: 2, text: BRING },
  ];
  const usable = (...proposed: readonly { readonly number: number; readonly text: string }[]) =>
    usableTranslations(proposed, { language: "es", sentences });

  test("is shown where figures, links, days and the language are right, each sentence once", () => {
    expect(usable({ number: 1, text: " El pase de un día  cuesta $15.\u200b" }, { number: 2, text: TRAIGA.text })).toEqual([
      CUESTA,
      TRAIGA,
    ]);
    expect(usable({ number: 2, text: "El sábado traiga una identificación con foto." })).toEqual([]);
    expect(usable({ number: 1, text: COSTS })).toEqual([]);
    expect(usable({ number: 2, text: "Please bring your photo ID with you on Sunday." })).toEqual([]);
    expect(usable({ number: 1, text: CUESTA.text }, { number: 1, text: "Un día cuesta $15." })).toEqual([]);
    expect(usable({ number: 7, text: CUESTA.text })).toEqual([]);
  });

  test("is always something the article may be saved with", () => {
    const proposal = fc.record({
      number: fc.integer({ min: 0, max: 4 }),
      text: fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.constantFrom(CUESTA.text, TRAIGA.text, "", "$15", "x".repeat(5_000))),
    });
    fc.assert(
      fc.property(fc.array(proposal, { maxLength: 6 }), (proposed) => {
        for (const one of usable(...proposed)) {
          expect(SentenceTranslation.parse(one)).toEqual(one);
          expect(splitSentences(BODY)).toContain(one.sentence);
        }
      }),
    );
  });

  test("goes round by round through what is not translated yet", () => {
    const body = Array.from({ length: TRANSLATION_ROUND_MAX_COUNT + 3 }, (_, place) => `Rule ${place + 1} holds.`).join(" ");
    const first = sentencesToTranslate({ body, language: "es", translations: [] });
    expect([first.sentences.length, first.leftCount]).toEqual([TRANSLATION_ROUND_MAX_COUNT, 3]);
    const translations = first.sentences.map(({ text }) => es(text, text.replace("Rule", "La regla").replace("holds", "vale")));
    const second = sentencesToTranslate({ body, language: "es", translations });
    expect([second.sentences.map(({ number }) => number), second.leftCount]).toEqual([[21, 22, 23], 0]);
    expect(sentencesToTranslate({ body, language: "en", translations }).leftCount).toBe(3);
  });
});
