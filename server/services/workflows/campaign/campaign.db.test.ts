import { asId, type Id } from "#server/domain/ids.ts";
import { BLANK_CAMPAIGN, type CampaignPlan } from "#server/domain/workflows/campaign-plan.ts";
import { armOf } from "#server/domain/workflows/experiment.ts";
import type { Segment } from "#server/domain/workflows/segment.ts";
import { newId } from "#server/platform/ids.ts";
import { placeHold } from "#server/services/past-due/place-hold.ts";
import { advanceRun } from "#server/services/workflows/advance-run.ts";
import { previewWorkflow, runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { saveWorkflow } from "#server/services/workflows/change-workflow.ts";
import { startDueRun } from "#server/services/workflows/start-due-runs.ts";
import { getRun } from "#server/services/workflows/list-runs.ts";
import { settleRun } from "#server/services/workflows/settle-run.ts";
import { allowTexts } from "#server/testing/allow-texts.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, scopeOf } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, greenMember, makeLive, MORNING, openChannel } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { createCampaign } from "./create-campaign.ts";
import { previewSegment } from "./preview-segment.ts";
import { getCampaignResults, listCampaigns } from "./read-campaign.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const PLAN: CampaignPlan = {
  ...BLANK_CAMPAIGN,
  segment: { of: "members", all: [{ field: "days_since_joining", op: "at_most", days: 10 }] },
  texts: { a: "Hi {{first_name}}, {{club_name}} has a new class.", b: "{{club_name}} has a new class for you, {{first_name}}." },
  holdOutPercent: 30,
};

let line: Line;
let workflowId: Id<"workflow">;
let people: readonly { readonly contactId: string; readonly phone: string }[];

const owner = () => database().owner;
const machine = (now = MORNING) => ({ ...line.system, fixedNow: now });
const boss = () => ({ ...line.club.as.owner, fixedNow: MORNING });
const manager = (now = MORNING) => ({ ...line.club.as.manager, fixedNow: now });
const armOfPerson = ({ contactId }: { readonly contactId: string }) => armOf(workflowId, contactId, PLAN);

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  await allowTexts(line.club, ["CO"]);
  people = await Promise.all(Array.from({ length: 12 }, () => greenMember(line)));
  ({ workflowId } = await createCampaign(boss(), { name: "New class", plan: PLAN }));
});

const run = async (now = MORNING) => {
  const { runId } = await runWorkflowNow(manager(now), { workflowId });
  await drive(machine(now), runId);
  await settleRun(machine(now), { runId });
  return runId;
};

