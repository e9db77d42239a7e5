import type { Id } from "#server/domain/ids.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, makePerson, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { raceCount, reportRaces, seeded, shuffled, turnsOfTheLoop } from "#server/testing/races.ts";
import { useScriptedConnector } from "#server/testing/scripted-connector.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { approve, reject } from "./decide-approval.ts";
import { listApprovals } from "./list-approvals.ts";

useDatabase();

let accepted: string[] = [];
useScriptedConnector("unifi_access", () => ({
  capabilities: ["access.state"],
  check: () => Promise.resolve({ account: "a scripted controller" }),
  access: {
    read: () => Promise.resolve({ state: "allowed", detail: null }),
    set: ({ key, state }) => {
      accepted.push(key);
      return Promise.resolve({ vendorReference: null, state });
    },
  },
}));

const RACES = raceCount({ few: 24, full: 300 });
const TIME_LIMIT_MS = 600_000;

let club: TestClub;
let connectionId: Id<"connection">;
let system: ServiceContext;
let second: ServiceContext;

beforeEach(async () => {
  accepted = [];
  club = await makeClub();
  connectionId = (await makeConnection(club, { provider: "unifi_access" })).id as Id<"connection">;
  system = systemContext(scopeOf(club), { job: "test" });
  second = await asPerson("manager");
});

const owner = () => database().owner;

const asPerson = async (role: "manager" | "owner"): Promise<ServiceContext> => {
  const { name, userId } = await makePerson(club, role);
  return { ...club.as.manager, actor: { kind: "staff", userId, name, role, signedInAt: new Date() } };
};

let serial = 0;
const asked = async () => {
  const effectId = await inTransaction(system, (tx) =>
    planEffect(tx, system, {
      effectKey: `two-${(serial += 1)}`,
      kind: "access.set",
      plannedBy: "workflow",
      needsApproval: {
        requiredRole: "manager",
        requiredCount: 2,
        summary: "Refer this case.",
        expiresAt: new Date(Date.now() + 3_600_000),
      },
      connectionId,
      purpose: "billing",
      arguments: { personExternalId: "u1", memberId: "mem_1", state: "suspended", note: "past due" },
    }),
  );
  const { id } = await owner().approval.findFirstOrThrow({ where: { effectId } });
  return { effectId, approvalId: id as Id<"approval"> };
};
const stateOf = async (approvalId: string) =>
  (await owner().approval.findUniqueOrThrow({ where: { id: approvalId }, include: { effect: true, votes: true } })) satisfies object;

