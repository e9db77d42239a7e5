import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";
import { assertCan } from "#server/services/authorize.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { actForContact, type ContactActResult } from "#server/services/effects/act-for-contact.ts";
import { readOwnAccount } from "#server/services/members/read-own-account.ts";
import { boundMember } from "#server/services/people/bound-member.ts";

export const RequestPayLinkInput = z.object({
  conversationId: idSchema("conversation"),
  toolCallId: idSchema("toolCall"),
  isAlone: z.boolean(),
});

/**
 * Has a link made over exactly what the member who writes owes by a balance read within the hour. @throws
 * `precondition_failed` where nothing is owed or nobody knows for certain
 */
export const requestPayLink = async (ctx: ServiceContext, raw: z.input<typeof RequestPayLinkInput>): Promise<ContactActResult> => {
  assertCan(ctx, "effect.plan");
  const place = RequestPayLinkInput.parse(raw);
  const { balanceMinor, currency } = await readOwnAccount(ctx, { conversationId: place.conversationId });
  if (balanceMinor === null || balanceMinor <= 0n || (currency !== "USD" && currency !== "CAD")) {
    throw new DomainError("precondition_failed", "there is no balance that is known for certain to be owed");
  }
  return actForContact(ctx, {
    ...place,
    requiredRole: "staff",
    summary: `Make a payment link over ${formatMoney(String(balanceMinor), currency)} for the member of this conversation`,
    choose: async (tx) => {
      const bound = await boundMember(tx, ctx, place.conversationId);
      const [connectionId] = await connectionsWith(tx, ctx, "payLink");
      if (bound === null || connectionId === undefined || bound.member.balanceMinor !== balanceMinor) {
        throw new DomainError("precondition_failed", "what is owed has just changed");
      }
      const { id: memberId, firstName, lastName, email, phone } = bound.member;
      return {
        kind: "payLink.create",
        connectionId,
        contactId: bound.contactId,
        inboundSequence: bound.inboundSequence,
        arguments: {
          payer: { memberId, firstName, lastName, email, phone },
          amountMinor: String(balanceMinor),
          currency,
          description: "Open balance of your membership",
        },
      };
    },
  });
};
