import type { MetricKey } from "#server/domain/metrics/definitions.ts";
import { newId } from "#server/platform/ids.ts";
import { makeHistory } from "#server/testing/club-history.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConversation, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { beforeAll, describe, expect, test } from "vitest";

import { getReport } from "./get-report.ts";
import { listBehind } from "./list-behind.ts";

useDatabase();

/** Eleven in the morning on a Friday in Denver; the week began on Saturday the 14th at seven o'clock UTC. */
const NOW = new Date("2026-11-20T18:00:00Z");
const WEEK = { kind: "days", days: 7 } as const;
const at = (day: number, time: string): Date => new Date(`2026-11-${String(day).padStart(2, "0")}T${time}:00Z`);
const secondsAfter = (when: Date, seconds: number): Date => new Date(when.getTime() + seconds * 1_000);

let club: TestClub;
const ctx = () => ({ ...club.as.manager, fixedNow: NOW });
const figure = async (group: Parameters<typeof getReport>[1]["group"], metric: MetricKey) =>
  (await getReport(ctx(), { period: WEEK, group })).figures[metric];

const conversation = async (): Promise<string> => (await makeConversation(club)).conversation.id;

/** What each conversation is for stands beside it; the figures below are counted from these lines by hand. */
const thisWeek = async (): Promise<void> => {
  const { wrote, agent, outbound } = makeHistory(club);
  const { staff } = club.people;
  const { owner } = database();
  const scope = scopeOf(club);

  // Answered alone after 30 seconds, and rated well; corrected towards the member later.
  const a = await conversation();
  const asked = await wrote(a, at(18, "17:00"), { decided: { confidenceRatio: 0.95 } });
  const alone = await agent(a, secondsAfter(at(18, "17:00"), 30), { decisionId: asked.decisionId });
  const rate = (messageId: string, score: number) =>
    owner.rating.create({ data: { id: newId("rating"), ...scope, messageId, userId: staff.userId, score, createdAt: at(19, "08:00") } });
  await rate(alone.messageId, 5);
  await makeHistory(club).effect({ effectKey: `correction:article:${alone.effectId}`, plannedBy: "staff", createdAt: at(19, "09:00") });

  // Answered alone after 90 seconds, rated 2; then a draft that somebody sent unchanged after ten minutes.
  const b = await conversation();
  const first = await wrote(b, at(18, "18:00"), { decided: {} });
  await rate((await agent(b, secondsAfter(at(18, "18:00"), 90), { decisionId: first.decisionId })).messageId, 2);
  const second = await wrote(b, at(18, "18:05"), { decided: { outcome: "suggest", reasons: ["stage_suggest"], confidenceRatio: 0.8 } });
  await agent(b, at(18, "18:15"), { decisionId: second.decisionId, approvedById: staff.userId });
  const compare = (decisionId: string | null, isAgreed: boolean) =>
    owner.draftComparison.create({
      data: {
        id: newId("draftComparison"),
        ...scope,
        decisionId: decisionId ?? "",
        category: "question",
        likenessRatio: isAgreed ? 1 : 0.1,
        isAgreed,
        createdAt: at(19, "10:00"),
      },
    });
  await compare(second.decisionId, true);

  // Handed over with its line, which is no answer; a person answers twenty minutes after the question.
  const c = await conversation();
  await wrote(c, at(17, "10:00"), { decided: { outcome: "escalate", reasons: ["wants_person", "always_person_risk"] } });
  await agent(c, secondsAfter(at(17, "10:00"), 10), { purpose: "service" });
  await outbound(c, at(17, "10:20"), "staff");

  // A person held it and answered after an hour.
  const d = await conversation();
  await wrote(d, at(16, "10:00"), { decided: { outcome: "ignore", reasons: ["handled_by_staff"] }, text: "is the robotics class on?" });
  await outbound(d, at(16, "11:00"), "staff");

  // Nobody answered, and it sounds like a complaint of machines.
  await wrote(await conversation(), at(15, "10:00"), { decided: { outcome: "ignore", reasons: ["spam"] }, text: "Are you a ROBOT??" });

  // A draft that a check held, sent changed after five minutes, twice over the same message.
  const f = await conversation();
  const held = await wrote(f, at(19, "10:00"), {
    decided: { outcome: "suggest", reasons: ["between_thresholds", "fact_lock"], confidenceRatio: 0.6 },
  });
  await agent(f, at(19, "10:05"), { decisionId: held.decisionId, approvedById: staff.userId, isEdited: true });
  await compare(held.decisionId, false);

  for (const [handledBy, score] of [
    ["agent", 5],
    ["agent", 4],
    ["agent", null],
    ["staff", 3],
  ] as const) {
    await owner.satisfactionScore.create({
      data: { id: newId("satisfactionScore"), ...scope, conversationId: a, contactId: "ct", handledBy, score, askedAt: at(19, "12:00") },
    });
  }
};

