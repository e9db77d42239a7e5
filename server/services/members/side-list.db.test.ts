import { ConnectorError } from "#server/connectors/errors.ts";
import type { Connector, VendorMember } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Provider } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { systemContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeConnection, minutesAfter, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { listSyncDue } from "./list-sync-due.ts";
import { syncMembers } from "./sync-members.ts";

/** A connection whose inbox is read every few seconds may list people as well, such as the training clients of ClubOS. */

useDatabase();

let owner: Awaited<ReturnType<ReturnType<typeof database>["as"]>>;
let club: TestClub;
let books: Id<"connection">;
let inbox: Id<"connection">;
let lists: Map<string, () => Promise<readonly VendorMember[] | null>>;

beforeAll(async () => {
  owner = await database().as("OWNER");
});
afterAll(() => owner.end());

const scripted = (provider: Provider) => {
  const entry = CONNECTORS[provider];
  if (entry === undefined) {
    throw new Error(`${provider} has no connector`);
  }
  CONNECTORS[provider] = {
    ...entry,
    create: ({ connectionId }): Connector => {
      const list = lists.get(connectionId);
      return {
        provider,
        capabilities: [],
        check: async () => ({ account: "scripted" }),
        ...(list === undefined
          ? {}
          : { people: { listMembers: async () => ({ members: (await list()) ?? [], cursor: null, mayHaveMissed: false }) } }),
      };
    },
  };
};

beforeEach(async () => {
  lists = new Map();
  scripted("clubhub");
  scripted("clubos");
  club = await makeClub();
  books = newId("connection");
  inbox = newId("connection");
  await makeConnection(club, { id: books, provider: "clubhub" });
  await makeConnection(club, { id: inbox, provider: "clubos", nextPollAt: MADE_AT, lastSuccessAt: MADE_AT });
});

const person = (over: Partial<VendorMember>): VendorMember => ({
  externalId: "1",
  kind: "member",
  firstName: "Arvo",
  lastName: "Amberwick",
  phone: "+13035550101",
  email: "arvo@club.example",
  status: "active",
  statusMessage: "In good standing",
  balanceMinor: 0n,
  currency: "USD",
  joinedOn: "2024-01-01",
  dateOfBirth: null,
  lastVisitAt: null,
  membershipType: "Monthly 12",
  state: null,
  zip: null,
  ...over,
});

const trainee = (trainingBalanceMinor?: bigint): VendorMember =>
  person({
    externalId: "180",
    status: "other",
    statusMessage: "Training client",
    balanceMinor: null,
    joinedOn: null,
    membershipType: null,
    ...(trainingBalanceMinor === undefined ? {} : { trainingBalanceMinor }),
  });

const at = (minutes: number) => ({ ...systemContext(scopeOf(club), { job: "sync-members" }), fixedNow: minutesAfter(minutes) });
const sync = (connectionId: Id<"connection">, minutes: number) => syncMembers(at(minutes), { connectionId });
const tells = (connectionId: string, ...people: readonly VendorMember[]) => lists.set(connectionId, async () => people);
const members = () => owner.query(`select * from "Member" where "clubId" = $1`, [club.id]);
const connection = async () => (await owner.query(`select * from "Connection" where id = $1`, [inbox]))[0];

describe("what is owed for training", () => {
  beforeEach(async () => {
    tells(books, person({}));
    await sync(books, 0);
    tells(inbox, trainee(6_000n));
    await sync(inbox, 1);
  });

  test("is written to the one member the books know, and nothing else of that member is", async () => {
    expect(await members()).toMatchObject([
      { trainingBalanceMinor: "6000", status: "active", membershipType: "Monthly 12", joinedOn: "2024-01-01", balanceMinor: "0" },
    ]);
    await sync(books, 30);
    expect(await members()).toMatchObject([{ trainingBalanceMinor: "6000" }]);
  });

  test("goes down when it was paid, and stays when it could not be read", async () => {
    tells(inbox, trainee());
    await sync(inbox, 31);
    expect(await members()).toMatchObject([{ trainingBalanceMinor: "6000" }]);
    tells(inbox, trainee(0n));
    await sync(inbox, 61);
    expect(await members()).toMatchObject([{ trainingBalanceMinor: "0" }]);
  });

  test("is forgotten with somebody who trains no more, who stays a member", async () => {
    tells(inbox);
    await sync(inbox, 31);
    await sync(inbox, 61);
    expect(await members()).toMatchObject([{ trainingBalanceMinor: null, archivedAt: null, status: "active" }]);
  });
});

describe("the readings of the inbox", () => {
  test("are not kept waiting, and keep their own word on the health of the connection", async () => {
    const before = await connection();
    let during: unknown;
    lists.set(inbox, async () => {
      during = await connection();
      return [trainee(0n)];
    });
    expect(await sync(inbox, 1)).toMatchObject({ kind: "synced", createdCount: 1 });
    expect(during).toEqual(before);
    lists.set(inbox, () => Promise.reject(new ConnectorError("unavailable", "not now")));
    expect(await sync(inbox, 31)).toMatchObject({ kind: "failed" });
    expect(await connection()).toEqual(before);
  });
});

describe("one list", () => {
  test("is read by one at a time, and taken over from whoever fell silent", async () => {
    let second: unknown;
    lists.set(inbox, async () => {
      second ??= await sync(inbox, 2);
      return [trainee(0n)];
    });
    expect(await sync(inbox, 1)).toMatchObject({ kind: "synced" });
    expect(second).toEqual({ kind: "busy" });
    let isFirst = true;
    lists.set(inbox, async () => {
      if (isFirst) {
        isFirst = false;
        expect(await sync(inbox, 38)).toMatchObject({ kind: "synced" });
      }
      return [trainee(0n)];
    });
    await expect(sync(inbox, 31)).rejects.toMatchObject({ code: "conflict" });
  });

  test("that does not exist is no failure, and holds nothing", async () => {
    expect(await sync(inbox, 1)).toEqual({ kind: "none" });
    tells(inbox, trainee(0n));
    expect(await sync(inbox, 1)).toMatchObject({ kind: "synced" });
    expect(await sync(books, 1)).toEqual({ kind: "none" });
    tells(books, person({}));
    expect(await sync(books, 1)).toMatchObject({ kind: "synced" });
  });

  test("is due once in every turn, and at once where nothing was ever read", async () => {
    const isDue = async (minutes: number) =>
      (await listSyncDue({ limit: 1_000, fixedNow: minutesAfter(minutes) })).some(({ connectionId }) => connectionId === inbox);
    const due = [];
    for (let minute = 0; minute < 60; minute += 1) {
      due.push(await isDue(minute));
    }
    expect(due.filter(Boolean)).toHaveLength(2);
    await owner.query(`update "Connection" set "lastSuccessAt" = null where id = $1`, [inbox]);
    expect(await isDue(0)).toBe(true);
  });
});
