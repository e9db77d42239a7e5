import "server-only";

import { planOf, type SequenceSettings } from "#server/domain/workflows/ready-sequences.ts";
import { enter, leave, type Progress, type SequenceExit, type SequenceName } from "#server/domain/workflows/sequence.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { RunFacts } from "#server/services/workflows/define.ts";
import type { Cause } from "#server/services/workflows/sequence/causes.ts";

/** Somebody on the way, as stored or, in a dry run, as it would be. */
export type Enrollment = {
  readonly id: string | null;
  readonly sequence: SequenceName;
  readonly contactId: string;
  readonly signalsSince: Date;
  readonly enteredAt: Date;
  readonly progress: Progress;
};

export const clockOf = ({ club }: RunFacts, settings: SequenceSettings) => ({
  timeZone: club.timeZone,
  minuteOfDay: settings.sendsAtMinute,
});

type Entering = { readonly run: RunFacts; readonly settings: SequenceSettings; readonly causes: readonly Cause[] };

/** As they would stand before their first step. */
export const entrants = (now: Date, { causes, run, settings }: Entering): readonly Enrollment[] =>
  causes.map(({ contactId, sequence, signalsSince }) => ({
    id: null,
    sequence,
    contactId,
    signalsSince,
    enteredAt: now,
    progress: enter(planOf(sequence, settings), now, clockOf(run, settings)),
  }));

/** Lets them in, in one statement. Whoever came in meanwhile for the same, or is in another, is left where they are. */
export const enterAll = async (tx: ServiceTx, ctx: ServiceContext, entering: Entering): Promise<void> => {
  const keys = new Map(entering.causes.map(({ causeKey, contactId }) => [contactId, causeKey] as const));
  const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId, workflowId: entering.run.workflowId, workflowRunId: entering.run.id };
  await tx.db.sequenceEnrollment.createMany({
    data: entrants(tx.now, entering).map(({ contactId, enteredAt, progress, sequence, signalsSince }) => ({
      id: newId("sequenceEnrollment"),
      ...scope,
      contactId,
      sequence,
      causeKey: keys.get(contactId) ?? contactId,
      signalsSince,
      enteredAt,
      ...columnsOf(tx.now, progress),
    })),
    skipDuplicates: true,
  });
};

/** How a progress is kept. */
export const columnsOf = (now: Date, progress: Progress) => ({
  status: progress.status,
  nextStep: progress.nextStep,
  dueAt: progress.status === "active" ? progress.dueAt : null,
  exit: progress.status === "exited" ? progress.exit : null,
  endedAt: progress.status === "active" ? null : now,
  updatedAt: now,
});

export const progressOf = (row: { status: string; nextStep: number; dueAt: Date | null; exit: string | null }): Progress => {
  if (row.status === "active" && row.dueAt !== null) {
    return { status: "active", nextStep: row.nextStep, dueAt: row.dueAt };
  }
  return row.status === "exited"
    ? { status: "exited", nextStep: row.nextStep, exit: (row.exit ?? "too_late") as SequenceExit }
    : { status: "finished", nextStep: row.nextStep };
};

type Moved = { readonly from: Enrollment; readonly to: Progress };

/** Compare-and-set, one statement for all who move in the same way: whoever stands somewhere else by now stays there. */
export const moveAll = async (tx: ServiceTx, ctx: ServiceContext, moves: readonly Moved[]): Promise<void> => {
  const alike = new Map<string, { where: Prisma.SequenceEnrollmentWhereInput; data: ReturnType<typeof columnsOf>; ids: string[] }>();
  for (const { from, to } of moves) {
    const data = columnsOf(tx.now, to);
    const key = JSON.stringify([from.progress.nextStep, data]);
    const group = alike.get(key) ?? { where: { status: "active", nextStep: from.progress.nextStep }, data, ids: [] };
    group.ids.push(from.id ?? "");
    alike.set(key, group);
  }
  for (const { data, ids, where } of alike.values()) {
    await tx.db.sequenceEnrollment.updateMany({ where: { ...where, clubId: ctx.clubId, id: { in: ids } }, data });
  }
};

export const exitMove = (from: Enrollment, exit: SequenceExit): Moved => ({ from, to: leave(from.progress, exit) });
