import { randomBytes } from "node:crypto";

import type { Id } from "#server/domain/ids.ts";
import { credentialsKeys } from "#server/platform/keys.ts";
import { withClub } from "#server/platform/tenant.ts";
import { systemContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, type TestClub } from "#server/testing/factories.ts";
import { connect } from "#server/testing/scripted-line.ts";
import { describe, expect, test } from "vitest";

import { unwrapKey } from "./club-keys.ts";
import { openCredentials, sealCredentials } from "./credentials.ts";
import { listKeyHolders, rewrapClubKeys } from "./rewrap-keys.ts";
import { rotateClubKey } from "./rotate-club-key.ts";

useDatabase();

const owner = () => database().owner;
const system = (club: TestClub) => systemContext({ franchiseId: club.franchiseId, clubId: club.id }, { job: "test" });
const opened = async (club: TestClub, connectionId: string) =>
  (
    await withClub({ franchiseId: club.franchiseId, clubId: club.id }, (tx) =>
      openCredentials(tx, { franchiseId: club.franchiseId, clubId: club.id }, { connectionId }),
    )
  ).credentials;
const many = async (club: TestClub, count: number): Promise<Id<"connection">[]> => {
  const ids: Id<"connection">[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(await connect(club, { credentials: { apiKey: `secret ${club.id} ${index}` } }));
  }
  return ids;
};

const COUNT = 100;

test(`a credential opens in its own row only: of ${COUNT} rows in two clubs every one of the ${COUNT * (COUNT - 1)} swaps is refused`, async () => {
  const clubs = [await makeClub(), await makeClub()];
  const rows = await Promise.all(clubs.map(async (club) => (await many(club, COUNT / 2)).map((id) => ({ club, id }))));
  const all = rows.flat();
  const sealed = await Promise.all(
    all.map(
      async ({ id }) =>
        (await owner().connection.findUniqueOrThrow({ where: { id }, select: { sealedCredentials: true } })).sealedCredentials,
    ),
  );
  let refusedCount = 0;
  for (let shift = 1; shift < COUNT; shift += 1) {
    const moved = all.map(({ id }, index) => ({ id, sealed: sealed[(index + shift) % COUNT] }));
    await owner().$executeRaw`
      update "Connection" set "sealedCredentials" = moved.sealed
      from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as moved(id text, sealed jsonb) where "Connection".id = moved.id`;
    for (const club of clubs) {
      const scope = { franchiseId: club.franchiseId, clubId: club.id };
      refusedCount += await withClub(scope, async (tx) => {
        let count = 0;
        for (const { id } of all.filter((row) => row.club === club)) {
          count += await openCredentials(tx, scope, { connectionId: id }).then(
            () => 0,
            () => 1,
          );
        }
        return count;
      });
    }
  }
  expect(refusedCount).toBe(COUNT * (COUNT - 1));
}, 120_000);

test("a credential copied to another field, or said to be under another key, is refused", async () => {
  const club = await makeClub();
  const id = await connect(club, { credentials: { apiKey: "one", webhookKey: "two" } });
  const { sealedCredentials } = await owner().connection.findUniqueOrThrow({ where: { id } });
  const { apiKey, webhookKey } = sealedCredentials as Record<string, { keyVersion: number; sealed: string }>;
  await rotateClubKey(system(club));
  for (const forged of [{ apiKey: webhookKey, webhookKey: apiKey }, { apiKey: { ...apiKey, keyVersion: 2 } }]) {
    await owner().connection.update({ where: { id }, data: { sealedCredentials: JSON.parse(JSON.stringify(forged)) } });
    await expect(opened(club, id)).rejects.toMatchObject({ code: "precondition_failed" });
  }
});

