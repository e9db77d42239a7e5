import { asId, type Id } from "#server/domain/ids.ts";
import { clearEmergencyStop } from "#server/services/clubs/clear-emergency-stop.ts";
import { setEmergencyStop } from "#server/services/clubs/set-emergency-stop.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { countStatements } from "#server/testing/count-statements.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { ERROR_AFTER, REJECT, THROTTLE, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, greenMember, makeLive, MORNING, openChannel, workflowOf, writing } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { actOnBatch } from "./act-on-batch.ts";
import { advanceRun } from "./advance-run.ts";
import { approveRun } from "./approve-run.ts";
import { pauseWorkflow, resumeWorkflow } from "./pause-workflow.ts";
import { settleRun } from "./settle-run.ts";
import { runWorkflowNow } from "./start-run.ts";
import { stopRun } from "./stop-run.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

/** 04:00 in Denver: nobody is written to. */
const NIGHT = new Date("2026-11-23T11:00:00Z");
const minutesLater = (minutes: number, from = MORNING): Date => new Date(from.getTime() + minutes * 60_000);

let line: Line;
let workflowId: Id<"workflow">;
let phones: readonly string[];

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  workflowId = await workflowOf(line.system, "daily_campaigns");
  await makeLive(workflowId);
  const people = await Promise.all(Array.from({ length: 4 }, () => greenMember(line)));
  phones = people.map(({ phone }) => phone);
});

const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow = MORNING): ServiceContext => ({ ...ctx, fixedNow });
const sends = (): readonly number[] => phones.map((phone) => vendor.sendCount(phone));
const once = () => phones.map(() => 1);
const none = () => phones.map(() => 0);
const outcomes = async (runId: string): Promise<readonly string[]> => {
  const rows = await owner().workflowOutcome.findMany({ where: { workflowRunId: runId }, orderBy: { id: "asc" } });
  return rows.map(({ outcome }) => outcome);
};
const runRow = (id: string) => owner().workflowRun.findUniqueOrThrow({ where: { id } });
const effects = () => owner().effect.findMany({ where: { clubId: line.club.id, plannedBy: "workflow" } });

