import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { asId, idSchema } from "#server/domain/ids.ts";
import { OPEN_RUN_STATUSES, type RunPhase, type RunStatus, type RunTrigger } from "#server/domain/workflows/kinds.ts";
import { render, renderExample, segmentsOf, withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { OUTCOMES, reasonText, type OutcomeState } from "#server/domain/workflows/outcomes.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { cursorOf, positionOf } from "#server/services/keyset-cursor.ts";
import { openQuestions } from "#server/services/workflows/approvals.ts";
import { RunInput } from "#server/services/workflows/approve-run.ts";
import { bodyOf, lockRun, MergeFieldsColumn, RunSteps, RunTexts, type RunText } from "#server/services/workflows/internal.ts";
import { OUTCOMES_PAGE_SIZE, RUNS_PAGE_SIZE, SAMPLE_COUNT } from "#server/services/workflows/limits.ts";
import { viewTask } from "#server/services/workflows/custom/view-task.ts";
import { countOutcomes } from "#server/services/workflows/count-outcomes.ts";
import { countsOf } from "#server/services/workflows/list-workflows.ts";
import { RunReport } from "#server/services/workflows/report.ts";
import { runResponses } from "#server/services/workflows/run-responses.ts";
import { plannedGroups } from "#server/services/workflows/run-texts.ts";

const CURSOR_MAX_LENGTH = 200;
const Cursor = z.string().max(CURSOR_MAX_LENGTH).nullish();

export const ListRunsInput = z.object({ workflowId: idSchema("workflow").optional(), cursor: Cursor });

type RunColumns = Prisma.WorkflowRunGetPayload<object>;

const viewOf = (run: RunColumns) => ({
  id: asId("workflowRun", run.id),
  workflowId: asId("workflow", run.workflowId),
  period: run.period,
  trigger: run.trigger as RunTrigger,
  isDryRun: run.isDryRun,
  status: run.status as RunStatus,
  phase: run.phase as RunPhase,
  counts: countsOf(run.counts),
  subjectCount: run.subjectCount,
  openCount: run.openCount,
  tokens: run.inputTokens + run.outputTokens,
  /** Of the model, millionths of a US dollar. */
  costMicros: Number(run.costMicros),
  startedAt: run.startedAt,
  finishedAt: run.finishedAt,
  durationMs: run.finishedAt === null ? null : run.finishedAt.getTime() - run.startedAt.getTime(),
  failureDetail: run.failureDetail === null ? null : reasonText(run.failureDetail),
});

/** Runs of the club, newest first, a page at a time. */
export const listRuns = async (ctx: ServiceContext, raw: z.input<typeof ListRunsInput>) => {
  assertCan(ctx, "workflow.read");
  const { cursor, workflowId } = ListRunsInput.parse(raw);
  const before = typeof cursor === "string" ? positionOf(cursor) : null;
  const rows = await withClub(ctx, (tx) =>
    tx.db.workflowRun.findMany({
      where: {
        clubId: ctx.clubId,
        ...(workflowId === undefined ? {} : { workflowId }),
        ...(before === null ? {} : { OR: [{ startedAt: { lt: before.at } }, { startedAt: before.at, id: { lt: before.id } }] }),
      },
      orderBy: [{ startedAt: "desc" }, { id: "desc" }],
      take: RUNS_PAGE_SIZE + 1,
    }),
  );
  const page = rows.slice(0, RUNS_PAGE_SIZE);
  const last = page.at(-1);
  return {
    items: page.map(viewOf),
    nextCursor: rows.length > RUNS_PAGE_SIZE && last !== undefined ? cursorOf({ at: last.startedAt, id: last.id }) : null,
  };
};

/** One run with its steps, its texts as they read for the first people, what it waits for, and its report. @throws `not_found` */
export const getRun = async (ctx: ServiceContext, raw: RunInput) => {
  assertCan(ctx, "workflow.read");
  const { runId } = RunInput.parse(raw);
  return withClub(ctx, async (tx) => {
    const run = await tx.db.workflowRun.findFirst({
      where: { id: runId, clubId: ctx.clubId },
      include: { workflow: { select: { kind: true } } },
    });
    if (run === null) {
      throw notFound("workflow run");
    }
    // The column is written when something ends; what goes on is counted as it stands.
    const isOpen = (OPEN_RUN_STATUSES as readonly string[]).includes(run.status);
    const isAsking = run.status === "waiting" && run.phase === "approving";
    return {
      ...viewOf(run),
      ...(isOpen ? { counts: (await countOutcomes(tx, ctx, runId)).counts } : {}),
      steps: RunSteps.parse(run.steps),
      texts: await textsOf(tx, ctx, run),
      questions: isAsking ? await openQuestions(tx, ctx, await lockRun(tx, ctx, runId)) : [],
      /** What the people it wrote to did since; null of a run that only plans. */
      responses: run.isDryRun ? null : await runResponses(tx, ctx, { runId, kind: run.workflow.kind }),
      /** Of a task in plain words: how its plan was thought out. */
      task: run.workflow.kind === "custom" ? await viewTask(tx, ctx, { runId }) : null,
      report: run.report === null ? null : RunReport.parse(run.report),
    };
  });
};

type RunTextView = {
  readonly key: string;
  readonly source: RunText["source"];
  readonly body: string;
  readonly groups: readonly { readonly group: string; readonly count: number }[];
  readonly segmentCount: number;
  readonly samples: readonly string[];
};

const textsOf = async (tx: Tx, ctx: ServiceContext, run: RunColumns): Promise<readonly RunTextView[]> => {
  const groups = await plannedGroups(tx, ctx, run.id);
  const views: RunTextView[] = [];
  for (const [key, text] of Object.entries(RunTexts.parse(run.texts)).toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    const people = await tx.db.workflowOutcome.findMany({
      where: { clubId: ctx.clubId, workflowRunId: run.id, templateKey: key },
      orderBy: { id: "asc" },
      take: SAMPLE_COUNT,
      select: { fields: true, variant: true },
    });
    const example = renderExample(bodyOf(text, 0));
    views.push({
      key,
      source: text.source,
      body: bodyOf(text, 0),
      groups: groups.filter(({ templateKey }) => templateKey === key).map(({ count, group }) => ({ group, count })),
      segmentCount: example.kind === "text" ? segmentsOf(withOptOut(example.text)) : 0,
      samples: people.flatMap(({ fields, variant }) => {
        const filled = render(bodyOf(text, variant), MergeFieldsColumn.parse(fields));
        return filled.kind === "text" ? [withOptOut(filled.text)] : [];
      }),
    });
  }
  return views;
};

export const ListOutcomesInput = RunInput.extend({
  outcome: z.enum(OUTCOMES).optional(),
  group: z.string().max(60).optional(),
  cursor: Cursor,
});

type OutcomeRow = {
  readonly id: string;
  readonly contactId: string;
  readonly name: string;
  readonly outcome: OutcomeState;
  readonly reason: string;
  readonly group: string | null;
  readonly action: string | null;
  readonly tier: string | null;
  readonly amountMinor: string | null;
  readonly templateKey: string | null;
  readonly variant: number;
  readonly fields: unknown;
  readonly text: string | null;
  readonly conversationId: string | null;
  readonly deferredUntil: Date | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
};

/** What a run did, or would do, for each person: a page at a time in the order of the plan, with the very text. @throws `not_found` */
export const listOutcomes = async (ctx: ServiceContext, raw: z.input<typeof ListOutcomesInput>) => {
  assertCan(ctx, "workflow.read");
  const { cursor, group, outcome, runId } = ListOutcomesInput.parse(raw);
  const after = typeof cursor === "string" ? positionOf(cursor).id : "";
  return withClub(ctx, async (tx) => {
    const run = await tx.db.workflowRun.findFirst({ where: { id: runId, clubId: ctx.clubId }, select: { texts: true } });
    if (run === null) {
      throw notFound("workflow run");
    }
    const texts = RunTexts.parse(run.texts);
    const rows = await tx.db.$queryRaw<OutcomeRow[]>`
      select o.id, o."contactId", c."displayName" as name, o.outcome, o.reason, o."group", o.action, o.tier, o."amountMinor"::text, o."templateKey",
             o.variant, o.fields, o.text, e."conversationId", o."deferredUntil", o."createdAt", o."settledAt"
      from "WorkflowOutcome" o join "Contact" c on c.id = o."contactId" and c."clubId" = o."clubId"
      left join "Effect" e on e.id = o."effectId" and e."clubId" = o."clubId"
      where o."clubId" = ${ctx.clubId} and o."workflowRunId" = ${runId} and o.id > ${after}
        ${outcome === undefined ? Prisma.empty : Prisma.sql`and o.outcome = ${outcome}`}
        ${group === undefined ? Prisma.empty : Prisma.sql`and o."group" = ${group}`}
      order by o.id limit ${OUTCOMES_PAGE_SIZE + 1}`;
    const page = rows.slice(0, OUTCOMES_PAGE_SIZE);
    const last = page.at(-1);
    return {
      items: page.map(({ fields, text, variant, ...row }) => ({
        ...row,
        id: asId("workflowOutcome", row.id),
        contactId: asId("contact", row.contactId),
        reasonText: reasonText(row.reason),
        text: text ?? wouldBe(texts, { fields, variant, templateKey: row.templateKey }),
      })),
      nextCursor: rows.length > OUTCOMES_PAGE_SIZE && last !== undefined ? cursorOf({ at: last.createdAt, id: last.id }) : null,
    };
  });
};

/** The text as it would go out; null where nothing is written, or where something of it is not known. */
const wouldBe = (
  texts: RunTexts,
  { fields, templateKey, variant }: Pick<OutcomeRow, "fields" | "templateKey" | "variant">,
): string | null => {
  const text = templateKey === null ? undefined : texts[templateKey];
  const filled = text === undefined ? null : render(bodyOf(text, variant), MergeFieldsColumn.parse(fields));
  return filled?.kind === "text" ? withOptOut(filled.text) : null;
};
