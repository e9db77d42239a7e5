import "server-only";

import { METRICS } from "#server/domain/metrics/definitions.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { z } from "zod";

import { behindOf } from "./behind-rows.ts";
import { resolveWindows } from "./resolve-windows.ts";
import { ListBehindInput } from "./schemas.ts";

const PAGE_SIZE = 50;
const { sql } = Prisma;

export type BehindRow = {
  /** Its place in the whole list, from 0: one conversation may stand behind a number several times. */
  readonly place: number;
  /** Null for what belongs to no conversation, such as an opt-out by a link. */
  readonly conversationId: Id<"conversation"> | null;
  readonly contactName: string | null;
  readonly channelKind: ChannelKind | null;
  readonly preview: string;
  readonly at: Date;
  /** In the unit of the metric: seconds waited, a score, an amount. */
  readonly detail: number | null;
};

export type BehindPage = { readonly items: readonly BehindRow[]; readonly totalCount: number; readonly nextCursor: number | null };

type Row = Omit<BehindRow, "conversationId" | "place"> & { readonly conversationId: string | null; readonly total: number };

/** What stands behind one number: the largest first where each row has its own, else the newest. */
export const listBehind = async (ctx: ServiceContext, raw: z.input<typeof ListBehindInput>): Promise<BehindPage> => {
  assertCan(ctx, "report.read");
  const { cursor, metric, period } = ListBehindInput.parse(raw);
  const behind = behindOf(metric);
  if (behind === null) {
    return { items: [], totalCount: 0, nextCursor: null };
  }
  const offset = cursor ?? 0;
  const rows = await withClub(
    ctx,
    async (tx) => {
      const { now, timeZone } = await resolveWindows(tx, ctx, period);
      const { currency } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { currency: true } });
      const chosen = behind({ scope: { clubId: ctx.clubId, timeZone, window: now }, now: tx.now, currency });
      return tx.db.$queryRaw<Row[]>`
        select p."conversationId", p.at, p.detail, p.total, t."displayName" as "contactName", h.kind as "channelKind",
          coalesce(c."lastMessagePreview", '') as preview
        from (select b.*, count(*) over ()::int as total from (${chosen}) b ${orderOf(metric)} offset ${offset}::int limit ${PAGE_SIZE}::int) p
        left join "Conversation" c on c.id = p."conversationId" and c."clubId" = ${ctx.clubId}
        left join "Contact" t on t.id = c."contactId" and t."clubId" = ${ctx.clubId}
        left join "Channel" h on h.id = c."channelId" and h."clubId" = ${ctx.clubId}
        ${orderOf(metric, sql`p`)}`;
    },
    { fixedNow: ctx.fixedNow },
  );
  const totalCount = rows[0]?.total ?? 0;
  return {
    items: rows.map(({ total: _total, conversationId, ...row }, index) => ({
      ...row,
      place: offset + index,
      conversationId: conversationId === null ? null : asId("conversation", conversationId),
    })),
    totalCount,
    nextCursor: offset + rows.length < totalCount ? offset + rows.length : null,
  };
};

/** The worst first where a number is good or bad by itself. */
const orderOf = (metric: keyof typeof METRICS, row: Prisma.Sql = sql`b`): Prisma.Sql =>
  METRICS[metric].unit === "score"
    ? sql`order by ${row}.detail asc, ${row}.at desc, ${row}."conversationId"`
    : sql`order by ${row}.detail desc nulls last, ${row}.at desc, ${row}."conversationId"`;
