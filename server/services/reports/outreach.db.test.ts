import type { MetricKey } from "#server/domain/metrics/definitions.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import { makeHistory } from "#server/testing/club-history.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, makeConversation, makeMember, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { beforeAll, describe, expect, test } from "vitest";

import { getReport } from "./get-report.ts";
import { getUsage } from "./get-usage.ts";
import { listBehind } from "./list-behind.ts";

useDatabase();

const NOW = new Date("2026-11-20T18:00:00Z");
const WEEK = { kind: "days", days: 7 } as const;
const at = (day: number, time = "10:00", month = 11): Date =>
  new Date(`2026-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}T${time}:00Z`);

let club: TestClub;
const ctx = () => ({ ...club.as.manager, fixedNow: NOW });
const report = (group: Parameters<typeof getReport>[1]["group"]) => getReport(ctx(), { period: WEEK, group });

/** A person with a conversation of their own. */
const person = async () => {
  const { conversation } = await makeConversation(club);
  return { conversationId: conversation.id, contactId: conversation.contactId };
};
type Person = Awaited<ReturnType<typeof person>>;

const remind = async ({ contactId, conversationId }: Person, when: Date, tier = "friendly"): Promise<void> => {
  const effectId = await makeHistory(club).effect({
    conversationId,
    contactId,
    plannedBy: "workflow",
    purpose: "billing",
    settledAt: when,
  });
  await database().owner.collectionAttempt.create({
    data: {
      id: newId("collectionAttempt"),
      ...scopeOf(club),
      contactId,
      tier,
      amountMinor: 4_500n,
      currency: "USD",
      episodeOn: "2026-11-01",
      effectId,
      at: when,
    },
  });
};

const pay = async (contactId: string, when: Date, overrides: Partial<Prisma.PaymentUncheckedCreateInput> = {}): Promise<void> => {
  const { owner } = database();
  const connection = await owner.connection.findFirstOrThrow({ where: { clubId: club.id, provider: "square" } });
  await owner.payment.create({
    data: {
      amountMinor: 4_500n,
      currency: "USD",
      status: "completed",
      ...overrides,
      id: newId("payment"),
      ...scopeOf(club),
      connectionId: connection.id,
      externalId: newId("payment"),
      contactId,
      at: when,
      createdAt: when,
      updatedAt: when,
    },
  });
};

const reminders = async (): Promise<void> => {
  const { wrote } = makeHistory(club);
  const [payer, settler, silent, called, early, quiet] = await Promise.all(Array.from({ length: 6 }, person));
  if (!payer || !settler || !silent || !called || !early || !quiet) {
    throw new Error("six people are needed");
  }
  // Reminded twice, wrote after the first, paid once after the second; the same payment follows both.
  await remind(payer, at(15));
  await remind(payer, at(17), "firm");
  await wrote(payer.conversationId, at(16));
  await pay(payer.contactId, at(18));
  // Owed nothing any more, by the gym's own system.
  await remind(settler, at(16));
  await database().owner.debtEpisode.create({
    data: {
      id: newId("debtEpisode"),
      ...scopeOf(club),
      contactId: settler.contactId,
      startedOn: "2026-11-01",
      startedAt: at(1),
      endedAt: at(19),
      dueMinor: 0n,
      peakMinor: 4_500n,
      currency: "USD",
      createdAt: at(1),
      updatedAt: at(19),
    },
  });
  // Reminded in vain: the payment was before, the one after failed, and the answer came too late.
  await remind(silent, at(14, "12:00"));
  await pay(silent.contactId, at(10));
  await pay(silent.contactId, at(15), { status: "failed" });
  await wrote(silent.conversationId, at(18));
  // A call is no text.
  await remind(called, at(16), "call");
  // In the ninety days before: one wrote back, one did not.
  await remind(early, at(5, "10:00", 10));
  await wrote(early.conversationId, at(6, "10:00", 10));
  await remind(quiet, at(7, "10:00", 10));
};

