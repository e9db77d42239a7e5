import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { settleRun } from "#server/services/workflows/settle-run.ts";
import { previewWorkflow, runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { connectSquare, makeDebtor, readAll, readBalance, useScriptedMoney } from "#server/testing/debtors.ts";
import { MADE_AT } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { REJECT, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const vendor = useScriptedOpenPhone();
const money = useScriptedMoney();

const HOUR_MS = 3_600_000;
const hoursLater = (hours: number, from = MORNING): Date => new Date(from.getTime() + hours * HOUR_MS);
/** The 1st, seven in the morning in Denver. */
const FIRST = new Date("2026-12-01T14:00:00Z");

let line: Line;
let workflowId: Id<"workflow">;

beforeEach(async () => {
  money.links.length = 0;
  money.notes.length = 0;
  line = await makeLine();
  await openChannel(line);
  await connectSquare(line.club);
  workflowId = await workflowOf(line.system, "invoices");
  await makeLive(workflowId);
});

const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow = MORNING): ServiceContext => ({ ...ctx, fixedNow });
const owes = (balanceMinor: bigint) => makeDebtor(line.club, { over: { balanceMinor }, readAt: MORNING });
const run = async (now = MORNING): Promise<Id<"workflowRun">> => {
  await readAll(line.club, new Date(now.getTime() - 60_000));
  const { runId } = await runWorkflowNow(at(line.club.as.manager, now), { workflowId });
  await drive(at(line.system, now), runId);
  return runId;
};
const outcomes = async (runId: string) =>
  (await owner().workflowOutcome.findMany({ where: { workflowRunId: runId }, orderBy: { id: "asc" } })).map(({ outcome, reason }) => ({
    outcome,
    reason,
  }));

describe("this month's invoice", () => {
  test("brings the exact amount and a link over it, and is noted; the report tells each range", async () => {
    const people = [
      await owes(1n),
      await owes(5_000n),
      await owes(5_001n),
      await owes(9_999n),
      await owes(10_000n),
      await owes(20_000n),
      await owes(20_001n),
    ];
    await owes(0n);
    const runId = await run();
    expect((await outcomes(runId)).map(({ outcome }) => outcome)).toEqual(people.map(() => "sent"));
    expect(vendor.accepted(people[1]?.phone ?? "")[0]?.text).toMatch(
      /\$50\.00 for your membership\..*https:\/\/pay\.example\/\d\n.*Reply STOP to opt out\.$/s,
    );
    expect(money.links.map(({ amountMinor }) => amountMinor).toSorted()).toEqual(
      [1n, 5_000n, 5_001n, 9_999n, 10_000n, 20_000n, 20_001n].toSorted(),
    );
    const { report } = await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } });
    expect(Object(report).lines).toEqual([
      "Invoices: 7 over $700.02, failed: 0.",
      "$0.01 to $50.00: 2 over $50.01.",
      "$50.01 to $99.99: 2 over $150.00.",
      "$100.00 to $200.00: 2 over $300.00.",
      "above $200.00: 1 over $200.01.",
    ]);
    for (const { id } of await owner().effect.findMany({ where: { clubId: line.club.id, kind: "note.add" } })) {
      await dispatchEffect(at(line.system), { effectId: id as Id<"effect"> });
    }
    expect(money.notes).toContain("INVOICE SENT: $200.01. [normal, billing]");
    expect(money.notes).toHaveLength(7);
  });

  test("is no attempt of the ladder", async () => {
    const { contactId } = await owes(4_500n);
    await run();
    expect(await owner().collectionAttempt.count({ where: { contactId } })).toBe(0);
  });

  test("of seven in the morning waits for the hour with nothing made, and names what is owed then", async () => {
    const { memberId, phone } = await owes(4_500n);
    const runId = await run(FIRST);
    expect(await outcomes(runId)).toEqual([{ outcome: "deferred", reason: "quiet_hours" }]);
    expect(money.links).toEqual([]);
    const nine = hoursLater(2, FIRST);
    await readBalance(memberId, { balanceMinor: 6_000n, at: nine });
    await drive(at(line.system, nine), runId);
    expect(vendor.accepted(phone)[0]?.text).toContain("$60.00");
    expect(money.links.map(({ amountMinor }) => amountMinor)).toEqual([6_000n]);
    expect(await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: "completed" });
  });

  test("waits for a balance that is too old, and does not go to whoever has paid by then", async () => {
    const { memberId, phone } = await owes(4_500n);
    const { runId } = await runWorkflowNow(at(line.club.as.manager, hoursLater(2)), { workflowId });
    await drive(at(line.system, hoursLater(2)), runId);
    expect(await outcomes(runId)).toEqual([{ outcome: "deferred", reason: "stale_balance" }]);
    await readBalance(memberId, { balanceMinor: 0n, at: hoursLater(2.5) });
    await drive(at(line.system, hoursLater(2.5)), runId);
    expect(await outcomes(runId)).toEqual([{ outcome: "skipped", reason: "nothing_due" }]);
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("is sent without a link where nobody makes links, and a refusal is counted", async () => {
    await owner().connection.updateMany({ where: { clubId: line.club.id, provider: "square" }, data: { archivedAt: MADE_AT } });
    const { phone } = await owes(4_500n);
    const first = await run();
    expect(vendor.accepted(phone)[0]?.text).toContain("You can pay it at the front desk.");
    expect(await outcomes(first)).toMatchObject([{ outcome: "sent" }]);
    await owes(6_000n);
    vendor.next(REJECT);
    const second = await run(hoursLater(1));
    await settleRun(at(line.system, hoursLater(1)), { runId: second });
    const { report } = await owner().workflowRun.findUniqueOrThrow({ where: { id: second } });
    expect(JSON.stringify(report ?? {})).not.toContain("Invoices: 2");
    expect((await outcomes(second)).map(({ outcome }) => outcome).toSorted()).toEqual(["deferred", "failed"]);
  });

  test("takes the place of that day's reminder", async () => {
    const { contactId } = await owes(4_500n);
    const pastDue = await workflowOf(line.system, "past_due");
    await makeLive(pastDue);
    await readAll(line.club, hoursLater(3, FIRST));
    const { runId } = await runWorkflowNow(at(line.club.as.manager, hoursLater(3, FIRST)), { workflowId: pastDue });
    await drive(at(line.system, hoursLater(3, FIRST)), runId);
    expect(await owner().workflowOutcome.findFirst({ where: { contactId, workflowRunId: runId } })).toMatchObject({
      reason: "invoice_today",
    });
  });
});

test("a preview tells how many over how much, and makes nothing", async () => {
  await owes(4_500n);
  await owes(900n);
  const { runId } = await previewWorkflow(at(line.club.as.manager), { workflowId });
  await drive(at(line.system), runId);
  const { report } = await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } });
  expect(Object(report).lines).toEqual(["would send 2 invoices over $54.00 today, 1 of them owes less than $10"]);
  expect(money.links).toEqual([]);
});
