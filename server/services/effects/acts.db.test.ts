import type { AccessState, DoorPort } from "#server/connectors/acts.ts";
import { ConnectorError } from "#server/connectors/errors.ts";
import type { Connector } from "#server/connectors/ports.ts";
import type { Id } from "#server/domain/ids.ts";
import { approve, reject } from "#server/services/approvals/decide-approval.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { useScriptedConnector } from "#server/testing/scripted-connector.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { dispatchEffect } from "./dispatch-effect.ts";
import { MAX_REPEATS, PULSE_MAX_SECONDS, READ_BACK_PAUSE_SECONDS } from "./limits.ts";
import { planEffect, type EffectPlan } from "./plan-effect.ts";
import { reconcileEffect } from "./reconcile-effect.ts";

useDatabase();

/** A vendor that does what it is told: each call takes the next step, and counts what it accepted. */
type Step = "ok" | "lost" | "never_came" | "throttled";
let steps: Step[] = [];
let accepted: string[] = [];
let canShow = true;

const take = (what: string): void => {
  const step = steps.shift() ?? "ok";
  if (step === "throttled") {
    throw new ConnectorError("throttled", "slow down", { retryAfterSeconds: 1 });
  }
  if (step !== "never_came") {
    accepted.push(what);
  }
  if (step !== "ok") {
    throw new ConnectorError("outcome_unknown", "no answer");
  }
};

const doors: DoorPort = {
  list: () => Promise.resolve([]),
  pulse: async ({ key }) => {
    take(key);
    return { vendorReference: `pulse-${key}` };
  },
};

const readBack: DoorPort["readBack"] = ({ key }) =>
  Promise.resolve({ found: accepted.includes(key) ? { vendorReference: `pulse-${key}`, at: new Date() } : null });

const vendor: Omit<Connector, "provider"> = {
  capabilities: ["door.pulse", "access.state"],
  check: () => Promise.resolve({ account: "a scripted controller" }),
  doors,
  access: {
    read: () => Promise.resolve({ state: "allowed", detail: null }),
    set: async ({ key, state }) => {
      take(key);
      return { vendorReference: null, state };
    },
  },
};

useScriptedConnector("unifi_access", () => (canShow ? { ...vendor, doors: { ...doors, readBack } } : vendor));

let club: TestClub;
let connectionId: Id<"connection">;
let system: ServiceContext;

beforeEach(async () => {
  steps = [];
  accepted = [];
  canShow = true;
  club = await makeClub();
  const connection = await makeConnection(club, { provider: "unifi_access" });
  connectionId = connection.id as Id<"connection">;
  system = systemContext(scopeOf(club), { job: "test" });
});

const owner = () => database().owner;
const effect = (id: string) => owner().effect.findUniqueOrThrow({ where: { id } });
const plan = (input: EffectPlan, ctx = system) => inTransaction(ctx, (tx) => planEffect(tx, ctx, input));
let serial = 0;
const unlock = (over: Partial<Pick<EffectPlan, "plannedBy" | "needsApproval">> = {}): EffectPlan => ({
  effectKey: `unlock-${(serial += 1)}`,
  kind: "door.pulse",
  plannedBy: "agent",
  needsApproval: { requiredRole: "manager", summary: "Unlock the front door for a moment.", expiresAt: new Date(Date.now() + 120_000) },
  connectionId,
  purpose: "service",
  arguments: { doorExternalId: "door-1", doorName: "Front door", actorName: "Spotter" },
  ...over,
});
const suspend = (state: AccessState = "suspended"): EffectPlan => ({
  effectKey: `access-${(serial += 1)}`,
  kind: "access.set",
  plannedBy: "system",
  needsApproval: null,
  connectionId,
  purpose: "billing",
  arguments: { personExternalId: "u1", memberId: "mem_1", state, note: "past due" },
});
const approvalOf = async (effectId: string) =>
  (await owner().approval.findFirstOrThrow({ where: { effectId }, select: { id: true } })).id as Id<"approval">;
const later = async (effectId: string): Promise<void> => {
  await owner().effect.update({
    where: { id: effectId },
    data: { lastReadBackAt: new Date(Date.now() - (READ_BACK_PAUSE_SECONDS + 1) * 1_000) },
  });
};

