import "server-only";

import { z } from "zod";

import { asId, idSchema, type Id } from "#server/domain/ids.ts";
import { Dossier } from "#server/domain/past-due/dossier.ts";
import { decideVotes } from "#server/domain/past-due/referral.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";

export const ListCasesInput = z.object({ runId: idSchema("workflowRun") });

/** As many as one run puts before people; a club with more has them in the next run. */
const CASES_MAX = 500;

export type CaseRow = {
  readonly id: Id<"referralCase">;
  readonly contactId: Id<"contact">;
  readonly name: string;
  /** Whole minor units as a decimal string. */
  readonly amountMinor: string;
  readonly currency: string;
  readonly daysPastDue: number;
  readonly attempts: number;
  readonly contactCount: number;
  readonly status: "proposed" | "approved" | "rejected" | "exported" | "withdrawn";
  /** Each person's yes, in the order in which they were given. */
  readonly votes: readonly { readonly name: string; readonly at: Date }[];
  /** Who ended it with a no; null = nobody. */
  readonly refusedBy: string | null;
  /** What an open case waits for, as a sentence; null = it is decided. */
  readonly waitsFor: string | null;
  readonly decidedAt: Date | null;
  readonly exportedAt: Date | null;
};

export type CaseList = {
  readonly cases: readonly CaseRow[];
  /** Cases of the whole club that two people let go: what an export holds. */
  readonly exportableCount: number;
};

/** The cases a referral run has put before people, with who said what. */
export const listCases = (ctx: ServiceContext, raw: z.input<typeof ListCasesInput>): Promise<CaseList> => {
  assertCan(ctx, "workflow.read");
  const { runId } = ListCasesInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const { clubId } = ctx;
      const outcomes = await tx.db.workflowOutcome.findMany({
        where: { clubId, workflowRunId: runId, effectId: { not: null } },
        select: { effectId: true },
      });
      const rows = await tx.db.referralCase.findMany({
        where: { clubId, effectId: { in: outcomes.flatMap(({ effectId }) => effectId ?? []) } },
        orderBy: [{ amountMinor: "desc" }, { id: "asc" }],
        take: CASES_MAX,
      });
      const questions = await questionsOf(
        tx,
        ctx,
        rows.flatMap(({ effectId }) => effectId ?? []),
      );
      const people = await peopleOf(tx, ctx);
      const exportableCount = await tx.db.referralCase.count({ where: { clubId, status: { in: ["approved", "exported"] } } });
      return {
        exportableCount,
        cases: rows.map((row) => viewOf(row, { people, question: questions.get(row.effectId ?? "") ?? NO_QUESTION })),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

type Question = {
  readonly votes: readonly { readonly userId: string; readonly name: string; readonly at: Date }[];
  readonly refusedBy: string | null;
};
const NO_QUESTION: Question = { votes: [], refusedBy: null };

/** The newest question about each effect, with its votes. */
const questionsOf = async (tx: Tx, { clubId }: ServiceContext, effectIds: readonly string[]): Promise<ReadonlyMap<string, Question>> => {
  const rows = await tx.db.approval.findMany({
    where: { clubId, effectId: { in: [...effectIds] } },
    orderBy: { id: "asc" },
    select: {
      effectId: true,
      status: true,
      decidedById: true,
      votes: { orderBy: [{ votedAt: "asc" }, { id: "asc" }], select: { userId: true, votedAt: true } },
    },
  });
  const names = await staffNames(
    tx,
    rows.flatMap(({ decidedById, votes }) => [decidedById, ...votes.map(({ userId }) => userId)]),
  );
  return new Map(
    rows.map(({ decidedById, effectId, status, votes }) => [
      effectId,
      {
        votes: votes.map(({ userId, votedAt }) => ({ userId, name: names.get(userId) ?? "Somebody who has left", at: votedAt })),
        refusedBy: status === "rejected" && decidedById !== null ? (names.get(decidedById) ?? "Somebody who has left") : null,
      },
    ]),
  );
};

const peopleOf = async (tx: Tx, { clubId, franchiseId }: ServiceContext) => {
  const rows = await tx.db.staffAccess.findMany({
    where: { franchiseId, archivedAt: null, OR: [{ clubId }, { clubId: null }] },
    select: { userId: true, role: true },
  });
  return rows.map(({ role, userId }) => ({ userId, role: Role.parse(role) }));
};

type Row = Awaited<ReturnType<Tx["db"]["referralCase"]["findMany"]>>[number];
type Known = { readonly question: Question; readonly people: Awaited<ReturnType<typeof peopleOf>> };

const viewOf = (row: Row, { people, question: { refusedBy, votes } }: Known): CaseRow => {
  const dossier = Dossier.parse(row.dossier);
  const verdict = decideVotes(
    votes.map(({ userId }) => ({ userId, isYes: true })),
    people,
  );
  return {
    id: asId("referralCase", row.id),
    contactId: asId("contact", row.contactId),
    name: dossier.name,
    amountMinor: `${row.amountMinor}`,
    currency: row.currency,
    daysPastDue: dossier.daysPastDue,
    attempts: dossier.attemptCount,
    contactCount: dossier.contacts.length,
    status: row.status as CaseRow["status"],
    votes: votes.map(({ at, name }) => ({ name, at })),
    refusedBy,
    waitsFor: row.status === "proposed" && verdict.kind === "waits" ? verdict.text : null,
    decidedAt: row.decidedAt,
    exportedAt: row.exportedAt,
  };
};
