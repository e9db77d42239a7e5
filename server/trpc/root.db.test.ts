import { ERROR_CODES } from "#server/domain/errors.ts";
import { asId } from "#server/domain/ids.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { findSignedIn, type SignedIn } from "#server/services/users/find-signed-in.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeInbound, type TestClub } from "#server/testing/factories.ts";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { beforeAll, expect, test } from "vitest";

import { TRPC_CODE } from "./errors.ts";
import { requestContext } from "./init.ts";
import { appRouter, callerFor } from "./root.ts";

useDatabase();

let club: TestClub;
let foreign: TestClub;

beforeAll(async () => {
  [club, foreign] = [await makeClub(), await makeClub()];
});

const signedInAs = (role: Role) => (): Promise<SignedIn | null> => findSignedIn({ userId: club.people[role].userId, sessionVersion: 1 });

const callerAs = (role: Role, { isOwnPage = true } = {}) => callerFor({ ...requestContext({ isOwnPage }), signedIn: signedInAs(role) });

const stranger = () => callerFor({ ...requestContext({ isOwnPage: true }), signedIn: () => Promise.resolve(null) });

/** A procedure by its path, for what must hold for all of them. */
const callAt = async (caller: object, { path, input }: { readonly path: string; readonly input: unknown }): Promise<unknown> => {
  const [area = "", name = ""] = path.split(".");
  const procedure: unknown = Reflect.get(Reflect.get(caller, area), name);
  if (typeof procedure !== "function") {
    throw new Error(`there is no ${path}`);
  }
  return procedure(input);
};

test("every procedure asks who is there before anything else", async () => {
  const procedures = Object.keys(appRouter._def.procedures);
  expect(procedures.length).toBeGreaterThan(25);
  for (const path of procedures) {
    await expect(callAt(stranger(), { path, input: {} }), path).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  }
});

test("every procedure of a club answers a foreign club exactly like one that does not exist, whatever else was sent", async () => {
  const ofTheUser = new Set([
    "clubs.mine",
    "clubs.bySlug",
    "clubs.found",
    "reports.portfolio",
    "notifications.addDevice",
    "notifications.removeDevice",
  ]);
  const paths = Object.keys(appRouter._def.procedures).filter((path) => !ofTheUser.has(path) && !path.startsWith("account."));
  for (const path of paths) {
    const answers = await Promise.all(
      [foreign.id, newId("club")].map((clubId) =>
        callAt(callerAs("owner"), { path, input: { clubId } }).catch((error: { code: string; message: string }) => [
          error.code,
          error.message,
        ]),
      ),
    );
    expect(answers, path).toEqual([
      ["NOT_FOUND", "club not found"],
      ["NOT_FOUND", "club not found"],
    ]);
  }
});

test("the clubs of a user are theirs only, by list and by address", async () => {
  const caller = callerAs("staff");
  expect((await caller.clubs.mine()).map(({ id, role }) => [id, role])).toEqual([[club.id, "staff"]]);
  expect(await caller.clubs.bySlug({ slug: club.slug })).toMatchObject({ id: club.id, name: club.name });
  for (const slug of [foreign.slug, "no-such-club"]) {
    await expect(caller.clubs.bySlug({ slug })).rejects.toMatchObject({ code: "NOT_FOUND", message: "club not found" });
  }
});

test("the role of the access decides what a call may do", async () => {
  await expect(callerAs("staff").emergencyStop.set({ clubId: club.id, reason: "wrong prices" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await callerAs("manager").emergencyStop.set({ clubId: club.id, reason: "wrong prices" });
  expect(await callerAs("staff").clubs.bySlug({ slug: club.slug })).toMatchObject({ stopReason: "wrong prices" });
  await callerAs("owner").emergencyStop.clear({ clubId: club.id });
});

test("a change that another site sends through somebody's browser is refused, a question is answered", async () => {
  const { conversation } = await makeInbound(club);
  const elsewhere = callerAs("staff", { isOwnPage: false });
  await expect(elsewhere.conversations.resolve({ clubId: club.id, conversationId: conversation.id })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect((await elsewhere.conversations.thread({ clubId: club.id, conversationId: conversation.id })).conversation.status).toBe("open");
});

test("an inbox is listed, opened, noted, rated, resolved and reopened through the procedures", async () => {
  const { conversation } = await makeInbound(club, { name: "Robin Hale" });
  const caller = callerAs("staff");
  const input = { clubId: club.id, conversationId: conversation.id };
  expect((await caller.conversations.list({ clubId: club.id, view: "all", search: "robin" })).items.map(({ id }) => id)).toEqual([
    conversation.id,
  ]);
  expect(await caller.conversations.counts({ clubId: club.id })).toMatchObject({ all: expect.any(Number) });
  const { messageId } = await caller.conversations.addNote({ ...input, text: "asked twice" });
  expect((await caller.conversations.thread(input)).messages.map(({ id }) => id)).toContain(messageId);
  expect(await caller.conversations.panel(input)).toMatchObject({ name: "Robin Hale" });
  await caller.conversations.markRead(input);
  await caller.conversations.resolve(input);
  await caller.conversations.reopen(input);
  expect(await caller.approvals.list({ clubId: club.id })).toEqual([]);
  expect(await caller.alerts.list({ clubId: club.id })).toEqual([]);
  expect(await caller.aiActions.verify({ clubId: club.id })).toMatchObject({ isWhole: true });
  expect(await caller.connections.health({ clubId: club.id })).toHaveLength(1);
  expect(await caller.live.changes({ clubId: club.id, after: "0" })).toMatchObject({ isTooOld: false });
});

const ask = async (
  path: string,
  { input, signedIn = signedInAs("staff") }: { readonly input: unknown; readonly signedIn?: () => Promise<SignedIn | null> },
) => {
  const req = new Request(`http://127.0.0.1:3000/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`);
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: () => ({ ...requestContext({ isOwnPage: true }), signedIn }),
  });
  return { status: response.status, body: await response.text() };
};

test("wrong input is named in words, without the schema's own report", async () => {
  const { status, body } = await ask("conversations.list", { input: { clubId: club.id, view: "spam" } });
  expect(status).toBe(400);
  expect(JSON.parse(body).error.json).toMatchObject({
    message: expect.stringMatching(/^view: /),
    data: { code: "BAD_REQUEST", httpStatus: 400 },
  });
  expect(body).not.toMatch(/invalid_value|stack/);
});

test("whatever is no refusal reaches the browser as one sentence with the request's id, and nothing of its cause", async () => {
  const broken = (): Promise<never> => Promise.reject(new Error("password of the database is 12345"));
  const { status, body } = await ask("clubs.mine", { input: {}, signedIn: broken });
  expect(status).toBe(500);
  const { message, data } = JSON.parse(body).error.json;
  expect(message).toBe(`something went wrong on our side, request ${data.requestId}`);
  expect(body).not.toMatch(/12345|stack|frames|root\.ts/);
});

test("every refusal of the domain has its own answer, none of them the one of an accident", () => {
  for (const code of ERROR_CODES) {
    expect(TRPC_CODE[code]).not.toBe("INTERNAL_SERVER_ERROR");
  }
});

test("a session that was ended opens nothing from the next call on", async () => {
  const caller = callerAs("manager");
  await caller.clubs.mine();
  await database().owner.user.update({
    where: { id: asId("user", club.people.manager.userId) },
    data: { sessionVersion: { increment: 1 } },
  });
  await expect(caller.clubs.mine()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});
