import type { Id } from "#server/domain/ids.ts";
import { DEFAULT_PAST_DUE_SETTINGS } from "#server/domain/past-due/settings.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { clubState } from "#server/services/past-due/club-state.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, type TestClub } from "#server/testing/factories.ts";
import { workflowOf } from "#server/testing/workflow-runs.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { saveWorkflow } from "./change-workflow.ts";
import { getWorkflow } from "./list-workflows.ts";
import { listSequences } from "./sequence/read-sequences.ts";
import { shareSettings } from "./share-settings.ts";

useDatabase();

let club: TestClub;
let sister: TestClub;
let workflowId: Id<"workflow">;
let sisterWorkflow: Id<"workflow">;
/** Owns the whole franchise, unlike the owner of one club. */
let chief: ServiceContext;

const owner = () => database().owner;

beforeEach(async () => {
  club = await makeClub();
  sister = await makeClub({ franchiseId: club.franchiseId });
  workflowId = await workflowOf(club.as.owner, "past_due");
  sisterWorkflow = await workflowOf(sister.as.owner, "past_due");
  chief = club.as.owner;
  await owner().staffAccess.updateMany({ where: { userId: club.people.owner.userId }, data: { clubId: null } });
  await owner().staffAccess.updateMany({ where: { userId: sister.people.owner.userId }, data: { clubId: sister.id } });
});

const details = (ctx: ServiceContext, id = workflowId) => getWorkflow(ctx, { workflowId: id });
const share = (over: Partial<Parameters<typeof shareSettings>[1]> = {}) =>
  shareSettings(chief, {
    kind: "past_due",
    baseVersion: 0,
    document: { finalFromMinor: 9_000, urgentFromMinor: 9_500 },
    lockedPaths: [],
    ...over,
  });
const saveIn = async (ctx: ServiceContext, id: Id<"workflow">, over: Record<string, unknown>) => {
  const { schedule, settings, version } = await details(ctx, id);
  return saveWorkflow(ctx, { workflowId: id, version, schedule, settings: { ...settings, ...over } });
};

