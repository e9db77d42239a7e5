import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { inTransaction } from "#server/services/context.ts";
import { recordHeard } from "#server/services/past-due/record-heard.ts";
import { runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { connectSquare, makeDebtor, readAll, readBalance, useScriptedMoney } from "#server/testing/debtors.ts";
import { makeConversation, makeMessage } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { getDebt } from "./get-debt.ts";
import { logCall } from "./log-call.ts";
import { notePromise } from "./note-promise.ts";
import { placeHold } from "./place-hold.ts";
import { releaseHold } from "./release-hold.ts";
import { settlePromises } from "./settle-promises.ts";

useDatabase();
const vendor = useScriptedOpenPhone();
useScriptedMoney();

const HOUR_MS = 3_600_000;
const hoursLater = (hours: number): Date => new Date(MORNING.getTime() + hours * HOUR_MS);

let line: Line;
let workflowId: Id<"workflow">;
let contactId: Id<"contact">;
let memberId: string;
let phone: string;

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  await connectSquare(line.club);
  workflowId = await workflowOf(line.system, "past_due");
  await makeLive(workflowId);
  const made = await makeDebtor(line.club, { readAt: MORNING });
  ({ memberId, phone } = made);
  contactId = made.contactId as Id<"contact">;
});

const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow = MORNING): ServiceContext => ({ ...ctx, fixedNow });
/** What the hour's run says about the one who owes. */
const run = async (now = MORNING): Promise<string> => {
  await readAll(line.club, new Date(now.getTime() - 60_000));
  const { runId } = await runWorkflowNow(at(line.club.as.manager, now), { workflowId });
  await drive(at(line.system, now), runId);
  const [row] = await owner().workflowOutcome.findMany({ where: { workflowRunId: runId } });
  return row === undefined ? "nobody" : `${row.outcome} ${row.reason}`;
};
const settle = (now: Date) => settlePromises(at(line.system, now));

