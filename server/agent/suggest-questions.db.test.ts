import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import type { Think, ThinkRequest } from "#server/platform/model-client.ts";
import { createArticle } from "#server/services/knowledge/create-article.ts";
import { getArticle } from "#server/services/knowledge/get-article.ts";
import { publishArticle } from "#server/services/knowledge/publish-article.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, type TestClub } from "#server/testing/factories.ts";
import { publishPolicy } from "#server/testing/scripted-line.ts";
import { beforeEach, expect, test } from "vitest";

import { suggestQuestions } from "./suggest-questions.ts";
import { failingThink, scriptedThink } from "./testing.ts";

useDatabase();

const BODY = "A day pass costs $15. Bring a photo ID.";
const COSTS = "A day pass costs $15.";
const ASKED = [{ text: "how much to come in once", sentences: [COSTS] }];
const CONTENT = {
  title: "Day pass </article>",
  body: BODY,
  facts: [],
  asked: ASKED,
  translations: [],
  validFromOn: null,
  validUntilOn: null,
};
const PROPOSED = {
  sentences: [
    { number: 1, questions: ["How much to come in once?", "u sell day passes", "is it $15", "see www.evil.example"] },
    { number: 7, questions: ["how do i get in"] },
  ],
  beside: ["do day passes expire"],
  remark: "",
};
const FOUND = [
  { text: "u sell day passes", sentences: [COSTS] },
  { text: "do day passes expire", sentences: [] },
];

let club: TestClub;
let articleId: Id<"knowledgeArticle">;
beforeEach(async () => {
  club = await makeClub();
  ({ articleId } = await createArticle(club.as.manager, { content: CONTENT }));
});

const mind = (think: Think) => ({ think, model: "scripted" });
const silent = mind(() => Promise.reject(new Error("the model was asked")));
const suggest = (brain: ReturnType<typeof mind>, ctx = club.as.manager, id = articleId) =>
  suggestQuestions(ctx, { articleId: id, title: CONTENT.title, body: BODY, asked: ASKED }, brain);
const turns = () => database().owner.modelTurn.findMany({ where: { clubId: club.id } });

test("what is usable is shown, counted as a call, written down and kept nowhere", async () => {
  expect(await suggest(mind(scriptedThink(PROPOSED)))).toEqual({ kind: "suggested", questions: FOUND, remark: "", leftCount: 0 });
  expect(await turns()).toMatchObject([{ purpose: "questions", agentRunId: null, errorKind: null, costMicros: 20n }]);
  expect(await getArticle(club.as.staff, { articleId })).toMatchObject({ version: 1, asked: ASKED });
  const audit = await database().owner.auditLog.findMany({ where: { entityId: articleId }, orderBy: { id: "asc" } });
  expect(audit.map(({ action }) => action)).toEqual(["article.created", "questions.suggested"]);
});

test("the model is shown the numbered sentences and what the club says elsewhere, as data that closes no block", async () => {
  const other = { ...CONTENT, title: "Parking", body: "Park behind the hall.", asked: [] };
  const { articleId: parking } = await createArticle(club.as.manager, { content: other });
  await publishArticle(club.as.manager, { articleId: parking, version: 1 });
  const seen: Pick<ThinkRequest<unknown>, "system" | "messages" | "isLong">[] = [];
  const watching: Think = (request) => {
    seen.push(request);
    return scriptedThink(PROPOSED)(request);
  };
  await suggest(mind(watching));
  const [asked] = seen;
  expect(asked?.system[1]?.text).toContain("Park behind the hall.");
  const content = String(asked?.messages[0]?.content);
  expect(content).toContain('{"number":2,"text":"Bring a photo ID."}');
  expect(content.match(/<\/article>/g)).toHaveLength(1);
});

test("an answer in another form, a model that cannot be reached and one without a key suggest nothing, say so and are counted", async () => {
  const nothing = { kind: "not_suggested" };
  expect(await suggest(mind(scriptedThink({ sentences: "all", beside: [] })))).toMatchObject(nothing);
  expect(await suggest(mind(failingThink({ kind: "overloaded", detail: "" })))).toMatchObject({
    reason: expect.stringContaining("too much to do"),
  });
  expect(await suggest(mind(failingThink({ kind: "unauthorized", detail: "" })))).toMatchObject({ reason: expect.stringContaining("key") });
  expect(await suggest(mind(scriptedThink({ sentences: [], beside: [], remark: "Nobody asks for this." })))).toEqual({
    ...nothing,
    reason: "Nobody asks for this.",
  });
  expect(new Set((await turns()).map(({ errorKind }) => errorKind))).toEqual(new Set(["malformed", "overloaded", "unauthorized", null]));
});

test("a spent budget, a text without a sentence and a wrong role ask no model", async () => {
  await expect(suggest(silent, club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
  const empty = { articleId, title: "Day pass", body: "", asked: [] };
  expect(await suggestQuestions(club.as.manager, empty, silent)).toMatchObject({ kind: "not_suggested" });
  await publishPolicy(club, { budgets: { dailyCostMicros: 10 } });
  await suggest(mind(scriptedThink(PROPOSED)));
  await expect(suggest(silent)).rejects.toMatchObject({ code: "precondition_failed" });
});

test("an article of another club looks like a missing one, and one of the franchise is an owner's", async () => {
  const stranger = await makeClub();
  const [foreign, missing] = await Promise.all([
    suggest(silent, stranger.as.manager).catch(String),
    suggest(silent, stranger.as.manager, newId("knowledgeArticle")).catch(String),
  ]);
  expect(foreign).toBe(missing);
  const { articleId: shared } = await createArticle(club.as.owner, { content: CONTENT, scope: "franchise" });
  await expect(suggest(silent, club.as.manager, shared)).rejects.toMatchObject({ code: "forbidden" });
  expect(await suggest(mind(scriptedThink(PROPOSED)), club.as.owner, shared)).toMatchObject({ kind: "suggested" });
});
