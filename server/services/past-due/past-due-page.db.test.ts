import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { connectSquare, makeDebtor, makeLadder, readAll, useScriptedMoney } from "#server/testing/debtors.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { placeExemption } from "../access/place-exemption.ts";
import { getDebt } from "./get-debt.ts";
import { listPastDue } from "./list-past-due.ts";
import { logCall } from "./log-call.ts";
import { notePromise } from "./note-promise.ts";
import { placeHold } from "./place-hold.ts";
import { releaseHold } from "./release-hold.ts";
import { remindNow } from "./remind-now.ts";
import { withdrawPromise } from "./withdraw-promise.ts";

useDatabase();
const vendor = useScriptedOpenPhone();
useScriptedMoney();

const HOUR_MS = 3_600_000;
const at = (ctx: ServiceContext, hours = 0): ServiceContext => ({ ...ctx, fixedNow: new Date(MORNING.getTime() + hours * HOUR_MS) });
const owner = () => database().owner;

let line: Line;
let staff: ServiceContext;
let contactId: Id<"contact">;
let phone: string;

beforeEach(async () => {
  line = await makeLine();
  staff = at(line.club.as.staff);
  await openChannel(line);
  await connectSquare(line.club);
  await workflowOf(line.system, "past_due");
  const made = await makeDebtor(line.club, { readAt: MORNING });
  contactId = made.contactId as Id<"contact">;
  phone = made.phone;
});

const audited = async (action: string): Promise<number> => owner().auditLog.count({ where: { clubId: line.club.id, action } });

describe("the list of everybody who owes", () => {
  test("tells amount, tier, attempts, holds and door, and finds by what is decided", async () => {
    const large = await makeDebtor(line.club, {
      readAt: MORNING,
      over: { balanceMinor: 15_000n, pastDueSinceOn: "2026-10-01", accessState: "locked" },
    });
    await makeLadder(line.club, {
      contactId: large.contactId,
      startedOn: "2026-10-01",
      attempts: 2,
      at: new Date(MORNING.getTime() - 100 * HOUR_MS),
    });
    await makeDebtor(line.club, { readAt: MORNING, over: { balanceMinor: 0n } });
    await notePromise(staff, { contactId, promisedOn: "2026-11-25" });
    const all = await listPastDue(staff, {});
    expect(all).toMatchObject({
      count: 2,
      nextCursor: null,
      totals: { count: 2, dueMinor: "19500", currency: "USD", byState: { paused: 1, reminded: 1 }, isCutOff: false },
      items: [
        {
          contactId: large.contactId,
          dueMinor: "15000",
          tier: "final",
          attempts: 2,
          state: "reminded",
          oldestOn: "2026-10-01",
          door: "foreign",
          lastContact: { kind: "friendly" },
        },
        {
          contactId,
          dueMinor: "4500",
          tier: "friendly",
          state: "paused",
          reason: "promise",
          holds: [{ kind: "promise" }],
          door: "open",
          lastContact: null,
        },
      ],
    });
    const ids = async (choice: Parameters<typeof listPastDue>[1]) => (await listPastDue(staff, choice)).items.map((row) => row.contactId);
    expect(await ids({ isAscending: true })).toEqual([contactId, large.contactId]);
    expect(await ids({ state: "paused" })).toEqual([contactId]);
    expect(await ids({ tier: "final" })).toEqual([large.contactId]);
    expect(await ids({ door: "foreign" })).toEqual([large.contactId]);
    expect(await ids({ search: phone.slice(-4) })).toEqual([contactId]);
  });

  test("shows nobody of another club", async () => {
    const other = await makeLine();
    expect(await listPastDue(at(other.club.as.owner), {})).toMatchObject({ count: 0, items: [], totals: { dueMinor: "0" } });
  });
});

