import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { EffectStatus } from "#server/domain/vocabulary.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { draftTextOf } from "#server/services/approvals/draft-text.ts";

import { TOLD_DAYS, TOLD_MAX_COUNT } from "./limits.ts";

/** Of what was planned, only this may have reached somebody. */
const TOLD: EffectStatus[] = ["dispatching", "confirmed", "unknown", "needs_human"];
const DAY_MS = 86_400_000;

export type Told = {
  readonly effectId: Id<"effect">;
  readonly conversationId: Id<"conversation">;
  readonly contactName: string;
  readonly text: string;
  readonly at: Date;
  /** What became of the correction for this conversation. */
  readonly correction: "none" | "waiting" | "sent" | "given_up";
};

export const correctionKey = (articleId: string, effectId: string): string => `correction:${articleId}:${effectId}`;

/** Everybody who was told something out of an article within a week, newest first, with the words that went out. */
export const toldOf = async (tx: Tx, { clubId }: Pick<ServiceContext, "clubId">, articleId: string): Promise<readonly Told[]> => {
  const uses = await tx.db.knowledgeUse.findMany({
    where: { clubId, articleId, createdAt: { gt: new Date(tx.now.getTime() - TOLD_DAYS * DAY_MS) } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: TOLD_MAX_COUNT,
    select: { effectId: true, conversationId: true },
  });
  const effects = await tx.db.effect.findMany({
    where: { clubId, id: { in: uses.map(({ effectId }) => effectId) }, status: { in: TOLD } },
    select: { id: true, arguments: true, dispatchedAt: true, createdAt: true },
  });
  const byId = new Map(effects.map((effect) => [effect.id, effect]));
  const names = await contactNames(tx, { clubId, conversationIds: uses.map(({ conversationId }) => conversationId) });
  const corrections = await correctionsOf(tx, { clubId, keys: uses.map(({ effectId }) => correctionKey(articleId, effectId)) });
  return uses.flatMap(({ effectId, conversationId }) => {
    const effect = byId.get(effectId);
    return effect === undefined
      ? []
      : [
          {
            effectId: effectId as Id<"effect">,
            conversationId: conversationId as Id<"conversation">,
            contactName: names.get(conversationId) ?? "",
            text: draftTextOf(effect.arguments) ?? "",
            at: effect.dispatchedAt ?? effect.createdAt,
            correction: corrections.get(correctionKey(articleId, effectId)) ?? "none",
          },
        ];
  });
};

type Conversations = { readonly clubId: string; readonly conversationIds: readonly string[] };

const contactNames = async (tx: Tx, { clubId, conversationIds }: Conversations): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.db.conversation.findMany({
    where: { clubId, id: { in: [...new Set(conversationIds)] } },
    select: { id: true, contact: { select: { displayName: true } } },
  });
  return new Map(rows.map(({ id, contact }) => [id, contact.displayName]));
};

const STATE_OF: Readonly<Record<EffectStatus, Told["correction"]>> = {
  planned: "waiting",
  approved: "waiting",
  dispatching: "sent",
  confirmed: "sent",
  unknown: "sent",
  needs_human: "sent",
  failed: "given_up",
  dropped: "given_up",
};

type Keys = { readonly clubId: string; readonly keys: readonly string[] };

const correctionsOf = async (tx: Tx, { clubId, keys }: Keys): Promise<ReadonlyMap<string, Told["correction"]>> => {
  const rows = await tx.db.effect.findMany({
    where: { clubId, effectKey: { in: [...keys] } },
    select: { effectKey: true, status: true },
  });
  return new Map(rows.map(({ effectKey, status }) => [effectKey, STATE_OF[status as EffectStatus]]));
};
