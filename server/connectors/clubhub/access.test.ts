import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openTestSandbox } from "#local/vendors/clubos/testing.ts";
import type { SandboxPerson, TestSandbox } from "#local/vendors/clubos/testing.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { AccessPort } from "../acts.ts";
import type { Connector } from "../ports.ts";
import { createClubHubConnector } from "./connector.ts";

let sandbox: TestSandbox;
let person: SandboxPerson;

beforeEach(async () => {
  sandbox = await openTestSandbox({ at: "2026-11-20T17:30:00Z" });
  const [first] = await sandbox.people();
  if (first === undefined) {
    throw new Error("nobody there");
  }
  person = first;
});

afterEach(() => sandbox.close());

const connect = (settings: Readonly<Record<string, string>> = {}): Connector =>
  createClubHubConnector({
    connectionId: "conn_test",
    credentials: { username: sandbox.club.clubHub.username, password: sandbox.club.clubHub.password },
    settings: { baseUrl: sandbox.url, appService: "on", clubId: sandbox.club.clubHub.clubId, ...settings },
    ...openTestNetwork(),
    now: sandbox.clock.now,
    session: createMemorySession(),
  });

const accessOf = (connector = connect()): AccessPort => {
  if (connector.access === undefined) {
    throw new Error("no access");
  }
  return connector.access;
};

const set = (state: "allowed" | "suspended", id = person.clubHubId) =>
  accessOf().set({ key: "eff_1", personExternalId: id, state, note: "past due 45 days, approved by the manager" });
const read = (id = person.clubHubId) => accessOf().read({ personExternalId: id });

describe("bans", () => {
  test("a member is locked out and let in again, and what the vendor shows is the answer", async () => {
    expect(await read()).toEqual({ state: "allowed", detail: null });
    expect(await set("suspended")).toEqual({ state: "suspended", vendorReference: null });
    expect(await read()).toMatchObject({ state: "suspended" });
    expect(await set("allowed")).toMatchObject({ state: "allowed" });
    expect(await sandbox.facts("ban")).toMatchObject([
      { personId: person.personExternalId, isBanned: true, note: "past due 45 days, approved by the manager" },
      { isBanned: false },
    ]);
  });

  test.each(["suspended", "allowed"] as const)(
    "a change to %s that does not show yet is no success, and may be made again",
    async (state) => {
      await set(state === "suspended" ? "allowed" : "suspended");
      await sandbox.fault({ kind: "late_ban" });
      await expect(set(state)).rejects.toMatchObject({ kind: "unavailable", code: "read_back" });
      expect(await set(state)).toMatchObject({ state });
    },
  );

  test("nobody who works at the club is banned, and the vendor is not even asked", async () => {
    await sandbox.markStaff(person.personExternalId);
    await expect(set("suspended")).rejects.toMatchObject({ kind: "rejected", reason: "not_allowed" });
    expect(await sandbox.facts("ban")).toEqual([]);
  });

  test.each(["999", "undefined", "1/../2", ""])("somebody the vendor does not know (%s) is rejected", async (id) => {
    await expect(set("suspended", id)).rejects.toMatchObject({ kind: "rejected", reason: "not_found" });
    await expect(read(id)).rejects.toMatchObject({ kind: "rejected", reason: "not_found" });
  });

  test("a read that fails is never taken for a member who may come in", async () => {
    await set("suspended");
    await sandbox.fault({ kind: "changed_field", operation: "read_ban", count: 1 });
    await expect(read()).rejects.toMatchObject({ kind: "malformed" });
    await sandbox.fault({ kind: "html_page", operation: "read_ban", count: 1 });
    await expect(read()).rejects.toMatchObject({ kind: "unavailable" });
  });
});

describe("the switch", () => {
  test.each([{ appService: "off" }, { appService: "" }])(
    "while it is off nothing is offered and nobody is asked ($appService)",
    async (settings) => {
      const connector = connect(settings);
      expect(connector.capabilities).toEqual([]);
      expect([connector.people, connector.access, connector.notes]).toEqual([undefined, undefined, undefined]);
      await expect(connector.check()).rejects.toMatchObject({
        kind: "unauthorized",
        message: expect.stringContaining("nothing is turned on"),
      });
      expect(await sandbox.facts("login")).toEqual([]);
    },
  );
});

describe("consents", () => {
  const consentsWith = async (consentFields: string) =>
    (await connect({ consentFields }).people?.listMembers({ cursor: null }))?.members.map(({ consents }) => consents) ?? [];

  test("none are read unless a setting names their fields", async () => {
    expect((await consentsWith("")).every((consents) => consents === undefined)).toBe(true);
  });

  test("a yes or no with its date is a consent; a field that is not there, or has no date, is none", async () => {
    const all = await consentsWith("smsOptIn@smsOptInDate:marketing:sms, emailOptIn@noSuchDate:marketing:email");
    const given = all.flatMap((consents) => consents ?? []);
    expect(new Set(given.map(({ channel, purpose }) => `${purpose} ${channel}`))).toEqual(new Set(["marketing sms"]));
    expect(new Set(given.map(({ granted }) => granted))).toEqual(new Set([true, false]));
    expect(given.every(({ at }) => at instanceof Date && at < sandbox.clock.now())).toBe(true);
  });

  test("a setting nobody can read is refused, not left out", () => {
    expect(() => connect({ consentFields: "smsOptIn" })).toThrow("not filled in completely");
  });
});
