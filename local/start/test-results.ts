import { existsSync, readFileSync } from "node:fs";

/** What a check adds to the closing line. Anything skipped counts as failed: nothing may be left out silently. */
export type Count = { readonly passed: number; readonly failed: number };

export const PASSED: Count = { passed: 1, failed: 0 };
export const FAILED: Count = { passed: 0, failed: 1 };

type VitestReport = {
  readonly numPassedTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
};

/** @param exitCode of vitest, which is also not 0 for errors outside any test */
export const countVitest = (reportFile: string, exitCode: number): Count => {
  const report = readReport(reportFile) as VitestReport | null;
  if (report === null) {
    return FAILED;
  }
  // A file that cannot be loaded has no tests to fail.
  const brokenFiles = report.testResults.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0);
  const failed = report.numTotalTests - report.numPassedTests + brokenFiles.length;
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
};

type PlaywrightReport = {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
};

export const countPlaywright = (reportFile: string, exitCode: number): Count => {
  const report = readReport(reportFile) as PlaywrightReport | null;
  if (report === null) {
    return FAILED;
  }
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky + skipped;
  return { passed: expected, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
};

const readReport = (file: string): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null);
