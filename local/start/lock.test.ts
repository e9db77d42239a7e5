import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, test } from "vitest";

import { lockHolder, takeLock } from "./lock.ts";

const emptyFolder = (): string => mkdtempSync(path.join(tmpdir(), "spotter-lock-"));

test("a second start from the same data folder is told who runs and how to start beside it", () => {
  const folder = emptyFolder();
  takeLock(folder, 3000);
  expect(() => takeLock(folder, 3000)).toThrow(new RegExp(`process ${process.pid}, port 3000.*SPOTTER_PORT=4000`));
});

test("a lock that was given back can be taken again", () => {
  const folder = emptyFolder();
  takeLock(folder, 3000)();
  expect(lockHolder(folder)).toBeNull();
  takeLock(folder, 3000);
});

test.each([
  ["whose process is gone", JSON.stringify({ pid: 2 ** 22 + 1, mark: "1", port: 3000 })],
  ["whose pid belongs to another process now", JSON.stringify({ pid: process.pid, mark: "another birth", port: 3000 })],
  ["cut off in the middle of writing", '{"pid":'],
])("a lock %s is taken over", (_name, content) => {
  const folder = emptyFolder();
  writeFileSync(path.join(folder, "start.lock"), content);
  takeLock(folder, 3000);
  expect(lockHolder(folder)?.pid).toBe(process.pid);
});
