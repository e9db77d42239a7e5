import { fileURLToPath } from "node:url";

import { configDefaults, defineConfig } from "vitest/config";

const inProject = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** 32 bytes each; nothing real is ever encrypted with them. */
const TEST_KEY = Buffer.alloc(32, "spotter test key").toString("base64");

/** A complete environment for modules that read it when loaded. Tests with a database bring its addresses themselves. */
const TEST_ENVIRONMENT = {
  TZ: "UTC",
  APP_URL: "http://127.0.0.1:3000",
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: "a secret of the tests, and of nothing else",
  CREDENTIALS_KEY: TEST_KEY,
  ADDRESS_KEY: TEST_KEY,
  // The example of RFC 8291.
  PUSH_PRIVATE_KEY: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  INNGEST_EVENT_KEY: "test-event-key",
  INNGEST_SIGNING_KEY: `signkey-test-${"5e".repeat(32)}`,
  PUSHER_APP_ID: "100000",
  PUSHER_KEY: "test-pusher-key",
  PUSHER_SECRET: "test-pusher-secret",
  ANTHROPIC_API_KEY: "test-model-key",
  LOG_LEVEL: "silent",
};

/** Port 1 refuses every connection: a test that forgets its own database fails at once instead of reaching another. */
const NO_DATABASE = "postgresql://nobody:nothing@127.0.0.1:1/none";

// Guards against tests that hang, and no more than that: two workers on two cores that do other work as well are slow.
const TEST_TIMEOUT_MS = 30_000;
const DATABASE_HOOK_TIMEOUT_MS = 120_000;
const DATABASE_TEST_TIMEOUT_MS = 120_000;

const EXCLUDED = [...configDefaults.exclude, "**/.next/**", "**/.spotter/**", "e2e/**"];

export default defineConfig({
  resolve: {
    // `server-only` throws outside Next's own bundles; this is the file it resolves to inside them.
    alias: { "server-only": inProject("node_modules/server-only/empty.js") },
  },
  test: {
    globals: false,
    retry: 0,
    maxWorkers: 2,
    setupFiles: ["server/testing/setup.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...EXCLUDED, "**/*.db.test.ts"],
          env: { ...TEST_ENVIRONMENT, DATABASE_URL: NO_DATABASE, SYSTEM_DATABASE_URL: NO_DATABASE },
          testTimeout: TEST_TIMEOUT_MS,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: EXCLUDED,
          env: { ...TEST_ENVIRONMENT, DATABASE_URL: NO_DATABASE, SYSTEM_DATABASE_URL: NO_DATABASE },
          globalSetup: ["local/postgres/test-database.ts"],
          hookTimeout: DATABASE_HOOK_TIMEOUT_MS,
          testTimeout: DATABASE_TEST_TIMEOUT_MS,
        },
      },
    ],
  },
});
