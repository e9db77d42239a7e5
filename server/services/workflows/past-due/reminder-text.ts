import { todayIn } from "#server/domain/calendar-date.ts";
import type { Tier } from "#server/domain/past-due/facts.ts";
import { fillReminder } from "#server/domain/past-due/fill-reminder.ts";
import { chooseWording, REMINDER_WORDINGS } from "#server/domain/past-due/reminder-words.ts";
import { withOptOut } from "#server/domain/workflows/merge-fields.ts";
import type { Debt } from "#server/services/past-due/load-facts.ts";

type Place = { readonly tier: Tier; readonly clubName: string; readonly payLink: string };

/** The words of one more reminder, which this payer has not had in the episode; null = there are none left. */
export const reminderText = (debt: Debt, { clubName, payLink, tier }: Place): { readonly key: string; readonly text: string } | null => {
  const { facts, lastPayment, usedWordings, what } = debt;
  const wording = chooseWording(REMINDER_WORDINGS[tier], { usedKeys: usedWordings, choose: numberOf(debt.contactId) });
  if (wording === null) {
    return null;
  }
  const text = fillReminder(wording, {
    firstName: debt.payer.firstName,
    amountMinor: facts.dueMinor,
    currency: facts.currency,
    what,
    payLink,
    clubName,
    lastPayment: lastPayment === null ? null : { ...lastPayment, onDate: todayIn(facts.timeZone, lastPayment.at) },
  });
  return { key: wording.key, text: withOptOut(text) };
};

/** A number of a person that stays the same, so that not everybody begins with the same wording. */
const numberOf = (contactId: string): number => [...contactId].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
