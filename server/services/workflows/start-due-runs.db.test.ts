import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, greenMember, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { approveRun } from "./approve-run.ts";
import { goLive, reviewWorkflow, saveWorkflow, switchWorkflow } from "./change-workflow.ts";
import { ensureWorkflows } from "./ensure-workflows.ts";
import { inTransaction } from "#server/services/context.ts";
import { pauseWorkflow, resumeWorkflow } from "./pause-workflow.ts";
import { listDueWorkflows, listUnfinishedRuns, startDueRun, wakeRun } from "./start-due-runs.ts";
import { previewWorkflow, runWorkflowNow } from "./start-run.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const HOUR_MS = 3_600_000;
/** 06:00 in Denver. */
const SIX = new Date("2026-11-23T13:00:00Z");
const after = (hours: number, from = SIX): Date => new Date(from.getTime() + hours * HOUR_MS);

let line: Line;
let workflowId: Id<"workflow">;

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  workflowId = await workflowOf(line.system, "daily_campaigns");
});

const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow = MORNING): ServiceContext => ({ ...ctx, fixedNow });
const runs = () => owner().workflowRun.findMany({ where: { clubId: line.club.id }, orderBy: { startedAt: "asc" } });
const workflow = () => owner().workflow.findUniqueOrThrow({ where: { id: workflowId } });
const isDue = async (): Promise<boolean> => (await listDueWorkflows()).some(({ id }) => id === workflowId);

describe("a schedule", () => {
  test("begins one run a slot, whoever looks and however often", async () => {
    await switchWorkflow(at(line.club.as.owner, after(-2)), { workflowId, isOn: true });
    expect((await workflow()).nextDueAt).toEqual(SIX);
    expect(await startDueRun(at(line.system, after(-1)), { workflowId })).toEqual({ runId: null });
    const started = await Promise.all(Array.from({ length: 5 }, () => startDueRun(at(line.system), { workflowId })));
    expect(started.filter(({ runId }) => runId !== null)).toHaveLength(1);
    expect((await runs()).map(({ period, trigger, isDryRun }) => [period, trigger, isDryRun])).toEqual([
      ["2026-11-23T06", "schedule", true],
    ]);
    expect((await workflow()).nextDueAt).toEqual(after(24));
  });

  test("that missed three days catches up once", async () => {
    await switchWorkflow(at(line.club.as.owner, after(-80)), { workflowId, isOn: true });
    await startDueRun(at(line.system), { workflowId });
    await startDueRun(at(line.system, after(5)), { workflowId });
    expect((await runs()).map(({ period }) => period)).toEqual(["2026-11-23T06"]);
  });

  test("waits for a run that still acts, and does not forget its slot", async () => {
    await makeLive(workflowId);
    await greenMember(line);
    const { runId } = await runWorkflowNow(at(line.club.as.manager, after(-1)), { workflowId });
    expect(await startDueRun(at(line.system), { workflowId })).toEqual({ runId: null });
    await owner().workflowRun.update({
      where: { id: runId },
      data: { status: "completed", phase: "ended", finishedAt: SIX },
    });
    expect((await startDueRun(at(line.system), { workflowId })).runId).not.toBeNull();
  });

  test("of a paused or switched-off workflow begins nothing; going on catches up once", async () => {
    await switchWorkflow(at(line.club.as.owner, after(-2)), { workflowId, isOn: true });
    await pauseWorkflow(at(line.club.as.manager, after(-1)), { workflowId });
    expect(await startDueRun(at(line.system), { workflowId })).toEqual({ runId: null });
    await resumeWorkflow(at(line.club.as.manager), { workflowId });
    expect((await startDueRun(at(line.system), { workflowId })).runId).not.toBeNull();
    await switchWorkflow(at(line.club.as.owner), { workflowId, isOn: false });
    expect(await startDueRun(at(line.system, after(24)), { workflowId })).toEqual({ runId: null });
  });

  test("is looked at for all clubs, and only what is due is found", async () => {
    await switchWorkflow(at(line.club.as.owner, after(-2)), { workflowId, isOn: true });
    await owner().workflow.update({ where: { id: workflowId }, data: { nextDueAt: new Date("2020-01-01T00:00:00Z") } });
    expect(await isDue()).toBe(true);
    await pauseWorkflow(line.club.as.manager, { workflowId });
    expect(await isDue()).toBe(false);
  });

  test("a run nobody has heard of is taken up, by one", async () => {
    const { runId } = await previewWorkflow(at(line.club.as.manager), { workflowId });
    expect(await listUnfinishedRuns()).toContainEqual(expect.objectContaining({ id: runId }));
    const events = () => owner().outboxEvent.count({ where: { clubId: line.club.id, name: "workflow/run.due" } });
    await Promise.all([wakeRun(at(line.system), { runId }), wakeRun(at(line.system), { runId })]);
    expect(await events()).toBe(1);
    await Promise.all([wakeRun(at(line.system, after(9)), { runId }), wakeRun(at(line.system, after(9)), { runId })]);
    expect(await events()).toBe(2);
  });
});

