import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { Schedule, nextSlot } from "#server/domain/workflows/schedule.ts";
import { heldPath, leavesOf } from "#server/domain/workflows/settings-layers.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { currentLayer } from "#server/services/workflows/current-layer.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import { staffId } from "#server/services/workflows/internal.ts";
import { REVIEW_AFTER_HOURS } from "#server/services/workflows/limits.ts";
import { lockWorkflow } from "#server/services/workflows/read-workflow.ts";
import { WorkflowInput } from "#server/services/workflows/start-run.ts";

/** More settings than any kind has. */
const OWN_PATHS_MAX = 100;

export const SaveWorkflowInput = WorkflowInput.extend({
  /** The version its author began from. */
  version: z.int().min(1),
  schedule: Schedule,
  /** What is left out stays as it stands. */
  settings: z.record(z.string(), z.unknown()),
  /** Settings that stay the club's own also where they equal the franchise's. Left out = those that were. */
  ownPaths: z.array(z.string()).max(OWN_PATHS_MAX).optional(),
  /** Of a workflow that the club made itself; the others keep theirs. */
  name: z.string().trim().min(1).max(80).optional(),
});

/** Keeps schedule and settings as the next version; runs that are under way keep theirs. @throws `conflict` when somebody else was first, `invalid` */
export const saveWorkflow = async (ctx: ServiceContext, raw: z.input<typeof SaveWorkflowInput>): Promise<{ readonly version: number }> => {
  assertCan(ctx, "workflow.manage");
  const { name, ownPaths, schedule, settings: given, version, workflowId } = SaveWorkflowInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const workflow = await lockWorkflow(tx, ctx, workflowId);
    if (workflow.version !== version) {
      throw new DomainError("conflict", "somebody else has changed this workflow meanwhile");
    }
    const settings = JSON.parse(JSON.stringify(specOf(workflow.kind).parseSettings({ ...Object(workflow.settings), ...given })));
    await assertNotHeld(tx, ctx, { kind: workflow.kind, settings });
    assertKnown(settings, ownPaths ?? []);
    const next = version + 1;
    const document = { schedule, settings };
    // A slot that the old schedule has left behind is not made up for by the new one.
    const lastSlotAt = tx.now;
    const nextDueAt = workflow.isOn ? (nextSlot(schedule, { timeZone: workflow.timeZone, after: tx.now })?.at ?? null) : null;
    await tx.db.workflow.updateMany({
      where: { id: workflowId, clubId: ctx.clubId, version },
      data: {
        ...document,
        ...(name === undefined || !isOwnKind(workflow.kind) ? {} : { name }),
        ...(ownPaths === undefined ? {} : { ownPaths: [...new Set(ownPaths)].toSorted() }),
        version: next,
        lastSlotAt,
        nextDueAt,
        previewedAt: null,
        ...(isOtherTask(workflow, settings) ? BACK_TO_DRY : {}),
        updatedAt: tx.now,
      },
    });
    await tx.db.workflowVersion.createMany({
      data: {
        id: newId("workflowVersion"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        workflowId,
        version: next,
        document,
        publishedById: staffId(ctx),
        publishedAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "workflow.changed", entityId: workflowId, details: { version: next } });
    tx.news.changes.push({ topic: "workflow" });
    return { version: next };
  });
};

/** What is thought out anew in each run is shown anew before it does anything: another task is another workflow. */
const BACK_TO_DRY = { isDryRun: true, liveSince: null, firstLiveApprovedAt: null, firstLiveApprovedById: null } as const;

const isOtherTask = ({ kind, settings }: { readonly kind: string; readonly settings: unknown }, next: unknown): boolean => {
  const spec = specOf(kind);
  return spec.planner === "model" && JSON.stringify(spec.parseSettings(settings)) !== JSON.stringify(spec.parseSettings(next));
};

type Given = { readonly kind: string; readonly settings: Readonly<Record<string, unknown>> };

/** What the franchise holds for all its clubs is changed there. @throws `invalid` */
const assertNotHeld = async (tx: ServiceTx, { franchiseId }: ServiceContext, { kind, settings }: Given): Promise<void> => {
  const { layer } = await currentLayer(tx, { franchiseId, kind });
  const path = heldPath(settings, layer);
  if (path !== null) {
    throw new DomainError("invalid", "the franchise holds one of these settings for all its clubs", { details: { path } });
  }
};

/** @throws `invalid` */
const assertKnown = (settings: Given["settings"], paths: readonly string[]): void => {
  const known = leavesOf(settings);
  const stranger = paths.find((path) => !known.has(path));
  if (stranger !== undefined) {
    throw new DomainError("invalid", `"${stranger}" is no setting of this workflow`);
  }
};

const isOwnKind = (kind: string): boolean => kind === "campaign" || kind === "custom";

