import type { Id } from "#server/domain/ids.ts";
import { nextSlot } from "#server/domain/workflows/schedule.ts";
import { DEFAULT_SCHEDULES } from "#server/domain/workflows/settings.ts";
import { approve, reject } from "#server/services/approvals/decide-approval.ts";
import { exportReferrals } from "#server/services/collections/export-referrals.ts";
import { listCases } from "#server/services/collections/list-cases.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { judgeMessages } from "#server/services/sending/send-facts.ts";
import { settleRun } from "#server/services/workflows/settle-run.ts";
import { previewWorkflow, runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeDebtor, makeLadder, readAll, readBalance } from "#server/testing/debtors.ts";
import { makePerson, MADE_AT } from "#server/testing/factories.ts";
import { useScriptedDoors } from "#server/testing/scripted-doors.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const system = useScriptedDoors();

const HOUR_MS = 3_600_000;
const hoursLater = (hours: number): Date => new Date(MORNING.getTime() + hours * HOUR_MS);

let line: Line;
let workflowId: Id<"workflow">;
let second: ServiceContext;

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  workflowId = await workflowOf(line.system, "referral");
  await makeLive(workflowId);
  const { name, userId } = await makePerson(line.club, "manager");
  second = { ...line.club.as.manager, actor: { kind: "staff", userId, name, role: "manager", signedInAt: MORNING } };
});

const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow = MORNING): ServiceContext => ({
  ...ctx,
  fixedNow,
  actor: ctx.actor.kind === "staff" ? { ...ctx.actor, signedInAt: fixedNow } : ctx.actor,
});

type Ripe = { readonly balanceMinor?: bigint; readonly attempts?: number; readonly since?: string; readonly status?: string };

const ripe = async ({ attempts = 3, balanceMinor = 5_000n, since = "2026-11-09", status = "past_due" }: Ripe = {}) => {
  const debtor = await makeDebtor(line.club, {
    over: { balanceMinor, pastDueSinceOn: since, status, email: "robin@people.example" },
    readAt: MORNING,
  });
  await makeLadder(line.club, { contactId: debtor.contactId, startedOn: since, attempts, at: hoursLater(-100) });
  return debtor;
};
const run = async (now = MORNING): Promise<Id<"workflowRun">> => {
  await readAll(line.club, new Date(now.getTime() - 60_000));
  const { runId } = await runWorkflowNow(at(line.club.as.manager, now), { workflowId });
  await drive(at(line.system, now), runId);
  return runId;
};
const outcomes = async (runId: string) =>
  (await owner().workflowOutcome.findMany({ where: { workflowRunId: runId }, orderBy: { id: "asc" } })).map(({ outcome, reason }) => ({
    outcome,
    reason,
  }));
const questions = () => owner().approval.findMany({ where: { clubId: line.club.id, status: "pending" }, orderBy: { id: "asc" } });
const caseOf = (contactId: string) => owner().referralCase.findFirst({ where: { contactId }, orderBy: { id: "desc" } });
const yes = async (ctx: ServiceContext, now = MORNING) => {
  const [question] = await questions();
  return approve(at(ctx, now), { approvalId: question?.id as Id<"approval"> });
};

describe("which debts are put before two people", () => {
  test.each<[string, Ripe, object]>([
    ["fifty dollars, three attempts and fourteen days", {}, { outcome: "needs_approval" }],
    ["a cent less is too little", { balanceMinor: 4_999n }, { reason: "under_bound" }],
    ["two attempts are too few", { attempts: 2 }, { reason: "few_attempts" }],
    ["thirteen days are too few", { since: "2026-11-10" }, { reason: "few_days" }],
    ["a frozen membership is held", { status: "frozen" }, { reason: "freeze" }],
    ["whoever is with an agency is not referred again", { status: "in_collections" }, { reason: "referred" }],
  ])("%s", async (_name, person, expected) => {
    await ripe(person);
    expect(await outcomes(await run())).toMatchObject([expected]);
  });

  test("every second Monday at nine of the club's clock", () => {
    const first = nextSlot(DEFAULT_SCHEDULES.referral, { timeZone: "America/Denver", after: new Date("2026-11-20T00:00:00Z") });
    const next = nextSlot(DEFAULT_SCHEDULES.referral, { timeZone: "America/Denver", after: first?.at ?? new Date(0) });
    expect([first?.at.toISOString(), next?.at.toISOString()]).toEqual(["2026-11-23T16:00:00.000Z", "2026-12-07T16:00:00.000Z"]);
  });
});

