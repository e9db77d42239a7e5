import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import type { RunStatus } from "#server/domain/workflows/kinds.ts";
import { OUTCOMES, type OutcomeState } from "#server/domain/workflows/outcomes.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { REVIEW_AFTER_HOURS } from "#server/services/workflows/limits.ts";
import { countsOf } from "#server/services/workflows/list-workflows.ts";
import { WorkflowInput } from "#server/services/workflows/start-run.ts";

type Totals = Partial<Readonly<Record<OutcomeState, number>>>;

export type WorkflowReview = {
  /** The newest preview of all, whatever became of it. */
  readonly lastPreviewId: Id<"workflowRun"> | null;
  /** What the last finished preview before it went live said would happen. */
  readonly foreseen: { readonly runId: Id<"workflowRun">; readonly at: Date; readonly totals: Totals } | null;
  /** What all runs together did since then; null while it is dry. */
  readonly happened: {
    readonly since: Date;
    readonly runCount: number;
    readonly openCount: number;
    readonly failedRunCount: number;
    readonly totals: Totals;
    readonly tokens: number;
    /** Of the model, millionths of a US dollar. */
    readonly costMicros: number;
  } | null;
  /** Whether a person may say now that its first day was looked at. */
  readonly mayReview: boolean;
  /** Another workflow that went live and has not been looked at: until then this one stays dry. */
  readonly blockedBy: { readonly id: Id<"workflow">; readonly name: string } | null;
};

/** What a workflow's first day came to, beside what its preview foresaw. @throws `not_found` */
export const getReview = async (ctx: ServiceContext, raw: WorkflowInput): Promise<WorkflowReview> => {
  assertCan(ctx, "workflow.read");
  const { workflowId } = WorkflowInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const workflow = await tx.db.workflow.findFirst({ where: { id: workflowId, clubId: ctx.clubId, archivedAt: null } });
      if (workflow === null) {
        throw notFound("workflow");
      }
      const happened = workflow.liveSince === null ? null : await happenedSince(tx, ctx, { workflowId, since: workflow.liveSince });
      const watched = await tx.db.workflow.findFirst({
        where: { clubId: ctx.clubId, id: { not: workflowId }, archivedAt: null, isDryRun: false, reviewedAt: null },
        select: { id: true, name: true },
      });
      const dayAgo = new Date(tx.now.getTime() - REVIEW_AFTER_HOURS * 3_600_000);
      return {
        ...(await previews(tx, ctx, { workflowId, until: workflow.liveSince ?? tx.now })),
        happened,
        mayReview:
          workflow.liveSince !== null && workflow.reviewedAt === null && workflow.liveSince <= dayAgo && (happened?.runCount ?? 0) > 0,
        blockedBy: watched === null ? null : { id: asId("workflow", watched.id), name: watched.name },
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

type Span = { readonly workflowId: string; readonly since: Date };

const happenedSince = async (tx: Tx, ctx: ServiceContext, { since, workflowId }: Span): Promise<WorkflowReview["happened"]> => {
  const where = { clubId: ctx.clubId, workflowId, isDryRun: false, startedAt: { gte: since } };
  const ended = ["completed", "failed"] satisfies RunStatus[];
  const sums = await tx.db.workflowRun.aggregate({
    where,
    _sum: { inputTokens: true, outputTokens: true, costMicros: true, openCount: true },
  });
  const states = await tx.db.workflowOutcome.groupBy({
    by: ["outcome"],
    where: { clubId: ctx.clubId, workflowId, isDryRun: false, createdAt: { gte: since } },
    _count: { _all: true },
  });
  return {
    since,
    runCount: await tx.db.workflowRun.count({ where: { ...where, status: { in: ended } } }),
    failedRunCount: await tx.db.workflowRun.count({ where: { ...where, status: "failed" } }),
    openCount: sums._sum.openCount ?? 0,
    totals: Object.fromEntries(states.map(({ _count, outcome }) => [outcome, _count._all])),
    tokens: (sums._sum.inputTokens ?? 0) + (sums._sum.outputTokens ?? 0),
    costMicros: Number(sums._sum.costMicros ?? 0n),
  };
};

type Before = { readonly workflowId: string; readonly until: Date };

const previews = async (
  tx: Tx,
  ctx: ServiceContext,
  { until, workflowId }: Before,
): Promise<Pick<WorkflowReview, "foreseen" | "lastPreviewId">> => {
  const where = { clubId: ctx.clubId, workflowId, trigger: "preview" };
  const orderBy = [{ startedAt: "desc" as const }, { id: "desc" as const }];
  const last = await tx.db.workflowRun.findFirst({ where, orderBy, select: { id: true } });
  const before = await tx.db.workflowRun.findFirst({
    where: { ...where, status: "completed", startedAt: { lte: until } },
    orderBy,
    select: { id: true, startedAt: true, counts: true },
  });
  return {
    lastPreviewId: last === null ? null : asId("workflowRun", last.id),
    foreseen:
      before === null ? null : { runId: asId("workflowRun", before.id), at: before.startedAt, totals: totalsOf(countsOf(before.counts)) },
  };
};

/** Over all groups. What is open in a preview is what would be done. */
const totalsOf = (counts: ReturnType<typeof countsOf>): Totals => {
  const totals: Partial<Record<OutcomeState, number>> = {};
  for (const state of OUTCOMES) {
    const count = Object.values(counts).reduce((sum, states) => sum + (states[state] ?? 0), 0);
    if (count > 0) {
      totals[state] = count;
    }
  }
  return totals;
};
