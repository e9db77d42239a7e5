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
