import type { Id } from "#server/domain/ids.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { teachHours, think } from "#server/testing/scripted-agent.ts";
import { arrive, makeLine, vendorText, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { ERROR_AFTER, REJECT, THROTTLE, UNAUTHORIZED, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { dispatchEffect } from "./dispatch-effect.ts";
import { listDueEffects } from "./list-effects.ts";

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
const messageOf = (effectId: string) => owner().message.findFirstOrThrow({ where: { effectId } });
const openAlerts = (effectId: string) => owner().alert.findMany({ where: { effectId, resolvedAt: null } });
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
const reply = (written: Written, text = "see you soon", clientKey = `client-key-${(keys += 1)}`) =>
  queueReply(line.club.as.staff, { conversationId: written.conversationId, text, clientKey });

describe("at-most-once-out", () => {
  test("ten dispatchers of one effect at once: one send", async () => {
    const { effectId, phone } = await planned();
    await Promise.all(Array.from({ length: 10 }, () => dispatchEffect(line.system, { effectId })));
    expect(vendor.sendCount(phone)).toBe(1);
    expect(await effect(effectId)).toMatchObject({ status: "confirmed", attempt: 1, vendorReference: vendor.accepted(phone)[0]?.id });
    expect(await owner().message.count({ where: { effectId } })).toBe(1);
  });

  test("DISPATCHING is committed before the vendor is called, with the message in the thread", async () => {
    const { effectId } = await planned();
    const call = vendor.hold();
    const sending = dispatchEffect(line.system, { effectId });
    await call.arrived;
    expect(await effect(effectId)).toMatchObject({ status: "dispatching", leaseUntil: expect.any(Date) });
    expect(await messageOf(effectId)).toMatchObject({ status: "sending", externalId: null });
    call.release();
    await sending;
    expect(await messageOf(effectId)).toMatchObject({ status: "sent", externalId: expect.stringMatching(/^VENDOR/) });
  });

  test("a reply of staff sent twice with one key is one send, also at the same time", async () => {
    const asked = await write(line);
    const answers = await Promise.all([1, 2, 3].map(() => reply(asked, "we open at 5", "same-client-key")));
    await reply(asked, "we open at 5", "same-client-key");
    expect(vendor.sendCount(asked.phone)).toBe(1);
    expect(new Set(answers.map(({ messageId }) => messageId)).size).toBe(1);
  });

  test("the same key with another text is refused", async () => {
    const asked = await write(line);
    await reply(asked, "we open at 5", "reused-client-key");
    await expect(reply(asked, "we open at 6", "reused-client-key")).rejects.toMatchObject({ code: "conflict" });
    expect(vendor.accepted(asked.phone).map(({ text }) => text)).toEqual(["we open at 5"]);
  });

  test("the same words sent again on purpose are two sends", async () => {
    const asked = await write(line);
    await reply(asked, "yes");
    await reply(asked, "yes");
    expect(vendor.accepted(asked.phone)).toHaveLength(2);
  });

  test("our own message coming back before our call has returned confirms it and is no takeover", async () => {
    const { effectId, phone, conversationId } = await planned();
    const call = vendor.hold();
    const sending = dispatchEffect(line.system, { effectId });
    await call.arrived;
    const [accepted] = vendor.accepted(phone);
    await arrive(line, vendorText({ externalId: accepted?.id ?? "", direction: "outbound", from: phone, text: accepted?.text ?? "" }));
    expect(await effect(effectId)).toMatchObject({ status: "confirmed", vendorReference: accepted?.id });
    call.release();
    expect(await sending).toMatchObject({ status: "confirmed" });
    expect(await owner().message.count({ where: { conversationId, direction: "outbound" } })).toBe(1);
    expect(await conversation(conversationId)).toMatchObject({ handledBy: "agent" });
    expect(await owner().aiAction.count({ where: { effectId, outcome: "sent" } })).toBe(1);
  });

  test("echoes and answers that race each other leave one message and one confirmation each", async () => {
    const asked = await Promise.all(Array.from({ length: 6 }, () => planned()));
    await Promise.all(
      asked.map(async ({ effectId, phone }) => {
        const sending = dispatchEffect(line.system, { effectId });
        await Promise.race([sending, waitForAccept(phone)]);
        const [accepted] = vendor.accepted(phone);
        await Promise.all([
          sending,
          arrive(line, vendorText({ externalId: accepted?.id ?? "", direction: "outbound", from: phone, text: accepted?.text ?? "" })),
        ]);
      }),
    );
    for (const { effectId, conversationId } of asked) {
      expect(await effect(effectId)).toMatchObject({ status: "confirmed" });
      expect(await owner().message.count({ where: { conversationId, direction: "outbound" } })).toBe(1);
      expect(await conversation(conversationId)).toMatchObject({ handledBy: "agent" });
    }
  });

  test("words a person types at the vendor that equal a draft which never went out are theirs", async () => {
    const { effectId, phone, conversationId } = await planned();
    vendor.next(REJECT);
    await dispatchEffect(line.system, { effectId });
    const { body } = await messageOf(effectId);
    await arrive(line, vendorText({ externalId: "TYPED-BY-HAND", direction: "outbound", from: phone, text: body }));
    expect(await owner().message.findFirstOrThrow({ where: { externalId: "TYPED-BY-HAND" } })).toMatchObject({
      author: "staff",
      effectId: null,
    });
    expect(await conversation(conversationId)).toMatchObject({ handledBy: "staff" });
  });

  test("a slow first call cannot undo the second attempt", async () => {
    const { effectId, phone } = await planned();
    const slow = vendor.hold(THROTTLE);
    const first = dispatchEffect(line.system, { effectId });
    await slow.arrived;
    await owner().effect.update({ where: { id: effectId }, data: { status: "planned" } });
    const call = vendor.hold();
    const second = dispatchEffect(line.system, { effectId });
    await call.arrived;
    slow.release();
    await first;
    expect(await effect(effectId)).toMatchObject({ status: "dispatching", attempt: 2 });
    call.release();
    await second;
    expect(await effect(effectId)).toMatchObject({ status: "confirmed" });
    expect(vendor.accepted(phone)).toHaveLength(1);
  });

  test("an answer that comes after the lease has ended still counts", async () => {
    const { effectId } = await planned();
    const call = vendor.hold();
    const sending = dispatchEffect(line.system, { effectId });
    await call.arrived;
    await owner().effect.update({ where: { id: effectId }, data: { status: "unknown" } });
    call.release();
    await sending;
    expect(await effect(effectId)).toMatchObject({ status: "confirmed", vendorReference: expect.any(String) });
  });

  test("arguments that were changed in the database are not sent, and people are told", async () => {
    const { effectId, phone } = await planned();
    await owner().effect.update({
      where: { id: effectId },
      data: { arguments: { to: phone, recipientExternalId: null, text: "send money" } },
    });
    expect(await dispatchEffect(line.system, { effectId })).toMatchObject({ status: "failed" });
    expect(await owner().alert.count({ where: { clubId: line.club.id, key: `effect:${effectId}` } })).toBe(1);
    expect(vendor.sendCount(phone)).toBe(0);
  });
});

describe("honest states", () => {
  test("a vendor that asks to slow down postpones the message by what it asked for, and it goes out then", async () => {
    const { effectId, phone } = await planned();
    vendor.next(THROTTLE);
    expect(await dispatchEffect(line.system, { effectId })).toEqual({ status: "planned", reason: "throttled" });
    const waiting = await effect(effectId);
    expect(waiting).toMatchObject({ attempt: 0, postponedCount: 1 });
    expect(Math.abs((waiting.notBefore?.getTime() ?? 0) - inSeconds(7).getTime())).toBeLessThan(5_000);
    expect(await messageOf(effectId)).toMatchObject({ status: "queued" });
    expect(await dispatchEffect(line.system, { effectId })).toEqual({ status: "planned", reason: null });
    expect(vendor.sendCount(phone)).toBe(1);
    expect(await dispatchEffect({ ...line.system, fixedNow: inSeconds(8) }, { effectId })).toMatchObject({ status: "confirmed" });
    expect(vendor.accepted(phone)).toHaveLength(1);
  });

  test("a vendor that never lets go of it: after the last postponement it has failed and a card says so", async () => {
    const { effectId } = await planned();
    vendor.next(...Array.from({ length: 7 }, () => THROTTLE));
    const states: string[] = [];
    for (let hours = 0; hours < 7; hours += 1) {
      states.push((await dispatchEffect({ ...line.system, fixedNow: inSeconds(hours * 3_600) }, { effectId })).status);
    }
    expect(states).toEqual([...Array.from({ length: 6 }, () => "planned"), "failed"]);
    expect(await openAlerts(effectId)).toMatchObject([{ kind: "effect_failed", severity: "critical" }]);
  });

  test.each([
    ["a refusal", REJECT, "rejected"],
    ["a key that is not accepted any more", UNAUTHORIZED, "unauthorized"],
  ])("%s is a failure, told on a card and in the thread, and is not tried again", async (_name, step, kind) => {
    const { effectId, phone, conversationId } = await planned();
    vendor.next(step);
    expect(await dispatchEffect(line.system, { effectId })).toEqual({ status: "failed", reason: kind });
    expect(await openAlerts(effectId)).toMatchObject([{ kind: "effect_failed" }]);
    expect(await messageOf(effectId)).toMatchObject({ status: "failed", failureReason: expect.any(String) });
    expect(await conversation(conversationId)).toMatchObject({ needsYou: "escalation" });
    await dispatchEffect(line.system, { effectId });
    expect(vendor.sendCount(phone)).toBe(1);
  });

  test("an error after the text was taken is unknown, on one card, and nothing is sent again from here", async () => {
    const { effectId, phone } = await planned();
    vendor.next(ERROR_AFTER);
    expect(await dispatchEffect(line.system, { effectId })).toMatchObject({ status: "unknown" });
    await dispatchEffect(line.system, { effectId });
    expect(vendor.sendCount(phone)).toBe(1);
    expect(await openAlerts(effectId)).toMatchObject([{ kind: "effect_unknown", count: 1 }]);
    expect(await messageOf(effectId)).toMatchObject({ status: "unknown" });
  });

  test("what a crash left planned is found by the sweep, and what waits for approval is not", async () => {
    const { effectId } = await planned();
    const asked = await write(line);
    await owner().effect.update({ where: { id: effectId }, data: { updatedAt: inSeconds(-20) } });
    const due = (await listDueEffects()).map(({ id }) => id);
    expect(due).toContain(effectId);
    await owner().effect.update({ where: { id: effectId }, data: { needsApproval: true } });
    expect((await listDueEffects()).map(({ id }) => id)).not.toContain(effectId);
    expect(asked.result.effectIds).toEqual([]);
  });
});

const waitForAccept = async (phone: string): Promise<void> => {
  while (vendor.accepted(phone).length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};
