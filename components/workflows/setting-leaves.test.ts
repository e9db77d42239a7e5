import { describe, expect, it } from "vitest";

import { settingLeaves } from "#components/workflows/setting-leaves.ts";
import { SETTING_WORDS, type KindWithSettings } from "#components/workflows/setting-words.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";

const KINDS = Object.keys(WORKFLOW_SETTINGS) as KindWithSettings[];

describe("the settings of a workflow as people read them", () => {
  it.each(KINDS)("%s: every setting of the schema has a label, a unit and a sentence, and no sentence is left over", (kind) => {
    const leaves = settingLeaves(kind);
    expect(leaves.map(({ path }) => path).toSorted()).toEqual(Object.keys(SETTING_WORDS[kind]).toSorted());
    for (const { about, label, unit } of leaves) {
      expect(about).toMatch(/\.$/);
      expect(label).not.toBe("");
      expect(unit).not.toBe("");
    }
  });

  it.each(KINDS)("%s: every number names its bounds, and its default lies within them", (kind) => {
    const defaults: unknown = WORKFLOW_SETTINGS[kind].defaults;
    for (const { bounds, path, unit } of settingLeaves(kind)) {
      const value = path.split(".").reduce<unknown>((inner, key) => Object(inner)[key], defaults);
      if (unit === "switch") {
        expect(typeof value).toBe("boolean");
      } else {
        expect(bounds, path).not.toBeNull();
        expect(value).toBeGreaterThanOrEqual(bounds?.min ?? Number.POSITIVE_INFINITY);
        expect(value).toBeLessThanOrEqual(bounds?.max ?? Number.NEGATIVE_INFINITY);
      }
    }
  });
});