describe("rotation of a club's key", () => {
  test("never fails an opening, loses no change made meanwhile, and leaves nothing under a key before it", async () => {
    const club = await makeClub();
    const scope = { franchiseId: club.franchiseId, clubId: club.id };
    const ids = await many(club, 12);
    const expected = new Map<string, string>(
      await Promise.all(ids.map(async (id) => [id, (await opened(club, id))["apiKey"] ?? ""] as const)),
    );
    const state = { isDone: false, openCount: 0, changeCount: 0 };
    const opener = async (): Promise<void> => {
      while (!state.isDone) {
        for (const id of ids) {
          expect(await opened(club, id)).toMatchObject({ apiKey: expect.stringMatching(/^(secret|changed) /) });
          state.openCount += 1;
        }
      }
    };
    const changer = async (): Promise<void> => {
      while (!state.isDone) {
        const [id] = ids;
        const apiKey = `changed ${(state.changeCount += 1)}`;
        await withClub(scope, async (tx) => {
          const sealedCredentials = await sealCredentials(tx, scope, { connectionId: id ?? "", credentials: { apiKey } });
          await tx.db.connection.updateMany({ where: { id: id ?? "", clubId: club.id }, data: { sealedCredentials } });
        });
        expected.set(id ?? "", apiKey);
      }
    };
    const others = [opener(), opener(), opener(), changer()];
    for (let version = 2; version <= 6; version += 1) {
      expect(await rotateClubKey(system(club))).toMatchObject({ version });
    }
    state.isDone = true;
    await Promise.all(others);
    expect(state.openCount).toBeGreaterThan(ids.length);
    expect(state.changeCount).toBeGreaterThan(0);
    for (const id of ids) {
      expect(await opened(club, id)).toEqual({ apiKey: expected.get(id) });
    }
    const keys = await owner().clubKey.findMany({ where: { clubId: club.id }, orderBy: { version: "asc" } });
    expect(keys.map(({ version, wrappedKey, retiredAt }) => [version, wrappedKey === "", retiredAt !== null])).toEqual(
      [1, 2, 3, 4, 5, 6].map((version) => [version, version < 6, version < 6]),
    );
    expect(await owner().auditLog.count({ where: { clubId: club.id, action: "key.rotated" } })).toBe(5);
  });

  test("two at the same time end with every credential under a key that exists", async () => {
    const club = await makeClub();
    const ids = await many(club, 5);
    const results = await Promise.allSettled([rotateClubKey(system(club)), rotateClubKey(system(club)), rotateClubKey(system(club))]);
    expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
    for (const [index, id] of ids.entries()) {
      expect(await opened(club, id)).toEqual({ apiKey: `secret ${club.id} ${index}` });
    }
  });

  test("keeps the old key while a credential cannot be opened, and says so", async () => {
    const club = await makeClub();
    const [good = "", broken = ""] = await many(club, 2);
    const { sealedCredentials } = await owner().connection.findUniqueOrThrow({ where: { id: good } });
    await owner().connection.update({ where: { id: broken }, data: { sealedCredentials: sealedCredentials ?? {} } });
    await expect(rotateClubKey(system(club))).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await opened(club, good)).toMatchObject({ apiKey: expect.any(String) });
    expect(await owner().clubKey.count({ where: { clubId: club.id, wrappedKey: "" } })).toBe(0);
  });

  test("is nobody's right but the machinery's", async () => {
    const club = await makeClub();
    await expect(rotateClubKey(club.as.owner)).rejects.toMatchObject({ code: "forbidden" });
    await expect(rewrapClubKeys(club.as.owner)).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("crypto-shredding: with its key a club's credentials are gone, and no other club's", async () => {
  const [club, other] = [await makeClub(), await makeClub()];
  const [id = ""] = await many(club, 1);
  const [otherId = ""] = await many(other, 1);
  await owner().clubKey.deleteMany({ where: { clubId: club.id } });
  await expect(opened(club, id)).rejects.toMatchObject({ code: "precondition_failed" });
  expect(await opened(other, otherId)).toMatchObject({ apiKey: expect.any(String) });
});

test("a new key-encryption key wraps every club key anew, once, and needs the old one only for that", async () => {
  const club = await makeClub();
  await many(club, 1);
  const fresh = randomBytes(32);
  const [current] = credentialsKeys();
  const place = { clubId: club.id, version: 1 };
  const key = async () => (await owner().clubKey.findFirstOrThrow({ where: { clubId: club.id } })).wrappedKey;
  const plain = unwrapKey(await key(), place).key;

  await expect(rewrapClubKeys(system(club), [fresh])).rejects.toMatchObject({ code: "precondition_failed" });
  expect(unwrapKey(await key(), place, [fresh, current])).toMatchObject({ key: plain, isCurrent: false });
  expect(await rewrapClubKeys(system(club), [fresh, current])).toEqual({ rewrappedCount: 1, currentCount: 0 });
  expect(await rewrapClubKeys(system(club), [fresh, current])).toEqual({ rewrappedCount: 0, currentCount: 1 });
  expect(unwrapKey(await key(), place, [fresh])).toEqual({ key: plain, isCurrent: true });
  expect(() => unwrapKey(plain.toString("base64"), place, [fresh])).toThrow("could not be opened");
});

test("whoever runs the installation finds every club by its slug", async () => {
  const club = await makeClub();
  await makeConnection(club);
  expect((await listKeyHolders({ slug: club.slug })).map(({ context }) => context.clubId)).toEqual([club.id]);
  expect((await listKeyHolders()).length).toBeGreaterThan(1);
});
