import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { Schedule } from "#server/domain/workflows/schedule.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/** One workflow of the club, locked for the rest of the transaction. @throws `not_found` */
export const lockWorkflow = async (tx: ServiceTx, ctx: ServiceContext, workflowId: string) => {
  await tx.db.$executeRaw`select 1 from "Workflow" where id = ${workflowId} and "clubId" = ${ctx.clubId} for update`;
  const row = await tx.db.workflow.findFirst({ where: { id: workflowId, clubId: ctx.clubId, archivedAt: null } });
  if (row === null) {
    throw notFound("workflow");
  }
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  return { ...row, schedule: Schedule.parse(row.schedule), timeZone };
};