const lastWeek = async (): Promise<void> => {
  const { wrote, agent, outbound, event } = makeHistory(club);
  const unread = { outcome: "ignore", reasons: ["handled_by_staff"] };

  // Settled alone in a minute, for good.
  const g = await conversation();
  await wrote(g, at(10, "10:00"), { decided: {} });
  await agent(g, at(10, "10:01"));

  // Settled alone, but the member is back the next day.
  const h = await conversation();
  await wrote(h, at(11, "10:00"), { decided: {} });
  await agent(h, at(11, "10:02"));
  await wrote(h, at(12, "09:00"), { decided: { outcome: "suggest" } });

  // Closed by a person an hour after the first message, for good.
  const i = await conversation();
  await wrote(i, at(9, "12:00"), { decided: unread });
  await outbound(i, at(9, "12:30"), "staff");
  await event(i, at(9, "13:00"), "resolved");

  // Closed by a person, and back the next day.
  const j = await conversation();
  await wrote(j, at(12, "08:00"), { decided: unread });
  await outbound(j, at(12, "08:30"), "staff");
  await event(j, at(12, "09:00"), "resolved");
  await wrote(j, at(13, "09:00"), { decided: { outcome: "suggest" } });

  // Closed by a person after ten minutes; the thanks that follow, and Spotter's word on them, need nothing.
  const k = await conversation();
  await wrote(k, at(10, "08:00"), { decided: unread });
  await event(k, at(10, "08:10"), "resolved");
  await wrote(k, at(10, "08:20"), { decided: { category: "praise" } });
  await agent(k, at(10, "08:21"));
};

beforeAll(async () => {
  club = await makeClub({ timeZone: "America/Denver" });
  await thisWeek();
  await lastWeek();
  // Of another club of the same franchise: nothing of it may count.
  const other = await makeClub({ franchiseId: club.franchiseId });
  const { wrote, agent } = makeHistory(other);
  const elsewhere = (await makeConversation(other)).conversation.id;
  await wrote(elsewhere, at(18, "17:00"), { decided: { outcome: "escalate", reasons: ["emergency"] }, text: "robot" });
  await agent(elsewhere, at(18, "17:05"));
});

describe("the figures of a hand-made fortnight", () => {
  test.each<[MetricKey, number, number, number, number]>([
    ["coverage", 3, 6, 4, 5],
    ["auto_share", 1, 6, 3, 5],
    ["assisted", 2, 6, 0, 5],
    ["handed_over", 1, 6, 0, 5],
    ["staff_only", 1, 6, 2, 5],
    ["no_answer", 1, 6, 0, 5],
  ])("%s is %i of %i, and was %i of %i", async (metric, part, whole, partBefore, wholeBefore) => {
    expect(await figure("answering", metric)).toEqual({
      now: { value: part / whole, base: whole },
      before: { value: partBefore / wholeBefore, base: wholeBefore },
    });
  });

  test("hours saved count lone answers and unchanged drafts, at the minutes the page names", async () => {
    expect((await figure("answering", "hours_saved"))?.now.value).toBeCloseTo((2 * 3 + 1 * 2) / 60, 10);
  });

  test("a day's line holds that day alone, and days without news have no value", async () => {
    const { days, lines } = await getReport(ctx(), { period: WEEK, group: "answering" });
    expect(days).toEqual(["2026-11-14", "2026-11-15", "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"]);
    expect(lines.conversations).toEqual([null, 1, 1, 1, 2, 1, null]);
    expect(lines.auto_share).toEqual([null, 0, 0, 0, 0.5, 0, null]);
  });

  test("a handover counts under the reason that was decisive", async () => {
    const { breakdowns } = await getReport(ctx(), { period: WEEK, group: "answering" });
    expect(breakdowns[0]?.rows).toEqual([{ label: "the member asked for a person", count: 1 }]);
  });

  test("first answers are timed from the first unanswered message, and the line of a handover is none", async () => {
    const { figures } = await getReport(ctx(), { period: WEEK, group: "response" });
    expect(figures.first_response_agent?.now).toEqual({ value: 60, base: 2 });
    expect(figures.first_response_agent_p90?.now.value).toBeCloseTo(84, 6);
    expect(figures.first_response_staff?.now).toEqual({ value: 900, base: 4 });
    expect(figures.first_response_staff_p90?.now.value).toBeCloseTo(2_880, 6);
  });

  test("what was settled a week ago is judged by its week: thanks are no return, a new question is", async () => {
    const { figures } = await getReport(ctx(), { period: WEEK, group: "settling" });
    expect(figures.durable_agent?.now).toEqual({ value: 2 / 3, base: 3 });
    expect(figures.durable_staff?.now).toEqual({ value: 2 / 3, base: 3 });
    expect(figures.reopened?.now).toEqual({ value: 2 / 6, base: 6 });
    expect(figures.resolution_agent?.now).toEqual({ value: 60, base: 2 });
    expect(figures.resolution_staff?.now).toEqual({ value: 2_100, base: 2 });
    expect(figures.resolution_staff_p90?.now.value).toBeCloseTo(3_300, 6);
    expect(figures.durable_agent?.before).toEqual({ value: null, base: 0 });
  });

  test("quality is the word of staff, of members and of the checks", async () => {
    const { figures, breakdowns, calibration } = await getReport(ctx(), { period: WEEK, group: "quality" });
    expect(figures.rating?.now).toEqual({ value: 3.5, base: 2 });
    expect(figures.edited?.now).toEqual({ value: 0.5, base: 2 });
    expect(figures.wrong_sends?.now.value).toBe(2);
    expect(figures.held?.now.value).toBe(1);
    expect(breakdowns[0]?.rows).toEqual([{ label: "the draft states something the club's facts do not contain", count: 1 }]);
    expect(figures.robotic?.now.value).toBe(1);
    expect(figures.satisfaction_agent?.now).toEqual({ value: 4.5, base: 2 });
    expect(figures.satisfaction_staff?.now).toEqual({ value: 3, base: 1 });
    expect(figures.calibration?.now.value).toBeCloseTo(0.4, 10);
    expect(calibration).toEqual([
      { confidence: 0.6, agreed: 0, count: 1 },
      { confidence: 0.8, agreed: 1, count: 1 },
    ]);
  });
});

