import "server-only";

import type { Actor } from "#server/domain/actor.ts";
import type { Id } from "#server/domain/ids.ts";
import { writeNews, type ClubNews } from "#server/services/news.ts";
import { withClub, withFranchise, type Tx } from "#server/platform/tenant.ts";

/** What every verb stands on: which club, who acts, and which request it belongs to. */
export type ServiceContext = {
  readonly franchiseId: Id<"franchise">;
  readonly clubId: Id<"club">;
  readonly actor: Actor;
  readonly requestId: string;
  /** Set by tests only: the database's clock stands still at this instant. */
  readonly fixedNow?: Date;
};

/**
 * One club's transaction with its news: events, live updates and ledger rows a verb announces are written together
 * at the end, so that the club's counter row is the last lock taken and commit order is sequence order.
 */
export type ServiceTx = Tx & { readonly news: ClubNews };

type AfterCommit = () => void;

const shared = globalThis as typeof globalThis & { spotterAfterCommit?: AfterCommit };

/** The relay registers itself here at start; it is nudged after each commit with news and never awaited. */
export const onCommit = (listener: AfterCommit): void => {
  shared.spotterAfterCommit = listener;
};

export const inTransaction = async <T>(ctx: ServiceContext, work: (tx: ServiceTx) => Promise<T>): Promise<T> => {
  let hasNews = false;
  const result = await withClub(
    ctx,
    async (tx) => {
      const news: ClubNews = { changes: [], actions: [] };
      const answer = await work({ ...tx, news });
      hasNews = await writeNews(tx, ctx, news);
      return answer;
    },
    { fixedNow: ctx.fixedNow },
  );
  if (hasNews) {
    shared.spotterAfterCommit?.();
  }
  return result;
};

/** All clubs of a franchise in one transaction, each with its own news. */
export type FranchiseTx = Tx & { readonly newsOf: (clubId: Id<"club">) => ClubNews };

/** The news is written last and in the order of the clubs' ids, so that two of these never wait for each other in a ring. */
export const inFranchiseTransaction = async <T>(ctx: ServiceContext, work: (tx: FranchiseTx) => Promise<T>): Promise<T> => {
  const result = await withFranchise(
    ctx,
    async (tx) => {
      const news = new Map<Id<"club">, ClubNews>();
      const newsOf = (clubId: Id<"club">): ClubNews => {
        const known = news.get(clubId) ?? { changes: [], actions: [] };
        news.set(clubId, known);
        return known;
      };
      const answer = await work({ ...tx, newsOf });
      for (const [clubId, ofClub] of [...news].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
        await writeNews(tx, { ...ctx, clubId }, ofClub);
      }
      return answer;
    },
    { fixedNow: ctx.fixedNow },
  );
  shared.spotterAfterCommit?.();
  return result;
};

/** A context for the machinery: sweeps, polls and functions. */
export const systemContext = (
  scope: { readonly franchiseId: string; readonly clubId: string },
  { job, requestId }: { readonly job: string; readonly requestId?: string },
): ServiceContext => ({
  franchiseId: scope.franchiseId as Id<"franchise">,
  clubId: scope.clubId as Id<"club">,
  actor: { kind: "system", job },
  requestId: requestId ?? job,
});
