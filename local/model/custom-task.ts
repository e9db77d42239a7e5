import { amountIn, daysIn } from "./ask-plan.ts";

type Input = Readonly<Record<string, unknown>>;

/** What is to be done for each; `text` is filled with the person's first name and the club's. */
export type EachDeed =
  | { readonly tool: "send_message_to_member"; readonly text: string }
  | { readonly tool: "send_payment_reminder"; readonly tier: "friendly" | "firm" | "final" }
  | { readonly tool: "add_member_note"; readonly note: string }
  | { readonly tool: "lock_door_for_member" | "unlock_door_for_member" };

/** What the demo brain takes a task for. `deed` null = they are only listed. */
export type TaskPlan =
  | {
      readonly kind: "plan";
      readonly list: { readonly tool: string; readonly input: Input };
      readonly deed: EachDeed | null;
      readonly listsWithoutPhone: boolean;
    }
  | { readonly kind: "cannot"; readonly why: string };

const CANNOT_WHOM =
  "I could not make out whom this task is about. I am the demo brain: say it as members who were not here for so many days or weeks, who owe something or nothing or more than an amount, or who joined lately; or as prospects or pay-per-visit members.";
const CANNOT_WHAT =
  "I could not make out what this task wants done. I am the demo brain: I can text each one (a hello, a welcome, or your own words in quotation marks), remind them of what they owe, write a note in quotation marks, ask about their door, or list them.";

/** When it runs is the schedule's: "every two weeks" says nothing of whom it is about. */
const SCHEDULE = /\b(?:every|each)\s+(?:(?:other|second|two|three|\d+)\s+)?(?:hour|day|week|month|morning|evening|\w+day)s?\b/gi;

/** Every part follows from words that stand in the task; what it does not know it does not guess. */
export const taskPlanOf = (written: string): TaskPlan => {
  const quoted = /[“"](?<words>[^”"]{3,})[”"]/.exec(written)?.groups?.["words"]?.trim() ?? null;
  const task = written.replaceAll(/[“"][^”"]*[”"]/g, " ").replaceAll(SCHEDULE, " ");
  const deed = deedIn(task, quoted);
  if (deed === undefined) {
    return { kind: "cannot", why: CANNOT_WHAT };
  }
  const list = listIn(task, deed);
  return list === null
    ? { kind: "cannot", why: CANNOT_WHOM }
    : { kind: "plan", list, deed, listsWithoutPhone: /\bwithout (?:a |any )?(?:phone|number)|\bno (?:phone|number)\b/i.test(task) };
};

const listIn = (task: string, deed: EachDeed | null): { readonly tool: string; readonly input: Input } | null => {
  const days = daysIn(task);
  if (/\b(?:prospects?|leads?)\b/i.test(task)) {
    return { tool: "get_campaign_prospects", input: {} };
  }
  const conditions = conditionsIn(task, days);
  if (/\b(?:pay[- ]per[- ]visit|ppv)\b/i.test(task)) {
    return { tool: "get_ppv_members", input: days === null ? {} : { filters: { not_seen_for_days: days } } };
  }
  const isAll = /\b(?:all|every|each of the) (?:active )?members?\b/i.test(task);
  if (Object.keys(conditions).length === 0 && !isAll) {
    return null;
  }
  return { tool: "list_members", input: { ...conditions, ...(deed?.tool === "send_message_to_member" ? { has_phone: true } : {}) } };
};

const ABSENT = /\b(?:not|n['’]t|never)\b[^.]{0,30}\b(?:in|here|seen|visited|come|came|back)\b|\babsent\b|\bmissing\b/i;
const NOTHING_OWED = /\bowes? nothing\b|\b(?:no|without a) (?:balance|debts?)\b|\bpaid up\b/i;
const OWED = /\b(?:owes?|owing|past[- ]due|overdue|unpaid|behind)\b/i;
const JOINED = /\b(?:joined|new members?|signed up)\b/i;
const NEW_DAYS = 30;

const conditionsIn = (task: string, days: number | null): Input => {
  const amount = amountIn(task);
  return {
    ...(ABSENT.test(task) && days !== null ? { not_seen_for_days: days } : {}),
    ...(NOTHING_OWED.test(task) ? { owes: "nothing" } : OWED.test(task) ? { owes: "something" } : {}),
    ...(OWED.test(task) && !NOTHING_OWED.test(task) && amount !== null ? { min_amount: amount } : {}),
    ...(JOINED.test(task) ? { joined_within_days: ABSENT.test(task) ? NEW_DAYS : (days ?? NEW_DAYS) } : {}),
    ...(/\bfrozen\b/i.test(task) ? { status: "frozen" } : {}),
  };
};

/** Undefined where nothing it can do is asked for. */
const deedIn = (task: string, quoted: string | null): EachDeed | null | undefined => {
  if (/\bunlock\b/i.test(task)) {
    return { tool: "unlock_door_for_member" };
  }
  if (/\block\b/i.test(task)) {
    return { tool: "lock_door_for_member" };
  }
  if (/\bremind(?:er|ers)?\b/i.test(task) && OWED.test(task) && !NOTHING_OWED.test(task)) {
    return { tool: "send_payment_reminder", tier: /\bfinal\b/i.test(task) ? "final" : /\bfirm\b/i.test(task) ? "firm" : "friendly" };
  }
  if (/\bnotes?\b/i.test(task) && quoted !== null) {
    return { tool: "add_member_note", note: quoted };
  }
  if (/\b(?:text|message|write|send|invite|greet|welcome)\b/i.test(task)) {
    const text = quoted ?? wordingOf(task);
    return text === null ? undefined : { tool: "send_message_to_member", text };
  }
  return /\b(?:list|count|show|tell me|report)\b/i.test(task) ? null : undefined;
};

const wordingOf = (task: string): string | null => {
  if (/\bwelcome\b/i.test(task)) {
    return "Hi {name}, welcome to {club}. It is good to have you here. If you have a question, reply to this text.";
  }
  if (/\b(?:hello|hi|check in|miss|friendly|greet|note|invite)\b/i.test(task)) {
    return "Hi {name}, this is {club}. We have not seen you for a while and hope you are well. Come by whenever it suits you.";
  }
  return null;
};

/** `{name}`, `{first name}` and `{club}` become what is known of this person and this club. */
export const filledText = (text: string, { club, name }: { readonly club: string; readonly name: string }): string =>
  text.replaceAll(/\{(?:first[ _])?name\}/gi, name).replaceAll(/\{club(?:[ _]name)?\}/gi, club);
