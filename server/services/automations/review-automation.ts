import "server-only";

import { z } from "zod";

import { AutomationName } from "#server/domain/automations.ts";
import { DomainError } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { NO_USES, useCounts } from "./use-counts.ts";

export const ReviewAutomationInput = z.object({ name: AutomationName });

/**
 * An owner says that they have looked at the figures of an automation, which lets the next one be switched on. The
 * audit row keeps the figures as they were. @throws `precondition_failed` while it is off and there is nothing to see
 */
export const reviewAutomation = async (ctx: ServiceContext, raw: z.input<typeof ReviewAutomationInput>): Promise<void> => {
  assertCan(ctx, "policy.publish");
  const { name } = ReviewAutomationInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { policy } = await resolvedPolicy(tx, ctx);
    if (policy.automations[name].stage === "off") {
      throw new DomainError("precondition_failed", "this automation is off, so there are no figures yet");
    }
    const counts = (await useCounts(tx, ctx.clubId)).get(name) ?? NO_USES;
    await recordAudit(tx, ctx, { action: "automation.reviewed", entityId: name, details: { ...counts } });
    tx.news.changes.push({ topic: "club" });
  });
};
