import { addressKey } from "#server/platform/keys.ts";
import { expect, vi } from "vitest";

import { database } from "./db.ts";

/**
 * Holds a club's counter row. Every verb with news takes it last, so a verb that waits for it has done all its work and
 * has not committed: the moment at which a race is decided.
 */
export const holdCounter = async (clubId: string): Promise<{ readonly release: () => Promise<void> }> => {
  const connection = await database().as("OWNER");
  await connection.query("begin");
  await connection.query(`select 1 from "ClubCounter" where "clubId" = $1 for update`, [clubId]);
  return {
    release: async () => {
      await connection.query("commit");
      await connection.end();
    },
  };
};

/** Holds the lock under which an address is looked up before a send: a dispatch that waits for it stands inside its gate. */
export const holdAddress = async (franchiseId: string, phone: string): Promise<{ readonly release: () => Promise<void> }> => {
  const connection = await database().as("OWNER");
  await connection.query("begin");
  await connection.query(`select pg_advisory_xact_lock(hashtextextended($1, 1))`, [`${franchiseId}|sms|${addressKey(phone)}`]);
  return {
    release: async () => {
      await connection.query("commit");
      await connection.end();
    },
  };
};

/** Resolves once so many statements of this database wait for a lock. */
export const waitingForLocks = async (count: number): Promise<void> => {
  const connection = await database().as("ADMIN");
  try {
    await vi.waitFor(
      async () => {
        const [row] = await connection.query(
          `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        expect(row?.["waiting"]).toBe(count);
      },
      { timeout: 8_000, interval: 10 },
    );
  } finally {
    await connection.end();
  }
};
