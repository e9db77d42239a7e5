import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { can } from "#server/domain/permissions.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import type { Policy } from "#server/domain/policy.ts";
import { isBudgetSpent } from "#server/services/agent-runs/budget-spent.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { EARLIER_TURN_COUNT } from "./limits.ts";

export type AskCallRow = {
  readonly id: Id<"askCall">;
  readonly turnIndex: number;
  readonly externalId: string;
  readonly name: string;
  readonly arguments: unknown;
  readonly argumentsHash: string;
  readonly outcome: string;
  readonly result: unknown;
};

/** All that the next round of an answer stands on. */
export type AskSituation = {
  readonly turnId: Id<"askTurn">;
  readonly threadId: Id<"askThread">;
  readonly question: string;
  readonly modelCallCount: number;
  readonly costMicros: number;
  readonly startedAt: Date;
  readonly now: Date;
  readonly club: { readonly name: string; readonly timeZone: string; readonly currency: string; readonly phone: string | null };
  readonly earlier: readonly { readonly question: string; readonly answer: string | null }[];
  readonly calls: readonly AskCallRow[];
  readonly policy: Policy;
  readonly isBudgetSpent: boolean;
  /** Whoever asked may still ask: a role can be taken away while an answer is being made. */
  readonly mayAsk: boolean;
};

/** The turn as it stands, begun where it was queued; null when it has ended. */
export const loadAskTurn = async (ctx: ServiceContext, { turnId }: { readonly turnId: string }): Promise<AskSituation | null> => {
  assertCan(ctx, "agent.run");
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.askTurn.updateMany({
      where: { id: turnId, clubId: ctx.clubId, status: "queued" },
      data: { status: "running", startedAt: tx.now },
    });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "run.started", entityId: turnId, details: { purpose: "chat" } });
      tx.news.changes.push({ topic: "ask" });
    }
    const turn = await tx.db.askTurn.findFirst({
      where: { id: turnId, clubId: ctx.clubId, status: "running" },
      include: { thread: { select: { userId: true } }, calls: { orderBy: [{ round: "asc" }, { id: "asc" }] } },
    });
    if (turn === null) {
      return null;
    }
    return {
      ...(await aroundTurn(tx, ctx)),
      turnId: asId("askTurn", turn.id),
      threadId: asId("askThread", turn.threadId),
      question: turn.question,
      modelCallCount: turn.modelCallCount,
      costMicros: Number(turn.costMicros),
      startedAt: turn.startedAt ?? tx.now,
      now: tx.now,
      earlier: await earlierOf(tx, ctx, turn),
      calls: turn.calls.map(({ id, round, ...call }) => ({ ...call, id: asId("askCall", id), turnIndex: round })),
      mayAsk: await mayStillAsk(tx, ctx, turn.thread.userId),
    };
  });
};

const aroundTurn = async (tx: ServiceTx, ctx: ServiceContext): Promise<Pick<AskSituation, "club" | "policy" | "isBudgetSpent">> => {
  const { policy } = await resolvedPolicy(tx, ctx);
  const club = await tx.db.club.findFirstOrThrow({
    where: { id: ctx.clubId },
    select: { name: true, timeZone: true, currency: true, phone: true },
  });
  return { club, policy, isBudgetSpent: await isBudgetSpent(tx, ctx, policy) };
};

type Turn = { readonly threadId: string; readonly number: number };

const earlierOf = async (tx: ServiceTx, ctx: ServiceContext, { number, threadId }: Turn): Promise<AskSituation["earlier"]> => {
  const rows = await tx.db.askTurn.findMany({
    where: { clubId: ctx.clubId, threadId, number: { lt: number }, status: "done" },
    orderBy: { number: "desc" },
    take: EARLIER_TURN_COUNT,
    select: { question: true, answer: true },
  });
  return rows.toReversed();
};

/** By the accesses as they are now, of the club or of its franchise. */
export const mayStillAsk = async (tx: ServiceTx, ctx: ServiceContext, userId: string): Promise<boolean> => {
  const accesses = await tx.db.staffAccess.findMany({
    where: {
      userId,
      franchiseId: ctx.franchiseId,
      OR: [{ clubId: ctx.clubId }, { clubId: null }],
      archivedAt: null,
      user: { archivedAt: null },
    },
    select: { role: true, user: { select: { name: true } } },
  });
  return accesses.some(({ role, user }) =>
    can({ kind: "staff", userId: asId("user", userId), name: user.name, role: Role.parse(role), signedInAt: null }, "ask.use"),
  );
};
