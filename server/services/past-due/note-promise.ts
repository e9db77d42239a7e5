import "server-only";

import { z } from "zod";

import { CalendarDate } from "#server/domain/calendar-date-schema.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { promiseVerdict } from "#server/domain/past-due/promises.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { keepPromise } from "#server/services/past-due/keep-promise.ts";
import { loadDebt } from "#server/services/past-due/load-facts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

export const NotePromiseInput = z.object({
  contactId: idSchema("contact"),
  promisedOn: CalendarDate,
  /** Without it all that is owed. */
  amountMinor: z.bigint().min(1n).nullable().default(null),
});

/** A person of the club notes that somebody promised to pay. @throws `invalid` for a day that is past or so far off that it is a plan */
export const notePromise = async (
  ctx: ServiceContext,
  raw: z.input<typeof NotePromiseInput>,
): Promise<{ readonly promiseId: Id<"paymentPromise"> | null }> => {
  assertCan(ctx, "debt.note");
  const { amountMinor, contactId, promisedOn } = NotePromiseInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const [payerId] = await payersOf(tx, ctx, [contactId]);
    const { club, debt } = payerId === undefined ? { club: null, debt: null } : await loadDebt(tx, ctx, payerId);
    if (club === null || debt === null) {
      throw notFound("member");
    }
    const { currency, dueMinor } = debt.facts;
    if (dueMinor <= 0n) {
      throw new DomainError("precondition_failed", "nothing is owed");
    }
    if (promiseVerdict(promisedOn, { today: club.today, promiseMaxDays: club.settings.promiseMaxDays }) !== "fine") {
      throw new DomainError(
        "invalid",
        `a promise names a day from today to ${club.settings.promiseMaxDays} days from now; what is later is a plan`,
      );
    }
    return { promiseId: await keepPromise(tx, ctx, { contactId: debt.contactId, promisedOn, amountMinor, dueMinor, currency }) };
  });
};
