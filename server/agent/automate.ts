import type { Asked } from "#server/agent/tools/asked-of.ts";
import { soundsAngry } from "#server/domain/anger.ts";
import { automationLine, type LineKey, type LineLanguage } from "#server/domain/automation-lines.ts";
import {
  actionRoad,
  AUTOMATION_CATALOGUE,
  automationFor,
  DOOR_APPROVAL_TTL_MINUTES,
  RESET_APPROVAL_TTL_MINUTES,
  type AutomationName,
} from "#server/domain/automations.ts";
import { readBay } from "#server/domain/bay-words.ts";
import type { AutomationProposal } from "#server/domain/decide-automation.ts";
import { isAtTheDoor } from "#server/domain/door-words.ts";
import type { FoundBay } from "#server/services/devices/find-bay.ts";
import type { Door, FoundDoor } from "#server/services/access/find-door.ts";
import type { PlannedAction } from "#server/services/automations/plan-action.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";
import type { Classification } from "#server/understanding/judge.ts";

/** Looks up what an action would act on; nothing is changed by it. */
export type Look = {
  readonly bay: (bay: string) => Promise<FoundBay>;
  readonly door: (words: string) => Promise<FoundDoor>;
};

/** What an automation makes of a message: a step for `decide`, the words that go with it, and the action behind them. */
export type Proposal = AutomationProposal & { readonly text: string | null; readonly action: PlannedAction | null };

type Input = {
  readonly local: Classification;
  readonly look: Look | undefined;
  /** What the model asked for by a tool: the same road with the same checks, whatever the local reading was. */
  readonly asked?: Asked;
};

/** An answer to "which bay?" is one for this long. */
const ASKED_MINUTES = 15;

/** The automation a message calls for and how far it comes; null = none, the category's rule holds. */
export const propose = async (situation: Situation, { local, look, asked }: Input): Promise<Proposal | null> => {
  const { automations } = situation.policy;
  const open = openQuestion(situation);
  const text = situation.newestTexts.join("\n");
  const name = asked?.name ?? (open === null ? (automationFor(local, automations) ?? stillOutside(situation, text)) : "bay_reset");
  if (name === null || automations[name].stage === "off") {
    return null;
  }
  const base = { name, setting: automations[name], useCount: countOf(situation, name), text: null, action: null };
  if (AUTOMATION_CATALOGUE[name].action === null) {
    return { ...base, step: "answer" };
  }
  const language = local.language === "es" ? "es" : "en";
  // Whoever is upset, or writes in a language the lines do not speak, is better served by a person.
  if (local.riskFlags.length > 0 || soundsAngry(text) || !["en", "es", "und"].includes(local.language)) {
    return null;
  }
  const parts = { situation, look, base, language, text } as const;
  return name === "door_unlock" ? proposeDoor(parts, asked !== undefined) : proposeReset(parts, { open, asked });
};

type Parts = {
  readonly situation: Situation;
  readonly look: Look | undefined;
  readonly base: Omit<Proposal, "step">;
  readonly language: LineLanguage;
  readonly text: string;
};

type Open = NonNullable<ReturnType<typeof openQuestion>>;

/** We asked which bay, and the newest text names one. */
const openQuestion = ({ automationUses = [], newestTexts, now }: Situation) => {
  const last = automationUses.findLast(({ automation }) => automation === "bay_reset");
  const isOpen = last?.outcome === "asked" && now.getTime() - last.at.getTime() < ASKED_MINUTES * 60_000;
  const bay = isOpen ? readBay(newestTexts.at(-1) ?? "", { isAnswer: true }) : null;
  return bay === null ? null : { bay };
};

/** Whoever waits before a door and writes again is still about that door, however they put it. */
const stillOutside = (situation: Situation, text: string): AutomationName | null =>
  isUnderWay(situation, "door_unlock") && isAtTheDoor(text) ? "door_unlock" : null;

const countOf = ({ automationUses = [] }: Situation, name: AutomationName): number =>
  automationUses.filter(({ automation, outcome }) => automation === name && outcome !== "handed_over").length;

