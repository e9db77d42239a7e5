import { CREDIT_DAYS, JOIN_DAYS, REMINDER_BASE_DAYS, REPLY_DAYS } from "./assumptions.ts";

const LISTED = { hasList: true } as const;
const UNLISTED = { hasList: false } as const;

export const OUTREACH = {
  reminders: {
    label: "Reminders sent",
    sentence: "Texts about money owed that went out in the period, without invoices and answers.",
    unit: "count",
    better: "neither",
    ...LISTED,
  },
  reminder_paid: {
    label: "Paid after a reminder",
    sentence: `Of the people reminded, the share that paid or owed nothing any more within ${CREDIT_DAYS} days. Nobody is held out of reminders, so this is what followed, not what reminders caused.`,
    unit: "ratio",
    better: "up",
    ...LISTED,
  },
  dues_recovered: {
    label: "Dues recovered",
    sentence: `Payments within ${CREDIT_DAYS} days of a reminder, as the payment vendor shows them. What is paid in the gym's own system is not seen here.`,
    unit: "money",
    better: "up",
    ...LISTED,
  },
  reminder_answers: {
    label: "Reminders answered",
    sentence: `Of the people reminded, the share that wrote back within ${REPLY_DAYS} days; held against the ${REMINDER_BASE_DAYS} days before the period.`,
    unit: "ratio",
    better: "up",
    ...LISTED,
  },
  write_back: {
    label: "Write back",
    sentence: `Of the people whom a workflow wrote to, the share that wrote back within ${REPLY_DAYS} days.`,
    unit: "ratio",
    better: "up",
    ...LISTED,
  },
  campaign_lift: {
    label: "Campaigns against the hold-out",
    sentence: `Of the people in campaigns with a hold-out, how many more paid, booked or joined within ${CREDIT_DAYS} days when they were written to.`,
    unit: "points",
    better: "up",
    ...UNLISTED,
  },
  tours: {
    label: "Tours booked",
    sentence: `Appointments of people without a membership, made within ${CREDIT_DAYS} days of a message of Spotter.`,
    unit: "count",
    better: "up",
    ...LISTED,
  },
  joins: {
    label: "Joined",
    sentence: `Memberships that began in the period, of people whom Spotter wrote to in the ${JOIN_DAYS} days before.`,
    unit: "count",
    better: "up",
    ...LISTED,
  },
  opt_outs: {
    label: "Opt-outs",
    sentence: "Addresses that asked this club for no more messages in the period.",
    unit: "count",
    better: "down",
    ...LISTED,
  },
} as const;

export const MACHINE = {
  failed_sends: {
    label: "Failed sends",
    sentence: "Messages of the period that did not go out, whoever wrote them.",
    unit: "count",
    better: "down",
    ...LISTED,
  },
  vendor_errors: {
    label: "Vendor errors",
    sentence: "Whatever a vendor refused, could not do or left unknown in the period: messages, doors, links, invoices.",
    unit: "count",
    better: "down",
    ...LISTED,
  },
  model_errors: {
    label: "Model errors",
    sentence: "Calls of the model that ended without a usable answer.",
    unit: "count",
    better: "down",
    ...LISTED,
  },
  cost: {
    label: "Model cost",
    sentence: "What the calls of the model cost by the price list that Spotter keeps.",
    unit: "cost",
    better: "down",
    ...UNLISTED,
  },
  cost_per_conversation: {
    label: "Cost per answered conversation",
    sentence: "All model cost of the period over the conversations in which an answer of Spotter went out.",
    unit: "cost",
    better: "down",
    ...UNLISTED,
  },
  tokens: {
    label: "Tokens",
    sentence: "All tokens read and written by the model, those from its cache included.",
    unit: "tokens",
    better: "neither",
    ...UNLISTED,
  },
  cache_hit: {
    label: "Read from cache",
    sentence: "Of all tokens the model read, the share that came from its cache and cost a tenth.",
    unit: "ratio",
    better: "up",
    ...UNLISTED,
  },
} as const;

export const STANDING = {
  waiting: {
    label: "Waiting now",
    sentence: "Open conversations in which somebody waits for an answer at this moment.",
    unit: "count",
    better: "down",
    ...LISTED,
  },
  oldest_wait: {
    label: "Longest wait now",
    sentence: "How long the one who waits longest has waited.",
    unit: "seconds",
    better: "down",
    ...LISTED,
  },
  needs_you: {
    label: "Needs a person",
    sentence: "Open conversations with a draft to decide or a matter that only a person may answer.",
    unit: "count",
    better: "down",
    ...LISTED,
  },
  overdue: {
    label: "Overdue tasks",
    sentence: "Tasks for people whose deadline has passed.",
    unit: "count",
    better: "down",
    ...LISTED,
  },
} as const;
