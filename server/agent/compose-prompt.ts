import { TZDate } from "@date-fns/tz";
import { format } from "date-fns";
import { z } from "zod";

import {
  CHARACTERS_PER_TOKEN,
  CONVERSATION_MAX_TOKENS,
  ELSEWHERE_TURN_COUNT,
  FIRST_NAME_MAX_CHARACTERS,
  KNOWLEDGE_MAX_TOKENS,
  MEMORY_MAX_TOKENS,
  MEMORY_TURN_MAX_CHARACTERS,
  SUMMARY_MAX_CHARACTERS,
  TOOL_RESULT_MAX_CHARACTERS,
  TURN_MAX_CHARACTERS,
  VERBATIM_TURN_COUNT,
} from "#server/agent/limits.ts";
import { exampleBlocks, personalityOf } from "#server/agent/learned-blocks.ts";
import type { KnowledgeText, PromptContact, PromptInput, PromptToolCall, PromptTurn } from "#server/agent/prompt-input.ts";
import { ANSWER_TASK, SYSTEM_PROMPT } from "#server/agent/prompts/system.ts";
import { untrusted, type BlockValue } from "#server/agent/untrusted.ts";
import type { PromptBlock, PromptMessage, SystemBlock } from "#server/platform/model-client.ts";

export type Prompt = {
  readonly system: readonly SystemBlock[];
  readonly messages: readonly PromptMessage[];
  readonly version: string;
  /** What the model was really shown: answers may rest on nothing else. */
  readonly knowledge: readonly KnowledgeText[];
  readonly turns: readonly PromptTurn[];
};

/**
 * The whole prompt of one thought. What is the same for many calls comes first and is cached (rules, then the club's
 * personality and knowledge); the club's clock and the conversation change with each call and come last.
 */
export const composePrompt = (input: PromptInput): Prompt => {
  const knowledge = withinBudget(input.knowledge, {
    sizeOf: ({ title, body }) => title.length + body.length,
    maxTokens: KNOWLEDGE_MAX_TOKENS,
    atLeast: 0,
  });
  const turns = newestTurns(input.conversation);
  const { agent } = input.policy;
  const articles = knowledge.map(({ id, title, body }) => ({ id, title, body }));
  const club = {
    name: input.club.name,
    timeZone: input.club.timeZone,
    localTime: localTimeOf(input),
    phone: input.club.phone,
    agentName: agent.name,
  };
  return {
    system: [
      { text: SYSTEM_PROMPT.text, isCached: true },
      {
        text: `${untrusted("personality", personalityOf(agent.personality, input.learned))}\n${untrusted("club_knowledge", articles)}`,
        isCached: true,
      },
      { text: untrusted("club", club), isCached: false },
    ],
    messages: [
      {
        role: "user",
        content: [
          untrusted("contact", contactBlock(input.contact)),
          ...exampleBlocks(input.learned),
          ...memoryBlocks(input),
          untrusted(
            "conversation",
            turns.map(({ from, at, text }) => ({ from, at: at.toISOString(), text })),
          ),
          ...likelyBlocks(input, knowledge),
          `<task>${ANSWER_TASK}</task>`,
        ].join("\n"),
      },
      ...toolTurns(input.toolCalls),
    ],
    version: SYSTEM_PROMPT.version,
    knowledge,
    turns,
  };
};

/** Only of articles that the model is shown: a draft may rest on nothing else. */
const likelyBlocks = ({ likelyAnswer = null }: PromptInput, knowledge: readonly KnowledgeText[]): readonly string[] => {
  const shown = new Set(knowledge.map(({ id }) => id));
  return likelyAnswer === null || !likelyAnswer.articleIds.every((id) => shown.has(id))
    ? []
    : [untrusted("likely_answer", { text: likelyAnswer.text, articleIds: likelyAnswer.articleIds, chance: likelyAnswer.score })];
};

/** What was asked for and answered in this run, told again as the conversation it was. What tools bring is data like all else. */
export const toolTurns = (calls: readonly PromptToolCall[]): readonly PromptMessage[] =>
  [...new Set(calls.map(({ turnIndex }) => turnIndex))].flatMap((turnIndex): readonly PromptMessage[] => {
    const ofTurn = calls.filter((call) => call.turnIndex === turnIndex);
    const asked = ofTurn.map((call): PromptBlock => ({ type: "tool_use", id: call.externalId, name: call.name, input: call.arguments }));
    const answered = ofTurn.map((call): PromptBlock => ({
      type: "tool_result",
      toolUseId: call.externalId,
      content: untrusted("tool_result", clipped(call.result)),
      isError: call.outcome !== "done",
    }));
    return [
      { role: "assistant", content: asked },
      { role: "user", content: answered },
    ];
  });

