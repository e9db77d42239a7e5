import "server-only";

import { addDays, todayIn } from "#server/domain/calendar-date.ts";
import { DECIDE_WITHIN_MINUTES, lastClosing } from "#server/domain/closing.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { settleItem } from "#server/services/closings/settle-item.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { specialDaysFrom } from "#server/services/knowledge/known-today.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

const MINUTE_MS = 60_000;
/** More than staff leave in a day. */
const MAX_ITEMS = 500;

/**
 * Lists what staff left unanswered once the club's desk has closed, and half an hour later leaves to the next shift what nobody
 * decided. One list a club and day, however often and by how many it is run.
 */
export const closeShift = async (ctx: ServiceContext): Promise<{ readonly isNew: boolean; readonly toldCount: number }> => {
  assertCan(ctx, "alert.raise");
  const isNew = await inTransaction(ctx, (tx) => list(tx, ctx));
  let toldCount = 0;
  for (const itemId of await inTransaction(ctx, (tx) => dueItems(tx, ctx))) {
    const effectId = await inTransaction(ctx, (tx) => settleItem(tx, ctx, itemId));
    if (effectId !== null) {
      await dispatchEffect(ctx, { effectId });
      toldCount += 1;
    }
  }
  await inTransaction(ctx, (tx) => settle(tx, ctx));
  return { isNew, toldCount };
};

const list = async (tx: ServiceTx, ctx: ServiceContext): Promise<boolean> => {
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  const { policy } = await resolvedPolicy(tx, ctx);
  const specialDays = await specialDaysFrom(tx, ctx, addDays(todayIn(timeZone, tx.now), -1));
  const closing = lastClosing({ timeZone, staffed: policy.hours.staffed, specialDays }, tx.now);
  if (closing === null) {
    return false;
  }
  const id = newId("closing");
  const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId, createdAt: tx.now };
  const { count } = await tx.db.closing.createMany({ data: { id, ...scope, ...closing }, skipDuplicates: true });
  if (count === 0) {
    return false;
  }
  const left = await tx.db.conversation.findMany({
    where: {
      clubId: ctx.clubId,
      status: "open",
      handledBy: "staff",
      waitingSince: { not: null },
      archivedAt: null,
      contact: { isAgentOff: false },
    },
    orderBy: { waitingSince: "asc" },
    take: MAX_ITEMS,
    select: { id: true, waitingSince: true },
  });
  await tx.db.closingItem.createMany({
    data: left.flatMap((conversation) =>
      conversation.waitingSince === null
        ? []
        : {
            id: newId("closingItem"),
            ...scope,
            closingId: id,
            conversationId: conversation.id,
            waitingSince: conversation.waitingSince,
            state: "open",
          },
    ),
  });
  await recordAudit(tx, ctx, { action: "closing.listed", entityId: id, details: { itemCount: left.length } });
  tx.news.changes.push({ topic: "conversation" });
  return true;
};

const overdue = (tx: ServiceTx, { clubId }: ServiceContext) => ({
  clubId,
  settledAt: null,
  createdAt: { lte: new Date(tx.now.getTime() - DECIDE_WITHIN_MINUTES * MINUTE_MS) },
});

/** What is still undecided when its time is over, and what a person kept: in both somebody waits for the next shift. */
const dueItems = async (tx: ServiceTx, ctx: ServiceContext): Promise<readonly Id<"closingItem">[]> => {
  const rows = await tx.db.closingItem.findMany({
    where: { clubId: ctx.clubId, state: { in: ["open", "kept"] }, effectId: null, closing: overdue(tx, ctx) },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return rows.map(({ id }) => id as Id<"closingItem">);
};

const settle = async (tx: ServiceTx, ctx: ServiceContext): Promise<void> => {
  const due = await tx.db.closing.findMany({ where: overdue(tx, ctx), select: { id: true } });
  for (const { id } of due) {
    const { count } = await tx.db.closing.updateMany({ where: { id, ...overdue(tx, ctx) }, data: { settledAt: tx.now } });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "closing.settled", entityId: id });
      tx.news.changes.push({ topic: "conversation" });
    }
  }
};
