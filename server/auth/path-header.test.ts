import { expect, test } from "vitest";

import { askedPath } from "./path-header.ts";

test("the page that was asked for, with its filters and without Next's own parameter", () => {
  expect(askedPath(new URL("http://x/ironwood-denver/inbox?view=all&_rsc=abc1"))).toBe("/ironwood-denver/inbox?view=all");
  expect(askedPath(new URL("http://x/ironwood-denver/inbox?_rsc=abc1"))).toBe("/ironwood-denver/inbox");
  expect(askedPath(new URL("http://x/"))).toBe("/");
});
