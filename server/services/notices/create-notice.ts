import "server-only";

import { TZDate } from "@date-fns/tz";

import { addDays, todayIn } from "#server/domain/calendar-date.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { NoticeContent } from "#server/domain/known-hours.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** Chosen by us: a season; what lasts longer is an article. */
const NOTICE_MAX_DAYS = 92;

/** Something that is different for a while: said from the next answer on, and gone by itself at the end of the last day. */
export const createNotice = async (ctx: ServiceContext, raw: NoticeContent): Promise<{ noticeId: Id<"clubNotice"> }> => {
  assertCan(ctx, "knowledge.stop");
  const { text, untilOn } = NoticeContent.parse(raw);
  if (ctx.actor.kind !== "staff") {
    throw new DomainError("forbidden", "a notice is written by a person");
  }
  const createdById = ctx.actor.userId;
  return inTransaction(ctx, async (tx) => {
    const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
    const todayOn = todayIn(timeZone, tx.now);
    if (untilOn < todayOn || untilOn > addDays(todayOn, NOTICE_MAX_DAYS)) {
      throw new DomainError("invalid", `a notice ends between today and ${NOTICE_MAX_DAYS} days from now`);
    }
    const noticeId = newId("clubNotice");
    await tx.db.clubNotice.createMany({
      data: {
        id: noticeId,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        text: stripInvisible(text),
        validFrom: tx.now,
        validUntil: midnightAfter(untilOn, timeZone),
        createdById,
        createdAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "notice.created", entityId: noticeId, details: { untilOn } });
    tx.news.changes.push({ topic: "knowledge" });
    return { noticeId };
  });
};

/** The first instant of the next day on the club's clock. */
const midnightAfter = (date: string, timeZone: string): Date => {
  const [year = 0, month = 1, day = 1] = addDays(date, 1).split("-").map(Number);
  return new Date(new TZDate(year, month - 1, day, timeZone).getTime());
};
