import { expect, test } from "vitest";

import type { PortfolioClub } from "#components/dashboard/report-types.ts";

import { sortClubs } from "./sort-clubs.ts";

const club = (name: string, cost: number | null): PortfolioClub => ({
  clubId: "club_a",
  slug: name,
  name,
  franchiseName: "Ironwood",
  currency: "USD",
  isStopped: false,
  figures: { cost: { now: { value: cost, base: null }, before: { value: null, base: null } } },
});
const CLUBS = [club("Boulder", 3), club("Aurora", null), club("Denver", 1), club("Canyon", 3)];
const names = (key: "name" | "cost", isUp: boolean) => sortClubs(CLUBS, { key, isUp }).map(({ name }) => name);

test("clubs stand by the chosen number, equal ones by name, those without one last either way", () => {
  expect(names("cost", true)).toEqual(["Denver", "Boulder", "Canyon", "Aurora"]);
  expect(names("cost", false)).toEqual(["Boulder", "Canyon", "Denver", "Aurora"]);
  expect(names("name", true)).toEqual(["Aurora", "Boulder", "Canyon", "Denver"]);
});
