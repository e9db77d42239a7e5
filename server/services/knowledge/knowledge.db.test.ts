import { gzipSync } from "node:zlib";

import type { ArticleContent, FactDraft } from "#server/domain/knowledge.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { loadSituation } from "#server/services/agent-runs/load-situation.ts";
import { approve } from "#server/services/approvals/decide-approval.ts";
import { listApprovals } from "#server/services/approvals/list-approvals.ts";
import { scriptedThink, thought } from "#server/agent/testing.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { answer } from "#server/testing/scripted-agent.ts";
import { makeLine, publishPolicy, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { acceptProposal } from "./accept-proposal.ts";
import { answerGap } from "./answer-gap.ts";
import { archiveArticle } from "./archive-article.ts";
import { createArticle } from "./create-article.ts";
import { dismissGap } from "./dismiss-gap.ts";
import { getArticle } from "./get-article.ts";
import { importFile } from "./import-file.ts";
import { importPage } from "./import-page.ts";
import { liftStop } from "./lift-stop.ts";
import { listArticles } from "./list-articles.ts";
import { listConflicts } from "./list-conflicts.ts";
import { listGaps } from "./list-gaps.ts";
import { listTold } from "./list-told.ts";
import { planCorrection } from "./plan-correction.ts";
import { publishArticle } from "./publish-article.ts";
import { rejectProposal } from "./reject-proposal.ts";
import { rereadPage } from "./reread-page.ts";
import { restoreVersion } from "./restore-version.ts";
import { stopFact } from "./stop-fact.ts";
import { tryQuestion } from "./try-question.ts";
import { updateArticle } from "./update-article.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;
let club: TestClub;
beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  club = line.club;
});

const owner = () => database().owner;
const price = (value: string, overrides: Partial<FactDraft> = {}): FactDraft => ({
  id: "day-pass",
  kind: "price",
  label: "Day pass",
  value,
  validFromOn: null,
  validUntilOn: null,
  ...overrides,
});
const content = (overrides: Partial<ArticleContent> = {}): ArticleContent => ({
  title: "Day pass price",
  body: "A day pass costs $15. Day passes are sold at the front desk.",
  facts: [price("$15")],
  asked: [],
  translations: [],
  validFromOn: null,
  validUntilOn: null,
  ...overrides,
});
const published = async (overrides: Partial<ArticleContent> = {}): Promise<Id<"knowledgeArticle">> => {
  const { articleId } = await createArticle(club.as.manager, { content: content(overrides) });
  await publishArticle(club.as.manager, { articleId, version: 1 });
  return articleId;
};
const QUESTION = "how much is a day pass?";
const quoted = async (question = QUESTION, asker = club.as.staff) => {
  const tried = await tryQuestion(asker, { question });
  return tried.kind === "quoted" ? tried.text : null;
};
const auditOf = (entityId: string) =>
  owner()
    .auditLog.findMany({ where: { entityId }, orderBy: { id: "asc" } })
    .then((rows) => rows.map(({ action }) => action));
/** What the agent is given for its next answer. */
const situation = async () => {
  const { conversationId, messageId } = await write(line, { text: QUESTION });
  const loaded = await loadSituation(line.system, { conversationId, messageId });
  return (loaded?.knowledge ?? []).map(({ title, body }) => `${title}: ${body}`).join("\n");
};

