import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { BLANK_CAMPAIGN, CampaignPlan, chooseFor, verdictOf, type CampaignPerson } from "./campaign-plan.ts";
import { armOf } from "./experiment.ts";

const PLAN: CampaignPlan = {
  ...BLANK_CAMPAIGN,
  texts: { a: "Hi {{first_name}}, {{club_name}} has a new class.", b: "{{club_name}} has a new class. Care to try it, {{first_name}}?" },
};
const anyPerson: fc.Arbitrary<CampaignPerson> = fc.record({
  contactId: fc.string({ minLength: 1 }),
  wasReached: fc.boolean(),
  owesMinor: fc.constantFrom(0n, 1n, 2n, 500n),
  leftAlone: fc.constantFrom(null, "promise" as const, "dispute" as const, "stale_balance" as const),
  isAgentOff: fc.boolean(),
  hasOptedOut: fc.boolean(),
  hasAddress: fc.boolean(),
  fields: fc.record({ first_name: fc.constantFrom("Robin", ""), club_name: fc.constantFrom("Iron Valley", "") }),
});

describe("what somebody of a campaign's people gets", () => {
  test("whoever is held out is never written to, whatever wins; everybody else gets the text of their arm, or of the one that won", () => {
    fc.assert(
      fc.property(
        anyPerson,
        fc.constantFrom(null, "a" as const, "b" as const),
        fc.nat(50),
        fc.nat(100),
        (person, winner, holdOutPercent, secondPercent) => {
          const plan = { ...PLAN, holdOutPercent, secondPercent };
          const choice = chooseFor(person, { campaignId: "wf", plan, winner });
          const isReachable = !person.wasReached && person.owesMinor < 2n && !person.isAgentOff && !person.hasOptedOut && person.hasAddress;
          if (!isReachable || person.fields.club_name === "") {
            expect(["skip", "suppress"]).toContain(choice.kind);
            return;
          }
          const arm = armOf("wf", person.contactId, { holdOutPercent, secondPercent });
          expect(choice.kind).toBe(arm === "held_out" ? "hold_out" : "write");
          if (choice.kind === "write") {
            expect(choice.arm).toBe(winner ?? arm);
            expect(choice.text.startsWith("Hi ")).toBe(choice.arm === "a");
            expect(choice.text).toMatch(/Reply STOP to opt out\.$/);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("without a second text everybody gets the first", () => {
    fc.assert(
      fc.property(fc.string(), (contactId) => {
        const person = {
          contactId,
          wasReached: false,
          owesMinor: 0n,
          leftAlone: null,
          isAgentOff: false,
          hasOptedOut: false,
          hasAddress: true,
          fields: { club_name: "Gym" },
        };
        const plan = { ...PLAN, holdOutPercent: 0, texts: { ...PLAN.texts, b: null } };
        expect(chooseFor(person, { campaignId: "wf", plan, winner: null })).toMatchObject({ kind: "write", arm: "a" });
      }),
    );
  });
});

test("about a debt only whoever owes is written to, and nobody whose debt is left alone", () => {
  const plan: CampaignPlan = { ...PLAN, segment: { of: "members", all: [{ field: "past_due" }] }, holdOutPercent: 0 };
  fc.assert(
    fc.property(anyPerson, (person) => {
      const choice = chooseFor(person, { campaignId: "wf", plan, winner: null });
      if (choice.kind === "write") {
        expect(person).toMatchObject({ wasReached: false, leftAlone: null, isAgentOff: false, hasOptedOut: false, hasAddress: true });
        expect(person.owesMinor).toBeGreaterThan(1n);
      } else if (!person.wasReached && choice.kind !== "hold_out") {
        const expected = person.owesMinor < 2n ? "owes_nothing" : person.leftAlone;
        expect(expected === null || choice.reason === expected).toBe(true);
      }
    }),
  );
});

test("the winner is told by what the campaign counts", () => {
  const arms = [
    { arm: "a", people: 200, replied: 60, converted: 4 },
    { arm: "b", people: 200, replied: 20, converted: 30 },
    { arm: "held_out", people: 40, replied: 40, converted: 40 },
  ] as const;
  expect(verdictOf({ ...PLAN, winnerBy: "reply" }, arms)).toEqual({ kind: "winner", arm: "a" });
  expect(verdictOf({ ...PLAN, winnerBy: "conversion" }, arms)).toEqual({ kind: "winner", arm: "b" });
  expect(verdictOf(PLAN, [])).toEqual({ kind: "too_few", missing: 200 });
});

describe("a campaign's text about a debt", () => {
  const segment = { of: "members", all: [{ field: "past_due" }] } as const;
  test.each([
    ["Hi {{first_name}}, {{club_name}} would like to help you catch up. Call us any time.", true],
    ["Hi {{first_name}}, pay {{club_name}} today and get 20% off next month.", false],
    ["{{club_name}}: catch up this week and bring a friend.", false],
    ["{{club_name}} has a special for you. Catch up today.", false],
  ])("advertises nothing: %j: %s", (a, expected) => {
    expect(CampaignPlan.safeParse({ ...PLAN, segment, texts: { a, b: null } }).success).toBe(expected);
    expect(CampaignPlan.safeParse({ ...PLAN, texts: { a, b: null } }).success).toBe(true);
  });
});

describe("a campaign's text", () => {
  const isText = (a: string): boolean => CampaignPlan.safeParse({ ...PLAN, texts: { a, b: null } }).success;
  test.each([
    ["Hi {{first_name}}, {{club_name}} has a new class.", true],
    ["Hi {{first_name}}, we have a new class for you.", false],
    ["{{club_name}}: you owe {{amount}}, come by.", false],
    ["{{club_name}} has a class. Reply STOP to end.", false],
    ["{{club_name}} {{nickname}} has a new class.", false],
    ["", false],
  ])("%j: %s", (text, expected) => {
    expect(isText(text)).toBe(expected);
  });
});
