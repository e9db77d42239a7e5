import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openTestSandbox } from "#local/vendors/clubos/testing.ts";
import type { SandboxPerson, TestSandbox } from "#local/vendors/clubos/testing.ts";
import { createFetchHttp } from "../_shared/fetch-http.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { Connector, HttpRequest } from "../ports.ts";
import { createClubOsConnector } from "./connector.ts";

let sandbox: TestSandbox;
let connector: Connector;
let person: SandboxPerson;
let other: SandboxPerson;
let since: Date;
let beforeRequest: (request: HttpRequest) => Promise<void>;

beforeEach(async () => {
  sandbox = await openTestSandbox({ at: "2026-11-20T17:30:20Z" });
  const [first, second] = await sandbox.people();
  if (first === undefined || second === undefined) {
    throw new Error("nobody there");
  }
  [person, other] = [first, second];
  since = sandbox.clock.now();
  beforeRequest = async () => undefined;
  const http = createFetchHttp();
  connector = createClubOsConnector({
    connectionId: "conn_test",
    credentials: { username: sandbox.club.clubOs?.username ?? "", password: sandbox.club.clubOs?.password ?? "" },
    settings: { baseUrl: sandbox.url, staffSite: "on", ownerId: sandbox.club.clubOs?.ownerId, timeZone: sandbox.club.timeZone },
    ...openTestNetwork(),
    http: async (request) => {
      await beforeRequest(request);
      return http(request);
    },
    now: sandbox.clock.now,
    session: createMemorySession(),
  });
});

afterEach(() => sandbox.close());

const send = (text: string, to: SandboxPerson = person) =>
  connector.send?.send({ key: "eff_test", to: "", text, recipientExternalId: to.personExternalId });

const readBack = async (text: string, knownReferences: readonly string[] = []) =>
  (await connector.send?.readBack?.({ to: "", text, since, recipientExternalId: person.personExternalId, knownReferences }))?.found;

const isSave = (request: HttpRequest): boolean => request.url.endsWith("/action/FollowUp/save");

describe("sending", () => {
  test("a text goes out once, and the member's profile stays as it was", async () => {
    await expect(send("We open at 5:00 AM & close at 11 PM.\nSee you!")).resolves.toMatchObject({ status: "sent" });
    expect(await sandbox.facts("message")).toMatchObject([
      { text: "We open at 5:00 AM & close at 11 PM.\nSee you!", direction: "outbound", personId: person.personExternalId },
    ]);
    expect(await sandbox.facts("profile")).toEqual([]);
  });

  test("the stand-in really loses a profile that is not posted back, so the test above can fail", async () => {
    beforeRequest = async (request) => {
      if (isSave(request)) {
        Object.assign(request, { body: request.body?.replace(/followUpUser\.email=[^&]*/, "followUpUser.email=") });
      }
    };
    await send("hello");
    expect(await sandbox.facts("profile")).toMatchObject([{ profile: { email: "" } }]);
  });

  test("the reference of a send is the id under which the poll shows it", async () => {
    await send("see you at 6");
    sandbox.clock.advance(40_000);
    const second = await send("see you at 6");
    const poll = await connector.inbox?.poll?.({ cursor: null, limit: 100 });
    expect(poll?.messages.map(({ externalId, direction }) => ({ externalId, direction })).at(-1)).toEqual({
      externalId: second?.vendorReference,
      direction: "outbound",
    });
  });

  test("two sends at once reach the two people they were meant for", async () => {
    await Promise.all([send("for the first", person), send("for the second", other)]);
    expect((await sandbox.facts("message")).map(({ personId, text }) => [personId, text])).toEqual([
      [person.personExternalId, "for the first"],
      [other.personExternalId, "for the second"],
    ]);
  });

  test("a person without a text tab has opted out: nothing is posted", async () => {
    await sandbox.optOut(person.personExternalId);
    await expect(send("hello")).rejects.toMatchObject({ kind: "rejected", code: "opted_out" });
    expect(await sandbox.facts("message")).toEqual([]);
  });

  test("the refusal of a person who has opted out says so, and a missing number is not called an opt-out", async () => {
    await sandbox.optOut(person.personExternalId);
    await expect(send("hello")).rejects.toMatchObject({ kind: "rejected", reason: "opted_out" });
    beforeRequest = async (request) => {
      if (isSave(request)) {
        Object.assign(request, { body: request.body?.replace(/followUpUser\.mobilePhone=[^&]*/, "followUpUser.mobilePhone=") });
      }
    };
    await send("hello", other);
    await expect(send("hello again", other)).rejects.toMatchObject({ kind: "rejected", reason: "invalid_address" });
  });

  test.each([{ id: "undefined" }, { id: "999" }, { id: null }])("a person ClubOS does not know ($id) is rejected", async ({ id }) => {
    await expect(connector.send?.send({ key: "eff_test", to: "", text: "hello", recipientExternalId: id })).rejects.toMatchObject({
      kind: "rejected",
      reason: "not_found",
    });
  });
});

