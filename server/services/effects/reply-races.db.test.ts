import { scriptedMind } from "#server/agent/testing.ts";
import { answerMessage } from "#server/agent/answer-message.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Think } from "#server/platform/model-client.ts";
import { claimRun } from "#server/services/agent-runs/claim-run.ts";
import { clearEmergencyStop } from "#server/services/clubs/clear-emergency-stop.ts";
import { setEmergencyStop } from "#server/services/clubs/set-emergency-stop.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { raceCount, reportRaces, seeded, turnsOfTheLoop } from "#server/testing/races.ts";
import { sureThink, SURE_TEXT, teachHours } from "#server/testing/scripted-agent.ts";
import { holdCounter, waitingForLocks } from "#server/testing/scripted-locks.ts";
import { arrive, makeLine, vendorText, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { dispatchEffect } from "./dispatch-effect.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

/** Tries of each interruption at each point: seven points and five interruptions are 315 races in full. */
const TRIES = raceCount({ few: 1, full: 9 });
const LOOSE_TRIES = raceCount({ few: 4, full: 60 });
const TIME_LIMIT_MS = 900_000;
const STAFF_TEXT = "a person writes";

let line: Line;
let keys = 0;
const random = seeded(4_711);

beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
});

const owner = () => database().owner;

type Interruption = {
  readonly name: string;
  readonly run: (asked: Written) => Promise<unknown>;
  /** Takes it back, so that the next try of the same club begins afresh. */
  readonly undo?: () => Promise<unknown>;
  /** The event or message by which the thread shows where it stands; null = it stands in no thread. */
  readonly standsAt: ((asked: Written) => Promise<number>) | null;
};

const sequenceOf = async (where: { conversationId: string; eventCode?: string; body?: string }): Promise<number> => {
  const row = await owner().message.findFirst({ where, orderBy: { sequence: "desc" }, select: { sequence: true } });
  return row?.sequence ?? Number.POSITIVE_INFINITY;
};

const INTERRUPTIONS: readonly Interruption[] = [
  {
    name: "takeover",
    run: ({ conversationId }) => takeOver(line.club.as.staff, { conversationId }),
    standsAt: ({ conversationId }) => sequenceOf({ conversationId, eventCode: "taken_over" }),
  },
  {
    name: "STOP",
    run: ({ phone }) => write(line, { from: phone, text: "STOP" }),
    standsAt: ({ conversationId }) => sequenceOf({ conversationId, body: "STOP" }),
  },
  {
    name: "emergency stop",
    run: () => setEmergencyStop(line.club.as.manager, { reason: "wrong prices" }),
    undo: () => clearEmergencyStop(line.club.as.manager),
    standsAt: null,
  },
  {
    name: "staff reply at the vendor",
    run: ({ phone }) => arrive(line, vendorText({ direction: "outbound", from: phone, text: STAFF_TEXT })),
    standsAt: ({ conversationId }) => sequenceOf({ conversationId, eventCode: "replied_elsewhere" }),
  },
  {
    name: "staff reply in the app",
    run: ({ conversationId }) =>
      queueReply(line.club.as.staff, { conversationId, text: STAFF_TEXT, clientKey: `client-key-${(keys += 1)}` }),
    standsAt: ({ conversationId }) => sequenceOf({ conversationId, body: STAFF_TEXT }),
  },
];

/** What the vendor accepted that no person wrote. */
const ofTheAgent = (phone: string): readonly string[] =>
  vendor
    .accepted(phone)
    .map(({ text }) => text)
    .filter((text) => text !== STAFF_TEXT && !text.includes("unsubscribed"));

const ask = () => write(line, { text: "when is the front desk staffed on saturday?" });

type Claimed = { readonly runId: Id<"agentRun">; readonly fencingToken: string };
const claim = async (asked: Written): Promise<Claimed | null> => {
  const { conversationId, messageId } = asked;
  const claimed = await claimRun(line.system, { conversationId, messageId, inngestRunId: `race-${(keys += 1)}` });
  return claimed.kind === "claimed" ? claimed : null;
};
const consider = async (asked: Written, claimed: Claimed | null, mind: Think = sureThink): Promise<Id<"effect"> | null> => {
  if (claimed === null) {
    return null;
  }
  const { conversationId, messageId } = asked;
  const agent = { ...line.system, actor: { kind: "agent" as const, runId: claimed.runId } };
  const step = await answerMessage(agent, { conversationId, messageId, ...claimed }, scriptedMind(mind));
  return step.kind === "concluded" ? step.effectId : null;
};
const dispatch = (effectId: Id<"effect"> | null) => (effectId === null ? null : dispatchEffect(line.system, { effectId }));
const plan = async (): Promise<{ readonly asked: Written; readonly effectId: Id<"effect"> }> => {
  const asked = await ask();
  const effectId = await consider(asked, await claim(asked));
  if (effectId === null) {
    throw new Error("nothing was planned");
  }
  return { asked, effectId };
};

