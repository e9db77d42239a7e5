import { AUTOMATIONS } from "./automations.ts";
import type { AutomationName, AutomationSetting } from "./automations.ts";

type Settings = Readonly<Record<AutomationName, AutomationSetting>>;

/** The automation whose figures come before this one's; null for the first. */
export const predecessorOf = (name: AutomationName): AutomationName | null => AUTOMATIONS[AUTOMATIONS.indexOf(name) - 1] ?? null;

/** Whether an automation may be switched on: the first always, every other once the figures of the one before were seen. */
export const maySwitchOn = (name: AutomationName, seen: ReadonlySet<AutomationName>): boolean => {
  const predecessor = predecessorOf(name);
  return predecessor === null || seen.has(predecessor);
};

type Change = { readonly before: Settings; readonly after: Settings; readonly seen: ReadonlySet<AutomationName> };

/** Automations that a change switches on before their time. */
export const switchedOnTooEarly = ({ before, after, seen }: Change): readonly AutomationName[] =>
  AUTOMATIONS.filter((name) => before[name].stage === "off" && after[name].stage !== "off" && !maySwitchOn(name, seen));
