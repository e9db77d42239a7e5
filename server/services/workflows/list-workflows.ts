import "server-only";

import { asId } from "#server/domain/ids.ts";
import { can } from "#server/domain/permissions.ts";
import { KIND_WORDS, WORKFLOW_KINDS, WorkflowKind, type RunPhase, type RunStatus } from "#server/domain/workflows/kinds.ts";
import { Schedule } from "#server/domain/workflows/schedule.ts";
import { isLayered, originsOf } from "#server/domain/workflows/settings-layers.ts";
import { assertCan } from "#server/services/authorize.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { notFound } from "#server/domain/errors.ts";
import { ownsFranchise } from "#server/services/policies/franchise-layers.ts";
import { currentLayer, OwnPaths } from "#server/services/workflows/current-layer.ts";
import { WORKFLOW_SPECS } from "#server/services/workflows/definitions.ts";
import { ensureWorkflows } from "#server/services/workflows/ensure-workflows.ts";
import { REVIEW_AFTER_HOURS } from "#server/services/workflows/limits.ts";
import { WorkflowInput } from "#server/services/workflows/start-run.ts";

const HOUR_MS = 3_600_000;

/** The workflows of the club in the order of their kinds, each with its newest run that was no preview. */
export const listWorkflows = async (ctx: ServiceContext) => {
  assertCan(ctx, "workflow.read");
  return inTransaction(ctx, async (tx) => {
    await ensureWorkflows(tx, ctx);
    const rows = await tx.db.workflow.findMany({ where: { clubId: ctx.clubId, archivedAt: null }, orderBy: { id: "asc" } });
    const placeOf = ({ kind }: Row): number => WORKFLOW_KINDS.indexOf(kind as WorkflowKind);
    const shown = rows
      .filter(({ kind }) => WORKFLOW_SPECS[kind as WorkflowKind] !== undefined)
      .toSorted((left, right) => placeOf(left) - placeOf(right));
    const views: Awaited<ReturnType<typeof viewOf>>[] = [];
    for (const row of shown) {
      views.push(await viewOf(tx, ctx, row));
    }
    return views;
  });
};

/** One workflow with its settings and what somebody has said yes to. @throws `not_found` */
export const getWorkflow = async (ctx: ServiceContext, raw: WorkflowInput) => {
  assertCan(ctx, "workflow.read");
  const { workflowId } = WorkflowInput.parse(raw);
  return withClub(ctx, async (tx) => {
    const row = await tx.db.workflow.findFirst({ where: { id: workflowId, clubId: ctx.clubId, archivedAt: null } });
    const spec = row === null ? undefined : WORKFLOW_SPECS[row.kind as WorkflowKind];
    if (row === null || spec === undefined) {
      throw notFound("workflow");
    }
    const approvals = await tx.db.standingApproval.findMany({
      where: { clubId: ctx.clubId, workflowId, fallenAt: null, expiresAt: { gt: tx.now } },
      orderBy: { group: "asc" },
      select: { group: true, groupSize: true, approvedAt: true, expiresAt: true },
    });
    const settings = spec.parseSettings(row.settings);
    return {
      ...(await viewOf(tx, ctx, row)),
      settings,
      defaults: spec.defaults,
      approvals,
      layer: await layerView(tx, ctx, { kind: row.kind, settings, defaults: spec.defaults, ownPaths: OwnPaths.parse(row.ownPaths) }),
    };
  });
};

type Layered = { readonly kind: string; readonly settings: object; readonly defaults: object; readonly ownPaths: readonly string[] };

/** What the franchise sets for all its clubs, and where each value comes from; null for a kind that is each club's own. */
const layerView = async (tx: Tx, ctx: ServiceContext, { defaults, kind, ownPaths, settings }: Layered) => {
  if (!isLayered(kind)) {
    return null;
  }
  const { layer, version } = await currentLayer(tx, { franchiseId: ctx.franchiseId, kind });
  return {
    kind,
    version,
    document: layer.document,
    lockedPaths: layer.lockedPaths,
    /** What the club keeps for itself, whatever stands there. */
    ownPaths,
    origins: originsOf({ ...settings }, { defaults: { ...defaults }, layer, ownPaths }),
    /** The whole franchise is theirs. */
    mayShare: can(ctx.actor, "workflow.manage") && (await ownsFranchise(tx, ctx)),
  };
};

type Row = Awaited<ReturnType<Tx["db"]["workflow"]["findMany"]>>[number];

/** A workflow as lists show it. */
export const viewOf = async (tx: Tx, ctx: ServiceContext, row: Row) => {
  const kind = WorkflowKind.parse(row.kind);
  const last = await tx.db.workflowRun.findFirst({
    where: { clubId: ctx.clubId, workflowId: row.id, trigger: { not: "preview" } },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    select: { id: true, status: true, phase: true, counts: true, isDryRun: true, startedAt: true, finishedAt: true },
  });
  const reviewFrom =
    row.liveSince === null || row.reviewedAt !== null ? null : new Date(row.liveSince.getTime() + REVIEW_AFTER_HOURS * HOUR_MS);
  return {
    id: asId("workflow", row.id),
    kind,
    name: row.name,
    summary: KIND_WORDS[kind].summary,
    isOn: row.isOn,
    isPaused: row.isPaused,
    isDryRun: row.isDryRun,
    schedule: Schedule.parse(row.schedule),
    version: row.version,
    nextDueAt: row.isOn ? row.nextDueAt : null,
    previewedAt: row.previewedAt,
    liveSince: row.liveSince,
    firstLiveApprovedAt: row.firstLiveApprovedAt,
    reviewedAt: row.reviewedAt,
    /** From then on its first day can be looked at; null where nothing is to be looked at. */
    reviewFrom,
    lastRun:
      last === null
        ? null
        : {
            ...last,
            id: asId("workflowRun", last.id),
            status: last.status as RunStatus,
            phase: last.phase as RunPhase,
            counts: countsOf(last.counts),
          },
  };
};

/** Outcomes by group and state. */
export const countsOf = (counts: unknown): Readonly<Record<string, Readonly<Record<string, number>>>> => Object(counts);
