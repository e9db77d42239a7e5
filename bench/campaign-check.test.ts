import { describe, expect, test } from "vitest";

import { campaignProblems, type CampaignEvidence } from "./campaign-check.ts";
import { numbersOf, openAreas } from "./open-areas.ts";

const [ada, ben, cyd] = ["+12125550101", "+12125550102", "+12125550103"] as const;

const sent = (to: string, id = `AC${to}`) => ({ id, to, text: "Hi!" });
const effect = (to: string, over: Partial<CampaignEvidence["effects"][number]> = {}) => ({
  id: `eff-${to}`,
  to,
  status: "confirmed",
  hasOpenAlert: false,
  wasUnknown: false,
  wasShown: false,
  ...over,
});
const kinds = (evidence: CampaignEvidence) => campaignProblems(evidence).map(({ kind }) => kind);
const good: CampaignEvidence = { eligible: [ada, ben], accepted: [sent(ada), sent(ben)], effects: [effect(ada), effect(ben)] };

describe("a campaign is right when everybody got it once", () => {
  test("finds nothing where nothing is wrong", () => expect(kinds(good)).toEqual([]));
  test("finds who got nothing", () => expect(kinds({ ...good, accepted: [sent(ada)] })).toEqual(["missing"]));
  test("tells who got nothing yet and is shown from who is forgotten", () =>
    expect(
      kinds({
        ...good,
        accepted: [sent(ada)],
        effects: [effect(ada), effect(ben, { status: "needs_human", hasOpenAlert: true, wasUnknown: true, wasShown: true })],
      }),
    ).toEqual(["left_to_person"]));
  test("finds who got it twice", () => expect(kinds({ ...good, accepted: [...good.accepted, sent(ben, "ACagain")] })).toEqual(["double"]));
  test("finds who was not to get it", () => expect(kinds({ ...good, accepted: [...good.accepted, sent(cyd)] })).toEqual(["stranger"]));
  test("finds what was in doubt and never shown", () =>
    expect(kinds({ ...good, effects: [effect(ada), effect(ben, { wasUnknown: true })] })).toEqual(["silent"]));
});

const wish = { forMs: 30 * 60_000, quietHours: { startMinute: 21 * 60, endMinute: 8 * 60 }, takenCodes: ["212"] };

describe("the people of the bench live where it is neither too early nor too late", () => {
  test("gives enough area codes at noon of the coasts, none twice and none that is taken", () => {
    const areas = openAreas({ ...wish, peopleCount: 4_243, at: new Date("2026-11-24T18:00:00Z") });
    const codes = areas.map(({ code }) => code);
    expect([codes.length, new Set(codes).size, codes.includes("212")]).toEqual([43, 43, false]);
  });
  test("refuses with a sentence when it is night", () => {
    expect(() => openAreas({ ...wish, peopleCount: 4_243, at: new Date("2026-11-24T09:00:00Z") })).toThrow(/need 43 area codes/);
  });
  test("gives everybody a number of their own", () => {
    const areas = openAreas({ ...wish, peopleCount: 250, at: new Date("2026-11-24T18:00:00Z") });
    const numbers = numbersOf(areas, 250);
    expect([new Set(numbers).size, numbers.every((number) => /^\+1\d{3}55501\d\d$/.test(number))]).toEqual([250, true]);
  });
});
