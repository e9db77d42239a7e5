import "server-only";

import { planOf, type SequenceSettings } from "#server/domain/workflows/ready-sequences.ts";
import { advance, nextMove, SEQUENCES, type Move } from "#server/domain/workflows/sequence.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { PageQuery, RunFacts, Subject, SubjectPage } from "#server/services/workflows/define.ts";
import { findCauses } from "#server/services/workflows/sequence/causes.ts";
import {
  clockOf,
  enterAll,
  entrants,
  exitMove,
  moveAll,
  progressOf,
  type Enrollment,
} from "#server/services/workflows/sequence/enrollments.ts";
import { lookAt, type Seen } from "#server/services/workflows/sequence/sight.ts";

export type SequenceSubject = Subject & { readonly enrollment: Enrollment; readonly seen: Seen; readonly move: Move };

type Query = PageQuery<SequenceSettings>;

/**
 * The next people whose step is due, with what is to be done. The first page of a live run lets in whoever has a cause; exits and
 * steps that are passed over are stored with the page. A dry run stores nothing and shows the ones who would come in at its end.
 */
export const sequenceSubjects = async (tx: ServiceTx, ctx: ServiceContext, query: Query): Promise<SubjectPage<SequenceSubject>> => {
  const { after, limit, run, settings } = query;
  if (after === null && !run.isDryRun) {
    await enterAll(tx, ctx, { run, settings, causes: await causesOf(tx, ctx, query) });
  }
  const due = await dueAfter(tx, ctx, query);
  const page = due.slice(0, limit);
  const isLast = due.length <= limit;
  const would = isLast && run.isDryRun ? entrants(tx.now, { run, settings, causes: await causesOf(tx, ctx, query) }) : [];
  const subjects = await withMoves(tx, ctx, { query, enrollments: [...page, ...would] });
  if (!run.isDryRun) {
    await storeMoves(tx, ctx, { run, settings, subjects });
  }
  return { subjects, next: isLast ? null : (page.at(-1)?.contactId ?? null) };
};

const causesOf = (tx: ServiceTx, ctx: ServiceContext, { run, settings }: Query) =>
  findCauses(tx, ctx, { settings, timeZone: run.club.timeZone, only: run.onlyContactId });

const dueAfter = async (tx: ServiceTx, ctx: ServiceContext, { after, limit, run }: Query): Promise<readonly Enrollment[]> => {
  const rows = await tx.db.sequenceEnrollment.findMany({
    where: {
      clubId: ctx.clubId,
      workflowId: run.workflowId,
      status: "active",
      dueAt: { lte: tx.now },
      contactId: { gt: after ?? "", ...(run.onlyContactId === null ? {} : { equals: run.onlyContactId }) },
    },
    orderBy: { contactId: "asc" },
    take: limit + 1,
  });
  return rows.flatMap((row) => {
    const sequence = SEQUENCES.find((name) => name === row.sequence);
    return sequence === undefined
      ? []
      : [
          {
            id: row.id,
            sequence,
            contactId: row.contactId,
            signalsSince: row.signalsSince,
            enteredAt: row.enteredAt,
            progress: progressOf(row),
          },
        ];
  });
};

type Found = { readonly query: Query; readonly enrollments: readonly Enrollment[] };

const withMoves = async (tx: ServiceTx, ctx: ServiceContext, { enrollments, query }: Found): Promise<readonly SequenceSubject[]> => {
  const sights = await lookAt(tx, ctx, { workflowId: query.run.workflowId, people: enrollments });
  return enrollments.flatMap((enrollment) => {
    const seen = sights.get(enrollment.contactId);
    if (seen === undefined) {
      return [];
    }
    const move = nextMove(planOf(enrollment.sequence, query.settings), enrollment.progress, { ...seen, now: tx.now });
    return [{ contactId: enrollment.contactId, memberId: null, enrollment, seen, move }];
  });
};

type Stored = { readonly run: RunFacts; readonly settings: SequenceSettings; readonly subjects: readonly SequenceSubject[] };

const storeMoves = (tx: ServiceTx, ctx: ServiceContext, { run, settings, subjects }: Stored): Promise<void> =>
  moveAll(
    tx,
    ctx,
    subjects.flatMap(({ enrollment: from, move, seen: { had } }) => {
      if (move.kind === "exit") {
        return [exitMove(from, move.exit)];
      }
      const passed = { step: from.progress.nextStep, had, at: tx.now, clock: clockOf(run, settings) };
      return move.kind === "pass" ? [{ from, to: advance(planOf(from.sequence, settings), from.progress, passed) }] : [];
    }),
  );
