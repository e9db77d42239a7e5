import { expect, test } from "vitest";

import { createSpareLines } from "./spare-lines.ts";

test("a key of the agreed form opens one line, the same by key, number id, number and name", () => {
  const lines = createSpareLines();
  const line = lines.byKey("sandbox-line-00c0ffee01");
  expect(line?.openPhone.phoneNumberId).toBe("PNline00c0ffee01");
  expect(lines.byNumber("PNline00c0ffee01")).toBe(line);
  expect(lines.byNumber(line?.phone ?? "")).toBe(line);
  expect(lines.byName("line-00c0ffee01")).toBe(line);
});

test("any other key opens none", () => {
  const lines = createSpareLines();
  expect([lines.byKey("op-demo-ironwood-denver"), lines.byKey("sandbox-line-xyz"), lines.byNumber("+13035550150")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
