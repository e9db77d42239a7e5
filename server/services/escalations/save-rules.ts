import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { EscalationRules } from "#server/domain/escalation-rules.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { currentRules } from "#server/services/escalations/current-rules.ts";
import { findStaff } from "#server/services/external-users/find-person.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

export const SaveEscalationRulesInput = z.object({
  /** The version its author began from; 0 = there was none. */
  baseVersion: z.int().min(0),
  rules: EscalationRules,
});

/**
 * Puts into force who is told, for whatever is called for from now on; what is under way keeps the rules it began with.
 * @throws `conflict` when somebody else was first, `not_found` for a person who does not work in this club
 */
export const saveEscalationRules = async (
  ctx: ServiceContext,
  raw: z.input<typeof SaveEscalationRulesInput>,
): Promise<{ readonly version: number }> => {
  assertCan(ctx, "escalation.manage");
  const { baseVersion, rules } = SaveEscalationRulesInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    await assertPeople(tx, ctx, rules);
    const { version: newest } = await currentRules(tx, ctx);
    const version = baseVersion + 1;
    const { count } = await tx.db.escalationRules.createMany({
      data: {
        id: newId("escalationRules"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        version,
        document: rules,
        publishedById: staffOf(ctx),
        publishedAt: tx.now,
      },
      skipDuplicates: true,
    });
    if (newest !== baseVersion || count === 0) {
      throw new DomainError("conflict", "somebody else has changed this meanwhile");
    }
    await recordAudit(tx, ctx, { action: "escalation.changed", entityId: ctx.clubId, details: { version, ruleCount: rules.rules.length } });
    tx.news.changes.push({ topic: "club" });
    return { version };
  });
};

const assertPeople = async (tx: ServiceTx, ctx: ServiceContext, { rules }: EscalationRules): Promise<void> => {
  const named = new Set(rules.flatMap(({ steps }) => steps.flatMap(({ to }) => (to.kind === "person" ? [to.userId] : []))));
  for (const userId of named) {
    if ((await findStaff(tx, ctx, userId)) === null) {
      throw notFound("person of this club");
    }
  }
};
