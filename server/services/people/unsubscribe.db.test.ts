import { env } from "#server/platform/env.ts";
import { addressKey } from "#server/platform/keys.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, type TestClub } from "#server/testing/factories.ts";
import { beforeAll, describe, expect, test } from "vitest";

import { getUnsubscribe } from "./get-unsubscribe.ts";
import { readUnsubscribeLink, unsubscribeUrlOf } from "./unsubscribe-link.ts";
import { unsubscribe } from "./unsubscribe.ts";

useDatabase();

let club: TestClub;

beforeAll(async () => {
  club = await makeClub({ name: "Ironwood Denver" });
});

let serial = 0;
const anyLink = () => {
  const key = addressKey(`member.${(serial += 1)}@members.example`);
  const url = unsubscribeUrlOf({ franchiseId: club.franchiseId, clubId: club.id, addressKey: key });
  return { key, url, token: url.slice(url.lastIndexOf("/") + 1) };
};
const suppressionsOf = (key: string) => database().owner.suppression.findMany({ where: { addressKey: key } });

describe("suppression", () => {
  test("one click ends e-mail to the address for every club of the franchise, however often it is clicked", async () => {
    const { key, token } = anyLink();
    await unsubscribe(token);
    await Promise.all([unsubscribe(token), unsubscribe(token)]);
    expect(await suppressionsOf(key)).toMatchObject([
      { franchiseId: club.franchiseId, channelKind: "email", purpose: "all", source: "link", liftedAt: null },
    ]);
    expect(await database().owner.auditLog.count({ where: { clubId: club.id, action: "suppression.added" } })).toBe(1);
    expect(await database().owner.aiAction.count({ where: { clubId: club.id, kind: "contact.opted_out" } })).toBe(1);
  });

  test("looking at the page changes nothing", async () => {
    const { key, token } = anyLink();
    expect(await getUnsubscribe(token)).toEqual({ clubName: "Ironwood Denver" });
    expect(await suppressionsOf(key)).toEqual([]);
  });
});

test("a link says nothing of whom it is for, and no two are alike", () => {
  const { url, key } = anyLink();
  const again = unsubscribeUrlOf({ franchiseId: club.franchiseId, clubId: club.id, addressKey: key });
  expect(url.startsWith(new URL("/api/unsubscribe/", env.APP_URL).href)).toBe(true);
  expect(again).not.toBe(url);
  expect(Buffer.from(url.slice(url.lastIndexOf("/") + 1), "base64url").toString("latin1")).not.toMatch(/club_|fr_/);
});

test("a link that is changed, cut or made up is none", async () => {
  const { key, token } = anyLink();
  const changed = Array.from(token, (letter, index) => `${token.slice(0, index)}${letter === "A" ? "B" : "A"}${token.slice(index + 1)}`);
  for (const wrong of [...changed, token.slice(0, -4), "", "x".repeat(2_000)]) {
    // The last letter may hold bits that no byte needs: those spell the same link.
    if (Buffer.from(wrong, "base64url").equals(Buffer.from(token, "base64url"))) {
      continue;
    }
    expect(() => readUnsubscribeLink(wrong)).toThrow(expect.objectContaining({ code: "not_found" }));
  }
  await expect(unsubscribe(`${token.slice(0, 10)}x${token.slice(11)}`)).rejects.toMatchObject({ code: "not_found" });
  await expect(getUnsubscribe("nonsense")).rejects.toMatchObject({ code: "not_found" });
  expect(await suppressionsOf(key)).toEqual([]);
});
