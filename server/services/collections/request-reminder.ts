import "server-only";

import { z } from "zod";

import { idSchema } from "#server/domain/ids.ts";
import { TIERS } from "#server/domain/past-due/facts.ts";
import { assertCan } from "#server/services/authorize.ts";
import { reminderDeed } from "#server/services/collections/reminder-deed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { actForClub, type ClubActResult } from "#server/services/effects/act-for-club.ts";
import { memberToActFor } from "#server/services/members/member-to-act-for.ts";

export const RequestReminderInput = z.object({
  memberId: idSchema("member"),
  tier: z.enum(TIERS),
  callKey: z.string(),
  isAlone: z.boolean(),
});

/**
 * Has whoever pays for one member reminded of exactly what they owe, in one of the club's wordings that they have not had. @throws
 * `precondition_failed` with the reason where the ladder sends none
 */
export const requestReminder = async (ctx: ServiceContext, raw: z.input<typeof RequestReminderInput>): Promise<ClubActResult> => {
  assertCan(ctx, "effect.plan");
  const { callKey, isAlone, memberId, tier } = RequestReminderInput.parse(raw);
  return actForClub(ctx, {
    callKey,
    isAlone,
    requiredRole: "staff",
    choose: async (tx) => reminderDeed(tx, ctx, { contactId: (await memberToActFor(tx, ctx, memberId)).contactId, tier }),
  });
};
