import type { Id } from "#server/domain/ids.ts";
import { clearEmergencyStop } from "#server/services/clubs/clear-emergency-stop.ts";
import { setEmergencyStop } from "#server/services/clubs/set-emergency-stop.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { teachHours, think } from "#server/testing/scripted-agent.ts";
import { makeLine, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { holdAddress, holdCounter, waitingForLocks } from "#server/testing/scripted-locks.ts";
import { THROTTLE, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { dispatchEffect } from "./dispatch-effect.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;

beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
});

const owner = () => database().owner;
const effect = (id: string) => owner().effect.findUniqueOrThrow({ where: { id } });
const conversation = (id: string) => owner().conversation.findUniqueOrThrow({ where: { id } });
const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1_000);
/** A question with the agent's answer planned and not yet on its way. */
const planned = async (): Promise<Written & { readonly effectId: Id<"effect"> }> => {
  const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
  const { effectId } = await think(line, asked);
  if (effectId === null) {
    throw new Error("nothing was planned");
  }
  return { ...asked, effectId };
};
let keys = 0;
const reply = (written: Written, text: string) =>
  queueReply(line.club.as.staff, { conversationId: written.conversationId, text, clientKey: `client-key-${(keys += 1)}` });

describe("stop", () => {
  test("the emergency stop holds what the agent planned, and a person sees who still waits", async () => {
    const { effectId, phone, conversationId } = await planned();
    await setEmergencyStop(line.club.as.manager, { reason: "wrong prices" });
    expect(await dispatchEffect(line.system, { effectId })).toEqual({ status: "dropped", reason: "stopped" });
    expect(vendor.sendCount(phone)).toBe(0);
    expect(await conversation(conversationId)).toMatchObject({ needsYou: "escalation", waitingSince: expect.any(Date) });
    await clearEmergencyStop(line.club.as.manager);
    expect(await dispatchEffect(line.system, { effectId })).toMatchObject({ status: "dropped" });
  });

  test("the stop of the franchise holds every club of it", async () => {
    const { effectId } = await planned();
    await owner().franchise.update({ where: { id: line.club.franchiseId }, data: { stoppedAt: new Date() } });
    expect(await dispatchEffect(line.system, { effectId })).toEqual({ status: "dropped", reason: "stopped" });
  });

  test("a stop that commits while a dispatch stands inside its gate holds it", async () => {
    const { effectId, phone } = await planned();
    const held = await holdAddress(line.club.franchiseId, phone);
    const sending = dispatchEffect(line.system, { effectId });
    await waitingForLocks(1);
    await setEmergencyStop(line.club.as.manager, { reason: "wrong prices" });
    await held.release();
    expect(await sending).toEqual({ status: "dropped", reason: "stopped" });
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("a stop does not commit between a dispatch that has passed its gate and the commit of it", async () => {
    const { effectId, phone, conversationId } = await planned();
    const held = await holdCounter(line.club.id);
    const sending = dispatchEffect(line.system, { effectId });
    await waitingForLocks(1);
    const stopping = setEmergencyStop(line.club.as.manager, { reason: "wrong prices" });
    await waitingForLocks(2);
    expect(await conversation(conversationId)).toMatchObject({ needsYou: "none" });
    await held.release();
    expect(await sending).toMatchObject({ status: "confirmed" });
    await stopping;
    expect(vendor.sendCount(phone)).toBe(1);
  });

  test("people go on answering, and a STOP is still confirmed", async () => {
    const asked = await write(line);
    await setEmergencyStop(line.club.as.manager, { reason: "wrong prices" });
    await reply(asked, "a person writes");
    const stopped = await write(line, { from: asked.phone, text: "STOP" });
    for (const effectId of stopped.result.effectIds) {
      await dispatchEffect(line.webhook, { effectId });
    }
    expect(vendor.accepted(asked.phone).map(({ text }) => text)).toEqual(["a person writes", expect.stringContaining("unsubscribed")]);
  });

  test("an agent that thinks during a stop drafts for a person", async () => {
    await setEmergencyStop(line.club.as.manager, { reason: "wrong prices" });
    const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
    expect((await think(line, asked)).effectId).toBeNull();
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "approval" });
  });
});

describe("ownership", () => {
  test("a takeover that commits first: the answer is dropped at the gate", async () => {
    const { effectId, phone, conversationId } = await planned();
    const held = await holdCounter(line.club.id);
    const taking = takeOver(line.club.as.staff, { conversationId });
    await waitingForLocks(1);
    const sending = dispatchEffect(line.system, { effectId });
    await waitingForLocks(2);
    await held.release();
    await taking;
    expect(await sending).toMatchObject({ status: "dropped" });
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("a dispatch that commits first goes out, and the conversation is the person's after it", async () => {
    const { effectId, phone, conversationId } = await planned();
    const held = await holdCounter(line.club.id);
    const sending = dispatchEffect(line.system, { effectId });
    await waitingForLocks(1);
    const taking = takeOver(line.club.as.staff, { conversationId });
    await waitingForLocks(2);
    await held.release();
    expect(await sending).toMatchObject({ status: "confirmed" });
    await taking;
    expect(vendor.accepted(phone)).toHaveLength(1);
    expect(await conversation(conversationId)).toMatchObject({ handledBy: "staff" });
  });
});

describe("freshness", () => {
  test("a newer message drops the planned answer before it goes out", async () => {
    const { effectId, phone } = await planned();
    await write(line, { from: phone, text: "I mean sunday" });
    expect(await dispatchEffect(line.system, { effectId })).toMatchObject({ status: "dropped" });
    expect(await effect(effectId)).toMatchObject({ failureKind: "stale_answer" });
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("an answer planned on an older state than the conversation's is held at the gate itself", async () => {
    const { effectId, conversationId } = await planned();
    await owner().conversation.update({ where: { id: conversationId }, data: { inboundSequence: { increment: 1 } } });
    expect(await dispatchEffect(line.system, { effectId })).toEqual({ status: "dropped", reason: "stale_answer" });
  });

  test("a postponed answer that a newer message overtakes is never sent", async () => {
    const { effectId, phone } = await planned();
    vendor.next(THROTTLE);
    await dispatchEffect(line.system, { effectId });
    await write(line, { from: phone, text: "never mind" });
    await dispatchEffect({ ...line.system, fixedNow: inSeconds(60) }, { effectId });
    expect(vendor.accepted(phone)).toEqual([]);
  });

  test("a newer message does not drop what a person wrote", async () => {
    const asked = await write(line);
    vendor.next(THROTTLE);
    await reply(asked, "give me a minute");
    await write(line, { from: asked.phone, text: "hello?" });
    const { id } = await owner().effect.findFirstOrThrow({ where: { conversationId: asked.conversationId, plannedBy: "staff" } });
    expect(await dispatchEffect({ ...line.system, fixedNow: inSeconds(60) }, { effectId: id as Id<"effect"> })).toMatchObject({
      status: "confirmed",
    });
  });
});

describe("tenant", () => {
  test("an effect of another club is not dispatched", async () => {
    const { effectId, phone } = await planned();
    const other = await makeLine({ franchiseId: line.club.franchiseId });
    expect(await dispatchEffect(other.system, { effectId })).toEqual({ status: "dropped", reason: "not_found" });
    expect(await effect(effectId)).toMatchObject({ status: "planned" });
    expect(vendor.sendCount(phone)).toBe(0);
  });
});