describe("what a franchise sets for all its clubs", () => {
  test("a value that a club keeps stays when the franchise changes its own, though it was the same; held, it is the franchise's", async () => {
    await share();
    const { schedule, version } = await details(sister.as.owner, sisterWorkflow);
    const input = { workflowId: sisterWorkflow, version, schedule, settings: {} };
    await expect(saveWorkflow(sister.as.owner, { ...input, ownPaths: ["noSuch"] })).rejects.toMatchObject({ code: "invalid" });
    await saveWorkflow(sister.as.owner, { ...input, ownPaths: ["finalFromMinor"] });
    expect(await details(sister.as.staff, sisterWorkflow)).toMatchObject({
      layer: { ownPaths: ["finalFromMinor"], origins: { finalFromMinor: "club", urgentFromMinor: "franchise" } },
    });
    const document = { finalFromMinor: 8_000, urgentFromMinor: 9_800 };
    await share({ baseVersion: 1, document });
    expect((await details(club.as.staff)).settings).toMatchObject(document);
    expect((await details(sister.as.staff, sisterWorkflow)).settings).toMatchObject({ finalFromMinor: 9_000, urgentFromMinor: 9_800 });
    await saveIn(sister.as.owner, sisterWorkflow, {});
    expect((await details(sister.as.staff, sisterWorkflow)).layer?.ownPaths).toEqual(["finalFromMinor"]);
    await share({ baseVersion: 2, document, lockedPaths: ["finalFromMinor"] });
    expect(await details(sister.as.staff, sisterWorkflow)).toMatchObject({
      settings: { finalFromMinor: 8_000 },
      layer: { origins: { finalFromMinor: "locked" } },
    });
  });

  test("each club inherits in its next version, and keeps what it has set itself; the engine reads the result", async () => {
    await saveIn(sister.as.owner, sisterWorkflow, { finalFromMinor: 9_400 });
    expect(await share()).toEqual({ version: 1, changedClubs: 2 });
    expect(await details(club.as.staff)).toMatchObject({
      version: 2,
      settings: { ...DEFAULT_PAST_DUE_SETTINGS, finalFromMinor: 9_000, urgentFromMinor: 9_500 },
      layer: { version: 1, mayShare: false, origins: { finalFromMinor: "franchise", firmFromMinor: "built_in" } },
    });
    expect(await details(sister.as.staff, sisterWorkflow)).toMatchObject({
      settings: { finalFromMinor: 9_400, urgentFromMinor: 9_500 },
      layer: { origins: { finalFromMinor: "club", urgentFromMinor: "franchise" } },
    });
    const state = await inTransaction(sister.as.owner, (tx) => clubState(tx, sister.as.owner));
    expect(state.settings).toMatchObject({ finalFromMinor: 9_400, urgentFromMinor: 9_500 });
    expect(await owner().workflowVersion.count({ where: { workflowId: sisterWorkflow } })).toBe(3);
    expect(await owner().auditLog.count({ where: { action: "workflow.shared", entityId: club.franchiseId } })).toBe(1);
  });

  test("what is held no club changes, it may change all else, and a new club begins with it", async () => {
    await saveIn(sister.as.owner, sisterWorkflow, { finalFromMinor: 9_400 });
    await share({ lockedPaths: ["finalFromMinor"] });
    expect(await details(sister.as.staff, sisterWorkflow)).toMatchObject({
      settings: { finalFromMinor: 9_000 },
      layer: { origins: { finalFromMinor: "locked" } },
    });
    await expect(saveIn(sister.as.owner, sisterWorkflow, { finalFromMinor: 9_300 })).rejects.toMatchObject({
      code: "invalid",
      details: { path: "finalFromMinor" },
    });
    await saveIn(sister.as.owner, sisterWorkflow, { pauseHours: 96 });
    const third = await makeClub({ franchiseId: club.franchiseId });
    const thirdWorkflow = await workflowOf(third.as.owner, "past_due");
    expect(await details(third.as.staff, thirdWorkflow)).toMatchObject({ settings: { finalFromMinor: 9_000, urgentFromMinor: 9_500 } });
  });

  test("a value that would contradict a club's own is refused for all, with that club's name", async () => {
    await saveIn(sister.as.owner, sisterWorkflow, { firmFromMinor: 8_000 });
    await expect(share({ document: { finalFromMinor: 7_000 } })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining(sister.name),
    });
    expect(await owner().workflowLayer.count({ where: { franchiseId: club.franchiseId } })).toBe(0);
    expect(await details(club.as.staff)).toMatchObject({ version: 1 });
    await expect(share({ document: { finalFromMinor: 5_000 } })).rejects.toMatchObject({ code: "invalid" });
    await expect(share({ document: { nonsense: 1 } })).rejects.toMatchObject({ code: "invalid" });
    await expect(share({ document: {}, lockedPaths: ["pauseHours"] })).rejects.toMatchObject({ code: "invalid" });
  });

  test("is for whoever owns the whole franchise, compares and sets, and reaches no other franchise", async () => {
    const input = { kind: "past_due" as const, baseVersion: 0, document: { pauseHours: 96 }, lockedPaths: [] };
    await expect(shareSettings(sister.as.owner, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(shareSettings(club.as.manager, input)).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await makeClub();
    const foreign = await workflowOf(stranger.as.owner, "past_due");
    await share();
    await expect(share()).rejects.toMatchObject({ code: "conflict" });
    expect(await details(stranger.as.staff, foreign)).toMatchObject({
      version: 1,
      settings: DEFAULT_PAST_DUE_SETTINGS,
      layer: { version: 0 },
    });
  });

  test("sequences have the same layers: one that is held is held on their page too, and every club has it", async () => {
    const sequences = await workflowOf(sister.as.owner, "sequence");
    const document = { win_back: { isOn: false, firstAfterDays: 45 } };
    expect(await shareSettings(chief, { kind: "sequence", baseVersion: 0, document, lockedPaths: ["win_back.isOn"] })).toMatchObject({
      changedClubs: 2,
    });
    const { lockedPaths, settings, workflow } = await listSequences(sister.as.owner);
    expect({ lockedPaths, win_back: settings.win_back }).toMatchObject({ lockedPaths: ["win_back.isOn"], win_back: document.win_back });
    const save = (part: object) =>
      saveWorkflow(sister.as.owner, {
        workflowId: sequences,
        version: workflow.version,
        schedule: workflow.schedule,
        settings: { win_back: { ...settings.win_back, ...part } },
      });
    await expect(save({ isOn: true })).rejects.toMatchObject({ code: "invalid" });
    await save({ firstAfterDays: 60 });
    expect((await listSequences(sister.as.owner)).settings.win_back).toMatchObject({ isOn: false, firstAfterDays: 60 });
  });
});
