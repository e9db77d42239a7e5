import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { TIMELINE_GROUPS, type TimelineEntry, type TimelinePage } from "#server/domain/person-view.ts";
import { withClub } from "#server/platform/tenant.ts";
import { timelineQuery } from "#server/services/contacts/timeline-query.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";
import { cursorOf, positionOf } from "#server/services/keyset-cursor.ts";

export const TIMELINE_PAGE_SIZE = 40;
const CURSOR_MAX_LENGTH = 200;

export const ListTimelineInput = z.object({
  contactId: idSchema("contact"),
  /** Only these; everything where it is empty. */
  groups: z.array(z.enum(TIMELINE_GROUPS)).max(TIMELINE_GROUPS.length).default([]),
  cursor: z.string().max(CURSOR_MAX_LENGTH).nullish(),
});

type Row = Omit<TimelineEntry, "by"> & { readonly userId: string | null };

/** All that happened with one person over all channels and systems, newest first. @throws `not_found`, `invalid` for a cursor that is none */
export const listTimeline = async (ctx: ServiceContext, raw: z.input<typeof ListTimelineInput>): Promise<TimelinePage> => {
  assertCan(ctx, "member.read");
  assertCan(ctx, "conversation.read");
  const { contactId, cursor, groups } = ListTimelineInput.parse(raw);
  const before = typeof cursor === "string" ? positionOf(cursor) : null;
  return withClub(
    ctx,
    async (tx) => {
      if ((await tx.db.contact.count({ where: { id: contactId, clubId: ctx.clubId } })) === 0) {
        throw notFound("person");
      }
      const rows = await tx.db.$queryRaw<Row[]>(
        timelineQuery({ clubId: ctx.clubId, contactId, groups, before, limit: TIMELINE_PAGE_SIZE + 1 }),
      );
      const page = rows.slice(0, TIMELINE_PAGE_SIZE);
      const last = page.at(-1);
      const names = await staffNames(
        tx,
        page.map(({ userId }) => userId),
      );
      return {
        items: page.map(({ userId, ...row }) => ({ ...row, by: userId === null ? null : (names.get(userId) ?? null) })),
        nextCursor: rows.length > TIMELINE_PAGE_SIZE && last !== undefined ? cursorOf({ at: last.at, id: last.id }) : null,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
