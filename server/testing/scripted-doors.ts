import type { AccessState } from "#server/connectors/acts.ts";
import { ConnectorError } from "#server/connectors/errors.ts";
import type { WeekHours } from "#server/domain/policy.ts";
import { newId } from "#server/platform/ids.ts";
import { beforeEach } from "vitest";

import { database } from "./db.ts";
import { MADE_AT, scopeOf, type ClubKey } from "./factories.ts";
import { useScriptedConnector } from "./scripted-connector.ts";

type Step = "refused" | "lost" | "away";
type Set = { readonly person: string; readonly state: AccessState };

/** The club's own system, which lets people in or not: what it was told, in order, and how the doors stand. */
export type ScriptedDoors = {
  readonly sets: Set[];
  readonly notes: { readonly person: string; readonly text: string }[];
  readonly isLocked: (person: string) => boolean;
  /** The next calls to set a door meet these, in order. `lost` = done, and the answer never came; `away` = nothing was done, and later it may be. */
  readonly next: (...steps: readonly Step[]) => void;
  /** The next call to set a door reaches the system and is answered only when released. */
  readonly hold: () => { readonly arrived: Promise<void>; readonly release: () => void };
};

export const useScriptedDoors = (): ScriptedDoors => {
  const state = {
    sets: [] as Set[],
    notes: [] as { person: string; text: string }[],
    steps: [] as Step[],
    held: [] as { arrive: () => void; until: Promise<void> }[],
    locked: new Set<string>(),
  };
  beforeEach(() => {
    state.sets.length = 0;
    state.notes.length = 0;
    state.steps.length = 0;
    state.held.length = 0;
    state.locked.clear();
  });
  useScriptedConnector("clubhub", () => ({
    capabilities: ["notes.write", "access.state"],
    check: () => Promise.resolve({ account: "scripted" }),
    notes: {
      add: ({ personExternalId, text }) => {
        state.notes.push({ person: personExternalId, text });
        return Promise.resolve({ vendorReference: null });
      },
    },
    access: {
      read: ({ personExternalId }) =>
        Promise.resolve({ state: state.locked.has(personExternalId) ? "suspended" : "allowed", detail: null }),
      set: async ({ personExternalId: person, state: to }) => {
        const step = state.steps.shift();
        const held = state.held.shift();
        held?.arrive();
        await held?.until;
        if (step === "refused") {
          throw new ConnectorError("rejected", "scripted", { reason: "not_allowed" });
        }
        if (step === "away") {
          throw new ConnectorError("unavailable", "scripted");
        }
        state.sets.push({ person, state: to });
        state.locked[to === "suspended" ? "add" : "delete"](person);
        if (step === "lost") {
          throw new ConnectorError("outcome_unknown", "scripted");
        }
        return { vendorReference: null, state: to };
      },
    },
  }));
  return {
    sets: state.sets,
    notes: state.notes,
    isLocked: (person) => state.locked.has(person),
    next: (...steps) => state.steps.push(...steps),
    hold: () => {
      const opened = Promise.withResolvers<void>();
      const arrival = Promise.withResolvers<void>();
      state.held.push({ arrive: arrival.resolve, until: opened.promise });
      return { arrived: arrival.promise, release: opened.resolve };
    },
  };
};

/** The desk is staffed between these minutes of every day. */
export const staffedFrom = (startMinute: number, endMinute: number): WeekHours => {
  const day = [{ startMinute, endMinute }];
  return [day, day, day, day, day, day, day];
};
export const STAFFED = staffedFrom(540, 1_020);

/** Somebody's warning that the vendor says was delivered. */
export const makeWarning = async (
  club: ClubKey,
  {
    contactId,
    deliveredAt,
    episodeOn,
    memberId,
    namesOn,
  }: {
    readonly contactId: string;
    readonly memberId: string;
    readonly episodeOn: string;
    readonly namesOn: string;
    readonly deliveredAt: Date | null;
  },
): Promise<void> => {
  const { owner } = database();
  const channel = await owner.channel.findFirstOrThrow({ where: { clubId: club.id } });
  const conversation = await owner.conversation.findFirst({ where: { clubId: club.id, contactId } });
  const conversationId = conversation?.id ?? newId("conversation");
  if (conversation === null) {
    await owner.conversation.create({
      data: {
        id: conversationId,
        ...scopeOf(club),
        channelId: channel.id,
        contactId,
        status: "open",
        handledBy: "agent",
        lastMessageAt: MADE_AT,
        createdAt: MADE_AT,
        updatedAt: MADE_AT,
      },
    });
  }
  const effectId = newId("effect");
  await owner.effect.create({
    data: {
      id: effectId,
      ...scopeOf(club),
      effectKey: `warning:${effectId}`,
      kind: "message.send",
      effectKind: "send",
      status: "confirmed",
      plannedBy: "workflow",
      needsApproval: false,
      connectionId: channel.connectionId,
      channelId: channel.id,
      conversationId,
      contactId,
      channelKind: "sms",
      purpose: "service",
      arguments: { to: "", recipientExternalId: null, text: "Your access ends." },
      argumentsHash: "test",
      dispatchedAt: deliveredAt,
      settledAt: deliveredAt,
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
    },
  });
  const { messageSequence: sequence } = await owner.conversation.update({
    where: { id: conversationId },
    data: { messageSequence: { increment: 1 } },
    select: { messageSequence: true },
  });
  await owner.message.create({
    data: {
      id: newId("message"),
      ...scopeOf(club),
      conversationId,
      connectionId: channel.connectionId,
      effectId,
      direction: "outbound",
      author: "workflow",
      body: "Your access ends.",
      bodyHash: "test",
      status: deliveredAt === null ? "sent" : "delivered",
      deliveredAt,
      sequence,
      sentAt: MADE_AT,
      receivedAt: MADE_AT,
      createdAt: MADE_AT,
    },
  });
  await owner.lockWarning.create({
    data: { id: newId("lockWarning"), ...scopeOf(club), contactId, memberId, episodeOn, namesOn, effectId, createdAt: MADE_AT },
  });
};
