import { asId, type Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { approve, reject } from "#server/services/approvals/decide-approval.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { createRun } from "#server/services/workflows/create-run.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeDebtor, makeLadder, readBalance } from "#server/testing/debtors.ts";
import { makePerson, scopeOf } from "#server/testing/factories.ts";
import { raceCount, reportRaces, seeded, shuffled } from "#server/testing/races.ts";
import { useScriptedDoors } from "#server/testing/scripted-doors.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeAll, expect, test } from "vitest";

useDatabase();
useScriptedDoors();

const RACES = raceCount({ few: 20, full: 400 });
const CLUBS = 4;
const TIME_LIMIT_MS = 1_800_000;
const OWED = 5_000n;
const random = seeded(20_261_124);

type Place = { readonly line: Line; readonly workflowId: Id<"workflow">; readonly second: ServiceContext };
let places: readonly Place[];

beforeAll(async () => {
  const made: Place[] = [];
  for (let index = 0; index < CLUBS; index += 1) {
    const line = await makeLine();
    await openChannel(line);
    const workflowId = await workflowOf(line.system, "referral");
    await makeLive(workflowId);
    const { name, userId } = await makePerson(line.club, "manager");
    made.push({
      line,
      workflowId,
      second: { ...line.club.as.manager, actor: { kind: "staff", userId, name, role: "manager", signedInAt: MORNING } },
    });
  }
  places = made;
}, TIME_LIMIT_MS);

const owner = () => database().owner;
const at = (ctx: ServiceContext): ServiceContext => ({
  ...ctx,
  fixedNow: MORNING,
  actor: ctx.actor.kind === "staff" ? { ...ctx.actor, signedInAt: MORNING } : ctx.actor,
});

type Person = { readonly contactId: string; readonly memberId: string };

let runs = 0;
const run = async ({ line, workflowId }: Place, { contactId }: Person): Promise<void> => {
  const system = at(line.system);
  const period = `payment:${(runs += 1)}`;
  const runId = await inTransaction(system, (tx) =>
    createRun(tx, system, { workflowId, trigger: "payment", period, isDryRun: false, onlyContactId: contactId }),
  );
  await drive(system, runId ?? "");
};

const effectOf = async ({ contactId }: Person): Promise<Id<"effect"> | null> => {
  const row = await owner().referralCase.findFirst({ where: { contactId, effectId: { not: null } } });
  return row?.effectId == null ? null : asId("effect", row.effectId);
};
const questionOf = async (person: Person): Promise<Id<"approval"> | null> => {
  const row = await owner().approval.findFirst({ where: { effectId: (await effectOf(person)) ?? "", status: "pending" } });
  return row === null ? null : asId("approval", row.id);
};
const vote = (decide: typeof approve | typeof reject, who: (place: Place) => ServiceContext) => async (place: Place, person: Person) => {
  const approvalId = await questionOf(person);
  return approvalId === null ? null : decide(at(who(place)), { approvalId });
};
const dispatch = async ({ line }: Place, person: Person) => {
  const effectId = await effectOf(person);
  return effectId === null ? null : dispatchEffect(at(line.system), { effectId });
};

type Move = { readonly name: string; readonly run: (place: Place, person: Person) => Promise<unknown>; readonly isForeign?: true };

const MOVES: readonly Move[] = [
  { name: "yes", run: vote(approve, ({ line }) => line.club.as.manager) },
  { name: "the same yes", run: vote(approve, ({ line }) => line.club.as.manager) },
  { name: "second yes", run: vote(approve, ({ second }) => second) },
  { name: "owner's yes", run: vote(approve, ({ line }) => line.club.as.owner) },
  { name: "another run", run },
  { name: "dispatch", run: dispatch },
];
const AGAINST: readonly Move[] = [
  { name: "no", run: vote(reject, ({ line }) => line.club.as.owner) },
  { name: "paid", run: (_place, { memberId }) => readBalance(memberId, { balanceMinor: 0n, at: MORNING }) },
  {
    name: "promise",
    run: ({ line }, { contactId }) =>
      owner().paymentPromise.create({
        data: {
          id: newId("paymentPromise"),
          ...scopeOf(line.club),
          contactId,
          dueWhenMadeMinor: OWED,
          currency: "USD",
          promisedOn: "2026-11-25",
          status: "open",
          madeBy: "test",
          createdAt: MORNING,
        },
      }),
  },
  { name: "staff's yes", run: vote(approve, ({ line }) => line.club.as.staff), isForeign: true },
];

type Result = { readonly allowed: number; readonly accepted: number; readonly violations: readonly string[]; readonly end: string };

const race = async (place: Place): Promise<Result> => {
  const { club } = place.line;
  const debtor = await makeDebtor(club, { over: { balanceMinor: OWED, pastDueSinceOn: "2026-11-01" }, readAt: MORNING });
  await makeLadder(club, {
    contactId: debtor.contactId,
    startedOn: "2026-11-01",
    attempts: 3,
    at: new Date(MORNING.getTime() - 400 * 3_600_000),
  });
  const isAsked = random() < 0.8;
  if (isAsked) {
    await run(place, debtor);
  }
  const isQuiet = random() < 0.4;
  const against = isQuiet ? [] : shuffled(AGAINST, random).slice(0, 1 + Math.floor(random() * 2));
  const moves = shuffled(
    [...(isAsked ? [] : [{ name: "run", run }]), ...shuffled(MOVES, random).slice(0, 3 + Math.floor(random() * 4)), ...against],
    random,
  );
  const waits = moves.map(() => Math.floor(random() * 30));
  const settled = await Promise.allSettled(
    moves.map(async (move, index) => {
      for (let turn = 0; turn < (waits[index] ?? 0); turn += 1) {
        // Paced by the database, as those who race with it are.
        await owner().club.count();
      }
      return move.run(place, debtor);
    }),
  );
  const cases = await owner().referralCase.findMany({ where: { contactId: debtor.contactId } });
  const approved = cases.filter(({ status }) => status === "approved");
  const confirmed = await owner().effect.findMany({
    where: { clubId: club.id, kind: "referral.list", status: "confirmed", id: { in: cases.flatMap(({ effectId }) => effectId ?? []) } },
  });
  const notes = await owner().effect.count({
    where: { clubId: club.id, kind: "note.add", effectKey: { endsWith: `:${debtor.memberId}` } },
  });
  const voters = await owner().approvalVote.findMany({
    where: { approval: { effectId: { in: confirmed.map(({ id }) => id) }, status: "approved" } },
  });
  const wrong = settled.flatMap((one, index) => {
    if (one.status === "fulfilled") {
      return moves[index]?.isForeign === true && one.value !== null ? ["staff decided"] : [];
    }
    const expected = /no longer open|approved this already|has changed|only a manager/.test(String(one.reason));
    return expected ? [] : [String(one.reason)];
  });
  const violations = [
    ...(approved.length > 1 || notes > 1 ? ["a debt was referred twice"] : []),
    ...(approved.length !== notes ? [`${approved.length} cases and ${notes} notes`] : []),
    ...(approved.some(({ amountMinor, firstApprovedBy, secondApprovedBy }) => amountMinor !== OWED || firstApprovedBy === secondApprovedBy)
      ? ["a debt was referred over another amount, or by one person"]
      : []),
    ...(approved.length > 0 && new Set(voters.map(({ userId }) => userId)).size < 2 ? ["without two people"] : []),
    ...(approved.length > 0 && (await owner().approval.count({ where: { effectId: approved[0]?.effectId ?? "", status: "rejected" } })) > 0
      ? ["after a no"]
      : []),
    ...wrong,
  ].map((line) => `${moves.map(({ name }) => name).join(", ")}: ${line}`);
  return {
    allowed: approved.length,
    accepted: notes,
    violations,
    end: approved.length > 0 ? "referred" : "not referred",
  };
};

test(
  "runs, votes, payments and promises over one debt: it is referred once, by two people, over what is owed, and never after a no",
  async () => {
    const results: Result[] = [];
    while (results.length < RACES) {
      results.push(...(await Promise.all(places.slice(0, RACES - results.length).map(race))));
    }
    const sum = (of: "allowed" | "accepted"): number => results.reduce((total, result) => total + result[of], 0);
    const violations = results.flatMap((result) => result.violations);
    const row = { races: results.length, allowed: sum("allowed"), accepted: sum("accepted"), violations: violations.length };
    reportRaces({ suite: "referrals", name: "votes against payments and runs", ...row });
    expect(violations).toEqual([]);
    expect(row.accepted).toBe(row.allowed);
    expect(new Set(results.map(({ end }) => end))).toEqual(new Set(["referred", "not referred"]));
  },
  TIME_LIMIT_MS,
);