describe("e-mail through the same form", () => {
  const email = { subject: "Your tour", text: "See you at 5 & bring <shoes>.\nThe desk" };
  const mail = (over: Readonly<{ subject?: string; text?: string; html?: string }> = {}) =>
    connector.send?.send({ key: "eff_test", to: "", recipientExternalId: person.personExternalId, ...email, ...over });

  test("goes out once with its subject, shows the words as they were written, and is found again", async () => {
    const posted: URLSearchParams[] = [];
    beforeRequest = async (request) => {
      if (isSave(request)) {
        posted.push(new URLSearchParams(request.body));
      }
    };
    const { vendorReference } = (await mail()) ?? {};
    expect(posted.map((form) => [form.get("followUpLog.followUpAction"), form.get("emailSubject"), form.get("textMessage")])).toEqual([
      ["2", "Your tour", ""],
    ]);
    expect(await sandbox.facts("message")).toMatchObject([{ medium: "email", text: email.text, direction: "outbound" }]);
    expect(await readBack(email.text)).toMatchObject({ vendorReference });
    expect(await sandbox.facts("profile")).toEqual([]);
  });

  test("one that never went out, or has gone lost on the way back, is told apart by reading back", async () => {
    await sandbox.fault({ kind: "send_lost_after_accept" });
    await expect(mail()).rejects.toMatchObject({ kind: "outcome_unknown" });
    expect(await readBack(email.text)).not.toBeNull();
    await sandbox.fault({ kind: "error_before", operation: "save_follow_up", count: 1 });
    await expect(mail({ text: "another one" })).rejects.toMatchObject({ kind: "outcome_unknown" });
    expect(await readBack("another one")).toBeNull();
  });

  test("without a subject nothing is posted", async () => {
    await expect(mail({ subject: " ", html: "<p>hi</p>" })).rejects.toMatchObject({ kind: "rejected" });
    expect(await sandbox.facts("message")).toEqual([]);
  });
});

describe("a send whose outcome is not known", () => {
  test.each(["send_lost_after_accept", "send_no_success_text", "send_500_after_accept"] as const)(
    "%s: never repeated, found by reading back",
    async (kind) => {
      await sandbox.fault({ kind });
      await expect(send("your class is at 7")).rejects.toMatchObject({ kind: "outcome_unknown" });
      expect(await readBack("your class is at 7")).toMatchObject({ vendorReference: expect.any(String) });
      expect(await sandbox.facts("message")).toHaveLength(1);
    },
  );

  test.each([{ kind: "500" } as const, { kind: "stale_tokens" } as const])(
    "$kind before anything was accepted: unknown, and reading back finds nothing",
    async ({ kind }) => {
      await sandbox.fault({ kind, path: "/action/FollowUp/save" });
      await expect(send("hello")).rejects.toMatchObject({ kind: "outcome_unknown" });
      expect(await readBack("hello")).toBeNull();
    },
  );

  test("a session that ends at the very post is not posted to again", async () => {
    beforeRequest = async (request) => {
      if (isSave(request)) {
        await sandbox.expireSessions();
      }
    };
    await expect(send("hello")).rejects.toMatchObject({ kind: "outcome_unknown" });
    expect(await sandbox.facts("message")).toEqual([]);
  });

  test("reading back tells the same words sent earlier, by a member, or to somebody else apart", async () => {
    const earlier = await send("ok");
    await sandbox.write(person.personExternalId, "ok");
    await send("ok", other);
    expect(await readBack("ok", [earlier?.vendorReference ?? ""])).toBeNull();
    since = new Date(since.getTime() + 120_000);
    expect(await readBack("ok")).toBeNull();
  });
});

describe("trouble before the post is safe to repeat", () => {
  test("an expired session is renewed and the text goes out once", async () => {
    await send("first");
    sandbox.clock.advance(10_000);
    await sandbox.expireSessions();
    await send("second");
    expect((await sandbox.facts("message")).map(({ text }) => text)).toEqual(["first", "second"]);
  });

  test.each([
    { fault: { kind: "429", path: "/action/FollowUp/save", retryAfterSeconds: 9 } as const, kind: "throttled" },
    { fault: { kind: "500", path: "/action/Delegate" } as const, kind: "unavailable" },
    { fault: { kind: "bot_wall", path: "/action/FollowUp" } as const, kind: "malformed" },
  ])("$fault.kind at $fault.path is $kind and nothing went out", async ({ fault, kind }) => {
    await sandbox.fault(fault);
    await expect(send("hello")).rejects.toMatchObject({ kind });
    expect(await sandbox.facts("message")).toEqual([]);
  });

  test("a vendor that cannot be reached is unavailable", async () => {
    await send("first");
    await sandbox.stop();
    await expect(send("second")).rejects.toMatchObject({ kind: "unavailable" });
  });
});
