import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { BUILT_IN_POLICY } from "./policy-defaults.ts";
import { carryOver, documentOf, draftChanges } from "./policy-draft.ts";
import { leafOf, withLeaf } from "./policy-leaves.ts";
import { Policy, POLICY_PATHS, PolicyDocument, resolvePolicy } from "./policy.ts";

/** Another valid policy than the built-in one in every setting. */
const OTHER = Policy.parse({
  ...BUILT_IN_POLICY,
  agent: { name: "Ash", personality: "Dry.", disclosure: "An AI writes.", translatedDisclosures: {}, languages: ["en"] },
  stages: Object.fromEntries(Object.keys(BUILT_IN_POLICY.stages).map((key) => [key, "shadow"])),
  categoryThresholds: Object.fromEntries(Object.keys(BUILT_IN_POLICY.stages).map((key) => [key, 0.9])),
  automations: Object.fromEntries(
    Object.entries(BUILT_IN_POLICY.automations).map(([key, setting]) => [key, { ...setting, stage: "suggest" }]),
  ),
  instantAnswers: false,
  thresholds: { auto: 0.7, floor: 0.65 },
  limits: { automaticRepliesPerConversation: 2, automaticRepliesPerClubHour: 5 },
  burstWindowSeconds: 9,
  missedCallText: "Text us.",
  handBackHours: 3,
  replyMaxSentences: 2,
  replyMaxCharacters: 200,
  allowedLinkHosts: ["club.example"],
  budgets: { dailyCostMicros: 1, dailyTokens: 2, runCostMicros: 3, conversationCostMicros: 4 },
  hours: { opening: [[], [], [], [], [], [], []], staffed: [[], [], [], [], [], [], []] },
  quietHours: { startMinute: 1, endMinute: 2 },
  models: { agent: "one", hard: "two" },
  learning: { minDrafts: 9, agreementRatio: 0.8, demoteAfterCorrections: 2 },
  asksSatisfaction: true,
});

const paths = fc.subarray([...POLICY_PATHS]);
const mixed = (chosen: readonly string[]): Policy =>
  Policy.parse(chosen.reduce<PolicyDocument>((policy, path) => withLeaf(policy, path, leafOf(OTHER, path)), BUILT_IN_POLICY));
const baseOf = (set: readonly string[]) => {
  const document = PolicyDocument.parse(set.reduce<PolicyDocument>((made, path) => withLeaf(made, path, leafOf(OTHER, path)), {}));
  return { document, policy: resolvePolicy({ franchise: null, club: { document, version: 1 } }).policy };
};

describe("a draft of a layer", () => {
  test("that touches nothing is the document itself, without a change", () => {
    fc.assert(
      fc.property(paths, (set) => {
        const base = baseOf(set);
        expect(documentOf(base, { policy: base.policy, inherited: [] })).toEqual(base.document);
        expect(draftChanges(base, { policy: base.policy, inherited: [] })).toEqual([]);
      }),
    );
  });

  test("resolves to exactly what was on the screen", () => {
    fc.assert(
      fc.property(paths, paths, (set, shown) => {
        const base = baseOf(set);
        const policy = mixed(shown);
        const document = documentOf(base, { policy, inherited: [] });
        expect(resolvePolicy({ franchise: null, club: { document, version: 2 } }).policy).toEqual(policy);
      }),
    );
  });

  test("sets no more than was touched, and leaves to the layer below what it gives away", () => {
    fc.assert(
      fc.property(paths, paths, (set, given) => {
        const base = baseOf(set);
        const policy = given.reduce<PolicyDocument>(
          (made, path) => withLeaf(made, path, leafOf(BUILT_IN_POLICY, path)),
          base.policy,
        ) as Policy;
        const draft = { policy, inherited: given };
        const document = documentOf(base, draft);
        for (const path of POLICY_PATHS) {
          expect(leafOf(document, path) !== undefined, path).toBe(set.includes(path) && !given.includes(path));
        }
        const expected = POLICY_PATHS.filter((path) => set.includes(path) && given.includes(path));
        expect([...new Set(draftChanges(base, draft).map(({ path }) => path))].toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  test("that only gives a value away it shares with the layer below is a change as well", () => {
    const document = { handBackHours: BUILT_IN_POLICY.handBackHours };
    const base = { document, policy: BUILT_IN_POLICY };
    const draft = { policy: BUILT_IN_POLICY, inherited: ["handBackHours"] };
    expect(draftChanges(base, draft)).toMatchObject([{ label: "Hand back after", from: "set here" }]);
    expect(documentOf(base, draft)).toEqual({});
  });

  test("put on top of a newer version keeps its own changes and takes everything else from there", () => {
    fc.assert(
      fc.property(paths, paths, (touched, newer) => {
        const from = baseOf([]);
        const to = baseOf(newer);
        const carried = carryOver(from, to, { policy: mixed(touched), inherited: [] });
        for (const path of POLICY_PATHS) {
          expect(leafOf(carried.policy, path)).toEqual(leafOf(touched.includes(path) ? OTHER : to.policy, path));
        }
      }),
    );
  });
});
