import "server-only";

import { SEGMENTS, type SegmentSummary } from "#server/domain/people-view.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { segmentCount, segmentQuery } from "#server/services/members/segments.ts";

/** A segment is counted no further: no club has so many, and the count must stay cheap. */
export const SEGMENT_COUNT_CAP = 50_000;
const SAMPLE_SIZE = 3;

/** How many people each segment holds, and the newest few of them by name. */
export const summarizeSegments = (ctx: ServiceContext): Promise<readonly SegmentSummary[]> => {
  assertCan(ctx, "member.read");
  return withClub(
    ctx,
    async (tx) => {
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      const summaries: SegmentSummary[] = [];
      for (const segment of SEGMENTS) {
        const query = { clubId: ctx.clubId, segment, now: tx.now, timeZone };
        const [counted] = await tx.db.$queryRaw<{ count: number }[]>(segmentCount({ ...query, limit: SEGMENT_COUNT_CAP }));
        const sample = await tx.db.$queryRaw<{ firstName: string; lastName: string }[]>(
          segmentQuery({ ...query, before: null, limit: SAMPLE_SIZE }),
        );
        summaries.push({
          segment,
          count: counted?.count ?? 0,
          names: sample.map(({ firstName, lastName }) => `${firstName} ${lastName}`.trim()),
        });
      }
      return summaries;
    },
    { fixedNow: ctx.fixedNow },
  );
};
