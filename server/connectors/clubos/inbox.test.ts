import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openTestSandbox } from "#local/vendors/clubos/testing.ts";
import type { SandboxPerson, TestSandbox } from "#local/vendors/clubos/testing.ts";
import { createFetchHttp } from "../_shared/fetch-http.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { PollResult } from "../inbox-port.ts";
import type { JsonValue, VendorMessage } from "../ports.ts";
import { createClubOsConnector } from "./connector.ts";

/** 10:30 in Denver. */
const MORNING = "2026-11-20T17:30:00Z";
/** Thousands of messages are written to the stand-in before they are read. */
const LONG_LIST_TIMEOUT_MS = 30_000;

let sandbox: TestSandbox;
let people: readonly SandboxPerson[];

beforeEach(async () => {
  sandbox = await openTestSandbox({ at: MORNING });
  people = await sandbox.people();
});

afterEach(() => sandbox.close());

const person = (index: number): SandboxPerson => {
  const found = people[index];
  if (found === undefined) {
    throw new Error(`nobody at ${index}`);
  }
  return found;
};

/** A connection as the product holds one: its cursor moves with each poll, its session lives on. */
const connect = (credentials: Record<string, string> = {}) => {
  let cursor: JsonValue = null;
  let calls: string[] = [];
  const http = createFetchHttp();
  const connector = createClubOsConnector({
    connectionId: "conn_test",
    credentials: { username: sandbox.club.clubOs?.username ?? "", password: sandbox.club.clubOs?.password ?? "", ...credentials },
    settings: { baseUrl: sandbox.url, staffSite: "on", ownerId: sandbox.club.clubOs?.ownerId, timeZone: sandbox.club.timeZone },
    ...openTestNetwork(),
    http: (request) => {
      calls.push(new URL(request.url).pathname);
      return http(request);
    },
    now: sandbox.clock.now,
    session: createMemorySession(),
  });
  const poll = async (): Promise<PollResult> => {
    const result = await connector.inbox?.poll?.({ cursor, limit: 100 });
    if (result === undefined) {
      throw new Error("no inbox");
    }
    ({ cursor } = result);
    return result;
  };
  return {
    poll,
    /** Until the vendor has nothing more to say. */
    drain: async (): Promise<VendorMessage[]> => {
      const messages: VendorMessage[] = [];
      for (let result = await poll(); ; result = await poll()) {
        messages.push(...result.messages);
        if (!result.more) {
          return messages;
        }
      }
    },
    callsSince: () => {
      const made = calls;
      calls = [];
      return made;
    },
    forget: () => {
      cursor = null;
    },
  };
};

const texts = (messages: readonly VendorMessage[]): string[] => messages.map(({ text }) => text);
const ids = (messages: readonly VendorMessage[]): string[] => messages.map(({ externalId }) => externalId);

describe("what a poll brings", () => {
  test("a member's text comes in once, with the person, the number and the time that the list does not show", async () => {
    const connection = connect();
    await connection.poll();
    await sandbox.write(person(0).personExternalId, "are you open\non Sunday? <3");
    const { messages } = await connection.poll();
    expect(messages).toMatchObject([
      {
        direction: "inbound",
        text: "are you open\non Sunday? <3",
        contact: { externalId: person(0).personExternalId, address: person(0).phone, name: person(0).name },
        channelExternalId: sandbox.club.clubOs?.ownerId,
        sentAt: new Date(MORNING),
      },
    ]);
    expect((await connection.poll()).unchanged).toBe(true);
  });

  test("what staff type on the vendor's page comes in as outbound, with their name", async () => {
    const connection = connect();
    await sandbox.write(person(0).personExternalId, "hi");
    sandbox.clock.advance(60_000);
    await sandbox.staffWrite(person(0).personExternalId, "hello, how can we help?");
    expect(await connection.drain()).toMatchObject([
      { direction: "inbound", text: "hi" },
      { direction: "outbound", text: "hello, how can we help?", authorName: "Tansy Brook" },
    ]);
  });

  test("an unchanged list costs one call", async () => {
    const connection = connect();
    await sandbox.write(person(0).personExternalId, "hi");
    await connection.drain();
    await connection.poll();
    connection.callsSince();
    await connection.poll();
    expect(connection.callsSince()).toEqual(["/action/Dashboard/messages"]);
  });

  test("two members of one name are told apart, also when both write the same words", async () => {
    const [first, second] = [person(10), person(31)];
    expect(first.name).toBe(second.name);
    const connection = connect();
    await sandbox.write(second.personExternalId, "yes");
    await sandbox.write(first.personExternalId, "yes");
    const messages = await connection.drain();
    expect(messages.map(({ contact }) => contact.externalId).toSorted()).toEqual(
      [first.personExternalId, second.personExternalId].toSorted(),
    );
    expect(new Set(ids(messages)).size).toBe(2);
  });

  test("the same words three times on one day are three messages", async () => {
    const connection = connect();
    for (let count = 0; count < 3; count += 1) {
      await sandbox.write(person(0).personExternalId, "hello??");
      await connection.drain();
    }
    sandbox.clock.advance(1_000);
    connection.forget();
    expect(new Set(ids(await connection.drain())).size).toBe(3);
  });

  test("the same words in both directions on one day are two messages", async () => {
    const connection = connect();
    await sandbox.write(person(0).personExternalId, "ok");
    await sandbox.staffWrite(person(0).personExternalId, "ok");
    expect((await connection.drain()).map(({ direction }) => direction).toSorted()).toEqual(["inbound", "outbound"]);
  });

  test("a member whose name staff correct does not write again", async () => {
    const connection = connect();
    await sandbox.write(person(0).personExternalId, "I got married");
    await connection.drain();
    await sandbox.rename(person(0).personExternalId, "Newlywed");
    expect(await connection.drain()).toEqual([]);
  });

  test("a new connection reads back a few days, not the whole history", async () => {
    await sandbox.history([
      { personExternalId: person(0).personExternalId, direction: "inbound", text: "long ago", at: "2026-11-10T17:00:00Z" },
      { personExternalId: person(0).personExternalId, direction: "inbound", text: "lately", at: "2026-11-19T17:00:00Z" },
    ]);
    expect(texts(await connect().drain())).toEqual(["lately"]);
  });
});

