import { randomBytes } from "node:crypto";

import { HttpFailure } from "#server/connectors/errors.ts";
import type { ConnectorContext } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import type { SetupField } from "#server/connectors/setup.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Provider } from "#server/domain/vocabulary.ts";
import { log } from "#server/platform/logger.ts";
import { systemContext } from "#server/services/context.ts";
import { receiveWebhook } from "#server/services/messages/receive-webhook.ts";
import { pollConnection } from "#server/services/sync/poll-connection.ts";
import { findSignedIn } from "#server/services/users/find-signed-in.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone, makeClub, type TestClub } from "#server/testing/factories.ts";
import {
  ACCEPT,
  ERROR_AFTER,
  REJECT,
  SCRIPTED_CREDENTIALS,
  THROTTLE,
  UNAUTHORIZED,
  useScriptedOpenPhone,
} from "#server/testing/scripted-openphone.ts";
import { requestContext } from "#server/trpc/init.ts";
import { callerFor } from "#server/trpc/root.ts";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { rotateClubKey } from "./rotate-club-key.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

/** Everything that was said aloud: log lines, answers and errors of procedures and verbs. */
let heard: string[] = [];
let spy: { mockRestore: () => void };

beforeEach(() => {
  heard = [];
  // The logger writes to the process's output itself; here every line of every level is heard instead.
  log.level = "trace";
  const stream: unknown = Reflect.get(log, pino.symbols.streamSym);
  spy = vi.spyOn(stream as { write: (line: string) => boolean }, "write").mockImplementation((line) => {
    heard.push(line);
    return true;
  });
});
afterEach(() => {
  log.level = "silent";
  spy.mockRestore();
});

const hear = async <T>(said: Promise<T>): Promise<T | undefined> => {
  try {
    const answer = await said;
    heard.push(textOf(answer));
    return answer;
  } catch (error) {
    heard.push(textOf(error));
    return undefined;
  }
};

/** All of a value, also what JSON leaves out of errors: message, stack, cause and details. */
const textOf = (value: unknown): string => {
  const seen = new Set<unknown>();
  return (
    JSON.stringify(value, (_key, part: unknown) => {
      if (typeof part === "bigint") {
        return part.toString();
      }
      if (part instanceof Error && !seen.has(part)) {
        seen.add(part);
        return { ...part, message: part.message, stack: part.stack, cause: part.cause };
      }
      return part;
    }) ?? ""
  );
};

/** A secret and the other shapes in which it would still be one. */
const shapesOf = (canary: string): string[] => [
  canary,
  Buffer.from(canary).toString("base64").replaceAll("=", ""),
  Buffer.from(canary).toString("hex"),
  encodeURIComponent(canary),
];
const isIn = (text: string, canaries: readonly string[]): string[] =>
  canaries.filter((canary) => shapesOf(canary).some((shape) => text.includes(shape)));

