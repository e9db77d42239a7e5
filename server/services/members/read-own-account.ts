import "server-only";

import { z } from "zod";

import { hasValidAccess } from "#server/domain/automations.ts";
import { DomainError } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { formatInTimeZone } from "#server/domain/local-time.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { balanceReadAt } from "#server/services/members/balance-read-at.ts";
import { boundMember } from "#server/services/people/bound-member.ts";

export const ReadOwnAccountInput = z.object({ conversationId: idSchema("conversation") });

/** The customer's rule: an older balance is told to nobody. */
export const BALANCE_FRESH_MINUTES = 60;

export type OwnAccount = {
  readonly firstName: string;
  readonly status: string;
  readonly membershipType: string | null;
  /** Calendar dates in the club's zone. */
  readonly joinedOn: string | null;
  readonly lastVisitOn: string | null;
  readonly hasValidAccess: boolean;
  readonly isLocked: boolean;
  /** Minor units; null = nobody knows for certain at this moment. */
  readonly balanceMinor: bigint | null;
  readonly currency: string;
};

/** What the club's system says of the one member who writes in a conversation. @throws `forbidden` where nobody can be sure who that is */
export const readOwnAccount = async (ctx: ServiceContext, raw: z.input<typeof ReadOwnAccountInput>): Promise<OwnAccount> => {
  assertCan(ctx, "conversation.read");
  const { conversationId } = ReadOwnAccountInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const bound = await boundMember(tx, ctx, conversationId);
      if (bound === null) {
        throw new DomainError("forbidden", "the sender is not known to be one member of this club");
      }
      const { member } = bound;
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      const readAt = await balanceReadAt(tx, { clubId: ctx.clubId, memberId: member.id });
      const isFresh = readAt !== null && tx.now.getTime() - readAt.getTime() < BALANCE_FRESH_MINUTES * 60_000;
      return {
        firstName: member.firstName,
        status: member.status,
        membershipType: member.membershipType,
        joinedOn: member.joinedOn,
        lastVisitOn: member.lastVisitAt === null ? null : formatInTimeZone(member.lastVisitAt, timeZone, "yyyy-MM-dd"),
        hasValidAccess: hasValidAccess(member),
        isLocked: member.accessState === "locked",
        balanceMinor: isFresh ? member.balanceMinor : null,
        currency: member.currency,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
