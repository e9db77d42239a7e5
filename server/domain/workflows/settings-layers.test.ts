import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  adoptLayer,
  documentOf,
  heldPath,
  inheritedSettings,
  leavesOf,
  NO_LAYER,
  originsOf,
  type WorkflowLayer,
} from "./settings-layers.ts";
import { DEFAULT_CAMPAIGN_SETTINGS } from "./settings.ts";

const defaults = DEFAULT_CAMPAIGN_SETTINGS;
const PATHS = [...leavesOf(defaults).keys()];
const anyValue = (path: string): fc.Arbitrary<unknown> =>
  typeof leavesOf(defaults).get(path) === "boolean" ? fc.boolean() : fc.constantFrom(30, 31, 45);

/** A document that sets some of the settings. */
const anyPart: fc.Arbitrary<ReadonlyMap<string, unknown>> = fc
  .subarray(PATHS)
  .chain((paths) => fc.tuple(...paths.map((path) => anyValue(path).map((value) => [path, value] as const))))
  .map((leaves) => new Map(leaves));
const anyLayer: fc.Arbitrary<WorkflowLayer> = anyPart.chain((leaves) =>
  fc.subarray([...leaves.keys()]).map((lockedPaths) => ({ document: documentOf(leaves), lockedPaths })),
);
const anySettings = anyPart.map((leaves) => documentOf([...leavesOf(defaults), ...leaves]));

describe("three layers of settings", () => {
  test("a document and its single settings are the same", () => {
    expect(documentOf(leavesOf(defaults))).toEqual(defaults);
    fc.assert(
      fc.property(anyPart, (leaves) => {
        expect([...leavesOf(documentOf(leaves))].toSorted()).toEqual([...leaves].toSorted());
      }),
    );
  });

  test("locked is the franchise's, the club's own stays, and everything else follows the franchise or what is built in", () => {
    fc.assert(
      fc.property(anySettings, anyLayer, anyLayer, fc.subarray(PATHS), (start, before, after, ownPaths) => {
        const settings = adoptLayer(start, { defaults, before: NO_LAYER, after: before });
        const next = leavesOf(adoptLayer(settings, { defaults, before, after, ownPaths }));
        const origins = originsOf(settings, { defaults, layer: before, ownPaths });
        const set = leavesOf(after.document);
        for (const path of PATHS) {
          const inherited = set.has(path) ? set.get(path) : leavesOf(defaults).get(path);
          const isOwn = origins[path] === "club" && !after.lockedPaths.includes(path);
          expect(next.get(path)).toBe(isOwn ? leavesOf(settings).get(path) : inherited);
          if (ownPaths.includes(path)) {
            expect(origins[path]).toBe(before.lockedPaths.includes(path) ? "locked" : "club");
          }
        }
        expect(heldPath(documentOf(next), after)).toBeNull();
      }),
    );
  });

  test("each setting has one origin, and it tells the truth about its value", () => {
    fc.assert(
      fc.property(anySettings, anyLayer, (start, layer) => {
        const settings = adoptLayer(start, { defaults, before: NO_LAYER, after: layer });
        const inherited = leavesOf(inheritedSettings(defaults, layer));
        for (const [path, origin] of Object.entries(originsOf(settings, { defaults, layer }))) {
          expect(origin === "locked").toBe(layer.lockedPaths.includes(path));
          expect(leavesOf(settings).get(path) === inherited.get(path)).toBe(origin !== "club");
        }
      }),
    );
  });

  test("a change of what is locked is found, and nothing else is", () => {
    const layer = { document: { groups: { green: false }, maxPerRun: 10 }, lockedPaths: ["groups.green"] };
    const settings = adoptLayer({ ...defaults }, { defaults, before: NO_LAYER, after: layer });
    expect(heldPath({ ...settings, maxPerRun: 99 }, layer)).toBeNull();
    expect(heldPath({ ...settings, groups: { ...defaults.groups, green: true } }, layer)).toBe("groups.green");
  });
});