export const SwitchWorkflowInput = WorkflowInput.extend({ isOn: z.boolean() });

/** On: it runs from its next slot on, dry until it goes live. Off: what runs now is not touched; stop it where that is wanted. */
export const switchWorkflow = async (ctx: ServiceContext, raw: z.input<typeof SwitchWorkflowInput>): Promise<void> => {
  assertCan(ctx, "workflow.manage");
  const { isOn, workflowId } = SwitchWorkflowInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { kind, schedule, timeZone } = await lockWorkflow(tx, ctx, workflowId);
    specOf(kind);
    const times = isOn
      ? { lastSlotAt: tx.now, nextDueAt: nextSlot(schedule, { timeZone, after: tx.now })?.at ?? null }
      : { nextDueAt: null };
    await tx.db.workflow.updateMany({ where: { id: workflowId, clubId: ctx.clubId }, data: { isOn, ...times, updatedAt: tx.now } });
    await recordAudit(tx, ctx, { action: "workflow.switched", entityId: workflowId, details: { isOn } });
    tx.news.changes.push({ topic: "workflow" });
  });
};

/**
 * From the next run on things really happen, after an owner's yes to the first. Only after a preview of what it is now, and one
 * workflow at a time: the one before has been looked at. @throws `precondition_failed` naming what is missing
 */
export const goLive = async (ctx: ServiceContext, raw: WorkflowInput): Promise<void> => {
  assertCan(ctx, "workflow.manage");
  const { workflowId } = WorkflowInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    // One after the other, or two could each find the other still dry.
    await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${ctx.clubId}|workflows-live`}, 3))`;
    const workflow = await lockWorkflow(tx, ctx, workflowId);
    if (!workflow.isDryRun) {
      throw new DomainError("precondition_failed", "this workflow is live already");
    }
    if (workflow.previewedAt === null) {
      throw new DomainError("precondition_failed", "look at a preview of it first");
    }
    const watched = await tx.db.workflow.findFirst({
      where: { clubId: ctx.clubId, id: { not: workflowId }, archivedAt: null, isDryRun: false, reviewedAt: null },
      select: { name: true },
    });
    if (watched !== null) {
      throw new DomainError("precondition_failed", `"${watched.name}" went live before and has not been looked at yet`);
    }
    await tx.db.workflow.updateMany({
      where: { id: workflowId, clubId: ctx.clubId },
      data: {
        isDryRun: false,
        liveSince: tx.now,
        firstLiveApprovedAt: null,
        firstLiveApprovedById: null,
        reviewedAt: null,
        reviewedById: null,
        updatedAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "workflow.went_live", entityId: workflowId, details: { isLive: true } });
    tx.news.changes.push({ topic: "workflow" });
  });
};

/** Back to planning only. A run that is under way goes on as it began. */
export const goDry = async (ctx: ServiceContext, raw: WorkflowInput): Promise<void> => {
  assertCan(ctx, "workflow.run");
  const { workflowId } = WorkflowInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    await lockWorkflow(tx, ctx, workflowId);
    await tx.db.workflow.updateMany({
      where: { id: workflowId, clubId: ctx.clubId },
      data: { isDryRun: true, liveSince: null, updatedAt: tx.now },
    });
    await recordAudit(tx, ctx, { action: "workflow.went_live", entityId: workflowId, details: { isLive: false } });
    tx.news.changes.push({ topic: "workflow" });
  });
};

/** A person has looked at its first day: the next workflow may go live. @throws `precondition_failed` before a day and a live run are over */
export const reviewWorkflow = async (ctx: ServiceContext, raw: WorkflowInput): Promise<void> => {
  assertCan(ctx, "workflow.manage");
  const { workflowId } = WorkflowInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { liveSince } = await lockWorkflow(tx, ctx, workflowId);
    const dayAgo = new Date(tx.now.getTime() - REVIEW_AFTER_HOURS * 3_600_000);
    if (liveSince === null || liveSince > dayAgo) {
      throw new DomainError("precondition_failed", "its first day is not over yet");
    }
    const runCount = await tx.db.workflowRun.count({
      where: { clubId: ctx.clubId, workflowId, isDryRun: false, startedAt: { gte: liveSince }, status: { in: ["completed", "failed"] } },
    });
    if (runCount === 0) {
      throw new DomainError("precondition_failed", "it has not run since it went live");
    }
    await tx.db.workflow.updateMany({
      where: { id: workflowId, clubId: ctx.clubId },
      data: { reviewedAt: tx.now, reviewedById: staffId(ctx), updatedAt: tx.now },
    });
    await recordAudit(tx, ctx, { action: "workflow.reviewed", entityId: workflowId });
    tx.news.changes.push({ topic: "workflow" });
  });
};
