import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import type { RunPhase, RunStatus, RunTrigger, WorkflowKind } from "#server/domain/workflows/kinds.ts";
import type { MergeValues } from "#server/domain/workflows/merge-fields.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { RunFacts } from "#server/services/workflows/define.ts";
import { LEASE_SECONDS } from "#server/services/workflows/limits.ts";

/** Name of the event that has a run driven on as far as it goes. */
export const RUN_DUE = "workflow/run.due";

export type RunRow = {
  readonly id: Id<"workflowRun">;
  readonly workflowId: Id<"workflow">;
  readonly kind: WorkflowKind;
  /** As the club calls the workflow. */
  readonly name: string;
  readonly period: string;
  readonly trigger: RunTrigger;
  readonly onlyContactId: string | null;
  readonly isDryRun: boolean;
  readonly status: RunStatus;
  readonly phase: RunPhase;
  readonly cursor: string | null;
  readonly texts: unknown;
  readonly subjectCount: number;
  readonly openCount: number;
  readonly startedAt: Date;
  readonly leaseUntil: Date | null;
  readonly claimedBy: string | null;
  readonly document: unknown;
  readonly isPaused: boolean;
  readonly firstLiveApprovedAt: Date | null;
};

/** One run, locked for the rest of the transaction: every step of it is one after the other. @throws `not_found` */
export const lockRun = async (tx: Tx, ctx: ServiceContext, runId: string): Promise<RunRow> => {
  const [row] = await tx.db.$queryRaw<RunRow[]>`
    select r.id, r."workflowId", w.kind, w.name, r.period, r.trigger, r."onlyContactId", r."isDryRun", r.status, r.phase, r.cursor, r.texts,
           r."subjectCount", r."openCount", r."startedAt", r."leaseUntil", r."claimedBy", v.document, w."isPaused", w."firstLiveApprovedAt"
    from "WorkflowRun" r join "Workflow" w on w.id = r."workflowId" and w."clubId" = r."clubId"
    join "WorkflowVersion" v on v.id = r."workflowVersionId" and v."clubId" = r."clubId"
    where r.id = ${runId} and r."clubId" = ${ctx.clubId} for update of r`;
  if (row === undefined) {
    throw notFound("workflow run");
  }
  return row;
};

const VersionDocument = z.object({ settings: z.unknown() });

/** The settings the run began with: a change in the middle of a run is the next run's. */
export const settingsOfRun = ({ document }: Pick<RunRow, "document">): unknown => VersionDocument.parse(document).settings;

export const isOpenRun = ({ status }: Pick<RunRow, "status">): boolean =>
  status === "queued" || status === "running" || status === "waiting";

/** What a definition may know of its run. */
export const factsOfRun = async (tx: ServiceTx, ctx: ServiceContext, run: RunRow): Promise<RunFacts> => {
  const club = await tx.db.club.findFirstOrThrow({
    where: { id: ctx.clubId },
    select: { name: true, phone: true, timeZone: true, currency: true },
  });
  return {
    id: run.id,
    workflowId: run.workflowId,
    period: run.period,
    trigger: run.trigger,
    isDryRun: run.isDryRun,
    onlyContactId: run.onlyContactId,
    club,
  };
};

/** A text of a run: its wordings, where they come from, and for whom. */
export const RunText = z.object({
  templateId: z.string(),
  bodies: z.array(z.string()).min(1),
  source: z.enum(["written", "own", "built_in"]),
  textHash: z.string(),
});
export type RunText = z.infer<typeof RunText>;
export const RunTexts = z.record(z.string(), RunText);
export type RunTexts = z.infer<typeof RunTexts>;

export const bodyOf = ({ bodies }: RunText, variant: number): string => bodies[variant % bodies.length] ?? "";

/** Values are text by the plan that wrote them. */
export const MergeFieldsColumn: z.ZodType<MergeValues> = z.record(z.string(), z.string());

export const RunSteps = z.array(z.object({ name: z.string(), at: z.coerce.date(), detail: z.string() }));

type Step = { readonly name: string; readonly detail: string };

/** Moves a locked run: its columns, a line in what happened, its lease, and the news of it. */
export const moveRun = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { data, runId, step }: { readonly runId: string; readonly data: Prisma.WorkflowRunUncheckedUpdateManyInput; readonly step?: Step },
): Promise<void> => {
  await tx.db.workflowRun.updateMany({ where: { id: runId, clubId: ctx.clubId }, data: { leaseUntil: leaseFrom(tx.now), ...data } });
  if (step !== undefined) {
    const line = JSON.stringify([{ ...step, at: tx.now.toISOString() }]);
    await tx.db.$executeRaw`update "WorkflowRun" set steps = steps || ${line}::jsonb where id = ${runId} and "clubId" = ${ctx.clubId}`;
  }
  tx.news.changes.push({ topic: "workflow" });
};

export const leaseFrom = (now: Date): Date => new Date(now.getTime() + LEASE_SECONDS * 1_000);

/** Has the run driven on by the engine. */
export const driveRun = (tx: ServiceTx, runId: string): void => {
  tx.news.changes.push({ topic: "workflow", event: { name: RUN_DUE, data: { runId } } });
};

export const staffId = (ctx: ServiceContext): Id<"user"> => {
  if (ctx.actor.kind !== "staff") {
    throw new DomainError("forbidden", "only a person may do this");
  }
  return ctx.actor.userId;
};

/** Of the card that asks for a yes to a run. */
export const waitsKey = (runId: string): string => `workflow-waits:${runId}`;
