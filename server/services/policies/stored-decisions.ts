import "server-only";

import type { Outcome } from "#server/domain/reasons.ts";
import { replayable, type ReplayInput } from "#server/domain/replay.ts";
import type { Tx } from "#server/platform/tenant.ts";

/** Chosen by us: a busy month of a club; of more the newest are taken, and the answer says so. */
export const REPLAY_MAX_DECISIONS = 20_000;

export type PastDecision = {
  readonly id: string;
  readonly conversationId: string;
  readonly category: string;
  readonly outcome: Outcome;
  readonly at: Date;
  /** Null where it was stored without what a replay needs. */
  readonly input: ReplayInput | null;
  /** Staff corrected or rejected the draft, or sent something else. */
  readonly isOverruled: boolean;
};

type Row = {
  id: string;
  conversationId: string;
  category: string;
  subIntent: string | null;
  outcome: string;
  confidence: number;
  riskFlags: unknown;
  inputs: unknown;
  createdAt: Date;
};

/** The club's decisions since an instant, newest first, ready to be decided again. */
export const storedDecisions = async (
  tx: Tx,
  { clubId, since }: { readonly clubId: string; readonly since: Date },
): Promise<readonly PastDecision[]> => {
  const rows = await tx.db.$queryRaw<Row[]>`
    select d.id, d."conversationId", d.category, c."subIntent", d.outcome, d."confidenceRatio" as confidence, c."riskFlags",
           d.inputs - 'draft' - 'knowledgeIds' as inputs, d."createdAt"
    from "Decision" d left join "IntentClassification" c on c.id = d."classificationId" and c."clubId" = d."clubId"
    where d."clubId" = ${clubId} and d."createdAt" >= ${since}
    order by d."createdAt" desc limit ${REPLAY_MAX_DECISIONS}`;
  const overruled = await overruledDecisions(tx, { clubId, since });
  return rows.map(({ subIntent, createdAt, outcome, ...row }) => ({
    id: row.id,
    conversationId: row.conversationId,
    category: row.category,
    outcome: outcome as Outcome,
    at: createdAt,
    input: subIntent === null ? null : replayable({ ...row, subIntent }),
    isOverruled: overruled.has(row.id),
  }));
};

/** From the few corrections and rejections to their decisions, not the other way round. */
const overruledDecisions = async (
  tx: Tx,
  { clubId, since }: { readonly clubId: string; readonly since: Date },
): Promise<ReadonlySet<string>> => {
  const rows = await tx.db.$queryRaw<{ decisionId: string }[]>`
    select e."decisionId" from "Correction" k join "Effect" e on e.id = k."effectId" and e."clubId" = k."clubId"
      where k."clubId" = ${clubId} and k."createdAt" >= ${since} and e."decisionId" is not null
    union
    select e."decisionId" from "Approval" a join "Effect" e on e.id = a."effectId" and e."clubId" = a."clubId"
      where a."clubId" = ${clubId} and a.status = 'rejected' and a."expiresAt" >= ${since} and a."decidedAt" >= ${since}
        and e."decisionId" is not null
    union
    select "decisionId" from "DraftComparison"
      where "clubId" = ${clubId} and "createdAt" >= ${since} and not "isAgreed"`;
  return new Set(rows.map(({ decisionId }) => decisionId));
};
