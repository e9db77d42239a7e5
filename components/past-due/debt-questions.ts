import { addDays } from "#server/domain/calendar-date.ts";

/** What one deed about a debt asks for. */
export type DebtQuestion = {
  readonly title: string;
  readonly about: string;
  readonly button: string;
  readonly isGrave?: boolean;
  readonly kinds?: readonly { readonly value: string; readonly label: string }[];
  readonly on?: {
    readonly label: string;
    readonly hint: string;
    readonly isRequired: boolean;
    readonly min: string;
    readonly max?: string;
  };
  readonly amount?: { readonly label: string; readonly hint: string };
  /** Null = none is asked for. */
  readonly reason: { readonly label: string; readonly hint: string; readonly isRequired: boolean } | null;
};

const WHY = { label: "Reason", hint: "Your colleagues see it, and it is kept.", isRequired: true } as const;

/** What asks nothing that depends on the day or the club. */
const FIXED = {
  dispute: {
    title: "Mark as disputed",
    about: "No reminder, invoice, lock or referral until somebody settles the dispute.",
    button: "Mark as disputed",
    reason: { ...WHY, label: "What is disputed" },
  },
  settle: {
    title: "Settle the dispute",
    about: "The ladder goes on with its next run, with the balance as it stands then.",
    button: "Settle it",
    reason: { ...WHY, label: "How it was settled" },
  },
  lift: { title: "Lift this pause", about: "The ladder goes on with its next run.", button: "Lift it", reason: WHY },
  withdraw: {
    title: "Take back the promise",
    about: "It counts as neither kept nor broken. The ladder goes on with its next run.",
    button: "Take it back",
    reason: WHY,
  },
  unlock: {
    title: "Unlock the door",
    about: "Lets this member in again now, whatever is owed. Spotter asks for your password if you signed in a while ago.",
    button: "Unlock the door",
    reason: WHY,
  },
  call: {
    title: "Log a call",
    about: "A call counts as an attempt on the ladder.",
    button: "Log the call",
    reason: { label: "Note", hint: "What came of it. It may stay empty.", isRequired: false },
  },
  remind: {
    title: "Send a reminder now",
    about: "The reminder that is next on the ladder goes out at once, or waits for an hour at which this person may be written to.",
    button: "Send it",
    reason: null,
  },
} as const satisfies Record<string, DebtQuestion>;

type Days = { readonly today: string; readonly promiseMaxDays: number; readonly currency: string };

/** Everything a person may do about a debt, as questions. */
export const questionsFor = ({ currency, promiseMaxDays, today }: Days) => {
  const untilDay = (hint: string) => ({ label: "Until the end of", hint, isRequired: false, min: today });
  return {
    ...FIXED,
    promise: {
      title: "Record a promise",
      about: "Nothing is sent, locked or referred until the day has passed. On the day itself one friendly line goes out.",
      button: "Record the promise",
      on: {
        label: "Pays by",
        hint: `Up to ${promiseMaxDays} days from now; what is later is a plan.`,
        isRequired: true,
        min: today,
        max: addDays(today, promiseMaxDays),
      },
      amount: { label: `Amount in ${currency}`, hint: "Leave it empty for all that is owed." },
      reason: null,
    },
    pause: {
      title: "Pause the ladder",
      about: "No reminder, invoice, lock or referral while the pause holds.",
      button: "Pause",
      kinds: [
        { value: "plan", label: "A payment plan was agreed" },
        { value: "hardship", label: "Told us of hardship" },
        { value: "paid_claim", label: "Says it is paid, we check" },
      ],
      on: untilDay(
        "Leave it empty to pause until somebody lifts it. A payment that is being checked pauses for as long as the settings say.",
      ),
      reason: WHY,
    },
    exempt: {
      title: "Exempt from locking",
      about: "Whoever is locked out over this debt is let in at once. Reminders, invoices and a referral stay away as well while it holds.",
      button: "Exempt",
      on: untilDay("Leave it empty to exempt until somebody lifts it."),
      reason: WHY,
    },
  } as const satisfies Record<string, DebtQuestion>;
};

export type DebtDeed = keyof ReturnType<typeof questionsFor>;
