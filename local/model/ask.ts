import { z } from "zod";

import { planOf, type AskPlan } from "./ask-plan.ts";
import { blocksOf, type ContentBlock, type PromptParts, textOf } from "./request.ts";

const TASK = /<task>answer whoever runs the club/;

export type AskMove =
  | { readonly kind: "call"; readonly name: string; readonly input: unknown }
  | { readonly kind: "answer"; readonly answer: string };

const Person = z.looseObject({ person: z.string(), owes: z.string().nullish(), lastVisit: z.string().nullish() });
const Result = z.looseObject({
  error: z.string().optional(),
  count: z.number().optional(),
  status: z.string().nullish(),
  totalOwed: z.string().optional(),
  sample: z.array(Person).optional(),
  articles: z.array(z.looseObject({ text: z.string() })).optional(),
});
type Result = z.infer<typeof Result>;

/** What the demo brain does next about a question of whoever runs the club: one call, or an answer. Null for any other request. */
export const askOf = (request: PromptParts): AskMove | null => {
  const asked = textOf(request.messages.find((message) => message.role === "user")?.content);
  if (!TASK.test(asked)) {
    return null;
  }
  const question = readBlock(asked, { tag: "question", schema: z.string() }) ?? "";
  const club = readBlock(asked, { tag: "club", schema: z.looseObject({ localTime: z.string() }) });
  const plan = planOf(question, { date: /\d{4}-\d{2}-\d{2}/.exec(club?.localTime ?? "")?.[0] ?? "" });
  const brought = resultsOf(request);
  return plan.kind === "cannot" ? { kind: "answer", answer: plan.why } : next(plan, { brought, question });
};

type Brought = { readonly name: string; readonly result: Result };
type SoFar = { readonly brought: readonly Brought[]; readonly question: string };

const next = (plan: Exclude<AskPlan, { kind: "cannot" }>, { brought }: SoFar): AskMove => {
  const last = brought.at(-1);
  if (plan.kind === "look_up") {
    return last === undefined ? { kind: "call", name: plan.name, input: plan.input } : { kind: "answer", answer: told(last) };
  }
  if (last === undefined) {
    return { kind: "call", name: "find_member", input: { name: plan.find } };
  }
  if (last.name !== "find_member") {
    return { kind: "answer", answer: told(last) };
  }
  const people = last.result.sample ?? [];
  const [person] = people;
  if (person === undefined) {
    return { kind: "answer", answer: `I found no member called ${plan.find}, so I did nothing.` };
  }
  return people.length === 1
    ? { kind: "call", name: plan.name, input: { person: person.person, ...plan.input } }
    : {
        kind: "answer",
        answer: `Several members are called so: ${people.map((each) => each.person).join(", ")}. Which one is meant? I did nothing yet.`,
      };
};

const CANNOT =
  "The club's articles do not say, and I am the demo brain: I can look up who owes, who has not been here, new members, prospects, pay-per-visit members and reminders, look somebody up, and prepare a reminder, a text, a note, a door or a pause of collections for one person.";

/** Only what the last result says, with handles for people. */
const told = ({ name, result }: Brought): string => {
  if (result.error !== undefined) {
    return `That was not possible: ${result.error}.`;
  }
  if (result.status === "asked_you" || result.status === "asked_the_team") {
    return result.status === "asked_you"
      ? "It is prepared and waits for your yes below. Nothing has happened yet."
      : "It is prepared and waits for a yes below. Nothing has happened yet.";
  }
  if (name === "search_knowledge") {
    return result.articles?.[0]?.text.slice(0, ARTICLE_MAX_CHARACTERS) ?? CANNOT;
  }
  const profile = Person.safeParse(result).data;
  if (profile !== undefined) {
    return typeof profile.owes === "string"
      ? `${profile.person} owes ${profile.owes}.`
      : `What ${profile.person} owes was not read within the hour; the rest stands below.`;
  }
  return result.count === 0 ? "I found nobody like that." : listed(result);
};

const ARTICLE_MAX_CHARACTERS = 500;
const NAMED_COUNT = 3;

const listed = ({ count, sample = [], totalOwed }: Result): string => {
  const first = sample.slice(0, NAMED_COUNT).map(({ owes, person }) => (typeof owes === "string" ? `${person} owes ${owes}` : person));
  const total = totalOwed === undefined ? "" : `, ${totalOwed} together`;
  return `I found ${count ?? sample.length}${total}${first.length === 0 ? "" : `: first ${first.join(", ")}`}. The list below shows more.`;
};

/** Calls in their order, each with what it brought. */
const resultsOf = (request: PromptParts): readonly Brought[] => {
  const blocks: readonly ContentBlock[] = request.messages.flatMap(({ content }) => blocksOf(content));
  return blocks.flatMap((block) => {
    if (block.type !== "tool_result") {
      return [];
    }
    const asked = blocks.find(({ id, type }) => type === "tool_use" && id === block.tool_use_id);
    const text = z.string().safeParse(block["content"]).data ?? "";
    const result = readBlock(text, { tag: "tool_result", schema: Result });
    return [{ name: asked?.name ?? "", result: result ?? { error: "the result could not be read" } }];
  });
};

export const readBlock = <T>(text: string, { schema, tag }: { tag: string; schema: z.ZodType<T> }): T | null => {
  const body = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)?.[1];
  try {
    return body === undefined ? null : (schema.safeParse(JSON.parse(body)).data ?? null);
  } catch {
    return null;
  }
};
