import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { AUTOMATION_DEFAULTS } from "./automations.ts";
import { CATEGORIES } from "./categories.ts";
import { BUILT_IN_POLICY, SHADOW_POLICY } from "./policy-defaults.ts";
import { LockedPath, POLICY_PATHS, Policy, PolicyDocument, resolvePolicy } from "./policy.ts";
import { STAGES } from "./vocabulary.ts";

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const minute = fc.integer({ min: 0, max: 1_439 });
const day = fc.constantFrom([], [{ startMinute: 300, endMinute: 1_380 }], [{ startMinute: 0, endMinute: 1_440 }]);
const week = fc.tuple(day, day, day, day, day, day, day);

const document = fc
  .record(
    {
      agent: fc.record(
        { name: optional(fc.constantFrom("Ash", "Robin")), languages: optional(fc.constantFrom(["en"], ["es", "en"])) },
        { requiredKeys: [] },
      ),
      stages: fc.record(Object.fromEntries(CATEGORIES.map((category) => [category, optional(fc.constantFrom(...STAGES))])), {
        requiredKeys: [],
      }),
      thresholds: fc.record(
        { auto: fc.double({ min: 0.6, max: 0.99, noNaN: true }), floor: fc.double({ min: 0.6, max: 0.99, noNaN: true }) },
        { requiredKeys: [] },
      ),
      limits: fc.record({ automaticRepliesPerConversation: fc.integer({ min: 0, max: 20 }) }, { requiredKeys: [] }),
      burstWindowSeconds: fc.integer({ min: 1, max: 30 }),
      hours: fc.record({ opening: fc.option(week), staffed: fc.option(week) }, { requiredKeys: [] }),
      quietHours: fc.record({ startMinute: minute, endMinute: minute }, { requiredKeys: [] }),
      models: fc.record({ agent: fc.option(fc.constantFrom("claude-sonnet-5-5")) }, { requiredKeys: [] }),
      automations: fc.record(
        { gift_cards: fc.constantFrom(...STAGES).map((stage) => ({ ...AUTOMATION_DEFAULTS.gift_cards, stage })) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  )
  .map((raw) => PolicyDocument.parse(raw));

const lockable = fc.constantFrom(...POLICY_PATHS, "stages", "agent", "thresholds", "hours");
const franchiseLayer = fc.option(fc.record({ document, lockedPaths: fc.array(lockable, { maxLength: 6 }), version: fc.nat({ max: 99 }) }));
const clubLayer = fc.option(fc.record({ document, version: fc.nat({ max: 99 }) }));

const valueAt = (policy: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined), policy);

describe("resolvePolicy", () => {
  test("every mixture of layers gives a complete, valid policy", () => {
    fc.assert(
      fc.property(franchiseLayer, clubLayer, (franchise, club) => {
        const { policy } = resolvePolicy({ franchise, club });
        expect(Policy.safeParse(policy).success).toBe(true);
      }),
    );
  });

  test("what a club writes under a locked path changes nothing there", () => {
    fc.assert(
      fc.property(franchiseLayer, clubLayer, lockable, (franchise, club, path) => {
        const locking = { document: franchise?.document ?? {}, lockedPaths: [...(franchise?.lockedPaths ?? []), path], version: 1 };
        const withClub = resolvePolicy({ franchise: locking, club }).policy;
        const withoutClub = resolvePolicy({ franchise: locking, club: null }).policy;
        expect(valueAt(withClub, path)).toEqual(valueAt(withoutClub, path));
      }),
    );
  });

  test("an unlocked setting of the club wins over the franchise, and the franchise over the built-in one", () => {
    fc.assert(
      fc.property(document, document, (ofFranchise, ofClub) => {
        const { policy } = resolvePolicy({
          franchise: { document: ofFranchise, lockedPaths: [], version: 1 },
          club: { document: ofClub, version: 1 },
        });
        for (const path of POLICY_PATHS) {
          const expected = [ofClub, ofFranchise, BUILT_IN_POLICY].map((layer) => valueAt(layer, path)).find((value) => value !== undefined);
          expect(valueAt(policy, path)).toEqual(expected);
        }
      }),
    );
  });

  test("resolving a resolved policy again changes nothing", () => {
    fc.assert(
      fc.property(franchiseLayer, clubLayer, (franchise, club) => {
        const { policy } = resolvePolicy({ franchise, club });
        expect(resolvePolicy({ franchise: { document: policy, lockedPaths: [], version: 1 }, club: null }).policy).toEqual(policy);
        expect(resolvePolicy({ franchise, club: { document: policy, version: 1 } }).policy).toEqual(policy);
      }),
    );
  });

  test("a path locked without a value is held at the built-in one", () => {
    const { policy } = resolvePolicy({
      franchise: { document: {}, lockedPaths: ["stages.other"], version: 1 },
      club: { document: { stages: { other: "auto", praise: "off" } }, version: 1 },
    });
    expect(policy.stages.other).toBe("suggest");
    expect(policy.stages.praise).toBe("off");
  });

  test("the version names both layers", () => {
    expect(resolvePolicy({ franchise: { document: {}, lockedPaths: [], version: 3 }, club: { document: {}, version: 7 } }).version).toBe(
      "f3.c7",
    );
    expect(resolvePolicy({ franchise: null, club: null }).version).toBe("f0.c0");
  });
});

describe("policy documents", () => {
  test("a new club only watches", () => {
    const { policy } = resolvePolicy({ franchise: null, club: { document: PolicyDocument.parse(SHADOW_POLICY), version: 1 } });
    expect(new Set(Object.values(policy.stages))).toEqual(new Set(["shadow"]));
  });

  test("the built-in policy is valid", () => {
    expect(Policy.parse(BUILT_IN_POLICY)).toEqual(BUILT_IN_POLICY);
  });

  test.each([
    ["a threshold below 0.60", { thresholds: { auto: 0.59 } }],
    ["a lowered floor", { thresholds: { floor: 0.5 } }],
    ["an unknown setting", { stages: { questions: "auto" } }],
    ["an unknown section", { autonomy: "high" }],
    ["a burst window of no time", { burstWindowSeconds: 0 }],
    ["a disclosure that hides the AI", { agent: { disclosure: "Hi, this is Sam from the club." } }],
    ["hours that end before they start", { hours: { opening: [[{ startMinute: 600, endMinute: 300 }], [], [], [], [], [], []] } }],
    [
      "overlapping hours",
      {
        hours: {
          staffed: [
            [
              { startMinute: 0, endMinute: 600 },
              { startMinute: 500, endMinute: 700 },
            ],
            [],
            [],
            [],
            [],
            [],
            [],
          ],
        },
      },
    ],
    ["a week of six days", { hours: { opening: [[], [], [], [], [], []] } }],
  ])("%s is refused", (_name, raw) => {
    expect(PolicyDocument.safeParse(raw).success).toBe(false);
  });

  test("only settings that exist can be locked", () => {
    expect(LockedPath.safeParse("stages.complaint").success).toBe(true);
    expect(LockedPath.safeParse("stages").success).toBe(true);
    expect(LockedPath.safeParse("stages.rage").success).toBe(false);
  });
});
