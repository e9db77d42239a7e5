import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { placeExemption } from "#server/services/access/place-exemption.ts";
import { restoreAccess } from "#server/services/access/restore-access.ts";
import { unlockMember } from "#server/services/access/unlock-member.ts";
import { approve, reject } from "#server/services/approvals/decide-approval.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { reconcileEffect } from "#server/services/effects/reconcile-effect.ts";
import { actOnBatch } from "#server/services/workflows/act-on-batch.ts";
import { settleRun } from "#server/services/workflows/settle-run.ts";
import { previewWorkflow, runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { connectSquare, makeDebtor, makeLadder, readAll, readBalance } from "#server/testing/debtors.ts";
import { MADE_AT, scopeOf } from "#server/testing/factories.ts";
import { makeWarning, STAFFED, staffedFrom, useScriptedDoors } from "#server/testing/scripted-doors.ts";
import { makeLine, publishPolicy, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const phone = useScriptedOpenPhone();
const doors = useScriptedDoors();

const HOUR_MS = 3_600_000;
const hoursLater = (hours: number): Date => new Date(MORNING.getTime() + hours * HOUR_MS);

let line: Line;
let workflowId: Id<"workflow">;

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  await publishPolicy(line.club, { hours: { staffed: STAFFED } });
  workflowId = await workflowOf(line.system, "door_access");
  await makeLive(workflowId);
});

const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow = MORNING): ServiceContext => ({
  ...ctx,
  fixedNow,
  actor: ctx.actor.kind === "staff" ? { ...ctx.actor, signedInAt: fixedNow } : ctx.actor,
});
const settings = (over: object) => owner().workflow.update({ where: { id: workflowId }, data: { settings: over } });

/** Somebody who owes for ten days, was warned two days ago, and whose balance was read half an hour ago. */
const ripe = async (over: Parameters<typeof makeDebtor>[1]["over"] = {}) => {
  const debtor = await makeDebtor(line.club, { over: { pastDueSinceOn: "2026-11-13", ...over }, readAt: hoursLater(-0.5) });
  await makeLadder(line.club, { contactId: debtor.contactId, startedOn: "2026-11-13", attempts: 1, at: hoursLater(-200) });
  await makeWarning(line.club, { ...debtor, episodeOn: "2026-11-13", namesOn: "2026-11-23", deliveredAt: hoursLater(-48) });
  const { externalId } = await owner().member.findUniqueOrThrow({ where: { id: debtor.memberId } });
  return { ...debtor, externalId };
};

const start = async (now = MORNING): Promise<Id<"workflowRun">> => {
  const { runId } = await runWorkflowNow(at(line.club.as.manager, now), { workflowId });
  await drive(at(line.system, now), runId);
  return runId;
};
const run = async (now = MORNING): Promise<Id<"workflowRun">> => {
  await readAll(line.club, new Date(now.getTime() - 60_000));
  return start(now);
};
const outcomes = async (runId: string) =>
  (await owner().workflowOutcome.findMany({ where: { workflowRunId: runId }, orderBy: { id: "asc" } })).map(
    ({ action, outcome, reason }) => ({ action, outcome, reason }),
  );
const question = () =>
  owner().approval.findFirstOrThrow({ where: { clubId: line.club.id, status: "pending" }, orderBy: { requestedAt: "desc" } });
/** A manager's yes, and what the engine does then. */
const letGo = async (runId: string, now = MORNING) => {
  const { id } = await question();
  await approve(at(line.club.as.manager, now), { approvalId: id as Id<"approval"> });
  await drive(at(line.system, now), runId);
  await settleRun(at(line.system, now), { runId });
};
const lockOf = (memberId: string) => owner().accessLock.findFirst({ where: { memberId } });
const lockEffects = () => owner().effect.findMany({ where: { clubId: line.club.id, kind: "access.set" }, orderBy: { id: "asc" } });
const pay = async (debtor: { contactId: string; memberId: string }, { amountMinor = 4_500n, now = MORNING, status = "completed" } = {}) => {
  const id = newId("payment");
  await owner().payment.create({
    data: {
      id,
      ...scopeOf(line.club),
      connectionId: await connectSquare(line.club),
      externalId: id,
      contactId: debtor.contactId,
      memberId: debtor.memberId,
      amountMinor,
      currency: "USD",
      status,
      at: now,
      createdAt: now,
      updatedAt: now,
    },
  });
  return id;
};

