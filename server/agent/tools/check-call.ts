import type { Tool } from "#server/agent/tools/define-tool.ts";
import type { ToolRunFacts } from "#server/services/agent-runs/load-tool-run.ts";

/** Arguments longer than this are no arguments. */
const ARGUMENTS_MAX_CHARACTERS = 4_000;

export type CheckedCall =
  | { readonly kind: "allowed"; readonly tool: Tool; readonly input: unknown }
  | { readonly kind: "refused"; readonly error: string };

type Call = { readonly name: string; readonly arguments: unknown };

/**
 * Whether a call of the model may run at all: a tool of this scope, arguments of exactly its shape, for somebody it may
 * act for, with what the club has, and within its quota. Everything else is refused with words for the model.
 */
export const checkCall = (tools: readonly Tool[], { name, arguments: args }: Call, facts: ToolRunFacts): CheckedCall => {
  const tool = tools.find((known) => known.name === name);
  if (tool === undefined) {
    return refused("there is no such tool");
  }
  if ((JSON.stringify(args) ?? "").length > ARGUMENTS_MAX_CHARACTERS) {
    return refused("these arguments are too long");
  }
  const parsed = tool.input.safeParse(args);
  if (!parsed.success) {
    return refused("these arguments do not fit the tool");
  }
  const why = whyNotOffered(tool, facts);
  if (why !== null) {
    return refused(why);
  }
  if ((facts.callCounts[name] ?? 0) >= tool.maxPerRun) {
    return refused("this tool was used as often as it may be for one answer");
  }
  return { kind: "allowed", tool, input: parsed.data };
};

const refused = (error: string): CheckedCall => ({ kind: "refused", error });

type Offer = Pick<ToolRunFacts, "capabilities" | "isBound" | "policy">;

/** Tools whose action belongs to an automation: while that is off, nobody can ask for it. */
const AUTOMATION_OF: Readonly<Record<string, "bay_reset" | "door_unlock">> = { reset_bay: "bay_reset", request_door_unlock: "door_unlock" };

type Needs = Pick<Tool, "name"> & Partial<Pick<Tool, "scope" | "capability" | "needsBound">>;

const whyNotOffered = (tool: Needs, { capabilities, isBound, policy }: Offer): string | null => {
  const automation = AUTOMATION_OF[tool.name];
  if (automation !== undefined && policy.automations[automation].stage !== "auto" && policy.automations[automation].stage !== "suggest") {
    return "the club has not switched this on";
  }
  if (tool.capability != null && !capabilities.includes(tool.capability)) {
    return "no connection of this club can do that";
  }
  return tool.needsBound === true && !isBound ? "the sender is not known to be one member of this club" : null;
};

type Told = Omit<Offer, "capabilities"> & {
  /** Absent in a rehearsal, where nothing is looked up and nothing done. */
  readonly capabilities: ToolRunFacts["capabilities"] | undefined;
};

/** The tools a model is told of: those it could use here. */
export const offered = <T extends Needs>(tools: readonly T[], { capabilities, ...offer }: Told): readonly T[] =>
  tools.filter(
    (tool) => tool.scope === undefined || (capabilities !== undefined && whyNotOffered(tool, { ...offer, capabilities }) === null),
  );
