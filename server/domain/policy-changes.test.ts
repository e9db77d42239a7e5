import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { maySwitchOn, switchedOnTooEarly } from "./automation-order.ts";
import { AUTOMATION_DEFAULTS, AUTOMATIONS } from "./automations.ts";
import { CATEGORIES } from "./categories.ts";
import { BUILT_IN_POLICY, SHADOW_POLICY } from "./policy-defaults.ts";
import { diffLocks, diffPolicies } from "./policy-diff.ts";
import { expandLocks, isLocked, leafOf, originsOf, setPaths, withLeaf } from "./policy-leaves.ts";
import { AUTONOMY_LEVELS, withPreset } from "./policy-presets.ts";
import { settingLabel, valueWords } from "./policy-words.ts";
import { Policy, POLICY_PATHS, PolicyDocument, resolvePolicy } from "./policy.ts";
import { STAGES } from "./vocabulary.ts";

const path = fc.constantFrom(...POLICY_PATHS);
const locks = fc.array(fc.constantFrom(...POLICY_PATHS, "stages", "automations"), { maxLength: 8 });
const stage = fc.constantFrom(...STAGES);

const policy: fc.Arbitrary<Policy> = fc
  .record({
    stages: fc.tuple(...CATEGORIES.map(() => stage)),
    automationStages: fc.tuple(...AUTOMATIONS.map(() => stage)),
    auto: fc.integer({ min: 60, max: 99 }),
    name: fc.constantFrom("Ash", "Robin"),
  })
  .map(({ stages, automationStages, auto, name }) =>
    Policy.parse({
      ...BUILT_IN_POLICY,
      agent: { ...BUILT_IN_POLICY.agent, name },
      thresholds: { ...BUILT_IN_POLICY.thresholds, auto: auto / 100 },
      stages: Object.fromEntries(CATEGORIES.map((category, index) => [category, stages[index]])),
      automations: Object.fromEntries(
        AUTOMATIONS.map((each, index) => [each, { ...AUTOMATION_DEFAULTS[each], stage: automationStages[index] }]),
      ),
    }),
  );

describe("the difference between two policies", () => {
  test("is empty between a policy and itself, also after the database has reordered its keys", () => {
    fc.assert(
      fc.property(policy, (rules) => {
        const reordered = PolicyDocument.parse(Object.fromEntries(Object.entries(rules).toReversed()));
        expect(diffPolicies(rules, reordered)).toEqual([]);
      }),
    );
  });

  test("names exactly the settings that differ", () => {
    fc.assert(
      fc.property(policy, policy, (before, after) => {
        const differing = POLICY_PATHS.filter((one) => JSON.stringify(leafOf(before, one)) !== JSON.stringify(leafOf(after, one)));
        expect([...new Set(diffPolicies(before, after).map((difference) => difference.path))]).toEqual(differing);
      }),
    );
  });

  test("taking every differing setting over makes the two equal", () => {
    fc.assert(
      fc.property(policy, policy, (before, after) => {
        const taken = diffPolicies(before, after).reduce<PolicyDocument>(
          (document, one) => withLeaf(document, one.path, leafOf(after, one.path)),
          before,
        );
        expect(PolicyDocument.parse(taken)).toEqual(after);
      }),
    );
  });

  test("speaks of an automation switch by switch, and says what a layer leaves to the one below", () => {
    const louder = { ...AUTOMATION_DEFAULTS.gift_cards, stage: "auto" as const, threshold: 0.9 };
    expect(diffPolicies({ automations: { gift_cards: AUTOMATION_DEFAULTS.gift_cards } }, { automations: { gift_cards: louder } })).toEqual([
      { path: "automations.gift_cards", label: "Gift cards: stage", from: "Off", to: "Auto" },
      { path: "automations.gift_cards", label: "Gift cards: threshold", from: "0.85", to: "0.90" },
    ]);
    expect(diffPolicies({ handBackHours: 4 }, {})).toEqual([
      { path: "handBackHours", label: "Hand back after", from: "4 h", to: "not set here" },
    ]);
  });

  test("tells which settings are locked or let go", () => {
    expect(diffLocks(["stages"], ["stages", "handBackHours"]).map(({ label, to }) => `${label}: ${to}`)).toEqual([
      "Hand back after: locked",
    ]);
    expect(diffLocks(["handBackHours"], [])).toMatchObject([{ from: "locked", to: "open to clubs" }]);
  });
});

