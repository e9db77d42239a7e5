import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, expect, test } from "vitest";

import { changeClub } from "./change-club.ts";
import { changeFranchise } from "./change-franchise.ts";
import { getFranchise } from "./get-franchise.ts";

useDatabase();

const FACTS = {
  name: "North Side",
  timeZone: "America/Chicago",
  phone: "(312) 555-0142",
  emergencyPhone: "",
  managerPhone: "",
  address: "",
} as const;

let home: TestClub;
let sister: TestClub;
beforeEach(async () => {
  home = await makeClub({ name: "Home" });
  sister = await makeClub({ name: "Sister", franchiseId: home.franchiseId });
});

const auditOf = (clubId: string, action: string): Promise<number> => database().owner.auditLog.count({ where: { clubId, action } });

test("an owner sees the clubs of the franchise, renames it, and changes each of its clubs", async () => {
  expect((await getFranchise(home.as.owner)).clubs.map(({ name }) => name)).toEqual(["Home", "Sister"]);
  await changeFranchise(home.as.owner, { name: " Lakeside " });
  await changeClub(home.as.owner, { changedClubId: sister.id, facts: FACTS });
  const seen = await getFranchise(home.as.owner);
  expect(seen.name).toBe("Lakeside");
  expect(seen.clubs[1]).toMatchObject({ name: "North Side", timeZone: "America/Chicago", phone: "+13125550142", emergencyPhone: null });
  expect([await auditOf(home.id, "franchise.changed"), await auditOf(sister.id, "club.changed")]).toEqual([1, 1]);
});

test("whoever does not own the franchise sees and changes nothing of it", async () => {
  for (const ctx of [home.as.manager, home.as.staff]) {
    await expect(getFranchise(ctx)).rejects.toMatchObject({ code: "forbidden" });
    await expect(changeFranchise(ctx, { name: "Mine" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(changeClub(ctx, { changedClubId: home.id, facts: FACTS })).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("a club of another franchise is as missing as one that does not exist", async () => {
  const foreign = await makeClub({ name: "Foreign" });
  await expect(changeClub(home.as.owner, { changedClubId: foreign.id, facts: FACTS })).rejects.toMatchObject({ code: "not_found" });
  expect(await database().owner.club.findUnique({ where: { id: foreign.id } })).toMatchObject({ name: "Foreign" });
});

test.each([
  [{ timeZone: "Mars/Olympus" }, /zones/],
  [{ phone: "call me" }, /phone number/],
  [{ name: " " }, /name/],
])("%o is refused", async (wrong, message) => {
  await expect(changeClub(home.as.owner, { changedClubId: home.id, facts: { ...FACTS, ...wrong } })).rejects.toThrow(message);
});