describe("what needs two people", () => {
  test("waits after the first, is done once after the second, and names both on the way", async () => {
    const { approvalId, effectId } = await asked();
    expect(await approve(club.as.manager, { approvalId })).toEqual({ status: "planned", reason: "needs_another_person" });
    expect(await dispatchEffect(system, { effectId })).toMatchObject({ status: "planned" });
    const [mine] = await listApprovals(club.as.manager);
    expect(mine).toMatchObject({ requiredCount: 2, givenBy: [club.people.manager.name], isGivenByMe: true, deciderCount: 3 });
    expect((await listApprovals(second))[0]).toMatchObject({ isGivenByMe: false });
    expect(await approve(second, { approvalId })).toMatchObject({ status: "confirmed" });
    expect(accepted).toEqual([effectId]);
    expect(await owner().auditLog.count({ where: { clubId: club.id, action: "approval.counted" } })).toBe(2);
  });

  test("counts the owner as the second person, and nobody twice", async () => {
    const { approvalId, effectId } = await asked();
    await approve(club.as.manager, { approvalId });
    await expect(approve(club.as.manager, { approvalId })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(accepted).toEqual([]);
    await approve(club.as.owner, { approvalId });
    expect(accepted).toEqual([effectId]);
  });

  test("waits, and says why, where only one person may decide", async () => {
    await owner().staffAccess.updateMany({
      where: { franchiseId: club.franchiseId, role: { in: ["owner", "manager"] }, userId: { not: club.people.manager.userId } },
      data: { archivedAt: new Date() },
    });
    const { approvalId } = await asked();
    await approve(club.as.manager, { approvalId });
    expect((await listApprovals(club.as.manager))[0]).toMatchObject({ deciderCount: 1, isGivenByMe: true });
    expect(await stateOf(approvalId)).toMatchObject({ status: "pending" });
    expect(accepted).toEqual([]);
  });

  test("ends with the first no, whoever said yes before", async () => {
    const { approvalId, effectId } = await asked();
    await approve(club.as.manager, { approvalId });
    await reject(second, { approvalId });
    await expect(approve(club.as.owner, { approvalId })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await owner().effect.findUniqueOrThrow({ where: { id: effectId } })).toMatchObject({ status: "dropped" });
    expect(accepted).toEqual([]);
  });

  test("does not count a yes of somebody who has left, or may not decide any more", async () => {
    const { approvalId, effectId } = await asked();
    await approve(second, { approvalId });
    await owner().staffAccess.updateMany({
      where: { userId: second.actor.kind === "staff" ? second.actor.userId : "" },
      data: { role: "staff" },
    });
    expect(await approve(club.as.manager, { approvalId })).toMatchObject({ reason: "needs_another_person" });
    expect(accepted).toEqual([]);
    await approve(club.as.owner, { approvalId });
    expect(accepted).toEqual([effectId]);
  });

  test("is approved by each of them after signing in, and by nobody of too low a role", async () => {
    const { approvalId } = await asked();
    await expect(approve(club.as.staff, { approvalId })).rejects.toMatchObject({ code: "forbidden" });
    const stale: ServiceContext = { ...second, actor: { ...Object(second.actor), signedInAt: new Date(Date.now() - 3_600_000) } };
    await expect(approve(stale, { approvalId })).rejects.toMatchObject({ code: "sign_in_required" });
    expect(await stateOf(approvalId)).toMatchObject({ votes: [] });
  });
});

test(
  "of many votes at the same time each person counts once: done exactly once by two, never by one, never after a no",
  async () => {
    const random = seeded(20_261_122);
    const people = [club.as.manager, second, club.as.owner];
    const ends = { approved: 0, pending: 0, rejected: 0 };
    const doneBy = { approved: 0, pending: 0, rejected: 0 };
    let violations = 0;
    for (let race = 0; race < RACES; race += 1) {
      const { approvalId, effectId } = await asked();
      const voters = shuffled(people, random).slice(0, 1 + Math.floor(random() * 3));
      const moves = shuffled(
        [
          ...voters.flatMap((who) => Array.from({ length: 1 + Math.floor(random() * 2) }, () => () => approve(who, { approvalId }))),
          ...(random() < 0.3 ? [() => reject(club.as.owner, { approvalId })] : []),
          () => dispatchEffect(system, { effectId }),
        ],
        random,
      );
      await Promise.allSettled(
        moves.map(async (move) => {
          await turnsOfTheLoop(Math.floor(random() * 8));
          return move();
        }),
      );
      const { decidedById, effect, status, votes } = await stateOf(approvalId);
      const done = accepted.filter((key) => key === effectId).length;
      const distinct = new Set(votes.map(({ userId }) => userId)).size;
      ends[status as keyof typeof ends] += 1;
      doneBy[status as keyof typeof ends] += done;
      const isRight =
        distinct === votes.length &&
        done === (status === "approved" ? 1 : 0) &&
        (status !== "approved" || (distinct === 2 && decidedById !== null)) &&
        (status !== "pending" || (distinct < 2 && effect.status === "planned"));
      violations += isRight ? 0 : 1;
    }
    expect(violations).toBe(0);
    for (const end of ["approved", "pending", "rejected"] as const) {
      expect(ends[end], end).toBeGreaterThan(0);
      const allowed = end === "approved" ? ends[end] : 0;
      reportRaces({ suite: "two people", name: end, races: ends[end], allowed, accepted: doneBy[end], violations: 0 });
    }
    expect(accepted).toHaveLength(ends.approved);
  },
  TIME_LIMIT_MS,
);