describe("ids", () => {
  test.each([
    { what: "midnight", before: "2026-11-20T17:30:00Z", after: "2026-11-21T07:05:00Z" },
    { what: "the end of the year", before: "2027-01-01T06:40:00Z", after: "2027-01-01T07:10:00Z" },
    { what: "the night the clocks go back", before: "2026-11-01T05:50:00Z", after: "2026-11-01T09:30:00Z" },
  ])("survive $what, when the clock time of a message turns into its day", async ({ before, after }) => {
    sandbox.clock.set(before);
    const connection = connect();
    await sandbox.write(person(0).personExternalId, "see you tomorrow");
    const first = await connection.drain();
    sandbox.clock.set(after);
    expect(await connection.drain()).toEqual([]);
    connection.forget();
    expect(ids(await connection.drain())).toEqual(ids(first));
  });

  test("within seconds of midnight a clock time could mean either day, so nothing is read until it cannot", async () => {
    sandbox.clock.set("2026-11-21T06:59:59Z");
    const connection = connect();
    await sandbox.write(person(0).personExternalId, "anyone there?");
    expect(await connection.poll()).toMatchObject({ messages: [], unchanged: true, cursor: null });
    sandbox.clock.advance(5_000);
    expect(texts(await connection.drain())).toEqual(["anyone there?"]);
  });
});

describe("nothing is lost", () => {
  test("a backlog longer than the short list comes in whole, oldest first", { timeout: LONG_LIST_TIMEOUT_MS }, async () => {
    const connection = connect();
    await connection.poll();
    const started = sandbox.clock.now().getTime();
    await sandbox.history(
      Array.from({ length: 400 }, (_, index) => ({
        personExternalId: person(index % 20).personExternalId,
        direction: "inbound",
        text: `message ${index}`,
        at: new Date(started + index * 1_000),
      })),
    );
    sandbox.clock.advance(3_600_000);
    const messages = await connection.drain();
    expect(new Set(texts(messages)).size).toBe(400);
    expect(messages).toHaveLength(400);
  });

  test("a list of more than four megabytes is read", { timeout: LONG_LIST_TIMEOUT_MS }, async () => {
    await sandbox.history(
      Array.from({ length: 4_300 }, (_, index) => ({
        personExternalId: person(index % 50).personExternalId,
        direction: "outbound",
        text: `${index} ${"lorem ".repeat(160)}`,
        at: new Date(Date.parse("2026-10-01T12:00:00Z") + index * 60_000),
      })),
    );
    await sandbox.history(
      Array.from({ length: 200 }, (_, index) => ({
        personExternalId: person(0).personExternalId,
        direction: "inbound",
        text: `new ${index}`,
        at: MORNING,
      })),
    );
    const list = await connect().drain();
    expect(list).toHaveLength(200);
  });

  test("a text that the follow-up log shows late is waited for", async () => {
    const connection = connect();
    await connection.poll();
    await sandbox.write(person(0).personExternalId, "quick question");
    await sandbox.fault({ kind: "late_log" });
    expect(await connection.drain()).toEqual([]);
    sandbox.clock.advance(10_000);
    expect(await connection.drain()).toMatchObject([{ text: "quick question", contact: { externalId: person(0).personExternalId } }]);
  });

  test("a text that no log ever shows is handed out after a minute, with nobody to answer", async () => {
    const connection = connect();
    await connection.poll();
    await sandbox.write(person(0).personExternalId, "hello?");
    await sandbox.fault({ kind: "late_log", count: 50 });
    await connection.drain();
    sandbox.clock.advance(61_000);
    expect(await connection.drain()).toMatchObject([
      { direction: "inbound", text: "hello?", contact: { address: null, externalId: null, name: person(0).name } },
    ]);
    expect(await connection.drain()).toEqual([]);
  });

  test("an error about one person holds up nobody else, and heals", async () => {
    const connection = connect();
    await connection.poll();
    await sandbox.write(person(0).personExternalId, "first");
    await sandbox.write(person(1).personExternalId, "second");
    await sandbox.fault({ kind: "500", path: "/action/FollowUp", count: 1 });
    expect(texts(await connection.drain())).toEqual(["second"]);
    expect(texts(await connection.drain())).toEqual(["first"]);
  });
});

