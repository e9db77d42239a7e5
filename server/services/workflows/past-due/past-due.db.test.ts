import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { actOnBatch } from "#server/services/workflows/act-on-batch.ts";
import { previewWorkflow, runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { connectSquare, makeDebtor, makeLadder, readAll, readBalance, useScriptedMoney } from "#server/testing/debtors.ts";
import { makeConnection, MADE_AT, scopeOf } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const vendor = useScriptedOpenPhone();
const money = useScriptedMoney();

const HOUR_MS = 3_600_000;
const hoursLater = (hours: number): Date => new Date(MORNING.getTime() + hours * HOUR_MS);

let line: Line;
let workflowId: Id<"workflow">;

beforeEach(async () => {
  money.links.length = 0;
  money.notes.length = 0;
  line = await makeLine();
  await openChannel(line);
  await connectSquare(line.club);
  workflowId = await workflowOf(line.system, "past_due");
  await makeLive(workflowId);
});

const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow = MORNING): ServiceContext => ({ ...ctx, fixedNow });
const debtor = (over: Parameters<typeof makeDebtor>[1]["over"] = {}, now = MORNING) =>
  makeDebtor(line.club, { over, readAt: new Date(now.getTime() - HOUR_MS / 2) });

/** One run of the hour, with balances that were read just before it. */
const run = async (now = MORNING): Promise<Id<"workflowRun">> => {
  await readAll(line.club, new Date(now.getTime() - 60_000));
  const { runId } = await runWorkflowNow(at(line.club.as.manager, now), { workflowId });
  await drive(at(line.system, now), runId);
  return runId;
};

const outcomesOf = async (runId: string) =>
  (await owner().workflowOutcome.findMany({ where: { workflowRunId: runId }, orderBy: { id: "asc" } })).map(
    ({ deferredUntil, outcome, reason, tier }) => ({ outcome, reason, tier, until: deferredUntil }),
  );