describe("what stands behind a number", () => {
  test.each<[MetricKey, number]>([
    ["conversations", 6],
    ["coverage", 3],
    ["auto_share", 1],
    ["assisted", 2],
    ["handed_over", 1],
    ["staff_only", 1],
    ["no_answer", 1],
    ["first_response_agent", 2],
    ["first_response_staff_p90", 4],
    ["durable_agent", 2],
    ["durable_staff", 2],
    ["reopened", 2],
    ["rating", 2],
    ["edited", 1],
    ["calibration", 2],
    ["wrong_sends", 2],
    ["held", 1],
    ["robotic", 1],
    ["satisfaction_agent", 2],
    ["satisfaction_staff", 1],
  ])("%s lists its %i rows, each in a conversation of the club", async (metric, count) => {
    const page = await listBehind(ctx(), { period: WEEK, metric });
    expect(page).toMatchObject({ totalCount: count, nextCursor: null });
    expect(page.items).toHaveLength(count);
    expect(page.items.every(({ conversationId, contactName }) => conversationId !== null && contactName !== null)).toBe(true);
  });

  test("the hours of each conversation add up to the hours saved", async () => {
    const page = await listBehind(ctx(), { period: WEEK, metric: "hours_saved" });
    const hours = page.items.reduce((sum, { detail }) => sum + (detail ?? 0), 0);
    expect(hours).toBeCloseTo((await figure("answering", "hours_saved"))?.now.value ?? 0, 10);
  });

  test("the longest wait comes first", async () => {
    const page = await listBehind(ctx(), { period: WEEK, metric: "first_response_staff" });
    expect(page.items.map(({ detail }) => detail)).toEqual([3_600, 1_200, 600, 300]);
  });
});

describe("who may look", () => {
  test("the desk may not, and a club of somebody else shows nothing", async () => {
    await expect(getReport({ ...club.as.staff, fixedNow: NOW }, { period: WEEK, group: "answering" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(listBehind({ ...club.as.staff, fixedNow: NOW }, { period: WEEK, metric: "held" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const stranger = await makeClub();
    const { figures } = await getReport({ ...stranger.as.owner, fixedNow: NOW }, { period: WEEK, group: "answering" });
    expect(figures.conversations?.now.value).toBe(0);
    expect(figures.auto_share?.now).toEqual({ value: null, base: 0 });
  });

  test("around a version of the rules, as long before it as after it", async () => {
    await database().owner.policy.create({
      data: { id: newId("policy"), franchiseId: club.franchiseId, clubId: club.id, version: 1, document: {}, publishedAt: at(16, "00:00") },
    });
    const period = { kind: "version", layer: "club", version: 1 } as const;
    const { figures } = await getReport(ctx(), { period, group: "answering" });
    expect(figures.conversations).toEqual({ now: { value: 5, base: null }, before: { value: 3, base: null } });
    await expect(getReport(ctx(), { period: { ...period, version: 2 }, group: "answering" })).rejects.toMatchObject({ code: "not_found" });
    await expect(getReport(ctx(), { period: { ...period, layer: "franchise" }, group: "answering" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