describe("two people", () => {
  test("let a case go: its note is written once, it is exported with its proof, and nobody automatic writes about it any more", async () => {
    const { addressKey, contactId, memberId, phone } = await ripe({ balanceMinor: 7_550n });
    const runId = await run();
    expect((await questions()).map(({ requiredCount, summary }) => ({ requiredCount, summary }))).toEqual([
      { requiredCount: 2, summary: "Refer Robin Hale to collections: $75.50, 14 days past due, after 3 attempts" },
    ]);
    expect(await yes(line.club.as.manager)).toEqual({ status: "planned", reason: "needs_another_person" });
    await expect(yes(line.club.as.manager)).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await caseOf(contactId)).toMatchObject({ status: "proposed" });
    expect(await yes(second)).toMatchObject({ status: "confirmed" });
    await settleRun(at(line.system), { runId });
    expect(await outcomes(runId)).toMatchObject([{ outcome: "done" }]);
    expect(await caseOf(contactId)).toMatchObject({
      status: "approved",
      amountMinor: 7_550n,
      firstApprovedBy: line.club.people.manager.userId,
      secondApprovedBy: second.actor.kind === "staff" ? second.actor.userId : null,
    });
    const note = await owner().effect.findFirstOrThrow({ where: { clubId: line.club.id, kind: "note.add" } });
    await dispatchEffect(at(line.system), { effectId: note.id as Id<"effect"> });
    expect(system.notes.map(({ text }) => text)).toEqual([
      "REFERRED TO COLLECTIONS: $75.50 owed since 2026-11-09, 3 attempts. [urgent, billing]",
    ]);

    await expect(exportReferrals(at(line.club.as.staff), { format: "csv" })).rejects.toMatchObject({ code: "forbidden" });
    const csv = new TextDecoder().decode((await exportReferrals(at(line.club.as.manager), { format: "csv" })).body);
    const { externalId } = await owner().member.findUniqueOrThrow({ where: { id: memberId } });
    expect(csv.split("\r\n")[1]).toContain(
      `Robin Hale,${externalId},${phone},robin@people.example,CO,80202,,75.50,0.00,USD,2026-11-09,14,3,`,
    );
    const pdf = await exportReferrals(at(line.club.as.owner), { format: "pdf" });
    expect(new TextDecoder("latin1").decode(pdf.body.slice(0, 5))).toBe("%PDF-");
    expect(pdf.body.byteLength).toBeGreaterThan(1_500);
    expect(await caseOf(contactId)).toMatchObject({ status: "exported", exportedAt: MORNING });
    expect(await owner().auditLog.count({ where: { clubId: line.club.id, action: "referral.exported" } })).toBe(2);
    expect(await outcomes(await run(hoursLater(24 * 14)))).toMatchObject([{ outcome: "skipped", reason: "referred" }]);
    const message = { contactId, channelKind: "sms", addressKey, purpose: "billing", text: "Please pay.\nReply STOP to opt out." } as const;
    const [judged] = await inTransaction(at(line.system), (tx) => judgeMessages(tx, at(line.system), { messages: [message] }));
    expect(judged?.verdict).toMatchObject({ kind: "suppress", reason: "referred" });
  });

  test("a no ends it for this debt", async () => {
    const { contactId } = await ripe();
    const runId = await run();
    const [question] = await questions();
    await reject(at(line.club.as.owner), { approvalId: question?.id as Id<"approval"> });
    await settleRun(at(line.system), { runId });
    expect(await caseOf(contactId)).toMatchObject({ status: "rejected" });
    expect(await outcomes(await run(hoursLater(24)))).toMatchObject([{ reason: "asked_already" }]);
  });

  test("where only one could decide the case waits, and a card says so", async () => {
    await owner().staffAccess.updateMany({
      where: { franchiseId: line.club.franchiseId, userId: { not: line.club.people.manager.userId } },
      data: { archivedAt: MADE_AT },
    });
    await ripe();
    const runId = await run();
    expect(await yes(line.club.as.manager)).toMatchObject({ reason: "needs_another_person" });
    expect(await outcomes(runId)).toMatchObject([{ outcome: "needs_approval" }]);
    expect(await owner().alert.findFirst({ where: { clubId: line.club.id, key: "referral-alone" } })).toMatchObject({
      title: "Referrals wait for a second person",
      detail: expect.stringContaining("needs two people"),
    });
  });

  test("who paid all, or a part, before the second yes is not referred", async () => {
    const { contactId, memberId } = await ripe();
    await run();
    await yes(line.club.as.manager);
    await readBalance(memberId, { balanceMinor: 0n, at: MORNING });
    await expect(yes(second)).rejects.toThrow("has changed");
    await yes(line.club.as.manager);
    expect(await yes(second)).toMatchObject({ status: "dropped", reason: "referral_held" });
    expect(await caseOf(contactId)).toMatchObject({ status: "withdrawn" });
    expect(await owner().effect.count({ where: { clubId: line.club.id, kind: "note.add" } })).toBe(0);
  });

  test("a yes over a balance that is too old waits for a newer one", async () => {
    const { contactId, memberId } = await ripe();
    await run();
    const later = hoursLater(3);
    await yes(line.club.as.manager, later);
    expect(await yes(second, later)).toMatchObject({ status: "approved", reason: "referral_waits" });
    const soon = hoursLater(3.5);
    await readBalance(memberId, { balanceMinor: 5_000n, at: soon });
    const { effectId } = (await caseOf(contactId)) ?? {};
    expect(await dispatchEffect(at(line.system, soon), { effectId: effectId as Id<"effect"> })).toMatchObject({ status: "confirmed" });
    expect(await caseOf(contactId)).toMatchObject({ status: "approved" });
  });
});

