import "server-only";

import { DEFAULT_ESCALATION_RULES, EscalationRules } from "#server/domain/escalation-rules.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** What holds now; version 0 = nobody has set anything. */
export const currentRules = async (tx: Tx, { clubId }: Pick<ServiceContext, "clubId">) => {
  const row = await tx.db.escalationRules.findFirst({
    where: { clubId },
    orderBy: { version: "desc" },
    select: { version: true, document: true },
  });
  return row === null
    ? { version: 0, rules: DEFAULT_ESCALATION_RULES }
    : { version: row.version, rules: EscalationRules.parse(row.document) };
};
