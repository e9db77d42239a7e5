import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { createDatabase, databaseAt, withClient } from "./roles.ts";
import { startThrowawayServer } from "./throwaway.ts";

const TEMPLATE = "spotter_template";
const PROJECT_DIR = fileURLToPath(new URL("../../", import.meta.url));

/** Deliberately not UTC: whoever forgets to ask for it stores instants four or five hours off, and a test sees it. */
const SERVER_TIME_ZONE = "America/New_York";

/**
 * Global set-up of the tests with a database: an empty server and one migrated template, which suites clone with
 * `create database … template …`. The addresses point at the template; a clone differs in the name only.
 */
export const setup = async (): Promise<() => Promise<void>> => {
  const server = await startThrowawayServer({ timeZone: SERVER_TIME_ZONE });
  const { adminUrl, ownerUrl, appUrl, systemUrl } = server.urls;
  try {
    await withClient({ connectionString: adminUrl }, (client) => createDatabase(client, { name: TEMPLATE }));
    migrate(databaseAt(ownerUrl, TEMPLATE));
  } catch (error) {
    await server.close();
    throw error;
  }
  Object.assign(process.env, {
    TEST_DATABASE_TEMPLATE: TEMPLATE,
    TEST_DATABASE_ADMIN_URL: databaseAt(adminUrl, "postgres"),
    TEST_DATABASE_OWNER_URL: databaseAt(ownerUrl, TEMPLATE),
    TEST_DATABASE_APP_URL: databaseAt(appUrl, TEMPLATE),
    TEST_DATABASE_SYSTEM_URL: databaseAt(systemUrl, TEMPLATE),
    TEST_DATABASE_EXECUTOR_URL: server.urls.executorUrl,
  });
  return server.close;
};

const migrate = (ownerUrl: string): void => {
  execFileSync(process.execPath, ["tools/prisma-offline.ts", "migrate"], {
    cwd: PROJECT_DIR,
    env: { ...process.env, OWNER_DATABASE_URL: ownerUrl },
    stdio: ["ignore", "ignore", "inherit"],
  });
};
