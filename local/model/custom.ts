import { z } from "zod";

import { readBlock } from "./ask.ts";
import { filledText, taskPlanOf, type EachDeed, type TaskPlan } from "./custom-task.ts";
import { blocksOf, type ContentBlock, type PromptParts, textOf } from "./request.ts";

const TASK = /<task>make the plan of one run of the owner's task/;

type Call = { readonly name: string; readonly input: unknown };
type CustomMove = { readonly kind: "calls"; readonly calls: readonly Call[] } | { readonly kind: "words"; readonly words: string };

const Person = z.looseObject({ person: z.string(), name: z.string().nullish(), phone: z.boolean().optional() });
const Result = z.looseObject({
  error: z.string().optional(),
  count: z.number().optional(),
  page: z.number().optional(),
  pages: z.number().optional(),
  status: z.string().nullish(),
  because: z.string().optional(),
  person: z.string().optional(),
  sample: z.array(Person).optional(),
});

type Brought = { readonly name: string; readonly input: Readonly<Record<string, unknown>>; readonly result: z.infer<typeof Result> };
type Plan = Extract<TaskPlan, { kind: "plan" }>;
type SoFar = { readonly plan: Plan; readonly brought: readonly Brought[]; readonly club: string; readonly messages: number };

/** The local stand-in reads a task in plain words; chosen by us: so many deeds in one answer, and so many pages of a list. */
const DEEDS_AT_ONCE = 10;
const PAGES_READ = 5;

/** What the demo brain does next about a task of the owner: calls, or its last words. Null for any other request. */
export const customOf = (request: PromptParts & { readonly tools?: readonly unknown[] | undefined }): CustomMove | null => {
  const asked = textOf(request.messages.find((message) => message.role === "user")?.content);
  if (!TASK.test(asked)) {
    return null;
  }
  const plan = taskPlanOf(readBlock(asked, { tag: "task_of_owner", schema: z.string() }) ?? "");
  if (plan.kind === "cannot") {
    return { kind: "words", words: `${plan.why} Nothing is planned.` };
  }
  const missing = neededBy(plan).find((name) => !offered(request).includes(name));
  if (missing !== undefined) {
    return {
      kind: "words",
      words: `This task needs the tool ${missing}, which is not allowed to it or not connected. Nothing is planned.`,
    };
  }
  const club = readBlock(asked, { tag: "club", schema: z.looseObject({ name: z.string() }) })?.name ?? "the club";
  const messages = readBlock(asked, { tag: "limits", schema: z.looseObject({ messages: z.number() }) })?.messages ?? 0;
  return next({ plan, club, messages, brought: broughtBy(request) });
};

const neededBy = ({ deed, list }: Plan): readonly string[] => [list.tool, ...(deed === null ? [] : [deed.tool])];

const offered = ({ tools }: { readonly tools?: readonly unknown[] | undefined }): readonly string[] =>
  (tools ?? []).flatMap((tool) => z.looseObject({ name: z.string() }).safeParse(tool).data?.name ?? []);

const next = (soFar: SoFar): CustomMove => {
  const { brought, messages, plan } = soFar;
  const lists = brought.filter(({ input, name }) => name === plan.list.tool && input["has_phone"] !== false);
  const list = listCall(plan, lists);
  if (list !== null) {
    return { kind: "calls", calls: [list] };
  }
  if (lists.at(-1)?.result.error !== undefined) {
    return {
      kind: "words",
      words: `The list could not be read, also not the second time: ${lists.at(-1)?.result.error}. Nothing is planned.`,
    };
  }
  const people = lists.flatMap(({ result }) => result.sample ?? []);
  const deeds = plan.deed === null ? [] : deedCalls(plan.deed, { soFar, people });
  if (deeds.length > 0) {
    return { kind: "calls", calls: deeds };
  }
  const isListed = brought.some(({ input }) => input["has_phone"] === false);
  if (plan.listsWithoutPhone && plan.list.tool === "list_members" && !isListed) {
    return { kind: "calls", calls: [{ name: "list_members", input: { ...plan.list.input, has_phone: false } }] };
  }
  return { kind: "words", words: wordsOf({ brought, people, plan, messages }) };
};

