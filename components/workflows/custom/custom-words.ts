import {
  CUSTOM_TOOLS,
  gateOfTool,
  type ApprovalLevel,
  type CustomToolName,
  type Gate,
  type ToolRisk,
} from "#server/domain/workflows/custom-tools.ts";
import type { CustomTask } from "#server/domain/workflows/custom-task.ts";

/** How grave a tool is, in a word, with the colour of its chip. */
export const RISK_WORDS = {
  read: { label: "Only reads", tone: "neutral" },
  reversible: { label: "Can be undone", tone: "neutral" },
  sends: { label: "Writes to people", tone: "warn" },
  money: { label: "About money", tone: "bad" },
  physical: { label: "About doors", tone: "bad" },
} as const satisfies Record<ToolRisk, { readonly label: string; readonly tone: "neutral" | "warn" | "bad" }>;

export const LEVEL_WORDS = {
  everything: { label: "Everything asks", about: "Each run waits with its plan until a person has said yes." },
  sends: { label: "Messages ask", about: "Notes are written at once. A run that would write to anybody waits with its plan for a yes." },
  within_limits: {
    label: "Alone within its limits",
    about: "After the first yes its messages go out by themselves, up to the limit below.",
  },
} as const satisfies Record<ApprovalLevel, { readonly label: string; readonly about: string }>;

const GATE_WORDS = {
  alone: "by itself",
  plan: "with a yes to the plan",
  each: "a person decides each one",
} as const satisfies Record<Gate, string>;

/** Who lets a tool do its work at this level; looking things up needs nobody. */
export const gateWords = (level: ApprovalLevel, name: CustomToolName): string =>
  CUSTOM_TOOLS[name].risk === "read" ? "at once" : GATE_WORDS[gateOfTool(level, name)];

export const PURPOSE_WORDS = {
  marketing: { label: "Invitations and offers", about: "Only whoever agreed to advertising gets one. Take this where you are not sure." },
  service: {
    label: "Notes about their membership",
    about: "Whoever agreed to messages of the club gets one. Nothing in them may advertise.",
  },
} as const satisfies Record<CustomTask["purpose"], { readonly label: string; readonly about: string }>;

export const TELLS_WORDS = {
  always: "After every run",
  failures: "When something did not work",
  never: "Never",
} as const satisfies Record<CustomTask["tells"], string>;
