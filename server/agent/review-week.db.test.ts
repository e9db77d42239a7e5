import { reviewWeek } from "#server/agent/review-week.ts";
import { failingThink, scriptedThink } from "#server/agent/testing.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import type { Think } from "#server/platform/model-client.ts";
import { withClub } from "#server/platform/tenant.ts";
import { systemContext, type ServiceContext } from "#server/services/context.ts";
import { learnedBy } from "#server/services/examples/learned.ts";
import { acceptRule, rejectRule, withdrawRule } from "#server/services/style-rules/decide-rule.ts";
import { listRules } from "#server/services/style-rules/list-rules.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeInbound, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { publishPolicy } from "#server/testing/scripted-line.ts";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();

/** Monday morning in Denver. */
const MONDAY = new Date("2026-11-23T15:00:00.000Z");
const hoursLater = (hours: number): Date => new Date(MONDAY.getTime() + hours * 3_600_000);

let club: TestClub;
beforeEach(async () => {
  club = await makeClub({ timeZone: "America/Denver" });
});

const owner = () => database().owner;
const machine = (now = MONDAY): ServiceContext => ({ ...systemContext(scopeOf(club), { job: "review-week" }), fixedNow: now });

/** So many edits of the week before. */
const edits = async (count: number, body = "Hi Dana, see you at 9!"): Promise<readonly string[]> => {
  const ids = Array.from({ length: count }, () => newId("correction"));
  for (const id of ids) {
    await owner().correction.create({
      data: {
        id,
        ...scopeOf(club),
        effectId: newId("effect"),
        userId: club.people.staff.userId,
        category: "question",
        draftBody: "Hello there!",
        sentBody: body,
        createdAt: new Date(MONDAY.getTime() - 86_400_000),
      },
    });
  }
  return ids;
};
type Asked = { readonly think: Think; readonly prompts: string[] };
/** A model that always proposes these rules, and remembers what it was shown. */
const proposing = (rules: readonly { text: string; evidenceIds: readonly string[] }[]): Asked => {
  const prompts: string[] = [];
  const think: Think = (request) => {
    prompts.push(JSON.stringify(request.messages));
    return scriptedThink({ rules })(request);
  };
  return { think, prompts };
};
const run = (think: Think, now = MONDAY) => reviewWeek(machine(now), { think, model: "scripted" });
const review = () => owner().styleReview.findFirstOrThrow({ where: { clubId: club.id } });
const SHORT = "Keep answers to two sentences.";

