import { z } from "zod";
import { type PromptParts, textOf } from "./request.ts";

const Case = z.looseObject({ id: z.string(), draft: z.string(), sent: z.string().nullable() });
const Cases = z.array(Case);
const Rules = z.array(z.string());
type Case = z.infer<typeof Case>;

type Habit = { readonly rule: string; readonly isShown: (draft: string, sent: string) => boolean };

const MUCH_SHORTER = 0.75;

/** The kinds of edits the stand-in can tell from one another, each with the rule that would have spared it. */
const HABITS: readonly Habit[] = [
  { rule: "Keep answers shorter: leave out what was not asked.", isShown: (draft, sent) => sent.length < draft.length * MUCH_SHORTER },
  { rule: "Use no exclamation marks.", isShown: (draft, sent) => draft.includes("!") && !sent.includes("!") },
  { rule: "Greet the member by first name.", isShown: (draft, sent) => !draft.includes("[name]") && sent.includes("[name]") },
  { rule: "End with a question or a next step.", isShown: (draft, sent) => !/\?\s*$/u.test(draft) && /\?\s*$/u.test(sent) },
];

const TASK = /<task>propose rules of style/;
const MIN_CASES = 2;

type Review = { readonly rules: readonly { readonly text: string; readonly evidenceIds: readonly string[] }[] };

/** What the demo brain makes of a week of corrections: the rule of the most frequent kind of edit, or none. Null for any other request. */
export const reviewOf = (request: PromptParts): Review | null => {
  const text = textOf(request.messages.findLast((message) => message.role === "user")?.content);
  if (!TASK.test(text)) {
    return null;
  }
  const cases = readBlock(text, { tag: "corrections", schema: Cases }) ?? [];
  const existing = new Set(readBlock(text, { tag: "rules", schema: Rules }) ?? []);
  const counted = HABITS.filter(({ rule }) => !existing.has(rule))
    .map(({ isShown, rule }) => ({
      text: rule,
      evidenceIds: cases.filter(hasSent).flatMap((each) => (isShown(each.draft, each.sent) ? [each.id] : [])),
    }))
    .filter(({ evidenceIds }) => evidenceIds.length >= MIN_CASES)
    .toSorted((left, right) => right.evidenceIds.length - left.evidenceIds.length);
  return { rules: counted.slice(0, 1) };
};

const hasSent = (each: Case): each is Case & { sent: string } => each.sent !== null;

const readBlock = <T>(text: string, { schema, tag }: { tag: string; schema: z.ZodType<T> }): T | null => {
  const body = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)?.[1];
  try {
    return body === undefined ? null : (schema.safeParse(JSON.parse(body)).data ?? null);
  } catch {
    return null;
  }
};
