import type { ResetProgress, VendorDoor } from "#server/connectors/acts.ts";
import type { ConnectorError } from "#server/connectors/errors.ts";
import { answerMessage } from "#server/agent/answer-message.ts";
import type { Mind } from "#server/agent/mind.ts";
import { scriptedMind } from "#server/agent/testing.ts";
import { AUTOMATION_DEFAULTS, type AutomationName, type AutomationSetting } from "#server/domain/automations.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { claimRun } from "#server/services/agent-runs/claim-run.ts";
import { placeKey } from "#server/services/bookings/place-key.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { dispatchEffect, type DispatchResult } from "#server/services/effects/dispatch-effect.ts";
import { beforeEach } from "vitest";

import { database } from "./db.ts";
import { anyPhone, MADE_AT, makeConnection, makeMember, scopeOf, type ClubKey } from "./factories.ts";
import { useScriptedConnector } from "./scripted-connector.ts";
import { publishPolicy, write, type Line, type Written } from "./scripted-line.ts";

/** Bays and doors that do what the test says, and count what they were told. */
export const useScriptedDeeds = () => {
  const state = {
    resets: [] as string[],
    pulses: [] as string[],
    progress: { state: "running", vendorReference: null, detail: null } as ResetProgress,
    breaks: null as ConnectorError | null,
    doors: [{ externalId: "d1", name: "Front door", isRemote: true, isLocked: true }] as VendorDoor[],
  };
  const act = (log: string[], what: string): Promise<{ readonly vendorReference: string }> => {
    if (state.breaks !== null) {
      return Promise.reject(state.breaks);
    }
    log.push(what);
    return Promise.resolve({ vendorReference: `ref-${log.length}` });
  };
  beforeEach(() => {
    Object.assign(state, { resets: [], pulses: [], breaks: null, progress: { state: "running", vendorReference: null, detail: null } });
    state.doors = [{ externalId: "d1", name: "Front door", isRemote: true, isLocked: true }];
  });
  useScriptedConnector("ninjaone", () => ({
    capabilities: ["device.reset"],
    check: () => Promise.resolve({ account: "scripted" }),
    devices: {
      find: ({ words }) => Promise.resolve([{ externalId: `bay-${words}`, name: `Bay ${words}`, isOnline: true, lastSeenAt: null }]),
      reset: ({ deviceExternalId }) => act(state.resets, deviceExternalId),
      follow: () => Promise.resolve(state.progress),
    },
  }));
  useScriptedConnector("unifi_access", () => ({
    capabilities: ["door.pulse"],
    check: () => Promise.resolve({ account: "scripted" }),
    doors: {
      list: () => Promise.resolve(state.doors),
      pulse: ({ doorExternalId }) => act(state.pulses, doorExternalId),
    },
  }));
  return state;
};

type Switches = Partial<Record<AutomationName, Partial<AutomationSetting>>>;

/** The club's automations, each as the test says and off otherwise. */
export const switchOn = (club: ClubKey, switches: Switches): Promise<void> =>
  publishPolicy(club, {
    automations: {
      gift_cards: { ...AUTOMATION_DEFAULTS.gift_cards, ...switches.gift_cards },
      hours_and_facts: { ...AUTOMATION_DEFAULTS.hours_and_facts, ...switches.hours_and_facts },
      bay_reset: { ...AUTOMATION_DEFAULTS.bay_reset, ...switches.bay_reset },
      door_unlock: { ...AUTOMATION_DEFAULTS.door_unlock, ...switches.door_unlock },
    },
  });

export const RESET_ON_YES = { stage: "auto", executesAlone: true, confirmation: "contact", threshold: 0.6 } as const;

/** A member who writes from the one number on their record. */
export const memberWrites = async (line: Line, text: string, member: Parameters<typeof makeMember>[2] = {}): Promise<Written> => {
  const phone = anyPhone();
  const written = await write(line, { from: phone, text });
  await makeMember(line.club, written.contactId, { phone, ...member });
  return written;
};

export const makeDeedConnections = async (club: ClubKey) => ({
  bays: await makeConnection(club, { provider: "ninjaone" }),
  doors: await makeConnection(club, { provider: "unifi_access", settings: { unlockSeconds: "5" } }),
});

type Booked = { readonly contactId: string | null; readonly place?: string; readonly endsInMinutes?: number };

/** A bay that is taken now. */
export const bookBay = async (club: ClubKey, { contactId, place = "Bay 3", endsInMinutes = 40 }: Booked): Promise<string> => {
  const id = newId("booking");
  await database().owner.booking.create({
    data: {
      id,
      ...scopeOf(club),
      connectionId: null,
      externalId: id,
      kind: "bay",
      title: "Bay hour",
      startsAt: new Date(Date.now() - 20 * 60_000),
      endsAt: new Date(Date.now() + endsInMinutes * 60_000),
      place,
      placeKey: placeKey(place),
      status: "booked",
      contactId,
      sourceHash: "none",
      readAt: MADE_AT,
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
    },
  });
  return id;
};

/** As far as automations go: what the local reading says of faults. */
const readLocally: Mind["read"] = async (input) => {
  const read = await scriptedMind(() => Promise.reject(new Error("not asked"))).read(input);
  return { ...read, confidence: 0.95, riskFlags: RISKS.filter((risk) => input.text.toLowerCase().includes(risk)) };
};
const RISKS = ["refund", "injury"] as const;

let serial = 0;

/** The engine's way of one message, with the local reading and without a model: claimed, considered, dispatched. */
export const work = async (line: Line, asked: Pick<Written, "conversationId" | "messageId">, mind: Partial<Mind> = {}) => {
  const claim = await claimRun(line.system, {
    conversationId: asked.conversationId,
    messageId: asked.messageId,
    inngestRunId: `engine-auto-${(serial += 1)}`,
  });
  if (claim.kind !== "claimed") {
    throw new Error(`not claimed: ${claim.kind}`);
  }
  const agent: ServiceContext = { ...line.system, actor: { kind: "agent", runId: claim.runId } };
  const scripted = scriptedMind(() => Promise.reject(new Error("the model was asked")));
  const step = await answerMessage(
    agent,
    { ...asked, runId: claim.runId, fencingToken: claim.fencingToken },
    { ...scripted, read: readLocally, ...mind },
  );
  if (step.kind !== "concluded") {
    throw new Error("tools were asked for");
  }
  const dispatched: DispatchResult[] = [];
  for (const effectId of [step.actId, step.effectId]) {
    if (effectId != null) {
      dispatched.push(await dispatchEffect(line.system, { effectId }));
    }
  }
  return { runId: claim.runId, dispatched };
};

/** Dispatches what an inbound text has released, as whoever received it does. */
export const dispatchAll = async (line: Line, effectIds: readonly Id<"effect">[]): Promise<readonly DispatchResult[]> => {
  const results: DispatchResult[] = [];
  for (const effectId of effectIds) {
    results.push(await dispatchEffect(line.system, { effectId }));
  }
  return results;
};
