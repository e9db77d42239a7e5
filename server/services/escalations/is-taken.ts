import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Call = { readonly conversationId: string; readonly calledAt: Date };

/** Whether a person has it: holds it now or has held it since, put it off, or it needs nobody any more. A draft that waits has nobody yet. */
export const isTaken = async (tx: ServiceTx, { clubId }: ServiceContext, { calledAt, conversationId }: Call): Promise<boolean> => {
  const waiting = await tx.db.conversation.count({
    where: { id: conversationId, clubId, status: "open", handledBy: "agent", needsYou: { in: ["escalation", "approval"] } },
  });
  if (waiting === 0) {
    return true;
  }
  return (await tx.db.handover.count({ where: { clubId, conversationId, handledBy: "staff", startedAt: { gt: calledAt } } })) > 0;
};
