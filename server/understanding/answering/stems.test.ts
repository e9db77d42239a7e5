import { expect, test } from "vitest";
import { stemsOf } from "./stems.ts";

test("forms of one word are the same, other words are not", () => {
  expect(new Set(stemsOf("close closes closed closing")).size).toBe(1);
  expect(new Set(stemsOf("class classes")).size).toBe(1);
  expect(new Set(stemsOf("pony ponies")).size).toBe(1);
  expect(new Set(stemsOf("lock locker train trainer")).size).toBe(4);
});