describe("settings by their path", () => {
  test("every setting has a name and words for people", () => {
    for (const one of POLICY_PATHS) {
      expect(settingLabel(one), one).not.toBe(one);
      expect(valueWords(one, leafOf(BUILT_IN_POLICY, one)), one).not.toMatch(/\[object|undefined|NaN/);
    }
  });

  test("a setting that is put in is read back, and taken out leaves nothing behind", () => {
    fc.assert(
      fc.property(path, (one) => {
        const put = withLeaf({}, one, leafOf(BUILT_IN_POLICY, one));
        expect(setPaths(put)).toEqual([one]);
        expect(withLeaf(put, one, undefined)).toEqual({});
      }),
    );
  });

  test("each value comes from the layer that `resolvePolicy` took it from", () => {
    fc.assert(
      fc.property(
        policy,
        policy,
        fc.subarray([...POLICY_PATHS]),
        fc.subarray([...POLICY_PATHS]),
        locks,
        (one, two, upper, lower, locked) => {
          const take = (from: Policy, paths: readonly string[]) =>
            PolicyDocument.parse(paths.reduce<PolicyDocument>((document, each) => withLeaf(document, each, leafOf(from, each)), {}));
          const franchise = { document: take(one, upper), lockedPaths: locked, version: 1 };
          const club = { document: take(two, lower), version: 1 };
          const resolved = resolvePolicy({ franchise, club }).policy;
          const origins = originsOf({ franchise, club });
          for (const each of POLICY_PATHS) {
            const layer = { built_in: BUILT_IN_POLICY, franchise: franchise.document, club: club.document }[origins[each] ?? "built_in"];
            expect(leafOf(resolved, each), each).toEqual(leafOf(layer, each));
          }
        },
      ),
    );
  });

  test("locks of whole sections lock the same settings when they are written out", () => {
    fc.assert(
      fc.property(locks, path, (locked, one) => {
        expect(isLocked(one, expandLocks(locked))).toBe(isLocked(one, locked));
      }),
    );
  });
});

describe("presets of autonomy", () => {
  const level = fc.constantFrom(...AUTONOMY_LEVELS);

  test("change no locked setting, nothing but stages, and switch no automation on", () => {
    fc.assert(
      fc.property(policy, level, locks, (rules, chosen, locked) => {
        const preset = withPreset(rules, chosen, locked);
        expect(Policy.safeParse(preset).success).toBe(true);
        for (const { path: changed, label } of diffPolicies(rules, preset)) {
          expect(isLocked(changed, locked)).toBe(false);
          expect(label).toMatch(/stage$/);
        }
        expect(switchedOnTooEarly({ before: rules.automations, after: preset.automations, seen: new Set() })).toEqual([]);
      }),
    );
  });

  test("chosen twice change nothing more, and one after another leave only the last", () => {
    fc.assert(
      fc.property(policy, level, level, locks, (rules, first, last, locked) => {
        const once = withPreset(rules, last, locked);
        expect(withPreset(once, last, locked)).toEqual(once);
        expect(withPreset(withPreset(rules, first, locked), last, locked)).toEqual(once);
      }),
    );
  });

  test("go from less to more, and leave complaints and opt-outs to people in all of them", () => {
    const loudness = (chosen: (typeof AUTONOMY_LEVELS)[number]) => {
      const { stages } = withPreset(BUILT_IN_POLICY, chosen, []);
      expect([stages.complaint, stages.opt_out]).toEqual(["off", "suggest"]);
      return Object.values(stages).filter((each) => each === "auto").length;
    };
    expect(AUTONOMY_LEVELS.map(loudness)).toEqual([0, 3, 5]);
  });

  test("bring a club out of shadow", () => {
    const { policy: shadow } = resolvePolicy({ franchise: null, club: { document: SHADOW_POLICY, version: 1 } });
    expect(new Set(Object.values(withPreset(shadow, "low", []).stages))).toEqual(new Set(["suggest", "off"]));
  });
});

describe("the order of automations", () => {
  test("only the first may be switched on before any figures were seen, each next one after those before it", () => {
    const open = (...seen: (typeof AUTOMATIONS)[number][]) => AUTOMATIONS.filter((name) => maySwitchOn(name, new Set(seen)));
    expect(open()).toEqual(["gift_cards"]);
    expect(open("gift_cards")).toEqual(["gift_cards", "hours_and_facts"]);
    expect(open("bay_reset")).toEqual(["gift_cards", "door_unlock"]);
  });

  test("what is on already may be changed and switched off at any time", () => {
    const on = { ...AUTOMATION_DEFAULTS, door_unlock: { ...AUTOMATION_DEFAULTS.door_unlock, stage: "suggest" as const } };
    const auto = { ...on, door_unlock: { ...on.door_unlock, stage: "auto" as const } };
    const seen = new Set<never>();
    expect(switchedOnTooEarly({ before: on, after: auto, seen })).toEqual([]);
    expect(switchedOnTooEarly({ before: on, after: AUTOMATION_DEFAULTS, seen })).toEqual([]);
    expect(switchedOnTooEarly({ before: AUTOMATION_DEFAULTS, after: on, seen })).toEqual(["door_unlock"]);
  });
});
