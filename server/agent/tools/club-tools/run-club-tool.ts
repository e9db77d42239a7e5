import "server-only";

import { CLUB_TOOLS } from "#server/agent/tools/club-tools/registry.ts";
import { RESULT_MAX_CHARACTERS, type ClubRun, type ClubTool } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { RISKS, type ToolResult } from "#server/agent/tools/define-tool.ts";
import { DomainError } from "#server/domain/errors.ts";
import { log } from "#server/platform/logger.ts";
import { isVendorFailure } from "#server/services/connections/vendor-failure.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { clubToolKeys } from "#server/services/effects/club-tool-keys.ts";

/** Arguments longer than this are no arguments. */
const ARGUMENTS_MAX_CHARACTERS = 4_000;

export type ClubToolRequest = { readonly id: string; readonly name: string; readonly arguments: unknown };

export type ClubToolAnswer = { readonly outcome: "done" | "refused" | "failed"; readonly result: ToolResult };

type Checked =
  | { readonly kind: "allowed"; readonly tool: ClubTool; readonly input: unknown }
  | { readonly kind: "refused"; readonly error: string };

/** Whether a request may run at all: a tool of the registry, arguments of exactly its shape, with what the club has, within its quota. */
export const checkClubTool = (
  request: Omit<ClubToolRequest, "id">,
  run: Pick<ClubRun, "capabilities" | "callCounts">,
  tools: readonly ClubTool[] = CLUB_TOOLS,
): Checked => {
  const tool = tools.find(({ name }) => name === request.name);
  if (tool === undefined) {
    return { kind: "refused", error: "there is no such tool" };
  }
  if ((JSON.stringify(request.arguments) ?? "").length > ARGUMENTS_MAX_CHARACTERS) {
    return { kind: "refused", error: "these arguments are too long" };
  }
  const parsed = tool.input.safeParse(request.arguments);
  if (!parsed.success) {
    return { kind: "refused", error: "these arguments do not fit the tool" };
  }
  if (tool.capability !== null && !run.capabilities.includes(tool.capability)) {
    return { kind: "refused", error: "no connection of this club can do that" };
  }
  if ((Object.hasOwn(run.callCounts, tool.name) ? (run.callCounts[tool.name] ?? 0) : 0) >= tool.maxPerRun) {
    return { kind: "refused", error: "this tool was used as often as it may be in one run" };
  }
  return { kind: "allowed", tool, input: parsed.data };
};

/**
 * Runs one request of the model in a run that no conversation binds. In a dry run an act is told, not done; a lookup is looked
 * up in both. Whatever it says it wants, above what the run may do alone a person is asked. Never throws.
 */
export const runClubTool = async (
  ctx: ServiceContext,
  { run, request, tools = CLUB_TOOLS }: { readonly run: ClubRun; readonly request: ClubToolRequest; readonly tools?: readonly ClubTool[] },
): Promise<ClubToolAnswer> => {
  const checked = checkClubTool(request, run, tools);
  if (checked.kind === "refused") {
    return { outcome: "refused", result: { error: checked.error } };
  }
  const { input, tool } = checked;
  if (run.isDryRun && tool.risk !== "read") {
    return { outcome: "done", result: { dryRun: true, would: tool.summarize(input).slice(0, RESULT_MAX_CHARACTERS / 2) } };
  }
  const isAlone = RISKS.indexOf(tool.risk) <= RISKS.indexOf(run.mayAlone) && tool.risk !== "money" && tool.risk !== "physical";
  const callKey = `${clubToolKeys(run.id)}${request.id}`;
  return bounded(await perform(() => tool.run({ ctx, run, callKey, isAlone }, input), { name: tool.name, clubId: ctx.clubId }));
};

/** A result that grew nevertheless is no result: it would fill the window of the model. */
const bounded = (answer: ClubToolAnswer): ClubToolAnswer =>
  JSON.stringify(answer.result).length <= RESULT_MAX_CHARACTERS
    ? answer
    : { outcome: answer.outcome, result: { error: "it is done, but what came of it is too long to be shown" } };

const perform = async (
  run: () => Promise<ToolResult>,
  { clubId, name }: { readonly clubId: string; readonly name: string },
): Promise<ClubToolAnswer> => {
  try {
    return { outcome: "done", result: JSON.parse(JSON.stringify(await run())) as ToolResult };
  } catch (error) {
    if (error instanceof DomainError) {
      return { outcome: "refused", result: { error: error.message } };
    }
    if (isVendorFailure(error)) {
      log.warn({ err: error, clubId, tool: name }, "a tool could not reach its vendor");
      return { outcome: "failed", result: { error: "the club's system cannot be reached just now" } };
    }
    log.error({ err: error, clubId, tool: name }, "a tool broke");
    return { outcome: "failed", result: { error: "that did not work" } };
  }
};
