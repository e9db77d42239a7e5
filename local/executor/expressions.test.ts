import { expect, test } from "vitest";
import { evaluateKey, findExpressionProblem, isMatch } from "./expressions.ts";

const event = { name: "a", data: { club: "club_1", size: 12, isNew: true, tags: ["x"], "": null } };

test.each([
  ["event.data.size > 10", true],
  ["event.data.size == 12 && event.data.club == 'club_1'", true],
  ["event.data.isNew", true],
  ["event.data.club", false],
  ["'x' in event.data.tags", true],
  ["event.data.missing == 'x'", false],
  ["event.data.missing.deeper == 'x'", false],
  ["event.data.missing == 'x' || event.data.isNew", true],
  ["has(event.data.missing)", false],
])("%s is %s", (expression, expected) => {
  expect(isMatch("trigger", { expression, scope: { event } })).toBe(expected);
});

test("a match compares the event that arrives with the one that started the run", () => {
  const expression = "async.data.to == event.data.club";
  const matches = (to: string) => isMatch("match", { expression, scope: { event, async: { data: { to } } } });
  expect([matches("club_1"), matches("club_2")]).toEqual([true, false]);
});

test("no expression always matches", () => {
  expect(isMatch("match", { expression: null, scope: { event } })).toBe(true);
});

test.each([
  ["event.data.club", "club_1"],
  ["event.data.club + '-' + string(event.data.size)", "club_1-12"],
  ["event.data.size", "12"],
  ["event.data.tags", '["x"]'],
  ["event.data.missing", ""],
  [null, ""],
])("the key %s of the event is %j", (expression, expected) => {
  expect(evaluateKey(expression, event)).toBe(expected);
});

test.each([
  ["trigger", "event.data."],
  ["trigger", "async.data.x == 1"],
  ["trigger", "'always'"],
  ["match", "evnt.data.x == async.data.x"],
  ["key", "lookup(event.data.club)"],
] as const)("a %s of %j is found out before it is needed", (role, expression) => {
  expect(findExpressionProblem(role, expression)).toBeTypeOf("string");
});
