import { scriptedThink, thought } from "#server/agent/testing.ts";
import type { Id } from "#server/domain/ids.ts";
import type { ArticleContent } from "#server/domain/knowledge.ts";
import { newId } from "#server/platform/ids.ts";
import { loadSituation } from "#server/services/agent-runs/load-situation.ts";
import { inTransaction } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, type TestClub } from "#server/testing/factories.ts";
import { answer } from "#server/testing/scripted-agent.ts";
import { makeLine, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, expect, test } from "vitest";

import { acceptProposal } from "./accept-proposal.ts";
import { answerGap } from "./answer-gap.ts";
import { createArticle } from "./create-article.ts";
import { getArticle } from "./get-article.ts";
import { listArticles } from "./list-articles.ts";
import { listGaps } from "./list-gaps.ts";
import { proposeFromCorrection } from "./propose-from-correction.ts";
import { publishArticle } from "./publish-article.ts";
import { restoreVersion } from "./restore-version.ts";
import { updateArticle } from "./update-article.ts";

useDatabase();
useScriptedOpenPhone();

let line: Line;
let club: TestClub;
beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  club = line.club;
});

const COSTS = "A day pass costs $15.";
const ASKED = [{ text: "how much to come in once", sentences: [COSTS] }];
const content = (overrides: Partial<ArticleContent> = {}): ArticleContent => ({
  title: "Day pass price",
  body: `${COSTS} Day passes are sold at the front desk.`,
  facts: [],
  asked: ASKED,
  translations: [],
  validFromOn: null,
  validUntilOn: null,
  ...overrides,
});
const published = async (scope: "club" | "franchise" = "club"): Promise<Id<"knowledgeArticle">> => {
  const author = scope === "club" ? club.as.manager : club.as.owner;
  const { articleId } = await createArticle(author, { content: content(), scope });
  await publishArticle(author, { articleId, version: 1 });
  return articleId;
};
/** The questions that the next answer may rest on. */
const usable = async (): Promise<readonly string[]> => {
  const { conversationId, messageId } = await write(line, { text: "hello there" });
  const loaded = await loadSituation(line.system, { conversationId, messageId });
  return (loaded?.knowledge ?? []).flatMap(({ asked = [] }) => asked.map(({ text }) => text));
};

test("questions are kept with the article and reach the next answer; staff cannot write them", async () => {
  await expect(createArticle(club.as.staff, { content: content() })).rejects.toMatchObject({ code: "forbidden" });
  const articleId = await published();
  expect(await getArticle(club.as.staff, { articleId })).toMatchObject({ asked: ASKED, versions: [{ asked: ASKED }, { asked: ASKED }] });
  expect(await usable()).toEqual(["how much to come in once"]);
  const audit = await database().owner.auditLog.findMany({ where: { entityId: articleId }, orderBy: { id: "asc" } });
  expect(audit.map(({ action }) => action)).toEqual(["article.created", "article.published"]);
});

test("a question whose sentence was changed stays with the article, is not used, and is back with the version it belonged to", async () => {
  const articleId = await published();
  const body = "A day pass costs $18. Day passes are sold at the front desk.";
  await updateArticle(club.as.manager, { articleId, version: 2, content: content({ body }) });
  expect(await getArticle(club.as.staff, { articleId })).toMatchObject({ body, asked: ASKED });
  expect(await usable()).toEqual([]);
  await restoreVersion(club.as.manager, { articleId, version: 3, restoredVersion: 2 });
  expect(await usable()).toEqual(["how much to come in once"]);
});

