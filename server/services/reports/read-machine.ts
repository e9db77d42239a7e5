import "server-only";

import { counted, share, type Figure } from "#server/domain/metrics/definitions.ts";
import type { Tx } from "#server/platform/tenant.ts";

import { WENT_OUT } from "./answering-rows.ts";
import { failedSendRows, modelErrorRows, vendorErrorRows } from "./machine-rows.ts";
import type { BreakdownRow } from "./read-answering.ts";
import type { Scope } from "./scope.ts";

type MachineFigures = Readonly<
  Record<"failed_sends" | "vendor_errors" | "model_errors" | "cost" | "cost_per_conversation" | "tokens" | "cache_hit", Figure>
>;

type Machine = {
  readonly figures: MachineFigures;
  readonly vendorErrors: readonly BreakdownRow[];
  readonly modelErrors: readonly BreakdownRow[];
};

/** What failed, by kind, and what the model cost. */
export const readMachine = async (tx: Tx, scope: Scope): Promise<Machine> => {
  const [failed] = await tx.db.$queryRaw<{ count: number }[]>`select count(*)::int as count from (${failedSendRows(scope)}) f`;
  const vendorErrors = await tx.db.$queryRaw<BreakdownRow[]>`
    select replace(v.kind, '_', ' ') as label, count(*)::int as count from (${vendorErrorRows(scope)}) v group by 1 order by 2 desc, 1`;
  const modelErrors = await tx.db.$queryRaw<BreakdownRow[]>`
    select replace(m.kind, '_', ' ') as label, count(*)::int as count from (${modelErrorRows(scope)}) m group by 1 order by 2 desc, 1`;
  const spent = await readSpent(tx, scope);
  const total = (rows: readonly BreakdownRow[]): Figure => counted(rows.reduce((sum, { count }) => sum + count, 0));
  return {
    figures: {
      failed_sends: counted(failed?.count ?? 0),
      vendor_errors: total(vendorErrors),
      model_errors: total(modelErrors),
      cost: { value: spent.cost, base: spent.calls },
      cost_per_conversation: { value: spent.answered === 0 ? null : Math.round(spent.cost / spent.answered), base: spent.answered },
      tokens: counted(spent.read + spent.cached + spent.written + spent.output),
      cache_hit: share(spent.cached, spent.read + spent.cached + spent.written),
    },
    vendorErrors,
    modelErrors,
  };
};

type Spent = Readonly<Record<"calls" | "cost" | "read" | "cached" | "written" | "output" | "answered", number>>;

const readSpent = async (tx: Tx, { clubId, window: { from, until } }: Scope): Promise<Spent> => {
  const [row] = await tx.db.$queryRaw<Spent[]>`
    select count(*)::int as calls, coalesce(sum(t."costMicros"), 0)::float8 as cost, coalesce(sum(t."inputTokens"), 0)::float8 as read,
      coalesce(sum(t."cacheReadTokens"), 0)::float8 as cached, coalesce(sum(t."cacheWriteTokens"), 0)::float8 as written,
      coalesce(sum(t."outputTokens"), 0)::float8 as output,
      (select count(distinct m."conversationId")::int from "Message" m
       where m."clubId" = ${clubId} and m."receivedAt" >= ${from} and m."receivedAt" < ${until} and m.direction = 'outbound' and m.author = 'agent'
         and ${WENT_OUT}) as answered
    from "ModelTurn" t where t."clubId" = ${clubId} and t."createdAt" >= ${from} and t."createdAt" < ${until}`;
  return row ?? { calls: 0, cost: 0, read: 0, cached: 0, written: 0, output: 0, answered: 0 };
};

/** Cost and tokens of each day of the period on which the model was asked. */
export const readMachineDays = async (tx: Tx, { clubId, timeZone, window: { from, until } }: Scope) => {
  const rows = await tx.db.$queryRaw<{ day: string; cost: number; tokens: number }[]>`
    select to_char(t."createdAt" at time zone ${timeZone}, 'YYYY-MM-DD') as day, sum(t."costMicros")::float8 as cost,
      sum(t."inputTokens" + t."cacheReadTokens" + t."cacheWriteTokens" + t."outputTokens")::float8 as tokens
    from "ModelTurn" t where t."clubId" = ${clubId} and t."createdAt" >= ${from} and t."createdAt" < ${until} group by 1`;
  return new Map(rows.map(({ cost, day, tokens }) => [day, { cost: counted(cost), tokens: counted(tokens) }]));
};
