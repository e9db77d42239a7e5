import { expect, test } from "vitest";

import { safePath } from "./safe-path.ts";

test.each(["/", "/ironwood-denver/inbox", "/ironwood-denver/inbox?view=all&c=1#top", "/invitation/abc"])("keeps %s", (path) => {
  expect(safePath(path)).toBe(path);
});

test.each([
  "",
  "inbox",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
])("does not lead elsewhere by %j", (path) => {
  expect(safePath(path)).toBe("/");
});

test("no path and a repeated one lead to the first page", () => {
  expect(safePath(undefined)).toBe("/");
  expect(safePath(["/a", "/b"])).toBe("/");
});
