import "server-only";

import { asId } from "#server/domain/ids.ts";
import { RISK_FLAGS, type Category, type RiskFlag } from "#server/domain/intent.ts";
import type { Why } from "#server/domain/inbox-view.ts";
import { REASONS, type Outcome, type ReasonCode } from "#server/domain/reasons.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { z } from "zod";

type Wanted = {
  /** Messages the agent decided about: the newest decision on each counts. */
  readonly messageIds?: readonly string[];
  readonly decisionIds?: readonly string[];
};

export type Explained = { readonly byMessage: ReadonlyMap<string, Why>; readonly byDecision: ReadonlyMap<string, Why> };

/** Why the agent did what it did: decisions with their classification, the articles they rest on and what they cost. */
export const explainDecisions = async (tx: Tx, { clubId }: { readonly clubId: string }, wanted: Wanted): Promise<Explained> => {
  const rows = await readDecisions(tx, { clubId, wanted });
  const titles = await readTitles(
    tx,
    rows.flatMap((row) => knowledgeIdsOf(row.inputs)),
  );
  const whys = rows.map((row) => ({ row, why: whyOf(row, titles) }));
  return {
    byMessage: new Map(whys.map(({ row, why }) => [row.messageId, why])),
    byDecision: new Map(whys.map(({ row, why }) => [row.id, why])),
  };
};

type Row = {
  id: string;
  messageId: string;
  outcome: Outcome;
  reasons: unknown;
  inputs: unknown;
  confidenceRatio: number;
  thresholdRatio: number;
  category: Category;
  policyVersion: string;
  createdAt: Date;
  agentRunId: string | null;
  subIntent: string | null;
  evidence: string | null;
  riskFlags: unknown;
  model: string | null;
  costMicros: bigint | null;
};

/** Oldest first, so that of two decisions on one message the newer one stays in the map. */
const readDecisions = async (tx: Tx, { clubId, wanted }: { readonly clubId: string; readonly wanted: Wanted }): Promise<readonly Row[]> => {
  const { messageIds = [], decisionIds = [] } = wanted;
  if (messageIds.length === 0 && decisionIds.length === 0) {
    return [];
  }
  return tx.db.$queryRaw<Row[]>`
    select d.id, d."messageId", d.outcome, d.reasons, d.inputs, d."confidenceRatio", d."thresholdRatio", d.category, d."policyVersion",
           d."createdAt", d."agentRunId", c."subIntent", c.evidence, c."riskFlags", spent.model, spent."costMicros"
    from (select * from "Decision" where "clubId" = ${clubId} and "messageId" = any (${[...messageIds]}::text[])
          union
          select * from "Decision" where "clubId" = ${clubId} and id = any (${[...decisionIds]}::text[])) d
    left join "IntentClassification" c on c.id = d."classificationId" and c."clubId" = ${clubId}
    left join lateral (
      select (array_agg(turn.model order by turn."createdAt" desc))[1] as model, sum(turn."costMicros")::bigint as "costMicros"
      from "ModelTurn" turn where turn."clubId" = ${clubId} and turn."agentRunId" = d."agentRunId") spent on true
    order by d."createdAt", d.id`;
};

/** Rows are written by several releases: what this one cannot read of them is left out, never guessed. */
const Inputs = z.object({ knowledgeIds: z.array(z.string()).catch([]) }).catch({ knowledgeIds: [] });
const knowledgeIdsOf = (inputs: unknown): readonly string[] => Inputs.parse(inputs).knowledgeIds;

/** An article that was taken down since keeps its title; only its row counts. */
const readTitles = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await tx.db.knowledgeArticle.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, title: true } });
  return new Map(rows.map(({ id, title }) => [id, title]));
};

const whyOf = (row: Row, titles: ReadonlyMap<string, string>): Why => ({
  outcome: row.outcome,
  reasons: textsOf(row.reasons)
    .filter(isReason)
    .map((code) => ({ code, sentence: REASONS[code] })),
  category: row.category,
  subIntent: row.subIntent ?? "",
  confidence: row.confidenceRatio,
  threshold: row.thresholdRatio,
  evidence: row.evidence ?? "",
  riskFlags: textsOf(row.riskFlags).filter(isRiskFlag),
  knowledge: knowledgeIdsOf(row.inputs).flatMap((id) => (titles.has(id) ? [{ id, title: titles.get(id) ?? "" }] : [])),
  policyVersion: row.policyVersion,
  model: row.model,
  costMicros: row.costMicros === null ? null : Number(row.costMicros),
  decidedAt: row.createdAt,
  ...(row.agentRunId === null ? {} : { runId: asId("agentRun", row.agentRunId) }),
});

const textsOf = (value: unknown): readonly string[] => z.array(z.string()).catch([]).parse(value);
const isReason = (code: string): code is ReasonCode => Object.hasOwn(REASONS, code);
const isRiskFlag = (flag: string): flag is RiskFlag => RISK_FLAGS.some((known) => known === flag);
