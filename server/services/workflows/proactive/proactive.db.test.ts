import { database, useDatabase } from "#server/testing/db.ts";
import { makeContact, makeMember, scopeOf } from "#server/testing/factories.ts";
import { consentToAll } from "#server/testing/allow-texts.ts";
import { newId } from "#server/platform/ids.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { previewWorkflow, runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { settleRun } from "#server/services/workflows/settle-run.ts";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;
let workflowId: Awaited<ReturnType<typeof workflowOf>>;

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  workflowId = await workflowOf(line.system, "proactive");
});

const owner = () => database().owner;
const machine = (now = MORNING) => ({ ...line.system, fixedNow: now });
const manager = (now = MORNING) => ({ ...line.club.as.manager, fixedNow: now });
const DAY_MS = 86_400_000;

let serial = 0;
const person = async (record: Parameters<typeof makeMember>[2]) => {
  const phone = `+1303555${(100 + (serial += 1)).toString().padStart(4, "0")}`;
  const { contact } = await makeContact(line.club, { from: phone, name: "Robin Hale" });
  await owner().contact.update({ where: { id: contact.id }, data: { state: "CO", postalCode: "80202" } });
  const memberId = await makeMember(line.club, contact.id, { phone, ...record });
  await consentToAll(line.club, contact.id);
  return { phone, contactId: contact.id, memberId };
};
const visit = (memberId: string, daysAgo: number) =>
  owner().visit.create({
    data: { id: newId("visit"), ...scopeOf(line.club), memberId, at: new Date(MORNING.getTime() - daysAgo * DAY_MS) },
  });

const rows = (runId: string) =>
  owner().workflowOutcome.findMany({
    where: { workflowRunId: runId },
    orderBy: { contactId: "asc" },
    select: { outcome: true, group: true, tier: true, contactId: true },
  });
const run = async (now = MORNING) => {
  const { runId } = await runWorkflowNow(manager(now), { workflowId });
  await drive(machine(now), runId);
  await settleRun(machine(now), { runId });
  return rows(runId);
};

describe("greetings", () => {
  test("everybody with an occasion today gets one text, once, however often it runs", async () => {
    await makeLive(workflowId);
    const born = await person({ dateOfBirth: "1990-11-23", joinedOn: "2020-11-23" });
    const joined = await person({ joinedOn: "2023-11-21" });
    const tenth = await person({ visitCount: 10 });
    await visit(tenth.memberId, 2);
    const longAgo = await person({ visitCount: 10 });
    await visit(longAgo.memberId, 8);
    await person({ dateOfBirth: "1990-11-24" });
    const first = await run();
    expect(new Map(first.map((row) => [row.contactId, `${row.outcome} ${row.tier}`]))).toEqual(
      new Map([
        [born.contactId, "sent birthday:2026 robin"],
        [joined.contactId, "sent anniversary:3 robin"],
        [tenth.contactId, "sent visits:10 robin"],
      ]),
    );
    await run(new Date(MORNING.getTime() + 60_000));
    expect([born, joined, tenth].map(({ phone }) => vendor.sendCount(phone))).toEqual([2, 1, 1]);
    await run(new Date(MORNING.getTime() + 120_000));
    expect([born, joined, tenth, longAgo].map(({ phone }) => vendor.sendCount(phone))).toEqual([2, 1, 1, 0]);
  });

  test("a preview says who would be greeted and writes to nobody", async () => {
    const born = await person({ dateOfBirth: "1990-11-23" });
    const { runId } = await previewWorkflow(manager(), { workflowId });
    await drive(machine(), runId);
    expect(await rows(runId)).toMatchObject([{ outcome: "planned", group: "birthday", contactId: born.contactId }]);
    expect(vendor.sendCount(born.phone)).toBe(0);
    expect(await owner().effect.count({ where: { clubId: line.club.id } })).toBe(0);
  });

  test("two records of one person are one person, and people of another club are nobody", async () => {
    const twice = await person({ dateOfBirth: "1990-11-23", visitCount: 3 });
    await makeMember(line.club, twice.contactId, { dateOfBirth: "1990-11-23", firstName: "robin " });
    const other = await makeLine();
    const { contact } = await makeContact(other.club, { from: "+13035550999" });
    await makeMember(other.club, contact.id, { dateOfBirth: "1990-11-23" });
    const { runId } = await previewWorkflow(manager(), { workflowId });
    await drive(machine(), runId);
    expect(await rows(runId)).toMatchObject([{ outcome: "planned", tier: "birthday:2026 robin", contactId: twice.contactId }]);
  });
});
