import type { Id } from "#server/domain/ids.ts";
import { inTransaction } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConversation, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { flushOutbox } from "./relay-outbox.ts";
import { finishEvent, sweepOutbox } from "./sweep-outbox.ts";

type Sent = { readonly id: string; readonly name: string; readonly data: Readonly<Record<string, string>> };
type Told = { readonly channel: string; readonly data: { readonly sequence: string } };

/** The two hosted services behind their own SDKs: what they took, and whether they answer. */
const services = vi.hoisted(() => ({ sent: [] as Sent[], told: [] as Told[], isEngineUp: true, isPusherUp: true }));

vi.mock("inngest", () => ({
  Inngest: class {
    send = async (events: readonly Sent[]): Promise<void> => {
      if (!services.isEngineUp) {
        throw new Error("engine down");
      }
      services.sent.push(...events);
    };
  },
}));
vi.mock("pusher", () => ({
  default: class {
    triggerBatch = async (batch: readonly Told[]): Promise<void> => {
      if (!services.isPusherUp) {
        throw new Error("pusher down");
      }
      services.told.push(...batch);
    };
  },
}));

useDatabase();

let club: TestClub;
let conversationId: Id<"conversation">;

beforeEach(async () => {
  club = await makeClub();
  conversationId = (await makeConversation(club)).conversation.id;
  Object.assign(services, { sent: [], told: [], isEngineUp: true, isPusherUp: true });
  await database().owner.outboxEvent.deleteMany();
});

const announce = (messageId: string): Promise<void> =>
  inTransaction(club.as.staff, async (tx) => {
    tx.news.changes.push({
      topic: "conversation",
      conversationId,
      event: { name: "inbox/message.received", data: { conversationId, messageId } },
    });
  });
const rows = () => database().owner.outboxEvent.findMany({ where: { clubId: club.id, name: { not: null } }, orderBy: { id: "asc" } });
const ageBy = (minutes: number) =>
  database().owner.outboxEvent.updateMany({
    where: { emittedAt: { not: null } },
    data: { emittedAt: new Date(Date.now() - minutes * 60_000) },
  });
const release = () => database().owner.outboxEvent.updateMany({ data: { claimedUntil: null } });

describe("no-loss", () => {
  test("each event is handed to the engine under the id of its row, with its tenant, and browsers are told its number", async () => {
    await announce("msg_1");
    await flushOutbox();
    const [row] = await rows();
    expect(services.sent).toEqual([
      {
        id: row?.id,
        name: "inbox/message.received",
        data: { conversationId, messageId: "msg_1", franchiseId: club.franchiseId, clubId: club.id, outboxEventId: row?.id },
      },
    ]);
    expect(services.told).toMatchObject([
      { channel: `private-club-${club.id}`, data: { sequence: "1", topic: "conversation", conversationId } },
    ]);
    expect(row).toMatchObject({ emissionCount: 1, emittedAt: expect.any(Date), publishedAt: expect.any(Date) });
  });

  test("relays at the same time hand out each event once", async () => {
    await Promise.all(Array.from({ length: 10 }, (_value, index) => announce(`msg_${index}`)));
    await Promise.all([flushOutbox(), flushOutbox(), flushOutbox()]);
    expect(services.sent.map(({ data }) => data["messageId"]).toSorted()).toEqual(
      Array.from({ length: 10 }, (_value, index) => `msg_${index}`),
    );
  });

  test("what the engine did not take waits, and goes out when it is back", async () => {
    services.isEngineUp = false;
    await announce("msg_1");
    await flushOutbox();
    expect(await rows()).toMatchObject([{ emittedAt: null, emissionCount: 0, publishedAt: expect.any(Date) }]);
    services.isEngineUp = true;
    await release();
    await sweepOutbox();
    expect(services.sent.map(({ id }) => id)).toEqual((await rows()).map(({ id }) => id));
  });

  test("live updates that fail do not hold back events, and are not tried again", async () => {
    services.isPusherUp = false;
    await announce("msg_1");
    await flushOutbox();
    expect(services.sent).toHaveLength(1);
    expect(await rows()).toMatchObject([{ emittedAt: expect.any(Date), publishedAt: expect.any(Date) }]);
  });

  test("an event whose work never ended is handed out again under another id, since the engine swallows an equal one", async () => {
    await announce("msg_1");
    await flushOutbox();
    const [row] = await rows();
    await ageBy(16);
    await sweepOutbox();
    await ageBy(16);
    await sweepOutbox();
    expect(services.sent.map(({ id }) => id)).toEqual([row?.id, `${row?.id}:1`, `${row?.id}:2`]);
    expect(services.told).toHaveLength(1);
  });

  test("finished and young work is not handed out again", async () => {
    await announce("msg_1");
    await announce("msg_2");
    await flushOutbox();
    const [first] = await rows();
    await finishEvent({ outboxEventId: first?.id ?? "" });
    await ageBy(14);
    await sweepOutbox();
    expect(services.sent).toHaveLength(2);
    await ageBy(16);
    await sweepOutbox();
    expect(services.sent.map(({ data }) => data["messageId"]).toSorted()).toEqual(["msg_1", "msg_2", "msg_2"]);
  });

  test("a relay that crashed after its claim loses nothing", async () => {
    await announce("msg_1");
    await database().owner.outboxEvent.updateMany({ data: { claimedUntil: new Date(Date.now() + 10_000) } });
    await flushOutbox();
    expect(services.sent).toEqual([]);
    await database().owner.outboxEvent.updateMany({ data: { claimedUntil: new Date(Date.now() - 1) } });
    await flushOutbox();
    expect(services.sent).toHaveLength(1);
  });

  test("a transaction that is rolled back tells nobody anything", async () => {
    await expect(
      inTransaction(club.as.staff, async (tx) => {
        tx.news.changes.push({
          topic: "conversation",
          conversationId,
          event: { name: "inbox/message.received", data: { conversationId, messageId: "msg_1" } },
        });
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    await flushOutbox();
    expect([services.sent, services.told]).toEqual([[], []]);
  });
});

describe("honest states", () => {
  test("a silent engine is one card per club, closed when it answers again", async () => {
    services.isEngineUp = false;
    await announce("msg_1");
    await flushOutbox();
    await release();
    await flushOutbox();
    const open = () => database().owner.alert.findMany({ where: { clubId: club.id, kind: "engine_silent", resolvedAt: null } });
    expect(await open()).toMatchObject([{ count: 1 }]);
    services.isEngineUp = true;
    await release();
    await flushOutbox();
    expect(await open()).toEqual([]);
  });
});

describe("convergence", () => {
  test("the numbers of a club's news have no gap and no double, also under concurrency", async () => {
    await Promise.all(Array.from({ length: 12 }, (_value, index) => announce(`msg_${index}`)));
    expect((await rows()).map(({ clubSequence }) => Number(clubSequence)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_value, index) => index + 1),
    );
  });
});
