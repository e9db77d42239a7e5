import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { z } from "zod";

export const ModelCostsInput = z.object({ from: z.iso.datetime({ offset: true }), until: z.iso.datetime({ offset: true }) });

export type ModelCosts = {
  readonly callCount: number;
  readonly failedCallCount: number;
  /** Neither read from the service's cache nor written to it. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** Of all tokens read, those that came from the cache; null where nothing was read. */
  readonly cacheHitRatio: number | null;
  /** Millionths of a US dollar. */
  readonly costMicros: number;
  /** Conversations in which an answer of the agent went out, alone or approved. */
  readonly answeredConversationCount: number;
  /** All cost of the period over those conversations; null where there are none. */
  readonly costPerAnsweredMicros: number | null;
  readonly byPurpose: readonly { readonly purpose: string; readonly callCount: number; readonly costMicros: number }[];
  readonly byModel: readonly { readonly model: string; readonly callCount: number; readonly costMicros: number }[];
};

type Row = {
  readonly purpose: string;
  readonly model: string;
  readonly callCount: bigint;
  readonly failedCallCount: bigint;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  readonly cacheReadTokens: bigint;
  readonly cacheWriteTokens: bigint;
  readonly costMicros: bigint;
};

/** What the model cost the club in a period, and what came of it. @throws `invalid` for a period that ends before it begins */
export const modelCosts = async (ctx: ServiceContext, raw: z.input<typeof ModelCostsInput>): Promise<ModelCosts> => {
  assertCan(ctx, "action.read");
  const input = ModelCostsInput.parse(raw);
  const [from, until] = [new Date(input.from), new Date(input.until)];
  if (until <= from) {
    throw new DomainError("invalid", "the period ends before it begins");
  }
  const { answered, rows } = await withClub(
    ctx,
    async (tx) => ({
      rows: await tx.db.$queryRaw<Row[]>`
        select purpose, model, count(*) as "callCount", count("errorKind") as "failedCallCount",
               sum("inputTokens")::bigint as "inputTokens", sum("outputTokens")::bigint as "outputTokens",
               sum("cacheReadTokens")::bigint as "cacheReadTokens", sum("cacheWriteTokens")::bigint as "cacheWriteTokens",
               sum("costMicros")::bigint as "costMicros"
        from "ModelTurn"
        where "clubId" = ${ctx.clubId} and "createdAt" >= ${from} and "createdAt" < ${until}
        group by purpose, model`,
      answered: await tx.db.$queryRaw<{ count: bigint }[]>`
        select count(distinct m."conversationId") as count from "Message" m
        join "Effect" e on e.id = m."effectId" and e."clubId" = m."clubId"
        where m."clubId" = ${ctx.clubId} and m."receivedAt" >= ${from} and m."receivedAt" < ${until} and m.direction = 'outbound'
          and e."plannedBy" = 'agent' and e.purpose = 'reply' and e.status not in ('failed', 'dropped')`,
    }),
    { fixedNow: ctx.fixedNow },
  );
  return costsOf(rows, Number(answered[0]?.count ?? 0n));
};

const costsOf = (rows: readonly Row[], answeredConversationCount: number): ModelCosts => {
  const sum = (of: Exclude<keyof Row, "purpose" | "model">): number => rows.reduce((total, row) => total + Number(row[of]), 0);
  const tokens = {
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    cacheReadTokens: sum("cacheReadTokens"),
    cacheWriteTokens: sum("cacheWriteTokens"),
  };
  const readTokens = tokens.inputTokens + tokens.cacheReadTokens + tokens.cacheWriteTokens;
  const costMicros = sum("costMicros");
  return {
    callCount: sum("callCount"),
    failedCallCount: sum("failedCallCount"),
    ...tokens,
    cacheHitRatio: readTokens === 0 ? null : tokens.cacheReadTokens / readTokens,
    costMicros,
    answeredConversationCount,
    costPerAnsweredMicros: answeredConversationCount === 0 ? null : Math.round(costMicros / answeredConversationCount),
    byPurpose: groupsOf(rows, "purpose").map(({ key, ...group }) => ({ purpose: key, ...group })),
    byModel: groupsOf(rows, "model").map(({ key, ...group }) => ({ model: key, ...group })),
  };
};

/** The dearest first. */
const groupsOf = (rows: readonly Row[], by: "purpose" | "model") =>
  [...new Set(rows.map((row) => row[by]))]
    .map((key) => {
      const own = rows.filter((row) => row[by] === key);
      return {
        key,
        callCount: own.reduce((total, row) => total + Number(row.callCount), 0),
        costMicros: own.reduce((total, row) => total + Number(row.costMicros), 0),
      };
    })
    .toSorted((one, other) => other.costMicros - one.costMicros || (one.key < other.key ? -1 : 1));