describe("until the owner switches locks on", () => {
  test("the locks of a run are one question, and a manager's yes locks each that is still due, with notice and note", async () => {
    const people = [await ripe(), await ripe({ balanceMinor: 12_000n }), await ripe()];
    const runId = await run();
    expect(doors.sets).toEqual([]);
    expect(await owner().approval.count({ where: { clubId: line.club.id } })).toBe(1);
    expect((await question()).summary).toMatch(/^Lock the door for 3 members who owe \$210\.00, the longest for 10 days: /);
    expect(await outcomes(runId)).toEqual(people.map(() => ({ action: "lock", outcome: "needs_approval", reason: "waits_for_person" })));
    await letGo(runId);
    expect(doors.sets.map(({ person }) => person).toSorted()).toEqual(people.map(({ externalId }) => externalId).toSorted());
    expect((await outcomes(runId)).map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);
    for (const { memberId, phone: number } of people) {
      expect(await lockOf(memberId)).toMatchObject({ status: "locked", lockedAt: MORNING, boundMinor: 1n });
      expect(phone.accepted(number)[0]?.text).toMatch(/your door access at .* has ended[^$]*Reply STOP to opt out\.$/s);
    }
    expect(doors.notes.map(({ text }) => text)).toContain(
      "DOOR LOCKED: past due, $120.00 owed. It opens by itself once it is paid. [urgent, access]",
    );
    const { report } = await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } });
    expect(JSON.stringify(report)).toContain("Unlocked: 0, locked: 3, warned: 0.");
  });

  test("a staff member's press does not let it go, and who paid while it waited stays in", async () => {
    const [paid, owes] = [await ripe(), await ripe()];
    const runId = await run();
    const { id } = await question();
    await expect(approve(at(line.club.as.staff), { approvalId: id as Id<"approval"> })).rejects.toMatchObject({ code: "forbidden" });
    await readBalance(paid.memberId, { balanceMinor: 0n, at: MORNING });
    await letGo(runId);
    expect(doors.sets).toEqual([{ person: owes.externalId, state: "suspended" }]);
    expect((await outcomes(runId)).map(({ outcome, reason }) => `${outcome} ${reason}`).toSorted()).toEqual([
      "done done",
      "suppressed nothing_due",
    ]);
    expect(await lockOf(paid.memberId)).toMatchObject({ status: "dropped" });
  });

  test("a no stays a no for this debt, a question nobody answered is asked again", async () => {
    const { memberId } = await ripe();
    const first = await run();
    await reject(at(line.club.as.manager), { approvalId: (await question()).id as Id<"approval"> });
    await settleRun(at(line.system), { runId: first });
    const second = await run(hoursLater(1));
    expect(await outcomes(second)).toMatchObject([{ outcome: "skipped", reason: "lock_spent" }]);
    await owner().effect.updateMany({ where: { clubId: line.club.id, kind: "lock.list" }, data: { failureKind: "expired" } });
    const third = await run(hoursLater(2));
    expect(await outcomes(third)).toMatchObject([{ outcome: "needs_approval" }]);
    expect(await lockOf(memberId)).toMatchObject({ status: "asked" });
  });
});

