import { SentenceTranslation } from "#server/domain/article-translations.ts";
import { ASKED_BOUNDS, contradictingIn, isAskedIn } from "#server/domain/asked-questions.ts";
import { encode } from "#server/platform/sentence-encoder.ts";
import { answerFrom, CERTAIN_SCORE } from "#server/understanding/answer-from.ts";
import { beforeAll, describe, expect, test } from "vitest";

import { DEMO_CLUBS } from "../../demo.ts";
import { profileOf } from "../profiles.ts";
import { articlesOf } from "./articles.ts";
import { spanishOf } from "./spanish.ts";

const knowledgeOf = (slug: string) => {
  const club = DEMO_CLUBS.find((candidate) => candidate.slug === slug);
  if (club === undefined) {
    throw new Error(`no club ${slug}`);
  }
  return articlesOf(club, profileOf(slug)).map(({ asked = [], title, sentences }, index) => ({
    id: `kb_${100 + index}`,
    title,
    body: sentences.join(" "),
    asked,
    translations: spanishOf(sentences),
  }));
};

const ask = (slug: string, question: string) => answerFrom({ question, articles: knowledgeOf(slug), encode, language: null });

/** The encoder is loaded, and the words of all demo articles encoded, once. */
beforeAll(async () => {
  for (const { slug } of DEMO_CLUBS) {
    await ask(slug, "what time do you open");
  }
}, 120_000);

const BOTH: readonly (readonly [string, string])[] = [
  ["are you open on thanksgiving?", "closed"],
  ["do you have wifi?", "Wifi is free"],
  ["what's the wifi password", "The front desk tells you"],
  ["how do i pay my balance", "https://pay."],
  ["do you sell gift cards?", "sold at the front desk"],
  ["do gift cards expire", "never expire"],
  ["i think i lost my earbuds, do you have a lost and found?", "30 days"],
  ["how much is a day pass?", "costs $"],
  ["how do I freeze my membership", "You can freeze"],
  ["can i bring a guest?", "guest"],
  ["do you have childcare?", ""],
  ["can i get a tour?", "Tours are free"],
  ["what is your address", "Our address is"],
  ["hasta qué hora abren hoy", ""],
  ["¿cuánto cuesta el pase de un día?", "$"],
];

const GYM: readonly (readonly [string, string])[] = [
  ["do you have showers?", "showers in both locker rooms"],
  ["do you have towels", "Towels are $2"],
  ["how much is personal training?", "personal training session costs $"],
  ["my key fob doesn't work", "hold it flat"],
  ["is there an enrollment fee", "$49"],
  ["how old do you have to be to join", "at least 16"],
];

const GOLF: readonly (readonly [string, string])[] = [
  ["how much is a bay on saturday", "an hour Friday to Sunday"],
  ["how many people fit in a bay?", "up to six players"],
  ["do you rent clubs?", "rent"],
  ["when is the league?", "at 7 pm"],
  ["how much is a lesson", "golf lesson costs $"],
  ["is there a dress code", "no dress code"],
];

const QUESTIONS = [
  ...DEMO_CLUBS.flatMap(({ slug, kind }) =>
    [...BOTH, ...(kind === "gym" ? GYM : GOLF)].map(([question, words]) => [slug, question, words] as const),
  ),
  ["ironwood-denver", "are you open 24 hours a day?", "24 hours a day"],
  ["ironwood-chicago", "what time do you close tonight?", "5 am to 11 pm"],
  ["ironwood-chicago", "what time do you open on sunday", "7 am to 9 pm"],
  ["fairway-brooklyn", "what time do you close on friday", "10 am to midnight"],
  ["ironwood-phoenix", "is the front desk open on sunday?", "closed on Sunday"],
  ["ironwood-denver", "where can i park?", "behind the building"],
  ["fairway-san-diego", "is parking free?", "Parking is free"],
] as const;

describe("what people ask is answered from the club's own articles", () => {
  test.each(QUESTIONS)("%s: %s", async (slug, question, words) => {
    expect((await ask(slug, question))?.text).toContain(words);
  });
});

test.each(["Do gift cards expire?", "Do you have wifi?", "Is parking free?", "Do you sell gift cards?", "Do you have towels?"])(
  "%s is answered without a model",
  async (question) => {
    expect((await ask("ironwood-denver", question))?.score).toBeGreaterThanOrEqual(CERTAIN_SCORE);
  },
);

test.each([
  ["¿Las tarjetas de regalo vencen?", "Las tarjetas de regalo no vencen."],
  ["hay wifi?", "El wifi es gratis para miembros e invitados."],
  ["cuanto cuesta la toalla", "Las toallas cuestan $2 en la recepción."],
])("%s is answered in Spanish without a model, by what was approved", async (question, words) => {
  const answer = await answerFrom({ question, articles: knowledgeOf("ironwood-denver"), encode, language: "es" });
  expect(answer?.text).toContain(words);
  expect(answer?.score).toBeGreaterThanOrEqual(CERTAIN_SCORE);
});

test.each(DEMO_CLUBS.map(({ slug }) => slug))("%s has translations that the app would take, some of them", (slug) => {
  const knowledge = knowledgeOf(slug);
  const translations = knowledge.flatMap((one) => one.translations);
  expect(translations.filter((one) => !SentenceTranslation.safeParse(one).success)).toEqual([]);
  expect(translations.length).toBeGreaterThanOrEqual(7);
});

test.each(DEMO_CLUBS.map(({ slug }) => slug))("%s knows ways of asking for its articles, each with sentences that stand there", (slug) => {
  const knowledge = knowledgeOf(slug);
  expect(knowledge.flatMap(({ asked, body }) => asked.filter((question) => !isAskedIn(question, body)))).toEqual([]);
  expect(knowledge.flatMap(({ asked }) => contradictingIn(asked))).toEqual([]);
  expect(knowledge.filter(({ asked }) => asked.length > ASKED_BOUNDS.maxCount)).toEqual([]);
  expect(knowledge.filter(({ asked }) => asked.length > 0).length).toBeGreaterThan(knowledge.length / 2);
});

test.each(DEMO_CLUBS.map(({ slug }) => slug))("%s says nothing of what it does not have", async (slug) => {
  for (const question of ["do you have a sauna?", "is there a pool", "do you have a hot tub?", "how much is the sauna"]) {
    expect(await ask(slug, question)).toBeNull();
  }
});

test.each(DEMO_CLUBS.map(({ slug }) => slug))(
  "%s has at least fourteen articles with titles of their own and invented numbers only",
  (slug) => {
    const knowledge = knowledgeOf(slug);
    expect(knowledge.length).toBeGreaterThanOrEqual(14);
    expect(new Set(knowledge.map(({ title }) => title)).size).toBe(knowledge.length);
    const phones = knowledge.flatMap(({ body }) => body.match(/\(\d{3}\) \d{3}-\d{4}/g) ?? []);
    expect(phones.filter((phone) => !/\) 555-01\d\d$/.test(phone))).toEqual([]);
  },
);