/** The first page, the same once more where it failed, and further ones; null when there is no more to read. */
const listCall = ({ list }: Plan, lists: readonly Brought[]): Call | null => {
  const last = lists.at(-1);
  if (last === undefined) {
    return { name: list.tool, input: list.input };
  }
  if (last.result.error !== undefined) {
    return lists.filter(({ result }) => result.error !== undefined).length === 1 ? { name: list.tool, input: last.input } : null;
  }
  const { page = 1, pages = 1 } = last.result;
  return page < Math.min(pages, PAGES_READ) ? { name: list.tool, input: { ...list.input, page: page + 1 } } : null;
};

type Each = { readonly soFar: SoFar; readonly people: readonly z.infer<typeof Person>[] };

const deedCalls = (deed: EachDeed, { people, soFar: { brought, club, messages } }: Each): readonly Call[] => {
  const asked = brought.filter(({ name }) => name === deed.tool).map(({ input }) => input["person"]);
  const isMessage = deed.tool === "send_message_to_member" || deed.tool === "send_payment_reminder";
  const room = isMessage ? messages - asked.length : DEEDS_AT_ONCE;
  return people
    .filter(({ person }) => !asked.includes(person))
    .slice(0, Math.max(0, Math.min(room, DEEDS_AT_ONCE)))
    .map(({ name, person }) => ({ name: deed.tool, input: inputOf(deed, { person, name: name ?? "there", club }) }));
};

const inputOf = (deed: EachDeed, { club, name, person }: { readonly person: string; readonly name: string; readonly club: string }) => {
  switch (deed.tool) {
    case "send_message_to_member":
      return { person, message_text: filledText(deed.text, { name, club }) };
    case "send_payment_reminder":
      return { person, tier: deed.tier };
    case "add_member_note":
      return { person, priority: "normal", category: "general", note: deed.note };
    case "lock_door_for_member":
    case "unlock_door_for_member":
      return { person };
  }
};

const NAMED_COUNT = 3;

/** Only what results say, with handles for people. */
const wordsOf = ({ brought, messages, people, plan }: Omit<SoFar, "club"> & Pick<Each, "people">): string => {
  if (people.length === 0) {
    return "I found nobody like that, so nothing is planned.";
  }
  const deeds = plan.deed === null ? [] : brought.filter(({ name }) => name === plan.deed?.tool);
  const personOf = ({ input }: Brought): string => String(input["person"] ?? "");
  const planned = deeds.filter(({ result }) => result.status === "planned").map(personOf);
  const left = deeds.filter(({ result }) => result.status === "will_not_be_sent" || result.error !== undefined);
  const without = brought.findLast(({ input }) => input["has_phone"] === false)?.result;
  return [
    plan.deed === null ? `I found ${named(people.map(({ person }) => person))}.` : "",
    planned.length > 0 ? `Planned for ${named(planned)}.` : "",
    ...left.slice(0, NAMED_COUNT).map((deed) => `Not for ${personOf(deed)}: ${deed.result.because ?? deed.result.error ?? ""}.`),
    plan.deed !== null && deeds.length < people.length ? `The limit of ${messages} messages leaves the others out.` : "",
    without === undefined ? "" : withoutPhone(without),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
};

const withoutPhone = ({ error, sample = [] }: Brought["result"]): string => {
  if (error !== undefined) {
    return `Who has no phone could not be read: ${error}.`;
  }
  return sample.length === 0 ? "Nobody of them is without a phone." : `Without a phone: ${named(sample.map(({ person }) => person))}.`;
};

const named = (people: readonly string[]): string =>
  people.length <= NAMED_COUNT ? people.join(", ") : `${people.slice(0, NAMED_COUNT).join(", ")} and the others below`;

/** Calls in their order, each with what it brought. */
const broughtBy = (request: PromptParts): readonly Brought[] => {
  const blocks: readonly ContentBlock[] = request.messages.flatMap(({ content }) => blocksOf(content));
  return blocks.flatMap((block) => {
    if (block.type !== "tool_result") {
      return [];
    }
    const asked = blocks.find(({ id, type }) => type === "tool_use" && id === block.tool_use_id);
    const text = z.string().safeParse(block["content"]).data ?? "";
    const input = z.record(z.string(), z.unknown()).safeParse(asked?.["input"]).data ?? {};
    const result = readBlock(text, { tag: "tool_result", schema: Result });
    return [{ name: asked?.name ?? "", input, result: result ?? { error: "the result could not be read" } }];
  });
};
