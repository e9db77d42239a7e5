import { randomUUID } from "node:crypto";
import { askOf } from "./ask.ts";
import { think } from "./brain.ts";
import { customOf } from "./custom.ts";
import { conform } from "./conform.ts";
import { countTokens, type InputUsage } from "./prompt-cache.ts";
import { lastWordsOf, readPrompt } from "./prompt.ts";
import { blocksOf, type MessageRequest } from "./request.ts";
import { articleTranslationOf } from "./article-translation.ts";
import { questionsOf } from "./questions.ts";
import { reviewOf } from "./review.ts";
import type { Fault, Scenario, Script } from "./scenario.ts";
import { summaryOf } from "./summary.ts";
import { templateOf } from "./template.ts";
import { rewriteOf } from "./rewrite.ts";
import { translationOf } from "./translation.ts";

export type AnswerBlock =
  | { readonly type: "text"; readonly text: string; readonly citations: null }
  | {
      readonly type: "tool_use";
      readonly id: string;
      readonly name: string;
      readonly input: unknown;
      readonly caller: { readonly type: "direct" };
    };

export type Usage = InputUsage & {
  readonly output_tokens: number;
  readonly inference_geo: string | null;
  readonly output_tokens_details: { readonly thinking_tokens: number };
  readonly server_tool_use: null;
  readonly service_tier: "standard";
  readonly speed: string | null;
};

export type Message = {
  readonly id: string;
  readonly type: "message";
  readonly role: "assistant";
  readonly model: string;
  readonly content: readonly AnswerBlock[];
  readonly stop_reason: "end_turn" | "max_tokens" | "stop_sequence" | "tool_use" | "refusal";
  readonly stop_sequence: string | null;
  readonly stop_details: { readonly type: "refusal"; readonly category: null; readonly explanation: string } | null;
  readonly container: null;
  readonly diagnostics: null;
  readonly usage: Usage;
};

type Circumstances = { readonly input: InputUsage; readonly fault: Fault | null; readonly scenario: Scenario };

/** The whole answer to one request: script before brain, fault before both, cut at the limits the request set. */
export const composeMessage = async (request: MessageRequest, { fault, input, scenario }: Circumstances): Promise<Message> => {
  const script = scenario.takeScript(lastWordsOf(request));
  const answer = fault?.kind === "refusal" ? REFUSED : await answerTo(request, { fault, script });
  return {
    id: `msg_standin_${randomUUID().replaceAll("-", "")}`,
    type: "message",
    role: "assistant",
    model: request.model,
    ...answer,
    container: null,
    diagnostics: null,
    usage: {
      ...input,
      output_tokens: answer.content.reduce(
        (sum, block) => sum + countTokens(block.type === "text" ? block.text : JSON.stringify(block.input)),
        0,
      ),
      inference_geo: request.inference_geo ?? null,
      output_tokens_details: { thinking_tokens: 0 },
      server_tool_use: null,
      service_tier: "standard",
      speed: request.speed ?? null,
    },
  };
};

type Answer = Pick<Message, "content" | "stop_reason" | "stop_sequence" | "stop_details">;

const REFUSED: Answer = {
  content: [],
  stop_reason: "refusal",
  stop_sequence: null,
  stop_details: { type: "refusal", category: null, explanation: "stand-in: refused because a test asked for it" },
};

const answerTo = async (request: MessageRequest, { fault, script }: { fault: Fault | null; script: Script | null }): Promise<Answer> => {
  const calls = toolCallsFor(request, script);
  if (calls.length > 0) {
    return { content: calls, stop_reason: "tool_use", stop_sequence: null, stop_details: null };
  }
  const whole = fault?.kind === "garbage" ? GARBAGE : await textFor(request, script);
  const halfTokens = Math.ceil(countTokens(whole) / 2);
  const maxTokens = fault?.kind === "max_tokens" ? Math.min(halfTokens, request.max_tokens) : request.max_tokens;
  return cut(whole, { maxTokens, stopSequences: request.stop_sequences ?? [] });
};

/** Neither JSON nor anything a member should read. */
const GARBAGE = '{"category":"question","subIntent":"opening_hours","confidence":0.9'.concat("]]");

const toolCallsFor = (request: MessageRequest, script: Script | null): readonly AnswerBlock[] => {
  const lastTurn = request.messages.findLast((message) => message.role !== "system");
  const hasResults = blocksOf(lastTurn?.content).some((block) => block.type === "tool_result");
  const isOffered = (request.tools ?? []).length > 0 && request.tool_choice?.type !== "none";
  if (!isOffered) {
    return [];
  }
  const move = script === null ? askOf(request) : null;
  const task = script === null ? customOf(request) : null;
  const planned = task?.kind === "calls" ? task.calls : move?.kind === "call" ? [move] : [];
  return (hasResults ? planned : (script?.toolCalls ?? planned)).map(({ input, name }) => ({
    type: "tool_use",
    id: `toolu_standin_${randomUUID().replaceAll("-", "")}`,
    name,
    input,
    caller: { type: "direct" },
  }));
};

const textFor = async (request: MessageRequest, script: Script | null): Promise<string> => {
  if (script?.text !== undefined) {
    return script.text;
  }
  const schema = request.output_config?.format?.schema;
  const task =
    schema === undefined
      ? null
      : (wordsOf(request) ??
        answerOf(request) ??
        reviewOf(request) ??
        templateOf(request) ??
        translationOf(request) ??
        articleTranslationOf(request) ??
        rewriteOf(request) ??
        questionsOf(request));
  if (schema !== undefined && task !== null) {
    return JSON.stringify(conform(task, schema));
  }
  const thought = { ...(await think(readPrompt(request))), ...summaryOf(request), ...script?.thought };
  return schema === undefined ? (thought.reply ?? "A person from the team has to answer this.") : JSON.stringify(conform(thought, schema));
};

const answerOf = (request: MessageRequest): { readonly answer: string } | null => {
  const move = askOf(request);
  return move === null ? null : { answer: move.kind === "answer" ? move.answer : "" };
};

const wordsOf = (request: MessageRequest): { readonly words: string } | null => {
  const move = customOf(request);
  return move === null ? null : { words: move.kind === "words" ? move.words : "" };
};

const cut = (whole: string, { maxTokens, stopSequences }: { maxTokens: number; stopSequences: readonly string[] }): Answer => {
  const limit = [...whole].slice(0, maxTokens * 4).join("");
  const [stop] = stopSequences
    .map((sequence) => ({ sequence, at: limit.indexOf(sequence) }))
    .filter(({ at }) => at >= 0)
    .toSorted((left, right) => left.at - right.at);
  if (stop !== undefined) {
    return { content: textBlocks(limit.slice(0, stop.at)), stop_reason: "stop_sequence", stop_sequence: stop.sequence, stop_details: null };
  }
  const isCut = countTokens(whole) > maxTokens;
  const text = isCut ? limit : whole;
  return { content: textBlocks(text), stop_reason: isCut ? "max_tokens" : "end_turn", stop_sequence: null, stop_details: null };
};

const textBlocks = (text: string): readonly AnswerBlock[] => (text === "" ? [] : [{ type: "text", text, citations: null }]);
