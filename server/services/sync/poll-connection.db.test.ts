import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone, scopeOf } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { DEAD_TOKEN, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { pollConnection } from "./poll-connection.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

let line: Line;

beforeEach(async () => {
  line = await makeLine();
});

const owner = () => database().owner;
const connection = () => owner().connection.findUniqueOrThrow({ where: { id: line.connectionId } });
const poll = () => pollConnection(line.system, { connectionId: line.connectionId, signal: new AbortController().signal });
const makeDue = () => owner().connection.update({ where: { id: line.connectionId }, data: { nextPollAt: new Date(Date.now() - 1_000) } });
const stored = (externalId: string) => owner().message.count({ where: { clubId: line.club.id, externalId } });

describe("no-loss", () => {
  test("what the vendor shows is stored once, however often it is polled", async () => {
    const id = vendor.receive(anyPhone(), "are you open?");
    await poll();
    await makeDue();
    await poll();
    expect(await stored(id)).toBe(1);
    expect(await connection()).toMatchObject({ leaseUntil: null, lastSuccessAt: expect.any(Date), errorCount: 0 });
  });

  test("a page token that died while nobody polled does not keep the connection from being read", async () => {
    const id = vendor.receive(anyPhone(), "anybody there?");
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const position = {
      version: 1,
      since,
      marks: {},
      pass: { startedAt: since, pageToken: DEAD_TOKEN, totalItems: null, pending: [], messageToken: null, marks: {} },
    };
    await owner().syncCursor.create({
      data: {
        id: newId("syncCursor"),
        ...scopeOf(line.club),
        connectionId: line.connectionId,
        stream: "inbox",
        position,
        updatedAt: new Date(),
      },
    });
    for (let polls = 0; polls < 3; polls += 1) {
      await makeDue();
      await poll();
    }
    expect(await stored(id)).toBe(1);
  });

  test("pollers at the same time: one reads, the others have nothing to do", async () => {
    const id = vendor.receive(anyPhone(), "hello");
    const results = await Promise.all(Array.from({ length: 6 }, poll));
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(["not_due", "not_due", "not_due", "not_due", "not_due", "polled"]);
    expect(await stored(id)).toBe(1);
  });

  test("a poller that was paused past its lease stores nothing, and the one after it stores everything", async () => {
    const id = vendor.receive(anyPhone(), "hello");
    const look = vendor.holdList();
    const paused = poll();
    await look.arrived;
    await owner().connection.update({
      where: { id: line.connectionId },
      data: { leaseUntil: new Date(Date.now() - 1_000), nextPollAt: new Date(Date.now() - 1_000) },
    });
    expect(await poll()).toMatchObject({ kind: "polled" });
    look.release();
    expect(await paused).toMatchObject({ kind: "failed" });
    expect(await stored(id)).toBe(1);
    expect(await connection()).toMatchObject({ errorCount: 0, status: "active" });
  });

  test("a STOP found by a poll is confirmed by the poll itself", async () => {
    const phone = anyPhone();
    vendor.receive(phone, "STOP");
    await poll();
    expect(vendor.accepted(phone).map(({ text }) => text)).toEqual([expect.stringContaining("unsubscribed")]);
  });
});

describe("honest states", () => {
  test("a key that is not accepted any more asks for a new login on one card and ends the polling", async () => {
    await owner().connection.update({ where: { id: line.connectionId }, data: { sealedCredentials: {} } });
    expect(await poll()).toMatchObject({ kind: "failed" });
    await makeDue();
    expect(await poll()).toEqual({ kind: "not_due" });
    expect(await connection()).toMatchObject({ status: "needs_reauth", lastErrorKind: "unauthorized" });
    expect(await owner().alert.findMany({ where: { connectionId: line.connectionId } })).toMatchObject([
      { kind: "connection_unauthorized", severity: "critical", count: 1 },
    ]);
  });
});