describe("a campaign", () => {
  test("writes its two texts to the people of its arms once, and never to whom it holds out, and counts what they do", async () => {
    await makeLive(workflowId);
    const runId = await run();
    expect(people.map(({ phone }) => vendor.sendCount(phone))).toEqual(people.map((one) => (armOfPerson(one) === "held_out" ? 0 : 1)));
    const rows = await owner().workflowOutcome.findMany({ where: { workflowRunId: runId } });
    for (const row of rows) {
      const arm = armOfPerson(row);
      expect(row).toMatchObject(
        arm === "held_out" ? { outcome: "skipped", reason: "held_out", effectId: null } : { outcome: "sent", tier: arm },
      );
      expect(row.text?.startsWith("Hi ")).toBe(arm !== "b");
    }
    await run(new Date(MORNING.getTime() + 86_400_000));
    expect(people.map(({ phone }) => vendor.sendCount(phone))).toEqual(people.map((one) => (armOfPerson(one) === "held_out" ? 0 : 1)));
    const reader = people.find((one) => armOfPerson(one) !== "held_out");
    const readArm = reader === undefined ? null : armOfPerson(reader);
    const conversation = await owner().conversation.findFirstOrThrow({ where: { contactId: reader?.contactId ?? "" } });
    const at = { sentAt: new Date(MORNING.getTime() + 7_200_000), receivedAt: new Date(MORNING.getTime() + 7_200_000), createdAt: MADE_AT };
    const words = { direction: "inbound", author: "contact", body: "When?", bodyHash: "x", status: "delivered", sequence: 900 };
    await owner().message.create({
      data: { id: newId("message"), ...scopeOf(line.club), conversationId: conversation.id, ...words, ...at },
    });
    const responses = { writtenCount: people.length - people.filter((one) => armOfPerson(one) === "held_out").length, answeredCount: 1 };
    expect(await getRun(manager(), { runId })).toMatchObject({ responses: { ...responses, convertedCount: 0, conversion: "any" } });
    const { arms, verdict } = await getCampaignResults(manager(), { workflowId });
    const count = (arm: string) => people.filter((one) => armOfPerson(one) === arm).length;
    expect(arms.map(({ arm, converted, people: total, replied }) => [arm, total, replied, converted])).toEqual(
      [
        ["a", count("a"), readArm === "a" ? 1 : 0, 0],
        ["b", count("b"), readArm === "b" ? 1 : 0, 0],
        ["held_out", count("held_out"), 0, 0],
      ].filter(([, total]) => total !== 0),
    );
    expect(verdict).toEqual({ kind: "too_few", missing: 200 - count("a") - count("b") });
  });

  test("a preview shows everybody's words and writes to nobody", async () => {
    const { runId } = await previewWorkflow(manager(), { workflowId });
    await drive(machine(), runId);
    const rows = await owner().workflowOutcome.findMany({ where: { workflowRunId: runId } });
    expect(rows).toHaveLength(12);
    expect(rows.every(({ isDryRun, text }) => isDryRun && text?.includes("Reply STOP") === true)).toBe(true);
    expect(people.map(({ phone }) => vendor.sendCount(phone))).toEqual(people.map(() => 0));
  });

  test("a club may have several, and its people are counted and shown before there is one", async () => {
    await createCampaign(boss(), { name: "Another", plan: PLAN });
    const preview = await previewSegment(manager(), { segment: PLAN.segment });
    expect(preview).toMatchObject({ count: 12, lookedAtCount: 12, getsCount: 12, waitsCount: 0, leftOut: [] });
    expect(preview.people[0]?.fields).toMatchObject({ first_name: "Robin" });
    expect(await listCampaigns(manager())).toMatchObject([
      { name: "Another", audienceCount: 12, sentCount: 0 },
      { name: "New class", audienceCount: 12, sentCount: 0 },
    ]);
  });

  test("whoever may not be written to is named with the reason before there is a campaign, and after it whoever had it", async () => {
    const [first, second] = people;
    await owner().contact.update({ where: { id: first?.contactId ?? "" }, data: { isAgentOff: true, displayName: "Ana Quiet" } });
    await owner().member.updateMany({ where: { contactId: second?.contactId ?? "" }, data: { balanceMinor: 5_000n } });
    const before = await previewSegment(manager(), { segment: PLAN.segment });
    expect(before).toMatchObject({ count: 12, getsCount: 10 });
    expect(before.leftOut.map(({ count, names, reason }) => [reason, count, names]).toSorted()).toEqual([
      ["agent_off", 1, ["Ana Quiet"]],
      ["owes", 1, ["Robin Hale"]],
    ]);
    await makeLive(workflowId);
    await run();
    const after = await previewSegment(manager(), { segment: PLAN.segment, workflowId });
    const had = people.filter((one) => vendor.sendCount(one.phone) > 0).length;
    expect(after.leftOut.find(({ reason }) => reason === "had_campaign")?.count).toBe(had);
    expect((await previewSegment(manager(), { segment: PLAN.segment })).leftOut).toHaveLength(2);
  });

  test("a save of some of its settings leaves the others, and its name, as they were", async () => {
    const input = { workflowId, schedule: { kind: "once", on: "2026-11-30", minuteOfDay: 600 } as const };
    await saveWorkflow(boss(), { ...input, version: 1, settings: { maxPerDay: 7 } });
    const row = await owner().workflow.findFirstOrThrow({ where: { id: workflowId } });
    expect(row).toMatchObject({ name: "New class", settings: { ...PLAN, maxPerDay: 7 } });
    await saveWorkflow(boss(), { ...input, version: 2, name: "Newer class", settings: {} });
    expect(await owner().workflow.findFirstOrThrow({ where: { id: workflowId } })).toMatchObject({
      name: "Newer class",
      settings: { maxPerDay: 7 },
    });
  });

  test("one that is due once runs on its day, and then no more", async () => {
    await owner().workflow.update({
      where: { id: workflowId },
      data: { isOn: true, schedule: { kind: "once", on: "2026-11-23", minuteOfDay: 600 }, lastSlotAt: MADE_AT, nextDueAt: MORNING },
    });
    const { runId } = await startDueRun(machine(), { workflowId });
    expect(runId).not.toBeNull();
    expect(await owner().workflow.findFirstOrThrow({ where: { id: workflowId } })).toMatchObject({ nextDueAt: null });
    expect(await startDueRun(machine(new Date(MORNING.getTime() + 86_400_000)), { workflowId })).toEqual({ runId: null });
  });

  test("about a debt asks what a reminder is asked, when it is planned and once more at the last gate, and is a text about a bill", async () => {
    const [owing, disputing, late] = people;
    for (const one of [owing, disputing, late]) {
      await owner().member.updateMany({ where: { contactId: one?.contactId ?? "" }, data: { balanceMinor: 5_000n } });
    }
    await owner().memberIdentity.updateMany({ where: { clubId: line.club.id }, data: { seenAt: MORNING } });
    await placeHold(manager(), { contactId: asId("contact", disputing?.contactId ?? ""), kind: "dispute", reason: "not my bill" });
    const segment: Segment = { of: "members", all: [{ field: "past_due" }] };
    const texts = { a: "Hi {{first_name}}, {{club_name}} is glad to help you catch up.", b: null };
    const { workflowId: own } = await createCampaign(boss(), { name: "Catch up", plan: { ...PLAN, segment, texts, holdOutPercent: 0 } });
    const preview = await previewSegment(manager(), { segment });
    expect([preview.count, preview.getsCount, preview.leftOut.map(({ reason }) => reason)]).toEqual([3, 2, ["dispute"]]);
    await makeLive(own);
    const { runId } = await runWorkflowNow(manager(), { workflowId: own });
    await advanceRun(machine(), { runId });
    await owner().member.updateMany({ where: { contactId: late?.contactId ?? "" }, data: { balanceMinor: 0n } });
    await drive(machine(), runId);
    await settleRun(machine(), { runId });
    const ended = await owner().workflowOutcome.findMany({ where: { workflowRunId: runId }, orderBy: { outcome: "asc" } });
    expect(ended.map(({ outcome, reason }) => `${outcome} ${reason}`).toSorted()).toEqual([
      "sent campaign_due",
      "suppressed debt_changed",
      "suppressed dispute",
    ]);
    expect(people.map(({ phone }) => vendor.sendCount(phone))).toEqual(people.map((one) => (one === owing ? 1 : 0)));
    expect(await owner().effect.findMany({ where: { clubId: line.club.id, status: "confirmed" } })).toMatchObject([{ purpose: "billing" }]);
  });

  test("only an owner makes one, and words that are none make none", async () => {
    await expect(createCampaign(manager(), { name: "No", plan: PLAN })).rejects.toMatchObject({ code: "forbidden" });
    const stranger = { ...(await makeLine()).club.as.manager, fixedNow: MORNING };
    await expect(getCampaignResults(stranger, { workflowId })).rejects.toMatchObject({ code: "not_found" });
    expect(await listCampaigns(stranger)).toEqual([]);
    await expect(createCampaign(boss(), { name: "No", plan: { ...PLAN, texts: { a: "Buy now", b: null } } })).rejects.toThrow();
  });
});
