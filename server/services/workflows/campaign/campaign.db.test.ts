import type { Id } from "#server/domain/ids.ts";
import { BLANK_CAMPAIGN, type CampaignPlan } from "#server/domain/workflows/campaign-plan.ts";
import { armOf } from "#server/domain/workflows/experiment.ts";
import { newId } from "#server/platform/ids.ts";
import { previewWorkflow, runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { settleRun } from "#server/services/workflows/settle-run.ts";
import { allowTexts } from "#server/testing/allow-texts.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, scopeOf } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, greenMember, makeLive, MORNING, openChannel } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { createCampaign } from "./create-campaign.ts";
import { getCampaignResults, previewSegment } from "./read-campaign.ts";

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
    const { count, samples } = await previewSegment(manager(), { segment: PLAN.segment, text: PLAN.texts.a });
    expect(count).toBe(12);
    expect(samples).toHaveLength(3);
    expect(samples[0]?.text).toMatch(/^Hi Robin, .* has a new class\.\nReply STOP to opt out\.$/);
  });

  test("only an owner makes one, and words that are none make none", async () => {
    await expect(createCampaign(manager(), { name: "No", plan: PLAN })).rejects.toMatchObject({ code: "forbidden" });
    await expect(createCampaign(boss(), { name: "No", plan: { ...PLAN, texts: { a: "Buy now", b: null } } })).rejects.toThrow();
  });
});
