import "server-only";

import { z } from "zod";

import { GREEN_DAYS, SEGMENTS } from "#server/domain/people-view.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { segmentQuery } from "#server/services/members/segments.ts";
import { SEGMENT_COUNT_CAP } from "#server/services/members/summarize-segments.ts";

const { sql } = Prisma;

/** Chosen by us: enough to go on with, and far from filling a prompt. */
export const SAMPLE_MAX_ROWS = 50;
const DAYS_MAX = 3_660;

export const SampleSegmentInput = z.object({
  segment: z.enum(SEGMENTS),
  greenDays: z.int().min(1).max(366).default(GREEN_DAYS),
  /** Owes at least so much, in minor units; of the training part where the segment is about that. */
  minAmountMinor: z.bigint().min(0n).optional(),
  /** Nobody who was at the club within so many days. */
  noVisitDays: z.int().min(1).max(DAYS_MAX).optional(),
  /** The oldest debt is at least so many days old. */
  minDaysPastDue: z.int().min(0).max(DAYS_MAX).optional(),
  limit: z.int().min(1).max(SAMPLE_MAX_ROWS),
});

export type SampledPerson = {
  readonly id: string;
  readonly contactId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Null for prospects. */
  readonly status: string | null;
  readonly membershipType: string | null;
  readonly balanceMinor: string | null;
  readonly trainingBalanceMinor: string | null;
  readonly currency: string | null;
  readonly joinedOn: string | null;
  readonly lastVisitAt: Date | null;
};

export type SegmentSample = {
  /** Exact up to the cap of a count. */
  readonly count: number;
  /** What all of them owe together; 0 for prospects. */
  readonly totalMinor: bigint;
  readonly currency: string;
  readonly timeZone: string;
  /** Who owes most first, where money is what the segment is about; else the newest. */
  readonly rows: readonly SampledPerson[];
};

type Totals = { readonly count: number; readonly total: string | null };

/** How many people a segment holds, what they owe, and a few of them: what a list comes to where nobody can read a list. */
export const sampleSegment = (ctx: ServiceContext, raw: z.input<typeof SampleSegmentInput>): Promise<SegmentSample> => {
  assertCan(ctx, "member.read");
  const input = SampleSegmentInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const { currency, timeZone } = await tx.db.club.findFirstOrThrow({
        where: { id: ctx.clubId },
        select: { currency: true, timeZone: true },
      });
      const { greenDays, segment } = input;
      const all = segmentQuery({
        clubId: ctx.clubId,
        segment,
        greenDays,
        timeZone,
        now: tx.now,
        before: null,
        limit: SEGMENT_COUNT_CAP,
        matching: matching(input, tx.now),
      });
      const amount = segment === "past_due_training" ? sql`"trainingBalanceMinor"` : sql`"balanceMinor"`;
      const [totals] = await tx.db.$queryRaw<
        Totals[]
      >`select count(*)::int as count, sum(${amount}::bigint)::text as total from (${all}) as people`;
      const order = segment.startsWith("past_due") ? sql`${amount}::bigint desc, id` : sql`"createdAt" desc, id desc`;
      const rows = await tx.db.$queryRaw<SampledPerson[]>`select * from (${all}) as people order by ${order} limit ${input.limit}`;
      return { count: totals?.count ?? 0, totalMinor: BigInt(totals?.total ?? "0"), currency, timeZone, rows };
    },
    { fixedNow: ctx.fixedNow },
  );
};

const matching = ({ minAmountMinor, minDaysPastDue, noVisitDays, segment }: z.output<typeof SampleSegmentInput>, now: Date): Prisma.Sql => {
  if (segment === "prospects") {
    return Prisma.empty;
  }
  const amount = segment === "past_due_training" ? sql`"trainingBalanceMinor"` : sql`"balanceMinor"`;
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
  return Prisma.join(
    [
      minAmountMinor === undefined ? Prisma.empty : sql`and ${amount} >= ${minAmountMinor}`,
      noVisitDays === undefined ? Prisma.empty : sql`and ("lastVisitAt" is null or "lastVisitAt" < ${daysAgo(noVisitDays)})`,
      minDaysPastDue === undefined ? Prisma.empty : sql`and "pastDueSinceOn" <= ${daysAgo(minDaysPastDue).toISOString().slice(0, 10)}`,
    ],
    " ",
  );
};