const wasAsked = ({ automationUses = [] }: Situation): boolean =>
  automationUses.findLast(({ automation }) => automation === "bay_reset")?.outcome === "asked";

const isUnderWay = ({ automationUses = [] }: Situation, name: AutomationName): boolean =>
  automationUses.some(({ automation, outcome }) => automation === name && (outcome === "awaiting_approval" || outcome === "running"));

const say = ({ situation, language }: Parts, key: LineKey, about: { readonly target: string; readonly seconds?: number | null }): string =>
  automationLine(key, {
    language,
    name: situation.contact.firstName,
    phone: situation.club.phone,
    target: about.target,
    seconds: about.seconds ?? null,
  });

type Why = { readonly open: Open | null; readonly asked: Input["asked"] };

const proposeReset = async (parts: Parts, { open, asked }: Why): Promise<Proposal> => {
  const { situation, look, base, text } = parts;
  const refused: Proposal = { ...base, step: "refuse" };
  if (situation.contact.binding !== "bound" || look === undefined) {
    return refused;
  }
  const bay = open?.bay ?? (asked?.name === "bay_reset" ? asked.bay : readBay(text, { isAnswer: false }));
  if (bay === null) {
    // One question, not an interrogation.
    return wasAsked(situation) ? refused : { ...base, step: "ask", text: say(parts, "ask_bay", { target: "" }) };
  }
  const found = await look.bay(bay);
  if (found.kind === "busy") {
    return { ...base, step: "waiting", text: say(parts, "reset_waiting", { target: bay }) };
  }
  if (found.kind !== "ready") {
    return refused;
  }
  const { connectionId, deviceExternalId, deviceName } = found.bay;
  // In the shadow stage it is kept what it would say at full stage; nothing comes of it.
  const isShadow = base.setting.stage === "shadow";
  const road = actionRoad("bay_reset", isShadow ? { ...base.setting, stage: "auto" } : base.setting);
  const question = say(parts, LINE_OF_ROAD[road], { target: bay });
  return {
    ...base,
    step: road,
    text: question,
    action: {
      road,
      kind: "device.reset",
      connectionId,
      arguments: { deviceExternalId, deviceName, bay },
      requiredRole: "staff",
      summary: `Reset bay ${bay} (${deviceName}) for the member whose booking is running there`,
      expiresInMinutes: RESET_APPROVAL_TTL_MINUTES,
    },
  };
};

const LINE_OF_ROAD = { confirm: "reset_confirm", approval: "reset_asked", run: "reset_started" } as const satisfies Record<string, LineKey>;

const proposeDoor = async (parts: Parts, isAsked: boolean): Promise<Proposal | null> => {
  const { situation, look, base, text } = parts;
  if (!isAsked && !isAtTheDoor(text)) {
    return null;
  }
  if (situation.contact.binding !== "bound" || look === undefined) {
    return { ...base, step: "refuse" };
  }
  const found = await look.door(text);
  if (found.kind !== "ready") {
    return { ...base, step: "refuse" };
  }
  const target = found.door.doorName.toLowerCase();
  if (isUnderWay(situation, "door_unlock")) {
    return { ...base, step: "waiting", text: say(parts, "door_waiting", { target }) };
  }
  return { ...base, step: "approval", text: say(parts, "door_asked", { target }), action: doorAction(found.door) };
};

const doorAction = ({ connectionId, doorExternalId, doorName, memberName, seconds }: Door): PlannedAction => ({
  road: "approval",
  kind: "door.pulse",
  connectionId,
  arguments: { doorExternalId, doorName, actorName: `Spotter for ${memberName}`, ...(seconds === null ? {} : { seconds }) },
  requiredRole: "manager",
  summary: `Open the ${doorName.toLowerCase()} ${seconds === null ? "for a moment" : `for ${seconds} seconds`} for ${memberName}, a member with valid access who says they are there now`,
  expiresInMinutes: DOOR_APPROVAL_TTL_MINUTES,
});
