import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { armOf, surenessOf, winnerOf, type ArmCount } from "./experiment.ts";

const people = Array.from({ length: 20_000 }, (_, index) => `ct_${index}`);

describe("who is in which arm", () => {
  test("hangs on campaign and person alone, and shares come out as asked", () => {
    for (const [holdOutPercent, secondPercent] of [
      [0, 0],
      [10, 50],
      [5, 20],
      [50, 100],
    ] as const) {
      const arms = people.map((id) => armOf("wf_1", id, { holdOutPercent, secondPercent }));
      expect(arms).toEqual(people.map((id) => armOf("wf_1", id, { holdOutPercent, secondPercent })));
      const share = (arm: string) => (arms.filter((each) => each === arm).length * 100) / people.length;
      expect(Math.abs(share("held_out") - holdOutPercent)).toBeLessThan(1.5);
      expect(Math.abs(share("b") - ((100 - holdOutPercent) * secondPercent) / 100)).toBeLessThan(1.5);
    }
  });

  test("a larger share takes people in and lets nobody out, and the other question is not touched", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(50), fc.nat(50), fc.nat(100), (campaign, person, less, more, secondPercent) => {
        const small = armOf(campaign, person, { holdOutPercent: less, secondPercent });
        const large = armOf(campaign, person, { holdOutPercent: less + more, secondPercent });
        expect(large === small || large === "held_out").toBe(true);
        expect(small === "held_out" && large !== "held_out").toBe(false);
      }),
    );
  });

  test("two campaigns hold out different people", () => {
    const held = (campaign: string) => people.filter((id) => armOf(campaign, id, { holdOutPercent: 10, secondPercent: 0 }) === "held_out");
    const both = new Set(held("wf_1"));
    expect(held("wf_2").filter((id) => both.has(id)).length).toBeLessThan(400);
  });
});

const anyArm: fc.Arbitrary<ArmCount> = fc.nat(5_000).chain((count) => fc.record({ people: fc.constant(count), hits: fc.nat(count) }));

/** The textbook's way, in floating point. */
const zOf = (a: ArmCount, b: ArmCount): number => {
  const pooled = (a.hits + b.hits) / (a.people + b.people);
  return (a.hits / a.people - b.hits / b.people) / Math.sqrt(pooled * (1 - pooled) * (1 / a.people + 1 / b.people));
};

describe("which text wins", () => {
  test("agrees with the textbook wherever rounding cannot matter, whichever comes first", () => {
    fc.assert(
      fc.property(anyArm, anyArm, fc.nat(300), (a, b, minimum) => {
        const verdict = winnerOf(a, b, minimum);
        const swapped = winnerOf(b, a, minimum);
        expect(swapped).toEqual(verdict.kind === "winner" ? { kind: "winner", arm: verdict.arm === "a" ? "b" : "a" } : verdict);
        if (a.people < Math.max(1, minimum) || b.people < Math.max(1, minimum)) {
          expect(verdict.kind).toBe("too_few");
          return;
        }
        const z = zOf(a, b);
        fc.pre(Number.isNaN(z) || Math.abs(Math.abs(z) - 1.96) > 1e-9);
        expect(verdict).toEqual(Math.abs(z) > 1.96 ? { kind: "winner", arm: z > 0 ? "a" : "b" } : { kind: "even" });
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    [
      { people: 99, hits: 99 },
      { people: 100, hits: 0 },
      { kind: "too_few", missing: 1 },
    ],
    [
      { people: 100, hits: 20 },
      { people: 100, hits: 8 },
      { kind: "winner", arm: "a" },
    ],
    [{ people: 100, hits: 15 }, { people: 100, hits: 8 }, { kind: "even" }],
    [{ people: 100, hits: 0 }, { people: 100, hits: 0 }, { kind: "even" }],
    [{ people: 100, hits: 100 }, { people: 100, hits: 100 }, { kind: "even" }],
  ])("%j beside %j", (a, b, expected) => {
    expect(winnerOf(a, b, 100)).toEqual(expected);
  });
});

describe("how sure a difference is", () => {
  test.each([
    [{ people: 100, hits: 20 }, { people: 100, hits: 8 }, 0.9855],
    [{ people: 200, hits: 30 }, { people: 100, hits: 15 }, 0],
    [{ people: 0, hits: 0 }, { people: 100, hits: 15 }, null],
    [{ people: 100, hits: 0 }, { people: 100, hits: 0 }, null],
  ])("%j beside %j", (a, b, expected) => {
    const sure = surenessOf(a, b);
    expect(sure === null ? null : Math.round(sure * 10_000) / 10_000).toBe(expected);
  });

  test("says 95 in a hundred exactly where a text wins", () => {
    fc.assert(
      fc.property(anyArm, anyArm, (a, b) => {
        const sure = surenessOf(a, b);
        fc.pre(sure !== null && Math.abs(sure - 0.95) > 1e-5);
        expect(winnerOf(a, b, 0).kind === "winner").toBe((sure ?? 0) > 0.95);
      }),
      { numRuns: 2_000 },
    );
  });
});
