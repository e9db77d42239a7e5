import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { asId } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { requestAccess } from "#server/services/access/request-access.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { sampleSegment } from "#server/services/members/sample-segment.ts";

/** The customer's rule: a cap of ten a day, above which a person confirms; here each one waits for a person anyway. */
export const MANAGED_AT_ONCE = 10;

export const ManageAccessInput = z.object({
  minAmountMinor: z.bigint().min(1n),
  graceDays: z.int().min(0).max(366),
  callKey: z.string(),
});

export type ManagedAccess = {
  /** So many owe enough for long enough; `lockCount` of them were put before the team. */
  readonly owingCount: number;
  readonly lockCount: number;
  readonly unlockCount: number;
  /** Why the others were left alone, and how often. */
  readonly leftAlone: Readonly<Record<string, number>>;
};

/** Asks the team about the doors of those who owe, and of those who owe nothing any more: each one a question of its own. */
export const manageAccess = async (ctx: ServiceContext, raw: z.input<typeof ManageAccessInput>): Promise<ManagedAccess> => {
  assertCan(ctx, "effect.plan");
  const { callKey, graceDays, minAmountMinor } = ManageAccessInput.parse(raw);
  const settled = await lockedWithoutDebt(ctx);
  const { count, rows } = await sampleSegment(ctx, {
    segment: "past_due",
    minAmountMinor,
    minDaysPastDue: graceDays + 1,
    limit: MANAGED_AT_ONCE,
  });
  const leftAlone: Record<string, number> = {};
  const ask = async (memberId: string, state: "suspended" | "allowed"): Promise<number> => {
    try {
      await requestAccess(ctx, { memberId: asId("member", memberId), state, callKey: `${callKey}:${memberId}` });
      return 1;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "precondition_failed") {
        throw error;
      }
      leftAlone[error.message] = (leftAlone[error.message] ?? 0) + 1;
      return 0;
    }
  };
  // Whoever may come in again is asked about before anybody is shut out.
  let unlockCount = 0;
  for (const id of settled) {
    unlockCount += await ask(id, "allowed");
  }
  let lockCount = 0;
  for (const { id } of rows) {
    lockCount += await ask(id, "suspended");
  }
  return { owingCount: count, lockCount, unlockCount, leftAlone };
};

const lockedWithoutDebt = async (ctx: ServiceContext): Promise<readonly string[]> =>
  withClub(
    ctx,
    async (tx) => {
      const rows = await tx.db.member.findMany({
        where: { clubId: ctx.clubId, archivedAt: null, accessState: "locked", balanceMinor: { lte: 0n } },
        orderBy: { id: "asc" },
        take: MANAGED_AT_ONCE,
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    { fixedNow: ctx.fixedNow },
  );
