import "server-only";

import { TZDate } from "@date-fns/tz";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { OPEN, type DebtGate, type GatedDeed } from "#server/services/access/lock-gate.ts";
import { lockSettings } from "#server/services/access/lock-settings.ts";
import { loadDebt } from "#server/services/past-due/load-facts.ts";

/**
 * A warning that names a day goes out only while the day is far enough off, and while the debt that it is about is there. One that was
 * held up is dropped, and the next run names a later day.
 */
export const warningGate = async (tx: ServiceTx, ctx: ServiceContext, effect: GatedDeed): Promise<DebtGate> => {
  if (effect.purpose !== "service") {
    return OPEN;
  }
  const warning = await tx.db.lockWarning.findFirst({
    where: { clubId: ctx.clubId, effectId: effect.id },
    select: { contactId: true, namesOn: true },
  });
  if (warning === null) {
    return OPEN;
  }
  const { club, debt } = await loadDebt(tx, ctx, warning.contactId);
  if (debt === null || debt.facts.dueMinor <= 0n) {
    return { kind: "suppress", reason: "warning_late", detail: "nothing_due" };
  }
  const { door } = await lockSettings(tx, ctx, club);
  const [year = 0, month = 1, day = 1] = warning.namesOn.split("-").map(Number);
  // The day's end: somebody is locked out at its staffed hours, which lie before.
  const dayEnds = new TZDate(year, month - 1, day + 1, club.timeZone).getTime();
  return dayEnds - tx.now.getTime() < door.warningHours * 3_600_000
    ? { kind: "suppress", reason: "warning_late", detail: "date_ahead" }
    : OPEN;
};