/** Every row of every table, as the owner of the tables reads it. */
const dump = async (): Promise<{ table: string; row: string }[]> => {
  const { query, end } = await database().as("OWNER");
  const tables = await query(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`);
  const rows: { table: string; row: string }[] = [];
  for (const { relname } of tables) {
    for (const { row } of await query(`select to_jsonb(t)::text as row from "${String(relname)}" t`)) {
      rows.push({ table: String(relname), row: String(row) });
    }
  }
  await end();
  return rows;
};

const canaryOf = (name: string): string => `canary-${name}-${randomBytes(12).toString("hex")}`;
const callerOf = (club: TestClub) =>
  callerFor({
    ...requestContext({ isOwnPage: true }),
    signedIn: () => findSignedIn({ userId: club.people.owner.userId, sessionVersion: 1, startedAt: new Date() }),
  });

test("connected, polled, sent through, failed, tested, rotated and replaced, a secret appears nowhere but in its sealed row", async () => {
  const club = await makeClub();
  const clubId = club.id;
  const api = callerOf(club);
  const system = systemContext({ franchiseId: club.franchiseId, clubId }, { job: "test" });
  const canaries = {
    first: canaryOf("first"),
    second: canaryOf("second"),
    wrong: canaryOf("wrong"),
    hook: canaryOf("hook"),
    nextHook: canaryOf("next"),
  };
  vendor.setKeys(canaries.first, canaries.second);
  const values = { apiKey: canaries.first, phoneNumberId: SCRIPTED_CREDENTIALS.phoneNumberId, webhookKey: canaries.hook };

  await hear(api.connections.create({ clubId, provider: "openphone", values: { ...values, apiKey: canaries.wrong } }));
  await hear(api.connections.create({ clubId, provider: "openphone", values: { ...values, [canaries.wrong]: canaries.wrong } }));
  await hear(api.connections.create({ clubId, provider: "openphone", values: { ...values, apiKey: canaries.wrong.repeat(400) } }));
  const made = await hear(api.connections.create({ clubId, provider: "openphone", values }));
  if (made?.kind !== "connected") {
    throw new Error("not connected");
  }
  const { connectionId } = made;
  const poll = async () => {
    await database().owner.connection.update({ where: { id: connectionId }, data: { nextPollAt: new Date(Date.now() - 1_000) } });
    await hear(pollConnection(system, { connectionId, signal: new AbortController().signal }));
  };
  const phone = anyPhone();
  vendor.receive(phone, "are you open?");
  await poll();
  const { id } = await database().owner.conversation.findFirstOrThrow({ where: { clubId } });
  const conversationId = id as Id<"conversation">;
  for (const step of [ACCEPT, ERROR_AFTER, REJECT, THROTTLE, UNAUTHORIZED]) {
    vendor.next(step);
    await hear(
      api.conversations.reply({
        clubId,
        conversationId,
        text: `reply ${step.status} ${step.isAccepted}`,
        clientKey: `k${step.status}${step.isAccepted}`,
      }),
    );
  }
  await hear(
    receiveWebhook({
      provider: "openphone",
      path: "/",
      connectionId,
      headers: { "webhook-signature": "v1,AAAA" },
      rawBody: new Uint8Array([1]),
    }),
  );
  vendor.setKeys(canaries.second);
  await poll();
  await hear(api.connections.test({ clubId, connectionId }));
  await hear(api.connections.update({ clubId, connectionId, values: { apiKey: canaries.wrong } }));
  await hear(
    api.connections.update({
      clubId,
      connectionId,
      values: { apiKey: canaries.second, webhookKey: canaries.nextHook },
      keepOld: ["webhookKey"],
    }),
  );
  await hear(rotateClubKey(system));
  await hear(api.connections.test({ clubId, connectionId }));
  await poll();
  await hear(api.connections.pause({ clubId, connectionId, reason: "a while" }));
  await hear(api.connections.resume({ clubId, connectionId }));
  for (const read of [
    api.connections.get({ clubId, connectionId }),
    api.connections.health({ clubId }),
    api.connections.providers({ clubId }),
    api.alerts.list({ clubId }),
  ]) {
    await hear(Promise.resolve(read));
  }

  const all = Object.values(canaries);
  const rows = await dump();
  expect(rows.length).toBeGreaterThan(50);
  expect(heard.length).toBeGreaterThan(20);
  expect(heard.filter((said) => isIn(said, all).length > 0)).toEqual([]);
  expect(rows.filter(({ row }) => isIn(row, all).length > 0)).toEqual([]);
  // The check itself can see one: the row holds them, sealed, and opened they are the ones we planted.
  expect(await database().owner.connection.findUniqueOrThrow({ where: { id: connectionId } })).toMatchObject({
    status: "active",
    errorCount: 0,
  });
  expect(isIn(`x ${Buffer.from(canaries.first).toString("base64")} y`, all)).toEqual([canaries.first]);
});

/** A vendor that says back whatever it was sent, in every place an error may be read from. */
const echo =
  (status: number): typeof fetch =>
  async (target, init) => {
    const request = new Request(target, init);
    const said = `refused: ${[...request.headers].join(" ")} ${request.url} ${await request.text()}`;
    const body = {
      message: said,
      error: said,
      error_description: said,
      code: said,
      errors: [{ title: said, detail: said, message: said, code: said }],
      msg: said,
      ok: false,
    };
    return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", "x-echo": "on" } });
  };

const roads: Readonly<Record<string, Partial<ConnectorContext>>> = {
  "that cannot be reached": networkOf(() => Promise.reject(new HttpFailure("not_sent", "connection refused"))),
  ...Object.fromEntries(
    [200, 400, 401, 403, 429, 500].map((status) => [`that answers ${status} with what it was sent`, networkOf(echo(status))]),
  ),
};

function networkOf(call: typeof fetch): Partial<ConnectorContext> {
  const http: ConnectorContext["http"] = async ({ url, ...init }) => {
    const response = await call(url, { method: init.method, headers: init.headers ?? {}, body: init.body ?? null });
    return { status: response.status, headers: response.headers, text: await response.text(), url };
  };
  return {
    http,
    fetch: call,
    pinned: () => http,
    takeTurn: () => Promise.resolve(),
    checkAddress: (host) => Promise.reject(new HttpFailure("not_sent", `${host} cannot be found`)),
  };
}

const valueOf = ({ kind, name, choices, initial }: SetupField): string =>
  ({
    secret: canaryOf(name),
    text: initial ?? "1234",
    number: initial ?? "12",
    address: "https://door.club.example:12445",
    choice: choices?.at(-1)?.value ?? "",
    switch: "on",
  })[kind];

test.each(Object.keys(CONNECTORS) as Provider[])(
  "the secrets of %s typed in for a vendor in trouble, or for one that says them back, are in no answer, no log line and no row",
  async (provider) => {
    const entry = CONNECTORS[provider];
    if (entry === undefined) {
      throw new Error("no connector");
    }
    const secrets: string[] = [];
    try {
      const club = await makeClub();
      for (const road of Object.values(roads)) {
        CONNECTORS[provider] = {
          setup: entry.setup,
          create: (context) => entry.create({ ...context, ...road, settings: { ...context.settings, baseUrl: "https://vendor.example" } }),
        };
        const values = Object.fromEntries(entry.setup.fields.map((field) => [field.name, valueOf(field)]));
        secrets.push(...entry.setup.fields.flatMap(({ kind, name }) => (kind === "secret" ? [values[name] ?? ""] : [])));
        const made = await hear(callerOf(club).connections.create({ clubId: club.id, provider, values }));
        if (made?.kind === "connected") {
          await hear(callerOf(club).connections.test({ clubId: club.id, connectionId: made.connectionId }));
        }
      }
      expect(secrets.length).toBeGreaterThan(0);
      expect(heard.length).toBeGreaterThan(0);
      expect(heard.filter((said) => isIn(said, secrets).length > 0)).toEqual([]);
      expect((await dump()).filter(({ row }) => isIn(row, secrets).length > 0)).toEqual([]);
    } finally {
      CONNECTORS[provider] = entry;
    }
  },
);
