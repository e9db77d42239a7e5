import { z } from "zod";

import { APPROVAL_LEVELS, CUSTOM_TOOL_NAMES, isCustomTool, type CustomToolName } from "./custom-tools.ts";

/** Chosen by us: a task, not a document. */
const TASK_MIN_CHARACTERS = 15;
const TASK_MAX_CHARACTERS = 2_000;
/** Chosen by us: what a person reads over before one yes. More people are what campaigns are for. */
export const MESSAGES_MAX = 50;
/** Chosen by us: a round of a task with a full list is some 5,000 tokens. */
export const TOKENS_MIN = 5_000;
export const TOKENS_MAX = 200_000;
/** Millionths of a US dollar: five cents to five dollars a run. */
export const COST_MIN_MICROS = 50_000;
export const COST_MAX_MICROS = 5_000_000;

const ToolName = z.custom<CustomToolName>((value) => typeof value === "string" && isCustomTool(value), "there is no such tool");

/** A task in plain words with all that bounds it. */
export const CustomTask = z.strictObject({
  task: z
    .string()
    .trim()
    .min(TASK_MIN_CHARACTERS, "say in a sentence or two what is to be done")
    .max(TASK_MAX_CHARACTERS, "keep it to what one run does"),
  /** The only tools its runs may use. */
  tools: z
    .array(ToolName)
    .min(1, "allow it at least one tool")
    .max(CUSTOM_TOOL_NAMES.length)
    .transform((names) => CUSTOM_TOOL_NAMES.filter((name) => names.includes(name))),
  approval: z.enum(APPROVAL_LEVELS),
  /** Whose consent its texts need: `marketing` is the stricter, and whatever was not chosen is that. */
  purpose: z.enum(["service", "marketing"]),
  budget: z.strictObject({
    /** Of the model, in and out, in one run. */
    tokens: z.int().min(TOKENS_MIN).max(TOKENS_MAX),
    /** Of the model in one run, millionths of a US dollar. */
    costMicros: z.int().min(COST_MIN_MICROS).max(COST_MAX_MICROS),
    /** Texts and reminders of one run together. */
    messages: z.int().min(0).max(MESSAGES_MAX),
  }),
  /** Which runs the manager hears of. */
  tells: z.enum(["always", "failures", "never"]),
});
export type CustomTask = z.output<typeof CustomTask>;

/** What the editor begins with; a task must be written before it can be kept. */
export const BLANK_TASK: CustomTask = {
  task: "",
  tools: ["list_members", "find_member", "get_member_profile", "search_knowledge"],
  approval: "everything",
  purpose: "marketing",
  budget: { tokens: 60_000, costMicros: 500_000, messages: 20 },
  tells: "failures",
};