type Point = {
  readonly name: string;
  /** Runs one reply with the interruption at this point; answers how many sends of the agent may be at the vendor. */
  readonly race: (interruption: Interruption) => Promise<{ readonly asked: Written; readonly allowed: 0 | 1 }>;
};

const POINTS: readonly Point[] = [
  {
    name: "before the claim",
    race: async ({ run }) => {
      const asked = await ask();
      await run(asked);
      await dispatch(await consider(asked, await claim(asked)));
      return { asked, allowed: 0 };
    },
  },
  {
    name: "between claim and consider",
    race: async ({ run }) => {
      const asked = await ask();
      const claimed = await claim(asked);
      await run(asked);
      await dispatch(await consider(asked, claimed));
      return { asked, allowed: 0 };
    },
  },
  {
    name: "while the model thinks",
    race: async ({ run }) => {
      const asked = await ask();
      const interrupted: Think = async (request) => {
        await run(asked);
        return sureThink(request);
      };
      await dispatch(await consider(asked, await claim(asked), interrupted));
      return { asked, allowed: 0 };
    },
  },
  {
    name: "between conclude and dispatch",
    race: async ({ run }) => {
      const { asked, effectId } = await plan();
      await run(asked);
      await dispatch(effectId);
      return { asked, allowed: 0 };
    },
  },
  {
    name: "inside the gate, first",
    race: async ({ run }) => {
      const { asked, effectId } = await plan();
      const held = await holdCounter(line.club.id);
      const interrupting = run(asked);
      await waitingForLocks(1);
      const sending = dispatch(effectId);
      await waitingForLocks(2);
      await held.release();
      await Promise.all([interrupting, sending]);
      return { asked, allowed: 0 };
    },
  },
  {
    name: "inside the gate, second",
    race: async ({ run }) => {
      const { asked, effectId } = await plan();
      const held = await holdCounter(line.club.id);
      const sending = dispatch(effectId);
      await waitingForLocks(1);
      const interrupting = run(asked);
      await waitingForLocks(2);
      await held.release();
      await Promise.all([interrupting, sending]);
      return { asked, allowed: 1 };
    },
  },
  {
    name: "after DISPATCHING committed",
    race: async ({ run }) => {
      const { asked, effectId } = await plan();
      const held = vendor.hold();
      const sending = dispatch(effectId);
      await held.arrived;
      await run(asked);
      // Whoever tries once more while the vendor has not answered begins nothing.
      await dispatch(effectId);
      held.release();
      await sending;
      return { asked, allowed: 1 };
    },
  },
];

describe.each(INTERRUPTIONS)("$name against a reply in flight", (interruption) => {
  test(
    "nothing of the agent's is dispatched after it is committed, at whichever point it comes; what was on its way before is sent once",
    async () => {
      for (const { name, race } of POINTS) {
        let accepted = 0;
        let expected = 0;
        for (let round = 0; round < TRIES; round += 1) {
          const { asked, allowed } = await race(interruption);
          const texts = ofTheAgent(asked.phone);
          expect(texts.length, `${interruption.name} ${name}`).toBe(allowed);
          expect(texts.every((text) => text.includes(SURE_TEXT))).toBe(true);
          accepted += texts.length;
          expected += allowed;
          await interruption.undo?.();
        }
        reportRaces({ suite: interruption.name, name, races: TRIES, allowed: expected, accepted, violations: 0 });
      }
    },
    TIME_LIMIT_MS,
  );
});

/** Where no point is chosen, the thread tells who came first: both write into it under the lock of the conversation. */
describe.each(INTERRUPTIONS.filter(({ standsAt }) => standsAt !== null))("$name beside a dispatch, whoever comes first", (interruption) => {
  test(
    "what the vendor accepted stands in the thread before it, and what stands after it was never sent",
    async () => {
      let accepted = 0;
      let allowed = 0;
      for (let round = 0; round < LOOSE_TRIES; round += 1) {
        const { asked, effectId } = await plan();
        const [first, second] = [Math.floor(random() * 25), Math.floor(random() * 25)];
        await Promise.all([
          turnsOfTheLoop(first).then(() => dispatch(effectId)),
          turnsOfTheLoop(second).then(() => interruption.run(asked)),
        ]);
        await dispatch(effectId);
        const { status } = await owner().effect.findUniqueOrThrow({ where: { id: effectId } });
        const ours = await owner().message.findFirst({ where: { effectId }, select: { sequence: true } });
        const theirs = await interruption.standsAt?.(asked);
        const wasFirst = ours !== null && theirs !== undefined && ours.sequence < theirs;
        expect(ofTheAgent(asked.phone)).toHaveLength(wasFirst ? 1 : 0);
        expect(status).toBe(wasFirst ? "confirmed" : "dropped");
        accepted += ofTheAgent(asked.phone).length;
        allowed += wasFirst ? 1 : 0;
      }
      reportRaces({ suite: interruption.name, name: "anywhere", races: LOOSE_TRIES, allowed, accepted, violations: 0 });
    },
    TIME_LIMIT_MS,
  );
});
