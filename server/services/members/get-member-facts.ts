import "server-only";

import { z } from "zod";

import { hasValidAccess } from "#server/domain/automations.ts";
import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { formatInTimeZone } from "#server/domain/local-time.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { balanceReadAt } from "#server/services/members/balance-read-at.ts";
import { BALANCE_FRESH_MINUTES } from "#server/services/members/read-own-account.ts";

export const GetMemberFactsInput = z.object({ memberId: idSchema("member") });

export type MemberFacts = {
  readonly name: string;
  readonly status: string;
  readonly membershipType: string | null;
  /** Calendar dates in the club's zone. */
  readonly joinedOn: string | null;
  readonly lastVisitOn: string | null;
  readonly pastDueSinceOn: string | null;
  readonly hasValidAccess: boolean;
  readonly accessState: string | null;
  /** Minor units; null = nobody has read it within the hour. */
  readonly balanceMinor: bigint | null;
  readonly currency: string;
  readonly attemptCount: number;
  readonly lastAttemptOn: string | null;
};

/** What the club knows of one member, for its own people and its own work. @throws `not_found` */
export const getMemberFacts = (ctx: ServiceContext, raw: z.input<typeof GetMemberFactsInput>): Promise<MemberFacts> => {
  assertCan(ctx, "member.read");
  const { memberId } = GetMemberFactsInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const member = await tx.db.member.findFirst({ where: { id: memberId, clubId: ctx.clubId, archivedAt: null } });
      if (member === null) {
        throw notFound("member");
      }
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      const readAt = await balanceReadAt(tx, { clubId: ctx.clubId, memberId });
      const isFresh = readAt !== null && tx.now.getTime() - readAt.getTime() < BALANCE_FRESH_MINUTES * 60_000;
      const { _count: attempts, _max: last } = await tx.db.collectionAttempt.aggregate({
        where: { clubId: ctx.clubId, contactId: member.contactId },
        _count: { id: true },
        _max: { at: true },
      });
      const dayOf = (at: Date | null): string | null => (at === null ? null : formatInTimeZone(at, timeZone, "yyyy-MM-dd"));
      return {
        name: `${member.firstName} ${member.lastName}`.trim(),
        status: member.status,
        membershipType: member.membershipType,
        joinedOn: member.joinedOn,
        lastVisitOn: dayOf(member.lastVisitAt),
        pastDueSinceOn: member.pastDueSinceOn,
        hasValidAccess: hasValidAccess(member),
        accessState: member.accessState,
        balanceMinor: isFresh ? member.balanceMinor : null,
        currency: member.currency,
        attemptCount: attempts.id,
        lastAttemptOn: dayOf(last.at),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
