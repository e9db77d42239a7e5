import { newId } from "#server/platform/ids.ts";
import { allowTexts } from "#server/testing/allow-texts.ts";
import { countStatements } from "#server/testing/count-statements.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, scopeOf } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, MORNING, openChannel, seedPeople, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { advanceRun } from "./advance-run.ts";
import { planPage } from "./plan-page.ts";
import { lockRun } from "./internal.ts";
import { previewWorkflow } from "./start-run.ts";
import { inTransaction } from "#server/services/context.ts";

useDatabase();
useScriptedOpenPhone();

let line: Line;
beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  await allowTexts(line.club, ["CO"]);
});

const owner = () => database().owner;
const manager = () => ({ ...line.club.as.manager, fixedNow: MORNING });
const machine = () => ({ ...line.system, fixedNow: MORNING });
const outcomesBy = async (runId: string) => {
  const rows = await owner().workflowOutcome.groupBy({ by: ["group", "outcome", "reason"], where: { workflowRunId: runId }, _count: true });
  return Object.fromEntries(rows.map((row) => [`${row.group} ${row.outcome} ${row.reason}`, row._count]));
};

const CLUB = { prospects: 3_832, green: 294, payPerVisit: 117 };

describe("a campaign for a whole club", () => {
  test("plans one outcome for each of 4,243 people, each in their group, in a few statements a page", async () => {
    await seedPeople(line, CLUB);
    const workflowId = await workflowOf(machine(), "daily_campaigns");
    const { runId } = await previewWorkflow(manager(), { workflowId });
    const statements = countStatements();
    await drive(machine(), runId);
    expect(statements()).toBeLessThan(450);
    expect(await outcomesBy(runId)).toEqual({
      "green planned green_welcome_due": CLUB.green,
      "pay_per_visit planned ppv_offer_due": CLUB.payPerVisit,
      "prospect planned prospect_never_written": CLUB.prospects,
    });
    const contacts = await owner().workflowOutcome.findMany({
      where: { workflowRunId: runId },
      distinct: ["contactId"],
      select: { id: true },
    });
    expect(contacts).toHaveLength(4_243);
    const run = await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } });
    expect(run).toMatchObject({ status: "completed", phase: "ended", subjectCount: 4_243, openCount: 0, isDryRun: true });
    expect(run.report).toMatchObject({ totals: { planned: 4_243 }, estimate: { messageCount: 4_243 } });
    expect(run.inputTokens + run.outputTokens).toBeLessThan(10_000);
  });

  test("broken off after any page it goes on where it stood, and nobody is planned twice", async () => {
    await seedPeople(line, { prospects: 1_700, green: 60, payPerVisit: 10 });
    const workflowId = await workflowOf(machine(), "daily_campaigns");
    const { runId } = await previewWorkflow(manager(), { workflowId });
    for (let page = 0; page < 3; page += 1) {
      await inTransaction(machine(), async (tx) => planPage(tx, machine(), await lockRun(tx, machine(), runId)));
    }
    const crash = inTransaction(machine(), async (tx) => {
      await planPage(tx, machine(), await lockRun(tx, machine(), runId));
      throw new Error("killed before the commit");
    });
    await expect(crash).rejects.toThrow("killed");
    await Promise.all([advanceRun(machine(), { runId }), advanceRun(machine(), { runId })]);
    await drive(machine(), runId);
    expect(await owner().workflowOutcome.count({ where: { workflowRunId: runId } })).toBe(1_770);
    expect(await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      subjectCount: 1_770,
      status: "completed",
    });
  });

  test("no effect, no touch and no conversation comes of a dry run", async () => {
    await seedPeople(line, { prospects: 40, green: 10, payPerVisit: 5 });
    const workflowId = await workflowOf(machine(), "daily_campaigns");
    const { runId } = await previewWorkflow(manager(), { workflowId });
    await drive(machine(), runId);
    expect(await owner().effect.count({ where: { clubId: line.club.id } })).toBe(0);
    expect(await owner().contactTouch.count({ where: { clubId: line.club.id } })).toBe(0);
    expect(await owner().conversation.count({ where: { clubId: line.club.id } })).toBe(0);
  });
});

describe("who gets nothing", () => {
  test("whoever owes, opted out, has no address, or is somebody Spotter may not write to, each with the reason", async () => {
    await seedPeople(line, { prospects: 6, green: 2, payPerVisit: 0 });
    const scope = scopeOf(line.club);
    const contacts = await owner().contact.findMany({ where: { clubId: line.club.id }, orderBy: { id: "asc" } });
    await owner().member.updateMany({ where: { clubId: scope.clubId, contactId: contacts[0]?.id ?? "" }, data: { balanceMinor: 4_200n } });
    await owner().contact.update({ where: { id: contacts[2]?.id ?? "" }, data: { isAgentOff: true } });
    await owner().contactIdentity.deleteMany({ where: { contactId: contacts[3]?.id ?? "" } });
    const key = { addressKey: "key-5", channelKind: "sms", purpose: "all", source: "keyword", createdAt: MADE_AT };
    await owner().suppression.create({ data: { id: newId("suppression"), ...scope, ...key } });
    const { runId } = await previewWorkflow(manager(), { workflowId: await workflowOf(machine(), "daily_campaigns") });
    await drive(machine(), runId);
    expect(await outcomesBy(runId)).toEqual({
      "green planned green_welcome_due": 1,
      "green skipped owes": 1,
      "prospect planned prospect_never_written": 3,
      "prospect suppressed agent_off": 1,
      "prospect suppressed no_address": 1,
      "prospect suppressed opted_out": 1,
    });
  });

  test("the limit of a run leaves the rest to the next one, the stronger groups first", async () => {
    await seedPeople(line, { prospects: 20, green: 5, payPerVisit: 5 });
    const workflowId = await workflowOf(machine(), "daily_campaigns");
    const version = await owner().workflowVersion.findFirstOrThrow({ where: { workflowId } });
    const document = { ...Object(version.document), settings: { maxPerRun: 12 } };
    await owner().workflowVersion.update({ where: { id: version.id }, data: { document } });
    const { runId } = await previewWorkflow(manager(), { workflowId });
    await drive(machine(), runId);
    expect(await outcomesBy(runId)).toEqual({
      "green planned green_welcome_due": 5,
      "pay_per_visit planned ppv_offer_due": 5,
      "prospect planned prospect_never_written": 2,
      "prospect skipped run_cap": 18,
    });
  });
});