describe("the story of a debt", () => {
  test("tells what comes next and why, what holds, and everything that happened, the newest first", async () => {
    await logCall(staff, { contactId, note: "left a message" });
    await notePromise(at(line.club.as.staff, 1), { contactId, promisedOn: "2026-11-25" });
    await placeExemption(at(line.club.as.manager, 2), { contactId, reason: "a good customer", until: null });
    const story = await getDebt(at(line.club.as.staff, 2), { contactId });
    expect(story).toMatchObject({
      state: "paused",
      attempts: 1,
      promise: { promisedOn: "2026-11-25", amountMinor: null },
      holds: [{ kind: "exemption", reason: "a good customer", by: expect.any(String) }],
      doors: [{ state: "open" }],
    });
    expect(story.next[0]).toMatchObject({
      about: "reminder",
      kind: "paused",
      text: expect.stringContaining("The ladder is paused: this person promised to pay"),
    });
    expect(story.next.map(({ about }) => about)).toEqual(["reminder", "door", "referral"]);
    expect(story.timeline.map(({ text }) => text)).toEqual([
      "Paused: somebody made an exception for this person",
      "Promised to pay all of it by 2026-11-25",
      "Call logged",
    ]);
  });

  test("of a contact of another club looks exactly like that of one who owes nothing anywhere", async () => {
    const other = await makeLine();
    const foreign = await getDebt(at(other.club.as.owner), { contactId }).catch((error: unknown) => error);
    const missing = await getDebt(at(other.club.as.owner), { contactId: "ct_01h455vb4pex5vsknk084sn02q" }).catch((error: unknown) => error);
    expect(foreign).toMatchObject({ code: "not_found" });
    expect(foreign).toEqual(missing);
  });
});

describe("taking back a promise", () => {
  const promised = async () => (await notePromise(staff, { contactId, promisedOn: "2026-11-25" })).promiseId as Id<"paymentPromise">;

  test("lets the ladder go on, is audited, and happens once", async () => {
    const promiseId = await promised();
    await withdrawPromise(staff, { promiseId, reason: "said on the phone" });
    expect(await getDebt(staff, { contactId })).toMatchObject({ state: "reminded", promise: null });
    expect(await audited("promise.withdrawn")).toBe(1);
    await expect(withdrawPromise(staff, { promiseId, reason: "once more" })).rejects.toMatchObject({ code: "precondition_failed" });
  });

  test("is nobody's of another club, and no machine's", async () => {
    const promiseId = await promised();
    const other = await makeLine();
    await expect(withdrawPromise(at(other.club.as.owner), { promiseId, reason: "not mine" })).rejects.toMatchObject({ code: "not_found" });
    await expect(withdrawPromise(line.system, { promiseId, reason: "a machine" })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a reminder that a person asks for", () => {
  test("is the next one of the ladder, counts as an attempt with its proof, and is audited", async () => {
    expect(await remindNow(staff, { contactId })).toMatchObject({ status: "confirmed" });
    expect(vendor.sendCount(phone)).toBe(1);
    expect(await owner().collectionAttempt.findMany({ where: { contactId } })).toMatchObject([{ tier: "friendly", amountMinor: 4_500n }]);
    expect(await audited("debt.reminded")).toBe(1);
    expect((await getDebt(staff, { contactId })).timeline[0]).toMatchObject({ kind: "reminder", text: "Friendly reminder sent" });
  });

  test("keeps to the pace and the holds of the ladder, and says which", async () => {
    const { holdId } = await placeHold(staff, { contactId, kind: "dispute", reason: "says it is wrong" });
    await expect(remindNow(staff, { contactId })).rejects.toMatchObject({ code: "precondition_failed", details: { reason: "dispute" } });
    await releaseHold(staff, { holdId, reason: "settled" });
    await remindNow(staff, { contactId });
    await readAll(line.club, new Date(MORNING.getTime() + 71 * HOUR_MS));
    await expect(remindNow(at(line.club.as.staff, 71), { contactId })).rejects.toMatchObject({ details: { reason: "recent_text" } });
    expect(vendor.sendCount(phone)).toBe(1);
  });

  test("is for people of this club alone", async () => {
    const other = await makeLine();
    await expect(remindNow(at(other.club.as.owner), { contactId })).rejects.toMatchObject({ code: "not_found" });
    await expect(remindNow(line.system, { contactId })).rejects.toMatchObject({ code: "forbidden" });
    expect(vendor.sendCount(phone)).toBe(0);
  });
});
