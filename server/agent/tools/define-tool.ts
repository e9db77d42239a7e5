import type { z } from "zod";

import type { Id } from "#server/domain/ids.ts";
import { TOOL_RISKS, type ToolRisk } from "#server/domain/workflows/custom-tools.ts";
import type { ToolCapability, ToolRunFacts } from "#server/services/agent-runs/load-tool-run.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** From what changes nothing to what moves something in the world. */
export const RISKS = TOOL_RISKS;
export type Risk = ToolRisk;

export type ToolCallContext = {
  readonly ctx: ServiceContext;
  readonly toolCallId: Id<"toolCall">;
  readonly facts: ToolRunFacts;
};

/** What a tool brings: small values; never a list of thousands. */
export type ToolResult = Readonly<Record<string, unknown>>;

type Common = {
  /** snake_case; what the model calls it by. */
  readonly name: string;
  /** What, when instead of which other, what the parameters mean, what can go wrong. */
  readonly description: string;
  /** `conversation`: acts for whoever writes there, and takes no person. `club`: names people by handles of its run. */
  readonly scope: "conversation" | "club";
  readonly risk: Risk;
  readonly effectKind: "read" | "state" | "pulse" | "send" | "charge" | "export";
  /** What a connection of the club must be able to do; null = nothing. */
  readonly capability: ToolCapability | null;
  /** Only for the one member whom the sender's address belongs to. */
  readonly needsBound: boolean;
  /** So many calls may one run make. */
  readonly maxPerRun: number;
};

type Definition<Input> = Common & {
  /** A strict object: what it does not name is refused. */
  readonly input: z.ZodType<Input>;
  /** What it would do, for whoever approves or rehearses it, from the very arguments. */
  readonly summarize: (input: Input) => string;
  /** Exactly one verb. */
  readonly run: (call: ToolCallContext, input: Input) => Promise<ToolResult>;
};

export type Tool = Common & {
  readonly input: z.ZodType;
  readonly summarize: (input: unknown) => string;
  /** What a rehearsal shows instead of running it. */
  readonly dryRun: (input: unknown) => string;
  readonly run: (call: ToolCallContext, input: unknown) => Promise<ToolResult>;
};

/** Input is parsed again where it is used, so that no road leads past its schema. */
export const defineTool = <Input>({ run, summarize, ...rest }: Definition<Input>): Tool => ({
  ...rest,
  summarize: (input) => summarize(rest.input.parse(input)),
  dryRun: (input) => `${rest.effectKind === "read" ? "Would look up" : "Would do"}: ${summarize(rest.input.parse(input))}`,
  run: (call, input) => run(call, rest.input.parse(input)),
});
