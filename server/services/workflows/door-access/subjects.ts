import "server-only";

import type { DoorFacts, PastDueFacts } from "#server/domain/past-due/facts.ts";
import type { DoorAccessSettings, PastDueSettings } from "#server/domain/past-due/settings.ts";
import { openLocks, planUnlock, stillDue, unlockReasonOf, type UnlockReason } from "#server/services/access/plan-unlock.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { listDebtors } from "#server/services/past-due/list-debtors.ts";
import { doorFactsOf, loadDebts, type Debt } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { trackEpisodes } from "#server/services/past-due/track-episodes.ts";
import type { PageQuery, RunFacts, Subject, SubjectPage } from "#server/services/workflows/define.ts";

export type DoorSubject = Subject & {
  readonly firstName: string;
  readonly facts: DoorFacts;
  readonly pastDue: PastDueSettings;
  /** Why a lock of ours must go; null = none must. */
  readonly unlock: UnlockReason | null;
  /** A warning or a lock of an earlier run has not ended yet. */
  readonly hasOpenPlan: boolean;
};

/** Whoever is locked out by us comes first, so that nobody is locked in a run before somebody else is let in; then whoever owes. */
export const doorSubjects = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  query: PageQuery<DoorAccessSettings>,
): Promise<SubjectPage<DoorSubject>> => {
  if (query.after === null) {
    await trackEpisodes(tx, ctx, { payerIds: query.run.onlyContactId === null ? null : [query.run.onlyContactId] });
    await forgetUnasked(tx, ctx);
    return { subjects: await lockedOut(tx, ctx, query), next: FIRST };
  }
  const page = await listDebtors(tx, ctx, {
    after: query.after === FIRST ? null : query.after,
    limit: query.limit,
    only: query.run.onlyContactId,
  });
  const subjects = await subjectsOf(tx, ctx, { payerIds: page.payerIds, run: query.run });
  return { subjects, next: page.next };
};

const FIRST = "debtors";

/** A question that nobody answered in time, and a lock that never began, may be asked and planned again. A no stays a no. */
const forgetUnasked = async (tx: ServiceTx, ctx: ServiceContext): Promise<void> => {
  await tx.db.$executeRaw`
    update "AccessLock" l set status = 'dropped', "updatedAt" = ${tx.now} from "Effect" e
    where l."clubId" = ${ctx.clubId} and e."clubId" = l."clubId" and e.id = l."effectId" and l.status in ('asked', 'planned')
      and e.status = 'dropped' and e.attempt = 0 and e."failureKind" is distinct from 'rejected'`;
};

const lockedOut = async (tx: ServiceTx, ctx: ServiceContext, { run }: PageQuery<DoorAccessSettings>): Promise<readonly DoorSubject[]> => {
  const rows = await tx.db.accessLock.findMany({
    where: {
      clubId: ctx.clubId,
      status: { in: ["locked", "planned"] },
      ...(run.onlyContactId === null ? {} : { contactId: run.onlyContactId }),
    },
    distinct: ["contactId"],
    orderBy: { contactId: "asc" },
    select: { contactId: true },
  });
  const subjects = await subjectsOf(tx, ctx, { payerIds: rows.map(({ contactId }) => contactId), run });
  const free: DoorSubject[] = [];
  for (const subject of subjects) {
    const unlock = await unlockOf(tx, ctx, { contactId: subject.contactId, isDryRun: run.isDryRun });
    if (unlock !== null) {
      free.push({ ...subject, unlock });
    }
  }
  return free;
};

/** Plans the unlocks at once, so that they stand in the ledger whatever the run still waits for. A dry run only tells. */
const unlockOf = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { contactId, isDryRun }: { readonly contactId: string; readonly isDryRun: boolean },
): Promise<UnlockReason | null> => {
  if (!isDryRun) {
    await lockDebts(tx, ctx, [contactId]);
  }
  let found: UnlockReason | null = null;
  for (const lock of await openLocks(tx, ctx, contactId)) {
    const reason = await unlockReasonOf(tx, ctx, { contactId, lock });
    if (reason !== null && (isDryRun || (await planUnlock(tx, ctx, { lock, reason })) !== null)) {
      found = reason;
    }
  }
  return found;
};

type Wanted = { readonly payerIds: readonly string[]; readonly run: RunFacts };

const subjectsOf = async (tx: ServiceTx, ctx: ServiceContext, { payerIds, run }: Wanted): Promise<readonly DoorSubject[]> => {
  const { club, debts } = await loadDebts(tx, ctx, { payerIds });
  const open = await openPlans(tx, ctx, { payerIds, run });
  const paid = await paidSinceRead(tx, ctx, [...debts.values()]);
  return payerIds.flatMap((contactId): readonly DoorSubject[] => {
    const debt = debts.get(contactId);
    if (debt === undefined) {
      return [];
    }
    const { firstName, memberId } = debt.payer;
    // A run is one of the door's workflow, also where it only looks what would happen.
    const facts = { ...doorFactsOf(debt, { club, memberId }), isDoorWorkflowOn: true, ...paid.get(contactId) };
    return [{ contactId, memberId, firstName, facts, pastDue: club.settings, unlock: null, hasOpenPlan: open.has(contactId) }];
  });
};

/** Only of those of whom a payment came after the balance was read: they are few. */
const paidSinceRead = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  debts: readonly Debt[],
): Promise<ReadonlyMap<string, Pick<PastDueFacts, "dueMinor">>> => {
  const found = new Map<string, Pick<PastDueFacts, "dueMinor">>();
  for (const debt of debts.filter(({ facts }) => facts.holds.some(({ kind }) => kind === "payment_in_flight"))) {
    found.set(debt.contactId, { dueMinor: await stillDue(tx, ctx, debt) });
  }
  return found;
};

const openPlans = async (tx: ServiceTx, ctx: ServiceContext, { payerIds, run }: Wanted): Promise<ReadonlySet<string>> => {
  const rows = await tx.db.workflowOutcome.findMany({
    where: {
      clubId: ctx.clubId,
      workflowId: run.workflowId,
      contactId: { in: [...payerIds] },
      isDryRun: false,
      outcome: { in: ["planned", "deferred", "needs_approval", "unknown"] },
    },
    select: { contactId: true },
  });
  return new Set(rows.map(({ contactId }) => contactId));
};
