import type { z } from "zod";

import type { Risk, ToolResult } from "#server/agent/tools/define-tool.ts";
import { stripInvisible } from "#server/domain/text.ts";
import type { Handles } from "#server/platform/handles.ts";
import type { ToolCapability } from "#server/services/agent-runs/load-tool-run.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** A run that no conversation binds: a workflow, a task in plain words, the owner's chat. */
export type ClubRun = {
  readonly id: string;
  /** The only names of people that the model may use, and that it is given. */
  readonly handles: Handles;
  /** Nothing is done: acts answer with what they would do. */
  readonly isDryRun: boolean;
  /** The highest risk it may take by itself; what is above it waits for a person. Money and doors always do. */
  readonly mayAlone: Extract<Risk, "read" | "reversible" | "sends">;
  readonly capabilities: readonly ToolCapability[];
  /** Calls of this run that were answered, by the name of the tool. */
  readonly callCounts: Readonly<Record<string, number>>;
};

export type ClubCall = {
  readonly ctx: ServiceContext;
  readonly run: ClubRun;
  /** Of this one request: the same request run again is the same deed. */
  readonly callKey: string;
  /** Whether this tool may act without a person in this run. */
  readonly isAlone: boolean;
};

type Common = {
  readonly name: string;
  readonly description: string;
  readonly risk: Risk;
  readonly effectKind: "read" | "state" | "pulse" | "send" | "charge" | "export";
  /** What a connection of the club must be able to do; null = nothing. */
  readonly capability: ToolCapability | null;
  readonly maxPerRun: number;
};

type Definition<Input> = Common & {
  readonly input: z.ZodType<Input>;
  readonly summarize: (input: Input) => string;
  readonly run: (call: ClubCall, input: Input) => Promise<ToolResult>;
};

export type ClubTool = Common & {
  readonly input: z.ZodType;
  /** What it would do, from the very arguments: what a dry run prints. */
  readonly summarize: (input: unknown) => string;
  readonly run: (call: ClubCall, input: unknown) => Promise<ToolResult>;
};

/** Input is parsed again where it is used, so that no road leads past its schema. */
export const defineClubTool = <Input>({ run, summarize, ...rest }: Definition<Input>): ClubTool => ({
  ...rest,
  summarize: (input) => summarize(rest.input.parse(input)),
  run: (call, input) => run(call, rest.input.parse(input)),
});

/** Everything a tool answers fits a few hundred tokens, however many people a club has. */
export const RESULT_MAX_CHARACTERS = 2_000;
/** reference: a list in a prompt is a sample. */
export const SAMPLE_ROWS = 10;
const TEXT_MAX_CHARACTERS = 60;

/** A word of a member or a vendor as data: short, and nothing in it that is not seen. */
export const short = (text: string | null, max = TEXT_MAX_CHARACTERS): string | null => {
  const clean = text === null ? "" : stripInvisible(text).replaceAll(/\s+/g, " ").trim();
  return clean === "" ? null : clean.slice(0, max);
};

/** The head of an answer with as many rows of its sample as fit. */
export const withSample = (head: ToolResult, rows: readonly ToolResult[]): ToolResult => {
  const kept = rows.slice(0, SAMPLE_ROWS);
  while (kept.length > 0 && JSON.stringify({ ...head, shown: kept.length, sample: kept }).length > RESULT_MAX_CHARACTERS) {
    kept.pop();
  }
  return { ...head, shown: kept.length, sample: kept };
};