describe("the rule at its bounds", () => {
  test.each([
    ["grace of three days is over on the fourth", { pastDueSinceOn: "2026-11-19" }, {}, "needs_approval"],
    ["not on the third", { pastDueSinceOn: "2026-11-20" }, {}, "within_grace"],
    ["from one cent on", { balanceMinor: 1n }, {}, "needs_approval"],
    ["not over nothing", { balanceMinor: 0n }, {}, undefined],
    ["a minor is never locked out", { dateOfBirth: "2010-01-01" }, {}, "minor"],
    ["a frozen membership is left alone", { status: "frozen" }, {}, "freeze"],
    ["whoever is with an agency stays as they are", { status: "in_collections" }, {}, "referred"],
  ])("%s", async (_name, over, _other, expected) => {
    await ripe(over);
    const [found] = await outcomes(await run());
    expect(found?.outcome === "needs_approval" ? found.outcome : found?.reason).toBe(expected);
  });

  test.each([
    ["exactly 24 hours after the warning arrived", hoursLater(-24), "2026-11-23", "needs_approval"],
    ["not a second before", new Date(hoursLater(-24).getTime() + 1_000), "2026-11-23", "warning_recent"],
    ["not before the vendor says that it arrived", null, "2026-11-23", "warning_under_way"],
    ["not before the day it names", hoursLater(-48), "2026-11-24", "date_ahead"],
  ])("a lock comes %s", async (_name, deliveredAt, namesOn, expected) => {
    const debtor = await ripe();
    await owner().message.updateMany({ where: { clubId: line.club.id }, data: { deliveredAt } });
    await owner().$executeRawUnsafe(`update "LockWarning" set "namesOn" = '${namesOn}' where "memberId" = '${debtor.memberId}'`);
    const [found] = await outcomes(await run());
    expect(found?.outcome === "needs_approval" ? found.outcome : found?.reason).toBe(expected);
  });

  test.each([
    ["07:59", new Date("2026-11-23T14:59:00Z"), "no_staff"],
    ["09:00, when somebody is there", new Date("2026-11-23T16:00:00Z"), "needs_approval"],
    ["17:00, when they have gone", new Date("2026-11-24T00:00:00Z"), "no_staff"],
    ["22:00", new Date("2026-11-24T05:00:00Z"), "no_staff"],
  ])("at %s", async (_name, now, expected) => {
    await ripe();
    await owner().message.updateMany({ where: { clubId: line.club.id }, data: { deliveredAt: hoursLater(-100) } });
    const [found] = await outcomes(await run(now));
    expect(found?.outcome === "needs_approval" ? found.outcome : found?.reason).toBe(expected);
  });

  test("a desk that is staffed all night locks nobody between nine and eight", async () => {
    await publishPolicy(line.club, { hours: { staffed: staffedFrom(0, 1_440) } });
    await ripe();
    expect(await outcomes(await run(new Date("2026-11-24T04:00:00Z")))).toMatchObject([{ reason: "night" }]);
    expect(await outcomes(await run(new Date("2026-11-24T03:59:00Z")))).toMatchObject([{ outcome: "needs_approval" }]);
  });

  test("a balance of an hour holds, one of an hour and a second does not count", async () => {
    await ripe();
    await readAll(line.club, new Date(hoursLater(-1).getTime() - 1_000));
    expect(await outcomes(await start())).toMatchObject([{ outcome: "suppressed", reason: "stale_balance" }]);
    await readAll(line.club, new Date(hoursLater(-1).getTime() + 60_000));
    expect(await outcomes(await start(new Date(MORNING.getTime() + 60_000)))).toMatchObject([{ outcome: "needs_approval" }]);
  });

  test.each(["dispute", "hardship", "plan", "exemption"])("a %s holds it", async (kind) => {
    const { contactId } = await ripe();
    const stamp = { createdAt: MADE_AT, updatedAt: MADE_AT };
    await owner().billingHold.create({
      data: {
        id: newId("billingHold"),
        ...scopeOf(line.club),
        contactId,
        kind,
        reason: "said so",
        since: MADE_AT,
        placedBy: "test",
        ...stamp,
      },
    });
    expect(await outcomes(await run())).toMatchObject([{ outcome: "suppressed", reason: kind }]);
  });
});

describe("the warning", () => {
  test("names a day that leaves 24 hours, goes out once, and the lock follows it", async () => {
    const debtor = await makeDebtor(line.club, { over: { pastDueSinceOn: "2026-11-13" }, readAt: MORNING });
    const runId = await run();
    expect(await outcomes(runId)).toMatchObject([{ action: "message", outcome: "sent" }]);
    const [text] = phone.accepted(debtor.phone);
    expect(text?.text).toContain("Wednesday, November 25");
    expect(text?.text).not.toMatch(/\$/);
    expect(await owner().lockWarning.findFirst({ where: { memberId: debtor.memberId } })).toMatchObject({ namesOn: "2026-11-25" });
    expect(await outcomes(await run(hoursLater(1)))).toMatchObject([{ outcome: "skipped", reason: "warning_under_way" }]);
    expect(phone.sendCount(debtor.phone)).toBe(1);
    await owner().message.updateMany({
      where: { clubId: line.club.id, direction: "outbound" },
      data: { deliveredAt: MORNING, status: "delivered" },
    });
    expect(await outcomes(await run(hoursLater(25)))).toMatchObject([{ reason: "date_ahead" }]);
    expect(await outcomes(await run(hoursLater(48)))).toMatchObject([{ outcome: "needs_approval" }]);
  });

  test("that was held up until its day is near is dropped, and the next one names a later day", async () => {
    const debtor = await makeDebtor(line.club, { over: { pastDueSinceOn: "2026-11-13" }, readAt: MORNING });
    // 21:30 in Denver: it waits for the morning.
    const evening = new Date("2026-11-24T04:30:00Z");
    const runId = await run(evening);
    expect(await outcomes(runId)).toMatchObject([{ outcome: "deferred", reason: "quiet_hours" }]);
    const late = new Date(evening.getTime() + 40 * HOUR_MS);
    await readAll(line.club, late);
    await drive(at(line.system, late), runId);
    expect(await outcomes(runId)).toMatchObject([{ outcome: "suppressed", reason: "warning_late" }]);
    expect(phone.sendCount(debtor.phone)).toBe(0);
    await run(new Date(late.getTime() + HOUR_MS));
    expect(phone.accepted(debtor.phone)[0]?.text).toContain("Friday, November 27");
  });
});