const campaign = async (): Promise<void> => {
  const { owner } = database();
  const scope = scopeOf(club);
  const workflowId = newId("workflow");
  const versionId = newId("workflowVersion");
  const runId = newId("workflowRun");
  const made = { createdAt: at(1), updatedAt: at(1) };
  await owner.workflow.create({
    data: { id: workflowId, ...scope, kind: "custom", name: "Win back", schedule: {}, settings: {}, ...made },
  });
  await owner.workflowVersion.create({ data: { id: versionId, ...scope, workflowId, version: 1, document: {}, publishedAt: at(1) } });
  await owner.workflowRun.create({
    data: {
      id: runId,
      ...scope,
      workflowId,
      workflowVersionId: versionId,
      period: "manual:1",
      trigger: "manual",
      isDryRun: false,
      status: "completed",
      phase: "ended",
      startedBy: "test",
      startedAt: at(15),
      finishedAt: at(15),
    },
  });
  const people = await Promise.all(Array.from({ length: 4 }, person));
  for (const [index, { contactId }] of people.entries()) {
    const isHeld = index >= 2;
    await owner.workflowOutcome.create({
      data: {
        id: newId("workflowOutcome"),
        ...scope,
        workflowId,
        workflowRunId: runId,
        period: "manual:1",
        contactId,
        outcome: isHeld ? "skipped" : "sent",
        reason: isHeld ? "held_out" : "campaign_due",
        tier: isHeld ? "held_out" : "a",
        createdAt: at(15),
        updatedAt: at(15),
      },
    });
  }
  await book(people[0]?.contactId ?? "", at(17), { kind: "class" });
};

const book = (contactId: string, when: Date, overrides: Partial<Prisma.BookingUncheckedCreateInput> = {}) =>
  database().owner.booking.create({
    data: {
      kind: "appointment",
      title: "Tour",
      status: "booked",
      ...overrides,
      id: newId("booking"),
      ...scopeOf(club),
      externalId: newId("booking"),
      startsAt: at(25),
      endsAt: at(25, "11:00"),
      contactId,
      sourceHash: "hash",
      readAt: when,
      createdAt: when,
      updatedAt: when,
    },
  });

const growth = async (): Promise<void> => {
  const { wrote, agent, outbound } = makeHistory(club);
  const [tourist, member, stranger, joiner, walkIn, answered, unanswered] = await Promise.all(Array.from({ length: 7 }, person));
  if (!tourist || !member || !stranger || !joiner || !walkIn || !answered || !unanswered) {
    throw new Error("seven people are needed");
  }
  await agent(tourist.conversationId, at(12));
  await book(tourist.contactId, at(16));
  await agent(member.conversationId, at(12));
  await makeMember(club, member.contactId, { joinedOn: "2025-03-01" });
  await book(member.contactId, at(16));
  await book(stranger.contactId, at(16));
  await outbound(joiner.conversationId, at(1), "workflow");
  await makeMember(club, joiner.contactId, { joinedOn: "2026-11-16" });
  await makeMember(club, walkIn.contactId, { joinedOn: "2026-11-16" });
  await outbound(answered.conversationId, at(16), "workflow");
  await wrote(answered.conversationId, at(17));
  await outbound(unanswered.conversationId, at(16), "workflow");
  const silence = (addressKey: string, channelKind: string, source = "message") =>
    database().owner.suppression.create({
      data: { id: newId("suppression"), ...scopeOf(club), addressKey, channelKind, purpose: "all", source, createdAt: at(18) },
    });
  await silence("one", "sms");
  await silence("one", "clubos");
  await silence("two", "email", "link");
  await silence("three", "email", "bounce");
};

const faults = async (): Promise<void> => {
  const { effect } = makeHistory(club);
  const { conversationId } = await person();
  await effect({ conversationId, status: "failed", failureKind: "rejected", settledAt: at(18) });
  await effect({ conversationId, status: "failed", failureKind: "unauthorized", settledAt: at(9) });
  await effect({
    conversationId,
    kind: "door.pulse",
    effectKind: "pulse",
    status: "unknown",
    failureKind: "outcome_unknown",
    settledAt: at(18),
  });
  const turn = (columns: Partial<Prisma.ModelTurnUncheckedCreateInput>) =>
    database().owner.modelTurn.create({
      data: {
        model: "test-model",
        promptVersion: "1",
        inputTokens: 100,
        outputTokens: 50,
        cacheReadTokens: 300,
        cacheWriteTokens: 0,
        costMicros: 2_000n,
        latencyMs: 1,
        createdAt: at(18),
        ...columns,
        id: newId("modelTurn"),
        ...scopeOf(club),
      },
    });
  await turn({});
  await turn({ purpose: "chat", costMicros: 1_000n, createdAt: new Date("2026-11-20T17:00:00Z") });
  await turn({ errorKind: "overloaded", inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, costMicros: 0n });
};

