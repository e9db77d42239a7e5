import { z } from "zod";
import { invalid } from "./api-fault.ts";

const CacheControl = z.strictObject({ type: z.literal("ephemeral"), ttl: z.enum(["5m", "1h"]).optional() });

/** Blocks are read loosely: this stand-in looks at text and tool blocks and lets the rest pass. */
const Block = z.looseObject({
  type: z.enum(["text", "image", "document", "search_result", "thinking", "redacted_thinking", "tool_use", "tool_result"]),
  text: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
  tool_use_id: z.string().optional(),
  citations: z.unknown().optional(),
  cache_control: CacheControl.nullish(),
});

const Content = z.union([z.string(), z.array(Block)]);

const Tool = z.looseObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal("object") }),
  cache_control: CacheControl.nullish(),
});

const JsonSchema = z.record(z.string(), z.unknown());

const shape = {
  model: z.string().min(1),
  messages: z.array(z.strictObject({ role: z.enum(["user", "assistant", "system"]), content: Content })).min(1),
  system: z.union([z.string(), z.array(Block)]).optional(),
  tools: z.array(Tool).optional(),
  tool_choice: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("auto"), disable_parallel_tool_use: z.boolean().optional() }),
      z.strictObject({ type: z.literal("any"), disable_parallel_tool_use: z.boolean().optional() }),
      z.strictObject({ type: z.literal("tool"), name: z.string(), disable_parallel_tool_use: z.boolean().optional() }),
      z.strictObject({ type: z.literal("none") }),
    ])
    .optional(),
  output_config: z
    .strictObject({
      effort: z.enum(["low", "medium", "high", "xhigh", "max"]).nullish(),
      format: z.strictObject({ type: z.literal("json_schema"), schema: JsonSchema }).nullish(),
    })
    .optional(),
  thinking: z
    .discriminatedUnion("type", [
      z.looseObject({ type: z.literal("enabled"), budget_tokens: z.number().optional() }),
      z.looseObject({ type: z.literal("disabled") }),
      z.looseObject({ type: z.literal("between_tools") }),
      z.looseObject({ type: z.literal("adaptive") }),
    ])
    .optional(),
  cache_control: CacheControl.nullish(),
} as const;

const CountRequest = z.strictObject({ ...shape });

const MessageRequest = z.strictObject({
  ...shape,
  max_tokens: z.int().min(0),
  stream: z.boolean().optional(),
  stop_sequences: z.array(z.string().min(1)).optional(),
  metadata: z.looseObject({ user_id: z.string().nullish() }).optional(),
  service_tier: z.enum(["auto", "standard_only"]).optional(),
  speed: z.enum(["standard", "fast"]).nullish(),
  inference_geo: z.string().nullish(),
  container: z.unknown().optional(),
  diagnostics: z.unknown().optional(),
  user_profile_id: z.string().optional(),
  workspace_id: z.string().optional(),
});

export type MessageRequest = z.infer<typeof MessageRequest>;
export type PromptParts = z.infer<typeof CountRequest>;
export type ContentBlock = z.infer<typeof Block>;

/** @throws ApiFault 400 that names the first field at fault, in the API's own manner */
export const readMessageRequest = (body: unknown): MessageRequest => readAs(MessageRequest, body);

export const readCountRequest = (body: unknown): PromptParts => readAs(CountRequest, body);

/** Content as blocks, also where it was written as plain text. */
export const blocksOf = (content: string | readonly ContentBlock[] | undefined): readonly ContentBlock[] => {
  if (content === undefined) {
    return [];
  }
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
};

export const textOf = (content: string | readonly ContentBlock[] | undefined): string =>
  blocksOf(content)
    .map((block) => block.text ?? "")
    .join("\n");

const REMOVED_FIELDS = ["temperature", "top_p", "top_k"] as const;

const readAs = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const fields = typeof body === "object" && body !== null ? body : {};
  const removed = REMOVED_FIELDS.find((field) => field in fields);
  if (removed !== undefined) {
    throw invalid(`${removed}: this parameter was removed in this API version`);
  }
  if ("thread" in fields) {
    throw invalid("thread: message threads are not part of this stand-in, send the whole history");
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const extra = issue?.code === "unrecognized_keys" ? ` (${issue.keys.join(", ")}: Extra inputs are not permitted)` : "";
    throw invalid(`${issue?.path.join(".") ?? "body"}: ${issue?.message ?? "invalid"}${extra}`);
  }
  return parsed.data;
};