describe("before anything happens", () => {
  test("every club has each built-in workflow once, off and dry", async () => {
    const ctx = line.system;
    await Promise.all(Array.from({ length: 4 }, () => inTransaction(ctx, (tx) => ensureWorkflows(tx, ctx))));
    const rows = await owner().workflow.findMany({ where: { clubId: line.club.id, kind: "daily_campaigns" } });
    expect(rows).toMatchObject([{ isOn: false, isDryRun: true, version: 1 }]);
    expect(await owner().workflowVersion.count({ where: { workflowId } })).toBe(1);
  });

  test("going live takes a preview of what it is now, and the first live run an owner's yes", async () => {
    const { phone } = await greenMember(line);
    await expect(goLive(at(line.club.as.owner), { workflowId })).rejects.toThrow("preview");
    const { runId: previewId } = await previewWorkflow(at(line.club.as.manager), { workflowId });
    await drive(at(line.system), previewId);
    await goLive(at(line.club.as.owner), { workflowId });
    const { runId } = await runWorkflowNow(at(line.club.as.manager), { workflowId });
    await drive(at(line.system), runId);
    expect(await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: "waiting", phase: "approving" });
    expect(vendor.sendCount(phone)).toBe(0);
    await expect(approveRun(at(line.club.as.manager), { runId })).rejects.toThrow("not allowed");
    await approveRun(at(line.club.as.owner), { runId });
    await expect(approveRun(at(line.club.as.owner), { runId })).rejects.toThrow("does not wait");
    await drive(at(line.system), runId);
    expect(vendor.sendCount(phone)).toBe(1);
    await expect(reviewWorkflow(at(line.club.as.owner), { workflowId })).rejects.toThrow("first day");
    await reviewWorkflow(at(line.club.as.owner, after(25, MORNING)), { workflowId });
    expect((await workflow()).reviewedAt).not.toBeNull();
  });

  test("a yes holds for the next run of the same text, and falls when the group has grown by more than a fifth", async () => {
    await makeLive(workflowId);
    await Promise.all(Array.from({ length: 5 }, () => greenMember(line)));
    const first = await runWorkflowNow(at(line.club.as.manager), { workflowId });
    await drive(at(line.system), first.runId);
    await approveRun(at(line.club.as.manager), first);
    await drive(at(line.system), first.runId);
    const sixth = await greenMember(line);
    const second = await runWorkflowNow(at(line.club.as.manager, after(1, MORNING)), { workflowId });
    await drive(at(line.system, after(1, MORNING)), second.runId);
    expect(vendor.sendCount(sixth.phone)).toBe(1);
    await greenMember(line);
    const third = await runWorkflowNow(at(line.club.as.manager, after(2, MORNING)), { workflowId });
    await drive(at(line.system, after(2, MORNING)), third.runId);
    expect(await owner().workflowRun.findUniqueOrThrow({ where: { id: third.runId } })).toMatchObject({
      status: "waiting",
      phase: "approving",
    });
    expect(await owner().standingApproval.findMany({ where: { workflowId } })).toMatchObject([{ groupSize: 5, fallReason: "group_grew" }]);
  });

  test("a run nobody says yes to within a day ends, and the next run takes its place", async () => {
    await makeLive(workflowId);
    await greenMember(line);
    const { runId } = await runWorkflowNow(at(line.club.as.manager), { workflowId });
    await drive(at(line.system), runId);
    const next = await runWorkflowNow(at(line.club.as.manager, after(2, MORNING)), { workflowId });
    expect(await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: "cancelled" });
    await drive(at(line.system, after(2, MORNING)), next.runId);
    await drive(at(line.system, after(27, MORNING)), next.runId);
    const outcomes = await owner().workflowOutcome.findMany({ where: { clubId: line.club.id } });
    expect(outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["cancelled", "not_approved"],
      ["cancelled", "not_approved"],
    ]);
  });

  test("settings are checked, versioned, and begin at the next slot; whoever edits an older version is told", async () => {
    const change = { workflowId, version: 1, schedule: { kind: "daily" as const, minuteOfDay: 480 }, settings: { greenDays: 14 } };
    await expect(saveWorkflow(line.club.as.owner, { ...change, settings: { greenDays: 0 } })).rejects.toThrow();
    await expect(saveWorkflow(line.club.as.manager, change)).rejects.toThrow("not allowed");
    expect(await saveWorkflow(at(line.club.as.owner), change)).toEqual({ version: 2 });
    await expect(saveWorkflow(line.club.as.owner, change)).rejects.toThrow("somebody else");
    expect((await workflow()).settings).toMatchObject({ greenDays: 14, maxPerRun: 5_000 });
  });
});
