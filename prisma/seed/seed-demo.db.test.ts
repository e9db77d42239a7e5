import { asId } from "#server/domain/ids.ts";
import { PolicyDocument, resolvePolicy } from "#server/domain/policy.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { createClub } from "#server/services/clubs/create-club.ts";
import { openCredentials } from "#server/services/connections/credentials.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";
import { verifyPassword } from "#server/services/users/password-hash.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT } from "#server/testing/factories.ts";
import { expect, test } from "vitest";

import { DEMO_STAFF } from "../demo-staff.ts";
import { DEMO_CLUBS, DEMO_FRANCHISES, DEMO_PASSWORD } from "../demo.ts";
import { seedDemo } from "./seed-demo.ts";

useDatabase();

const TABLES = [
  "Franchise",
  "Club",
  "ClubCounter",
  "ClubKey",
  "Connection",
  "Channel",
  "User",
  "StaffAccess",
  "Policy",
  "KnowledgeArticle",
];

/** Every seeded row with the transaction that last wrote it. */
const everything = async (): Promise<unknown> => {
  const owner = await database().as("OWNER");
  const tables = [];
  for (const table of TABLES) {
    tables.push(await owner.query(`select xmin::text as version, t.* from "${table}" t order by 2`));
  }
  await owner.end();
  return tables;
};

const seed = () => seedDemo(database().owner);

const [franchise] = DEMO_FRANCHISES;
const [club] = DEMO_CLUBS;
if (franchise === undefined || club === undefined) {
  throw new Error("the demo is empty");
}
const scope = { franchiseId: asId("franchise", franchise.id), clubId: asId("club", club.id) };

test("a second run leaves every row as it is, also those that people changed", async () => {
  expect(await seed()).toEqual({ clubCount: DEMO_CLUBS.length, newClubCount: DEMO_CLUBS.length });
  const { owner } = database();
  await owner.club.update({ where: { id: club.id }, data: { name: "Renamed" } });
  await owner.knowledgeArticle.updateMany({ where: { clubId: club.id, title: "Parking" }, data: { body: "Ask us.", status: "archived" } });
  await owner.staffAccess.updateMany({ where: { userId: DEMO_STAFF[2]?.id ?? "" }, data: { archivedAt: MADE_AT } });
  const before = await everything();
  expect(await seed()).toEqual({ clubCount: DEMO_CLUBS.length, newClubCount: 0 });
  expect(await everything()).toEqual(before);
});

test("two starts at the same time seed once", async () => {
  await Promise.all([seed(), seed()]);
  expect(await database().owner.club.count({ where: { id: { in: DEMO_CLUBS.map(({ id }) => id) } } })).toBe(DEMO_CLUBS.length);
});

test("the product opens the credentials it needs and finds the channel of each inbox", async () => {
  await seed();
  await withClub(scope, async (tx) => {
    const rows = await tx.db.connection.findMany({
      select: { id: true, provider: true, settings: true, channels: { select: { kind: true, externalId: true } } },
    });
    const opened = new Map<string, Readonly<Record<string, string>>>();
    for (const row of rows) {
      const { credentials } = await openCredentials(tx, scope, { connectionId: row.id });
      opened.set(row.provider, credentials);
    }
    expect(opened.get("openphone")).toEqual({ apiKey: club.openPhone.apiKey, webhookKey: club.openPhone.webhookKey });
    expect(opened.get("clubos")).toMatchObject({ password: club.clubOs?.password });
    expect(opened.get("clubhub")).toEqual({ password: club.clubHub.password });
    expect(rows.find(({ provider }) => provider === "openphone")?.settings).toMatchObject({ phoneNumberId: club.openPhone.phoneNumberId });
    expect(rows.flatMap(({ channels }) => channels)).toEqual(
      expect.arrayContaining([
        { kind: "sms", externalId: club.openPhone.phoneNumberId },
        { kind: "clubos", externalId: club.clubOs?.ownerId },
      ]),
    );
  });
});

test("everybody is there and has the one password", async () => {
  await seed();
  const users = await database().owner.user.findMany({
    where: { id: { in: DEMO_STAFF.map(({ id }) => id) } },
    select: { email: true, passwordHash: true },
  });
  expect(users.map(({ email }) => email).toSorted()).toEqual(DEMO_STAFF.map(({ email }) => email).toSorted());
  expect(await verifyPassword(DEMO_PASSWORD, users[0]?.passwordHash ?? null)).toBe(true);
});

test("the agent answers questions by itself in a demo club, and complaints in none, whatever the club says", async () => {
  await seed();
  const { policy, version } = await withClub(scope, (tx) => resolvedPolicy(tx, scope));
  expect(version).toBe("f1.c1");
  expect(policy.stages).toMatchObject({ question: "auto", complaint: "off" });
  expect(policy.hours.staffed).not.toBeNull();
  const layer = await database().owner.policy.findFirstOrThrow({ where: { franchiseId: franchise.id, clubId: null } });
  const lenient = resolvePolicy({
    franchise: { document: PolicyDocument.parse(layer.document), lockedPaths: ["stages.complaint"], version: 1 },
    club: { document: { stages: { complaint: "auto" } }, version: 2 },
  });
  expect(lenient.policy.stages.complaint).toBe("off");
});

test("a club that is made without a policy starts in shadow", async () => {
  await seed();
  const clubId = newId("club");
  const made = { franchiseId: scope.franchiseId, clubId };
  await database().owner.$transaction((db) =>
    createClub(
      { db, now: MADE_AT },
      {
        id: clubId,
        franchiseId: scope.franchiseId,
        slug: "new-club",
        name: "New Club",
        kind: "gym",
        timeZone: "America/Boise",
        currency: "USD",
        phone: null,
        emergencyPhone: null,
        managerPhone: null,
        address: null,
      },
    ),
  );
  const { policy } = await withClub(made, (tx) => resolvedPolicy(tx, made));
  expect(
    new Set(
      Object.entries(policy.stages)
        .filter(([category]) => category !== "complaint")
        .map(([, stage]) => stage),
    ),
  ).toEqual(new Set(["shadow"]));
});
