import { formatMoney } from "../money.ts";
import { lastPaymentClause, type Wording } from "./reminder-words.ts";

export type ReminderValues = {
  readonly firstName: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly what: string;
  readonly payLink: string;
  readonly clubName: string;
  /** The newest that arrived; null = nobody knows one. */
  readonly lastPayment: { readonly amountMinor: bigint; readonly currency: string; readonly onDate: string } | null;
};

const PLACE = /\{(\w+)\}/gu;

/** A reminder as it goes out, but for the line that says how to opt out. What looks like a place in a value stays text. */
export const fillReminder = ({ text }: Wording, values: ReminderValues): string => {
  const fields: Readonly<Record<string, string>> = {
    firstName: values.firstName.trim() || "there",
    amount: formatMoney(`${values.amountMinor}`, values.currency),
    what: values.what,
    payLink: values.payLink,
    clubName: values.clubName,
    lastPayment: lastPaymentClause(values.lastPayment),
  };
  return text.replaceAll(PLACE, (place, name: string) => fields[name] ?? place);
};