describe("while something holds nothing goes out", () => {
  test.each(["plan", "hardship", "dispute", "exemption"] as const)("%s, until a person releases it", async (kind) => {
    const { holdId } = await placeHold(at(line.club.as.manager), { contactId, kind, reason: "said so" });
    expect(await run()).toBe(`suppressed ${kind}`);
    expect(vendor.sendCount(phone)).toBe(0);
    await releaseHold(at(line.club.as.manager), { holdId, reason: "settled" });
    expect(await run(hoursLater(1))).toBe("sent first_notice");
  });

  test("a freeze and a payment that came after the balance was read hold by themselves", async () => {
    await owner().member.update({ where: { id: memberId }, data: { status: "frozen" } });
    expect(await run()).toBe("suppressed freeze");
  });

  test("an exception is for a manager, and nobody of another club finds anything here", async () => {
    await expect(placeHold(at(line.club.as.staff), { contactId, kind: "exemption", reason: "a friend" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const other = await makeLine();
    await expect(placeHold(at(other.club.as.owner), { contactId, kind: "dispute", reason: "said so" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      placeHold(at(line.club.as.staff), { contactId, kind: "plan", reason: "said so", until: hoursLater(-1) }),
    ).rejects.toMatchObject({
      code: "invalid",
    });
  });

  test("a call that staff made counts as an attempt, and the panel tells the whole story", async () => {
    await logCall(at(line.club.as.staff), { contactId, note: "left a message" });
    await placeHold(at(line.club.as.staff), { contactId, kind: "dispute", reason: "says it is wrong" });
    expect(await getDebt(at(line.club.as.staff), { contactId })).toMatchObject({
      dueMinor: "4500",
      state: "paused",
      attempts: 1,
      holdingNow: [{ words: "the debt is disputed", until: null }],
      holds: [{ kind: "dispute", reason: "says it is wrong", until: null }],
      promise: null,
    });
  });
});

describe("a promise", () => {
  test("holds the ladder to the end of its grace, reminds on its day once, is broken after it, and the ladder goes on", async () => {
    await notePromise(at(line.club.as.staff), { contactId, promisedOn: "2026-11-25" });
    expect(await run()).toBe("suppressed promise");
    expect(await settle(hoursLater(24))).toMatchObject({ kept: 0, broken: 0, reminded: 0 });
    await readAll(line.club, hoursLater(48));
    expect(await settle(hoursLater(48))).toMatchObject({ reminded: 1 });
    expect(await settle(hoursLater(49))).toMatchObject({ reminded: 0 });
    const [said] = await owner().effect.findMany({ where: { effectKey: { startsWith: "promise-day:" }, clubId: line.club.id } });
    expect(String(Object(said?.arguments).text)).toContain("today is the day you wanted to take care of $45.00");
    await owner().effect.updateMany({ where: { id: said?.id ?? "" }, data: { status: "dropped" } });
    expect(await run(hoursLater(72))).toBe("suppressed promise");
    expect(await settle(hoursLater(24 * 4))).toMatchObject({ broken: 1 });
    expect(await owner().paymentPromise.findFirst({ where: { contactId } })).toMatchObject({ status: "broken" });
    expect(await run(hoursLater(24 * 4 + 1))).toBe("sent first_notice");
  });

  test("that is kept is thanked for, once", async () => {
    await notePromise(at(line.club.as.staff), { contactId, promisedOn: "2026-11-25" });
    await readBalance(memberId, { balanceMinor: 0n, at: hoursLater(20) });
    expect(await settle(hoursLater(20))).toMatchObject({ kept: 1, effectIds: [expect.stringMatching(/^eff_/)] });
    expect(await settle(hoursLater(21))).toMatchObject({ kept: 0, effectIds: [] });
  });

  test("over nothing, for a day that is gone, or for one so far off that it is a plan is none", async () => {
    await expect(notePromise(at(line.club.as.staff), { contactId, promisedOn: "2026-11-22" })).rejects.toMatchObject({ code: "invalid" });
    await expect(notePromise(at(line.club.as.staff), { contactId, promisedOn: "2027-02-01" })).rejects.toMatchObject({ code: "invalid" });
    await readBalance(memberId, { balanceMinor: 0n, at: MORNING });
    await expect(notePromise(at(line.club.as.staff), { contactId, promisedOn: "2026-11-25" })).rejects.toMatchObject({
      code: "precondition_failed",
    });
  });
});

describe("what is said in a conversation", () => {
  const say = async (text: string, over: Partial<Parameters<typeof recordHeard>[2]> = {}) => {
    const known = await owner().conversation.findFirst({ where: { contactId }, select: { id: true } });
    const conversation = known ?? (await makeConversation(line.club, { contactId })).conversation;
    const message = await makeMessage(line.club, conversation.id, { text, sentAt: MORNING });
    const reading = {
      conversationId: conversation.id,
      contactId,
      messageId: message.id,
      category: "payment_inquiry",
      subIntents: ["promise_to_pay"],
      riskFlags: [],
      ...over,
    } as const;
    return () => inTransaction(at(line.system), (tx) => recordHeard(tx, line.system, reading));
  };

  test("a promise is noted once for each message, and a newer one takes its place", async () => {
    const hear = await say("I'll pay friday");
    expect(await hear()).toBe("promise");
    expect(await hear()).toBeNull();
    expect(await (await say("sorry, I'll pay monday instead"))()).toBe("promise");
    expect(await owner().paymentPromise.findMany({ where: { contactId }, orderBy: { id: "asc" } })).toMatchObject([
      { promisedOn: "2026-11-27", status: "withdrawn" },
      { promisedOn: "2026-11-30", status: "open", dueWhenMadeMinor: 4_500n },
    ]);
    expect(await run(hoursLater(1))).toBe("suppressed promise");
  });

  test("I paid already pauses 72 hours and no longer; then a person gets the task, or it is found and thanked for", async () => {
    const hear = await say("I already paid that", { subIntents: ["paid_already"], riskFlags: ["dispute"] });
    expect(await hear()).toBe("paid_claim");
    expect(await run(hoursLater(71))).toBe("suppressed paid_claim");
    await readAll(line.club, hoursLater(72));
    await settle(hoursLater(72));
    expect(await owner().ticket.findMany({ where: { contactId } })).toMatchObject([
      { title: "Says it is paid, but the balance does not show it" },
    ]);
    expect(await run(hoursLater(72))).toBe("sent first_notice");
    expect(await (await say("I paid, really", { subIntents: ["paid_already"] }))()).toBe("paid_claim");
    await readBalance(memberId, { balanceMinor: 0n, at: hoursLater(80) });
    expect((await settle(hoursLater(80))).effectIds).toHaveLength(1);
    expect(await owner().billingHold.count({ where: { contactId, releasedAt: null } })).toBe(0);
  });

  test("hardship, a plan and a dispute hold until a person releases them; a promise too far off is a plan", async () => {
    expect(await (await say("I lost my job", { riskFlags: ["hardship"] }))()).toBe("hardship");
    expect(await (await say("I'll pay on January 20th"))()).toBe("plan");
    expect(await (await say("that charge is wrong", { subIntents: ["dues"], riskFlags: ["dispute"] }))()).toBe("dispute");
    const held = await owner().billingHold.findMany({ where: { contactId, releasedAt: null, until: null } });
    expect(held.map(({ kind }) => kind).toSorted()).toEqual(["dispute", "hardship", "plan"]);
  });
});
