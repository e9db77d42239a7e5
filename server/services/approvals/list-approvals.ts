import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ApprovalCard } from "#server/domain/inbox-view.ts";
import { isBatchable } from "#server/domain/approval-batch.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { explainDecisions } from "#server/services/decisions/explain-decisions.ts";

import { changesOf } from "./changes-of.ts";
import { draftTextOf } from "./draft-text.ts";

/** More waiting drafts than this are a breakdown, not a queue; deciding the first ones brings up the next. */
const MAX_CARDS = 200;
const INDENT = 2;

/** What waits for a person, oldest first. A question whose time is over is not asked any more. */
export const listApprovals = async (ctx: ServiceContext): Promise<readonly ApprovalCard[]> => {
  assertCan(ctx, "approval.read");
  return withClub(ctx, (tx) => readCards(tx, ctx), { fixedNow: ctx.fixedNow });
};

const readCards = async (tx: Tx, ctx: ServiceContext): Promise<readonly ApprovalCard[]> => {
  const rows = await tx.db.approval.findMany({
    where: { clubId: ctx.clubId, status: "pending", expiresAt: { gt: tx.now } },
    orderBy: [{ requestedAt: "asc" }, { id: "asc" }],
    take: MAX_CARDS,
    select: {
      id: true,
      conversationId: true,
      summary: true,
      requestedAt: true,
      expiresAt: true,
      requiredRole: true,
      requiredCount: true,
      changes: true,
      votes: { select: { userId: true }, orderBy: { votedAt: "asc" } },
      effect: { select: { arguments: true, decisionId: true, kind: true, purpose: true } },
    },
  });
  const names = await contactNames(tx, {
    clubId: ctx.clubId,
    conversationIds: rows.map((row) => row.conversationId).filter((id) => id !== null),
  });
  const { byDecision } = await explainDecisions(tx, ctx, {
    decisionIds: rows.map((row) => row.effect.decisionId).filter((id) => id !== null),
  });
  const people = rows.some(({ requiredCount }) => requiredCount > 1) ? await deciders(tx, ctx) : [];
  return rows.map(({ changes, effect, votes, ...row }) => ({
    ...row,
    changes: changesOf(changes),
    givenBy: votes.map(({ userId }) => people.find((person) => person.userId === userId)?.name ?? "somebody who has left"),
    isGivenByMe: votes.some(({ userId }) => userId === staffUserId(ctx)),
    deciderCount: people.filter(({ role }) => isAtLeast(role, Role.parse(row.requiredRole))).length,
    id: row.id as Id<"approval">,
    conversationId: row.conversationId as Id<"conversation"> | null,
    contactName: row.conversationId === null ? null : (names.get(row.conversationId) ?? null),
    requiredRole: row.requiredRole as Role,
    body: draftTextOf(effect.arguments),
    exact: JSON.stringify(effect.arguments, null, INDENT),
    isBatchable: isBatchable({ ...row, effectKind: effect.kind, purpose: effect.purpose }),
    why: effect.decisionId === null ? null : (byDecision.get(effect.decisionId) ?? null),
  }));
};

const contactNames = async (
  tx: Tx,
  { clubId, conversationIds }: { readonly clubId: string; readonly conversationIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.db.conversation.findMany({
    where: { clubId, id: { in: [...conversationIds] } },
    select: { id: true, contact: { select: { displayName: true } } },
  });
  return new Map(rows.map((row) => [row.id, row.contact.displayName]));
};

type Decider = { readonly userId: string; readonly name: string; readonly role: Role };

/** Everybody of the club with the highest role they have there. */
const deciders = async (tx: Tx, ctx: ServiceContext): Promise<readonly Decider[]> => {
  const accesses = await tx.db.staffAccess.findMany({
    where: {
      franchiseId: ctx.franchiseId,
      OR: [{ clubId: ctx.clubId }, { clubId: null }],
      archivedAt: null,
      user: { archivedAt: null },
    },
    select: { userId: true, role: true, user: { select: { name: true } } },
  });
  const highest = new Map<string, Decider>();
  for (const { role: stored, user, userId } of accesses) {
    const role = Role.parse(stored);
    const known = highest.get(userId);
    if (known === undefined || isAtLeast(role, known.role)) {
      highest.set(userId, { userId, name: user.name, role });
    }
  }
  return [...highest.values()];
};
