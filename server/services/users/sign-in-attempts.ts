import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { KNOWN_SOURCE_DAYS, minutesToWait, WINDOW_MINUTES, type SignInTry } from "./sign-in-limits.ts";

/** Under which keys a try is counted; neither the address nor the place can be read back from them. */
export type TryKeys = { readonly emailKey: string; readonly sourceKey: string };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** More than any honest window holds: twenty failures and a success every ten seconds. */
const MAX_TRIES_READ = 200;

/** @param email normalised, or as typed where it is no address */
export const keysOf = (email: string, source: string): TryKeys => ({
  emailKey: addressKey(`sign-in-email:${email.toLowerCase()}`),
  sourceKey: addressKey(`sign-in-source:${source}`),
});

/**
 * Counts this try before the password is looked at, so that many at once cannot all pass the limit. Tries of one
 * address stand in line for the length of this transaction. Returns the minutes to wait, 0 when the try may go on;
 * a try that has to wait is not counted, or waiting would never end.
 */
export const countTry = async (tx: Tx, keys: TryKeys): Promise<number> => {
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${keys.emailKey}, 0))`;
  const wait = minutesToWait({
    tries: await triesOf(tx, keys.emailKey),
    sourceKey: keys.sourceKey,
    isKnownSource: await isKnownSource(tx, keys),
    triesInLastMinute: await tx.db.signInAttempt.count({ where: { hasSucceeded: false, createdAt: { gt: minutesBefore(tx.now, 1) } } }),
    now: tx.now,
  });
  if (wait === 0) {
    await recordTry(tx, keys, false);
  }
  return wait;
};

/** Redeems the counted try and makes the place known for this address. */
export const recordSuccess = (tx: Tx, keys: TryKeys): Promise<void> => recordTry(tx, keys, true);

const recordTry = async (tx: Tx, keys: TryKeys, hasSucceeded: boolean): Promise<void> => {
  const id: Id<"signInAttempt"> = newId("signInAttempt");
  await tx.db.signInAttempt.createMany({ data: { id, ...keys, hasSucceeded, createdAt: tx.now } });
};

const triesOf = async (tx: Tx, emailKey: string): Promise<readonly SignInTry[]> => {
  const rows = await tx.db.signInAttempt.findMany({
    where: { emailKey, createdAt: { gt: minutesBefore(tx.now, WINDOW_MINUTES) } },
    orderBy: { createdAt: "desc" },
    take: MAX_TRIES_READ,
    select: { sourceKey: true, hasSucceeded: true, createdAt: true },
  });
  return rows.map(({ createdAt, ...row }) => ({ ...row, at: createdAt }));
};

const isKnownSource = async (tx: Tx, keys: TryKeys): Promise<boolean> => {
  const since = new Date(tx.now.getTime() - KNOWN_SOURCE_DAYS * DAY_MS);
  const row = await tx.db.signInAttempt.findFirst({
    where: { ...keys, hasSucceeded: true, createdAt: { gt: since } },
    select: { id: true },
  });
  return row !== null;
};

const minutesBefore = (instant: Date, minutes: number): Date => new Date(instant.getTime() - minutes * MINUTE_MS);
