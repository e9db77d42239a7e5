import type { Id } from "#server/domain/ids.ts";
import { DEFAULT_REPORT_SETTINGS } from "#server/domain/report-settings.ts";
import { newId } from "#server/platform/ids.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeDebtor, readAll, useScriptedMoney } from "#server/testing/debtors.ts";
import { MADE_AT, makeConnection, scopeOf } from "#server/testing/factories.ts";
import { useScriptedConnector } from "#server/testing/scripted-connector.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { drive, makeLive, MORNING, openChannel, workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { getReportSettings } from "./get-report-settings.ts";
import { saveReportSettings } from "./save-report-settings.ts";
import { tellManager } from "./tell-manager.ts";

useDatabase();
useScriptedOpenPhone();
useScriptedMoney();
useScriptedConnector("email", () => ({ capabilities: ["message.send"], check: () => Promise.resolve({ account: "scripted" }) }));

const PHONE = "(303) 555-0199";
const settings = { ...DEFAULT_REPORT_SETTINGS, emails: ["Dana@club.example", "dana@club.example", "kim@club.example"] };
const at = (ctx: ServiceContext): ServiceContext => ({ ...ctx, fixedNow: MORNING });
const owner = () => database().owner;

let line: Line;

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
});

const openMailbox = async (): Promise<void> => {
  const connectionId = (await makeConnection(line.club, { provider: "email" })).id;
  await owner().channel.create({
    data: {
      id: newId("channel"),
      ...scopeOf(line.club),
      connectionId,
      kind: "email",
      name: "Mail",
      externalId: "hello@club.example",
      createdAt: MADE_AT,
    },
  });
};
const report = {
  key: "workflow:wfr_1",
  title: "Escalation",
  subject: "Escalation",
  text: "Two cases.",
  url: "https://spotter.example/club/workflows",
};
const tell = () => inTransaction(at(line.system), (tx) => tellManager(tx, at(line.system), report));
const told = async (): Promise<readonly string[]> => {
  const rows = await owner().effect.findMany({
    where: { clubId: line.club.id, effectKey: { startsWith: "report:" } },
    orderBy: { id: "asc" },
  });
  return rows.map(({ arguments: args, channelKind }) => `${channelKind} ${Object(args).to}`);
};

describe("whom the reports reach", () => {
  test("is kept in versions, with the phone as the club's own, and audited", async () => {
    expect(await getReportSettings(at(line.club.as.staff))).toMatchObject({ version: 0, settings: DEFAULT_REPORT_SETTINGS });
    expect(await saveReportSettings(at(line.club.as.owner), { baseVersion: 0, managerPhone: PHONE, settings })).toEqual({ version: 1 });
    expect(await getReportSettings(at(line.club.as.staff))).toMatchObject({
      version: 1,
      managerPhone: "+13035550199",
      settings: { emails: ["dana@club.example", "kim@club.example"], notifyOnEscalation: true },
      open: { sms: expect.any(String), email: null, team: [] },
    });
    expect(await owner().auditLog.count({ where: { clubId: line.club.id, action: "reports.changed" } })).toBe(1);
    await expect(saveReportSettings(at(line.club.as.owner), { baseVersion: 0, managerPhone: null, settings })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await getReportSettings(at(line.club.as.owner))).toMatchObject({ version: 1, managerPhone: "+13035550199" });
  });

  test("is an owner's to change, refuses what is no address, and says nothing of another club", async () => {
    await expect(saveReportSettings(at(line.club.as.manager), { baseVersion: 0, managerPhone: null, settings })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      saveReportSettings(at(line.club.as.owner), { baseVersion: 0, managerPhone: null, settings: { ...settings, emails: ["dana"] } }),
    ).rejects.toThrow("no e-mail address");
    const other = await makeLine();
    await saveReportSettings(at(other.club.as.owner), { baseVersion: 0, managerPhone: null, settings });
    expect(await getReportSettings(at(line.club.as.owner))).toMatchObject({ version: 0, settings: { emails: [] } });
  });
});

describe("a report", () => {
  test("goes by each way that is switched on and open, once to each place", async () => {
    await openMailbox();
    await saveReportSettings(at(line.club.as.owner), { baseVersion: 0, managerPhone: PHONE, settings });
    await tell();
    await tell();
    expect(await told()).toEqual(["sms +13035550199", "email dana@club.example", "email kim@club.example"]);
    const people = await owner().contact.findMany({ where: { clubId: line.club.id, displayName: "Reports" } });
    expect(people.map(({ isAgentOff }) => isAgentOff)).toEqual([true, true]);
  });

  test("goes by none that is switched off, and by no mailbox where there is none", async () => {
    await saveReportSettings(at(line.club.as.owner), { baseVersion: 0, managerPhone: PHONE, settings });
    await tell();
    expect(await told()).toEqual(["sms +13035550199"]);
    await saveReportSettings(at(line.club.as.owner), {
      baseVersion: 1,
      managerPhone: PHONE,
      settings: { ...settings, bySms: false, byEmail: false },
    });
    await inTransaction(at(line.system), (tx) => tellManager(tx, at(line.system), { ...report, key: "workflow:wfr_2" }));
    expect(await told()).toHaveLength(1);
  });

  test("of an escalation is left out where its owner has switched that off", async () => {
    const workflowId: Id<"workflow"> = await workflowOf(line.system, "escalation");
    await makeLive(workflowId);
    await makeDebtor(line.club, { readAt: MORNING, over: { balanceMinor: 30_000n } });
    await readAll(line.club, MORNING);
    await saveReportSettings(at(line.club.as.owner), {
      baseVersion: 0,
      managerPhone: PHONE,
      settings: { ...settings, notifyOnEscalation: false },
    });
    const { runId } = await runWorkflowNow(at(line.club.as.manager), { workflowId });
    await drive(at(line.system), runId);
    expect(await owner().workflowRun.findUnique({ where: { id: runId } })).toMatchObject({ status: "completed" });
    expect(await told()).toEqual([]);
  });
});
