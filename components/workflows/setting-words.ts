import type { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";

export type KindWithSettings = keyof typeof WORKFLOW_SETTINGS;

/** `money` is kept in minor units and shown in the club's currency; `time` is a minute of the club's day. */
export type SettingUnit = "money" | "time" | "switch" | (string & {});

export type SettingWords = {
  readonly label: string;
  /** What it does, in a sentence. */
  readonly about: string;
  readonly unit: SettingUnit;
};

type Words = Readonly<Record<string, SettingWords>>;

const words = (label: string, unit: SettingUnit, about: string): SettingWords => ({ label, unit, about });

const CAMPAIGNS: Words = {
  greenDays: words("New for", "days", "Who joined so many days ago, or fewer, counts as new and gets the welcome once."),
  payPerVisitEveryDays: words("Pay per visit, every", "days", "So many days pass between two notes to a pay-per-visit guest."),
  prospectEveryDays: words("Prospects, every", "days", "So many days pass between two notes to a prospect, the welcome included."),
  "groups.green": words("Welcome new members", "switch", "Off: new members get nothing from this workflow."),
  "groups.pay_per_visit": words("Write to pay-per-visit guests", "switch", "Off: pay-per-visit guests get nothing from this workflow."),
  "groups.prospect": words("Write to prospects", "switch", "Off: prospects get nothing from this workflow."),
  maxPerRun: words("At most in a run", "messages", "Whoever comes after them waits for the next run."),
  maxPerDay: words("At most in a day", "messages", "All runs of a day together; the rest waits for the next day."),
  tellsOfFailures: words(
    "Tell the manager of failures",
    "switch",
    "A text, an e-mail and the team’s channel, when something could not be sent.",
  ),
};

const PAST_DUE: Words = {
  remindFromMinor: words("Remind from", "money", "Smaller debts are left alone."),
  firmFromMinor: words("Firm from", "money", "From this amount on the reminder is firm."),
  finalFromMinor: words("Final from", "money", "From this amount on the reminder is final."),
  firmFromAttempts: words("Firm after", "attempts", "From so many reminders on the next one is firm, whatever is owed."),
  finalFromAttempts: words("Final after", "attempts", "From so many reminders on the next one is final, whatever is owed."),
  urgentFromMinor: words("Urgent from", "money", "Together with the attempts below: an urgent note, and a request to lock the door."),
  urgentFromAttempts: words("Urgent after", "attempts", "Together with the amount above."),
  endsAtAttempts: words("Stop after", "attempts", "Then Spotter writes no more and lists the case for the manager."),
  firstNoticeFriendly: words("First notice is friendly", "switch", "The first reminder of a debt is friendly, however much is owed."),
  pauseHours: words("Pause between texts", "hours", "So long nobody gets a second text about money."),
  mostTextsIn7Days: words(
    "At most in seven days",
    "texts",
    "Texts about money to one person; the law’s ceiling is three, and it can only be lowered.",
  ),
  paidClaimHours: words("Believe “I paid already” for", "hours", "Nothing is sent while the payment is looked for."),
  balanceMaxAgeMinutes: words(
    "A balance is good for",
    "minutes",
    "An older balance holds everything until it was read again; it can only be lowered.",
  ),
  promiseGraceDays: words(
    "Grace after a promise",
    "days",
    "Payments reach the books late; a promise counts as broken only after so many days.",
  ),
  promiseMaxDays: words("A promise reaches", "days", "One that lies farther ahead is a plan, and a person agrees to plans."),
};

const ESCALATION: Words = {
  fromMinor: words("Smallest case", "money", "Smaller debts are only counted."),
  overMinor: words("More than", "money", "Whoever owes more is brought to the manager."),
  attemptsIn30Days: words("Attempts within 30 days", "attempts", "So many reminders without an answer bring a case to the manager."),
  overDays: words("Longer than", "days", "Whoever is past due for more days is brought to the manager."),
  failedSends: words("Failed reminders", "failures", "So many reminders that did not arrive bring a case to the manager."),
};

const REFERRAL: Words = {
  fromMinor: words("From", "money", "Smaller debts are never referred."),
  fromAttempts: words("After", "attempts", "So many reminders must have gone out before."),
  fromDays: words("Past due for", "days", "So many days at least."),
};

const INVOICES: Words = {
  fromMinor: words("Invoice from", "money", "Smaller debts get no invoice."),
  secondFromMinor: words("Second range from", "money", "Where the second range of the report begins."),
  thirdFromMinor: words("Third range from", "money", "Where the third range of the report begins."),
  fourthFromMinor: words("Fourth range from", "money", "Where the last range of the report begins."),
};

const DOOR_ACCESS: Words = {
  lockFromMinor: words("Lock from", "money", "Whoever owes less keeps access."),
  graceDays: words("Grace", "days", "Locked is only who is past due for more days than these."),
  warningHours: words("Warn before", "hours", "The warning must have arrived so long before; it can only be raised."),
  nightFromMinute: words("Night begins", "time", "Nobody is locked out at night."),
  nightUntilMinute: words("Night ends", "time", "Unlocking happens at any hour."),
  isAutoLockOn: words("Lock without asking", "switch", "Off: the locks of a run wait as one question. On: they happen, up to the cap."),
  dailyCap: words("At most in a day", "locks", "Above it a person confirms each further lock."),
};

const told = (count: string): SettingWords =>
  words(`${count} visits`, "switch", `Members who have just reached ${count} visits hear of it once.`);

const PROACTIVE: Words = {
  "occasions.birthday": words("Birthdays", "switch", "On the day itself, never to minors."),
  "occasions.anniversary": words("Anniversaries of joining", "switch", "Each year once; whoever is about to leave is left alone."),
  "occasions.visits": words("Milestones of visits", "switch", "The numbers below, while they are fresh."),
  "milestones.visits10": told("10"),
  "milestones.visits50": told("50"),
  "milestones.visits100": told("100"),
  "milestones.visits250": told("250"),
  "milestones.visits500": told("500"),
  "milestones.visits1000": told("1,000"),
  includesWhoOwes: words("Greet whoever owes", "switch", "Off: whoever owes hears of the balance only, from another workflow."),
  maxPerDay: words("At most in a day", "messages", "Whoever comes after them is left out on that day."),
  tellsOfFailures: words(
    "Tell the manager of failures",
    "switch",
    "A text, an e-mail and the team’s channel, when something could not be sent.",
  ),
};

const waits = (name: string, label: string, first: string): Words => ({
  [`${name}.isOn`]: words(label, "switch", "Off: nobody enters, and whoever is in it leaves."),
  [`${name}.firstAfterDays`]: words(`${label}: first note`, "days", first),
  [`${name}.againAfterDays`]: words(`${label}: again`, "days", "So many days pass before somebody may enter once more."),
});

const SEQUENCE: Words = {
  ...waits("no_show", "Missed bookings", "So many days after the booking that was missed."),
  ...waits("silent_lead", "Silent leads", "So many days after the last message stayed without an answer."),
  ...waits("new_lead", "New leads", "So many days after the lead came in."),
  ...waits("win_back", "Long absences", "So many days after the last visit."),
  sendsAtMinute: words("Notes are due from", "time", "By day on the club’s clock; each person’s own quiet hours hold besides."),
  maxPerDay: words("At most in a day", "messages", "Whoever comes after them waits for the next day."),
  tellsOfFailures: words(
    "Tell the manager of failures",
    "switch",
    "A text, an e-mail and the team’s channel, when something could not be sent.",
  ),
};

/** The sentence beside every setting. A test holds this list to the schemas. */
export const SETTING_WORDS: Readonly<Record<KindWithSettings, Words>> = {
  daily_campaigns: CAMPAIGNS,
  past_due: PAST_DUE,
  escalation: ESCALATION,
  referral: REFERRAL,
  invoices: INVOICES,
  door_access: DOOR_ACCESS,
  proactive: PROACTIVE,
  sequence: SEQUENCE,
};
