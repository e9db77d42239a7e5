import type { AutomationName, AutomationSetting } from "./automations.ts";
import type { DecisionInput, Verdict } from "./decide.ts";
import type { Thought } from "./intent.ts";
import type { ReasonCode } from "./reasons.ts";

/** What an automation would do about a message: it comes before the rule of the category. */
export type AutomationProposal = {
  readonly name: AutomationName;
  readonly setting: AutomationSetting;
  /**
   * `answer`: the draft is an answer under the automation's own stage. The others have words of their own: one question
   * more (`ask`), one that stands before the action (`confirm`), the action with a person's approval or at once, or that
   * it is on its way. `refuse`: the automation may not act here.
   */
  readonly step: "answer" | "ask" | "confirm" | "approval" | "run" | "waiting" | "refuse";
  /** How often it has answered in this conversation, since a person last wrote. */
  readonly useCount: number;
};

const REASON_OF_STEP = {
  ask: "automation_asks",
  confirm: "automation_confirm",
  approval: "automation_approval",
  run: "automation_acts",
  waiting: "automation_waiting",
} as const satisfies Record<Exclude<AutomationProposal["step"], "answer" | "refuse">, ReasonCode>;

/**
 * An automation with an action takes a fault before its category does. Wherever it may not, for whatever reason, the
 * category's rule holds, and a fault is then a complaint that goes to a person. Null as well for plain answers.
 */
export const byAutomation = (read: Thought, input: DecisionInput): Verdict | null => {
  const { automation, counts, policy } = input;
  const isHeld = input.isStopped || input.isSuppressed || input.ownership.handledBy === "staff" || input.ownership.isAgentOff;
  if (automation == null || automation.step === "answer" || isHeld || read.riskFlags.length > 0) {
    return null;
  }
  const { name, setting, step, useCount } = automation;
  if (setting.stage === "off" || setting.stage === "shadow") {
    return null;
  }
  // The question of a door always reaches a person, and a member outside is told so, also below `auto`.
  if (setting.stage === "suggest" && step !== "approval" && step !== "waiting" && step !== "refuse") {
    return null;
  }
  if (step === "refuse" || (name === "door_unlock" && step !== "approval" && step !== "waiting")) {
    return ["escalate", "automation_refused"];
  }
  if (useCount >= setting.maxRepliesPerConversation) {
    return ["escalate", "automation_limit"];
  }
  if (
    counts.automaticRepliesInConversation >= policy.limits.automaticRepliesPerConversation ||
    counts.automaticRepliesInClubHour >= policy.limits.automaticRepliesPerClubHour
  ) {
    return null;
  }
  return ["respond", REASON_OF_STEP[step]];
};
