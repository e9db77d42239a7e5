import { ConnectorError } from "#server/connectors/errors.ts";
import type { Connector, VendorMember } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Provider } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { resolveAlert } from "#server/services/alerts/resolve-alert.ts";
import { sealCredentials } from "#server/services/connections/credentials.ts";
import { systemContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, minutesAfter, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { balanceReadAt } from "./balance-read-at.ts";
import { syncMembers } from "./sync-members.ts";

useDatabase();

type Answer = { readonly people: readonly VendorMember[]; readonly mayHaveMissed?: boolean; readonly failedIds?: readonly string[] };

/** What the vendor behind each connection lists; scripted, because what is tested is what we make of it. */
const lists = new Map<string, Answer | ConnectorError>();

const scripted = (provider: Provider) => {
  const entry = CONNECTORS[provider];
  if (entry === undefined) {
    throw new Error(`${provider} has no connector`);
  }
  CONNECTORS[provider] = {
    ...entry,
    create: ({ connectionId }): Connector => ({
      provider,
      capabilities: ["members.read"],
      check: async () => ({ account: "scripted" }),
      people: {
        listMembers: async () => {
          const answer = lists.get(connectionId) ?? { people: [] };
          if (answer instanceof ConnectorError) {
            throw answer;
          }
          const failures = (answer.failedIds ?? []).map((externalId) => ({ externalId, what: "agreement", code: "500" }));
          return { members: answer.people, cursor: null, mayHaveMissed: answer.mayHaveMissed ?? false, failures };
        },
      },
    }),
  };
};

let club: TestClub;
let books: Id<"connection">;
let minutes = 0;

const connect = async (provider: Provider): Promise<Id<"connection">> => {
  scripted(provider);
  const id = newId("connection");
  await makeConnection(club, {
    id,
    provider,
    sealedCredentials: await withClub(scopeOf(club), (tx) => sealCredentials(tx, scopeOf(club), { connectionId: id, credentials: {} })),
  });
  return id;
};

beforeEach(async () => {
  club = await makeClub();
  books = await connect("clubhub");
  minutes = 0;
});

const at = () => ({ ...systemContext(scopeOf(club), { job: "sync-members" }), fixedNow: minutesAfter(minutes) });
/** Each pass half an hour after the one before. */
const sync = (connectionId: Id<"connection">, people: readonly VendorMember[], more: Omit<Answer, "people"> = {}) => {
  lists.set(connectionId, { people, ...more });
  minutes += 30;
  return syncMembers(at(), { connectionId });
};

const person = (overrides: Partial<VendorMember> = {}): VendorMember => ({
  externalId: "h-1",
  kind: "member",
  firstName: "Orla",
  lastName: "Ruiz",
  phone: "+13035550104",
  email: null,
  status: "active",
  statusMessage: "",
  balanceMinor: 0n,
  currency: "USD",
  joinedOn: "2026-01-05",
  dateOfBirth: null,
  lastVisitAt: null,
  membershipType: null,
  state: null,
  zip: null,
  ...overrides,
});

const members = () => database().owner.member.findMany({ where: { clubId: club.id, archivedAt: null }, orderBy: { id: "asc" } });
const prospects = () => database().owner.prospect.findMany({ where: { clubId: club.id, archivedAt: null } });
const identities = () =>
  database().owner.memberIdentity.findMany({ where: { clubId: club.id, archivedAt: null }, orderBy: { externalId: "asc" } });
const cards = () => database().owner.alert.findMany({ where: { clubId: club.id, kind: "limit_reached" }, orderBy: { id: "asc" } });

describe("one person in several systems", () => {
  let site: Id<"connection">;
  beforeEach(async () => {
    site = await connect("clubos");
  });

  test("is one member with an identity in each, the books deciding whoever came first", async () => {
    await sync(site, [person({ externalId: "o-9", status: "other", balanceMinor: null, email: "orla@people.example" })]);
    expect(await sync(books, [person({ status: "past_due", balanceMinor: 3_999n })])).toMatchObject({ createdCount: 0, mergedCount: 1 });
    expect(await members()).toMatchObject([
      {
        connectionId: books,
        externalId: "h-1",
        status: "past_due",
        balanceMinor: 3_999n,
        phone: "+13035550104",
        email: "orla@people.example",
      },
    ]);
    expect(await identities()).toMatchObject([
      { externalId: "h-1", connectionId: books },
      { externalId: "o-9", connectionId: site },
    ]);
    await sync(site, [person({ externalId: "o-9", status: "frozen", balanceMinor: null, email: "orla@people.example" })]);
    expect(await members()).toMatchObject([{ status: "past_due", connectionId: books }]);
  });

  test("is found by the e-mail where the phones differ, and keeps the leading phone", async () => {
    await sync(books, [person({ email: "orla@people.example" })]);
    await sync(site, [person({ externalId: "o-9", phone: "+13035550177", email: "orla@people.example" })]);
    expect(await members()).toMatchObject([{ phone: "+13035550104" }]);
  });

  test("stays two where only the phone is shared", async () => {
    await sync(books, [person()]);
    await sync(site, [person({ externalId: "o-9", firstName: "Paz" })]);
    expect(await members()).toHaveLength(2);
    expect(new Set((await members()).map(({ contactId }) => contactId)).size).toBe(2);
  });

  test("stays two where father and son share name and phone", async () => {
    await sync(books, [person({ dateOfBirth: "1962-11-30" })]);
    await sync(site, [person({ externalId: "o-9", dateOfBirth: "1990-03-01" })]);
    expect(await members()).toHaveLength(2);
  });

  test("stays two where one vendor has two entries", async () => {
    await sync(books, [person(), person({ externalId: "h-2" })]);
    expect(await members()).toHaveLength(2);
    await sync(site, [person({ externalId: "o-9" })]);
    expect(await members(), "nobody can tell which of the two it is").toHaveLength(3);
  });

  test("who is a prospect in one and a member in the other is a member, whichever comes first", async () => {
    await sync(site, [person({ externalId: "o-9", kind: "prospect", status: "other" })]);
    expect(await prospects()).toHaveLength(1);
    await sync(books, [person()]);
    expect(await prospects()).toEqual([]);
    expect(await members()).toHaveLength(1);
    await sync(site, [person({ externalId: "o-9", kind: "prospect", status: "other", zip: "80202" })]);
    expect([await prospects(), await members()]).toMatchObject([[], [{ status: "active", connectionId: books }]]);
    expect(await identities()).toMatchObject([{ prospectId: null }, { prospectId: null, kind: "prospect" }]);
  });

  test("an unchanged person writes neither record", async () => {
    await sync(site, [person({ externalId: "o-9" })]);
    await sync(books, [person()]);
    const before = await members();
    await sync(site, [person({ externalId: "o-9" })]);
    await sync(books, [person()]);
    expect(await members()).toEqual(before);
  });

  test("who leaves the books stays a member by the other system, which decides from then on", async () => {
    await sync(books, [person(), person({ externalId: "h-2", firstName: "Zoe", phone: "+13035550105" })]);
    await sync(site, [person({ externalId: "o-9", status: "frozen" })]);
    const others = [person({ externalId: "h-2", firstName: "Zoe", phone: "+13035550105" })];
    await sync(books, others);
    expect(await sync(books, others)).toMatchObject({ archivedCount: 1 });
    await sync(site, [person({ externalId: "o-9", status: "frozen" })]);
    expect(await members()).toEqual(
      expect.arrayContaining([expect.objectContaining({ connectionId: site, externalId: "o-9", status: "frozen" })]),
    );
  });
});

describe("who vanishes from the list", () => {
  const many = (count: number): VendorMember[] =>
    Array.from({ length: count }, (_value, index) =>
      person({ externalId: `h-${index}`, firstName: `Kit${index}`, phone: `+130355501${index.toString().padStart(2, "0")}` }),
    );

  test("is archived after two complete passes, not after one, and comes back with the next that lists them", async () => {
    await sync(books, many(10));
    expect(await sync(books, many(9))).toMatchObject({ archivedCount: 0 });
    expect(await members()).toHaveLength(10);
    expect(await sync(books, many(9))).toMatchObject({ archivedCount: 1 });
    expect(await members()).toHaveLength(9);
    expect(await database().owner.auditLog.count({ where: { clubId: club.id, action: "members.archived" } })).toBe(1);
    await sync(books, many(10));
    expect(await members()).toHaveLength(10);
    expect(await database().owner.member.count({ where: { clubId: club.id } })).toBe(10);
  });

  test("is not missed by a pass that shifted, nor by one that broke off", async () => {
    await sync(books, many(10));
    await sync(books, many(9), { mayHaveMissed: true });
    await sync(books, many(9), { mayHaveMissed: true });
    lists.set(books, new ConnectorError("unavailable", "the vendor is not there"));
    minutes += 30;
    await syncMembers(at(), { connectionId: books });
    expect(await sync(books, many(9))).toMatchObject({ archivedCount: 0 });
    expect(await members()).toHaveLength(10);
  });

  test("a list cut short archives nobody and asks a person; what the person agreed to is done, and no more", async () => {
    await sync(books, many(20));
    await sync(books, many(8));
    expect(await sync(books, many(8))).toMatchObject({ archivedCount: 0 });
    expect(await members()).toHaveLength(20);
    const [card] = await cards();
    expect(card).toMatchObject({ resolvedAt: null, title: expect.stringMatching(/^12 of 20 people/) });
    minutes += 1;
    await resolveAlert({ ...club.as.staff, fixedNow: minutesAfter(minutes) }, { alertId: card?.id as Id<"alert"> });
    // Two more have gone since: they were not part of what was agreed to.
    expect(await sync(books, many(6))).toMatchObject({ archivedCount: 12 });
    expect(await members()).toHaveLength(8);
    expect(await sync(books, many(6))).toMatchObject({ archivedCount: 0 });
    expect(await cards()).toMatchObject([{ resolvedAt: expect.any(Date) }, { resolvedAt: null }]);
  });

  test("a list that comes back whole closes the card by itself", async () => {
    await sync(books, many(20));
    await sync(books, []);
    await sync(books, []);
    expect(await cards()).toMatchObject([{ resolvedAt: null }]);
    await sync(books, many(20));
    expect(await cards()).toMatchObject([{ resolvedAt: expect.any(Date), resolvedById: null }]);
    expect(await members()).toHaveLength(20);
  });

  test("who left the members and is listed as a prospect becomes one", async () => {
    await sync(books, many(5));
    const left = [...many(4), person({ externalId: "h-4", kind: "prospect", status: "other", firstName: "Kit4", phone: "+13035550104" })];
    await sync(books, left);
    await sync(books, left);
    await sync(books, left);
    expect([(await members()).length, (await prospects()).length]).toEqual([4, 1]);
  });
});

test("a balance is as old as the pass that last told it, and unknown while the vendor cannot", async () => {
  const readAt = async () => {
    const [member] = await members();
    return withClub(scopeOf(club), (tx) => balanceReadAt(tx, { clubId: club.id, memberId: member?.id ?? "" }));
  };
  await sync(books, [person({ status: "past_due", balanceMinor: 3_999n })]);
  expect(await readAt()).toEqual(minutesAfter(30));
  await sync(books, [person({ status: "past_due", balanceMinor: 3_999n })]);
  expect(await readAt()).toEqual(minutesAfter(60));
  await sync(books, [person({ status: "past_due", balanceMinor: null })], { failedIds: ["h-1"] });
  expect(await readAt()).toBeNull();
  await sync(books, [person({ status: "past_due", balanceMinor: 3_999n })]);
  expect(await readAt()).toEqual(minutesAfter(120));
});
