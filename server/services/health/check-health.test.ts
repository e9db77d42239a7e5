import { expect, test } from "vitest";

import { checkHealth } from "./check-health.ts";

test("without a database the installation says that it cannot serve, and neither where the database is nor why", async () => {
  expect(await checkHealth()).toEqual({ status: "failing", database: "unreachable" });
});