describe("trouble is said, never taken for silence", () => {
  test.each(["truncated_html", "changed_class"] as const)("%s ends in malformed and moves no cursor", async (kind) => {
    const connection = connect();
    await connection.poll();
    await sandbox.write(person(0).personExternalId, "hello");
    await sandbox.fault({ kind });
    await expect(connection.poll()).rejects.toMatchObject({ kind: "malformed" });
    expect(texts(await connection.drain())).toEqual(["hello"]);
  });

  test("a list that forgot its messages is malformed", async () => {
    const connection = connect();
    await sandbox.write(person(0).personExternalId, "hello");
    await connection.drain();
    await sandbox.fault({ kind: "empty_list", count: 2 });
    await expect(connection.poll()).rejects.toMatchObject({ kind: "malformed" });
  });

  test("a page for people in place of the list is malformed", async () => {
    const connection = connect();
    await connection.poll();
    await sandbox.fault({ kind: "bot_wall", path: "/action/Dashboard/messages" });
    await expect(connection.poll()).rejects.toMatchObject({ kind: "malformed" });
  });

  test("429 keeps the wait that the vendor asked for", async () => {
    const connection = connect();
    await connection.poll();
    await sandbox.fault({ kind: "429", retryAfterSeconds: 17 });
    await expect(connection.poll()).rejects.toMatchObject({ kind: "throttled", retryAfterSeconds: 17 });
  });
});

describe("sign-in", () => {
  test("a session that ends in the middle of a poll is renewed and the poll goes on", async () => {
    const connection = connect();
    await connection.poll();
    await sandbox.write(person(0).personExternalId, "first");
    await sandbox.write(person(1).personExternalId, "second");
    sandbox.clock.advance(10_000);
    await sandbox.fault({ kind: "session_expired_after", after: 4 });
    expect(texts(await connection.drain())).toEqual(["first", "second"]);
    expect(await sandbox.facts("login")).toHaveLength(2);
  });

  test("a wrong password is tried once and then known", async () => {
    const connection = connect({ password: "wrong" });
    await expect(connection.poll()).rejects.toMatchObject({ kind: "unauthorized" });
    sandbox.clock.advance(60_000);
    await expect(connection.poll()).rejects.toMatchObject({ kind: "unauthorized" });
    expect(await sandbox.facts("login")).toHaveLength(1);
  });

  test("many polls at once sign in once", async () => {
    const connection = connect();
    await Promise.all([connection.poll(), connection.poll(), connection.poll()]);
    expect(await sandbox.facts("login")).toHaveLength(1);
  });

  test("a site that ends every session is not stormed with sign-ins", async () => {
    const connection = connect();
    await connection.poll();
    for (let count = 0; count < 20; count += 1) {
      sandbox.clock.advance(3_000);
      await sandbox.expireSessions();
      await connection.poll().catch(() => undefined);
    }
    expect((await sandbox.facts("login")).length).toBeLessThanOrEqual(3);
  });

  test("a token that names the person before is renewed before anything is read", async () => {
    const connection = connect();
    await connection.poll();
    await sandbox.write(person(0).personExternalId, "hello");
    await sandbox.fault({ kind: "stale_jwt" });
    expect(await connection.drain()).toMatchObject([{ contact: { externalId: person(0).personExternalId } }]);
  });
});
