import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { AlertCard } from "#server/domain/inbox-view.ts";
import type { AlertKind } from "#server/domain/vocabulary.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";

/** Repeated failures share a card, so that more open cards than this means one cause behind many. */
const MAX_CARDS = 100;

/** Open alerts, newest first. */
export const listAlerts = async (ctx: ServiceContext): Promise<readonly AlertCard[]> => {
  assertCan(ctx, "alert.read");
  const { names, rows } = await withClub(
    ctx,
    async (tx) => {
      const found = await tx.db.alert.findMany({
        where: { clubId: ctx.clubId, resolvedAt: null },
        orderBy: [{ openedAt: "desc" }, { id: "desc" }],
        take: MAX_CARDS,
        select: {
          id: true,
          kind: true,
          severity: true,
          title: true,
          detail: true,
          conversationId: true,
          effectId: true,
          openedAt: true,
          count: true,
          acknowledgedAt: true,
          acknowledgedById: true,
        },
      });
      return {
        rows: found,
        names: await staffNames(
          tx,
          found.map(({ acknowledgedById }) => acknowledgedById),
        ),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
  return rows.map(({ acknowledgedAt, acknowledgedById, ...row }) => ({
    ...row,
    acknowledgedBy:
      acknowledgedAt === null ? null : acknowledgedById === null ? "The on-call phone" : (names.get(acknowledgedById) ?? "Somebody"),
    id: row.id as Id<"alert">,
    kind: row.kind as AlertKind,
    severity: row.severity as AlertCard["severity"],
    conversationId: row.conversationId as Id<"conversation"> | null,
    effectId: row.effectId as Id<"effect"> | null,
  }));
};
