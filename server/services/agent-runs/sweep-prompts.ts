import "server-only";

import { PROMPT_KEPT_DAYS } from "#server/domain/prompt-blocks.ts";
import { withSystem } from "#server/platform/tenant.ts";

const DAY_MS = 86_400_000;
/** A shared text is marked once a day, so it outlives the last prompt that needs it by as much, and a day. */
const SHARED_KEPT_DAYS = PROMPT_KEPT_DAYS + 2;
/** A statement that takes more at once would hold its locks for long; the next minute takes the rest. */
const AT_ONCE = 5_000;

/** Forgets what calls of the model were sent, once it is old. Answers how many were forgotten. */
export const sweepPrompts = (options: { readonly fixedNow?: Date } = {}): Promise<number> =>
  withSystem(async (tx) => {
    const daysAgo = (days: number): Date => new Date(tx.now.getTime() - days * DAY_MS);
    const gone = await tx.db.$executeRaw`
      delete from "ModelPrompt" where id in (
        select id from "ModelPrompt" where "createdAt" < ${daysAgo(PROMPT_KEPT_DAYS)} order by "createdAt" limit ${AT_ONCE})`;
    await tx.db.$executeRaw`
      delete from "PromptText" where id in (
        select id from "PromptText" where "usedAt" < ${daysAgo(SHARED_KEPT_DAYS)} order by "usedAt" limit ${AT_ONCE})`;
    return gone;
  }, options);
