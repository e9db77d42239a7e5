import "server-only";

import { z } from "zod";

import { renderExample, segmentsOf, withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { OUTCOMES, OUTCOME_WORDS, type OutcomeState } from "#server/domain/workflows/outcomes.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { factsOfRun, RunTexts, type RunRow } from "#server/services/workflows/internal.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import { REPORTED_REASONS_MAX, TEXT_SEGMENT_COST_MICROS } from "#server/services/workflows/limits.ts";
import type { Counts } from "#server/services/workflows/count-outcomes.ts";

const count = z.int().min(0);

/** What a run came to. */
export const RunReport = z.object({
  totals: z.partialRecord(z.enum(OUTCOMES), count),
  byGroup: z.record(z.string(), z.partialRecord(z.enum(OUTCOMES), count)),
  /** Why things were not done, the commonest first. */
  reasons: z.array(z.object({ outcome: z.enum(OUTCOMES), reason: z.string(), count })),
  lines: z.array(z.string()),
  /** What the messages cost at list price, millionths of a US dollar; of a dry run what they would cost. */
  estimate: z.object({ messageCount: count, segmentCount: count, costMicros: count }),
});
export type RunReport = z.infer<typeof RunReport>;

type Counted = { readonly run: RunRow; readonly counts: Counts };

export const buildReport = async (tx: ServiceTx, ctx: ServiceContext, { counts, run }: Counted): Promise<RunReport> => {
  const reasons = await tx.db.$queryRaw<{ outcome: OutcomeState; reason: string; count: number }[]>`
    select outcome, reason, count(*)::int as count from "WorkflowOutcome"
    where "clubId" = ${ctx.clubId} and "workflowRunId" = ${run.id} and outcome not in ('sent', 'done', 'planned')
    group by 1, 2 order by 3 desc, 1, 2 limit ${REPORTED_REASONS_MAX}`;
  const byGroup = Object.fromEntries(Object.entries(counts).map(([group, states]) => [group, { ...states }]));
  const totals: Partial<Record<OutcomeState, number>> = {};
  for (const states of Object.values(byGroup)) {
    for (const state of OUTCOMES) {
      const number = (totals[state] ?? 0) + (states[state] ?? 0);
      if (number > 0) {
        totals[state] = number;
      }
    }
  }
  const lines = await specOf(run.kind).reportLines(tx, ctx, await factsOfRun(tx, ctx, run));
  return { totals, byGroup, reasons, lines: [...lines], estimate: await estimateOf(tx, ctx, run) };
};

/** By the length of each text as it stands in the example: names differ by a few letters. */
const estimateOf = async (tx: ServiceTx, ctx: ServiceContext, run: RunRow): Promise<RunReport["estimate"]> => {
  const texts = RunTexts.parse(run.texts);
  const sent = await tx.db.$queryRaw<{ templateKey: string; count: number }[]>`
    select "templateKey", count(*)::int as count from "WorkflowOutcome"
    where "clubId" = ${ctx.clubId} and "workflowRunId" = ${run.id} and action = 'message' and "templateKey" is not null
      and (outcome in ('sent', 'unknown') or ("isDryRun" and outcome in ('planned', 'deferred'))) group by 1`;
  const parts = sent.map(({ count: messageCount, templateKey }) => {
    const example = renderExample(texts[templateKey]?.bodies[0] ?? "");
    return { messageCount, segmentCount: messageCount * (example.kind === "text" ? segmentsOf(withOptOut(example.text)) : 1) };
  });
  const sum = (read: (part: (typeof parts)[number]) => number): number => parts.reduce((total, part) => total + read(part), 0);
  const segmentCount = sum((part) => part.segmentCount);
  return { messageCount: sum((part) => part.messageCount), segmentCount, costMicros: segmentCount * TEXT_SEGMENT_COST_MICROS };
};

/** The report as a few lines for people. */
export const reportText = (report: RunReport, { clubName, name }: { readonly clubName: string; readonly name: string }): string => {
  const told = (["sent", "done", "failed", "unknown", "suppressed", "cancelled"] as const).flatMap((state) => {
    const number = report.totals[state] ?? 0;
    return number === 0 ? [] : [`${number} ${OUTCOME_WORDS[state]}`];
  });
  const groups = Object.entries(report.byGroup).flatMap(([group, states]) => {
    const number = (states.sent ?? 0) + (states.done ?? 0);
    return number === 0 ? [] : [`${group.replaceAll("_", " ")}: ${number}`];
  });
  return [
    `${clubName}, ${name}: ${told.length === 0 ? "nothing was to be done" : told.join(", ")}.`,
    ...(groups.length === 0 ? [] : [`By group: ${groups.join(", ")}.`]),
    ...report.lines,
  ].join("\n");
};
