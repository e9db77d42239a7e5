import { openTestSandbox, type TestSandbox } from "#local/vendors/clubos/testing.ts";
import { openTestNetwork } from "#server/connectors/_shared/testing-network.ts";
import { createClubHubConnector } from "#server/connectors/clubhub/connector.ts";
import { CLUBHUB_SETUP } from "#server/connectors/clubhub/setup.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import type { Id } from "#server/domain/ids.ts";
import { now } from "#server/platform/clock.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { withClub } from "#server/platform/tenant.ts";
import { sealCredentials } from "#server/services/connections/credentials.ts";
import { systemContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, makeContact, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { listSyncDue } from "./list-sync-due.ts";
import { syncMembers } from "./sync-members.ts";

useDatabase();

let owner: Awaited<ReturnType<ReturnType<typeof database>["as"]>>;
let sandbox: TestSandbox;
let club: TestClub;
let connectionId: Id<"connection">;

beforeAll(async () => {
  owner = await database().as("OWNER");
});
afterAll(() => owner.end());

beforeEach(async () => {
  // The connector's clock is the machine's, and tokens of the sandbox must not have run out on it.
  sandbox = await openTestSandbox({ at: now().toISOString() });
  // The product's own connector, at another address than the installation's.
  const baseUrl = sandbox.url;
  CONNECTORS.clubhub = {
    setup: CLUBHUB_SETUP,
    create: (context) => createClubHubConnector({ ...context, ...openTestNetwork(), settings: { ...context.settings, baseUrl } }),
  };
  club = await makeClub();
  connectionId = await connect();
  return () => sandbox.close();
});

const connect = async ({ pageSize = "100", password = sandbox.club.clubHub.password } = {}): Promise<Id<"connection">> => {
  const id = newId("connection");
  const { clubId, username } = sandbox.club.clubHub;
  await makeConnection(club, {
    id,
    provider: "clubhub",
    settings: { appService: "on", clubId, timeZone: "America/Denver", pageSize },
    sealedCredentials: await withClub(scopeOf(club), (tx) =>
      sealCredentials(tx, scopeOf(club), { connectionId: id, credentials: { username, password } }),
    ),
  });
  return id;
};

const contextAt = (where: TestClub) => systemContext(scopeOf(where), { job: "sync-members" });
const sync = (id = connectionId) => syncMembers(contextAt(club), { connectionId: id });
const rows = (sql: string, ...values: unknown[]) => owner.query(sql, values);

const everything = async (): Promise<string> => {
  const tables = ["Contact", "ContactIdentity", "Member", "Prospect", "Visit", "AuditLog", "OutboxEvent"];
  const found = [];
  for (const table of tables) {
    found.push(await rows(`select xmin::text as version, t.* from "${table}" t where "clubId" = $1 order by id`, club.id));
  }
  return JSON.stringify(found, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
};

const memberOf = async (index: number): Promise<Record<string, unknown>> => {
  const { clubHubId } = await personAt(index);
  const [row] = await rows(
    `select m.*, c."displayName" from "Member" m join "Contact" c on c.id = m."contactId" where m."clubId" = $1 and m."externalId" = $2`,
    club.id,
    clubHubId,
  );
  return row ?? {};
};

const personAt = async (index: number) => {
  const person = (await sandbox.people())[index];
  if (person === undefined) {
    throw new Error(`no person ${index}`);
  }
  return person;
};

/** Places of the invented people every club has, see local/vendors/world.ts. */
const SHARED = { owner: 3, borrower: 4 };
const NAMESAKES = { first: 10, second: 31 };
const MINOR = 7;
const DEBTOR = 1;

describe("a first sync", () => {
  test("brings everybody once, each with a contact, and says so in the audit", async () => {
    const people = await sandbox.people();
    expect(await sync()).toMatchObject({
      kind: "synced",
      createdCount: people.length,
      changedCount: 0,
      unchangedCount: 0,
      failureCount: 0,
    });
    const [count] = await rows(
      `select (select count(*)::int from "Member" where "clubId" = $1) as members, (select count(*)::int from "Prospect" where "clubId" = $1) as prospects`,
      club.id,
    );
    expect(Number(count?.["members"]) + Number(count?.["prospects"])).toBe(people.length);
    expect(count?.["prospects"]).toBeGreaterThan(0);
    expect(await rows(`select "actorKind", "actorId" from "AuditLog" where "clubId" = $1 and action = 'members.synced'`, club.id)).toEqual(
      expect.arrayContaining([{ actorKind: "system", actorId: "sync-members" }]),
    );
    const debtor = await memberOf(DEBTOR);
    expect(debtor).toMatchObject({
      status: "past_due",
      balanceMinor: "3999",
      currency: "USD",
      phoneKey: addressKey(String(debtor["phone"])),
    });
    expect(debtor["balanceReadAt"]).toBeInstanceOf(Date);
    const [connection] = await rows(
      `select status, "lastSuccessAt", "leaseUntil", "errorCount" from "Connection" where id = $1`,
      connectionId,
    );
    expect(connection).toMatchObject({ status: "active", leaseUntil: null, errorCount: 0, lastSuccessAt: expect.any(Date) });
  });

  test("keeps visits of those who came lately, and counts them", async () => {
    await sync();
    const wrong = await rows(
      `select m.id from "Member" m where "clubId" = $1 and "visitCount" <> (select count(*) from "Visit" v where v."memberId" = m.id)`,
      club.id,
    );
    expect(wrong).toEqual([]);
    expect(await rows(`select 1 from "Visit" where "clubId" = $1 limit 1`, club.id)).toHaveLength(1);
  });

  test("keeps two people who share a phone apart; the number belongs to the first", async () => {
    await sync();
    const [lender, borrower] = [await memberOf(SHARED.owner), await memberOf(SHARED.borrower)];
    expect(borrower["phoneKey"]).toBe(lender["phoneKey"]);
    expect(borrower["contactId"]).not.toBe(lender["contactId"]);
    const identities = await rows(
      `select "contactId" from "ContactIdentity" where "clubId" = $1 and "addressKey" = $2`,
      club.id,
      lender["phoneKey"],
    );
    expect(identities).toEqual([{ contactId: lender["contactId"] }]);
  });

  test("keeps two people of one name apart", async () => {
    await sync();
    const [first, second] = [await memberOf(NAMESAKES.first), await memberOf(NAMESAKES.second)];
    expect(second["displayName"]).toBe(first["displayName"]);
    expect(second["contactId"]).not.toBe(first["contactId"]);
  });

  test("gives a minor a contact of their own, with the day of birth", async () => {
    await sync();
    const minor = await memberOf(MINOR);
    expect(minor["dateOfBirth"]).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(await rows(`select id from "Member" where "clubId" = $1 and "contactId" = $2`, club.id, minor["contactId"])).toHaveLength(1);
  });

  test("names the contact of somebody who had only written before", async () => {
    const { phone, name } = await personAt(DEBTOR);
    const { contact } = await makeContact(club, { name: phone, from: phone });
    await sync();
    expect(await memberOf(DEBTOR)).toMatchObject({ contactId: contact.id, displayName: name });
  });
});

test("two connections that list the same people at the same time share their contacts", async () => {
  const second = await connect();
  const results = await Promise.all([sync(), sync(second)]);
  expect(results.map(({ kind }) => kind)).toEqual(["synced", "synced"]);
  const [count] = await rows(`select count(*)::int as count from "Contact" where "clubId" = $1`, club.id);
  expect(count?.["count"]).toBe((await sandbox.people()).length);
});

describe("a later sync", () => {
  test("writes nothing when nothing has changed", async () => {
    await sync();
    const before = await everything();
    expect(await sync()).toMatchObject({ kind: "synced", createdCount: 0, changedCount: 0 });
    expect(await everything()).toBe(before);
  });

  test("writes only who has changed; a name that staff corrected stays", async () => {
    await sync();
    const [renamed, corrected] = [await personAt(DEBTOR), await personAt(2)];
    await rows(`update "Contact" set "firstName" = 'Bo', "displayName" = 'Bo' where id = $1`, (await memberOf(2))["contactId"]);
    await sandbox.rename(renamed.personExternalId, "Newname");
    await sandbox.rename(corrected.personExternalId, "Othername");
    expect(await sync()).toMatchObject({ createdCount: 0, changedCount: 2 });
    expect((await memberOf(DEBTOR))["displayName"]).toMatch(/ Newname$/);
    expect(await memberOf(2)).toMatchObject({ lastName: "Othername", displayName: "Bo" });
  });
});

describe("a sync that breaks off", () => {
  test("goes on where it was and reads no page twice", async () => {
    const small = await connect({ pageSize: "20" });
    await sandbox.fault({ kind: "500", path: "/api/clubs/", after: 4 });
    expect(await sync(small)).toMatchObject({ kind: "failed", failure: "unavailable", retryAt: expect.any(Date) });
    const [half] = await rows(`select count(*)::int as count from "Member" where "connectionId" = $1`, small);
    const total = (await sandbox.people()).length;
    expect(half?.["count"]).toBeGreaterThan(0);
    expect(half?.["count"]).toBeLessThan(total);
    expect(await sync(small)).toMatchObject({ kind: "synced", createdCount: total, changedCount: 0, unchangedCount: 0 });
  });

  test("is not joined by a second one until its lease ends", async () => {
    await rows(`update "Connection" set "leaseOwner" = 'crashed', "leaseUntil" = now() + interval '1 minute' where id = $1`, connectionId);
    expect(await sync()).toEqual({ kind: "busy" });
    await rows(`update "Connection" set "leaseUntil" = now() - interval '1 second' where id = $1`, connectionId);
    expect(await sync()).toMatchObject({ kind: "synced" });
  });
});

describe("what the vendor refuses", () => {
  const alerts = (id: string) =>
    rows(`select kind, count, "resolvedAt" is null as "isOpen" from "Alert" where "connectionId" = $1 order by id`, id);

  test("a wrong password asks people for a new one, once", async () => {
    const wrong = await connect({ password: "not this one" });
    expect(await sync(wrong)).toMatchObject({ kind: "failed", failure: "unauthorized" });
    await sync(wrong);
    expect(await alerts(wrong)).toEqual([{ kind: "connection_unauthorized", count: 2, isOpen: true }]);
    const [connection] = await rows(`select status, "lastErrorKind", "errorCount" from "Connection" where id = $1`, wrong);
    expect(connection).toEqual({ status: "needs_reauth", lastErrorKind: "unauthorized", errorCount: 2 });
  });

  test("three failures in a row become a card, and a success closes it", async () => {
    await sandbox.fault({ kind: "500", path: "/api/clubs/", count: 3 });
    await sync();
    await sync();
    expect(await alerts(connectionId)).toEqual([]);
    await sync();
    expect(await alerts(connectionId)).toMatchObject([{ kind: "connection_failing", isOpen: true }]);
    expect(await sync()).toMatchObject({ kind: "synced" });
    expect(await alerts(connectionId)).toMatchObject([{ isOpen: false }]);
  });

  test("a balance that cannot be read just now stays as it was, and people are told", async () => {
    await sync();
    const before = await memberOf(DEBTOR);
    const { clubHubId } = await personAt(DEBTOR);
    await sandbox.fault({ kind: "agreement_error", path: `/api/members/${clubHubId}` });
    expect(await sync()).toMatchObject({ kind: "synced", changedCount: 0, failureCount: 1 });
    expect(await memberOf(DEBTOR)).toEqual(before);
    expect(await alerts(connectionId)).toMatchObject([{ kind: "connection_failing", isOpen: true }]);
  });
});

describe("who may, and where", () => {
  test("the connection of another club is not there, and neither are its people", async () => {
    const other = await makeClub();
    await expect(syncMembers(contextAt(other), { connectionId })).rejects.toMatchObject({ code: "not_found" });
    await sync();
    const seen = await withClub(scopeOf(other), async (tx) => [
      await tx.db.member.count(),
      await tx.db.prospect.count(),
      await tx.db.contact.count(),
      await tx.db.syncCursor.count(),
    ]);
    expect(seen).toEqual([0, 0, 0, 0]);
  });

  test("people of the club do not start it", async () => {
    await expect(syncMembers(club.as.owner, { connectionId })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a connection is due until it was read, again an hour later, and not while it rests", async () => {
    const isDue = async (fixedNow?: Date) =>
      (await listSyncDue({ limit: 1_000, ...(fixedNow === undefined ? {} : { fixedNow }) })).some(
        (due) => due.connectionId === connectionId,
      );
    expect(await isDue()).toBe(true);
    await sandbox.fault({ kind: "500", path: "/api/clubs/" });
    await sync();
    expect(await isDue()).toBe(false);
    await sync();
    expect(await isDue()).toBe(false);
    expect(await isDue(new Date(now().getTime() + 61 * 60_000))).toBe(true);
  });
});
