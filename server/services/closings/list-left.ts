import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";

/** More than a desk leaves in a day. */
const MAX_ITEMS = 100;

export type LeftItem = {
  readonly id: Id<"closingItem">;
  readonly conversationId: Id<"conversation">;
  readonly contactName: string;
  readonly preview: string;
  readonly waitingSince: Date;
  /** `open`: nobody decided yet; `kept`: a person left it to the next shift; `left`: nobody decided in time. */
  readonly state: "open" | "kept" | "left";
  readonly decidedBy: string | null;
  /** The member was told when somebody answers. */
  readonly isTold: boolean;
};

export type LeftAtClosing = {
  readonly onDate: string;
  readonly closedAt: Date;
  readonly isSettled: boolean;
  readonly items: readonly LeftItem[];
};

/** What staff held and left unanswered when the desk last closed, as far as somebody still waits; null where nothing does. */
export const listLeft = async (ctx: ServiceContext): Promise<LeftAtClosing | null> => {
  assertCan(ctx, "conversation.read");
  return withClub(
    ctx,
    async (tx) => {
      const closing = await tx.db.closing.findFirst({
        where: { clubId: ctx.clubId },
        orderBy: { onDate: "desc" },
        select: { id: true, onDate: true, closedAt: true, settledAt: true },
      });
      if (closing === null) {
        return null;
      }
      const rows = await tx.db.$queryRaw<(Omit<LeftItem, "decidedBy"> & { readonly decidedById: string | null })[]>`
        select i.id, i."conversationId", k."displayName" as "contactName", c."lastMessagePreview" as preview, i."waitingSince", i.state,
               i."decidedById", coalesce(e.status in ('dispatching', 'confirmed'), false) as "isTold"
        from "ClosingItem" i
        join "Conversation" c on c.id = i."conversationId" and c."clubId" = i."clubId"
        join "Contact" k on k.id = c."contactId" and k."clubId" = c."clubId"
        left join "Effect" e on e.id = i."effectId" and e."clubId" = i."clubId"
        where i."clubId" = ${ctx.clubId} and i."closingId" = ${closing.id} and i.state in ('open', 'kept', 'left')
          and c.status = 'open' and c."handledBy" = 'staff' and c."waitingSince" is not null
        order by i."waitingSince", i.id limit ${MAX_ITEMS}`;
      const names = await staffNames(
        tx,
        rows.map(({ decidedById }) => decidedById),
      );
      const items = rows.map(({ decidedById, ...item }) => ({
        ...item,
        decidedBy: decidedById === null ? null : (names.get(decidedById) ?? "Somebody"),
      }));
      const { closedAt, onDate, settledAt } = closing;
      return items.length === 0 ? null : { onDate, closedAt, isSettled: settledAt !== null, items };
    },
    { fixedNow: ctx.fixedNow },
  );
};
