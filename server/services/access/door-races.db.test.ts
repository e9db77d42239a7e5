import { asId, type Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { approve } from "#server/services/approvals/decide-approval.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { createRun } from "#server/services/workflows/create-run.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { connectSquare, makeDebtor, makeLadder, readBalance } from "#server/testing/debtors.ts";
import { scopeOf } from "#server/testing/factories.ts";
import { raceCount, reportRaces, seeded, shuffled, turnsOfTheLoop } from "#server/testing/races.ts";
import { makeWarning, STAFFED, useScriptedDoors } from "#server/testing/scripted-doors.ts";
import { makeLine, publishPolicy, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeAll, expect, test } from "vitest";

import { liftLocks } from "./lift-locks.ts";
import { placeExemption } from "./place-exemption.ts";
import { restoreAccess } from "./restore-access.ts";
import { unlockMember } from "./unlock-member.ts";

useDatabase();
useScriptedOpenPhone();
const doors = useScriptedDoors();

const RACES = raceCount({ few: 24, full: 600 });
/** Races that run beside each other; the pool of the tests has eight connections. */
const BATCH = 4;
const TIME_LIMIT_MS = 1_800_000;
const HOUR_MS = 3_600_000;
const hoursLater = (hours: number): Date => new Date(MORNING.getTime() + hours * HOUR_MS);
const random = seeded(20_261_123);

type Place = { readonly line: Line; readonly workflowId: Id<"workflow">; readonly square: Id<"connection"> };
let places: readonly Place[];

/** In every second club locks happen by themselves, in the others a manager is asked. */
beforeAll(async () => {
  const made: Place[] = [];
  for (let index = 0; index < BATCH; index += 1) {
    const line = await makeLine();
    await openChannel(line);
    await publishPolicy(line.club, { hours: { staffed: STAFFED } });
    const workflowId = await workflowOf(line.system, "door_access");
    await makeLive(workflowId);
    await database().owner.workflow.update({
      where: { id: workflowId },
      data: { settings: { isAutoLockOn: index % 2 === 0, dailyCap: 100 } },
    });
    made.push({ line, workflowId, square: await connectSquare(line.club) });
  }
  places = made;
}, TIME_LIMIT_MS);

const owner = () => database().owner;
const at = (ctx: ServiceContext): ServiceContext => ({
  ...ctx,
  fixedNow: MORNING,
  actor: ctx.actor.kind === "staff" ? { ...ctx.actor, signedInAt: MORNING } : ctx.actor,
});

type Person = { readonly contactId: string; readonly memberId: string; readonly externalId: string };

const ripe = async ({ line }: Place): Promise<Person> => {
  const debtor = await makeDebtor(line.club, { over: { pastDueSinceOn: "2026-11-13" }, readAt: hoursLater(-0.5) });
  await makeLadder(line.club, { contactId: debtor.contactId, startedOn: "2026-11-13", attempts: 1, at: hoursLater(-200) });
  await makeWarning(line.club, { ...debtor, episodeOn: "2026-11-13", namesOn: "2026-11-23", deliveredAt: hoursLater(-48) });
  const { externalId } = await owner().member.findUniqueOrThrow({ where: { id: debtor.memberId } });
  return { ...debtor, externalId };
};

const handOut = async ({ line }: Place, effectIds: readonly Id<"effect">[]): Promise<void> => {
  for (const effectId of effectIds) {
    await dispatchEffect(at(line.system), { effectId });
  }
};

let runs = 0;
/** A run about this person alone, beside the others of the club. */
const run = async ({ line, workflowId }: Place, { contactId }: Person): Promise<void> => {
  const system = at(line.system);
  const period = `payment:${(runs += 1)}`;
  const runId = await inTransaction(system, (tx) =>
    createRun(tx, system, { workflowId, trigger: "payment", period, isDryRun: false, onlyContactId: contactId }),
  );
  await drive(system, runId ?? "");
};

const pay = async (place: Place, { contactId, memberId }: Person): Promise<void> => {
  const id = newId("payment");
  const stamp = { at: MORNING, createdAt: MORNING, updatedAt: MORNING };
  const about = { contactId, memberId, amountMinor: 4_500n, currency: "USD", status: "completed" };
  await owner().payment.create({
    data: { id, ...scopeOf(place.line.club), connectionId: place.square, externalId: id, ...about, ...stamp },
  });
  await handOut(place, (await restoreAccess(at(place.line.system), { paymentId: id })).effectIds);
};

const sync = async (place: Place, { contactId, memberId }: Person): Promise<void> => {
  await readBalance(memberId, { balanceMinor: 0n, at: MORNING });
  await handOut(place, await liftLocks(at(place.line.system), { contactIds: [contactId] }));
};

const promise = ({ line }: Place, { contactId }: Person) =>
  owner().paymentPromise.create({
    data: {
      id: newId("paymentPromise"),
      ...scopeOf(line.club),
      contactId,
      dueWhenMadeMinor: 4_500n,
      currency: "USD",
      promisedOn: "2026-11-25",
      status: "open",
      madeBy: "test",
      createdAt: MORNING,
    },
  });

const letGo = async ({ line }: Place, { contactId }: Person): Promise<void> => {
  const outcome = await owner().workflowOutcome.findFirst({ where: { contactId, effectId: { not: null }, outcome: "needs_approval" } });
  const question = await owner().approval.findFirst({ where: { effectId: outcome?.effectId ?? "", status: "pending" } });
  if (outcome !== null && question !== null) {
    await approve(at(line.club.as.manager), { approvalId: asId("approval", question.id) });
    await drive(at(line.system), outcome.workflowRunId);
  }
};

type Move = { readonly name: string; readonly frees: boolean; readonly run: (place: Place, person: Person) => Promise<unknown> };

const RUNS: readonly Move[] = [
  { name: "run", frees: false, run },
  { name: "another run", frees: false, run },
];
const MOVES: readonly Move[] = [
  { name: "approve", frees: false, run: letGo },
  { name: "approve again", frees: false, run: letGo },
  { name: "promise", frees: false, run: promise },
  { name: "pay", frees: true, run: pay },
  { name: "sync", frees: true, run: sync },
  {
    name: "except",
    frees: true,
    run: ({ line }, { contactId }) =>
      placeExemption(at(line.club.as.manager), { contactId: asId("contact", contactId), reason: "a good customer", until: null }),
  },
  {
    name: "staff unlock",
    frees: true,
    run: ({ line }, { memberId }) => unlockMember(at(line.club.as.manager), { memberId: asId("member", memberId), reason: "came by" }),
  },
];

/** How far a lock has come when somebody steps in. */
const POINTS = ["begin", "planned", "dispatching", "done"] as const;
type Reached = { readonly point: (typeof POINTS)[number]; readonly state: { readonly isOver: boolean } };

/** Resolves once the lock has come so far, or the runs are over without it. */
const reached = async ({ contactId, memberId }: Person, { point, state }: Reached): Promise<void> => {
  const there = async (): Promise<boolean> => {
    const lock = await owner().accessLock.findFirst({ where: { memberId } });
    if (point === "planned" || lock === null) {
      return lock !== null || (await owner().workflowOutcome.count({ where: { contactId, outcome: { notIn: ["planned"] } } })) > 0;
    }
    const effect = await owner().effect.findFirst({ where: { id: lock.effectId ?? "" } });
    return point === "dispatching" ? effect?.status !== "planned" || effect.kind !== "access.set" : lock.status === "locked";
  };
  while (point !== "begin" && !state.isOver && !(await there())) {
    await turnsOfTheLoop(1);
  }
};

type Result = { readonly allowed: number; readonly accepted: number; readonly violations: readonly string[]; readonly end: string };

const race = async (place: Place): Promise<Result> => {
  const person = await ripe(place);
  const moves = shuffled(
    [...RUNS.slice(0, 1 + Math.floor(random() * 2)), ...shuffled(MOVES, random).slice(0, 1 + Math.floor(random() * 4))],
    random,
  );
  const points = moves.map(() => POINTS[Math.floor(random() * POINTS.length)] ?? "begin");
  const state = { isOver: false };
  const started = moves.map(async (move, index) => {
    await turnsOfTheLoop(Math.floor(random() * 20));
    if (!RUNS.includes(move)) {
      await reached(person, { point: points[index] ?? "begin", state });
    }
    await move.run(place, person);
  });
  const over = Promise.allSettled(started.filter((_, index) => RUNS.some((one) => one === moves[index]))).then(() => {
    state.isOver = true;
  });
  const settled = await Promise.allSettled(started);
  await over;
  const succeeded = (name: string): boolean => settled.some(({ status }, index) => status === "fulfilled" && moves[index]?.name === name);
  // What the sweep of each minute hands out; no further run looks.
  const left = await owner().effect.findMany({
    where: {
      clubId: place.line.club.id,
      kind: "access.set",
      status: { in: ["planned", "approved"] },
      arguments: { path: ["memberId"], equals: person.memberId },
    },
  });
  await handOut(
    place,
    left.map(({ id }) => asId("effect", id)),
  );
  const effects = await owner().effect.findMany({
    where: { clubId: place.line.club.id, kind: "access.set", arguments: { path: ["memberId"], equals: person.memberId } },
  });
  const calls = doors.sets.filter(({ person: called }) => called === person.externalId).map(({ state }) => state);
  const lock = await owner().accessLock.findFirst({ where: { memberId: person.memberId } });
  const isFree = ["pay", "sync", "except"].some(succeeded) || (succeeded("staff unlock") && lock?.unlockReason === "person");
  const isLocked = doors.isLocked(person.externalId);
  const unexpected = settled.flatMap((one) =>
    one.status === "rejected" && !String(one.reason).includes("not locked out") && !String(one.reason).includes("no longer open")
      ? [String(one.reason)]
      : [],
  );
  const violations = [
    ...(isLocked && isFree ? ["somebody who may come in was locked out"] : []),
    ...(calls.filter((state) => state === "suspended").length > 1 ? ["one debt was locked twice"] : []),
    ...(calls.includes("allowed") && !moves.some(({ frees }) => frees) ? ["a door was opened without a payment or a person"] : []),
    ...(isLocked !== (lock?.status === "locked")
      ? [`the door is ${isLocked ? "locked" : "open"} and its row says ${lock?.status ?? "nothing"}`]
      : []),
    ...unexpected,
  ].map((line) => `${moves.map(({ name }) => name).join(", ")}: ${line}`);
  return {
    allowed: effects.filter(({ status }) => status === "confirmed").length,
    accepted: calls.length,
    violations,
    end: isLocked ? "locked" : calls.length > 0 ? "unlocked" : "never locked",
  };
};

test(
  "runs, yeses, payments, promises, exceptions and people at one door: nobody who paid is locked out, no debt is locked twice, nothing opens by itself",
  async () => {
    const results: Result[] = [];
    while (results.length < RACES) {
      results.push(...(await Promise.all(places.slice(0, RACES - results.length).map(race))));
    }
    const sum = (of: "allowed" | "accepted"): number => results.reduce((total, result) => total + result[of], 0);
    const violations = results.flatMap((result) => result.violations);
    const row = { races: results.length, allowed: sum("allowed"), accepted: sum("accepted"), violations: violations.length };
    reportRaces({ suite: "doors", name: "locks against payments and people", ...row });
    expect(violations).toEqual([]);
    expect(row.accepted).toBe(row.allowed);
    expect(new Set(results.map(({ end }) => end))).toEqual(new Set(["locked", "unlocked", "never locked"]));
  },
  TIME_LIMIT_MS,
);
