import "server-only";

import { z } from "zod";

import { asId, type Id } from "#server/domain/ids.ts";
import type { NotificationKind } from "#server/domain/notification-words.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { cursorOf, positionOf } from "#server/services/keyset-cursor.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

const PAGE_SIZE = 20;
/** More unread ones than this are shown as this many. */
const COUNT_MAX = 100;

export const ListNotificationsInput = z.object({ cursor: z.string().max(200).nullish() });

type NotificationRow = {
  readonly id: Id<"notification">;
  readonly kind: NotificationKind;
  readonly title: string;
  readonly detail: string;
  readonly path: string;
  readonly createdAt: Date;
  /** Nobody has looked, and it is still to be done. */
  readonly isUnread: boolean;
  /** Somebody has done it. */
  readonly isSettled: boolean;
};

type NotificationPage = { readonly items: readonly NotificationRow[]; readonly nextCursor: string | null };

/** What I was told of in this club, newest first. */
export const listNotifications = async (ctx: ServiceContext, raw: z.input<typeof ListNotificationsInput>): Promise<NotificationPage> => {
  assertCan(ctx, "notification.own");
  const { cursor } = ListNotificationsInput.parse(raw);
  const after = cursor == null ? null : positionOf(cursor);
  const rows = await withClub(
    ctx,
    (tx) =>
      tx.db.notification.findMany({
        where: {
          clubId: ctx.clubId,
          userId: staffOf(ctx),
          isListed: true,
          ...(after === null ? {} : { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }),
        },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: PAGE_SIZE + 1,
        select: { id: true, kind: true, title: true, detail: true, path: true, createdAt: true, readAt: true, settledAt: true },
      }),
    { fixedNow: ctx.fixedNow },
  );
  const shown = rows.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  return {
    items: shown.map(({ kind, readAt, settledAt, ...row }) => ({
      ...row,
      id: asId("notification", row.id),
      kind: kind as NotificationKind,
      isUnread: readAt === null && settledAt === null,
      isSettled: settledAt !== null,
    })),
    nextCursor: rows.length > PAGE_SIZE && last !== undefined ? cursorOf({ at: last.createdAt, id: last.id }) : null,
  };
};

/** How many of mine are unread, counted up to a hundred. */
export const countUnread = async (ctx: ServiceContext): Promise<number> => {
  assertCan(ctx, "notification.own");
  return withClub(
    ctx,
    async (tx) => {
      const where = { clubId: ctx.clubId, userId: staffOf(ctx), isListed: true, readAt: null, settledAt: null };
      return (await tx.db.notification.findMany({ where, take: COUNT_MAX, select: { id: true } })).length;
    },
    { fixedNow: ctx.fixedNow },
  );
};
