import type { Id } from "#server/domain/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { pauseConnection } from "#server/services/connections/pause-connection.ts";
import { resumeConnection } from "#server/services/connections/resume-connection.ts";
import { inTransaction } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { argumentsHashOf } from "#server/services/effects/effect-arguments.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeMember } from "#server/testing/factories.ts";
import { makeLine, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { approve } from "./decide-approval.ts";
import { listApprovals } from "./list-approvals.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;
let written: Written;
let memberId: string;

beforeEach(async () => {
  line = await makeLine();
  written = await write(line, { text: "what do I owe?" });
  memberId = await makeMember(line.club, written.contactId, { balanceMinor: 4_500n, accessState: "open", phone: written.phone });
});

const owner = () => database().owner;
const approvalsOf = (effectId: string) => owner().approval.findMany({ where: { effectId }, orderBy: { id: "asc" } });
const openOf = async (effectId: string): Promise<Id<"approval">> =>
  (await owner().approval.findFirstOrThrow({ where: { effectId, status: "pending" } })).id as Id<"approval">;
const effectOf = (id: string) => owner().effect.findUniqueOrThrow({ where: { id } });

let serial = 0;
const common = () => ({
  effectKey: `asked-${(serial += 1)}`,
  plannedBy: "agent" as const,
  needsApproval: { requiredRole: "staff" as const, summary: "Do this", expiresAt: new Date(Date.now() + 3_600_000) },
  connectionId: line.connectionId,
  conversationId: written.conversationId,
  contactId: written.contactId as Id<"contact">,
});

const draft = async (text: string): Promise<Id<"effect">> => {
  const { channelId } = await owner().conversation.findUniqueOrThrow({ where: { id: written.conversationId } });
  return inTransaction(line.system, (tx) =>
    planEffect(tx, line.system, {
      ...common(),
      kind: "message.send",
      channelId: channelId as Id<"channel">,
      addressKey: addressKey(written.phone),
      channelKind: "sms",
      purpose: "reply",
      arguments: { to: written.phone, recipientExternalId: null, text },
    }),
  );
};

const booking = async (): Promise<Id<"effect">> => {
  const { inboundSequence } = await owner().conversation.findUniqueOrThrow({ where: { id: written.conversationId } });
  return inTransaction(line.system, (tx) =>
    planEffect(tx, line.system, {
      ...common(),
      kind: "booking.book",
      purpose: "service",
      inboundSequence,
      arguments: { slotExternalId: "slot-1", personExternalId: "p-1" },
    }),
  );
};

describe("an approval rests on what was so when it was asked", () => {
  test("a draft that names an amount is asked again when the balance changed, with what is different, and goes out after a new yes", async () => {
    const effectId = await draft("You owe $45.00, here is the link.");
    const first = await openOf(effectId);
    await owner().member.update({ where: { id: memberId }, data: { balanceMinor: 0n } });
    await expect(approve(line.club.as.staff, { approvalId: first })).rejects.toMatchObject({
      code: "precondition_failed",
      message: expect.stringContaining("The balance was $45.00 and is now $0.00."),
    });
    expect(vendor.sendCount(written.phone)).toBe(0);
    const [old, fresh] = await approvalsOf(effectId);
    expect(old).toMatchObject({ id: first, status: "superseded" });
    expect(fresh).toMatchObject({ status: "pending", replacesId: first, changes: ["The balance was $45.00 and is now $0.00."] });
    expect((await listApprovals(line.club.as.staff)).map(({ changes, id }) => ({ changes, id }))).toEqual([
      { id: fresh?.id, changes: ["The balance was $45.00 and is now $0.00."] },
    ]);
    await expect(approve(line.club.as.staff, { approvalId: first })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await approve(line.club.as.staff, { approvalId: await openOf(effectId) })).toMatchObject({ status: "confirmed" });
    expect(vendor.sendCount(written.phone)).toBe(1);
    expect(await owner().aiAction.count({ where: { clubId: line.club.id, kind: "approval.superseded" } })).toBe(1);
  });

  test("a draft that rests on no figure is not asked again because a balance changed", async () => {
    const effectId = await draft("We are open until ten.");
    await owner().member.update({ where: { id: memberId }, data: { balanceMinor: 0n, accessState: "locked" } });
    expect(await approve(line.club.as.staff, { approvalId: await openOf(effectId) })).toMatchObject({ status: "confirmed" });
  });

  test("a deed for somebody whose access or membership changed is asked again", async () => {
    const effectId = await booking();
    await owner().member.update({ where: { id: memberId }, data: { accessState: "locked", status: "cancelled" } });
    await expect(approve(line.club.as.staff, { approvalId: await openOf(effectId) })).rejects.toMatchObject({
      message: expect.stringContaining("The access was open and is now locked. The membership was active and is now cancelled."),
    });
    expect(await effectOf(effectId)).toMatchObject({ status: "planned" });
  });

  test("other arguments than those that were shown are asked about, and shown", async () => {
    const effectId = await draft("We are open until ten.");
    const changed = { to: written.phone, recipientExternalId: null, text: "We are open until eleven." };
    await owner().effect.update({ where: { id: effectId }, data: { arguments: changed, argumentsHash: argumentsHashOf(changed) } });
    await expect(approve(line.club.as.staff, { approvalId: await openOf(effectId) })).rejects.toMatchObject({
      message: expect.stringContaining("The text was “We are open until ten.” and is now “We are open until eleven.”."),
    });
    await approve(line.club.as.staff, { approvalId: await openOf(effectId) });
    expect(vendor.accepted(written.phone).map(({ text }) => text)).toEqual(["We are open until eleven."]);
  });

  test("what was approved and held back is asked again when its ground changed meanwhile: nothing goes out on an old yes", async () => {
    const effectId = await draft("You owe $45.00, here is the link.");
    await pauseConnection(line.club.as.owner, { connectionId: line.connectionId, reason: "vendor asked" });
    expect(await approve(line.club.as.staff, { approvalId: await openOf(effectId) })).toMatchObject({ reason: "connection_paused" });
    await owner().member.update({ where: { id: memberId }, data: { balanceMinor: 1_000n } });
    await resumeConnection(line.club.as.owner, { connectionId: line.connectionId });
    await owner().effect.updateMany({ where: { id: effectId }, data: { notBefore: null } });
    expect(await dispatchEffect(line.system, { effectId })).toEqual({ status: "planned", reason: "asked_again" });
    expect(vendor.sendCount(written.phone)).toBe(0);
    expect((await approvalsOf(effectId)).map(({ status }) => status)).toEqual(["superseded", "pending"]);
    expect(await dispatchEffect(line.system, { effectId })).toMatchObject({ status: "planned", reason: null });
    await approve(line.club.as.staff, { approvalId: await openOf(effectId) });
    expect(vendor.sendCount(written.phone)).toBe(1);
  });

  test("the words a person wrote themselves are what they approved", async () => {
    const effectId = await draft("You owe $45.00, here is the link.");
    await approve(line.club.as.staff, { approvalId: await openOf(effectId), text: "It is $45.00 today." });
    expect(vendor.accepted(written.phone).map(({ text }) => text)).toEqual(["It is $45.00 today."]);
    const [approval] = await approvalsOf(effectId);
    expect(approval).toMatchObject({ status: "approved", argumentsHash: (await effectOf(effectId)).argumentsHash });
  });

  test("a newer message drops a draft, which is computed again, but no deed: the team is asked about it anew, with the new words", async () => {
    const [text, deed] = [await draft("We are open until ten."), await booking()];
    await owner().effect.update({ where: { id: text }, data: { inboundSequence: (await effectOf(deed)).inboundSequence } });
    await write(line, { from: written.phone, text: "no wait, the later class" });
    expect(await effectOf(text)).toMatchObject({ status: "dropped" });
    expect(await effectOf(deed)).toMatchObject({ status: "planned" });
    const [old, fresh] = await approvalsOf(deed);
    expect(old).toMatchObject({ status: "superseded" });
    expect(fresh).toMatchObject({ status: "pending", changes: ["The member has written since: “no wait, the later class”"] });
    expect((await approvalsOf(text)).map(({ status }) => status)).toEqual(["superseded"]);
  });
});
