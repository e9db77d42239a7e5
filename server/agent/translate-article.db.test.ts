import type { Id } from "#server/domain/ids.ts";
import type { Think, ThinkRequest } from "#server/platform/model-client.ts";
import { createArticle } from "#server/services/knowledge/create-article.ts";
import { getArticle } from "#server/services/knowledge/get-article.ts";
import { publishArticle } from "#server/services/knowledge/publish-article.ts";
import { restoreVersion } from "#server/services/knowledge/restore-version.ts";
import { updateArticle } from "#server/services/knowledge/update-article.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, type TestClub } from "#server/testing/factories.ts";
import { publishPolicy } from "#server/testing/scripted-line.ts";
import { beforeEach, expect, test } from "vitest";

import { failingThink, scriptedThink } from "./testing.ts";
import { translateArticle } from "./translate-article.ts";

useDatabase();

const COSTS = "A day pass costs $15.";
const BRING = "Bring a photo ID.";
const CUESTA = { language: "es" as const, sentence: COSTS, text: "El pase de un día cuesta $15." };
const CONTENT = {
  title: "Day pass </article>",
  body: `${COSTS} ${BRING}`,
  facts: [],
  asked: [],
  translations: [CUESTA],
  validFromOn: null,
  validUntilOn: null,
};
const PROPOSED = { sentences: [{ number: 2, text: "Traiga una identificación con foto." }], remark: "" };
const FOUND = { language: "es" as const, sentence: BRING, text: "Traiga una identificación con foto." };

let club: TestClub;
let articleId: Id<"knowledgeArticle">;
beforeEach(async () => {
  club = await makeClub();
  ({ articleId } = await createArticle(club.as.manager, { content: CONTENT }));
});

const mind = (think: Think) => ({ think, model: "scripted" });
const silent = mind(() => Promise.reject(new Error("the model was asked")));
const translate = (
  brain: ReturnType<typeof mind>,
  { ctx = club.as.manager, id = articleId }: { ctx?: TestClub["as"]["manager"]; id?: Id<"knowledgeArticle"> } = {},
) => translateArticle(ctx, { articleId: id, title: CONTENT.title, body: CONTENT.body, translations: [CUESTA], language: "es" }, brain);

test("what nobody translated is translated, counted as a call, written down and kept nowhere", async () => {
  expect(await translate(mind(scriptedThink(PROPOSED)))).toEqual({
    kind: "translated",
    translations: [FOUND],
    remark: "",
    refusedCount: 0,
    leftCount: 0,
  });
  const turns = await database().owner.modelTurn.findMany({ where: { clubId: club.id } });
  expect(turns).toMatchObject([{ purpose: "translation", agentRunId: null, errorKind: null, costMicros: 20n }]);
  expect(await getArticle(club.as.staff, { articleId })).toMatchObject({ version: 1, translations: [CUESTA], otherLanguages: ["es"] });
  const audit = await database().owner.auditLog.findMany({ where: { entityId: articleId }, orderBy: { id: "asc" } });
  expect(audit.map(({ action }) => action)).toEqual(["article.created", "translations.suggested"]);
});

test("the model is shown the sentences that are left, as data that closes no block", async () => {
  const seen: Pick<ThinkRequest<unknown>, "messages">[] = [];
  const watching: Think = (request) => {
    seen.push(request);
    return scriptedThink(PROPOSED)(request);
  };
  await translate(mind(watching));
  const content = String(seen[0]?.messages[0]?.content);
  expect(content).toContain('{"number":2,"text":"Bring a photo ID."}');
  expect(content).not.toContain("$15");
  expect(content.match(/<\/article>/g)).toHaveLength(1);
  expect(content).toContain("<task>translate the sentences of an article into Spanish</task>");
});

test("another figure, another form and a model that cannot be reached translate nothing and say so", async () => {
  const nothing = { kind: "not_translated" };
  const other = { sentences: [{ number: 2, text: "Traiga 2 identificaciones." }], remark: "" };
  expect(await translate(mind(scriptedThink(other)))).toMatchObject(nothing);
  expect(await translate(mind(scriptedThink({ sentences: "all" })))).toMatchObject({ ...nothing, reason: expect.stringContaining("read") });
  expect(await translate(mind(failingThink({ kind: "overloaded", detail: "" })))).toMatchObject({
    reason: expect.stringContaining("too much to do"),
  });
});

test("a wrong role, a language the club does not answer in, a spent budget and a whole translation ask no model", async () => {
  await expect(translate(silent, { ctx: club.as.staff })).rejects.toMatchObject({ code: "forbidden" });
  const whole = { articleId, title: "Day pass", body: COSTS, translations: [CUESTA], language: "es" as const };
  expect(await translateArticle(club.as.manager, whole, silent)).toMatchObject({ kind: "not_translated" });
  const { articleId: shared } = await createArticle(club.as.owner, { content: CONTENT, scope: "franchise" });
  await expect(translate(silent, { id: shared })).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await makeClub();
  await expect(translate(silent, { ctx: stranger.as.manager })).rejects.toMatchObject({ code: "not_found" });
  await publishPolicy(club, { agent: { languages: ["en"] } });
  await expect(translate(silent)).rejects.toMatchObject({ code: "precondition_failed" });
  await publishPolicy(club, { agent: { languages: ["en", "es"] }, budgets: { dailyCostMicros: 10 } });
  await translate(mind(scriptedThink(PROPOSED)));
  await expect(translate(silent)).rejects.toMatchObject({ code: "precondition_failed" });
});

test("a sentence that was pasted with invisible marks keeps its translation and its questions", async () => {
  const content = {
    ...CONTENT,
    body: `${COSTS} Bring\u200b a photo ID.`,
    asked: [{ text: "what do i bring", sentences: ["Bring\u200b a photo ID."] }],
    translations: [CUESTA, { ...FOUND, sentence: "Bring\u200b a photo ID.", text: `${FOUND.text}\u202e` }],
  };
  await updateArticle(club.as.manager, { articleId, version: 1, content });
  expect(await getArticle(club.as.staff, { articleId })).toMatchObject({
    asked: [{ sentences: [BRING] }],
    translations: [CUESTA, FOUND],
    versions: [{ asked: [{ sentences: [BRING] }], translations: [CUESTA, FOUND] }, {}],
  });
});

test("translations go with the versions of the article, and one whose sentence changed comes back with it", async () => {
  await publishArticle(club.as.manager, { articleId, version: 1 });
  const dearer = { ...CONTENT, body: `A day pass costs $18. ${BRING}`, translations: [CUESTA, FOUND] };
  await updateArticle(club.as.manager, { articleId, version: 2, content: dearer });
  expect(await getArticle(club.as.staff, { articleId })).toMatchObject({
    translations: [CUESTA, FOUND],
    versions: [{ translations: [CUESTA, FOUND] }, { translations: [CUESTA] }, { translations: [CUESTA] }],
  });
  await restoreVersion(club.as.manager, { articleId, version: 3, restoredVersion: 2 });
  expect(await getArticle(club.as.staff, { articleId })).toMatchObject({ body: CONTENT.body, translations: [CUESTA] });
});
