import "server-only";

import { z } from "zod";

import { SKIPPABLE_STEPS } from "#server/domain/first-run.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

import { assertBegun } from "./assert-begun.ts";
import { keepStep } from "./keep-step.ts";

export const SettleStepInput = z.discriminatedUnion("state", [
  /** Left out for now; it can be done later. */
  z.object({ state: z.literal("skipped"), step: z.enum(SKIPPABLE_STEPS) }),
  /** `try`: somebody saw an answer. `finished`: the list is put away. */
  z.object({ state: z.literal("done"), step: z.enum(["try", "finished"]) }),
]);

/** Notes what somebody did or left out while they set a club up. Harmless to repeat. @throws `precondition_failed` for a club that is set up */
export const settleStep = async (ctx: ServiceContext, raw: z.input<typeof SettleStepInput>): Promise<void> => {
  assertCan(ctx, "club.manage");
  const { step, state } = SettleStepInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    await assertBegun(tx, ctx);
    if (await keepStep(tx, { franchiseId: ctx.franchiseId, clubId: ctx.clubId, userId: staffOf(ctx), step, state })) {
      await recordAudit(tx, ctx, { action: "firstRun.settled", entityId: ctx.clubId, details: { step, state } });
      tx.news.changes.push({ topic: "club" });
    }
  });
};
