import { expect, test } from "vitest";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { crowdOf } from "./crowd.ts";

const [club] = DEMO_CLUBS;
const NOW = new Date("2026-11-21T15:00:00Z");

test("a crowd has as many new members and pay-per-visit guests as asked for, in the named areas, each with a number of their own", () => {
  const areas = [
    { code: "206", state: "WA" },
    { code: "503", state: "OR" },
  ];
  const crowd = club === undefined ? [] : crowdOf(club, { count: 150, greenCount: 20, payPerVisitCount: 10, areas }, NOW);
  const count = (standing: string): number => crowd.filter((person) => person.standing === standing).length;
  expect([count("good_standing"), count("pay_per_visit"), count("prospect")]).toEqual([20, 10, 120]);
  expect(crowd.slice(0, 20).every(({ joinedOn }) => joinedOn !== null && joinedOn >= "2026-10-24" && joinedOn < "2026-11-21")).toBe(true);
  expect(new Set(crowd.map(({ phone }) => phone)).size).toBe(150);
  expect(crowd.every(({ phone, state }) => phone.startsWith(state === "WA" ? "+120655501" : "+150355501"))).toBe(true);
});
