import { expect, test } from "vitest";

import { encode } from "../../platform/sentence-encoder.ts";
import storedTowers from "./answer-towers.json" with { type: "json" };
import { asksAboutNow } from "./kinds-of-answer.ts";
import { readArticles } from "./library.ts";
import { isBesideThePoint } from "./qualifiers.ts";
import { readQuestion, stemsKnownTo } from "./read-question.ts";
import { openTowers } from "./towers.ts";

const towers = openTowers(storedTowers);

/** Whether the last sentence of an article is beside the point of a question that is known to be asked for it in other words. */
const isBeside = async (text: string, { body, title }: { readonly title: string; readonly body: string }): Promise<boolean> => {
  const articles = await readArticles([{ id: "kb_1", title, body }], { encode, towers });
  const given = { encode, towers, known: stemsKnownTo(articles) };
  const [article] = articles;
  if (article === undefined) {
    throw new Error("the article was not read");
  }
  const known = await readQuestion("is that so", given);
  return isBesideThePoint(await readQuestion(text, given), { article, sentences: article.sentences.slice(-1), known: [known] as never });
};

const HOLIDAYS = {
  title: "Holiday hours",
  body: "Thanksgiving Day 7 am to noon. New Year's Eve 6 am to 4 pm. There is no Kids' Room on these days.",
};

test.each([
  ["kids room on new years eve?", false],
  ["kids room on easter?", true],
  ["kids room on labor day?", true],
])("“these days” are those that are named before them: %s", async (question, isOut) => {
  expect(await isBeside(question, HOLIDAYS)).toBe(isOut);
});

test.each([
  ["Sign up in the app by January 5.", true],
  ["The league starts on January 12.", false],
  ["League nights run from January 12 to March 16.", false],
])("until when is no start: %s", async (body, isOut) => {
  expect(await isBeside("when does the league start", { title: "Winter league", body })).toBe(isOut);
});

test.each([
  ["do classes cost extra", "All memberships include classes.", false],
  ["how much does the spa cost", "The spa includes a sauna and a steam room.", true],
])("what a plan includes costs nothing more: %s – %s", async (question, body, isOut) => {
  expect(await isBeside(question, { title: "Plans", body })).toBe(isOut);
});

test.each([
  ["how long is the code good for after my booking begins", false],
  ["when is my booking", true],
  ["how much is on my tab", true],
])("%s asks about this moment: %s", (question, isNow) => {
  expect(asksAboutNow(question)).toBe(isNow);
});
