import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openTestSandbox } from "#local/vendors/clubos/testing.ts";
import { startOpenPhone } from "#local/vendors/openphone/start-openphone.ts";
import { openTestNetwork } from "#server/connectors/_shared/testing-network.ts";
import { createClubOsConnector } from "#server/connectors/clubos/connector.ts";
import { createOpenPhoneConnector } from "#server/connectors/openphone/connector.ts";
import type { ConnectorFactory } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { sealCredentials } from "#server/services/connections/credentials.ts";
import { systemContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, MADE_AT, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { afterEach, expect, test } from "vitest";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { pollConnection } from "./poll-connection.ts";

useDatabase();

/** More than ten pages of a hundred. */
const BACKLOG = 1_100;
const OUTAGE_HOURS = 6;
const FAILED_POLLS = 12;
const DRAINING_POLLS_MAX = 60;
/** Reads more than a thousand messages person by person, as the vendor's pages demand. */
const TIMEOUT_MS = 120_000;

const restored: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const restore of restored.splice(0)) {
    await restore();
  }
});

type Account = {
  readonly provider: "openphone" | "clubos";
  readonly create: ConnectorFactory;
  readonly baseUrl: string;
  readonly now: () => Date;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
};

/** A connection of a new club that reaches the sandbox by the sandbox's own clock. */
const connect = async (account: Account) => {
  const provider = Provider.parse(account.provider);
  const original = CONNECTORS[provider];
  if (original === undefined) {
    throw new Error(`${provider} is not registered`);
  }
  CONNECTORS[provider] = {
    ...original,
    create: (context) =>
      account.create({ ...context, ...openTestNetwork(), now: account.now, settings: { ...context.settings, baseUrl: account.baseUrl } }),
  };
  restored.push(() => {
    CONNECTORS[provider] = original;
  });
  const club: TestClub = await makeClub();
  const id = newId("connection");
  const sealedCredentials = await withClub(scopeOf(club), (tx) =>
    sealCredentials(tx, scopeOf(club), { connectionId: id, credentials: account.credentials }),
  );
  await makeConnection(club, { id, provider, settings: account.settings, sealedCredentials, nextPollAt: MADE_AT });
  const poll = async () => {
    await database().owner.connection.update({ where: { id }, data: { nextPollAt: MADE_AT, status: "active" } });
    return pollConnection(systemContext(scopeOf(club), { job: "test" }), {
      connectionId: id,
      signal: new AbortController().signal,
    });
  };
  const texts = async () => {
    const rows = await database().owner.message.findMany({ where: { clubId: club.id, direction: "inbound" }, select: { body: true } });
    return rows.map(({ body }) => body).toSorted();
  };
  const cursor = () => database().owner.syncCursor.findFirst({ where: { connectionId: id }, select: { position: true } });
  const drain = async (): Promise<void> => {
    let quiet = 0;
    for (let polls = 0; polls < DRAINING_POLLS_MAX && quiet < 2; polls += 1) {
      const result = await poll();
      expect(result.kind).toBe("polled");
      quiet = result.kind === "polled" && result.storedCount === 0 ? quiet + 1 : 0;
    }
  };
  return { poll, texts, cursor, drain };
};

const words = (count: number): string[] => Array.from({ length: count }, (_, index) => `backlog ${`${index}`.padStart(4, "0")}`);

test(
  "no-loss: six hours without ClubOS and more than ten pages of backlog leave one row for each message",
  async () => {
    const sandbox = await openTestSandbox({ at: "2026-11-20T15:00:00Z" });
    restored.push(() => sandbox.close());
    const people = await sandbox.people();
    const line = await connect({
      provider: "clubos",
      create: createClubOsConnector,
      baseUrl: sandbox.url,
      now: sandbox.clock.now,
      settings: { ownerId: sandbox.club.clubOs?.ownerId ?? "", timeZone: sandbox.club.timeZone, staffSite: "on" },
      credentials: { username: sandbox.club.clubOs?.username ?? "", password: sandbox.club.clubOs?.password ?? "" },
    });
    await line.poll();
    const before = await line.cursor();
    await sandbox.fault({ kind: "500", count: 100_000 });
    const stepMs = (OUTAGE_HOURS * 3_600_000) / FAILED_POLLS;
    for (let failed = 0; failed < FAILED_POLLS; failed += 1) {
      expect(await line.poll()).toEqual({ kind: "failed" });
      sandbox.clock.advance(stepMs);
    }
    expect(await line.cursor()).toEqual(before);
    const startMs = sandbox.clock.now().getTime() - OUTAGE_HOURS * 3_600_000;
    const items = words(BACKLOG).map((text, index) => ({
      personExternalId: people[index % people.length]?.personExternalId,
      direction: "inbound",
      text,
      at: new Date(startMs + ((OUTAGE_HOURS * 3_600_000 - 120_000) * index) / BACKLOG).toISOString(),
    }));
    await sandbox.history(items);
    await sandbox.clearFaults();
    sandbox.clock.advance(60_000);
    await line.drain();
    expect((await line.texts()).filter((text) => text.startsWith("backlog"))).toEqual(words(BACKLOG));
  },
  TIMEOUT_MS,
);

test(
  "no-loss: six hours without OpenPhone, with every webhook lost, leave one row for each message",
  async () => {
    const [club] = DEMO_CLUBS;
    if (club === undefined) {
      throw new Error("the demo has clubs");
    }
    let nowMs = Date.parse("2026-11-20T15:00:00Z");
    const now = () => new Date(nowMs);
    const dataDir = mkdtempSync(join(tmpdir(), "outage-"));
    const sandbox = await startOpenPhone({
      port: 0,
      appUrl: "http://127.0.0.1:9",
      dataDir,
      deliveryMs: 1,
      requestsPerSecond: 100_000,
      webhookPausesMs: [0],
      now,
    });
    restored.push(async () => {
      await sandbox.close();
      rmSync(dataDir, { recursive: true });
    });
    const control = async (path: string, method: "POST" | "DELETE", body?: unknown): Promise<void> => {
      const init =
        body === undefined ? { method } : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
      expect((await fetch(`${sandbox.url}/_sandbox/${path}`, init)).ok).toBe(true);
    };
    const line = await connect({
      provider: "openphone",
      create: createOpenPhoneConnector,
      baseUrl: sandbox.url,
      now,
      settings: {},
      credentials: club.openPhone,
    });
    await line.poll();
    const before = await line.cursor();
    await control("faults", "POST", { faults: [{ kind: "lost_webhook" }, { kind: "error_before", operation: "list" }] });
    const stepMs = (OUTAGE_HOURS * 3_600_000) / BACKLOG;
    for (const [index, text] of words(BACKLOG).entries()) {
      await control("texts", "POST", {
        from: `+1${club.areaCode}55501${`${10 + (index % 80)}`.padStart(2, "0")}`,
        toClub: club.slug,
        text,
      });
      nowMs += stepMs;
      if (index % Math.ceil(BACKLOG / FAILED_POLLS) === 0) {
        expect(await line.poll()).toEqual({ kind: "failed" });
      }
    }
    expect(await line.cursor()).toEqual(before);
    await control("faults", "DELETE");
    nowMs += 60_000;
    await line.drain();
    expect((await line.texts()).filter((text) => text.startsWith("backlog"))).toEqual(words(BACKLOG));
  },
  TIMEOUT_MS,
);
