import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeDebtor, makeLadder, readAll, useScriptedMoney } from "#server/testing/debtors.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { placeHold } from "#server/services/past-due/place-hold.ts";
import { beforeEach, expect, test } from "vitest";

useDatabase();
useScriptedOpenPhone();
useScriptedMoney();

const DAY_MS = 86_400_000;
const daysLater = (days: number): Date => new Date(MORNING.getTime() + days * DAY_MS);

let line: Line;
let workflowId: Id<"workflow">;

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  await database().owner.club.update({ where: { id: line.club.id }, data: { managerPhone: "+13035550199" } });
  workflowId = await workflowOf(line.system, "escalation");
  await makeLive(workflowId);
});

const owner = () => database().owner;
const at = (ctx: ServiceContext, fixedNow = MORNING): ServiceContext => ({ ...ctx, fixedNow });
const run = async (now = MORNING) => {
  await readAll(line.club, new Date(now.getTime() - 60_000));
  const { runId } = await runWorkflowNow(at(line.club.as.manager, now), { workflowId });
  await drive(at(line.system, now), runId);
  return owner().workflowRun.findUniqueOrThrow({ where: { id: runId } });
};
const notes = async (): Promise<readonly string[]> =>
  (await owner().effect.findMany({ where: { clubId: line.club.id, kind: "note.add" }, orderBy: { id: "asc" } })).map(
    ({ arguments: args }) => String(Object(args).text),
  );

test("each reason gets one urgent note an episode, held debts are shown, small ones counted, and the manager gets the summary", async () => {
  const large = await makeDebtor(line.club, { readAt: MORNING, over: { balanceMinor: 30_000n, firstName: "Dana", lastName: "Cole" } });
  const held = await makeDebtor(line.club, { readAt: MORNING, over: { balanceMinor: 25_000n, firstName: "Kim", lastName: "Ray" } });
  await makeDebtor(line.club, { readAt: MORNING, over: { balanceMinor: 9_000n } });
  const old = await makeDebtor(line.club, { readAt: MORNING, over: { balanceMinor: 1_000n } });
  await makeLadder(line.club, { contactId: old.contactId, startedOn: "2026-09-01", attempts: 0, at: MORNING });
  await makeLadder(line.club, { contactId: large.contactId, startedOn: "2026-11-10", attempts: 2, at: new Date("2026-11-12T17:00:00Z") });
  await placeHold(at(line.club.as.staff), { contactId: held.contactId as Id<"contact">, kind: "dispute", reason: "says it is wrong" });
  const first = await run();
  expect((await notes()).toSorted()).toEqual([
    "ESCALATION: a large amount. Dana Cole owes $300.00, 13 days past due, after 2 attempts. Last contact: a friendly reminder on Thursday, November 12. [urgent, billing]",
    "ESCALATION: a large amount. Kim Ray owes $250.00, 0 days past due, after 0 attempts. Last contact: none. On hold: the debt is disputed. [urgent, billing]",
  ]);
  const lines = (first.report as { lines: string[] }).lines;
  expect(lines[0]).toBe(
    "Past due this morning: 2 cases, 2 new, $550.00 at risk. Dana Cole $300.00, Kim Ray $250.00. 1 smaller debt only counted.",
  );
  expect(lines.slice(1)).toEqual([
    "Dana Cole: $300.00, 13 days, 2 attempts, last contact: a friendly reminder on Thursday, November 12. Call and offer a payment plan.",
    "Kim Ray: $250.00, 0 days, 0 attempts, last contact: none. Wait: the debt is disputed.",
  ]);
  const told = await owner().effect.findMany({ where: { clubId: line.club.id, effectKey: { startsWith: "report:workflow:" } } });
  expect(told.map(({ arguments: args }) => String(Object(args).text).split("\n")[0])).toEqual([lines[0]]);
  const second = await run(daysLater(1));
  expect(await notes()).toHaveLength(2);
  expect((second.report as { lines: string[] }).lines[0]).toContain("2 cases, none new");
  // After thirty days there is one more reason, and one more note.
  await run(daysLater(18));
  expect((await notes()).filter((text) => text.startsWith("ESCALATION: long past due."))).toHaveLength(1);
});
