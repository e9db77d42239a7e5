import "server-only";

import { addDays, dayText, todayIn } from "#server/domain/calendar-date.ts";
import { countryOf, holidaysBetween } from "#server/domain/public-holidays.ts";
import { newId } from "#server/platform/ids.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** The customer's rule: holidays are asked for two weeks ahead. */
const ASK_DAYS_AHEAD = 14;

/** The card that asks for the hours of a day. */
export const dayAlertKey = (onDate: string): string => `special_day:${onDate}`;

/**
 * Asks for the hours of each public holiday of the next two weeks that nobody was asked about, with one card a day.
 * Run again it asks nothing twice; a day that was missed while nothing ran is asked about late. Returns how many are new.
 */
export const askSpecialDays = async (ctx: ServiceContext): Promise<{ askedCount: number }> => {
  assertCan(ctx, "knowledge.ask");
  return inTransaction(ctx, async (tx) => {
    const { timeZone, currency } = await tx.db.club.findFirstOrThrow({
      where: { id: ctx.clubId },
      select: { timeZone: true, currency: true },
    });
    const todayOn = todayIn(timeZone, tx.now);
    const holidays = holidaysBetween(countryOf(currency), { fromOn: todayOn, untilOn: addDays(todayOn, ASK_DAYS_AHEAD) });
    let askedCount = 0;
    for (const { onDate, name } of holidays) {
      const id = newId("specialDay");
      const { count } = await tx.db.specialDay.createMany({
        data: { id, franchiseId: ctx.franchiseId, clubId: ctx.clubId, onDate, name, status: "asked", createdAt: tx.now },
        skipDuplicates: true,
      });
      if (count === 1) {
        askedCount += 1;
        await recordAudit(tx, ctx, { action: "day.asked", entityId: id, details: { onDate } });
        await raiseAlert(tx, ctx, {
          kind: "holiday_hours",
          severity: "warning",
          key: dayAlertKey(onDate),
          title: `What are your hours on ${name}?`,
          detail: `${dayText(onDate)}. Until somebody says so under Knowledge, Notices & holidays, Spotter does not guess and passes such questions on.`,
        });
        tx.news.changes.push({ topic: "knowledge" });
      }
    }
    return { askedCount };
  });
};
