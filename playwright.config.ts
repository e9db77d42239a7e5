import { defineConfig } from "@playwright/test";

/** Nothing a person would wait for; a page that needs longer is broken. */
const EXPECT_TIMEOUT_MS = 10_000;
const TEST_TIMEOUT_MS = 60_000;

// An empty string and a missing variable both mean: the browser that Playwright brings itself.
const executablePath = process.env["CHROMIUM_PATH"] ?? "";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: ".spotter/test-results",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: EXPECT_TIMEOUT_MS },
  reporter: "list",
  use: {
    baseURL: process.env["SPOTTER_APP_URL"] ?? "http://127.0.0.1:3000",
    locale: "en-US",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      // Containers have neither the user namespaces of the sandbox nor much shared memory; the pages are our own.
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
      ...(executablePath === "" ? {} : { executablePath }),
    },
  },
});
