import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, test } from "vitest";

import { countPlaywright, countVitest } from "./test-results.ts";

const reportOf = (content: unknown): string => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "spotter-report-")), "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};

test("skipped tests count as failed", () => {
  const file = reportOf({ numPassedTests: 7, numTotalTests: 9, testResults: [] });
  expect(countVitest(file, 0)).toEqual({ passed: 7, failed: 2 });
  expect(countPlaywright(reportOf({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 1 } }), 0)).toEqual({ passed: 3, failed: 2 });
});

test("a test file that cannot be loaded counts as one failure", () => {
  const file = reportOf({ numPassedTests: 7, numTotalTests: 7, testResults: [{ status: "failed", assertionResults: [] }] });
  expect(countVitest(file, 1)).toEqual({ passed: 7, failed: 1 });
});

test("an error outside any test counts as one failure", () => {
  expect(countVitest(reportOf({ numPassedTests: 7, numTotalTests: 7, testResults: [] }), 1)).toEqual({ passed: 7, failed: 1 });
});

test("a run without a report is a failure", () => {
  expect(countVitest("/nowhere/report.json", 0)).toEqual({ passed: 0, failed: 1 });
  expect(countPlaywright("/nowhere/report.json", 0)).toEqual({ passed: 0, failed: 1 });
});
