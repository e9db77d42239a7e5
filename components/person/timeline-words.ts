import { capitalize, formatCalendarDate, words } from "#components/lib/format.ts";
import { EVENT_LABELS } from "#components/lib/labels.ts";
import { formatMoney } from "#server/domain/money.ts";
import type { TimelineEntry, TimelineGroup } from "#server/domain/person-view.ts";

export const GROUP_LABELS = {
  talk: "Messages and calls",
  money: "Money",
  visits: "Visits and doors",
  decisions: "Approvals",
  consents: "Consents",
} as const satisfies Record<TimelineGroup, string>;

/** Kinds of holds as people of the club call them. */
export const HOLD_LABELS: ReadonlyMap<string, string> = new Map([
  ["plan", "Payment plan"],
  ["hardship", "Hardship"],
  ["dispute", "Dispute"],
  ["paid_claim", "Says it is paid"],
  ["exemption", "Exception"],
]);

const AUTHORS: ReadonlyMap<string, string> = new Map([
  ["contact", "Wrote"],
  ["agent", "Spotter answered"],
  ["workflow", "Spotter wrote"],
  ["system", "Spotter wrote"],
  ["staff", "The club wrote"],
]);

const TIERS: ReadonlyMap<string, string> = new Map([
  ["friendly", "Friendly reminder"],
  ["firm", "Firm reminder"],
  ["final", "Last reminder"],
  ["call", "Call about the debt"],
]);

const UNLOCKS: ReadonlyMap<string, string> = new Map([
  ["paid", "Let in again: paid"],
  ["exemption", "Let in again: an exception"],
  ["person", "Let in again by a person"],
]);

const amountOf = ({ amountMinor, currency }: TimelineEntry): string =>
  amountMinor === null || currency === null ? "" : formatMoney(amountMinor, currency);

const eventWords = (code: string): string => Object.entries(EVENT_LABELS).find(([known]) => known === code)?.[1] ?? words(code);

/** In a few words what a line of the story is; the words of a message stand below it. */
export const titleOf = (entry: TimelineEntry): string => {
  const amount = amountOf(entry);
  switch (entry.kind) {
    case "message":
      return AUTHORS.get(entry.code) ?? "Wrote";
    case "call":
      return "Called, and nobody answered";
    case "note":
      return "Note of the club";
    case "event":
      return capitalize(eventWords(entry.code));
    case "reminder":
      return `${TIERS.get(entry.code) ?? "Reminder"}: ${amount}`;
    case "payment":
      return `Payment of ${amount}, ${words(entry.code)}`;
    case "pay_request":
      return `${entry.code === "invoice" ? "Invoice" : "Payment link"} for ${amount}, ${words(entry.state ?? "open")}`;
    case "promise":
      return `Promised ${amount === "" ? "to pay all of it" : amount} by ${formatCalendarDate(entry.text)}, ${words(entry.code)}`;
    case "hold":
      return `${HOLD_LABELS.get(entry.code) ?? capitalize(words(entry.code))}${entry.state === "released" ? ", ended since" : ""}`;
    case "visit":
      return "Was at the club";
    case "booking":
      return `${entry.text}, ${words(entry.state ?? "booked")}`;
    case "lock":
      return `Locked out over ${amount}`;
    case "unlock":
      return UNLOCKS.get(entry.code) ?? "Let in again";
    case "door":
      return entry.code === "confirmed" ? "A door was opened for this person" : `A door was asked for, ${words(entry.code)}`;
    case "approval":
      return `Approval ${words(entry.code)}`;
    case "consent":
      return `${entry.state === "granted" ? "Agreed to" : "Refused"} ${purposeWords(entry.code)} by ${channelWords(entry.channelKind)}`;
  }
};

/** The words below a title; where the title has said it all there are none. */
export const bodyOf = ({ kind, text }: TimelineEntry): string =>
  ["promise", "booking", "visit", "lock", "unlock", "door"].includes(kind) ? "" : text;

const PURPOSES: ReadonlyMap<string, string> = new Map([
  ["service", "service messages"],
  ["billing", "messages about bills"],
  ["marketing", "offers"],
  ["collections", "messages about debts"],
]);

export const purposeWords = (purpose: string): string => PURPOSES.get(purpose) ?? words(purpose);

export const channelWords = (channel: string | null): string => {
  const known: ReadonlyMap<string | null, string> = new Map([
    ["sms", "text"],
    ["email", "e-mail"],
    ["clubos", "ClubOS"],
  ]);
  return known.get(channel) ?? words(channel ?? "");
};
