import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openTestSandbox } from "#local/vendors/clubos/testing.ts";
import type { TestSandbox } from "#local/vendors/clubos/testing.ts";
import { createFetchHttp } from "../_shared/fetch-http.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { JsonValue, VendorMember } from "../ports.ts";
import { createClubHubConnector } from "./connector.ts";
import type { PersonFailure } from "./people.ts";

let sandbox: TestSandbox;

beforeEach(async () => {
  sandbox = await openTestSandbox({ at: "2026-11-20T17:30:00Z" });
});

afterEach(() => sandbox.close());

type Options = { readonly credentials?: Record<string, string>; readonly settings?: Record<string, string> };

const connect = ({ credentials = {}, settings = {} }: Options = {}) => {
  const paths: string[] = [];
  const http = createFetchHttp();
  const { people } = createClubHubConnector({
    connectionId: "conn_test",
    credentials: { username: sandbox.club.clubHub.username, password: sandbox.club.clubHub.password, ...credentials },
    settings: {
      baseUrl: sandbox.url,
      appService: "on",
      clubId: sandbox.club.clubHub.clubId,
      timeZone: sandbox.club.timeZone,
      pageSize: "20",
      ...settings,
    },
    ...openTestNetwork(),
    http: (request) => {
      paths.push(new URL(request.url).pathname);
      return http(request);
    },
    now: sandbox.clock.now,
    session: createMemorySession(),
  });
  const page = async (cursor: JsonValue | null) => {
    const answer = await people?.listMembers({ cursor });
    if (answer === undefined) {
      throw new Error("no people");
    }
    return answer;
  };
  return {
    paths,
    page,
    all: async () => {
      const members: VendorMember[] = [];
      const failures: PersonFailure[] = [];
      for (let cursor: JsonValue | null = null; ;) {
        const answer = await page(cursor);
        members.push(...answer.members);
        failures.push(...("failures" in answer ? (answer.failures as readonly PersonFailure[]) : []));
        ({ cursor } = answer);
        if (cursor === null) {
          return { members, failures, byId: new Map(members.map((member) => [member.externalId, member])) };
        }
      }
    },
  };
};

const countCalls = (paths: readonly string[], end: string): number => paths.filter((path) => path.endsWith(end)).length;

describe("the list of people", () => {
  test("everybody of the club comes, members and prospects, over many pages", async () => {
    const { byId } = await connect().all();
    const expected = await sandbox.people();
    expect([...byId.keys()].toSorted()).toEqual(expected.map(({ clubHubId }) => clubHubId).toSorted());
    expect(new Set([...byId.values()].map(({ kind }) => kind))).toEqual(new Set(["member", "prospect"]));
  });

  test("a member carries number, standing, last visit and what is owed in cents", async () => {
    const { members } = await connect().all();
    const pastDue = members.filter(({ status }) => status === "past_due");
    expect(pastDue.length).toBeGreaterThan(5);
    expect(pastDue.map(({ balanceMinor }) => balanceMinor)).toContain(3_999n);
    expect(pastDue.every(({ balanceMinor }) => balanceMinor !== null && balanceMinor > 0n)).toBe(true);
    expect(members.find(({ status }) => status === "active")).toMatchObject({
      balanceMinor: 0n,
      currency: "USD",
      phone: expect.stringMatching(/^\+130355501\d\d$/),
      lastVisitAt: expect.any(Date),
      state: "CO",
    });
    expect(members.filter(({ kind, status }) => kind === "member" && status === "other")).toEqual([]);
  });

  test("only those who may owe are asked for, and only recent visitors for their visits", async () => {
    const connection = connect();
    const { members } = await connection.all();
    expect(countCalls(connection.paths, "/agreement")).toBe(members.filter(({ status }) => status === "past_due").length);
    expect(members.filter(({ visits }) => visits !== undefined).every(({ status }) => status === "active")).toBe(true);
    const silent = connect({ settings: { visits: "none" } });
    await silent.all();
    expect(countCalls(silent.paths, "/usages")).toBe(0);
  });

  test("a cursor kept from an earlier process goes on at its page", async () => {
    const first = await connect().page(null);
    const second = await connect().page(JSON.parse(JSON.stringify(first.cursor)));
    expect(second.members.some(({ externalId }) => first.members.map((member) => member.externalId).includes(externalId))).toBe(false);
  });

  test("somebody who joins while the list is read is found in a second pass", async () => {
    await sandbox.fault({ kind: "page_drift" });
    const connection = connect({ settings: { visits: "none" } });
    const { byId } = await connection.all();
    expect(byId.size).toBe((await sandbox.people()).length);
    const calm = connect({ settings: { visits: "none" } });
    await calm.all();
    expect(countCalls(calm.paths, "/members")).toBeLessThan(countCalls(connection.paths, "/members"));
  });
});

test("whenever a list moves while it is read, everybody is found", async () => {
  const everybody = (await sandbox.people()).length;
  // Pages and landmarks are asked for side by side, so each count of calls is another moment.
  for (let after = 0; after < 10; after += 1) {
    await sandbox.fault({ kind: "page_drift", path: "/api/clubs", after });
    expect((await connect({ settings: { visits: "none" } }).all()).byId.size).toBe(everybody);
  }
});

describe("trouble", () => {
  test("a token that ends between pages is renewed once", async () => {
    const connection = connect();
    const first = await connection.page(null);
    sandbox.clock.advance(10_000);
    await sandbox.expireSessions();
    const second = await connection.page(first.cursor);
    expect(second.members.length).toBeGreaterThan(0);
    expect(await sandbox.facts("login")).toHaveLength(2);
  });

  test("one agreement that cannot be read is reported, and everybody comes all the same", async () => {
    await sandbox.fault({ kind: "agreement_error" });
    const { members, failures, byId } = await connect().all();
    expect(failures).toMatchObject([{ what: "agreement", code: "500" }]);
    expect(byId.get(failures[0]?.externalId ?? "")).toMatchObject({ status: "past_due", balanceMinor: null });
    expect(new Set(members.map(({ externalId }) => externalId)).size).toBe((await sandbox.people()).length);
  });

  test("a wrong password is tried once and then known", async () => {
    const connection = connect({ credentials: { password: "wrong" } });
    await expect(connection.page(null)).rejects.toMatchObject({ kind: "unauthorized" });
    await expect(connection.page(null)).rejects.toMatchObject({ kind: "unauthorized" });
    expect(await sandbox.facts("login")).toHaveLength(1);
  });

  test.each([
    { fault: { kind: "bot_wall", path: "/api/clubs" } as const, expected: { kind: "unavailable", code: "bot_wall" } },
    { fault: { kind: "500", path: "/api/clubs" } as const, expected: { kind: "unavailable" } },
    { fault: { kind: "429", path: "/api/clubs", retryAfterSeconds: 40 } as const, expected: { kind: "throttled", retryAfterSeconds: 40 } },
    { fault: { kind: "renamed_fields", path: "/api/clubs" } as const, expected: { kind: "malformed" } },
  ])("$fault.kind is $expected.kind, never an empty list", async ({ fault, expected }) => {
    await sandbox.fault(fault);
    await expect(connect().page(null)).rejects.toMatchObject(expected);
  });

  test("the list of a club that the account may not see is rejected", async () => {
    await expect(connect({ settings: { clubId: "9999" } }).page(null)).rejects.toMatchObject({ kind: "rejected" });
  });
});
