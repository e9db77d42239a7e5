import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** @throws `precondition_failed` for a club that is not, or no longer, being set up */
export const assertBegun = async (tx: Tx, { clubId }: Pick<ServiceContext, "clubId">): Promise<void> => {
  const rows = await tx.db.firstRunStep.findMany({ where: { clubId, step: { in: ["begun", "finished"] } }, select: { step: true } });
  if (rows.length !== 1 || rows[0]?.step !== "begun") {
    throw new DomainError("precondition_failed", "this club is set up already");
  }
};
