import { type Encode, VECTOR_LENGTH } from "#server/domain/sentence-vectors.ts";
import { withFranchise } from "#server/platform/tenant.ts";
import { systemContext } from "#server/services/context.ts";
import { forgetMeanings, meaningOf } from "#server/understanding/answering/meanings.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, expect, test } from "vitest";

import { createArticle } from "./create-article.ts";
import { learnArticles } from "./learn-articles.ts";
import { publishArticle } from "./publish-article.ts";
import { recallMeanings } from "./recall-meanings.ts";

useDatabase();

let club: TestClub;
beforeEach(async () => {
  forgetMeanings();
  club = await makeClub({ name: "Ironwood Denver" });
});

let serial = 0;
const article = (questions: readonly string[]) => {
  serial += 1;
  return {
    id: `kb_${serial}`,
    title: `Towels ${serial}`,
    body: "Towels are free.",
    asked: questions.map((text) => ({ text, sentences: ["Towels are free."] })),
  };
};

/** Points another way for each text, and counts. */
const encoder = () => {
  const encoded: string[] = [];
  const encode: Encode = (texts) => {
    encoded.push(...texts);
    return Promise.resolve(
      texts.map((text) => Float32Array.from({ length: VECTOR_LENGTH }, (_, place) => (place === text.length ? 0.25 : 0))),
    );
  };
  return { encode, encoded };
};

test("what was encoded once is encoded by no process of the franchise again", async () => {
  const articles = [article(["do you have towels", "are towels free"])];
  const first = encoder();
  await recallMeanings(scopeOf(club), { articles, encode: first.encode });
  expect(first.encoded.toSorted()).toEqual(["are towels free", "do you have towels"]);
  const learnt = meaningOf("are towels free");
  forgetMeanings();
  const second = encoder();
  await recallMeanings(scopeOf(club), { articles, encode: second.encode });
  expect(second.encoded).toEqual([]);
  expect(meaningOf("are towels free")).toEqual(learnt);
});

test("whoever cannot wait for the questions is answered from the articles alone, until they are learnt", async () => {
  const articles = [article(["may i borrow a towel", "towels for guests"]), article(["who washes the towels"])];
  const { encode, encoded } = encoder();
  const now = await recallMeanings(scopeOf(club), { articles, encode, waitAtMostMs: 0 });
  expect(now.map(({ asked }) => asked)).toEqual([[], []]);
  expect(encoded).toEqual([]);
  expect(await recallMeanings(scopeOf(club), { articles, encode, isUrgent: false, waitAtMostMs: 0 })).toEqual(articles);
  expect(await recallMeanings(scopeOf(club), { articles, encode, waitAtMostMs: 0 })).toEqual(articles);
});

test("another franchise learns nothing from it", async () => {
  const articles = [article(["where are the towels kept"])];
  await recallMeanings(scopeOf(club), { articles, encode: encoder().encode });
  const stranger = await makeClub({ name: "Fairway Brooklyn" });
  forgetMeanings();
  const other = encoder();
  await recallMeanings(scopeOf(stranger), { articles, encode: other.encode });
  expect(other.encoded).toEqual(["where are the towels kept"]);
  expect(await withFranchise(scopeOf(stranger), (tx) => tx.db.sentenceVector.count())).toBe(1);
});

test("the text itself is not kept", async () => {
  await recallMeanings(scopeOf(club), { articles: [article(["is there a towel for my knee"])], encode: encoder().encode });
  const rows = await database().owner.sentenceVector.findMany({ where: { franchiseId: scopeOf(club).franchiseId } });
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain("towel");
});

test("two who learn the same at a time keep it once", async () => {
  const articles = [article(["towel service?", "any towels"])];
  const learn = () => recallMeanings(scopeOf(club), { articles, encode: encoder().encode });
  await Promise.all([learn(), learn()]);
  expect(await database().owner.sentenceVector.count({ where: { franchiseId: scopeOf(club).franchiseId } })).toBe(2);
});

test("the machinery learns what a club has published before anybody asks", async () => {
  const content = {
    title: "Towels",
    body: "Towels are free.",
    facts: [],
    asked: [{ text: "gratis towels maybe", sentences: ["Towels are free."] }],
    translations: [],
    validFromOn: null,
    validUntilOn: null,
  };
  const { articleId } = await createArticle(club.as.manager, { content });
  await publishArticle(club.as.manager, { articleId, version: 1 });
  await learnArticles(systemContext(scopeOf(club), { job: "learn-articles" }));
  expect(meaningOf("gratis towels maybe")).toHaveLength(VECTOR_LENGTH);
});
