import { describe, expect, it } from "vitest";

import { CAP_WORDS, LAW_WORDS, REGION_NAMES } from "#components/workflows/sending-words.ts";
import { wordedLeaves } from "#components/workflows/setting-leaves.ts";
import { REGIONS } from "#server/domain/sending/regions.ts";
import { UNKNOWN_REGION } from "#server/domain/sending/send-rules.ts";
import { SendSettings } from "#server/domain/sending/settings.ts";

/** They have controls of their own. */
const OTHERS = ["marketingStates", "contractConsent"];

describe("the rules of sending as people read them", () => {
  it("have a name for every state and no other", () => {
    expect(Object.keys(REGION_NAMES).toSorted()).toEqual([...REGIONS, UNKNOWN_REGION].toSorted());
  });

  it("have a sentence for every setting, and bounds for every number", () => {
    const known = { ...CAP_WORDS, ...LAW_WORDS };
    const leaves = wordedLeaves(SendSettings, known);
    expect(leaves.map(({ path }) => path).toSorted()).toEqual([...OTHERS, ...Object.keys(known)].toSorted());
    expect(leaves.filter(({ path }) => path in CAP_WORDS).every(({ bounds }) => bounds !== null)).toBe(true);
  });
});
