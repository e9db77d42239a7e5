import type { Id } from "#server/domain/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { teachHours, think } from "#server/testing/scripted-agent.ts";
import { arrive, makeLine, vendorText, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { ERROR_AFTER, ERROR_BEFORE, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { dispatchEffect } from "./dispatch-effect.ts";
import { listUnsettledEffects } from "./list-effects.ts";
import { reconcileEffect } from "./reconcile-effect.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;

beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
});

const owner = () => database().owner;
const effect = (id: string) => owner().effect.findUniqueOrThrow({ where: { id } });
const alertsOf = (effectId: string) => owner().alert.findMany({ where: { effectId } });
const reconcileAt = (effectId: Id<"effect">, seconds: number) =>
  reconcileEffect({ ...line.system, fixedNow: new Date(Date.now() + seconds * 1_000) }, { effectId });
const planned = async (): Promise<Written & { readonly effectId: Id<"effect"> }> => {
  const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
  const { effectId } = await think(line, asked);
  if (effectId === null) {
    throw new Error("nothing was planned");
  }
  return { ...asked, effectId };
};

describe("at-most-once-out", () => {
  test("an error after acceptance: the read-back finds it, and nothing is sent again", async () => {
    const { effectId, phone } = await planned();
    vendor.next(ERROR_AFTER);
    await dispatchEffect(line.system, { effectId });
    expect(await reconcileAt(effectId, 1)).toEqual({ status: "confirmed", reason: null });
    expect(await effect(effectId)).toMatchObject({ status: "confirmed", vendorReference: vendor.accepted(phone)[0]?.id });
    expect(vendor.sendCount(phone)).toBe(1);
    expect(await alertsOf(effectId)).toMatchObject([{ kind: "effect_unknown", resolvedAt: expect.any(Date) }]);
    expect(await owner().message.findFirstOrThrow({ where: { effectId } })).toMatchObject({
      status: "sent",
      externalId: vendor.accepted(phone)[0]?.id,
    });
  });

  test("an error before acceptance: absent twice, thirty seconds apart, and then sent once more", async () => {
    const { effectId, phone } = await planned();
    vendor.next(ERROR_BEFORE);
    await dispatchEffect(line.system, { effectId });
    expect(await reconcileAt(effectId, 1)).toEqual({ status: "unknown", reason: "absent" });
    expect(await reconcileAt(effectId, 20)).toEqual({ status: "unknown", reason: null });
    expect(vendor.sendCount(phone)).toBe(1);
    expect(await reconcileAt(effectId, 32)).toEqual({ status: "confirmed", reason: null });
    expect(vendor.accepted(phone)).toHaveLength(1);
    expect(await effect(effectId)).toMatchObject({ attempt: 2, status: "confirmed" });
    expect(await alertsOf(effectId)).toMatchObject([{ resolvedAt: expect.any(Date) }]);
  });

  test("still absent after the second attempt: a person is asked, and there is no third", async () => {
    const { effectId, phone, conversationId } = await planned();
    vendor.next(ERROR_BEFORE, ERROR_BEFORE);
    await dispatchEffect(line.system, { effectId });
    for (const seconds of [1, 32, 63, 94, 125, 156]) {
      await reconcileAt(effectId, seconds);
    }
    expect(vendor.sendCount(phone)).toBe(2);
    expect(await effect(effectId)).toMatchObject({ status: "needs_human" });
    expect((await alertsOf(effectId)).filter(({ resolvedAt }) => resolvedAt === null)).toMatchObject([
      { severity: "critical", title: expect.stringContaining("may have been sent") },
    ]);
    expect(await owner().conversation.findUniqueOrThrow({ where: { id: conversationId } })).toMatchObject({ needsYou: "escalation" });
  });

  test("a crash in the middle of a dispatch is unknown once its lease has ended, and is read back instead of sent", async () => {
    const { effectId, phone } = await planned();
    const call = vendor.hold();
    const crashed = dispatchEffect(line.system, { effectId });
    await call.arrived;
    expect(await reconcileAt(effectId, 10)).toEqual({ status: "unknown", reason: null });
    expect(await effect(effectId)).toMatchObject({ status: "dispatching" });
    expect(await reconcileAt(effectId, 26)).toEqual({ status: "confirmed", reason: null });
    expect(vendor.sendCount(phone)).toBe(1);
    call.release();
    await crashed;
    expect(await owner().aiAction.count({ where: { effectId, outcome: "sent" } })).toBe(1);
  });

  test("a crash before the call reached the vendor: a card first, then one send after two absent read-backs", async () => {
    const { effectId, phone } = await planned();
    await owner().effect.update({
      where: { id: effectId },
      data: { status: "dispatching", attempt: 1, leaseUntil: new Date(Date.now() - 1_000), dispatchedAt: new Date() },
    });
    expect((await listUnsettledEffects()).map(({ id }) => id)).toContain(effectId);
    expect(await reconcileAt(effectId, 1)).toEqual({ status: "unknown", reason: "absent" });
    expect(await alertsOf(effectId)).toMatchObject([{ kind: "effect_unknown", resolvedAt: null }]);
    await reconcileAt(effectId, 32);
    expect(vendor.accepted(phone)).toHaveLength(1);
  });

  test("while its connection is paused an unknown send rests between two looks; of a removed one a person is asked", async () => {
    const { effectId, phone } = await planned();
    vendor.next(ERROR_BEFORE);
    await dispatchEffect(line.system, { effectId });
    const where = { id: line.connectionId };
    await owner().connection.update({ where, data: { status: "disabled" } });
    expect(await reconcileAt(effectId, 1)).toEqual({ status: "unknown", reason: "unreachable" });
    expect(await effect(effectId)).toMatchObject({ status: "unknown", absentReadBackCount: 0, lastReadBackAt: expect.any(Date) });
    await owner().connection.update({ where, data: { archivedAt: new Date() } });
    expect(await reconcileAt(effectId, 32)).toMatchObject({ status: "needs_human" });
    expect(vendor.sendCount(phone)).toBe(1);
  });

  test("what was looked at lately does not stand before what nobody has looked at", async () => {
    const first = await planned();
    const second = await planned();
    await owner().effect.updateMany({ where: { id: { in: [first.effectId, second.effectId] } }, data: { status: "unknown" } });
    await owner().effect.update({ where: { id: first.effectId }, data: { lastReadBackAt: new Date(Date.now() - 60_000) } });
    const both = new Set<string>([first.effectId, second.effectId]);
    const listed = (await listUnsettledEffects()).map(({ id }) => id);
    expect(listed.filter((id) => both.has(id))).toEqual([second.effectId, first.effectId]);
  });

  test("reconcilers that run at the same time prove nothing twice: one more send at most", async () => {
    const { effectId, phone } = await planned();
    vendor.next(ERROR_BEFORE);
    await dispatchEffect(line.system, { effectId });
    await Promise.all(Array.from({ length: 5 }, () => reconcileAt(effectId, 1)));
    expect(await effect(effectId)).toMatchObject({ absentReadBackCount: 1, status: "unknown" });
    await Promise.all(Array.from({ length: 5 }, () => reconcileAt(effectId, 32)));
    expect(vendor.sendCount(phone)).toBe(2);
    expect(vendor.accepted(phone)).toHaveLength(1);
  });

  test("a read-back that began before the second attempt says nothing about it", async () => {
    const { effectId, phone } = await planned();
    vendor.next(ERROR_BEFORE);
    await dispatchEffect(line.system, { effectId });
    await reconcileAt(effectId, 1);
    const look = vendor.holdList();
    const slow = reconcileAt(effectId, 32);
    await look.arrived;
    vendor.next(ERROR_BEFORE);
    await reconcileAt(effectId, 33);
    expect(await effect(effectId)).toMatchObject({ attempt: 2, status: "unknown" });
    look.release();
    await slow;
    expect(vendor.sendCount(phone)).toBe(2);
    expect(await effect(effectId)).toMatchObject({ attempt: 2, status: "unknown", absentReadBackCount: 0 });
  });

  test("the same words to the same person, sent on purpose before, are not taken for the lost one", async () => {
    const first = await planned();
    await dispatchEffect(line.system, { effectId: first.effectId });
    const again = await write(line, { from: first.phone, text: "sorry, when on saturday?" });
    const { effectId } = await think(line, again);
    await owner().effect.update({ where: { id: effectId ?? "" }, data: { status: "planned" } });
    vendor.next(ERROR_BEFORE);
    await dispatchEffect(line.system, { effectId: effectId ?? "eff_" });
    expect(await reconcileAt(effectId ?? "eff_", 1)).toEqual({ status: "unknown", reason: "absent" });
  });

  test("an echo that comes after it was proven absent confirms it, and it is not sent again", async () => {
    const { effectId, phone } = await planned();
    vendor.next(ERROR_BEFORE);
    await dispatchEffect(line.system, { effectId });
    await owner().effect.update({ where: { id: effectId }, data: { status: "planned" } });
    const { body } = await owner().message.findFirstOrThrow({ where: { effectId } });
    await arrive(line, vendorText({ externalId: "LATE-ECHO", direction: "outbound", from: phone, text: body }));
    expect(await effect(effectId)).toMatchObject({ status: "confirmed", vendorReference: "LATE-ECHO" });
    await dispatchEffect(line.system, { effectId });
    expect(vendor.sendCount(phone)).toBe(1);
  });
});

describe("suppression", () => {
  test("what turned out absent is not sent again to somebody who opted out meanwhile", async () => {
    const { effectId, phone } = await planned();
    vendor.next(ERROR_BEFORE);
    await dispatchEffect(line.system, { effectId });
    await write(line, { from: phone, text: "STOP" });
    await reconcileAt(effectId, 1);
    expect(await reconcileAt(effectId, 32)).toEqual({ status: "dropped", reason: "suppressed" });
    expect(vendor.accepted(phone)).toEqual([]);
    expect((await alertsOf(effectId)).every(({ resolvedAt }) => resolvedAt !== null)).toBe(true);
  });
});