describe("the cases of a run", () => {
  const cases = (runId: Id<"workflowRun">, ctx = line.club.as.staff) => listCases(at(ctx), { runId });

  test("are told with each person's vote, what they wait for, and how many an export holds", async () => {
    const { contactId } = await ripe({ balanceMinor: 7_550n });
    const runId = await run();
    expect(await cases(runId)).toMatchObject({
      exportableCount: 0,
      cases: [
        {
          contactId,
          name: "Robin Hale",
          amountMinor: "7550",
          attempts: 3,
          status: "proposed",
          votes: [],
          waitsFor: "Waits for two people to agree.",
        },
      ],
    });
    await yes(line.club.as.manager);
    expect((await cases(runId)).cases).toMatchObject([
      { votes: [{ name: line.club.people.manager.name }], waitsFor: "One person agreed, it waits for a second one." },
    ]);
    await yes(second);
    await settleRun(at(line.system), { runId });
    expect(await cases(runId)).toMatchObject({
      exportableCount: 1,
      cases: [{ status: "approved", votes: [{ name: line.club.people.manager.name }, {}], waitsFor: null, refusedBy: null }],
    });
  });

  test("name whoever refused, and nobody of another club sees any of them", async () => {
    await ripe();
    const runId = await run();
    const [question] = await questions();
    await reject(at(line.club.as.owner), { approvalId: question?.id as Id<"approval"> });
    await settleRun(at(line.system), { runId });
    expect((await cases(runId)).cases).toMatchObject([{ status: "rejected", refusedBy: line.club.people.owner.name, waitsFor: null }]);
    const other = await makeLine();
    expect(await cases(runId, other.club.as.owner)).toEqual({ cases: [], exportableCount: 0 });
  });
});

test("a preview names cases and total, and asks nobody", async () => {
  await ripe();
  await ripe({ balanceMinor: 56_000n });
  const { runId } = await previewWorkflow(at(line.club.as.manager), { workflowId });
  await drive(at(line.system), runId);
  const { report } = await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } });
  expect(Object(report).lines).toEqual(["would ask two people about referring 2 cases over $610.00"]);
  expect(await owner().referralCase.count({ where: { clubId: line.club.id } })).toBe(0);
});
