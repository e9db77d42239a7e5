import "server-only";

import { withSystem } from "#server/platform/tenant.ts";
import { flushOutbox } from "#server/services/outbox/relay-outbox.ts";

/** An event whose work has not ended by then is handed out again: longer than any run of ours, its retries included. */
const UNFINISHED_MINUTES = 15;
/** What was relayed and finished is kept so long for looking things up. */
const KEPT_DAYS = 7;

/** The longest that a sign-in looks back: after that a known place is a new one again. */
const SIGN_IN_TRIES_KEPT_DAYS = 31;

/** Frees what was emitted and never finished, flushes what waits, and forgets what is long done, old tries to sign in among it. */
export const sweepOutbox = async (): Promise<{ flushedCount: number }> => {
  await withSystem(async (tx) => {
    const overdue = new Date(tx.now.getTime() - UNFINISHED_MINUTES * 60_000);
    await tx.db.$executeRaw`
      update "OutboxEvent" set "emittedAt" = null, "claimedUntil" = null
      where name is not null and "emittedAt" is not null and "emittedAt" < ${overdue} and "doneAt" is null`;
    const old = new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000);
    await tx.db.$executeRaw`
      delete from "OutboxEvent" where "createdAt" < ${old} and "publishedAt" is not null and (name is null or "doneAt" is not null)`;
    const forgotten = new Date(tx.now.getTime() - SIGN_IN_TRIES_KEPT_DAYS * 86_400_000);
    await tx.db.$executeRaw`delete from "SignInAttempt" where "createdAt" < ${forgotten}`;
  });
  return { flushedCount: await flushOutbox() };
};

/** Notes that the work an event asked for has ended, so that it is not handed out again. */
export const finishEvent = async ({ outboxEventId }: { readonly outboxEventId: string }): Promise<void> => {
  await withSystem(async (tx) => {
    await tx.db.$executeRaw`update "OutboxEvent" set "doneAt" = ${tx.now} where id = ${outboxEventId} and "doneAt" is null`;
  });
};