describe("doors", () => {
  test("nothing but a person opens a door: a plan of the machine without approval is refused", async () => {
    await expect(plan(unlock({ needsApproval: null }))).rejects.toMatchObject({ code: "forbidden" });
    await expect(plan(unlock({ needsApproval: null, plannedBy: "workflow" }))).rejects.toMatchObject({ code: "forbidden" });
    await plan(unlock({ needsApproval: null, plannedBy: "staff" }));
  });

  test("fifty approvals of one unlock at the same time open the door once", async () => {
    const effectId = await plan(unlock());
    const approvalId = await approvalOf(effectId);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => approve(club.as.manager, { approvalId })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(accepted).toEqual([effectId]);
    expect(await effect(effectId)).toMatchObject({ status: "confirmed", vendorReference: `pulse-${effectId}` });
  });

  test("an unlock that something held back opens nothing when whoever waited for it is gone", async () => {
    const effectId = await plan(unlock({ needsApproval: null, plannedBy: "staff" }));
    await owner().effect.update({ where: { id: effectId }, data: { createdAt: new Date(Date.now() - (PULSE_MAX_SECONDS + 1) * 1_000) } });
    expect(await dispatchEffect(system, { effectId })).toEqual({ status: "dropped", reason: "too_late" });
    expect(accepted).toEqual([]);
  });

  test("an unlock nobody approved in time, or a person of too low a role approves, opens nothing", async () => {
    const effectId = await plan(unlock());
    await expect(approve(club.as.staff, { approvalId: await approvalOf(effectId) })).rejects.toMatchObject({ code: "forbidden" });
    await owner().approval.updateMany({ where: { effectId }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    await expect(approve(club.as.manager, { approvalId: await approvalOf(effectId) })).rejects.toMatchObject({
      code: "precondition_failed",
    });
    expect(await dispatchEffect(system, { effectId })).toMatchObject({ status: "planned" });
    expect(accepted).toEqual([]);
  });

  test.each([
    ["a while ago", new Date(Date.now() - 16 * 60_000)],
    ["never, as with a button at a vendor", null],
  ])("an unlock or a change of access asks for a recent sign-in: of whoever signed in %s only the no counts", async (_when, signedInAt) => {
    const stale: ServiceContext = {
      ...club.as.owner,
      actor: { kind: "staff", userId: club.people.owner.userId, name: "Odessa", role: "owner", signedInAt },
    };
    const { needsApproval } = unlock();
    for (const input of [unlock(), { ...suspend("allowed"), needsApproval }]) {
      const effectId = await plan(input);
      const approvalId = await approvalOf(effectId);
      await expect(approve(stale, { approvalId })).rejects.toMatchObject({ code: "sign_in_required" });
      expect(accepted).toEqual([]);
      expect(await owner().approval.findUniqueOrThrow({ where: { id: approvalId } })).toMatchObject({ status: "pending" });
      await reject(stale, { approvalId });
      expect(await effect(effectId)).toMatchObject({ status: "dropped" });
    }
  });

  test("an unlock without an answer is looked up and never repeated", async () => {
    steps = ["lost"];
    const effectId = await plan(unlock());
    await approve(club.as.manager, { approvalId: await approvalOf(effectId) });
    expect(await effect(effectId)).toMatchObject({ status: "unknown" });
    await reconcileEffect(system, { effectId });
    expect(await effect(effectId)).toMatchObject({ status: "confirmed" });
    expect(accepted).toHaveLength(1);
  });

  test.each([true, false])("an unlock of which the vendor shows nothing goes to a person (can show: %s)", async (can) => {
    canShow = can;
    steps = ["never_came"];
    const effectId = await plan(unlock());
    await approve(club.as.manager, { approvalId: await approvalOf(effectId) });
    await reconcileEffect(system, { effectId });
    expect(await effect(effectId)).toMatchObject({ status: "needs_human" });
    expect(await owner().alert.findFirstOrThrow({ where: { effectId } })).toMatchObject({
      title: "A door may have been unlocked; please look at it",
    });
    expect(accepted).toEqual([]);
  });
});

describe("access", () => {
  test("a state that nobody answered for is set again under the same key until the vendor says so", async () => {
    steps = ["lost", "never_came", "ok"];
    const effectId = await plan(suspend());
    await dispatchEffect(system, { effectId });
    await reconcileEffect(system, { effectId });
    await later(effectId);
    expect(await reconcileEffect(system, { effectId })).toMatchObject({ status: "confirmed" });
    expect(await effect(effectId)).toMatchObject({ status: "confirmed", attempt: 3, result: { state: "suspended" } });
    expect(new Set(accepted)).toEqual(new Set([effectId]));
    expect(await owner().alert.count({ where: { effectId, resolvedAt: null } })).toBe(0);
  });

  test("after so many tries in vain a person is asked", async () => {
    steps = Array.from({ length: MAX_REPEATS }, (): Step => "never_came");
    const effectId = await plan(suspend());
    await dispatchEffect(system, { effectId });
    for (let pass = 0; pass < MAX_REPEATS; pass += 1) {
      await reconcileEffect(system, { effectId });
      await later(effectId);
    }
    expect(await effect(effectId)).toMatchObject({ status: "needs_human", attempt: MAX_REPEATS });
  });

  test("a vendor that asks to wait has done nothing: the deed waits and is done later", async () => {
    steps = ["throttled"];
    const effectId = await plan(suspend());
    expect(await dispatchEffect(system, { effectId })).toMatchObject({ status: "planned", reason: "throttled" });
    await owner().effect.update({ where: { id: effectId }, data: { notBefore: null } });
    expect(await dispatchEffect(system, { effectId })).toMatchObject({ status: "confirmed" });
    expect(accepted).toEqual([effectId]);
  });

  test("the ledger tells of a deed as a deed, not as a message", async () => {
    const effectId = await plan(suspend("allowed"));
    await dispatchEffect(system, { effectId });
    expect(await owner().aiAction.findFirstOrThrow({ where: { effectId } })).toMatchObject({
      kind: "act.done",
      risk: "physical",
      outcome: "done",
      summary: "A member's access was changed.",
    });
    expect(await owner().message.count({ where: { clubId: club.id } })).toBe(0);
  });
});

test("a vendor without the port refuses before anything happens", async () => {
  const effectId = await plan({
    effectKey: "reset-1",
    kind: "device.reset",
    plannedBy: "system",
    needsApproval: null,
    connectionId,
    purpose: "service",
    arguments: { deviceExternalId: "bay-3", deviceName: "Bay 3" },
  });
  expect(await dispatchEffect(system, { effectId })).toMatchObject({ status: "failed", reason: "rejected" });
});

test("one intent with other arguments is refused", async () => {
  const first = suspend();
  await plan(first);
  expect(await plan(first)).toBe(await plan(first));
  await expect(plan({ ...suspend("allowed"), effectKey: first.effectKey })).rejects.toMatchObject({ code: "conflict" });
});
