import { formatMoney } from "../money.ts";

type Person = { readonly firstName: string; readonly clubName: string };
type Amount = { readonly amountMinor: bigint; readonly currency: string };

const nameOf = ({ firstName }: Person): string => firstName.trim() || "there";

/** The friendly line on the promised day. */
export const promiseReminderText = (
  person: Person,
  { amountMinor, currency, payLink }: Amount & { readonly payLink: string | null },
): string => {
  const way = payLink === null ? "" : ` You can pay with this link: ${payLink}\n`;
  return `Hi ${nameOf(person)}, ${person.clubName} here: today is the day you wanted to take care of ${formatMoney(`${amountMinor}`, currency)}.${way}${payLink === null ? " " : ""}If something came up, just reply and we will help, thank you!`;
};

/** What is said once what was promised has arrived. */
export const promiseThanksText = (person: Person): string =>
  `Hi ${nameOf(person)}, your payment arrived at ${person.clubName}, just as you said. Thank you, and reply here if there is anything else we can help with!`;

/** What is said once a payment that somebody told of is found in the books. */
export const paidClaimThanksText = (person: Person): string =>
  `Hi ${nameOf(person)}, we checked and your payment is there. Thank you from ${person.clubName}, and sorry for the reminder. Reply here if there is anything else we can help with!`;