/** Too long a result is shown as the beginning of its text. */
const clipped = (result: unknown): BlockValue => {
  const text = JSON.stringify(result ?? null);
  return text.length > TOOL_RESULT_MAX_CHARACTERS
    ? `${text.slice(0, TOOL_RESULT_MAX_CHARACTERS)} (cut)`
    : z.record(z.string(), z.json()).catch({}).parse(result);
};

/** Club-local, such as `Friday 2026-11-20 17:00`. */
export const localTimeOf = ({ club, now }: Pick<PromptInput, "club" | "now">): string =>
  format(new TZDate(now.getTime(), club.timeZone), "EEEE yyyy-MM-dd HH:mm");

/** A shared number is nobody in particular: neither a name nor facts go with it. */
const contactBlock = ({ binding, facts, firstName, kind }: PromptContact) => ({
  firstName: binding === "shared" ? null : plainName(firstName),
  kind,
  isBound: binding === "bound",
  facts:
    binding !== "bound" || facts === null
      ? null
      : {
          status: facts.status,
          balanceMinor: facts.balanceMinor,
          currency: facts.currency,
          lastVisitOn: facts.lastVisitOn,
          membershipType: facts.membershipType,
        },
});

/** Vendors let people write anything into a name; more than three words are a sentence. */
const plainName = (name: string | null): string | null => {
  const trimmed = name?.trim() ?? "";
  return trimmed.length <= FIRST_NAME_MAX_CHARACTERS && /^\p{L}[\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]+){0,2}$/u.test(trimmed)
    ? trimmed
    : null;
};

/** What is remembered, each only where there is something. Who shares a number is nobody in particular here as well. */
const memoryBlocks = ({ contact, memory }: Pick<PromptInput, "contact" | "memory">): readonly string[] => {
  if (memory === undefined) {
    return [];
  }
  const isSomebody = contact.binding !== "shared";
  const elsewhere = isSomebody
    ? newestOf(memory.elsewhere, ELSEWHERE_TURN_COUNT).map(({ at, channel, from, text }) => ({ channel, from, at: at.toISOString(), text }))
    : [];
  const notes = isSomebody ? newestOf(memory.notes, 1).map(({ at, text }) => ({ at: at.toISOString(), text })) : [];
  return [
    ...(elsewhere.length === 0 ? [] : [untrusted("other_conversations", elsewhere)]),
    ...(notes.length === 0 ? [] : [untrusted("staff_notes", notes)]),
    ...(memory.earlierSummary === "" ? [] : [untrusted("earlier_summary", memory.earlierSummary.slice(0, SUMMARY_MAX_CHARACTERS))]),
  ];
};

/** The newest that fit half of what memory may take, still the oldest first. */
const newestOf = <T extends { readonly text: string }>(items: readonly T[], atLeast: number): readonly T[] =>
  withinBudget(items.map((item) => ({ ...item, text: item.text.slice(0, MEMORY_TURN_MAX_CHARACTERS) })).toReversed(), {
    sizeOf: ({ text }) => text.length,
    maxTokens: MEMORY_MAX_TOKENS / 2,
    atLeast,
  }).toReversed();

/** The end of a conversation as far as it is told word for word. */
export const newestTurns = <T extends PromptTurn>(conversation: readonly T[]): readonly T[] => {
  const newestFirst = conversation.map((turn) => ({ ...turn, text: turn.text.slice(0, TURN_MAX_CHARACTERS) })).toReversed();
  return withinBudget(newestFirst, {
    sizeOf: ({ text }) => text.length,
    maxTokens: CONVERSATION_MAX_TOKENS,
    atLeast: VERBATIM_TURN_COUNT,
  }).toReversed();
};

type Budget<T> = { readonly sizeOf: (item: T) => number; readonly maxTokens: number; readonly atLeast: number };

/** The first items that fit; an item that does not fit ends the list. */
export const withinBudget = <T>(items: readonly T[], { sizeOf, maxTokens, atLeast }: Budget<T>): readonly T[] => {
  let characters = 0;
  const end = items.findIndex((item, index) => {
    characters += sizeOf(item);
    return index >= atLeast && characters > maxTokens * CHARACTERS_PER_TOKEN;
  });
  return end === -1 ? items : items.slice(0, end);
};
