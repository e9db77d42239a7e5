import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { DaySpans } from "#server/domain/policy.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

import { dayAlertKey } from "./ask-special-days.ts";

export const DecideSpecialDayInput = z.object({
  specialDayId: idSchema("specialDay"),
  decision: z.discriminatedUnion("status", [
    z.object({ status: z.literal("closed") }),
    z.object({ status: z.literal("usual") }),
    z.object({ status: z.literal("open"), openSpans: DaySpans.min(1, "say from when to when"), staffedSpans: DaySpans }),
  ]),
});

/** Tells Spotter the hours of a special day; said from the next answer on, and open to another decision later. @throws `not_found` */
export const decideSpecialDay = async (ctx: ServiceContext, raw: z.input<typeof DecideSpecialDayInput>): Promise<void> => {
  assertCan(ctx, "knowledge.write");
  const { specialDayId, decision } = DecideSpecialDayInput.parse(raw);
  const spans =
    decision.status === "open"
      ? { openSpans: [...decision.openSpans], staffedSpans: [...decision.staffedSpans] }
      : { openSpans: [], staffedSpans: [] };
  await inTransaction(ctx, async (tx) => {
    const where = { id: specialDayId, clubId: ctx.clubId };
    const { count } = await tx.db.specialDay.updateMany({
      where,
      data: { status: decision.status, ...spans, decidedAt: tx.now, decidedById: staffUserId(ctx) },
    });
    if (count === 0) {
      throw notFound("special day");
    }
    const { onDate } = await tx.db.specialDay.findFirstOrThrow({ where, select: { onDate: true } });
    await settleAlert(tx, ctx, dayAlertKey(onDate));
    await recordAudit(tx, ctx, { action: "day.decided", entityId: specialDayId, details: { status: decision.status } });
    tx.news.changes.push({ topic: "knowledge" });
  });
};