const waitersForKeys = async (): Promise<number> => {
  const [row] = await owner().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from pg_locks where relation = '"ClubKey"'::regclass and not granted`;
  return row?.count ?? 0;
};

/** A run whose texts somebody has said yes to, about to act. */
const approved = async (now = MORNING): Promise<Id<"workflowRun">> => {
  const { runId } = await runWorkflowNow(at(line.club.as.manager, now), { workflowId });
  await drive(at(line.system, now), runId);
  await approveRun(at(line.club.as.owner, now), { runId });
  return runId;
};

describe("at-most-once-out of a run", () => {
  test("a run sends each person one text, filled and with its opt-out line, and ends with its report", async () => {
    const runId = await approved();
    await drive(at(line.system), runId);
    expect(sends()).toEqual(once());
    expect(vendor.accepted(phones[0] ?? "")[0]?.text).toBe(
      `Hi Robin, this is ${line.club.name}. How is it going so far?\nReply STOP to opt out.`,
    );
    const run = await runRow(runId);
    expect(run).toMatchObject({ status: "completed", phase: "ended", openCount: 0, counts: { green: { sent: 4 } } });
    expect(run.report).toMatchObject({ totals: { sent: 4 }, byGroup: { green: { sent: 4 } } });
    expect(run.inputTokens).toBeGreaterThan(0);
    expect((await effects()).map(({ effectKey }) => effectKey.slice(0, 7))).toEqual(phones.map(() => "wf:wfo_"));
  });

  test("a message of a batch costs the database few statements, and all of a batch open the vendor once", async () => {
    const runId = await approved();
    const statements = countStatements();
    await actOnBatch(at(line.system), { runId });
    expect(sends()).toEqual(once());
    expect(statements() / phones.length).toBeLessThan(92);
  });

  test("whoever a vendor puts off for a moment has a batch more coming at its time, and gets it then, once", async () => {
    const runId = await approved();
    vendor.next(THROTTLE);
    expect(await actOnBatch(at(line.system), { runId })).toEqual({ actedCount: 4, againAt: new Date(MORNING.getTime() + 7_000) });
    const taken = () => phones.map((phone) => vendor.accepted(phone).length).toSorted();
    expect(taken()).toEqual([0, 1, 1, 1]);
    const waiting = await owner().workflowOutcome.findMany({ where: { workflowRunId: runId, outcome: "deferred" } });
    expect(waiting).toMatchObject([{ reason: "vendor_busy", deferredUntil: new Date(MORNING.getTime() + 7_000) }]);
    expect(await actOnBatch(at(line.system), { runId })).toEqual({ actedCount: 0, againAt: null });
    expect(await actOnBatch(at(line.system, minutesLater(1)), { runId })).toEqual({ actedCount: 1, againAt: null });
    expect(taken()).toEqual(once());
  });

  test("two drivers, six batches and claims that are lost in the middle: nobody gets it twice", async () => {
    const runId = await approved();
    const system = at(line.system);
    const lose = async (): Promise<void> => {
      for (let round = 0; round < 12; round += 1) {
        await owner().workflowOutcome.updateMany({ where: { workflowRunId: runId }, data: { claimedUntil: null } });
      }
    };
    await Promise.all([
      drive(system, runId),
      drive(system, runId),
      lose(),
      ...Array.from({ length: 4 }, () => actOnBatch(system, { runId })),
    ]);
    await owner().workflowOutcome.updateMany({ where: { workflowRunId: runId }, data: { claimedUntil: null } });
    await drive(system, runId);
    expect(sends()).toEqual(once());
    expect(await outcomes(runId)).toEqual(phones.map(() => "sent"));
  });

  test("a run whose batches all died is taken up again, however often somebody looks at it meanwhile", async () => {
    const runId = await approved();
    await advanceRun(at(line.system), { runId });
    const { leaseUntil } = await runRow(runId);
    for (const minutes of [1, 2]) {
      await settleRun(at(line.system, minutesLater(minutes)), { runId });
    }
    expect((await runRow(runId)).leaseUntil).toEqual(leaseUntil);
    await actOnBatch(at(line.system, minutesLater(2)), { runId });
    expect(sends()).toEqual(once());
  });

  test("a batch that died holds nobody for long: whoever finds all claimed comes again when the claims end", async () => {
    const runId = await approved();
    const freeAt = new Date(MORNING.getTime() + 30_000);
    await owner().workflowOutcome.updateMany({ where: { workflowRunId: runId }, data: { claimedUntil: freeAt } });
    expect(await actOnBatch(at(line.system), { runId })).toEqual({ actedCount: 0, againAt: freeAt });
    expect(sends()).toEqual(none());
    expect(await actOnBatch(at(line.system, freeAt), { runId })).toEqual({ actedCount: 4, againAt: null });
    expect(sends()).toEqual(once());
    expect(await actOnBatch(at(line.system, freeAt), { runId })).toEqual({ actedCount: 0, againAt: null });
  });

  test("a message is under way no sooner than its connection is open: a crash before that leaves nobody in doubt", async () => {
    const runId = await approved();
    const { batch } = await owner().$transaction(async (tx) => {
      // Whoever opens a connection reads the club's key, and waits here until this transaction ends.
      await tx.$executeRaw`lock table "ClubKey" in access exclusive mode`;
      const acting = actOnBatch(at(line.system), { runId });
      await expect.poll(waitersForKeys).toBe(1);
      expect((await effects()).map(({ status }) => status)).toEqual(["planned"]);
      return { batch: acting };
    });
    await batch;
    expect(sends()).toEqual(once());
  });

  test("killed between plan and dispatch, the next one hands out what was planned", async () => {
    const runId = await approved(NIGHT);
    await drive(at(line.system, NIGHT), runId);
    // As a crash leaves it: the effect stands in the ledger, the outcome does not know of it yet, and its claim has not ended.
    await owner().effect.updateMany({ where: { clubId: line.club.id }, data: { notBefore: null, failureKind: null } });
    const crashed = { outcome: "planned", deferredUntil: null, claimedUntil: minutesLater(2) };
    await owner().workflowOutcome.updateMany({ where: { workflowRunId: runId }, data: crashed });
    await actOnBatch(at(line.system), { runId });
    expect(sends()).toEqual(none());
    await drive(at(line.system, minutesLater(3)), runId);
    expect(sends()).toEqual(once());
    expect(await outcomes(runId)).toEqual(phones.map(() => "sent"));
  });

  test("what the vendor refuses fails with one card of the run, and what nobody knows stays open until it is known", async () => {
    const runId = await approved();
    vendor.next(REJECT, ERROR_AFTER);
    await drive(at(line.system), runId);
    expect((await outcomes(runId)).toSorted()).toEqual(["failed", "sent", "sent", "unknown"]);
    expect(await runRow(runId)).toMatchObject({ status: "completed", openCount: 1 });
    const alerts = await owner().alert.findMany({ where: { clubId: line.club.id, kind: { in: ["workflow_failures", "effect_failed"] } } });
    expect(alerts).toMatchObject([{ kind: "workflow_failures", title: "Daily campaigns: 1 could not be done" }]);
    await owner().effect.updateMany({
      where: { clubId: line.club.id, status: "unknown" },
      data: { status: "confirmed", settledAt: MORNING },
    });
    await settleRun(at(line.system), { runId });
    expect(await runRow(runId)).toMatchObject({ openCount: 0, counts: { green: { sent: 3, failed: 1 } } });
  });

  test("a second run has nothing for whoever had theirs", async () => {
    await drive(at(line.system), await approved());
    const later = minutesLater(5);
    const { runId } = await runWorkflowNow(at(line.club.as.manager, later), { workflowId });
    await drive(at(line.system, later), runId);
    expect(sends()).toEqual(once());
    expect(await outcomes(runId)).toEqual(phones.map(() => "skipped"));
  });
});

describe("out of hours", () => {
  test("texts wait for the person's morning and then go out by the same run", async () => {
    const runId = await approved(NIGHT);
    await drive(at(line.system, NIGHT), runId);
    expect(sends()).toEqual(none());
    expect(await outcomes(runId)).toEqual(phones.map(() => "deferred"));
    const waiting = await runRow(runId);
    expect(waiting).toMatchObject({ status: "waiting", phase: "acting", openCount: 4 });
    expect(waiting.wakeAt?.getTime()).toBeGreaterThan(NIGHT.getTime());
    await drive(at(line.system), runId);
    expect(sends()).toEqual(once());
    expect(await runRow(runId)).toMatchObject({ status: "completed" });
  });
});

describe("pause, stop and emergency stop", () => {
  test("while a workflow is paused nothing is planned, and it goes on where it stood", async () => {
    const runId = await approved();
    await pauseWorkflow(at(line.club.as.manager), { workflowId });
    await drive(at(line.system), runId);
    await actOnBatch(at(line.system), { runId });
    expect(sends()).toEqual(none());
    await resumeWorkflow(at(line.club.as.manager), { workflowId });
    await drive(at(line.system), runId);
    expect(sends()).toEqual(once());
  });

  test("a pause holds what was planned before it, and going on lets it out", async () => {
    const runId = await approved(NIGHT);
    await drive(at(line.system, NIGHT), runId);
    await pauseWorkflow(at(line.club.as.manager), { workflowId });
    for (const { id } of await effects()) {
      expect(await dispatchEffect(at(line.system), { effectId: asId("effect", id) })).toMatchObject({ reason: "workflow_paused" });
    }
    expect(sends()).toEqual(none());
    await resumeWorkflow(at(line.club.as.manager), { workflowId });
    await drive(at(line.system), runId);
    expect(sends()).toEqual(once());
  });

  test("a stopped run sends nothing more, also of what waits for its hour, and says so of each person", async () => {
    const runId = await approved(NIGHT);
    await drive(at(line.system, NIGHT), runId);
    await stopRun(at(line.club.as.manager, NIGHT), { runId });
    for (const { id } of await effects()) {
      await dispatchEffect(at(line.system), { effectId: asId("effect", id) });
    }
    await drive(at(line.system), runId);
    await actOnBatch(at(line.system), { runId });
    expect(sends()).toEqual(none());
    expect(await outcomes(runId)).toEqual(phones.map(() => "cancelled"));
    expect(await runRow(runId)).toMatchObject({ status: "cancelled", openCount: 0, report: { totals: { cancelled: 4 } } });
    await expect(stopRun(at(line.club.as.manager), { runId })).rejects.toThrow("ended already");
  });

  test("while the club is stopped nothing is planned; afterwards the run goes on", async () => {
    const runId = await approved();
    await setEmergencyStop(at(line.club.as.manager), { reason: "something is wrong" });
    expect(await advanceRun(at(line.system), { runId })).toEqual({ kind: "act", batchCount: 0 });
    await actOnBatch(at(line.system), { runId });
    expect(await effects()).toEqual([]);
    await clearEmergencyStop(at(line.club.as.owner));
    await drive(at(line.system), runId);
    expect(sends()).toEqual(once());
  });
});

describe("texts", () => {
  test("what the model writes against the rules is not sent: the club's own words are", async () => {
    const { runId } = await runWorkflowNow(at(line.club.as.manager), { workflowId });
    await drive(at(line.system), runId, writing("Hi {{first_name}}, this is {{club_name}}: join today and get 50% off for $9.99!"));
    await approveRun(at(line.club.as.owner), { runId });
    await drive(at(line.system), runId);
    expect(vendor.accepted(phones[0] ?? "")[0]?.text).toContain("How are your first visits going?");
    expect(await owner().template.findMany({ where: { clubId: line.club.id } })).toMatchObject([
      { key: "green_member_welcome", source: "own" },
    ]);
  });
});
