import "server-only";

import { exitOf, SEQUENCES } from "#server/domain/workflows/sequence.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { lookAt } from "#server/services/workflows/sequence/sight.ts";

/**
 * Whether a step of a sequence may still go out, asked in the transaction that would begin it: a reply in the night ends what was to go
 * out in the morning. Null for whatever is no step, and for a step whose sequence goes on.
 */
export const sequenceGate = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { id, plannedBy }: { readonly id: string; readonly plannedBy: string },
): Promise<"sequence_ended" | null> => {
  if (plannedBy !== "workflow") {
    return null;
  }
  const [row] = await tx.db.$queryRaw<
    { id: string; workflowId: string; contactId: string; sequence: string; status: string; signalsSince: Date; enteredAt: Date }[]
  >`select e.id, e."workflowId", e."contactId", e.sequence, e.status, e."signalsSince", e."enteredAt"
    from "WorkflowOutcome" o join "Workflow" w on w.id = o."workflowId" and w."clubId" = o."clubId" and w.kind = 'sequence'
    join "SequenceEnrollment" e on e."clubId" = o."clubId" and e."contactId" = o."contactId" and e.sequence = o."group" and e."enteredAt" <= o."createdAt"
    where o."effectId" = ${id} and o."clubId" = ${ctx.clubId} order by e."enteredAt" desc limit 1 for update of e`;
  const name = SEQUENCES.find((each) => each === row?.sequence);
  if (row === undefined || name === undefined) {
    return null;
  }
  const seen = (await lookAt(tx, ctx, { workflowId: row.workflowId, people: [row] })).get(row.contactId);
  const exit = seen === undefined ? "agent_off" : exitOf({ name, isOn: true }, { signals: seen.signals, wasRefused: false });
  if (exit !== null && row.status === "active") {
    const data = { status: "exited", exit, dueAt: null, endedAt: tx.now, updatedAt: tx.now };
    await tx.db.sequenceEnrollment.updateMany({ where: { id: row.id, clubId: ctx.clubId, status: "active" }, data });
  }
  return exit !== null || row.status === "exited" ? "sequence_ended" : null;
};