describe("a run of the ladder", () => {
  test("reminds with the exact amount and a link over it, logs the attempt with its wording and effect, and reports", async () => {
    const { contactId, memberId, phone } = await debtor();
    const runId = await run();
    const [text] = vendor.accepted(phone);
    expect(text?.text).toContain("$45.00");
    expect(text?.text).toContain("https://pay.example/1");
    expect(text?.text).toMatch(/Reply STOP to opt out\.$/);
    expect(money.links).toMatchObject([{ amountMinor: 4_500n }]);
    const [attempt] = await owner().collectionAttempt.findMany({ where: { contactId } });
    expect(attempt).toMatchObject({
      tier: "friendly",
      amountMinor: 4_500n,
      episodeOn: "2026-11-23",
      wordingKey: expect.stringMatching(/^friendly_\d$/),
    });
    expect(attempt?.effectId).not.toBeNull();
    expect(await outcomesOf(runId)).toEqual(
      [{ outcome: "sent", reason: "done", tier: "friendly", until: null }].map((row) => ({ ...row, reason: "first_notice" })),
    );
    const { report } = await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } });
    expect(JSON.stringify(report)).toContain("1 who owe were looked at, $45.00 in all.");
    expect(JSON.stringify(report)).toContain("Reminders: 1 friendly, 0 firm, 0 final; locks asked for: 0.");
    expect(await owner().payRequest.count({ where: { memberId, status: "open" } })).toBe(1);
  });

  test("hour after hour nobody gets two within 72 hours, three at most in a week, no wording twice, and one link per amount", async () => {
    const { phone } = await debtor();
    const sentAt: number[] = [];
    for (let hour = 0; hour <= 24 * 20; hour += 12) {
      const before = vendor.sendCount(phone);
      const runId = await run(hoursLater(hour));
      if (vendor.sendCount(phone) > before) {
        sentAt.push(hour);
      }
      if (hour === 12) {
        expect(await outcomesOf(runId)).toEqual([{ outcome: "suppressed", reason: "recent_text", tier: null, until: hoursLater(72) }]);
      }
    }
    const gaps = sentAt.slice(1).map((hour, index) => hour - (sentAt[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(72);
    expect(sentAt).toHaveLength(6);
    const texts = vendor.accepted(phone).map(({ text }) => text);
    expect(new Set(texts).size).toBe(6);
    expect(money.links).toHaveLength(1);
    expect(
      (await owner().collectionAttempt.findMany({ orderBy: { at: "asc" }, where: { clubId: line.club.id } })).map(({ tier }) => tier),
    ).toEqual(["friendly", "friendly", "firm", "firm", "final", "final"]);
  });

  test("at the top of the ladder comes one urgent note and one request to lock, and nobody locks", async () => {
    const { contactId } = await debtor({ balanceMinor: 15_000n });
    await makeLadder(line.club, { contactId, startedOn: "2026-11-01", attempts: 4, at: hoursLater(-200) });
    await run();
    await owner().effect.findMany({ where: { clubId: line.club.id, kind: "note.add" } });
    const notes = await owner().effect.findMany({ where: { clubId: line.club.id, kind: "note.add" } });
    expect(notes.map(({ arguments: args }) => Object(args).text)).toEqual([
      expect.stringMatching(/^PAST DUE: \$150\.00 .*\[urgent, billing\]$/),
    ]);
    expect(await owner().debtEpisode.findFirst({ where: { contactId } })).toMatchObject({ lockRequestedAt: MORNING });
    const runId = await run(hoursLater(80));
    expect(await outcomesOf(runId)).toMatchObject([{ outcome: "sent", tier: "final" }]);
    expect(await owner().effect.count({ where: { clubId: line.club.id, kind: "note.add" } })).toBe(1);
    expect(await owner().effect.count({ where: { clubId: line.club.id, kind: "access.set" } })).toBe(0);
    const last = await run(hoursLater(160));
    expect(await outcomesOf(last)).toMatchObject([{ outcome: "suppressed", reason: "attempts_spent" }]);
    const { report } = await owner().workflowRun.findUniqueOrThrow({ where: { id: last } });
    expect(JSON.stringify(report)).toContain("For the manager to decide: Robin");
  });

  test("a balance that is older than an hour, or changed since the plan, sends nothing of the old amount", async () => {
    const { memberId, phone } = await debtor();
    const stale = await runWorkflowNow(at(line.club.as.manager, hoursLater(1)), { workflowId });
    await drive(at(line.system, hoursLater(1)), stale.runId);
    expect(await outcomesOf(stale.runId)).toMatchObject([{ outcome: "suppressed", reason: "stale_balance" }]);
    await readBalance(memberId, { balanceMinor: 4_500n, at: hoursLater(1.9) });
    await owner().workflow.update({ where: { id: workflowId }, data: { firstLiveApprovedAt: null } });
    const { runId } = await runWorkflowNow(at(line.club.as.manager, hoursLater(2)), { workflowId });
    await drive(at(line.system, hoursLater(2)), runId);
    await readBalance(memberId, { balanceMinor: 0n, at: hoursLater(2) });
    await owner().workflow.update({ where: { id: workflowId }, data: { firstLiveApprovedAt: MADE_AT } });
    await drive(at(line.system, hoursLater(2)), runId);
    expect(await outcomesOf(runId)).toMatchObject([{ outcome: "skipped", reason: "nothing_due" }]);
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("without a vendor that makes links nobody is sent a bill, and the reason says so", async () => {
    await owner().connection.updateMany({ where: { clubId: line.club.id, provider: "square" }, data: { archivedAt: MADE_AT } });
    const { phone } = await debtor();
    expect(await outcomesOf(await run())).toMatchObject([{ outcome: "suppressed", reason: "no_pay_link" }]);
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("two drivers, four batches and claims lost in the middle, again and again: one text each", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => debtor()));
    await readAll(line.club, MORNING);
    const { runId } = await runWorkflowNow(at(line.club.as.manager), { workflowId });
    const lose = async (): Promise<void> => {
      for (let round = 0; round < 12; round += 1) {
        await owner().workflowOutcome.updateMany({ where: { workflowRunId: runId }, data: { claimedUntil: null } });
      }
    };
    const system = at(line.system);
    await drive(system, runId);
    await Promise.all([lose(), drive(system, runId), ...Array.from({ length: 4 }, () => actOnBatch(system, { runId }))]);
    await owner().workflowOutcome.updateMany({ where: { workflowRunId: runId }, data: { claimedUntil: null } });
    await drive(system, runId);
    expect(people.map(({ phone }) => vendor.sendCount(phone))).toEqual(people.map(() => 1));
  });
});

describe("the right tier for each of a thousand", () => {
  /** The rule table, row by row and column by column: attempts 0, 1, 2, 3, 4, 5, 6. */
  const TABLE = [
    { from: 1n, cells: ["friendly", "friendly", "firm", "firm", "final", "final", "ended"] },
    { from: 5_001n, cells: ["friendly", "firm", "firm", "firm", "final", "final", "ended"] },
    { from: 10_000n, cells: ["friendly", "final", "final", "final", "urgent", "urgent", "ended"] },
  ] as const;
  const AMOUNTS = [1n, 2n, 999n, 4_999n, 5_000n, 5_001n, 7_777n, 9_999n, 10_000n, 10_001n, 20_000n, 123_456n] as const;
  const people = Array.from({ length: 1_000 }, (_, index) => ({
    index,
    due: AMOUNTS[index % 12] ?? 1n,
    attempts: Math.floor(index / 12) % 7,
  }));

  test("as the table of the rules has it, in a plan that sends nothing", async () => {
    const scope = scopeOf(line.club);
    const { id: connectionId } = await makeConnection(line.club, { provider: "clubhub" });
    const rows = people.map((person) => ({ ...person, contactId: newId("contact"), memberId: newId("member") }));
    const stamp = { createdAt: MADE_AT, updatedAt: MADE_AT };
    await owner().contact.createMany({
      data: rows.map(({ contactId, index }) => ({ id: contactId, ...scope, displayName: `Person ${index}`, ...stamp })),
    });
    await owner().contactIdentity.createMany({
      data: rows.map(({ contactId, index }) => ({
        id: newId("contactIdentity"),
        ...scope,
        contactId,
        channelKind: "sms",
        address: `+1555${String(index).padStart(7, "0")}`,
        addressKey: `debt-${index}`,
        createdAt: MADE_AT,
      })),
    });
    await owner().member.createMany({
      data: rows.map(({ contactId, due, index, memberId }) => ({
        id: memberId,
        ...scope,
        contactId,
        connectionId,
        externalId: `d${index}`,
        firstName: "Person",
        lastName: "Hale",
        status: "active",
        currency: "USD",
        balanceMinor: due,
        ...stamp,
      })),
    });
    await owner().memberIdentity.createMany({
      data: rows.map(({ index, memberId }) => ({
        id: newId("memberIdentity"),
        ...scope,
        memberId,
        connectionId,
        externalId: `d${index}`,
        kind: "member",
        sourceHash: "none",
        seenAt: MORNING,
        ...stamp,
      })),
    });
    const long = new Date("2026-11-02T17:00:00Z");
    await owner().debtEpisode.createMany({
      data: rows.map(({ contactId, due }) => ({
        id: newId("debtEpisode"),
        ...scope,
        contactId,
        startedOn: "2026-11-01",
        startedAt: long,
        dueMinor: due,
        peakMinor: due,
        currency: "USD",
        ...stamp,
      })),
    });
    await owner().collectionAttempt.createMany({
      data: rows.flatMap(({ attempts, contactId, due }) =>
        Array.from({ length: attempts }, (_, nth) => ({
          id: newId("collectionAttempt"),
          ...scope,
          contactId,
          tier: nth === 1 ? "call" : "friendly",
          amountMinor: due,
          currency: "USD",
          episodeOn: "2026-11-01",
          at: long,
        })),
      ),
    });
    const { runId } = await previewWorkflow(at(line.club.as.manager), { workflowId });
    await drive(at(line.system), runId);
    const outcomes = new Map(
      (await owner().workflowOutcome.findMany({ where: { workflowRunId: runId } })).map((row) => [row.contactId, row] as const),
    );
    const wrong = rows.filter(({ attempts, contactId, due }) => {
      const cell = TABLE.findLast(({ from }) => due >= from)?.cells[attempts];
      const outcome = outcomes.get(contactId);
      // Nobody of them has agreed to texts: the tier stands in the plan all the same, with why it would not go out.
      return (
        outcome?.group !== cell ||
        outcome?.amountMinor !== due ||
        (cell !== "ended" && outcome?.tier !== (cell === "urgent" ? "final" : cell))
      );
    });
    expect(wrong).toEqual([]);
    expect(await owner().effect.count({ where: { clubId: line.club.id } })).toBe(0);
  });
});
