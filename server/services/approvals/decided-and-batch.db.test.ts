import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub } from "#server/testing/factories.ts";
import { answer, teachHours } from "#server/testing/scripted-agent.ts";
import { makeLine, publishPolicy, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { approveDrafts } from "./approve-drafts.ts";
import { approve, reject } from "./decide-approval.ts";
import { listApprovals } from "./list-approvals.ts";
import { listDecided } from "./list-decided.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;

beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
  await publishPolicy(line.club, { stages: { question: "suggest" } });
});

const drafted = async (): Promise<{ readonly approvalId: Id<"approval">; readonly phone: string }> => {
  const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
  await answer(line, asked);
  const { id } = await database().owner.approval.findFirstOrThrow({ where: { conversationId: asked.conversationId } });
  return { approvalId: id as Id<"approval">, phone: asked.phone };
};

describe("several drafts approved by one press", () => {
  test("go out once each, word for word; what was decided meanwhile is left and said so", async () => {
    const [first, second, gone] = [await drafted(), await drafted(), await drafted()];
    await reject(line.club.as.manager, { approvalId: gone.approvalId });
    const all = [first, second, gone];
    const verdicts = await approveDrafts(line.club.as.staff, { approvalIds: [...all, first].map(({ approvalId }) => approvalId) });
    expect(verdicts).toEqual([
      { approvalId: first.approvalId, kind: "approved", reason: null },
      { approvalId: second.approvalId, kind: "approved", reason: null },
      { approvalId: gone.approvalId, kind: "left", reason: "this approval is no longer open" },
    ]);
    expect(all.map(({ phone }) => vendor.sendCount(phone))).toEqual([1, 1, 0]);
    expect(await database().owner.auditLog.count({ where: { clubId: line.club.id, action: "approval.approved" } })).toBe(2);
  });

  test("never hold what is heavier than an answer, nor what belongs to another club", async () => {
    const { approvalId, phone } = await drafted();
    const { effectId } = await database().owner.approval.findUniqueOrThrow({ where: { id: approvalId } });
    await database().owner.effect.update({ where: { id: effectId }, data: { purpose: "billing" } });
    expect(await listApprovals(line.club.as.staff)).toMatchObject([{ id: approvalId, isBatchable: false }]);
    const other = await makeClub();
    for (const staff of [line.club.as.owner, other.as.owner]) {
      expect(await approveDrafts(staff, { approvalIds: [approvalId, newId("approval")] })).toMatchObject([
        { kind: "left" },
        { kind: "left" },
      ]);
    }
    expect(vendor.sendCount(phone)).toBe(0);
  });

  test("are approved by people only", async () => {
    const { approvalId } = await drafted();
    const agent = { ...line.club.as.staff, actor: { kind: "system" as const, job: "test" } };
    await expect(approveDrafts(agent, { approvalIds: [approvalId] })).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("what was decided is listed newest first, by whom and how, filtered, and only of this club", async () => {
  const [yes, no, open] = [await drafted(), await drafted(), await drafted()];
  await approve(line.club.as.staff, { approvalId: yes.approvalId });
  await reject(line.club.as.manager, { approvalId: no.approvalId, note: "we are closed" });
  const { items, nextCursor } = await listDecided(line.club.as.staff, {});
  expect(items).toMatchObject([
    { id: no.approvalId, status: "rejected", by: line.club.people.manager.name, note: "we are closed" },
    { id: yes.approvalId, status: "approved", by: line.club.people.staff.name, alsoBy: [] },
  ]);
  expect(nextCursor).toBeNull();
  expect(items.map(({ id }) => id)).not.toContain(open.approvalId);
  const idsOf = async (filter: Parameters<typeof listDecided>[1]) =>
    (await listDecided(line.club.as.staff, filter)).items.map(({ id }) => id);
  expect(await idsOf({ status: "approved" })).toEqual([yes.approvalId]);
  expect(await idsOf({ userId: line.club.people.manager.userId })).toEqual([no.approvalId]);
  expect(await idsOf({ until: "2020-01-01" })).toEqual([]);
  expect((await listDecided((await makeClub()).as.owner, {})).items).toEqual([]);
});