test("a question that nothing answers goes with every version and every text of its article, and comes back with the one it stood in", async () => {
  const beside = { text: "can i pay with bitcoin", sentences: [] };
  const { articleId } = await createArticle(club.as.manager, { content: content({ asked: [...ASKED, beside] }) });
  await publishArticle(club.as.manager, { articleId, version: 1 });
  expect(await usable()).toEqual(["how much to come in once", beside.text]);
  const body = "Ask at the desk.";
  await updateArticle(club.as.manager, { articleId, version: 2, content: content({ body, asked: [...ASKED, beside] }) });
  expect(await usable()).toEqual([beside.text]);
  await updateArticle(club.as.manager, { articleId, version: 3, content: content({ body, asked: [] }) });
  expect(await usable()).toEqual([]);
  await restoreVersion(club.as.manager, { articleId, version: 4, restoredVersion: 2 });
  expect(await getArticle(club.as.staff, { articleId })).toMatchObject({
    asked: [...ASKED, beside],
    versions: [{}, { asked: [] }, { asked: [...ASKED, beside] }, {}, {}],
  });
});

test("the questions of the franchise's article serve its clubs, and those of another franchise nobody else", async () => {
  const articleId = await published("franchise");
  expect(await usable()).toEqual(["how much to come in once"]);
  const stranger = await makeClub({ name: "Fairway Reno" });
  await expect(getArticle(stranger.as.manager, { articleId })).rejects.toMatchObject({ code: "not_found" });
  await expect(updateArticle(stranger.as.manager, { articleId, version: 2, content: content() })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a question that no article answered is one of those that the article written for it answers", async () => {
  const asked = await write(line, { text: "Is there a sauna?" });
  await answer(line, asked, scriptedThink(thought({ answerable: false, reply: null, knowledgeIds: [] })));
  const [gap] = await listGaps(club.as.staff);
  const { articleId } = await answerGap(club.as.manager, {
    gapId: gap?.id ?? newId("knowledgeGap"),
    content: content({ title: "Sauna", body: "We have no sauna.", asked: [] }),
  });
  expect(await getArticle(club.as.staff, { articleId })).toMatchObject({
    asked: [{ text: "Is there a sauna?", sentences: ["We have no sauna."] }],
  });
});

test("published articles without any question are found, and one that only knows what it does not answer is none of them", async () => {
  const write = async (title: string, asked: ArticleContent["asked"]) => {
    const { articleId } = await createArticle(club.as.manager, { content: content({ title, asked }) });
    await publishArticle(club.as.manager, { articleId, version: 1 });
  };
  await write("Bare", []);
  await write("Beside", [{ text: "can i pay with bitcoin", sentences: [] }]);
  await createArticle(club.as.manager, { content: content({ title: "Draft", asked: [] }) });
  expect(await listArticles(club.as.staff, { state: "unasked" })).toMatchObject([{ title: "Bare", askedCount: 0 }]);
  expect((await listArticles(club.as.staff)).map(({ askedCount }) => askedCount)).toEqual([0, 1, 0]);
});

test("a gap whose answer is a fact and no text brings no question, and least of all as one that nothing answers", async () => {
  const asked = await write(line, { text: "Is there a sauna?" });
  await answer(line, asked, scriptedThink(thought({ answerable: false, reply: null, knowledgeIds: [] })));
  const [gap] = await listGaps(club.as.staff);
  const fact = { id: "sauna", kind: "price", label: "Sauna", value: "$5", validFromOn: null, validUntilOn: null } as const;
  const { articleId } = await answerGap(club.as.manager, {
    gapId: gap?.id ?? newId("knowledgeGap"),
    content: content({ title: "Sauna", body: "", facts: [fact], asked: [] }),
  });
  expect(await getArticle(club.as.staff, { articleId })).toMatchObject({ asked: [] });
});

test("what a member asked comes with the proposal made of what staff answered, and counts from the yes on", async () => {
  await inTransaction(club.as.manager, (tx) =>
    proposeFromCorrection(tx, club.as.manager, {
      correctionId: newId("correction"),
      question: "can i bring my dog?",
      body: "Dogs are welcome on the patio.",
    }),
  );
  expect(await usable()).toEqual([]);
  const [proposal] = await listArticles(club.as.staff, { state: "proposed" });
  await acceptProposal(club.as.manager, { articleId: proposal?.id ?? newId("knowledgeArticle"), version: 1 });
  expect(await usable()).toEqual(["can i bring my dog?"]);
});
