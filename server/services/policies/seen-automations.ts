import "server-only";

import { switchedOnTooEarly, predecessorOf } from "#server/domain/automation-order.ts";
import { AUTOMATION_CATALOGUE, AutomationName } from "#server/domain/automations.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Policy } from "#server/domain/policy.ts";
import type { Tx } from "#server/platform/tenant.ts";

export type SeenAutomation = { readonly name: AutomationName; readonly seenAt: Date; readonly userId: string | null };

type Row = { entityId: string; createdAt: Date; actorId: string | null };

/** The automations whose figures an owner of the club has looked at, each with the last time. */
export const seenAutomations = async (tx: Tx, clubId: string): Promise<readonly SeenAutomation[]> => {
  // The action stands in the text: only so does the planner know that the partial index holds these rows.
  const rows = await tx.db.$queryRaw<Row[]>`
    select distinct on ("entityId") "entityId", "createdAt", "actorId" from "AuditLog"
    where "clubId" = ${clubId} and action = 'automation.reviewed'
    order by "entityId", "createdAt" desc`;
  return rows.flatMap(({ entityId, createdAt, actorId }) => {
    const name = AutomationName.safeParse(entityId);
    return name.success ? [{ name: name.data, seenAt: createdAt, userId: actorId }] : [];
  });
};

type Change = { readonly before: Policy; readonly after: Policy; readonly club?: string };

/** @throws `precondition_failed` when an automation is switched on before the figures of the one before it were seen */
export const assertInOrder = async (tx: Tx, clubId: string, { before, after, club }: Change): Promise<void> => {
  const names = { before: before.automations, after: after.automations };
  if (switchedOnTooEarly({ ...names, seen: new Set() }).length === 0) {
    return;
  }
  const seen = new Set((await seenAutomations(tx, clubId)).map(({ name }) => name));
  const [early] = switchedOnTooEarly({ ...names, seen });
  const first = early === undefined ? null : predecessorOf(early);
  if (early !== undefined && first !== null) {
    const where = club === undefined ? "" : ` in ${club}`;
    throw new DomainError(
      "precondition_failed",
      `"${AUTOMATION_CATALOGUE[early].label}" may be switched on${where} once the figures of "${AUTOMATION_CATALOGUE[first].label}" were seen`,
    );
  }
};