describe("with locks switched on", () => {
  beforeEach(() => settings({ isAutoLockOn: true, dailyCap: 2 }));

  test("those who owe the longest are locked up to the day's cap, and the others wait for a person", async () => {
    const people = [await ripe(), await ripe({ pastDueSinceOn: "2026-10-01" }), await ripe(), await ripe({ pastDueSinceOn: "2026-10-20" })];
    const runId = await run();
    expect(doors.sets.map(({ person }) => person).toSorted()).toEqual([people[1]?.externalId, people[3]?.externalId].toSorted());
    expect((await outcomes(runId)).map(({ outcome }) => outcome).toSorted()).toEqual(["done", "done", "needs_approval", "needs_approval"]);
    await letGo(runId);
    expect(doors.sets).toHaveLength(4);
  });

  test("four batches at once and claims lost on the way keep to the cap, and lock nobody twice", async () => {
    await settings({ isAutoLockOn: true, dailyCap: 3 });
    const people = await Promise.all(Array.from({ length: 9 }, () => ripe()));
    await readAll(line.club, MORNING);
    const { runId } = await runWorkflowNow(at(line.club.as.manager), { workflowId });
    const system = at(line.system);
    const lose = async (): Promise<void> => {
      for (let round = 0; round < 10; round += 1) {
        await owner().workflowOutcome.updateMany({ where: { workflowRunId: runId }, data: { claimedUntil: null } });
      }
    };
    await drive(system, runId);
    await Promise.all([lose(), drive(system, runId), ...Array.from({ length: 4 }, () => actOnBatch(system, { runId }))]);
    await owner().workflowOutcome.updateMany({ where: { workflowRunId: runId }, data: { claimedUntil: null } });
    await drive(system, runId);
    expect(doors.sets).toHaveLength(3);
    expect(new Set(doors.sets.map(({ person }) => person)).size).toBe(3);
    expect(await owner().approval.count({ where: { clubId: line.club.id } })).toBe(1);
    expect(people).toHaveLength(9);
  });

  test("a payment, a promise and an exception that come after the plan stop the call", async () => {
    const people = [await ripe(), await ripe(), await ripe()];
    await settings({ isAutoLockOn: true, dailyCap: 10 });
    doors.next("away", "away", "away");
    const runId = await run();
    expect(doors.sets).toEqual([]);
    expect((await lockEffects()).map(({ status }) => status)).toEqual(["planned", "planned", "planned"]);
    const [paid, promised, excepted] = people;
    if (paid === undefined || promised === undefined || excepted === undefined) {
      throw new Error("nobody");
    }
    await pay(paid);
    await owner().paymentPromise.create({
      data: {
        id: newId("paymentPromise"),
        ...scopeOf(line.club),
        contactId: promised.contactId,
        dueWhenMadeMinor: 4_500n,
        currency: "USD",
        promisedOn: "2026-11-25",
        status: "open",
        madeBy: "test",
        createdAt: MORNING,
      },
    });
    await placeExemption(at(line.club.as.manager), {
      contactId: excepted.contactId as Id<"contact">,
      reason: "a good customer",
      until: null,
    });
    await owner().effect.updateMany({ where: { clubId: line.club.id, kind: "access.set" }, data: { notBefore: null } });
    for (const { id } of await lockEffects()) {
      expect(await dispatchEffect(at(line.system), { effectId: id as Id<"effect"> })).toMatchObject({
        status: "dropped",
        reason: "lock_held",
      });
    }
    expect(doors.sets).toEqual([]);
    expect((await lockEffects()).map(({ failureDetail }) => failureDetail).toSorted()).toEqual([
      "exemption",
      "payment_in_flight",
      "promise",
    ]);
    await settleRun(at(line.system), { runId });
    expect((await outcomes(runId)).map(({ outcome }) => outcome)).toEqual(["suppressed", "suppressed", "suppressed"]);
  });

  test("a lock whose hour has gone rests and is looked at again, and is given up after a day", async () => {
    await ripe();
    doors.next("away");
    await run();
    const [effect] = await lockEffects();
    const effectId = effect?.id as Id<"effect">;
    const night = new Date("2026-11-24T05:00:00Z");
    const free = () => owner().effect.updateMany({ where: { id: effectId }, data: { notBefore: null } });
    await free();
    await readAll(line.club, night);
    expect(await dispatchEffect(at(line.system, night), { effectId })).toMatchObject({ status: "planned", reason: "lock_waits" });
    await free();
    const nextMorning = hoursLater(23);
    await readAll(line.club, new Date(nextMorning.getTime() - 7_200_000));
    expect(await dispatchEffect(at(line.system, nextMorning), { effectId })).toMatchObject({ status: "planned", reason: "lock_waits" });
    await free();
    expect(await dispatchEffect(at(line.system, hoursLater(25)), { effectId })).toMatchObject({ status: "dropped" });
    expect(doors.sets).toEqual([]);
  });
});

