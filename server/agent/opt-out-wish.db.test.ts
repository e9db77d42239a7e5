import { beforeEach, expect, test } from "vitest";

import type { Think } from "#server/platform/model-client.ts";
import { addressKey } from "#server/platform/keys.ts";
import { claimRun } from "#server/services/agent-runs/claim-run.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { teachHours } from "#server/testing/scripted-agent.ts";
import { makeLine, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import type { Classification } from "#server/understanding/judge.ts";

import { answerMessage, type AnswerStep } from "./answer-message.ts";
import type { Mind } from "./mind.ts";
import { scriptedMind } from "./testing.ts";

useDatabase();
const vendor = useScriptedOpenPhone();
let line: Line;

beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  await teachHours(line.club);
});

const owner = () => database().owner;
const noThink: Think = () => Promise.reject(new Error("the model was asked"));

/** Reads every text as a wish for silence of this certainty. */
const hears = (verdict: Classification["optOut"]["verdict"]): Mind => {
  const mind = scriptedMind(noThink);
  return { ...mind, read: async (input) => ({ ...(await mind.read(input)), optOut: { chance: 0.9, verdict } }) };
};

const answer = async (asked: Written, mind: Mind): Promise<AnswerStep> => {
  const claim = await claimRun(line.system, {
    conversationId: asked.conversationId,
    messageId: asked.messageId,
    inngestRunId: `engine-${asked.messageId}`,
  });
  if (claim.kind !== "claimed") {
    throw new Error(`the run was not claimed: ${claim.kind}`);
  }
  const agent = { ...line.system, actor: { kind: "agent" as const, runId: claim.runId } };
  const step = await answerMessage(agent, { ...asked, runId: claim.runId, fencingToken: claim.fencingToken }, mind);
  if (step.kind === "concluded" && step.effectId !== null) {
    await dispatchEffect(agent, { effectId: step.effectId });
  }
  return step;
};

test("a certain wish for silence suppresses like a STOP, with one confirmation and no model", async () => {
  const asked = await write(line, { text: "these little notes confuse me dear" });
  await answer(asked, hears("certain"));
  expect(await owner().suppression.findMany({ where: { addressKey: addressKey(asked.phone) } })).toMatchObject([
    { purpose: "all", channelKind: "sms", messageId: asked.messageId, liftedAt: null },
  ]);
  expect(vendor.accepted(asked.phone).map(({ text }) => text)).toEqual([expect.stringMatching(/^Ironwood Denver: you are unsubscribed/)]);
  expect(await owner().message.findUniqueOrThrow({ where: { id: asked.messageId } })).toMatchObject({
    requiresResponse: false,
    agentOutcome: "ignore",
  });
});

test("whoever will not talk to a machine is not unsubscribed but shown to a person", async () => {
  const asked = await write(line, { text: "no offense but i dont wanna chat w a bot" });
  await answer(asked, hears("certain"));
  expect(await owner().suppression.count({ where: { addressKey: addressKey(asked.phone) } })).toBe(0);
  expect(await owner().conversation.findUniqueOrThrow({ where: { id: asked.conversationId } })).toMatchObject({ needsYou: "escalation" });
});

test("a possible wish for silence sends nothing, not even the line of a handover, and asks a person", async () => {
  const asked = await write(line, { text: "these little notes confuse me dear" });
  await answer(asked, hears("possible"));
  expect(vendor.accepted(asked.phone)).toEqual([]);
  expect(await owner().suppression.count({ where: { addressKey: addressKey(asked.phone) } })).toBe(0);
  expect(await owner().conversation.findUniqueOrThrow({ where: { id: asked.conversationId } })).toMatchObject({ needsYou: "escalation" });
  expect(await owner().decision.findFirstOrThrow({ where: { messageId: asked.messageId } })).toMatchObject({ outcome: "escalate" });
});
