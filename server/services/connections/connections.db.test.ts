import type { Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { systemContext, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { receiveWebhook } from "#server/services/messages/receive-webhook.ts";
import { pollConnection } from "#server/services/sync/poll-connection.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone, makeClub, type TestClub } from "#server/testing/factories.ts";
import { connect, makeLine, write, type Line } from "#server/testing/scripted-line.ts";
import { SCRIPTED_CREDENTIALS, SECOND_NUMBER_ID, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { archiveConnection } from "./archive-connection.ts";
import { createConnection } from "./create-connection.ts";
import { openCredentials } from "./credentials.ts";
import { getConnection } from "./get-connection.ts";
import { listConnectionHealth } from "./list-connection-health.ts";
import { listProviders } from "./list-providers.ts";
import { pauseConnection } from "./pause-connection.ts";
import { resumeConnection } from "./resume-connection.ts";
import { rotateClubKey } from "./rotate-club-key.ts";
import { testConnection } from "./test-connection.ts";
import { updateConnection } from "./update-connection.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const GOOD = { apiKey: SCRIPTED_CREDENTIALS.apiKey, phoneNumberId: SCRIPTED_CREDENTIALS.phoneNumberId };
const WRONG = { ...GOOD, apiKey: "a key nobody knows" };

let line: Line;
let club: TestClub;
let boss: ServiceContext;

beforeEach(async () => {
  line = await makeLine();
  club = line.club;
  boss = club.as.owner;
});

const owner = () => database().owner;
const rowOf = (id: string = line.connectionId) => owner().connection.findUniqueOrThrow({ where: { id } });
const poll = (connectionId: Id<"connection"> = line.connectionId) =>
  pollConnection(line.system, { connectionId, signal: new AbortController().signal });
const openCards = (connectionId: string = line.connectionId) =>
  owner().alert.findMany({ where: { clubId: club.id, connectionId, resolvedAt: null } });
const audited = (action: string) => owner().auditLog.count({ where: { clubId: club.id, action } });
const credentialsOf = async (connectionId: string) => {
  const scope = { franchiseId: club.franchiseId, clubId: club.id };
  return (await withClub(scope, (tx) => openCredentials(tx, scope, { connectionId }))).credentials;
};
/** A reply of a person, dispatched in the same call. */
const replyTo = async (conversationId: Id<"conversation">, text: string) => {
  await queueReply(club.as.staff, { conversationId, text, clientKey: `key ${text}` });
  return owner().effect.findFirstOrThrow({ where: { conversationId }, orderBy: { id: "desc" } });
};

const MUTATIONS = {
  create: (ctx: ServiceContext) => createConnection(ctx, { provider: "openphone", values: GOOD }),
  test: (ctx: ServiceContext) => testConnection(ctx, { connectionId: line.connectionId }),
  pause: (ctx: ServiceContext) => pauseConnection(ctx, { connectionId: line.connectionId, reason: "holiday" }),
  resume: (ctx: ServiceContext) => resumeConnection(ctx, { connectionId: line.connectionId }),
  update: (ctx: ServiceContext) => updateConnection(ctx, { connectionId: line.connectionId, values: GOOD }),
  archive: (ctx: ServiceContext) => archiveConnection(ctx, { connectionId: line.connectionId, confirmation: "x" }),
};

describe("tenant", () => {
  test.each(Object.entries(MUTATIONS))("only an owner may %s", async (_name, mutate) => {
    await expect(mutate(club.as.manager)).rejects.toMatchObject({ code: "forbidden" });
    await expect(mutate(club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
  });

  test.each(Object.entries(MUTATIONS).filter(([name]) => name !== "create"))(
    "the owner of another club who wants to %s finds nothing",
    async (_name, mutate) => {
      await expect(mutate((await makeClub()).as.owner)).rejects.toMatchObject({ code: "not_found" });
    },
  );

  test("everybody of the club sees how it stands, nobody of another club does, and no secret is ever told", async () => {
    const detail = await getConnection(club.as.staff, { connectionId: line.connectionId });
    expect(detail).toMatchObject({
      provider: "openphone",
      status: "active",
      webhook: { address: `http://127.0.0.1:3000/api/webhooks/openphone/${line.connectionId}` },
    });
    expect(detail.fields.find(({ name }) => name === "apiKey")).toMatchObject({ value: null, isSet: true, changedAt: expect.any(Date) });
    expect(JSON.stringify(detail)).not.toContain(SCRIPTED_CREDENTIALS.apiKey);
    await expect(getConnection((await makeClub()).as.owner, { connectionId: line.connectionId })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

test("what holds credentials is changed only by an owner who signed in a moment ago; a name is changed by any of them", async () => {
  const { name, role, userId } = { ...club.people.owner, role: "owner" as const };
  const actor = { kind: "staff" as const, userId, name, role };
  for (const signedInAt of [null, new Date(Date.now() - 16 * 60_000)]) {
    const stale: ServiceContext = { ...boss, actor: { ...actor, signedInAt } };
    const before = await rowOf();
    const { name: connectionName } = before;
    const values = { ...GOOD, phoneNumberId: SECOND_NUMBER_ID };
    for (const change of [
      () => createConnection(stale, { provider: "openphone", values: GOOD }),
      () => updateConnection(stale, { connectionId: line.connectionId, values }),
      () => archiveConnection(stale, { connectionId: line.connectionId, confirmation: connectionName }),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: "sign_in_required" });
    }
    expect(await rowOf()).toEqual(before);
    await updateConnection(stale, { connectionId: line.connectionId, name: "Front desk line" });
  }
  expect((await rowOf()).name).toBe("Front desk line");
});

describe("connecting", () => {
  test("what the vendor refuses is not stored, and the answer says so in words", async () => {
    const before = await owner().connection.count();
    expect(await createConnection(boss, { provider: "openphone", values: WRONG })).toMatchObject({
      kind: "failed",
      failure: "unauthorized",
      sentence: "The vendor does not accept these credentials.",
    });
    expect(await owner().connection.count()).toBe(before);
  });

  test("what it accepts is sealed, has its channel and is read at once", async () => {
    const fresh = await makeClub();
    const result = await createConnection(fresh.as.owner, {
      provider: "openphone",
      name: "Front desk",
      values: { ...GOOD, webhookKey: "" },
    });
    if (result.kind !== "connected") {
      throw new Error(result.detail);
    }
    const { connectionId } = result;
    const row = await rowOf(connectionId);
    expect(row).toMatchObject({ name: "Front desk", status: "active", settings: { phoneNumberId: GOOD.phoneNumberId } });
    expect(Object.keys(row.sealedCredentials as object)).toEqual(["apiKey"]);
    expect(JSON.stringify([row.settings, row.sealedCredentials])).not.toContain(GOOD.apiKey);
    expect(await owner().channel.findMany({ where: { connectionId } })).toMatchObject([{ kind: "sms", externalId: GOOD.phoneNumberId }]);
    expect(await owner().auditLog.count({ where: { clubId: fresh.id, action: "connection.connected" } })).toBe(1);
    const text = vendor.receive(anyPhone(), "are you open?");
    const system = systemContext({ franchiseId: fresh.franchiseId, clubId: fresh.id }, { job: "test" });
    expect(await pollConnection(system, { connectionId, signal: new AbortController().signal })).toMatchObject({ kind: "polled" });
    expect(await owner().message.count({ where: { clubId: fresh.id, externalId: text } })).toBe(1);
    expect((await listProviders(fresh.as.staff)).find(({ provider }) => provider === "openphone")?.connections).toMatchObject([
      { id: connectionId, name: "Front desk" },
    ]);
    await expect(createConnection(fresh.as.owner, { provider: "openphone", values: GOOD })).rejects.toMatchObject({ code: "conflict" });
  });

  test.each([
    ["a needed value that is missing", "openphone", { apiKey: "k" }, "Phone number id is needed"],
    ["a field the vendor does not have", "openphone", { ...GOOD, colour: "red" }, "this vendor has no such field"],
    [
      "a metadata address",
      "unifi_access",
      { road: "direct", address: "https://169.254.169.254", token: "t" },
      "a network that Spotter does not call",
    ],
    [
      "an address without encryption",
      "unifi_access",
      { road: "direct", address: "http://door.example", token: "t" },
      "must begin with https://",
    ],
  ] as const)("%s is refused before anybody is called", async (_what, provider, values, sentence) => {
    await expect(createConnection(boss, { provider, values })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining(sentence),
    });
  });
});

describe("testing", () => {
  test("a key that is refused is told in words and on a card; once it is accepted the card closes and reading goes on", async () => {
    const connectionId = await connect(club, { credentials: { ...WRONG, phoneNumberId: SECOND_NUMBER_ID } });
    expect(await testConnection(boss, { connectionId })).toMatchObject({
      kind: "failed",
      sentence: expect.stringContaining("does not accept"),
    });
    expect(await rowOf(connectionId)).toMatchObject({ status: "needs_reauth", lastErrorKind: "unauthorized" });
    expect(await openCards(connectionId)).toMatchObject([{ kind: "connection_unauthorized" }]);

    expect(await updateConnection(boss, { connectionId, values: { apiKey: GOOD.apiKey } })).toMatchObject({ kind: "ok" });
    expect(await testConnection(boss, { connectionId })).toEqual(expect.objectContaining({ kind: "ok", account: expect.any(String) }));
    expect(await rowOf(connectionId)).toMatchObject({ status: "active", errorCount: 0, lastErrorKind: null });
    expect(await openCards(connectionId)).toEqual([]);
    expect(await poll(connectionId)).toMatchObject({ kind: "polled" });
    expect(await audited("connection.tested")).toBe(2);
  });
});

describe("pause", () => {
  test("nothing is read, taken or sent while it lasts; what waited goes out once when it ends", async () => {
    const { conversationId, phone } = await write(line);
    await pauseConnection(boss, { connectionId: line.connectionId, reason: "the number moves" });
    expect(await poll()).toEqual({ kind: "not_due" });
    await expect(
      receiveWebhook({ provider: "openphone", path: "/", connectionId: line.connectionId, headers: {}, rawBody: new Uint8Array() }),
    ).rejects.toMatchObject({ code: "not_found" });

    const effect = await replyTo(conversationId, "see you later");
    expect(effect).toMatchObject({ status: "planned", attempt: 0, postponedCount: 0 });
    const tomorrow = { ...line.system, fixedNow: new Date(Date.now() + 86_400_000) };
    expect(await dispatchEffect(tomorrow, { effectId: effect.id as Id<"effect"> })).toEqual({
      status: "planned",
      reason: "connection_paused",
    });
    expect(vendor.sendCount(phone)).toBe(0);
    expect(await getConnection(boss, { connectionId: line.connectionId })).toMatchObject({
      status: "disabled",
      pauseReason: "the number moves",
      heldCount: 1,
      isStale: false,
    });

    expect(await resumeConnection(boss, { connectionId: line.connectionId })).toEqual({ releasedCount: 1 });
    await Promise.all([1, 2].map(() => dispatchEffect(line.system, { effectId: effect.id as Id<"effect"> })));
    expect(vendor.accepted(phone).map(({ text }) => text)).toEqual(["see you later"]);
    expect(await poll()).toMatchObject({ kind: "polled" });
    expect(await openCards()).toEqual([]);
  });

  test("of a poll that is under way nothing is stored, and it counts as no failure", async () => {
    const text = vendor.receive(anyPhone(), "hello");
    const look = vendor.holdList();
    const underway = poll();
    await look.arrived;
    await pauseConnection(boss, { connectionId: line.connectionId, reason: "now" });
    look.release();
    await underway;
    expect(await owner().message.count({ where: { clubId: club.id, externalId: text } })).toBe(0);
    expect(await rowOf()).toMatchObject({ status: "disabled", errorCount: 0 });
    await resumeConnection(boss, { connectionId: line.connectionId });
    await poll();
    expect(await owner().message.count({ where: { clubId: club.id, externalId: text } })).toBe(1);
  });

  test("it can be tested meanwhile and stays paused; a second pause and a second end are refused", async () => {
    const { connectionId } = line;
    await pauseConnection(boss, { connectionId, reason: "now" });
    await expect(pauseConnection(boss, { connectionId, reason: "now" })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await testConnection(boss, { connectionId })).toMatchObject({ kind: "ok" });
    expect(await rowOf()).toMatchObject({ status: "disabled", pauseReason: "now" });
    await resumeConnection(boss, { connectionId });
    await expect(resumeConnection(boss, { connectionId })).rejects.toMatchObject({ code: "precondition_failed" });
  });
});

describe("replacing credentials", () => {
  test("what the vendor refuses changes nothing", async () => {
    const before = await rowOf();
    expect(await updateConnection(boss, { connectionId: line.connectionId, values: { apiKey: "worse" } })).toMatchObject({
      kind: "failed",
    });
    expect(await rowOf()).toEqual(before);
  });

  test("old and new secret of a webhook are both good until the old one is dropped", async () => {
    const { connectionId } = line;
    const webhookKey = async () => (await credentialsOf(connectionId))["webhookKey"];
    await updateConnection(boss, { connectionId, values: { webhookKey: "first" } });
    const { changedAt } = (await getConnection(boss, { connectionId })).fields.find(({ name }) => name === "apiKey") ?? {};
    await updateConnection(boss, { connectionId, values: { webhookKey: "second" }, keepOld: ["webhookKey"] });
    expect(await webhookKey()).toBe("second first");
    const state = await getConnection(boss, { connectionId });
    expect(state.fields.find(({ name }) => name === "webhookKey")).toMatchObject({ isDouble: true, value: null });
    expect(state.fields.find(({ name }) => name === "apiKey")).toMatchObject({ changedAt, isDouble: false });
    await updateConnection(boss, { connectionId, values: { webhookKey: "third" }, keepOld: ["webhookKey"] });
    expect(await webhookKey()).toBe("third second");
    await updateConnection(boss, { connectionId, dropOld: ["webhookKey"] });
    expect(await webhookKey()).toBe("third");
    await updateConnection(boss, { connectionId, values: { apiKey: GOOD.apiKey, webhookKey: "" } });
    expect(await webhookKey()).toBe("third");
  });

  test("of two changes at the same time one is told that it came second; a rotation of keys disturbs neither", async () => {
    const { connectionId } = line;
    const change = (webhookKey: string) => updateConnection(boss, { connectionId, values: { webhookKey } });
    const looks = [vendor.holdList(), vendor.holdList()];
    const changes = Promise.allSettled([change("mine"), change("yours")]);
    await Promise.all(looks.map(({ arrived }) => arrived));
    await rotateClubKey(line.system);
    for (const look of looks) {
      look.release();
    }
    const results = await changes;
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
    expect(await credentialsOf(connectionId)).toMatchObject({ webhookKey: expect.stringMatching(/^(mine|yours)$/), apiKey: GOOD.apiKey });
  });
});

describe("removing", () => {
  test("needs the name, destroys the credentials and keeps the history", async () => {
    const { connectionId } = line;
    const { conversationId } = await write(line);
    const { name } = await rowOf();
    await expect(archiveConnection(boss, { connectionId, confirmation: "something" })).rejects.toMatchObject({ code: "invalid" });
    await archiveConnection(boss, { connectionId, confirmation: ` ${name.toUpperCase()} ` });
    expect(await rowOf()).toMatchObject({ sealedCredentials: {}, nextPollAt: null, archivedAt: expect.any(Date) });
    expect(await listConnectionHealth(boss)).toEqual([]);
    expect(await owner().message.count({ where: { conversationId } })).toBe(1);
    await expect(getConnection(boss, { connectionId })).rejects.toMatchObject({ code: "not_found" });
  });

  test("what still waited to go out over it fails with a card that says so", async () => {
    const { connectionId } = line;
    const { conversationId, phone } = await write(line);
    await pauseConnection(boss, { connectionId, reason: "end" });
    const effect = await replyTo(conversationId, "too late");
    await archiveConnection(boss, { connectionId, confirmation: (await rowOf()).name });
    expect(await dispatchEffect(line.system, { effectId: effect.id as Id<"effect"> })).toMatchObject({ status: "failed" });
    expect(await owner().alert.findMany({ where: { effectId: effect.id } })).toMatchObject([{ detail: "its connection was removed" }]);
    expect(vendor.sendCount(phone)).toBe(0);
  });
});