describe("articles", () => {
  test("are said from publication on, each change with a version that can be read again", async () => {
    const { articleId } = await createArticle(club.as.manager, { content: content() });
    expect(await quoted()).toBeNull();
    expect(await publishArticle(club.as.manager, { articleId, version: 1 })).toEqual({ version: 2 });
    expect(await quoted()).toBe("A day pass costs $15.");
    expect(await situation()).toContain("costs $15");
    await updateArticle(club.as.manager, {
      articleId,
      version: 2,
      content: content({ body: "A day pass costs $18.", facts: [price("$18")] }),
    });
    expect(await quoted()).toBe("A day pass costs $18.");
    const { versions, ...now } = await getArticle(club.as.staff, { articleId });
    expect(now).toMatchObject({ version: 3, status: "published", body: "A day pass costs $18.", isEditable: false, scope: "club" });
    expect(versions.map(({ version, status, body, changedBy }) => [version, status, body.slice(0, 21), changedBy])).toEqual([
      [3, "published", "A day pass costs $18.", club.people.manager.name],
      [2, "published", "A day pass costs $15.", club.people.manager.name],
      [1, "draft", "A day pass costs $15.", club.people.manager.name],
    ]);
    expect(await restoreVersion(club.as.manager, { articleId, version: 3, restoredVersion: 1 })).toEqual({ version: 4 });
    expect(await getArticle(club.as.staff, { articleId })).toMatchObject({ status: "published", facts: [{ value: "$15" }] });
    await archiveArticle(club.as.manager, { articleId, version: 4 });
    expect(await quoted()).toBeNull();
    expect(await auditOf(articleId)).toEqual([
      "article.created",
      "article.published",
      "article.updated",
      "article.restored",
      "article.archived",
    ]);
  });

  test("cannot be overwritten by whoever looked at an older version", async () => {
    const articleId = await published();
    const attempts = await Promise.allSettled(
      ["$16", "$17", "$18"].map((value) =>
        updateArticle(club.as.manager, { articleId, version: 2, content: content({ facts: [price(value)] }) }),
      ),
    );
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const attempt of attempts) {
      if (attempt.status === "rejected") {
        expect(attempt.reason).toMatchObject({ code: "conflict" });
      }
    }
    expect((await getArticle(club.as.owner, { articleId })).versions).toHaveLength(3);
  });

  test("are written by managers and owners; staff read them", async () => {
    const articleId = await published();
    const { staff } = club.as;
    for (const attempt of [
      () => createArticle(staff, { content: content() }),
      () => updateArticle(staff, { articleId, version: 2, content: content() }),
      () => publishArticle(staff, { articleId, version: 2 }),
      () => archiveArticle(staff, { articleId, version: 2 }),
      () => restoreVersion(staff, { articleId, version: 2, restoredVersion: 1 }),
      () => liftStop(staff, { articleId }),
      () => planCorrection(staff, { articleId, effectIds: [newId("effect")], text: "It is $18." }),
      () => importPage(staff, { url: "https://ironwood.example/faq" }, { fetchPage: () => Promise.reject(new Error("the page was read")) }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await listArticles(staff)).toMatchObject([{ id: articleId, status: "published", scope: "club", factCount: 1 }]);
  });

  test("of another club are as missing as those that do not exist", async () => {
    const foreign = await makeClub();
    const articleId = await published();
    for (const id of [articleId, newId("knowledgeArticle")]) {
      for (const attempt of [
        () => getArticle(foreign.as.owner, { articleId: id }),
        () => updateArticle(foreign.as.owner, { articleId: id, version: 2, content: content() }),
        () => stopFact(foreign.as.owner, { articleId: id, reason: "not ours" }),
        () => listTold(foreign.as.owner, { articleId: id }),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "not_found", message: "article not found" });
      }
    }
    expect(await listArticles(foreign.as.owner)).toEqual([]);
    expect(await quoted(QUESTION, foreign.as.owner)).toBeNull();
  });

  test("of the franchise are written by its owners, said in all its clubs, and changed by none of them", async () => {
    const sister = await makeClub({ franchiseId: club.franchiseId });
    await expect(createArticle(club.as.manager, { content: content(), scope: "franchise" })).rejects.toMatchObject({ code: "forbidden" });
    const { articleId } = await createArticle(club.as.owner, { content: content(), scope: "franchise" });
    await publishArticle(club.as.owner, { articleId, version: 1 });
    expect([await quoted(), await quoted(QUESTION, sister.as.staff)]).toEqual(["A day pass costs $15.", "A day pass costs $15."]);
    expect(await listArticles(sister.as.staff)).toMatchObject([{ id: articleId, scope: "franchise" }]);
    expect(await getArticle(sister.as.manager, { articleId })).toMatchObject({ isEditable: false });
    for (const attempt of [
      () => updateArticle(sister.as.manager, { articleId, version: 2, content: content({ title: "Ours" }) }),
      () => archiveArticle(sister.as.manager, { articleId, version: 2 }),
      () => liftStop(sister.as.manager, { articleId }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    }
    // A price that is wrong is wrong in every club: whoever sees it silences it.
    await stopFact(sister.as.staff, { articleId, factId: "day-pass", reason: "It is $18 since May" });
    expect([await quoted(), await quoted(QUESTION, sister.as.staff)]).toEqual([null, null]);
    await liftStop(sister.as.owner, { articleId, factId: "day-pass" });
    expect(await quoted()).toBe("A day pass costs $15.");
  });

  test("are found by their words and by their state", async () => {
    await published();
    const { articleId } = await createArticle(club.as.manager, {
      content: content({ title: "Parking", body: "Parking is free.", facts: [] }),
    });
    const titles = async (input: Parameters<typeof listArticles>[1]) =>
      (await listArticles(club.as.staff, input)).map(({ title }) => title);
    expect(await titles({})).toEqual(["Day pass price", "Parking"]);
    expect(await titles({ state: "draft" })).toEqual(["Parking"]);
    expect(await titles({ search: "FRONT desk" })).toEqual(["Day pass price"]);
    await stopFact(club.as.staff, { articleId, reason: "being rebuilt" });
    expect(await titles({ state: "stopped" })).toEqual(["Parking"]);
    await archiveArticle(club.as.manager, { articleId, version: 1 });
    expect([await titles({}), await titles({ state: "archived" })]).toEqual([["Day pass price"], ["Parking"]]);
  });
});

describe("a wrong fact", () => {
  test("is stopped by anybody of the staff, and the very next answer is silent on it", async () => {
    const articleId = await published();
    await stopFact(club.as.staff, { articleId, factId: "day-pass", reason: "It is $18 since May" });
    expect(await quoted()).toBeNull();
    const known = await situation();
    expect(known).toContain("Day passes are sold at the front desk.");
    expect(known).not.toContain("15");
    expect(await getArticle(club.as.staff, { articleId })).toMatchObject({
      version: 2,
      stop: null,
      facts: [{ stopReason: "It is $18 since May", stoppedAt: expect.any(String) }],
    });
    expect(await auditOf(articleId)).toContain("article.stopped");
  });

  test("keeps its first reason when it is stopped again, stays stopped over an edit of something else, and is said once it is corrected", async () => {
    const articleId = await published();
    const stop = (reason: string) => stopFact(club.as.staff, { articleId, factId: "day-pass", reason });
    await stop("first reason");
    await stop("second reason");
    await updateArticle(club.as.manager, { articleId, version: 2, content: content({ title: "Day pass" }) });
    expect(await getArticle(club.as.staff, { articleId })).toMatchObject({ facts: [{ stopReason: "first reason" }] });
    expect(await quoted()).toBeNull();
    const corrected = content({ body: "A day pass costs $18.", facts: [price("$18")] });
    await updateArticle(club.as.manager, { articleId, version: 3, content: corrected });
    expect(await quoted()).toBe("A day pass costs $18.");
  });

  test("may be a whole article, until a manager lifts it", async () => {
    const articleId = await published();
    await stopFact(club.as.staff, { articleId, reason: "All of it is old" });
    expect(await situation()).toBe("");
    expect(await getArticle(club.as.staff, { articleId })).toMatchObject({
      stop: { reason: "All of it is old", by: club.people.staff.name },
    });
    await liftStop(club.as.manager, { articleId });
    expect(await quoted()).toBe("A day pass costs $15.");
    await expect(stopFact(club.as.staff, { articleId, factId: "no-such-fact", reason: "what" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("that is stopped while somebody saves another version is silent afterwards, whoever was first", async () => {
    const articleId = await published();
    await Promise.allSettled([
      stopFact(club.as.staff, { articleId, factId: "day-pass", reason: "It is wrong" }),
      updateArticle(club.as.manager, { articleId, version: 2, content: content({ title: "Day pass" }) }),
    ]);
    expect(await quoted()).toBeNull();
  });
});

describe("who was told", () => {
  const REPLY = "A day pass costs $15. Would you like one?";
  const ask = async (articleId: string, from?: string) => {
    const asked = await write(line, { text: QUESTION, ...(from === undefined ? {} : { from }) });
    await answer(line, asked, scriptedThink(thought({ reply: REPLY, knowledgeIds: [articleId] })));
    return asked;
  };

  test("is listed with conversation, words and date; drafts that went nowhere are not, nor what is older than a week", async () => {
    const articleId = await published();
    const asked = await ask(articleId);
    const draft = await write(line, { text: QUESTION });
    await answer(line, draft, scriptedThink(thought({ reply: REPLY, confidence: 0.7, knowledgeIds: [articleId] })));
    const told = await listTold(club.as.staff, { articleId });
    expect(told).toMatchObject([
      { conversationId: asked.conversationId, text: expect.stringContaining(REPLY), at: expect.any(Date), correction: "none" },
    ]);
    expect(await owner().knowledgeUse.findMany({ where: { articleId }, orderBy: { id: "asc" } })).toMatchObject([
      { articleVersion: 2, conversationId: asked.conversationId },
      { articleVersion: 2, conversationId: draft.conversationId },
    ]);
    const nextWeek = { ...club.as.staff, fixedNow: new Date(Date.now() + 8 * 86_400_000) };
    expect(await listTold(nextWeek, { articleId })).toEqual([]);
  });

  test("gets a correction that waits for a person, one a conversation, however often it is asked for", async () => {
    const articleId = await published();
    const first = await ask(articleId);
    await ask(articleId, first.phone);
    const second = await ask(articleId);
    const told = await listTold(club.as.manager, { articleId });
    expect(told).toHaveLength(3);
    const before = vendor.accepted(first.phone).length;
    const input = { articleId, effectIds: told.map(({ effectId }) => effectId), text: "Sorry, a day pass costs $18." };
    expect(await planCorrection(club.as.manager, input)).toEqual({ plannedCount: 2, skippedCount: 1 });
    expect(await planCorrection(club.as.manager, input)).toEqual({ plannedCount: 0, skippedCount: 3 });
    expect(vendor.accepted(first.phone), "nothing goes out by itself").toHaveLength(before);
    const waiting = (await listApprovals(club.as.staff)).filter(({ body }) => body === input.text);
    expect(waiting.map(({ conversationId }) => conversationId).toSorted()).toEqual(
      [first.conversationId, second.conversationId].toSorted(),
    );
    expect(await owner().conversation.findUnique({ where: { id: second.conversationId } })).toMatchObject({ needsYou: "approval" });

    const one = waiting.find(({ conversationId }) => conversationId === first.conversationId);
    await approve(club.as.staff, { approvalId: one?.id ?? newId("approval") });
    expect(vendor.accepted(first.phone).at(-1)).toMatchObject({ text: input.text });
    const states = new Map((await listTold(club.as.manager, { articleId })).map(({ effectId, correction }) => [effectId, correction]));
    expect([...states.values()].toSorted()).toEqual(["none", "sent", "waiting"]);
  });

  test("and opted out since is left alone; an answer out of another article cannot be corrected by this one", async () => {
    const articleId = await published();
    const asked = await ask(articleId);
    const [told] = await listTold(club.as.manager, { articleId });
    const effectIds = [told?.effectId ?? newId("effect")];
    const other = await published({ title: "Parking", body: "Parking is free.", facts: [] });
    await expect(planCorrection(club.as.manager, { articleId: other, effectIds, text: "It is $18." })).rejects.toMatchObject({
      code: "not_found",
    });
    await write(line, { from: asked.phone, text: "STOP" });
    expect(await planCorrection(club.as.manager, { articleId, effectIds, text: "It is $18." })).toEqual({
      plannedCount: 0,
      skippedCount: 1,
    });
  });
});

describe("a question without an answer", () => {
  const unanswered = async (text: string) => {
    const asked = await write(line, { text });
    await answer(line, asked, scriptedThink(thought({ answerable: false, reply: null, knowledgeIds: [] })));
    return asked;
  };

  test("is kept once, and counted when it is asked again in other order or other marks", async () => {
    await unanswered("Do you have a sauna?");
    await unanswered("sauna: do you have a SAUNA");
    const last = await unanswered("Is there a pool?");
    expect(await listGaps(club.as.staff)).toMatchObject([
      { question: "Do you have a sauna?", askedCount: 2 },
      { question: "Is there a pool?", askedCount: 1, conversationId: last.conversationId },
    ]);
  });

  test("becomes a draft that says where it comes from, or is dismissed; both only once and by managers", async () => {
    await unanswered("Do you have a sauna?");
    await unanswered("Is there a pool?");
    const [sauna, pool] = (await listGaps(club.as.staff)).toSorted((a, b) => (a.question < b.question ? -1 : 1));
    const input = { gapId: sauna?.id ?? newId("knowledgeGap"), content: content({ title: "Sauna", body: "We have no sauna.", facts: [] }) };
    await expect(answerGap(club.as.staff, input)).rejects.toMatchObject({ code: "forbidden" });
    const { articleId } = await answerGap(club.as.manager, input);
    expect(await getArticle(club.as.staff, { articleId })).toMatchObject({ status: "draft", source: "gap", title: "Sauna" });
    await expect(answerGap(club.as.manager, input)).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await listArticles(club.as.staff)).toHaveLength(1);
    const dismissed = { gapId: pool?.id ?? newId("knowledgeGap") };
    await dismissGap(club.as.manager, dismissed);
    await expect(dismissGap(club.as.manager, dismissed)).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await listGaps(club.as.staff)).toEqual([]);
    expect(await auditOf(dismissed.gapId)).toEqual(["gap.dismissed"]);
  });
});

describe("proposals", () => {
  test("are said after a yes of a manager, and after a no they are not", async () => {
    const propose = async (title: string) => {
      const { articleId } = await createArticle(club.as.manager, { content: content({ title }) });
      await owner().knowledgeArticle.update({ where: { id: articleId }, data: { status: "proposed", source: "correction" } });
      return { articleId, version: 1 };
    };
    const [yes, no] = [await propose("Day pass"), await propose("Pass for a day")];
    expect(await quoted()).toBeNull();
    expect(await listArticles(club.as.staff, { state: "proposed" })).toHaveLength(2);
    await expect(acceptProposal(club.as.staff, yes)).rejects.toMatchObject({ code: "forbidden" });
    await acceptProposal(club.as.manager, yes);
    await rejectProposal(club.as.manager, no);
    expect(await quoted()).toBe("A day pass costs $15.");
    await expect(acceptProposal(club.as.manager, { ...no, version: 2 })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await listArticles(club.as.staff, { state: "archived" })).toMatchObject([{ id: no.articleId }]);
  });
});

describe("articles that disagree", () => {
  test("are shown, also with the hours of the club's rules, until one of them is put right or stopped", async () => {
    const nineToFive = [{ startMinute: 540, endMinute: 1_020 }];
    await publishPolicy(club, { hours: { opening: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []] } });
    const first = await published();
    const other = await published({ title: "Prices", body: "", facts: [price("$18", { id: "pass" })] });
    const hours = await published({ title: "When to come", body: "We are open Monday to Friday from 6 am to 9 pm.", facts: [] });
    expect(await listConflicts(club.as.staff)).toMatchObject([
      { kind: "hours", sides: [{ articleId: "hours" }, { articleId: hours }] },
      { kind: "price", about: "Day pass", sides: [{ articleId: first }, { articleId: other }] },
    ]);
    await stopFact(club.as.staff, { articleId: first, factId: "day-pass", reason: "old" });
    await stopFact(club.as.staff, { articleId: hours, reason: "old" });
    expect(await listConflicts(club.as.staff)).toEqual([]);
  });
});

describe("pages and files", () => {
  const URL_ = "https://ironwood.example/faq";
  const page = (html: string) => ({ fetchPage: (url: string) => Promise.resolve({ url, html }) });
  const FIRST =
    "<main><h2>Parking</h2><p>Parking is free.</p><h2>Towels</h2><p>Towels are $2.</p><h2>Sauna</h2><p>Bring a towel.</p></main>";
  const SECOND =
    "<main><h2>Parking</h2><p>Parking is free.</p><h2>Towels</h2><p>Towels are $3.</p><h2>Guests</h2><p>Guests pay $10.</p></main>";

  test("become drafts, once; a page read again says what has changed and changes nothing", async () => {
    const { articleIds, skippedCount } = await importPage(club.as.manager, { url: URL_ }, page(FIRST));
    expect([articleIds.length, skippedCount]).toEqual([3, 0]);
    expect(await listArticles(club.as.staff)).toMatchObject(
      ["Parking", "Sauna", "Towels"].map((title) => ({ title, status: "draft", source: "imported_page", sourceUrl: URL_ })),
    );
    expect(await importPage(club.as.manager, { url: URL_ }, page(FIRST))).toEqual({ articleIds: [], skippedCount: 3 });
    const again = await rereadPage(club.as.manager, { url: URL_ }, page(SECOND));
    expect(again).toMatchObject({
      unchangedCount: 1,
      changed: [{ title: "Towels", version: 1, body: "Towels are $3." }],
      added: [{ title: "Guests" }],
      gone: [{ title: "Sauna" }],
    });
    expect((await getArticle(club.as.staff, { articleId: again.changed[0]?.articleId ?? asId("knowledgeArticle", "kb_") })).body).toBe(
      "Towels are $2.",
    );
  });

  test.each([
    "http://ironwood.example/faq",
    "https://127.0.0.1/",
    "https://10.0.0.1/",
    "https://[::1]/",
    "https://user:secret@ironwood.example/",
    "file:///etc/passwd",
  ])("%s is not called", async (url) => {
    await expect(importPage(club.as.manager, { url })).rejects.toThrow(/https|network|user name|url/i);
  });

  test("a file becomes drafts that name it", async () => {
    const packed = gzipSync("# Guests\nGuests pay $10.\n# Towels\nTowels are $2.").toString("base64");
    expect((await importFile(club.as.manager, { fileName: "handbook.md", content: packed })).articleIds).toHaveLength(2);
    expect(await listArticles(club.as.staff)).toMatchObject([{ source: "imported_file", sourceUrl: "handbook.md" }, {}]);
    await expect(importFile(club.as.manager, { fileName: "handbook.md", content: "bm8gZ3ppcA==" })).rejects.toMatchObject({
      code: "invalid",
    });
  });
});

test("nothing of one club stands in the rows of another", async () => {
  const foreign = await makeClub();
  await published();
  const rows = await owner().knowledgeVersion.findMany({ where: { franchiseId: club.franchiseId } });
  expect(rows.every((row) => row.clubId === scopeOf(club).clubId)).toBe(true);
  expect(await owner().knowledgeVersion.count({ where: { franchiseId: foreign.franchiseId } })).toBe(0);
});
