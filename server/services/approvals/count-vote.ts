import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { countingVotes } from "#server/domain/votes.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { findStaff } from "#server/services/external-users/find-person.ts";

type Voted = {
  readonly id: Id<"approval">;
  readonly effectId: Id<"effect">;
  readonly conversationId: string | null;
  readonly requiredRole: string;
  readonly requiredCount: number;
  readonly argumentsHash: string;
};

/**
 * Counts one person's yes, in the transaction that has the question locked; true when it was the last that was needed.
 * Whoever said yes and may no longer decide by now, because they have left or have another role, counts no more.
 * @throws `precondition_failed` for a second yes of the same person
 */
export const countVote = async (tx: ServiceTx, ctx: ServiceContext, approval: Voted): Promise<boolean> => {
  const userId = staffUserId(ctx);
  if (userId === null) {
    throw new DomainError("forbidden", "only a person may decide this");
  }
  const { count } = await tx.db.approvalVote.createMany({
    data: {
      id: newId("approvalVote"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      approvalId: approval.id,
      userId,
      votedAt: tx.now,
    },
    skipDuplicates: true,
  });
  if (count === 0) {
    throw new DomainError("precondition_failed", "you have approved this already; it waits for another person");
  }
  const given = await countStanding(tx, ctx, approval);
  await recordAudit(tx, ctx, { action: "approval.counted", entityId: approval.id, details: { given, required: approval.requiredCount } });
  if (given >= approval.requiredCount) {
    return true;
  }
  tx.news.actions.push({
    kind: "approval.counted",
    risk: "physical",
    outcome: "planned",
    summary: `A person approved; ${given} of ${approval.requiredCount}, it waits for another person.`,
    conversationId: approval.conversationId,
    effectId: approval.effectId,
    approvalId: approval.id,
    inputs: { argumentsHash: approval.argumentsHash },
  });
  tx.news.changes.push({ topic: "approval", conversationId: approval.conversationId });
  return false;
};

const countStanding = async (tx: ServiceTx, ctx: ServiceContext, approval: Voted): Promise<number> => {
  const votes = await tx.db.approvalVote.findMany({ where: { clubId: ctx.clubId, approvalId: approval.id }, select: { userId: true } });
  const voters = votes.map(({ userId }) => userId);
  const people = await Promise.all(voters.map(async (userId) => ({ userId, person: await findStaff(tx, ctx, userId) })));
  const standing = people.flatMap(({ person, userId }) => (person === null ? [] : [{ userId, role: person.role }]));
  return countingVotes(voters, { people: standing, least: Role.parse(approval.requiredRole) }).length;
};
