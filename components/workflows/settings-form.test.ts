import { DEFAULT_CAMPAIGN_SETTINGS } from "#server/domain/workflows/settings.ts";
import { describe, expect, test } from "vitest";

import { ownPathsOf, pinsOf, scopesOf, sharedPart } from "./settings-form.ts";

const paths = ["greenDays", "groups.green", "maxPerRun"];
const layer = {
  kind: "daily_campaigns",
  version: 1,
  document: { greenDays: 30, groups: { green: false } },
  lockedPaths: ["groups.green"],
  ownPaths: ["maxPerRun"],
  origins: {},
  mayShare: true,
} as const;
const form = (over: object = {}) => ({
  schedule: { kind: "daily", minuteOfDay: 360 } as const,
  settings: { ...DEFAULT_CAMPAIGN_SETTINGS, groups: { ...DEFAULT_CAMPAIGN_SETTINGS.groups, green: false } },
  scopes: scopesOf(paths, layer),
  pins: pinsOf(paths, layer),
  ...over,
});

describe("what a form sets for all clubs", () => {
  test("is read from the franchise's layer, and a form that was only opened changes none of it", () => {
    expect(scopesOf(paths, layer)).toEqual(["franchise", "locked", "club"]);
    expect(scopesOf(paths, null)).toEqual(["club", "club", "club"]);
    expect(sharedPart(form(), { layer, paths })).toBeNull();
  });

  test("is every value that is meant for all clubs, as it stands in the form, with the locks", () => {
    expect(sharedPart(form({ scopes: ["club", "locked", "locked"] }), { layer, paths })).toEqual({
      document: { groups: { green: false }, maxPerRun: DEFAULT_CAMPAIGN_SETTINGS.maxPerRun },
      lockedPaths: ["groups.green", "maxPerRun"],
    });
    const settings = { ...form().settings, greenDays: 45 };
    expect(sharedPart(form({ settings }), { layer, paths })?.document).toEqual({ greenDays: 45, groups: { green: false } });
    expect(sharedPart(form({ scopes: ["club", "club", "club"] }), { layer, paths })).toEqual({ document: {}, lockedPaths: [] });
  });
});

test("what a club keeps for itself is read from it and told back as it stands in the form", () => {
  expect(ownPathsOf(form(), paths)).toEqual(["maxPerRun"]);
  expect(ownPathsOf(form({ pins: [true, false, false] }), paths)).toEqual(["greenDays"]);
  expect(pinsOf(paths, null)).toEqual([false, false, false]);
});