describe("the weekly review", () => {
  test("puts rules before the owner, once a week, with what they rest on, what they cost, audit and ledger", async () => {
    const ids = await edits(5);
    const { prompts, think } = proposing([{ text: SHORT, evidenceIds: [...ids.slice(0, 3), "made up"] }]);
    expect(await run(think)).toEqual({ kind: "done", ruleCount: 1 });
    expect(await listRules(club.as.manager)).toMatchObject({ proposed: [{ text: SHORT, evidenceCount: 3 }], accepted: [] });
    expect(await owner().modelTurn.findMany({ where: { clubId: club.id } })).toMatchObject([{ purpose: "review", agentRunId: null }]);
    expect(await owner().aiAction.findMany({ where: { clubId: club.id } })).toMatchObject([{ kind: "rule.proposed", outcome: "planned" }]);
    const { id, ...row } = await review();
    expect(row).toMatchObject({ week: "2026-W48", status: "done", itemCount: 5, ruleCount: 1 });
    expect(await owner().auditLog.findMany({ where: { entityId: id } })).toMatchObject([{ action: "review.finished" }]);
    expect(await run(think, hoursLater(3))).toEqual({ kind: "not_due", ruleCount: 0 });
    expect(prompts).toHaveLength(1);
  });

  test("asks the model nothing with fewer than five cases, with a spent budget, or before the week has begun", async () => {
    const ids = await edits(4);
    const { prompts, think } = proposing([{ text: SHORT, evidenceIds: ids }]);
    expect(await run(think, new Date("2026-11-23T12:00:00.000Z"))).toEqual({ kind: "not_due", ruleCount: 0 });
    expect(await run(think)).toEqual({ kind: "skipped", ruleCount: 0 });
    expect(await review()).toMatchObject({ status: "skipped", itemCount: 4, detail: "too little to learn from" });
    club = await makeClub({ timeZone: "America/Denver" });
    await edits(6);
    await publishPolicy(club, { budgets: { dailyCostMicros: 0 } });
    expect(await run(think)).toEqual({ kind: "skipped", ruleCount: 0 });
    expect(await review()).toMatchObject({ status: "skipped", detail: "budget spent" });
    expect(prompts).toEqual([]);
  });

  test("shows the model nobody by name, and what a rule may not be is not proposed", async () => {
    const inbound = await makeInbound(club, { name: "Dana Quill" });
    const ids = await edits(5);
    const message = await owner().message.update({
      where: { id: inbound.message.id },
      data: { direction: "outbound", author: "agent", body: "Hi Dana Quill" },
    });
    await owner().rating.create({
      data: {
        id: newId("rating"),
        ...scopeOf(club),
        messageId: message.id,
        userId: club.people.staff.userId,
        score: 2,
        comment: "Dana hates this",
        createdAt: MONDAY,
      },
    });
    const { prompts, think } = proposing([
      { text: "Tell them that a day pass costs $15.", evidenceIds: ids },
      { text: "One case is no habit.", evidenceIds: ids.slice(0, 1) },
    ]);
    expect(await run(think, hoursLater(1))).toEqual({ kind: "done", ruleCount: 0 });
    expect(prompts[0]).toContain("hates this");
    expect(prompts[0]).not.toMatch(/Dana|Quill/);
  });

  test("whose model call failed is tried again later, and not before", async () => {
    const ids = await edits(5);
    expect(await run(failingThink({ kind: "overloaded", detail: "529" }))).toEqual({ kind: "failed", ruleCount: 0 });
    const { think } = proposing([{ text: SHORT, evidenceIds: ids }]);
    expect(await run(think, hoursLater(3))).toEqual({ kind: "not_due", ruleCount: 0 });
    expect(await run(think, hoursLater(7))).toEqual({ kind: "done", ruleCount: 1 });
  });

  test("that two machines begin at once is made by one", async () => {
    const ids = await edits(5);
    const { think } = proposing([{ text: SHORT, evidenceIds: ids }]);
    const kinds = (await Promise.all([run(think), run(think), run(think)])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(["done", "not_due", "not_due"]);
    expect((await listRules(club.as.owner)).proposed).toHaveLength(1);
  });

  test("is no verb of people", async () => {
    await expect(
      reviewWeek({ ...club.as.owner, fixedNow: MONDAY }, { think: proposing([]).think, model: "scripted" }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("a rule of style", () => {
  const one = async (): Promise<Id<"styleRule">> => {
    await run(proposing([{ text: SHORT, evidenceIds: await edits(5) }]).think);
    const [rule] = (await listRules(club.as.owner)).proposed;
    return rule?.id ?? newId("styleRule");
  };
  const followed = async () => (await withClub(scopeOf(club), (tx) => learnedBy(tx, { clubId: club.id }))).styleRules;

  test("is followed from an owner's yes until it is withdrawn, and can be taken up again", async () => {
    const ruleId = await one();
    expect(await followed()).toEqual([]);
    await acceptRule(club.as.owner, { ruleId });
    expect(await followed()).toEqual([SHORT]);
    await withdrawRule(club.as.owner, { ruleId });
    expect(await followed()).toEqual([]);
    await acceptRule(club.as.owner, { ruleId });
    expect(await followed()).toEqual([SHORT]);
    const audit = await owner().auditLog.findMany({ where: { entityId: ruleId }, orderBy: { id: "asc" } });
    expect(audit.map(({ action }) => action)).toEqual(["rule.accepted", "rule.withdrawn", "rule.accepted"]);
    expect(await owner().aiAction.count({ where: { clubId: club.id, kind: { in: ["rule.accepted", "rule.withdrawn"] } } })).toBe(3);
  });

  test("that was rejected is not proposed a week later", async () => {
    await rejectRule(club.as.owner, { ruleId: await one() });
    const week = new Date("2026-11-27T15:00:00.000Z");
    await owner().styleReview.deleteMany({ where: { clubId: club.id } });
    const ids = (await owner().correction.findMany({ where: { clubId: club.id } })).map(({ id }) => id);
    expect(await run(proposing([{ text: "keep answers to two sentences.", evidenceIds: ids }]).think, week)).toEqual({
      kind: "done",
      ruleCount: 0,
    });
  });

  test("is decided once, by an owner of this club", async () => {
    const ruleId = await one();
    await expect(acceptRule(club.as.manager, { ruleId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(listRules(club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
    await expect(acceptRule((await makeClub()).as.owner, { ruleId })).rejects.toMatchObject({ code: "not_found" });
    await rejectRule(club.as.owner, { ruleId });
    await expect(acceptRule(club.as.owner, { ruleId })).rejects.toMatchObject({ code: "precondition_failed" });
    await expect(withdrawRule(club.as.owner, { ruleId })).rejects.toMatchObject({ code: "precondition_failed" });
  });
});
