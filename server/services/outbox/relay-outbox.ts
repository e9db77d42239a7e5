import "server-only";

import { setTimeout as sleep } from "node:timers/promises";

import { Prisma } from "#server/platform/generated/client.ts";
import { sendEvents } from "#server/platform/events.ts";
import { log } from "#server/platform/logger.ts";
import { publishChanges } from "#server/platform/realtime.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { reportEngine } from "#server/services/outbox/report-engine.ts";

const BATCH_SIZE = 100;
/** A relay that has not marked its rows by then has crashed; another may take them. */
const CLAIM_SECONDS = 15;
/** Chosen by us: the first news goes at once; in a rush those of a tenth of a second go together, instead of a few at a time. */
const GATHER_MS = 100;

type Row = {
  readonly id: string;
  readonly clubId: string;
  readonly franchiseId: string;
  readonly name: string | null;
  readonly payload: Record<string, string>;
  readonly clubSequence: bigint;
  readonly conversationId: string | null;
  readonly topic: string;
  readonly emittedAt: Date | null;
  readonly emissionCount: number;
  readonly publishedAt: Date | null;
};

const state = globalThis as typeof globalThis & { spotterRelay?: { isRunning: boolean; isWanted: boolean } };
const relay = (state.spotterRelay ??= { isRunning: false, isWanted: false });

/**
 * Hands what was committed to the engine and to the browsers. One flush at a time in a process; a nudge during a flush
 * makes one more. Never awaited by a request: a row that does not get through stays for the sweep.
 */
export const nudgeRelay = (): void => {
  relay.isWanted = true;
  if (!relay.isRunning) {
    void run();
  }
};

const run = async (): Promise<void> => {
  relay.isRunning = true;
  try {
    while (relay.isWanted) {
      relay.isWanted = false;
      await flushOutbox();
      if (relay.isWanted) {
        await sleep(GATHER_MS, undefined, { ref: false });
      }
    }
  } catch (error) {
    log.error({ err: error }, "the outbox could not be flushed");
  } finally {
    relay.isRunning = false;
  }
};

/** Flushes until nothing waits. Returns how many rows were taken. */
export const flushOutbox = async (): Promise<number> => {
  let total = 0;
  for (;;) {
    const rows = await claim();
    total += rows.length;
    if (rows.length > 0) {
      // The two roads are apart: a dead engine does not keep browsers waiting, nor the other way round.
      await Promise.all([emit(rows), publish(rows)]);
    }
    if (rows.length < BATCH_SIZE) {
      return total;
    }
  }
};

const claim = (): Promise<Row[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<Row[]>`
      update "OutboxEvent" set "claimedUntil" = ${new Date(tx.now.getTime() + CLAIM_SECONDS * 1_000)}
      where id in (
        select id from "OutboxEvent"
        where ("publishedAt" is null or (name is not null and "emittedAt" is null)) and ("claimedUntil" is null or "claimedUntil" < ${tx.now})
        order by id limit ${BATCH_SIZE} for update skip locked)
      returning id, "clubId", "franchiseId", name, payload, "clubSequence", "conversationId", topic, "emittedAt", "emissionCount", "publishedAt"`,
  );

const emit = async (rows: readonly Row[]): Promise<void> => {
  const waiting = rows.filter((row) => row.name !== null && row.emittedAt === null);
  if (waiting.length === 0) {
    return;
  }
  try {
    // The engine swallows an equal id for a day: a re-emission carries its number.
    await sendEvents(
      waiting.map((row) => ({
        id: row.emissionCount === 0 ? row.id : `${row.id}:${row.emissionCount}`,
        name: row.name ?? "",
        data: row.payload,
      })),
    );
    await mark(waiting, (now) => Prisma.sql`"emittedAt" = ${now}, "emissionCount" = "emissionCount" + 1`);
    await tellOfEngine(waiting, { isSilent: false });
  } catch (error) {
    log.warn({ err: error, count: waiting.length }, "the engine did not take events; they wait");
    await tellOfEngine(waiting, { isSilent: true });
  }
};

/** What this process last told each club of the engine; a club not in it may have a card from before a restart. */
const toldClubs = new Map<string, boolean>();

/** The engine cannot tell people that it is dead, so the relay does; the inbox and replies of staff work without it. */
const tellOfEngine = async (rows: readonly Row[], { isSilent }: { readonly isSilent: boolean }): Promise<void> => {
  const clubs = new Map(rows.map((row) => [row.clubId, row]));
  for (const { clubId, franchiseId } of clubs.values()) {
    if (toldClubs.get(clubId) !== isSilent) {
      await reportEngine({ clubId, franchiseId }, { isSilent });
      toldClubs.set(clubId, isSilent);
    }
  }
};

const publish = async (rows: readonly Row[]): Promise<void> => {
  const waiting = rows.filter((row) => row.publishedAt === null);
  if (waiting.length === 0) {
    return;
  }
  try {
    const ordered = waiting.toSorted((left, right) => Number(left.clubSequence - right.clubSequence));
    await publishChanges(
      ordered.map((row) => ({
        clubId: row.clubId,
        sequence: String(row.clubSequence),
        topic: row.topic,
        conversationId: row.conversationId,
      })),
    );
  } catch (error) {
    log.warn({ err: error, count: waiting.length }, "live updates were not taken; browsers catch up by sequence");
  }
  // A hint that is late is worthless: it is not tried again, the sequence number closes the gap.
  await mark(waiting, (now) => Prisma.sql`"publishedAt" = ${now}`);
};

const mark = async (rows: readonly Row[], set: (now: Date) => Prisma.Sql): Promise<void> => {
  await withSystem(async (tx) => {
    await tx.db.$executeRaw`update "OutboxEvent" set ${set(tx.now)} where id in (${Prisma.join(rows.map((row) => row.id))})`;
  });
};
