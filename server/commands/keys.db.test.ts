import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";

import { withClub } from "#server/platform/tenant.ts";
import { openCredentials } from "#server/services/connections/credentials.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, type TestClub } from "#server/testing/factories.ts";
import { connect } from "#server/testing/scripted-line.ts";
import { expect, test } from "vitest";

useDatabase();

/** The command as it is run by hand, on this suite's database. */
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  promisify(execFile)(process.execPath, ["--conditions=react-server", "server/commands/keys.ts", ...args], {
    env: { ...database().environment, NODE_ENV: "test", ...env },
  });
const versions = async (club: TestClub) =>
  (await database().owner.clubKey.findMany({ where: { clubId: club.id }, orderBy: { version: "asc" } })).map(({ version, retiredAt }) => [
    version,
    retiredAt === null,
  ]);

test("the commands rotate one club or all, wrap anew under a new key, and say what they did", async () => {
  const [club, other] = [await makeClub(), await makeClub()];
  const id = await connect(club, { credentials: { apiKey: "the secret" } });
  expect((await run(["rotate", "--club", club.slug])).stdout).toBe(`${club.slug}: key 2, 1 connections sealed anew\n`);
  expect(await versions(club)).toEqual([
    [1, false],
    [2, true],
  ]);
  expect(await versions(other)).toEqual([]);
  expect((await run(["rotate", "--all"])).stdout).toContain(`${other.slug}: key 1, 0 connections sealed anew`);
  await expect(run(["rotate"])).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("usage") });
  await expect(run(["rotate", "--club", "nowhere"])).rejects.toMatchObject({ code: 1, stderr: "there is no such club\n" });

  const scope = { franchiseId: club.franchiseId, clubId: club.id };
  const opened = await withClub(scope, (tx) => openCredentials(tx, scope, { connectionId: id }));
  expect(opened.credentials).toEqual({ apiKey: "the secret" });

  const fresh = { CREDENTIALS_KEY: randomBytes(32).toString("base64") };
  await expect(run(["rewrap"], fresh)).rejects.toMatchObject({ code: 1 });
  const both = { ...fresh, CREDENTIALS_KEY_PREVIOUS: database().environment["CREDENTIALS_KEY"] ?? "" };
  expect((await run(["rewrap"], both)).stdout).toContain(`${club.slug}: 1 wrapped anew, 0 already were`);
  expect((await run(["rewrap"], fresh)).stdout).toContain(`${club.slug}: 0 wrapped anew, 1 already were`);
}, 60_000);
