import { ApiFault, invalid } from "./api-fault.ts";
import { CACHE_BREAKPOINTS_MAX, OUTPUT_MAX_TOKENS } from "./limits.ts";
import { isKnownModel, refusesForcedTools } from "./models.ts";
import { blocksOf, type MessageRequest, type PromptParts } from "./request.ts";

/** What the types of a request cannot say: order of turns, pairing of tools, what a model refuses. */
export const checkMessageRequest = (request: MessageRequest): void => {
  checkPrompt(request);
  if (request.max_tokens > OUTPUT_MAX_TOKENS) {
    throw invalid(`max_tokens: must be at most ${OUTPUT_MAX_TOKENS}`);
  }
};

export const checkPrompt = (request: PromptParts): void => {
  if (!isKnownModel(request.model)) {
    throw new ApiFault(404, `model: ${request.model}`);
  }
  checkTurns(request);
  checkToolPairs(request);
  checkTools(request);
  checkThinking(request);
  checkBreakpoints(request);
  const schema = request.output_config?.format?.schema;
  if (schema !== undefined) {
    checkSchema(schema, "output_config.format.schema");
  }
};

const checkTurns = ({ messages }: PromptParts): void => {
  const conversational = messages.filter((message) => message.role !== "system");
  if (conversational[0]?.role !== "user") {
    throw invalid("messages: first message must use the user role");
  }
  if (conversational.at(-1)?.role === "assistant") {
    throw invalid("messages: this model does not support assistant prefill; the last message must use the user role");
  }
  messages.forEach(({ content, role }, index) => {
    for (const block of blocksOf(content)) {
      if (block.type === "text" && (block.text ?? "").trim() === "") {
        throw invalid(`messages.${index}: text content blocks must contain non-whitespace text`);
      }
      if (role === "assistant" && block.type === "document") {
        throw invalid(`messages.${index}: document blocks are not allowed in assistant turns`);
      }
      if (role === "user" && block.type === "text" && Array.isArray(block.citations) && block.citations.length > 0) {
        throw invalid(`messages.${index}: citations are not allowed on user text`);
      }
    }
  });
};

/** Every `tool_use` is answered at the beginning of the very next turn, and nothing else is. */
const checkToolPairs = ({ messages }: PromptParts): void => {
  let open: readonly string[] = [];
  messages.forEach(({ content, role }, index) => {
    const blocks = blocksOf(content);
    const results = blocks.filter((block) => block.type === "tool_result");
    const resultIds = results.map((block) => block.tool_use_id ?? "");
    const missing = open.filter((id) => !resultIds.includes(id));
    if (missing.length > 0) {
      throw invalid(`messages.${index}: tool_use ids were found without tool_result blocks immediately after: ${missing.join(", ")}`);
    }
    const unasked = resultIds.filter((id) => !open.includes(id));
    if (unasked.length > 0 || new Set(resultIds).size < resultIds.length) {
      throw invalid(
        `messages.${index}: each tool_result block must answer one tool_use block of the previous message: ${unasked.join(", ")}`,
      );
    }
    if (blocks.slice(0, results.length).some((block) => block.type !== "tool_result")) {
      throw invalid(`messages.${index}: tool_result blocks must come first in the content`);
    }
    open = role === "assistant" ? blocks.filter((block) => block.type === "tool_use").map((block) => block.id ?? "") : [];
  });
};

const checkTools = ({ model, tool_choice: choice, tools = [] }: PromptParts): void => {
  const names = tools.map((tool) => tool.name);
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin !== undefined) {
    throw invalid(`tools: tool names must be unique: ${twin}`, { errorCode: "tool_name_conflict" });
  }
  for (const tool of tools) {
    if (tool["strict"] === true) {
      checkSchema(tool.input_schema, `tools.${tool.name}.input_schema`);
    }
  }
  if (choice === undefined) {
    return;
  }
  if (tools.length === 0) {
    throw invalid("tool_choice: may only be given together with tools");
  }
  if (choice.type === "tool" && !names.includes(choice.name)) {
    throw invalid(`tool_choice: no tool is called ${choice.name}`);
  }
  if ((choice.type === "tool" || choice.type === "any") && refusesForcedTools(model)) {
    throw invalid(`tool_choice: ${model} does not support forced tool use`);
  }
};

const checkThinking = ({ thinking }: PromptParts): void => {
  if (thinking?.type === "enabled") {
    throw invalid("thinking: budget_tokens is not supported by this model");
  }
};

const checkBreakpoints = (request: PromptParts): void => {
  const marked = [
    ...(request.tools ?? []),
    ...blocksOf(request.system),
    ...request.messages.flatMap((message) => blocksOf(message.content)),
  ].filter((part) => part.cache_control !== undefined && part.cache_control !== null);
  if (marked.length > CACHE_BREAKPOINTS_MAX) {
    throw invalid(`cache_control: at most ${CACHE_BREAKPOINTS_MAX} blocks may carry it, found ${marked.length}`);
  }
};

const checkSchema = (schema: unknown, path: string): void => {
  if (typeof schema !== "object" || schema === null) {
    return;
  }
  if ("type" in schema && schema.type === "object" && (!("additionalProperties" in schema) || schema.additionalProperties !== false)) {
    throw invalid(`${path}: for 'object' type, 'additionalProperties' must be explicitly set to false`);
  }
  for (const [key, value] of Object.entries(schema)) {
    checkSchema(value, `${path}.${key}`);
  }
};
