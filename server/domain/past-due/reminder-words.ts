import { monthDayText } from "../calendar-date.ts";
import { formatMoney } from "../money.ts";
import type { Tier } from "./facts.ts";

/** What code fills in. `{lastPayment}` is a clause in brackets with a blank before it, or nothing. */
export const REMINDER_FIELDS = ["firstName", "amount", "what", "payLink", "clubName", "lastPayment"] as const;

export type Wording = {
  /** Stored with what was sent; never given to another text. */
  readonly key: string;
  readonly text: string;
};

/**
 * What is sent where the model writes nothing usable. Six of each tier, as many as an episode can have reminders. Each has the first
 * name, the exact amount, what it is for, the club's name, the link, an offer of help and thanks; a line break follows the link, so that no phone
 * takes the next word for a part of it.
 */
export const REMINDER_WORDINGS: Readonly<Record<Tier, readonly Wording[]>> = {
  friendly: [
    {
      key: "friendly_1",
      text: "Hi {firstName}, a quick note from {clubName}: {amount} for {what} is still open{lastPayment}. You can take care of it here: {payLink}\nIf anything is in the way, just reply and we will help, thank you!",
    },
    {
      key: "friendly_2",
      text: "Hello {firstName}, it looks like {amount} for {what} at {clubName} did not go through{lastPayment}, which happens easily. Paying takes a minute with this link: {payLink}\nThanks, and text us back here if you have a question or need help!",
    },
    {
      key: "friendly_3",
      text: "Hi {firstName}, thanks for training at {clubName}! We noticed that {amount} for {what} is open{lastPayment}; this link settles it: {payLink}\nIf there was a mistake or the timing is bad, reply and we are happy to help.",
    },
    {
      key: "friendly_4",
      text: "Hey {firstName}, just a friendly nudge from {clubName} about {amount} for {what}{lastPayment}. Whenever you have a moment: {payLink}\nThank you, and if something is not right or you need more time, tell us here and we will help.",
    },
    {
      key: "friendly_5",
      text: "Hi {firstName}, {clubName} here: {amount} for {what} is waiting{lastPayment}, and you can pay it in a minute with this link: {payLink}\nIf you need a hand or see it differently, a short reply is enough, thank you!",
    },
    {
      key: "friendly_6",
      text: "Good to have you at {clubName}, {firstName}! One small thing: {amount} for {what} is not paid yet{lastPayment}, here is the link: {payLink}\nThank you, and please ask if you would like help with it.",
    },
  ],
  firm: [
    {
      key: "firm_1",
      text: "Hi {firstName}, {amount} for {what} at {clubName} is still unpaid{lastPayment}. Please take care of it this week here: {payLink}\nIf that is difficult right now, reply and we will help you find a way, thank you.",
    },
    {
      key: "firm_2",
      text: "Hello {firstName}, {clubName} has written about this before: {amount} for {what} remains open{lastPayment}. Please pay with this link in the next few days: {payLink}\nThank you, and if something is wrong with the amount or you need help, tell us here.",
    },
    {
      key: "firm_3",
      text: "{firstName}, this is {clubName} about {amount} for {what}, which has not arrived yet{lastPayment}. Please settle it soon: {payLink}\nIf you need more time or help with it, reply and a person reads it, thank you.",
    },
    {
      key: "firm_4",
      text: "Hi {firstName}, {clubName} still shows {amount} unpaid for {what}{lastPayment}, and we would like to sort it out with you. Please pay here: {payLink}\nThank you, and if you cannot pay all of it now, reply so that we can help.",
    },
    {
      key: "firm_5",
      text: "Hello {firstName}, {amount} for {what} needs your attention{lastPayment}. This link is the quickest way to clear it: {payLink}\nIf you have paid or need help, a reply to {clubName} is all it takes, thank you.",
    },
    {
      key: "firm_6",
      text: "Hi {firstName}, please remember the {amount} for {what} that is open at {clubName}{lastPayment}. You can clear it today with this link: {payLink}\nThanks for taking care of it, and tell us here if we can help.",
    },
  ],
  final: [
    {
      key: "final_1",
      text: "{firstName}, this is our last reminder about {amount} for {what} at {clubName}{lastPayment}. Please pay now: {payLink}\nIf you cannot, reply today and we will help you with a solution, thank you.",
    },
    {
      key: "final_2",
      text: "Hello {firstName}, {amount} for {what} is long overdue{lastPayment}. Please settle it now so that your membership at {clubName} can simply go on: {payLink}\nReply if you need help, a person reads every answer. Thank you.",
    },
    {
      key: "final_3",
      text: "Hi {firstName}, {clubName} still has no payment of {amount} for {what}{lastPayment}, and we do not want to leave it there. Please pay today: {payLink}\nIf money is tight or the amount is wrong, tell us here and we will help, thank you.",
    },
    {
      key: "final_4",
      text: "{firstName}, {amount} for {what} must be settled now{lastPayment}. Please use this link today: {payLink}\n{clubName} would much rather help you than leave it open, so please reply if you cannot pay, thank you.",
    },
    {
      key: "final_5",
      text: "Hello {firstName}, please do not leave this one: {amount} for {what} at {clubName} has been open for long{lastPayment}. The link to pay: {payLink}\nTell us today if you need help or have paid in the meantime, thank you.",
    },
    {
      key: "final_6",
      text: "{firstName}, we have asked several times for {amount} for {what}{lastPayment}. Please pay it today here: {payLink}\nIf something stands in the way, answer this text so that {clubName} can help, thank you.",
    },
  ],
};

/**
 * The wording for one more reminder: never one that this person has had in the episode.
 * @param usedKeys of all reminders of the episode whose fate is confirmed or unknown, in any order
 * @param choose any whole number of 0 or more, such as one from the person's id, so that not everybody begins with the same one
 * @returns null = every wording of the tier was used
 */
export const chooseWording = (
  wordings: readonly Wording[],
  { usedKeys, choose }: { readonly usedKeys: readonly string[]; readonly choose: number },
): Wording | null => {
  const fresh = wordings.filter(({ key }) => !usedKeys.includes(key));
  return fresh[choose % Math.max(1, fresh.length)] ?? null;
};

/** ` (your last payment of $39.99 arrived on October 3)`, or nothing where nobody knows one. */
export const lastPaymentClause = (
  payment: { readonly amountMinor: bigint; readonly currency: string; readonly onDate: string } | null,
): string => {
  if (payment === null) {
    return "";
  }
  return ` (your last payment of ${formatMoney(`${payment.amountMinor}`, payment.currency)} arrived on ${monthDayText(payment.onDate)})`;
};
