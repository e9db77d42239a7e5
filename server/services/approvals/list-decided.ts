import "server-only";

import { z } from "zod";

import { addDays } from "#server/domain/calendar-date.ts";
import { CalendarDate } from "#server/domain/calendar-date-schema.ts";
import { idSchema } from "#server/domain/ids.ts";
import { DECIDED_STATUSES, type DecidedApproval } from "#server/domain/inbox-view.ts";
import { startOfDay } from "#server/domain/local-time.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";
import { cursorOf, positionOf } from "#server/services/keyset-cursor.ts";

const { empty, sql } = Prisma;

const PAGE_SIZE = 30;
const CURSOR_MAX_LENGTH = 200;

export const ListDecidedInput = z.object({
  status: z.enum(DECIDED_STATUSES).nullable().default(null),
  /** Only what this person decided. */
  userId: idSchema("user").nullable().default(null),
  /** Days of the club's calendar, both included. */
  from: CalendarDate.nullable().default(null),
  until: CalendarDate.nullable().default(null),
  cursor: z.string().max(CURSOR_MAX_LENGTH).nullish(),
});

type DecidedPage = { readonly items: readonly DecidedApproval[]; readonly nextCursor: string | null };
type Row = Omit<DecidedApproval, "by" | "alsoBy"> & { readonly decidedById: string | null; readonly voterIds: readonly string[] };

/** What was decided, by whom and when, newest first; also what nobody decided in its time. @throws `invalid` for a cursor that is none */
export const listDecided = async (ctx: ServiceContext, raw: z.input<typeof ListDecidedInput>): Promise<DecidedPage> => {
  assertCan(ctx, "approval.read");
  const { cursor, from, status, until, userId } = ListDecidedInput.parse(raw);
  const before = typeof cursor === "string" ? positionOf(cursor) : null;
  return withClub(
    ctx,
    async (tx) => {
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      const rows = await tx.db.$queryRaw<Row[]>`
        select decided.*, person."displayName" as "contactName",
               coalesce((select array_agg(v."userId" order by v."votedAt") from "ApprovalVote" v where v."clubId" = ${ctx.clubId} and v."approvalId" = decided.id), '{}') as "voterIds"
        from (
          select a.id, a."effectId", a."conversationId", a.summary, a.status, a."decisionNote" as note, a."decidedById", a."requestedAt",
                 coalesce(a."decidedAt", a."expiresAt") as "decidedAt"
          from "Approval" a where a."clubId" = ${ctx.clubId} and ${status === null ? sql`a.status <> 'pending'` : sql`a.status = ${status}`}
            ${userId === null ? empty : sql`and a."decidedById" = ${userId}`}
            ${from === null ? empty : sql`and coalesce(a."decidedAt", a."expiresAt") >= ${startOfDay(from, timeZone)}`}
            ${until === null ? empty : sql`and coalesce(a."decidedAt", a."expiresAt") < ${startOfDay(addDays(until, 1), timeZone)}`}
            ${before === null ? empty : sql`and (coalesce(a."decidedAt", a."expiresAt"), a.id) < (${before.at}::timestamptz, ${before.id})`}
          order by coalesce(a."decidedAt", a."expiresAt") desc, a.id desc limit ${PAGE_SIZE + 1}) decided
        join "Effect" e on e.id = decided."effectId" and e."clubId" = ${ctx.clubId}
        left join "Contact" person on person.id = e."contactId" and person."clubId" = ${ctx.clubId}
        order by decided."decidedAt" desc, decided.id desc`;
      const page = rows.slice(0, PAGE_SIZE);
      const last = page.at(-1);
      const names = await staffNames(
        tx,
        page.flatMap(({ decidedById, voterIds }) => [decidedById, ...voterIds]),
      );
      return {
        items: page.map(({ decidedById, voterIds, ...row }) => ({
          ...row,
          by: decidedById === null ? null : (names.get(decidedById) ?? null),
          alsoBy: voterIds.flatMap((id) => (id === decidedById ? [] : [names.get(id) ?? "somebody who has left"])),
        })),
        nextCursor: rows.length > PAGE_SIZE && last !== undefined ? cursorOf({ at: last.decidedAt, id: last.id }) : null,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
