import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub } from "#server/testing/factories.ts";
import { expect, test } from "vitest";

import { clearEmergencyStop } from "./clear-emergency-stop.ts";
import { setEmergencyStop } from "./set-emergency-stop.ts";

useDatabase();

const stored = (id: string) =>
  database().owner.club.findUniqueOrThrow({ where: { id }, select: { stoppedAt: true, stopReason: true, stoppedById: true } });
const traces = async (clubId: string) => ({
  audit: (await database().owner.auditLog.findMany({ where: { clubId }, orderBy: { id: "asc" } })).map(({ action }) => action),
  ledger: (await database().owner.aiAction.findMany({ where: { clubId }, orderBy: { sequence: "asc" } })).map(({ kind }) => kind),
  news: await database().owner.outboxEvent.count({ where: { clubId, topic: "club" } }),
});

test("a manager stops the club and starts it again; both are in the audit, the ledger and the news", async () => {
  const [club, sister] = [await makeClub(), await makeClub()];
  await setEmergencyStop(club.as.manager, { reason: "  wrong prices  " });
  expect(await stored(club.id)).toEqual({
    stoppedAt: expect.any(Date),
    stopReason: "wrong prices",
    stoppedById: club.people.manager.userId,
  });
  expect(await stored(sister.id)).toMatchObject({ stoppedAt: null });
  await clearEmergencyStop(club.as.manager);
  expect(await stored(club.id)).toEqual({ stoppedAt: null, stopReason: null, stoppedById: null });
  expect(await traces(club.id)).toEqual({
    audit: ["emergency.stopped", "emergency.cleared"],
    ledger: ["agent.stopped", "agent.resumed"],
    news: 2,
  });
});

test("the reason stays out of the ledger, from which nothing is ever erased", async () => {
  const club = await makeClub();
  await setEmergencyStop(club.as.owner, { reason: "Robin Hale complained" });
  const [row] = await database().owner.aiAction.findMany({ where: { clubId: club.id } });
  expect(
    Object.values(row ?? {})
      .map(String)
      .join(" "),
  ).not.toContain("Robin");
});

test("stopping twice and starting what is not stopped are refused without a trace", async () => {
  const club = await makeClub();
  await expect(clearEmergencyStop(club.as.manager)).rejects.toMatchObject({ code: "precondition_failed" });
  const results = await Promise.allSettled([1, 2].map(() => setEmergencyStop(club.as.manager, { reason: "wrong prices" })));
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await traces(club.id)).toEqual({ audit: ["emergency.stopped"], ledger: ["agent.stopped"], news: 1 });
});

test("front-desk staff may do neither, and a stop without a reason is none", async () => {
  const club = await makeClub();
  await expect(setEmergencyStop(club.as.staff, { reason: "wrong prices" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(clearEmergencyStop(club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
  await expect(setEmergencyStop(club.as.manager, { reason: "  x " })).rejects.toThrow(/say in a few words why/);
  expect(await stored(club.id)).toMatchObject({ stoppedAt: null });
});

test("nobody stops a club by the context of another franchise", async () => {
  const [club, foreign] = [await makeClub(), await makeClub()];
  await expect(setEmergencyStop({ ...foreign.as.owner, clubId: club.id }, { reason: "wrong prices" })).rejects.toThrow();
  expect(await stored(club.id)).toMatchObject({ stoppedAt: null });
});
