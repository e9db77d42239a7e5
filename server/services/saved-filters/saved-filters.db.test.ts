import { PeopleFilter } from "#server/domain/people-filter.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, type TestClub } from "#server/testing/factories.ts";
import { expect, test } from "vitest";

import { archiveFilter } from "./archive-filter.ts";
import { listFilters } from "./list-filters.ts";
import { saveFilter } from "./save-filter.ts";

useDatabase();

const filter = { ...PeopleFilter.parse({ segment: "past_due", owesMinor: 5_000 }), columns: ["balance" as const] };
const namesFor = async (club: TestClub, role: "staff" | "manager" | "owner"): Promise<readonly string[]> =>
  (await listFilters(club.as[role])).map(({ name }) => name);

test("a kept filter comes back as it was, for its maker alone unless it is shared", async () => {
  const club = await makeClub();
  await saveFilter(club.as.staff, { name: "Mine", filter, isShared: false });
  const { filterId } = await saveFilter(club.as.manager, { name: "Ours", filter, isShared: true });
  expect(await listFilters(club.as.staff)).toMatchObject([
    { name: "Mine", isShared: false, filter },
    { name: "Ours", isShared: true, filter },
  ]);
  expect(await namesFor(club, "owner")).toEqual(["Ours"]);
  const audit = await database().owner.auditLog.findMany({ where: { clubId: club.id, action: "filter.saved", entityId: filterId } });
  expect(audit).toMatchObject([{ actorId: club.people.manager.userId, details: { isShared: true } }]);
});

test("staff share nothing with the club and remove only what is theirs", async () => {
  const club = await makeClub();
  await expect(saveFilter(club.as.staff, { name: "Ours", filter, isShared: true })).rejects.toMatchObject({ code: "forbidden" });
  const { filterId } = await saveFilter(club.as.manager, { name: "Ours", filter, isShared: true });
  const own = await saveFilter(club.as.owner, { name: "Own", filter, isShared: false });
  await expect(archiveFilter(club.as.staff, { filterId })).rejects.toMatchObject({ code: "not_found" });
  await expect(archiveFilter(club.as.manager, own)).rejects.toMatchObject({ code: "not_found" });
  await archiveFilter(club.as.owner, { filterId });
  expect(await namesFor(club, "owner")).toEqual(["Own"]);
  await expect(archiveFilter(club.as.owner, { filterId })).rejects.toMatchObject({ code: "not_found" });
  expect(await database().owner.auditLog.count({ where: { clubId: club.id, action: "filter.archived", entityId: filterId } })).toBe(1);
});

test("a name is one filter, whatever its case, and free again once the filter is gone", async () => {
  const club = await makeClub();
  const { filterId } = await saveFilter(club.as.staff, { name: "Away", filter, isShared: false });
  await expect(saveFilter(club.as.staff, { name: "away", filter, isShared: false })).rejects.toMatchObject({ code: "conflict" });
  await saveFilter(club.as.manager, { name: "away", filter, isShared: false });
  await archiveFilter(club.as.staff, { filterId });
  await saveFilter(club.as.staff, { name: "AWAY", filter, isShared: false });
  expect(await namesFor(club, "staff")).toEqual(["AWAY"]);
});

test("the filter of another club looks exactly like a missing one", async () => {
  const [home, other] = [await makeClub(), await makeClub()];
  const { filterId } = await saveFilter(other.as.owner, { name: "Theirs", filter, isShared: true });
  expect(await namesFor(home, "owner")).toEqual([]);
  await expect(archiveFilter(home.as.owner, { filterId })).rejects.toMatchObject({ code: "not_found" });
  expect(await namesFor(other, "owner")).toEqual(["Theirs"]);
});

test("the machinery keeps no filters", async () => {
  const club = await makeClub();
  const system = { ...club.as.staff, actor: { kind: "system" as const, job: "test" } };
  await expect(saveFilter(system, { name: "Own", filter, isShared: false })).rejects.toMatchObject({ code: "forbidden" });
});
