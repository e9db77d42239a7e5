import { newId } from "#server/platform/ids.ts";
import { findSignedIn } from "#server/services/users/find-signed-in.ts";
import { makeHistory } from "#server/testing/club-history.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeConversation, type TestClub } from "#server/testing/factories.ts";
import { expect, test } from "vitest";

import { exportPortfolio } from "./export-portfolio.ts";
import { exportReport } from "./export-report.ts";
import { getReport } from "./get-report.ts";
import { listPortfolio } from "./list-portfolio.ts";

useDatabase();

const NOW = new Date("2026-11-20T18:00:00Z");
const WEEK = { kind: "days", days: 7 } as const;
const ASKED = { fixedNow: NOW, requestId: "test" };

const busy = async (club: TestClub, count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) {
    const { conversation } = await makeConversation(club, { waitingSince: new Date("2026-11-20T17:00:00Z"), needsYou: "escalation" });
    await makeHistory(club).wrote(conversation.id, new Date("2026-11-18T17:00:00Z"));
  }
};

const signedIn = async (userId: TestClub["people"]["owner"]["userId"]) => {
  const user = await findSignedIn({ userId, sessionVersion: 1 });
  if (user === null) {
    throw new Error("nobody is signed in");
  }
  return user;
};

test("an owner of two franchises sees each club with its own figures; where they are only staff they see none", async () => {
  const here = await makeClub({ name: "Here" });
  const there = await makeClub({ name: "There" });
  const desk = await makeClub({ name: "Desk" });
  const stranger = await makeClub({ name: "Stranger" });
  const { userId } = here.people.owner;
  const access = (club: TestClub, role: string) =>
    database().owner.staffAccess.create({
      data: { id: newId("staffAccess"), userId, franchiseId: club.franchiseId, clubId: club.id, role, createdAt: MADE_AT },
    });
  await access(there, "manager");
  await access(desk, "staff");
  await Promise.all([busy(here, 1), busy(there, 2), busy(desk, 3), busy(stranger, 4)]);

  const rows = await listPortfolio(await signedIn(userId), { period: WEEK }, ASKED);
  expect(rows.map(({ name, figures }) => [name, figures.conversations?.now.value, figures.needs_you?.now.value])).toEqual([
    ["Here", 1, 1],
    ["There", 2, 2],
  ]);
});

test("what waits now is counted now, with the longest wait", async () => {
  const club = await makeClub();
  await busy(club, 2);
  const { figures } = await getReport({ ...club.as.manager, fixedNow: NOW }, { period: WEEK, group: "standing" });
  // The message of the 18th is what both wait for since.
  expect(figures.waiting?.now.value).toBe(2);
  expect(figures.oldest_wait?.now.value).toBe((NOW.getTime() - new Date("2026-11-18T17:00:00Z").getTime()) / 1_000);
});

test("the file holds every figure with its definition, and is refused to the desk", async () => {
  const club = await makeClub();
  await busy(club, 1);
  const text = await exportReport({ ...club.as.manager, fixedNow: NOW }, { period: WEEK });
  const [head, first] = text.split("\r\n");
  expect(head).toBe("metric,value,of,value_before,of_before,unit,from,until,before_from,before_until,definition");
  expect(first).toContain("Conversations,1,,0,,number,2026-11-14T07:00:00.000Z,2026-11-20T18:00:00.000Z,2026-11-07T07:00:00.000Z");
  await expect(exportReport({ ...club.as.staff, fixedNow: NOW }, { period: WEEK })).rejects.toMatchObject({ code: "forbidden" });
});

test("the file of all clubs holds each club's figures, and none of a club where the person is only staff", async () => {
  const here = await makeClub({ name: "Here" });
  const desk = await makeClub({ name: "Desk" });
  const { userId } = here.people.owner;
  await database().owner.staffAccess.create({
    data: { id: newId("staffAccess"), userId, franchiseId: desk.franchiseId, clubId: desk.id, role: "staff", createdAt: MADE_AT },
  });
  await Promise.all([busy(here, 2), busy(desk, 1)]);

  const [head, ...lines] = (await exportPortfolio(await signedIn(userId), { period: WEEK }, ASKED)).trimEnd().split("\r\n");
  expect(head).toBe("club,franchise,metric,value,of,value_before,of_before,unit,currency,definition");
  expect(lines.find((line) => line.includes(",Conversations,"))).toMatch(/^Here,[^,]+,Conversations,2,,0,,number,USD,/);
  expect(lines.filter((line) => !line.startsWith("Here,"))).toEqual([]);
});
