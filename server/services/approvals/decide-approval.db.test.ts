import type { Id } from "#server/domain/ids.ts";
import { setEmergencyStop } from "#server/services/clubs/set-emergency-stop.ts";
import { argumentsHashOf } from "#server/services/effects/effect-arguments.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { answer, teachHours } from "#server/testing/scripted-agent.ts";
import { makeLine, publishPolicy, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { REJECT, THROTTLE, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { approve, reject } from "./decide-approval.ts";
import { expireApproval, listExpiredApprovals } from "./expire-approval.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;

beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
  await publishPolicy(line.club, { stages: { question: "suggest" } });
});

const owner = () => database().owner;
type Drafted = Written & { readonly approvalId: Id<"approval">; readonly effectId: string; readonly draft: string };
/** A question whose answer waits for a person. */
const drafted = async (): Promise<Drafted> => {
  const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
  await answer(line, asked);
  const approval = await owner().approval.findFirstOrThrow({ where: { conversationId: asked.conversationId }, include: { effect: true } });
  const { text } = approval.effect.arguments as { text: string };
  return { ...asked, approvalId: approval.id as Id<"approval">, effectId: approval.effectId, draft: text };
};
const effect = (id: string) => owner().effect.findUniqueOrThrow({ where: { id } });
const approval = (id: string) => owner().approval.findUniqueOrThrow({ where: { id } });
const textsTo = (phone: string) => vendor.accepted(phone).map(({ text }) => text);
const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);

