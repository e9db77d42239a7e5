/** What the demo brain takes a question for. `find` is somebody who must be looked up before the call can be made. */
export type AskPlan =
  | { readonly kind: "look_up"; readonly name: string; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: "about_one"; readonly find: string; readonly name: string; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: "cannot"; readonly why: string };

/** The day of the club as the prompt tells it, `Friday 2026-11-20 17:00`. */
export type Today = { readonly date: string };

const NAME = String.raw`(?<name>\p{L}[\p{L}'’-]+(?: \p{L}[\p{L}'’-]+)?)`;
const one = (pattern: string): RegExp => new RegExp(pattern, "iu");

const PAUSE = one(
  String.raw`\b(?:pause|stop|hold)(?: the)? (?:collections?|reminders?|billing)(?: reminders?)? (?:for|of|with) ${NAME}(?: (?:until|till|to) (?<until>[\w-]+))`,
);
const REMIND = one(String.raw`\bremind ${NAME}\b(?! (?:to|that))`);
const DOOR = one(String.raw`\b(?<verb>unlock|lock)(?: the)? (?:door|doors) (?:for|of) ${NAME}`);
const TELL = one(String.raw`\b(?:text|tell|message|write to) ${NAME}\s?:\s?(?<text>.+)$`);
const NOTE = one(String.raw`\bnote (?:about|for|on) ${NAME}\s?:\s?(?<text>.+)$`);
const LOOK = one(String.raw`\b(?:how much does|what does|look up|show me|who is) ${NAME}(?: owe)?\b`);

/** Words of acts and questions about one person, the surest first. */
const planForOne = (question: string, today: Today): AskPlan | null => {
  const pause = PAUSE.exec(question)?.groups;
  if (pause !== undefined) {
    const until = dayOf(pause["until"] ?? "", today);
    return until === null
      ? { kind: "cannot", why: "I need a day to pause until, such as Friday or a date." }
      : { kind: "about_one", find: nameIn(pause), name: "pause_collections", input: { until, reason: "asked for in the chat" } };
  }
  const door = DOOR.exec(question)?.groups;
  if (door !== undefined) {
    const isUnlock = door["verb"]?.toLowerCase() === "unlock";
    return { kind: "about_one", find: nameIn(door), name: isUnlock ? "unlock_door_for_member" : "lock_door_for_member", input: {} };
  }
  const tell = TELL.exec(question)?.groups;
  if (tell !== undefined) {
    return { kind: "about_one", find: nameIn(tell), name: "send_message_to_member", input: { message_text: (tell["text"] ?? "").trim() } };
  }
  const note = NOTE.exec(question)?.groups;
  if (note !== undefined) {
    const input = { priority: "normal", category: "general", note: (note["text"] ?? "").trim() };
    return { kind: "about_one", find: nameIn(note), name: "add_member_note", input };
  }
  const remind = REMIND.exec(question)?.groups;
  if (remind !== undefined) {
    return { kind: "about_one", find: nameIn(remind), name: "send_payment_reminder", input: { tier: "friendly" } };
  }
  const look = LOOK.exec(question)?.groups;
  return look === undefined ? null : { kind: "about_one", find: nameIn(look), name: "get_member_profile", input: {} };
};

/** "Dana until" and "Dana please" are Dana: a second word counts as a family name only where it is written like one. */
const nameIn = (groups: Readonly<Record<string, string | undefined>>): string => {
  const [first = "", second] = (groups["name"] ?? "").split(" ");
  return second !== undefined && /^\p{Lu}/u.test(second) ? `${first} ${second}` : first;
};

const OWES = /\b(?:owe|owes|owing|past[- ]due|in debt|behind|unpaid|overdue)\b/i;
const WITHIN_DAYS = 366;

/** Every plan of the stand-in follows from words that stand in the question. */
export const planOf = (question: string, today: Today): AskPlan => {
  const forOne = planForOne(question, today);
  if (forOne !== null) {
    return forOne;
  }
  const days = daysIn(question);
  const amount = amountIn(question);
  if (OWES.test(question)) {
    const input = { ...(amount === null ? {} : { min_amount: amount }), ...(days === null ? {} : { not_seen_for_days: days }) };
    return { kind: "look_up", name: /\btraining\b/i.test(question) ? "get_past_due_training_clients" : "get_past_due_members", input };
  }
  if (/\b(?:prospects?|leads?)\b/i.test(question)) {
    return { kind: "look_up", name: "get_campaign_prospects", input: {} };
  }
  if (/\b(?:green|new members?|joined)\b/i.test(question)) {
    return { kind: "look_up", name: "get_green_members", input: days === null ? {} : { joined_within_days: days } };
  }
  if (/\b(?:pay[- ]per[- ]visit|ppv|drop[- ]ins?)\b/i.test(question)) {
    return { kind: "look_up", name: "get_ppv_members", input: days === null ? {} : { filters: { not_seen_for_days: days } } };
  }
  if (/\b(?:attempts?|reminders? (?:sent|went)|reminded)\b/i.test(question)) {
    return { kind: "look_up", name: "get_collection_attempts", input: days === null ? {} : { days_back: days } };
  }
  if (/\b(?:templates?|campaign texts?)\b/i.test(question)) {
    return { kind: "look_up", name: "get_campaign_templates", input: {} };
  }
  return { kind: "look_up", name: "search_knowledge", input: { question: question.slice(0, 300) } };
};

/** "more than 100" leaves out exactly 100. */
export const amountIn = (question: string): number | null => {
  const found =
    /\b(?<bound>more than|over|above|at least|from)\s?\$?(?<amount>\d[\d,]*(?:\.\d{1,2})?)(?!\s?(?:days?|weeks?|months?))/i.exec(
      question,
    )?.groups;
  const amount = Number((found?.["amount"] ?? "").replaceAll(",", ""));
  if (found === undefined || !Number.isFinite(amount)) {
    return null;
  }
  return /at least|from/i.test(found["bound"] ?? "") ? amount : Math.round(amount * 100 + 1) / 100;
};

const DAYS_OF: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };

const NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const LENGTH = new RegExp(String.raw`\b(?<count>an?|${NUMBERS.join("|")}|\d{1,3})\s?(?<unit>day|week|month|year)s?\b`, "i");

export const daysIn = (question: string): number | null => {
  const found = LENGTH.exec(question)?.groups;
  if (found === undefined) {
    return null;
  }
  const word = (found["count"] ?? "").toLowerCase();
  const count = word === "a" || word === "an" ? 1 : NUMBERS.includes(word) ? NUMBERS.indexOf(word) + 1 : Number(word);
  const days = count * (DAYS_OF[(found["unit"] ?? "").toLowerCase()] ?? 1);
  return days >= 1 && days <= WITHIN_DAYS ? days : null;
};

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const DAY_MS = 86_400_000;

/** A date, `tomorrow`, or the next day of that name. */
const dayOf = (word: string, { date }: Today): string | null => {
  const from = new Date(`${date}T00:00:00Z`);
  const in_ = (days: number): string => new Date(from.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) {
    return word;
  }
  if (word.toLowerCase() === "tomorrow") {
    return in_(1);
  }
  const weekday = WEEKDAYS.indexOf(word.toLowerCase());
  return weekday < 0 || Number.isNaN(from.getTime()) ? null : in_(((weekday - from.getUTCDay() + 6) % 7) + 1);
};
