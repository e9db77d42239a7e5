import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { CUSTOM_COPIES } from "./custom-copies.ts";
import { BLANK_TASK, CustomTask } from "./custom-task.ts";
import { APPROVAL_LEVELS, CUSTOM_TOOL_NAMES, CUSTOM_TOOLS, GATES, gateFor, gateOfTool, LEAST_GATE, TOOL_RISKS } from "./custom-tools.ts";

const level = fc.constantFrom(...APPROVAL_LEVELS);
const risk = fc.constantFrom(...TOOL_RISKS);
const strictness = (gate: (typeof GATES)[number]): number => GATES.indexOf(gate);

describe("who lets a deed of a task happen", () => {
  test("is never looser than the risk of its tool asks for, whatever an owner chose", () => {
    fc.assert(fc.property(level, risk, (chosen, grave) => strictness(gateFor(chosen, grave)) >= strictness(LEAST_GATE[grave])));
    for (const chosen of APPROVAL_LEVELS) {
      expect(gateFor(chosen, "money")).toBe("each");
      expect(gateFor(chosen, "physical")).toBe("each");
    }
  });

  test("is never looser for a graver tool, nor at a stricter level", () => {
    fc.assert(
      fc.property(level, level, risk, risk, (one, other, first, second) => {
        const [strict, loose] = APPROVAL_LEVELS.indexOf(one) <= APPROVAL_LEVELS.indexOf(other) ? [one, other] : [other, one];
        const [light, grave] = TOOL_RISKS.indexOf(first) <= TOOL_RISKS.indexOf(second) ? [first, second] : [second, first];
        expect(strictness(gateFor(strict, light))).toBeGreaterThanOrEqual(strictness(gateFor(loose, light)));
        expect(strictness(gateFor(one, grave))).toBeGreaterThanOrEqual(strictness(gateFor(one, light)));
      }),
    );
  });

  test("is as each level says", () => {
    const gates = (chosen: (typeof APPROVAL_LEVELS)[number]) => TOOL_RISKS.map((each) => gateFor(chosen, each));
    expect(gates("everything")).toEqual(["alone", "plan", "plan", "each", "each"]);
    expect(gates("sends")).toEqual(["alone", "alone", "plan", "each", "each"]);
    expect(gates("within_limits")).toEqual(["alone", "alone", "alone", "each", "each"]);
  });
});

test("no tool is let happen more loosely than its risk asks for", () => {
  for (const name of CUSTOM_TOOL_NAMES) {
    for (const chosen of APPROVAL_LEVELS) {
      expect(strictness(gateOfTool(chosen, name))).toBeGreaterThanOrEqual(strictness(gateFor(chosen, CUSTOM_TOOLS[name].risk)));
    }
  }
  expect(gateOfTool("within_limits", "send_bulk_campaign")).toBe("each");
});

describe("a task", () => {
  test("holds no tool that is none, and each it has once, in the order of the table", () => {
    const task = { ...BLANK_TASK, task: "Text everybody who is new a welcome." };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CUSTOM_TOOL_NAMES), { minLength: 1, maxLength: CUSTOM_TOOL_NAMES.length }), (tools) => {
        const kept = CustomTask.parse({ ...task, tools }).tools;
        expect(kept).toEqual(CUSTOM_TOOL_NAMES.filter((name) => tools.includes(name)));
      }),
    );
    fc.assert(
      fc.property(
        fc.string(),
        (name) => CustomTask.safeParse({ ...task, tools: [name] }).success === CUSTOM_TOOL_NAMES.some((one) => one === name),
      ),
    );
    expect(CustomTask.safeParse({ ...task, tools: ["toString"] }).success).toBe(false);
    expect(CustomTask.safeParse(BLANK_TASK).success).toBe(false);
  });

  test("that is a copy of a built-in workflow can be kept as it is", () => {
    for (const { purpose, task, tools } of Object.values(CUSTOM_COPIES)) {
      expect(CustomTask.safeParse({ ...BLANK_TASK, task, purpose, tools: [...tools] }).success).toBe(true);
    }
  });
});
