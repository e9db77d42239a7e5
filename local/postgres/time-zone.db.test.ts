import { expect, test } from "vitest";

import { withClient } from "./roles.ts";

const settingOf = (address: string): Promise<unknown> =>
  withClient(
    { connectionString: address },
    async (client) => (await client.query<{ TimeZone: string }>("show timezone")).rows[0]?.TimeZone,
  );

const address = (name: string): string => process.env[name] ?? "";

test("the test server lives in another zone than UTC", async () => {
  const url = new URL(address("TEST_DATABASE_ADMIN_URL"));
  url.search = "";
  expect(await settingOf(url.href)).toBe("America/New_York");
});

test.each(["APP", "SYSTEM", "OWNER", "EXECUTOR"])("the address of role %s asks for UTC", async (role) => {
  expect(await settingOf(address(`TEST_DATABASE_${role}_URL`))).toBe("UTC");
});
