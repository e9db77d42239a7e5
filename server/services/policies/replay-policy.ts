import "server-only";

import { subDays } from "date-fns";
import { z } from "zod";

import { asId, type Id } from "#server/domain/ids.ts";
import { PolicyDocument, resolvePolicy, type Policy } from "#server/domain/policy.ts";
import { OUTCOMES, REASONS, type Outcome } from "#server/domain/reasons.ts";
import { replayDecision } from "#server/domain/replay.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { policyLayers } from "./read-layers.ts";
import { REPLAY_MAX_DECISIONS, storedDecisions, type PastDecision } from "./stored-decisions.ts";

const REPLAY_MAX_DAYS = 30;
const REPLAY_DAYS = 7;
/** As many as a person looks through; the counts tell of all. */
const SHOWN_MAX_COUNT = 60;

export const ReplayPolicyInput = z.object({
  /** The club's layer as it would be. */
  document: PolicyDocument,
  days: z.int().min(1).max(REPLAY_MAX_DAYS).default(REPLAY_DAYS),
});

type Counts = Readonly<Record<Outcome, number>>;

export type ReplayChange = {
  readonly conversationId: Id<"conversation">;
  readonly contactName: string;
  readonly category: string;
  readonly at: Date;
  readonly before: Outcome;
  readonly after: Outcome;
  /** The first reason for what would become of it. */
  readonly reason: string;
  readonly isOverruled: boolean;
};

/** What became of the club's messages, and what would have under other rules. No model is called, so nothing is spent. */
export type PolicyReplay = {
  readonly days: number;
  readonly since: Date;
  /** There were more than are replayed. */
  readonly isCut: boolean;
  readonly replayedCount: number;
  /** Stored without what a replay needs; they are in none of the other counts. */
  readonly notReplayableCount: number;
  readonly before: Counts;
  readonly after: Counts;
  readonly newlySentCount: number;
  readonly newlyHeldCount: number;
  /** Of those that would newly go out, how many staff corrected, rejected or answered otherwise. */
  readonly newlySentOverruledCount: number;
  readonly changedCount: number;
  /** The newest of them. */
  readonly changes: readonly ReplayChange[];
};

/** The club's own last days decided again as a proposed document of its layer would. Nothing is written. */
export const replayPolicy = async (ctx: ServiceContext, raw: z.input<typeof ReplayPolicyInput>): Promise<PolicyReplay> => {
  assertCan(ctx, "policy.publish");
  const { document, days } = ReplayPolicyInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const { franchise, club } = await policyLayers(tx, ctx);
      const { policy } = resolvePolicy({ franchise, club: { document, version: club?.version ?? 0 } });
      const since = subDays(tx.now, days);
      const past = await storedDecisions(tx, { clubId: ctx.clubId, since });
      const { changed, ...counts } = compare(past, policy);
      const shown = changed.slice(0, SHOWN_MAX_COUNT);
      const names = await contactNames(tx, { clubId: ctx.clubId, ids: shown.map(({ decision }) => decision.conversationId) });
      return {
        days,
        since,
        isCut: past.length === REPLAY_MAX_DECISIONS,
        ...counts,
        changedCount: changed.length,
        changes: shown.map(({ decision, after, reason }) => ({
          conversationId: asId("conversation", decision.conversationId),
          contactName: names.get(decision.conversationId) ?? "",
          category: decision.category,
          at: decision.at,
          before: decision.outcome,
          after,
          reason,
          isOverruled: decision.isOverruled,
        })),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

type Changed = { readonly decision: PastDecision; readonly after: Outcome; readonly reason: string };

const compare = (past: readonly PastDecision[], policy: Policy) => {
  const [before, after] = [none(), none()];
  const changed: Changed[] = [];
  let replayedCount = 0;
  for (const decision of past) {
    if (decision.input === null) {
      continue;
    }
    const again = replayDecision(decision.input, policy);
    replayedCount += 1;
    before[decision.outcome] += 1;
    after[again.outcome] += 1;
    if (again.outcome !== decision.outcome) {
      changed.push({ decision, after: again.outcome, reason: REASONS[again.reasons[0]] });
    }
  }
  const newlySent = changed.filter((one) => one.after === "respond");
  return {
    replayedCount,
    notReplayableCount: past.length - replayedCount,
    before,
    after,
    newlySentCount: newlySent.length,
    newlyHeldCount: changed.filter(({ decision }) => decision.outcome === "respond").length,
    newlySentOverruledCount: newlySent.filter(({ decision }) => decision.isOverruled).length,
    changed,
  };
};

const none = (): Record<Outcome, number> => Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;

const contactNames = async (
  tx: Tx,
  { clubId, ids }: { readonly clubId: string; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.db.conversation.findMany({
    where: { clubId, id: { in: [...new Set(ids)] } },
    select: { id: true, contact: { select: { displayName: true } } },
  });
  return new Map(rows.map(({ id, contact }) => [id, contact.displayName]));
};
