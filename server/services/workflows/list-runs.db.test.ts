import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { allowTexts } from "#server/testing/allow-texts.ts";
import { useDatabase } from "#server/testing/db.ts";
import { makeClub } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, MORNING, openChannel, seedPeople, workflowOf, writing } from "#server/testing/workflow-runs.ts";
import { beforeEach, expect, test } from "vitest";

import { getRun, listOutcomes, listRuns } from "./list-runs.ts";
import { getWorkflow, listWorkflows } from "./list-workflows.ts";
import { listWorkflowTexts, saveTemplate } from "./save-template.ts";
import { previewWorkflow } from "./start-run.ts";

useDatabase();
useScriptedOpenPhone();

let line: Line;
let workflowId: Id<"workflow">;

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  await allowTexts(line.club, ["CO"]);
  workflowId = await workflowOf(line.system, "daily_campaigns");
});

const at = (ctx: ServiceContext): ServiceContext => ({ ...ctx, fixedNow: MORNING });

const preview = async (text?: string): Promise<Id<"workflowRun">> => {
  const { runId } = await previewWorkflow(at(line.club.as.manager), { workflowId });
  await drive(at(line.system), runId, writing(text));
  return runId;
};

test("a preview shows for every person the very text, page after page, and the count and cost of all", async () => {
  await seedPeople(line, { prospects: 60, green: 1, payPerVisit: 0 });
  const runId = await preview();
  const names = new Set<string>();
  let cursor: string | null = null;
  let pageCount = 0;
  do {
    const page: Awaited<ReturnType<typeof listOutcomes>> = await listOutcomes(line.club.as.staff, { runId, cursor });
    for (const { name, text } of page.items) {
      names.add(name);
      expect(text).toBe(`Hi Person, this is ${line.club.name}. How is it going so far?\nReply STOP to opt out.`);
    }
    cursor = page.nextCursor;
    pageCount += 1;
  } while (cursor !== null);
  expect([names.size, pageCount]).toEqual([61, 2]);
  const green = await listOutcomes(line.club.as.staff, { runId, group: "green", outcome: "planned" });
  expect(green.items).toMatchObject([{ reasonText: "a new member who was not welcomed yet" }]);
  const run = await getRun(line.club.as.staff, { runId });
  expect(run).toMatchObject({
    status: "completed",
    report: { estimate: { messageCount: 61, segmentCount: 61, costMicros: 506_300 } },
    questions: [],
  });
  expect(run.texts.map(({ groups, key, samples }) => [key, groups[0]?.count, samples.length])).toEqual([
    ["green_member_welcome", 1, 1],
    ["prospect_welcome", 60, 3],
  ]);
});

test("runs are listed newest first, and nobody of another club finds them", async () => {
  const first = await preview();
  const { items } = await listRuns(line.club.as.staff, { workflowId });
  expect(items.map(({ id }) => id)).toEqual([first]);
  const other = await makeClub();
  expect((await listRuns(other.as.owner, {})).items).toEqual([]);
  await expect(getRun(other.as.owner, { runId: first })).rejects.toThrow("not found");
  await expect(listOutcomes(other.as.owner, { runId: first })).rejects.toThrow("not found");
  await expect(getWorkflow(other.as.owner, { workflowId })).rejects.toThrow("not found");
});

test("a club that opens the page for the first time has its workflows, off and dry, with their settings", async () => {
  const fresh = await makeClub();
  const workflows = await listWorkflows(fresh.as.staff);
  const campaigns = workflows.find(({ kind }) => kind === "daily_campaigns");
  expect(campaigns).toMatchObject({ isOn: false, isDryRun: true, schedule: { kind: "daily", minuteOfDay: 360 }, lastRun: null });
  const shown = await getWorkflow(fresh.as.staff, { workflowId: campaigns?.id ?? workflowId });
  expect(shown).toMatchObject({ settings: { greenDays: 30 }, approvals: [] });
});

test("own words are checked, and take the place of what Spotter wrote before them", async () => {
  await seedPeople(line, { prospects: 0, green: 1, payPerVisit: 0 });
  await preview();
  const own = "Hello {{first_name}}, good to have you at {{club_name}}! How are you getting on?";
  await expect(saveTemplate(line.club.as.owner, { key: "green_member_welcome", body: `${own} {{shoe_size}}` })).rejects.toThrow(
    "shoe_size",
  );
  await expect(saveTemplate(line.club.as.owner, { key: "green_member_welcome", body: "Hello there, good to see you." })).rejects.toThrow(
    "club_name",
  );
  await expect(saveTemplate(line.club.as.manager, { key: "green_member_welcome", body: own })).rejects.toThrow("not allowed");
  const later = { fixedNow: new Date(MORNING.getTime() + 60_000) };
  await saveTemplate({ ...line.club.as.owner, ...later }, { key: "green_member_welcome", body: own });
  const texts = await listWorkflowTexts({ ...line.club.as.staff, ...later });
  expect(texts.find(({ key }) => key === "green_member_welcome")).toMatchObject({ body: own, isOwn: true, written: null });
  const runId = await preview("{{nonsense}}");
  expect((await getRun(line.club.as.staff, { runId })).texts).toMatchObject([{ source: "own", body: own }]);
});