describe("at-most-once-out", () => {
  test("an approved draft goes out in that request, word for word, under the person who approved", async () => {
    const { approvalId, effectId, draft, phone, conversationId } = await drafted();
    expect(await approve(line.club.as.staff, { approvalId })).toEqual({ status: "confirmed", reason: null });
    expect(textsTo(phone)).toEqual([draft]);
    expect(await effect(effectId)).toMatchObject({ status: "confirmed", approvedById: line.club.people.staff.userId });
    expect(await owner().conversation.findUniqueOrThrow({ where: { id: conversationId } })).toMatchObject({
      needsYou: "none",
      waitingSince: null,
    });
  });

  test("an approval is used once: a second click sends nothing", async () => {
    const { approvalId, phone } = await drafted();
    await approve(line.club.as.staff, { approvalId });
    await expect(approve(line.club.as.staff, { approvalId })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(vendor.sendCount(phone)).toBe(1);
  });

  test("of approvals and rejections at the same time the first decision wins, and the draft goes out once or not at all", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { approvalId, effectId, phone } = await drafted();
      const people = [line.club.as.staff, line.club.as.manager, line.club.as.owner];
      const results = await Promise.allSettled(
        people.flatMap((person) => [approve(person, { approvalId }), reject(person, { approvalId })]),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const { status } = await approval(approvalId);
      expect(vendor.sendCount(phone)).toBe(status === "approved" ? 1 : 0);
      expect((await effect(effectId)).status).toBe(status === "approved" ? "confirmed" : "dropped");
    }
  });

  test("a changed text is what goes out, is bound by its own hash, and is kept as a correction beside the draft", async () => {
    const { approvalId, effectId, draft, phone } = await drafted();
    await approve(line.club.as.manager, { approvalId, text: "Saturday 9 to 3, see you there!" });
    expect(textsTo(phone)).toEqual(["Saturday 9 to 3, see you there!"]);
    expect(await owner().correction.findMany({ where: { effectId } })).toMatchObject([
      { draftBody: draft, sentBody: "Saturday 9 to 3, see you there!", userId: line.club.people.manager.userId },
    ]);
    expect((await effect(effectId)).argumentsHash).toBe(
      argumentsHashOf({ to: phone, recipientExternalId: null, text: "Saturday 9 to 3, see you there!" }),
    );
  });

  test("an untouched text is no correction", async () => {
    const { approvalId, effectId, draft } = await drafted();
    await approve(line.club.as.manager, { approvalId, text: draft });
    expect(await owner().correction.count({ where: { effectId } })).toBe(0);
  });

  test("a draft that changed after the person was asked is not released, and asked about anew", async () => {
    const { approvalId, effectId, phone } = await drafted();
    const args = { to: phone, recipientExternalId: null, text: "another text" };
    await owner().effect.update({ where: { id: effectId }, data: { arguments: args, argumentsHash: argumentsHashOf(args) } });
    await expect(approve(line.club.as.staff, { approvalId })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(vendor.sendCount(phone)).toBe(0);
    expect(await approval(approvalId)).toMatchObject({ status: "superseded" });
    expect(await owner().approval.count({ where: { replacesId: approvalId, status: "pending" } })).toBe(1);
  });

  test("an approved draft that the vendor asks to send later stays approved and goes out then", async () => {
    const { approvalId, effectId } = await drafted();
    vendor.next(THROTTLE);
    expect(await approve(line.club.as.staff, { approvalId })).toEqual({ status: "approved", reason: "throttled" });
    expect(await effect(effectId)).toMatchObject({ status: "approved", notBefore: expect.any(Date) });
  });
});

describe("freshness", () => {
  test("a newer message takes the question away: what was drafted before it cannot be approved", async () => {
    const { approvalId, phone } = await drafted();
    await write(line, { from: phone, text: "I mean sunday" });
    expect(await approval(approvalId)).toMatchObject({ status: "superseded" });
    await expect(approve(line.club.as.staff, { approvalId })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("a newer message and an approval at the same time: the old draft goes out before it or not at all", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { approvalId, effectId, phone } = await drafted();
      await Promise.allSettled([write(line, { from: phone, text: "I mean sunday" }), approve(line.club.as.staff, { approvalId })]);
      const { status } = await effect(effectId);
      expect(vendor.accepted(phone)).toHaveLength(status === "confirmed" ? 1 : 0);
      expect(["confirmed", "dropped"]).toContain(status);
    }
  });

  test("a draft nobody decided on in time is refused and then expired, and a person is called for", async () => {
    const { approvalId, effectId, conversationId, phone } = await drafted();
    const later = inHours(13);
    await expect(approve({ ...line.club.as.staff, fixedNow: later }, { approvalId })).rejects.toMatchObject({
      code: "precondition_failed",
    });
    await expireApproval(line.system, { approvalId });
    expect(await approval(approvalId)).toMatchObject({ status: "pending" });
    await expireApproval({ ...line.system, fixedNow: later }, { approvalId });
    expect(await approval(approvalId)).toMatchObject({ status: "expired" });
    expect(await effect(effectId)).toMatchObject({ status: "dropped", failureKind: "expired" });
    expect(await owner().conversation.findUniqueOrThrow({ where: { id: conversationId } })).toMatchObject({
      needsYou: "escalation",
      waitingSince: expect.any(Date),
    });
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("the sweep finds what has expired", async () => {
    const { approvalId } = await drafted();
    expect((await listExpiredApprovals()).map(({ id }) => id)).not.toContain(approvalId);
    await owner().approval.update({ where: { id: approvalId }, data: { expiresAt: inHours(-1) } });
    expect((await listExpiredApprovals()).map(({ id }) => id)).toContain(approvalId);
  });
});

describe("honest states", () => {
  test("a dismissed draft leaves the conversation with a person", async () => {
    const { approvalId, effectId, conversationId, phone } = await drafted();
    await reject(line.club.as.staff, { approvalId, note: "wrong hours" });
    expect(await approval(approvalId)).toMatchObject({
      status: "rejected",
      decisionNote: "wrong hours",
      decidedById: line.club.people.staff.userId,
    });
    expect(await effect(effectId)).toMatchObject({ status: "dropped", failureKind: "rejected" });
    expect(await owner().conversation.findUniqueOrThrow({ where: { id: conversationId } })).toMatchObject({ needsYou: "escalation" });
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("an approved draft the vendor refuses is told as failed", async () => {
    const { approvalId, effectId } = await drafted();
    vendor.next(REJECT);
    expect(await approve(line.club.as.staff, { approvalId })).toMatchObject({ status: "failed" });
    expect(await owner().alert.count({ where: { effectId, resolvedAt: null } })).toBe(1);
  });
});

describe("stop", () => {
  test("under the emergency stop nothing the agent wrote goes out, not even approved", async () => {
    const { approvalId, phone } = await drafted();
    await setEmergencyStop(line.club.as.manager, { reason: "wrong prices" });
    expect(await approve(line.club.as.staff, { approvalId })).toEqual({ status: "dropped", reason: "stopped" });
    expect(vendor.sendCount(phone)).toBe(0);
  });
});

describe("suppression", () => {
  test("a STOP takes the question away", async () => {
    const { approvalId, phone } = await drafted();
    await write(line, { from: phone, text: "STOP" });
    await expect(approve(line.club.as.owner, { approvalId })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(vendor.sendCount(phone)).toBe(0);
  });
});

describe("tenant", () => {
  test("who holds less than the asked role may not decide", async () => {
    const { approvalId, phone } = await drafted();
    await owner().approval.update({ where: { id: approvalId }, data: { requiredRole: "manager" } });
    await expect(approve(line.club.as.staff, { approvalId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(reject(line.club.as.staff, { approvalId })).rejects.toMatchObject({ code: "forbidden" });
    expect(vendor.sendCount(phone)).toBe(0);
    expect(await approve(line.club.as.manager, { approvalId })).toMatchObject({ status: "confirmed" });
  });

  test("machines decide nothing, and an approval of another club looks like a missing one", async () => {
    const { approvalId } = await drafted();
    await expect(approve(line.system, { approvalId })).rejects.toMatchObject({ code: "forbidden" });
    const other = await makeLine({ franchiseId: line.club.franchiseId });
    await expect(approve(other.club.as.owner, { approvalId })).rejects.toMatchObject({ code: "not_found" });
    expect(await approval(approvalId)).toMatchObject({ status: "pending" });
  });
});

describe("ledger", () => {
  test("a decision of a person is one row with its approver, beside the agent's own", async () => {
    const { approvalId, effectId } = await drafted();
    await approve(line.club.as.manager, { approvalId });
    const rows = await owner().aiAction.findMany({ where: { effectId }, orderBy: { sequence: "asc" } });
    expect(rows.filter(({ kind }) => kind === "approval.approved")).toMatchObject([
      { actorKind: "staff", actorId: line.club.people.manager.userId, approvalId, outcome: "approved" },
    ]);
    expect(rows.map(({ kind }) => kind).at(-1)).toBe("reply.sent");
    expect((await owner().auditLog.findMany({ where: { entityId: approvalId } })).map(({ action }) => action)).toEqual([
      "approval.approved",
    ]);
  });
});