describe("letting somebody in again", () => {
  beforeEach(() => settings({ isAutoLockOn: true, dailyCap: 10 }));
  const NIGHT = new Date("2026-11-24T09:00:00Z");

  test("at once after a payment, at any hour, whether the workflow is on or not, with notice and note", async () => {
    const debtor = await ripe();
    await run();
    expect(doors.isLocked(debtor.externalId)).toBe(true);
    await owner().workflow.update({ where: { id: workflowId }, data: { isOn: false } });
    const night = at(line.system, NIGHT);
    expect(await restoreAccess(night, { paymentId: await pay(debtor, { amountMinor: 4_499n, now: NIGHT }) })).toEqual({ effectIds: [] });
    const { effectIds } = await restoreAccess(night, { paymentId: await pay(debtor, { amountMinor: 1n, now: NIGHT }) });
    for (const effectId of effectIds) {
      expect(await dispatchEffect(night, { effectId })).toMatchObject({ status: "confirmed" });
    }
    expect(doors.isLocked(debtor.externalId)).toBe(false);
    expect(await lockOf(debtor.memberId)).toMatchObject({ status: "unlocked", unlockReason: "paid", unlockedAt: NIGHT });
    expect(doors.notes.at(-1)?.text).toBe("DOOR UNLOCKED: less is owed than what the door was locked for. [normal, access]");
    await owner().effect.updateMany({ where: { clubId: line.club.id, kind: "message.send" }, data: { notBefore: null } });
    const notice = await owner().effect.findFirstOrThrow({ where: { effectKey: `after:${effectIds[0] ?? ""}:notice` } });
    await dispatchEffect(at(line.system, hoursLater(23)), { effectId: notice.id as Id<"effect"> });
    expect(phone.accepted(debtor.phone).at(-1)?.text).toContain("works again");
  });

  test("the run unlocks whoever has paid before it locks anybody, and one debt is locked once", async () => {
    const paid = await ripe();
    await run();
    await readBalance(paid.memberId, { balanceMinor: 0n, at: hoursLater(1) });
    const owes = await ripe();
    await readBalance(owes.memberId, { balanceMinor: 4_500n, at: hoursLater(1) });
    const second = await start(hoursLater(1));
    expect(doors.sets.map(({ person, state }) => `${state} ${person}`)).toEqual([
      `suspended ${paid.externalId}`,
      `allowed ${paid.externalId}`,
      `suspended ${owes.externalId}`,
    ]);
    expect(await outcomes(second)).toMatchObject([
      { action: "unlock", outcome: "done" },
      { action: "lock", outcome: "done" },
    ]);
  });

  test("nobody is let in by a part payment, a promise, an unread balance or a refund", async () => {
    const debtor = await ripe();
    await run();
    await readBalance(debtor.memberId, { balanceMinor: 100n, at: hoursLater(1) });
    await start(hoursLater(1));
    await owner().memberIdentity.updateMany({ where: { memberId: debtor.memberId }, data: { balanceUnreadSince: MORNING } });
    await owner().member.update({ where: { id: debtor.memberId }, data: { balanceMinor: null } });
    await start(hoursLater(2));
    await pay(debtor, { status: "refunded", now: hoursLater(2) });
    await start(hoursLater(3));
    expect(doors.isLocked(debtor.externalId)).toBe(true);
    expect(doors.sets).toHaveLength(1);
  });

  test("an exception, and a manager who signed in just now, open it; nobody else does", async () => {
    const [excepted, forgiven] = [await ripe(), await ripe()];
    await run();
    await expect(
      placeExemption(at(line.club.as.staff), { contactId: excepted.contactId as Id<"contact">, reason: "a good customer", until: null }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await placeExemption(at(line.club.as.manager), {
      contactId: excepted.contactId as Id<"contact">,
      reason: "a good customer",
      until: null,
    });
    expect(await lockOf(excepted.memberId)).toMatchObject({ status: "unlocked", unlockReason: "exemption" });
    const { memberId } = forgiven;
    await expect(unlockMember(at(line.club.as.staff), { memberId, reason: "came by" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      unlockMember({ ...at(line.club.as.manager), fixedNow: hoursLater(1) }, { memberId, reason: "came by" }),
    ).rejects.toMatchObject({ code: "sign_in_required" });
    expect(await unlockMember(at(line.club.as.manager), { memberId, reason: "came by" })).toMatchObject({ status: "confirmed" });
    expect(await lockOf(forgiven.memberId)).toMatchObject({ status: "unlocked", unlockReason: "person" });
    await run(hoursLater(1));
    expect(doors.sets.filter(({ state }) => state === "suspended")).toHaveLength(2);
  });

  test("whoever pays while the lock is on its way is let in when it has ended", async () => {
    const debtor = await ripe();
    const held = doors.hold();
    const running = run();
    await held.arrived;
    expect(await restoreAccess(at(line.system), { paymentId: await pay(debtor) })).toEqual({ effectIds: [] });
    held.release();
    await running;
    expect(doors.sets.map(({ state }) => state)).toEqual(["suspended", "allowed"]);
    expect(await lockOf(debtor.memberId)).toMatchObject({ status: "unlocked", unlockReason: "paid" });
  });

  test("a manager's word that comes while the lock is on its way undoes it", async () => {
    const debtor = await ripe();
    const held = doors.hold();
    const running = run();
    await held.arrived;
    await unlockMember(at(line.club.as.manager), { memberId: debtor.memberId, reason: "came by" });
    held.release();
    await running;
    expect(doors.sets.map(({ state }) => state)).toEqual(["suspended", "allowed"]);
    expect(await lockOf(debtor.memberId)).toMatchObject({ status: "unlocked", unlockReason: "person" });
  });

  test("a lock whose answer was lost is repeated while it is due, and taken back once it is paid", async () => {
    const [owes, paid] = [await ripe(), await ripe()];
    doors.next("lost", "lost");
    await run();
    await readBalance(paid.memberId, { balanceMinor: 0n, at: MORNING });
    const later = new Date(MORNING.getTime() + 60_000);
    for (const { id } of await lockEffects()) {
      await reconcileEffect(at(line.system, later), { effectId: id as Id<"effect"> });
    }
    for (const { id } of await lockEffects()) {
      await dispatchEffect(at(line.system, later), { effectId: id as Id<"effect"> });
    }
    expect(doors.isLocked(owes.externalId)).toBe(true);
    expect(doors.isLocked(paid.externalId)).toBe(false);
    expect(await lockOf(paid.memberId)).toMatchObject({ status: "unlocked", unlockReason: "paid" });
  });
});

test("a preview says how many would be locked, unlocked and warned, and touches nothing", async () => {
  await ripe();
  await ripe({ balanceMinor: 900n });
  await makeDebtor(line.club, { over: { pastDueSinceOn: "2026-11-13" }, readAt: MORNING });
  await owner().workflow.update({ where: { id: workflowId }, data: { isOn: false, isDryRun: true } });
  const { runId } = await previewWorkflow(at(line.club.as.manager), { workflowId });
  await drive(at(line.system), runId);
  const { report } = await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } });
  expect(Object(report).lines).toEqual(["would unlock nobody today", "would lock 2 today, 1 of them owes less than $10", "would warn 1"]);
  expect(await owner().effect.count({ where: { clubId: line.club.id, status: { not: "confirmed" } } })).toBe(0);
  expect(await owner().accessLock.count({ where: { clubId: line.club.id } })).toBe(0);
});
