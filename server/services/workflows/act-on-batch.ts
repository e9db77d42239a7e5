import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { render, withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { isTemplateKey } from "#server/domain/workflows/templates.ts";
import { log } from "#server/platform/logger.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { isStopped } from "#server/services/clubs/is-stopped.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dispatchEffect, type OpenConnectors } from "#server/services/effects/dispatch-effect.ts";
import type { Acted, ActingOutcome } from "#server/services/workflows/define.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import { bodyOf, factsOfRun, isOpenRun, MergeFieldsColumn, RunTexts, type RunRow } from "#server/services/workflows/internal.ts";
import { BATCH_SIZE, CLAIM_SECONDS } from "#server/services/workflows/limits.ts";
import { settleRun } from "#server/services/workflows/settle-run.ts";

type ActedOn = {
  readonly actedCount: number;
  /** When somebody has to come for those of them that a vendor put off for a moment or, where none was free, for those others had claimed; null = nobody. */
  readonly againAt: Date | null;
};

/**
 * Acts on the next few outcomes of a run, one after the other, each in its own transaction and handed to its vendor after it. An
 * outcome's effect has the outcome's key: whoever comes second, after a crash or beside us, finds it there and plans nothing.
 */
export const actOnBatch = async (ctx: ServiceContext, { runId }: { readonly runId: string }): Promise<ActedOn> => {
  assertCan(ctx, "workflow.work");
  const claimed = await inTransaction(ctx, async (tx) => {
    const ids = await claimBatch(tx, ctx, runId);
    if (ids.length > 0) {
      await recordAudit(tx, ctx, { action: "workflow.acted", entityId: runId, details: { phase: "acting", claimedCount: ids.length } });
    }
    return ids;
  });
  const acting: ServiceContext = { ...ctx, actor: { kind: "workflow", runId: asId("workflowRun", runId) } };
  const connectors: OpenConnectors = new Map();
  for (const outcomeId of claimed) {
    await actOnOutcome(acting, { runId, outcomeId, connectors });
  }
  await settleRun(ctx, { runId });
  return { actedCount: claimed.length, againAt: claimed.length === 0 ? await whenFree(ctx, runId) : await whenAgain(ctx, claimed) };
};

/** Beyond this the run itself wakes at the time. */
const AGAIN_WITHIN_MS = 120_000;

/** There are as many batches as people were waiting for: whoever needs a second look needs a batch more, or others never get theirs. */
const whenAgain = (ctx: ServiceContext, outcomeIds: readonly string[]): Promise<Date | null> =>
  inTransaction(ctx, async (tx) => {
    const [row] = await tx.db.$queryRaw<{ at: Date | null }[]>`
      select min(case when o."effectId" is null then o."claimedUntil" else e."notBefore" end) as at
      from "WorkflowOutcome" o left join "Effect" e on e.id = o."effectId" and e."clubId" = o."clubId"
      where o."clubId" = ${ctx.clubId} and o.id = any (${[...outcomeIds]}::text[]) and o.outcome in ('planned', 'deferred')
        and (e.id is null or e.status in ('planned', 'approved'))`;
    const at = row?.at ?? null;
    return at !== null && at.getTime() <= tx.now.getTime() + AGAIN_WITHIN_MS ? at : null;
  });

/** Whoever finds all others claimed looks once more when the first claim ends: the batch that has them may have died, as this one before. */
const whenFree = (ctx: ServiceContext, runId: string): Promise<Date | null> =>
  inTransaction(ctx, async (tx) => {
    const [row] = await tx.db.$queryRaw<{ at: Date | null }[]>`
      select min("claimedUntil") as at from "WorkflowOutcome"
      where "clubId" = ${ctx.clubId} and "workflowRunId" = ${runId} and outcome = 'planned' and "claimedUntil" > ${tx.now}`;
    return row?.at ?? null;
  });

/** Nobody else takes what is claimed before its lease has ended. A paused workflow and a stopped club claim nothing. */
const claimBatch = async (tx: ServiceTx, ctx: ServiceContext, runId: string): Promise<readonly string[]> => {
  const run = await shareRun(tx, ctx, runId);
  if (run === null || (await isStopped(tx, ctx))) {
    return [];
  }
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    update "WorkflowOutcome" set "claimedUntil" = ${new Date(tx.now.getTime() + CLAIM_SECONDS * 1_000)}
    where "clubId" = ${ctx.clubId} and id in (
      select id from "WorkflowOutcome"
      where "clubId" = ${ctx.clubId} and "workflowRunId" = ${runId} and ("claimedUntil" is null or "claimedUntil" <= ${tx.now})
        and ((outcome = 'planned') or (outcome = 'deferred' and "deferredUntil" <= ${tx.now}))
      order by outcome = 'deferred', id limit ${BATCH_SIZE} for update skip locked)
    returning id`;
  return rows.map(({ id }) => id).toSorted();
};

/** The run and its workflow, held as they are until the transaction ends: a stop or a pause comes before or after. Null = nothing may be done. */
const shareRun = async (tx: ServiceTx, ctx: ServiceContext, runId: string): Promise<RunRow | null> => {
  const [run] = await tx.db.$queryRaw<RunRow[]>`
    select r.id, r."workflowId", w.kind, w.name, r.period, r.trigger, r."onlyContactId", r."isDryRun", r.status, r.phase, r.cursor, r.texts,
           r."subjectCount", r."openCount", r."startedAt", r."leaseUntil", r."claimedBy", v.document, w."isPaused", w."firstLiveApprovedAt"
    from "WorkflowRun" r join "Workflow" w on w.id = r."workflowId" and w."clubId" = r."clubId"
    join "WorkflowVersion" v on v.id = r."workflowVersionId" and v."clubId" = r."clubId"
    where r.id = ${runId} and r."clubId" = ${ctx.clubId} for share of r, w`;
  return run === undefined || !isOpenRun(run) || run.phase !== "acting" || run.isDryRun || run.isPaused ? null : run;
};

type One = { readonly runId: string; readonly outcomeId: string; readonly connectors: OpenConnectors };

/** An action has at most one deed before its own; whoever asks for more is left to the next claim. */
const ROUNDS_MAX = 2;

const actOnOutcome = async (ctx: ServiceContext, one: One): Promise<void> => {
  try {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const next = await inTransaction(ctx, (tx) => planOutcome(tx, ctx, one));
      if (next !== null) {
        await dispatchEffect(ctx, { effectId: next.effectId, ahead: { connectionId: next.connectionId, connectors: one.connectors } });
      }
      if (next?.isFirst !== true) {
        return;
      }
    }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === "upstream_unavailable") {
      // The claim ends by itself and somebody tries again; the others of the batch are not held up.
      log.error({ err: error, clubId: ctx.clubId, outcomeId: one.outcomeId }, "an outcome of a workflow could not be acted on");
      return;
    }
    await inTransaction(ctx, (tx) => endOutcome(tx, ctx, { outcomeId: one.outcomeId, outcome: "failed", reason: error.code }));
  }
};

/** An effect that is to be handed out now. `isFirst`: it comes before the deed itself. */
type Next = { readonly effectId: Id<"effect">; readonly connectionId: string; readonly isFirst: boolean };

const nextOf = async (tx: ServiceTx, ctx: ServiceContext, next: Pick<Next, "effectId" | "isFirst">): Promise<Next> => {
  const [effect] = await tx.db.$queryRaw<{ connectionId: string }[]>`
    select "connectionId" from "Effect" where id = ${next.effectId} and "clubId" = ${ctx.clubId}`;
  if (effect === undefined) {
    throw notFound("effect");
  }
  return { ...next, connectionId: effect.connectionId };
};

/** Answers what is to be handed out now, if there is anything. */
const planOutcome = async (tx: ServiceTx, ctx: ServiceContext, { outcomeId, runId }: One): Promise<Next | null> => {
  const run = await shareRun(tx, ctx, runId);
  const row = run === null || (await isStopped(tx, ctx)) ? null : await lockOutcome(tx, ctx, outcomeId);
  if (run === null || row === null) {
    return null;
  }
  if (row.effectId !== null) {
    return nextOf(tx, ctx, { effectId: asId("effect", row.effectId), isFirst: false });
  }
  const act = row.action === null ? undefined : specOf(run.kind).actions[row.action];
  const outcome = act === undefined ? null : filled(row, run);
  if (act === undefined || outcome === null) {
    await endOutcome(tx, ctx, { outcomeId, outcome: "suppressed", reason: "missing_field" });
    return null;
  }
  const acted = await act(tx, ctx, { run: await factsOfRun(tx, ctx, run), outcome, effectKey: `wf:${outcomeId}` });
  return noteActed(tx, ctx, { acted, outcome });
};

type Row = Omit<ActingOutcome, "text" | "group" | "action" | "fields" | "templateKey"> & {
  readonly group: string | null;
  readonly action: string | null;
  readonly fields: unknown;
  readonly templateKey: string | null;
  readonly variant: number;
  /** Where the words were the action's own: as they were planned and shown. */
  readonly text: string | null;
  readonly effectId: string | null;
};

const lockOutcome = async (tx: ServiceTx, ctx: ServiceContext, outcomeId: string): Promise<Row | null> => {
  const [row] = await tx.db.$queryRaw<Row[]>`
    select id, "contactId", "memberId", "group", action, tier, "amountMinor", fields, "templateKey", variant, text, "effectId"
    from "WorkflowOutcome" where id = ${outcomeId} and "clubId" = ${ctx.clubId} and outcome in ('planned', 'deferred') for update`;
  return row ?? null;
};

/** Null where the text needs what is not known of this person. */
const filled = (row: Row, run: RunRow): ActingOutcome | null => {
  const key = row.templateKey !== null && isTemplateKey(row.templateKey) ? row.templateKey : null;
  const fields = MergeFieldsColumn.parse(row.fields);
  const text = key === null ? undefined : RunTexts.parse(run.texts)[key];
  const rendered = text === undefined ? null : render(bodyOf(text, row.variant), fields);
  if (row.templateKey !== null && rendered?.kind !== "text") {
    return null;
  }
  return {
    id: row.id,
    contactId: row.contactId,
    memberId: row.memberId,
    tier: row.tier,
    amountMinor: row.amountMinor,
    group: row.group ?? "",
    action: row.action ?? "",
    fields,
    templateKey: key,
    text: rendered?.kind === "text" ? withOptOut(rendered.text) : row.text,
  };
};

const noteActed = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { acted, outcome }: { readonly acted: Acted; readonly outcome: ActingOutcome },
): Promise<Next | null> => {
  if (acted.kind === "first") {
    return nextOf(tx, ctx, { effectId: acted.effectId, isFirst: true });
  }
  if (acted.kind === "later") {
    await tx.db.workflowOutcome.updateMany({
      where: { id: outcome.id, clubId: ctx.clubId },
      data: { outcome: "deferred", reason: acted.reason, deferredUntil: acted.until, claimedUntil: null, updatedAt: tx.now },
    });
    return null;
  }
  if (acted.kind === "ended") {
    await endOutcome(tx, ctx, { outcomeId: outcome.id, outcome: acted.outcome, reason: acted.reason });
    return null;
  }
  const needsApproval = acted.needsApproval === true;
  await tx.db.workflowOutcome.updateMany({
    where: { id: outcome.id, clubId: ctx.clubId },
    data: {
      effectId: acted.effectId,
      text: outcome.text,
      ...(acted.reason === undefined ? {} : { reason: acted.reason }),
      ...acted.now,
      updatedAt: tx.now,
      ...(needsApproval ? { outcome: "needs_approval", reason: "waits_for_person" } : {}),
    },
  });
  return needsApproval ? null : nextOf(tx, ctx, { effectId: acted.effectId, isFirst: false });
};

type End = { readonly outcomeId: string; readonly outcome: "done" | "skipped" | "suppressed" | "failed"; readonly reason: string };

const endOutcome = async (tx: ServiceTx, ctx: ServiceContext, { outcome, outcomeId, reason }: End): Promise<void> => {
  await tx.db.workflowOutcome.updateMany({
    where: { id: outcomeId, clubId: ctx.clubId, outcome: { in: ["planned", "deferred"] } },
    data: { outcome, reason, settledAt: tx.now, updatedAt: tx.now },
  });
};
