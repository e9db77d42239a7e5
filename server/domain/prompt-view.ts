import { maskJson } from "./mask.ts";
import type { PromptPart } from "./prompt-blocks.ts";
import { redact } from "./redact.ts";

/** A part of the conversation is cut here, what is the same for many calls later; the page says so. */
export const PROMPT_PART_MAX_CHARACTERS = 20_000;
export const PROMPT_SHARED_MAX_CHARACTERS = 200_000;
/** Far more than eight rounds of tools make. */
const PARTS_MAX_COUNT = 100;
const INDENT = 2;

/** One call as it went to the service: the values of its request. */
export type SentPrompt = {
  /** `isShared`: the same for many calls, so without a word of any member. */
  readonly system: readonly { readonly text: string; readonly isShared: boolean }[];
  readonly tools: readonly { readonly name: string; readonly [key: string]: unknown }[];
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  /** The form in which the answer was asked for. */
  readonly format: unknown;
};

type Known = { /** Of the people it may speak of. */ readonly names: readonly string[] };

/**
 * A prompt in the order in which it was sent. What is told of people is masked: names, numbers, addresses and amounts. Rules,
 * personality, knowledge, tools and the form of the answer are the club's own or ours, and stand as they were sent.
 */
export const promptParts = ({ format, messages, system, tools }: SentPrompt, known: Known): readonly PromptPart[] =>
  [
    ...system.map(({ isShared, text }, index) => part({ block: "system", title: titleOf(text) ?? `Part ${index + 1}`, text, isShared })),
    ...tools.map((tool) => part({ block: "tools", title: tool.name, text: pretty(tool), isShared: true })),
    ...messages.flatMap(({ content, role }) =>
      linesOf(content, known).map(({ text, title }) => part({ block: "history", title: `${role}, ${title}`, text, isShared: false })),
    ),
    part({ block: "format", title: "Form of the answer", text: pretty(format), isShared: true }),
  ].slice(0, PARTS_MAX_COUNT);

const part = ({ text, ...rest }: Omit<PromptPart, "isCut">): PromptPart => {
  const most = rest.isShared ? PROMPT_SHARED_MAX_CHARACTERS : PROMPT_PART_MAX_CHARACTERS;
  return { ...rest, text: text.slice(0, most), isCut: text.length > most };
};

const pretty = (value: unknown): string => JSON.stringify(value, null, INDENT) ?? "";

type Line = { readonly title: string; readonly text: string };

const linesOf = (content: unknown, known: Known): readonly Line[] => {
  if (typeof content === "string") {
    return content.split("\n").map((line) => ({ title: titleOf(line) ?? "text", text: maskedText(line, known) }));
  }
  return Array.isArray(content) ? content.map((block: unknown) => blockLine(block, known)) : [];
};

/** A tool that was asked for, or what it brought. */
const blockLine = (block: unknown, known: Known): Line => {
  const { content, name, type } = recordOf(block);
  const title = [type, name].filter((word) => typeof word === "string").join(" ");
  return typeof content === "string" ? { title, text: maskedText(content, known) } : { title, text: pretty(maskJson(block, known)) };
};

const recordOf = (value: unknown): { readonly content?: unknown; readonly name?: unknown; readonly type?: unknown } =>
  typeof value === "object" && value !== null ? value : {};

/** `<conversation>[…]</conversation>`: data in a labelled block. */
const LABELLED = /^<([a-z_]+)>(.*)<\/\1>$/su;

const titleOf = (text: string): string | null => LABELLED.exec(text)?.[1]?.replaceAll("_", " ") ?? null;

/** Data is masked entry by entry and laid out for reading; words that are no data are masked as words. */
const maskedText = (text: string, known: Known): string => {
  const data = dataOf(LABELLED.exec(text)?.[2] ?? "");
  return data === undefined ? redact(text, known) : pretty(maskJson(data, known));
};

const dataOf = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
