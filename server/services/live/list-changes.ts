import "server-only";

import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { z } from "zod";

/** Beyond this many the browser does better to ask for everything on screen again. */
const MAX_CONVERSATIONS = 200;

export const ListChangesInput = z.object({
  /** Number of the newest change the browser knows, as a decimal string. */
  after: z.string().regex(/^\d{1,18}$/, "not a sequence number"),
});

export type Changes = {
  /** Number of the club's newest change, as a decimal string. */
  readonly sequence: string;
  readonly conversationIds: readonly string[];
  /** More was missed than is listed, or the number comes from another life of the database: ask for everything. */
  readonly isTooOld: boolean;
};

/** What a browser missed while it could not hear. Read from the conversations themselves, which outlive the outbox. */
export const listChanges = async (ctx: ServiceContext, raw: z.input<typeof ListChangesInput>): Promise<Changes> => {
  assertCan(ctx, "live.listen");
  const after = BigInt(ListChangesInput.parse(raw).after);
  return withClub(
    ctx,
    async (tx) => {
      // The counter first: what is numbered after it was read is heard of next time, never skipped.
      const { liveSequence } = await tx.db.clubCounter.findFirstOrThrow({ where: { clubId: ctx.clubId }, select: { liveSequence: true } });
      const rows = await tx.db.conversation.findMany({
        where: { clubId: ctx.clubId, clubSequence: { gt: after } },
        orderBy: { clubSequence: "asc" },
        take: MAX_CONVERSATIONS + 1,
        select: { id: true },
      });
      const isTooOld = rows.length > MAX_CONVERSATIONS || after > liveSequence;
      return { sequence: liveSequence.toString(), conversationIds: isTooOld ? [] : rows.map(({ id }) => id), isTooOld };
    },
    { fixedNow: ctx.fixedNow },
  );
};
