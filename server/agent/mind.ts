import "server-only";

import type { Look } from "#server/agent/automate.ts";
import type { ReadLocally } from "#server/agent/read-context.ts";
import type { Tool } from "#server/agent/tools/define-tool.ts";
import { CONVERSATION_TOOLS } from "#server/agent/tools/registry.ts";
import { defaultModel, fallbackModel, think } from "#server/platform/anthropic.ts";
import type { Think, ToolSpec } from "#server/platform/model-client.ts";
import { encode } from "#server/platform/sentence-encoder.ts";
import type { Encode } from "#server/domain/sentence-vectors.ts";
import { understand } from "#server/understanding/understand.ts";

/** What the agent understands, thinks and acts with. */
export type Mind = {
  readonly think: Think;
  /** The model where the policy names none. */
  readonly model: string;
  /** Stands in where a model stays overloaded and the policy names no harder one. */
  readonly fallbackModel?: string;
  /** For whom it thinks: those who wait for the model take turns by it. */
  readonly fairKey?: string;
  readonly read: ReadLocally;
  /** Meanings of texts, by which questions are compared with the club's articles. */
  readonly encode: Encode;
  /** What the model may ask for in this conversation. */
  readonly tools: readonly OfferedTool[];
  /** Looks up what an automation would act on; absent in a rehearsal, where nothing is acted on. */
  readonly look?: Look;
};

export type OfferedTool = ToolSpec & { readonly risk: string } & Partial<Pick<Tool, "scope" | "capability" | "needsBound">>;

const readLocally: ReadLocally = (input) => understand({ ...input, encode });

/** The mind of this installation. */
export const installedMind = (): Mind => ({
  think,
  model: defaultModel(),
  fallbackModel: fallbackModel(),
  read: readLocally,
  encode,
  tools: CONVERSATION_TOOLS,
});
