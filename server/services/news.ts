import "server-only";

import { actorId, deskOf } from "#server/domain/actor.ts";
import { hashOfAction, type ActionEntry } from "#server/domain/ledger.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type Topic =
  | "conversation"
  | "approval"
  | "alert"
  | "club"
  | "connection"
  | "knowledge"
  | "learning"
  | "workflow"
  | "ask"
  | "notification";

/** One change people or functions hear of. `event` names the Inngest event, if one follows. */
export type ChangeNews = {
  readonly topic: Topic;
  readonly conversationId?: string | null;
  readonly event?: { readonly name: string; readonly data: Readonly<Record<string, string>> };
};

export type ClubNews = { readonly changes: ChangeNews[]; readonly actions: ActionEntry[] };

/**
 * Numbers the news, appends the ledger rows to the club's chain and writes the outbox. Runs last in its
 * transaction: the counter row it locks orders the commits of the club. Returns whether there was any news.
 */
export const writeNews = async (tx: Tx, ctx: ServiceContext, news: ClubNews): Promise<boolean> => {
  const changes = withoutRepeats(news.changes);
  if (changes.length === 0 && news.actions.length === 0) {
    return false;
  }
  const counter = await lockCounter(tx, ctx);
  let ledgerHash = counter.ledgerHash;
  const actions = news.actions.map((entry, index): Prisma.AiActionCreateManyInput => {
    const sequence = counter.ledgerSequence + BigInt(index + 1);
    const row = actionRow(tx, ctx, { entry, sequence, previousHash: ledgerHash });
    ledgerHash = row.hash;
    return row;
  });
  await tx.db.aiAction.createMany({ data: actions });
  await writeOutbox(tx, ctx, { changes, after: counter.liveSequence });
  await tx.db.clubCounter.update({
    where: { clubId: ctx.clubId },
    data: {
      liveSequence: counter.liveSequence + BigInt(changes.length),
      ledgerSequence: counter.ledgerSequence + BigInt(actions.length),
      ledgerHash,
    },
    select: { clubId: true },
  });
  return changes.length > 0;
};

/** Several changes of one conversation in one transaction are one piece of news for browsers; events all stay. */
const withoutRepeats = (changes: readonly ChangeNews[]): readonly ChangeNews[] => {
  const seen = new Set<string>();
  return changes
    .toReversed()
    .filter((change) => {
      const key = `${change.topic}:${change.conversationId ?? ""}`;
      const isRepeat = seen.has(key) && change.event === undefined;
      seen.add(key);
      return !isRepeat;
    })
    .toReversed();
};

type Counter = { liveSequence: bigint; ledgerSequence: bigint; ledgerHash: string };

const lockCounter = async (tx: Tx, ctx: ServiceContext): Promise<Counter> => {
  const [row] = await tx.db.$queryRaw<Counter[]>`
    select "liveSequence", "ledgerSequence", "ledgerHash" from "ClubCounter" where "clubId" = ${ctx.clubId} for update`;
  if (row === undefined) {
    throw new Error(`club ${ctx.clubId} has no counter row`);
  }
  return row;
};

const actionRow = (
  tx: Tx,
  ctx: ServiceContext,
  { entry, sequence, previousHash }: { readonly entry: ActionEntry; readonly sequence: bigint; readonly previousHash: string },
) => {
  const deskId = deskOf(ctx.actor);
  const content = {
    franchiseId: ctx.franchiseId,
    clubId: ctx.clubId,
    sequence,
    previousHash,
    kind: entry.kind,
    risk: entry.risk,
    conversationId: entry.conversationId ?? null,
    messageId: entry.messageId ?? null,
    agentRunId: entry.agentRunId ?? null,
    decisionId: entry.decisionId ?? null,
    effectId: entry.effectId ?? null,
    approvalId: entry.approvalId ?? null,
    summary: entry.summary,
    inputs: { ...entry.inputs, ...(deskId === null ? {} : { deskId }) },
    policyVersion: entry.policyVersion ?? null,
    model: entry.model ?? null,
    promptVersion: entry.promptVersion ?? null,
    costMicros: entry.costMicros ?? 0n,
    actorKind: ctx.actor.kind,
    actorId: actorId(ctx.actor),
    outcome: entry.outcome,
    createdAt: tx.now,
  };
  return { id: newId("aiAction"), ...content, hash: hashOfAction(content, sha256) };
};

const writeOutbox = async (
  tx: Tx,
  ctx: ServiceContext,
  { changes, after }: { readonly changes: readonly ChangeNews[]; readonly after: bigint },
): Promise<void> => {
  const rows = changes.map((change, index) => {
    const id = newId("outboxEvent");
    return {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      name: change.event?.name ?? null,
      payload:
        change.event === undefined ? {} : { ...change.event.data, franchiseId: ctx.franchiseId, clubId: ctx.clubId, outboxEventId: id },
      clubSequence: after + BigInt(index + 1),
      conversationId: change.conversationId ?? null,
      topic: change.topic,
      createdAt: tx.now,
    };
  });
  await tx.db.outboxEvent.createMany({ data: rows });
  for (const row of rows) {
    if (row.conversationId !== null) {
      await tx.db.conversation.updateMany({
        where: { id: row.conversationId, clubId: ctx.clubId },
        data: { clubSequence: row.clubSequence },
      });
    }
  }
};