beforeAll(async () => {
  club = await makeClub({ timeZone: "America/Denver" });
  await makeConnection(club, { provider: "square" });
  await reminders();
  await campaign();
  await growth();
  await faults();
});

describe("what Spotter began, and what followed", () => {
  test("reminders are counted as texts, and what followed by people", async () => {
    const { figures } = await report("outreach");
    expect(figures.reminders?.now.value).toBe(4);
    expect(figures.reminder_paid?.now).toEqual({ value: 2 / 3, base: 3 });
    expect(figures.reminder_answers).toEqual({ now: { value: 1 / 3, base: 3 }, before: { value: 1 / 2, base: 2 } });
  });

  test("a payment after two reminders is recovered once; one before them, or one that failed, is not", async () => {
    expect((await report("outreach")).figures.dues_recovered?.now).toEqual({ value: 4_500, base: 1 });
  });

  test("where no payment vendor is connected, recovered dues are unknown and not nothing", async () => {
    const other = await makeClub();
    const { figures } = await getReport({ ...other.as.owner, fixedNow: NOW }, { period: WEEK, group: "outreach" });
    expect(figures.dues_recovered?.now).toEqual({ value: null, base: null });
    expect(figures.campaign_lift?.now.value).toBeNull();
  });

  test("a campaign is judged against those it left alone", async () => {
    expect((await report("outreach")).figures.campaign_lift?.now).toEqual({ value: 0.5, base: 4 });
  });

  test.each<[MetricKey, number | null]>([
    ["write_back", 1 / 2],
    ["tours", 1],
    ["joins", 1],
    ["opt_outs", 2],
  ])("%s is %d", async (metric, value) => {
    expect((await report("outreach")).figures[metric]?.now.value).toBe(value);
  });

  test.each<[MetricKey, number]>([
    ["reminders", 4],
    ["reminder_paid", 2],
    ["reminder_answers", 1],
    ["dues_recovered", 1],
    ["write_back", 1],
    ["tours", 1],
    ["joins", 1],
    ["opt_outs", 2],
    ["failed_sends", 1],
    ["vendor_errors", 2],
    ["model_errors", 1],
  ])("behind %s stand its %i rows", async (metric, count) => {
    const page = await listBehind(ctx(), { period: WEEK, metric });
    expect(page.totalCount).toBe(count);
    expect(page.items).toHaveLength(count);
  });
});

describe("faults and costs", () => {
  test("what failed is told by kind, in the period alone", async () => {
    const { breakdowns, figures } = await report("machine");
    expect(figures.failed_sends).toEqual({ now: { value: 1, base: null }, before: { value: 1, base: null } });
    expect(breakdowns.map(({ rows }) => rows)).toEqual([
      [
        { label: "outcome unknown", count: 1 },
        { label: "rejected", count: 1 },
      ],
      [{ label: "overloaded", count: 1 }],
    ]);
  });

  test("tokens, cost and cache are those of every call", async () => {
    const { figures, days, lines } = await report("machine");
    expect(figures.cost?.now).toEqual({ value: 3_000, base: 3 });
    expect(figures.tokens?.now.value).toBe(900);
    expect(figures.cache_hit?.now).toEqual({ value: 600 / 800, base: 800 });
    expect(lines.cost?.[days.indexOf("2026-11-18")]).toBe(2_000);
  });

  test("usage tells the days by purpose and what is left of the last 24 hours", async () => {
    await database().owner.policy.create({
      data: {
        id: newId("policy"),
        ...scopeOf(club),
        version: 1,
        document: { budgets: { dailyCostMicros: 1_000, dailyTokens: 151 } },
        publishedAt: at(1),
      },
    });
    const usage = await getUsage(ctx(), { period: WEEK });
    expect(usage.dailyCost).toEqual({ limit: 1_000, used: 1_000, isReached: true });
    expect(usage.dailyTokens).toEqual({ limit: 151, used: 150, isReached: false });
    expect(usage.byDay).toEqual([
      { day: "2026-11-18", purpose: "answer", callCount: 2, costMicros: 2_000, tokens: 450 },
      { day: "2026-11-20", purpose: "chat", callCount: 1, costMicros: 1_000, tokens: 450 },
    ]);
    expect(usage.totals.costMicros).toBe(3_000);
    await expect(getUsage({ ...club.as.staff, fixedNow: NOW }, { period: WEEK })).rejects.toMatchObject({ code: "forbidden" });
  });
});
