import type { VendorEvent } from "#server/connectors/webhook.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, makeContact, makeMember, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { useScriptedConnector } from "#server/testing/scripted-connector.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { restoreAccess } from "./restore-access.ts";
import { storeDoorEvent } from "./store-door-event.ts";

useDatabase();

let states: string[] = [];
useScriptedConnector("unifi_access", () => ({
  capabilities: ["access.state"],
  check: () => Promise.resolve({ account: "scripted" }),
  access: {
    read: () => Promise.resolve({ state: "allowed", detail: null }),
    set: ({ state }) => {
      states.push(state);
      return Promise.resolve({ vendorReference: null, state });
    },
  },
}));

let club: TestClub;
let system: ServiceContext;
let doors: Id<"connection">;
let memberId: string;

const owner = () => database().owner;
const OWED = 4_500n;

beforeEach(async () => {
  states = [];
  club = await makeClub();
  system = systemContext(scopeOf(club), { job: "test" });
  doors = (await makeConnection(club, { provider: "unifi_access" })).id as Id<"connection">;
  const { contact } = await makeContact(club);
  memberId = await makeMember(club, contact.id, { balanceMinor: OWED, balanceReadAt: new Date(Date.now() - 3_600_000) });
});

const member = () => owner().member.findUniqueOrThrow({ where: { id: memberId } });
const lockOut = async ({ key = "lock-1", purpose = "billing" }: { key?: string; purpose?: "billing" | "service" } = {}): Promise<void> => {
  const effectId = await inTransaction(system, (tx) =>
    planEffect(tx, system, {
      effectKey: key,
      kind: "access.set",
      plannedBy: "workflow",
      needsApproval: null,
      connectionId: doors,
      purpose,
      arguments: { personExternalId: "u1", memberId, state: "suspended", note: "past due" },
    }),
  );
  await dispatchEffect(system, { effectId });
};
const pay = async (amountMinor: bigint, status = "completed"): Promise<Id<"payment">> => {
  const id = newId("payment");
  const connectionId = (await makeConnection(club, { provider: "square" })).id;
  await owner().payment.create({
    data: {
      id,
      ...scopeOf(club),
      connectionId,
      externalId: id,
      memberId,
      amountMinor,
      currency: "USD",
      status,
      at: new Date(),
      createdAt: new Date(),
      updatedAt: new Date(),
    },
  });
  return id;
};
const restore = async (paymentId: Id<"payment">) => {
  const [effectId] = (await restoreAccess(system, { paymentId })).effectIds;
  return effectId === undefined ? null : dispatchEffect(system, { effectId });
};

describe("a payment lets a member in again", () => {
  test("whom we locked out, once what came in reaches what was owed, and once only", async () => {
    await lockOut();
    expect(await member()).toMatchObject({ accessState: "locked" });
    expect(await restore(await pay(2_000n))).toBeNull();
    const last = await pay(2_500n);
    expect(await restore(last)).toMatchObject({ status: "confirmed" });
    expect(await member()).toMatchObject({ accessState: "open" });
    expect(await restore(last)).toBeNull();
    expect(states).toEqual(["suspended", "allowed"]);
  });

  test("not where the lock is somebody else's, nobody knows the balance, or the money went back", async () => {
    await owner().member.update({ where: { id: memberId }, data: { accessState: "locked" } });
    expect(await restore(await pay(OWED))).toBeNull();
    await owner().payment.deleteMany({ where: { clubId: club.id } });
    await lockOut();
    expect(await restore(await pay(OWED, "refunded"))).toBeNull();
    await owner().member.update({ where: { id: memberId }, data: { balanceMinor: null } });
    expect(await restore(await pay(OWED))).toBeNull();
    expect(states).toEqual(["suspended"]);
  });

  test("not whom we shut out for another reason than money, also when they owed before", async () => {
    await lockOut();
    await lockOut({ key: "lock-2", purpose: "service" });
    expect(await restore(await pay(OWED))).toBeNull();
    expect(states).toEqual(["suspended", "suspended"]);
  });

  test("a payment of another club does not exist here", async () => {
    const other = await makeClub();
    const paymentId = await pay(OWED);
    await expect(restoreAccess(systemContext(scopeOf(other), { job: "test" }), { paymentId })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("what a door tells", () => {
  const opened = (over: Partial<Extract<VendorEvent, { kind: "door" }>>): Extract<VendorEvent, { kind: "door" }> => ({
    kind: "door",
    externalId: "log-1",
    doorExternalId: "d1",
    doorName: "Front door",
    personExternalId: null,
    personName: null,
    isGranted: true,
    pulseKey: null,
    at: new Date(),
    ...over,
  });
  const tell = (event: Extract<VendorEvent, { kind: "door" }>) =>
    inTransaction(system, (tx) => storeDoorEvent(tx, system, { connectionId: doors, event }));

  test("our own unlock coming back settles its effect, also when nobody had answered", async () => {
    const effectId = await inTransaction(club.as.manager, (tx) =>
      planEffect(tx, club.as.manager, {
        effectKey: "unlock-1",
        kind: "door.pulse",
        plannedBy: "staff",
        needsApproval: null,
        connectionId: doors,
        purpose: "service",
        arguments: { doorExternalId: "d1", doorName: "Front door", actorName: "Spotter" },
      }),
    );
    await owner().effect.update({ where: { id: effectId }, data: { status: "unknown", attempt: 1 } });
    await tell(opened({ pulseKey: effectId, isGranted: false }));
    expect(await owner().effect.findUniqueOrThrow({ where: { id: effectId } })).toMatchObject({ status: "unknown" });
    await tell(opened({ pulseKey: effectId }));
    expect(await owner().effect.findUniqueOrThrow({ where: { id: effectId } })).toMatchObject({
      status: "confirmed",
      vendorReference: "log-1",
    });
  });

  test("a member who was let in has visited, once for each entry; strangers and refused people leave no trace", async () => {
    await owner().memberIdentity.create({
      data: {
        id: newId("memberIdentity"),
        ...scopeOf(club),
        memberId,
        connectionId: doors,
        externalId: "u1",
        kind: "member",
        sourceHash: "none",
        seenAt: new Date(),
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    });
    const entry = opened({ personExternalId: "u1" });
    await tell(entry);
    await tell(entry);
    await tell(opened({ personExternalId: "u1", isGranted: false, at: new Date(Date.now() + 1_000) }));
    await tell(opened({ personExternalId: "somebody" }));
    expect(await owner().visit.findMany({ where: { memberId } })).toMatchObject([{ at: entry.at }]);
    expect(await member()).toMatchObject({ lastVisitAt: entry.at, visitCount: 1 });
  });
});
