import { AUTOMATION_CATALOGUE, AUTOMATIONS, AutomationSetting } from "./automations.ts";
import type { AutomationName } from "./automations.ts";
import { openDaysOf } from "./hours-text.ts";
import { CATEGORIES, CATEGORY_LABELS } from "./categories.ts";
import { WeekHours } from "./policy.ts";
import type { Stage } from "./vocabulary.ts";

export const STAGE_LABELS = { off: "Off", shadow: "Shadow", suggest: "Suggest", auto: "Auto" } as const satisfies Record<Stage, string>;

/** What the agent does in each stage, in one sentence. */
export const STAGE_HINTS = {
  off: "Spotter hands these messages to a person.",
  shadow: "Spotter drafts silently; nothing is shown or sent, and the draft is compared with what your team sends.",
  suggest: "Spotter drafts, and a person sends.",
  auto: "Spotter answers alone where it is sure enough, and drafts for a person otherwise.",
} as const satisfies Record<Stage, string>;

export const CONFIRMATION_LABELS = {
  none: "Nobody",
  contact: "The customer",
  staff: "Your team",
} as const satisfies Record<AutomationSetting["confirmation"], string>;

const LABELS: Readonly<Record<string, string>> = {
  "agent.name": "Name",
  "agent.personality": "Personality",
  "agent.disclosure": "Disclosure",
  "agent.translatedDisclosures": "Disclosure in other languages",
  "agent.languages": "Languages",
  ...Object.fromEntries(CATEGORIES.map((category) => [`stages.${category}`, `${CATEGORY_LABELS[category]}: stage`])),
  ...Object.fromEntries(CATEGORIES.map((category) => [`categoryThresholds.${category}`, `${CATEGORY_LABELS[category]}: threshold`])),
  ...Object.fromEntries(AUTOMATIONS.map((name) => [`automations.${name}`, AUTOMATION_CATALOGUE[name].label])),
  instantAnswers: "Instant answers",
  "thresholds.auto": "General threshold",
  "thresholds.floor": "Floor",
  "limits.automaticRepliesPerConversation": "Automatic replies per conversation",
  "limits.automaticRepliesPerClubHour": "Automatic replies per hour",
  burstWindowSeconds: "Wait for the rest of a message",
  missedCallText: "Text after a missed call",
  handBackHours: "Hand back after",
  replyMaxSentences: "Longest reply in sentences",
  replyMaxCharacters: "Longest reply in characters",
  allowedLinkHosts: "Allowed links",
  "budgets.dailyCostMicros": "Cost per day",
  "budgets.dailyTokens": "Tokens per day",
  "budgets.runCostMicros": "Cost per answer",
  "budgets.conversationCostMicros": "Cost per conversation and day",
  "hours.opening": "Opening hours",
  "hours.staffed": "Staffed hours",
  "quietHours.startMinute": "Quiet hours begin",
  "quietHours.endMinute": "Quiet hours end",
  "models.agent": "Model",
  "models.hard": "Model for hard messages",
  "learning.minDrafts": "Drafts to compare",
  "learning.agreementRatio": "Agreement needed",
  "learning.demoteAfterCorrections": "Corrections that take auto away",
  asksSatisfaction: "Satisfaction question",
};

/** The name of a setting for people. */
export const settingLabel = (path: string): string => LABELS[path] ?? path;

const AUTOMATION_FIELD_LABELS = {
  stage: "stage",
  executesAlone: "acts by itself",
  threshold: "threshold",
  maxRepliesPerConversation: "replies per conversation",
  confirmation: "who confirms",
} as const satisfies Record<keyof AutomationSetting, string>;

type FieldWords = { readonly field: string; readonly label: string; readonly words: string };

/** Each switch of an automation with its own name and words. */
export const automationFields = (name: AutomationName, value: unknown): readonly FieldWords[] => {
  const { data } = AutomationSetting.safeParse(value);
  return (["stage", "executesAlone", "threshold", "maxRepliesPerConversation", "confirmation"] as const).map((field) => ({
    field,
    label: `${AUTOMATION_CATALOGUE[name].label}: ${AUTOMATION_FIELD_LABELS[field]}`,
    words: data === undefined ? NOT_SET : fieldWords(field, data),
  }));
};

const fieldWords = (field: keyof AutomationSetting, setting: AutomationSetting): string => {
  switch (field) {
    case "stage":
      return STAGE_LABELS[setting.stage];
    case "confirmation":
      return CONFIRMATION_LABELS[setting.confirmation];
    case "executesAlone":
      return setting.executesAlone ? "Yes" : "No";
    case "threshold":
      return setting.threshold.toFixed(2);
    case "maxRepliesPerConversation":
      return String(setting.maxRepliesPerConversation);
  }
};

export const NOT_SET = "not set here";

/** A value of a setting as people read it; `undefined` = the layer leaves it to the one below. */
export const valueWords = (path: string, value: unknown): string => {
  if (value === undefined) {
    return NOT_SET;
  }
  const [section = ""] = path.split(".");
  const write = WRITERS[path] ?? WRITERS[section];
  return write === undefined ? plainWords(value) : write(value);
};

const plainWords = (value: unknown): string => {
  if (typeof value === "boolean") {
    return value ? "On" : "Off";
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? "none" : value.join(", ");
  }
  if (typeof value === "object" && value !== null) {
    return (
      Object.entries(value)
        .map(([key, entry]) => `${key}: ${String(entry)}`)
        .join("; ") || "none"
    );
  }
  return value === null ? "none" : String(value);
};

const ratio = (value: unknown): string => Number(value).toFixed(2);
const dollars = (value: unknown): string => `$${(Number(value) / 1_000_000).toFixed(2)}`;
const hours = (value: unknown): string => {
  const { data } = WeekHours.safeParse(value);
  return data === undefined ? "not known" : openDaysOf(data).join("; ") || "closed all week";
};

/** `21:05`: club-local minutes after midnight. */
const clockTime = (value: unknown): string => {
  const minute = Number(value);
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
};

const WRITERS: Readonly<Record<string, (value: unknown) => string>> = {
  stages: (value) => new Map<unknown, string>(Object.entries(STAGE_LABELS)).get(value) ?? String(value),
  thresholds: ratio,
  categoryThresholds: (value) => (value === null ? "as in general" : ratio(value)),
  "learning.agreementRatio": (value) => `${Math.round(Number(value) * 100)} %`,
  "budgets.dailyCostMicros": dollars,
  "budgets.runCostMicros": dollars,
  "budgets.conversationCostMicros": dollars,
  hours,
  quietHours: clockTime,
  models: (value) => (value === null ? "of this installation" : String(value)),
  burstWindowSeconds: (value) => `${String(value)} s`,
  handBackHours: (value) => `${String(value)} h`,
};
