import "server-only";

import { ConnectorError } from "#server/connectors/errors.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dispatchEffect, type DispatchResult } from "#server/services/effects/dispatch-effect.ts";
import { EFFECT_KINDS, type EffectKind } from "#server/services/effects/effect-kinds.ts";
import { ABSENT_READ_BACKS, MAX_REPEATS, MAX_SEND_ATTEMPTS, READ_BACK_PAUSE_SECONDS } from "#server/services/effects/limits.ts";
import { confirmEffect, failEffect } from "#server/services/effects/settle-effect.ts";
import { strikeTouch } from "#server/services/sending/touches.ts";

/** The vendor's clock may lag behind ours by this much and still list our message as sent after we began. */
const CLOCK_SLACK_MS = 120_000;

/**
 * Finds out what became of a send nobody knows the outcome of: read back at the vendor; found, it is confirmed; absent
 * twice, at least 30 s apart, it is sent once more under the same key; with no way to read back a person is asked.
 */
export const reconcileEffect = async (ctx: ServiceContext, { effectId }: { readonly effectId: Id<"effect"> }): Promise<DispatchResult> => {
  assertCan(ctx, "effect.dispatch");
  const open = await inTransaction(ctx, (tx) => takeUp(tx, ctx, effectId));
  if (open === null) {
    return { status: "unknown", reason: null };
  }
  const found: Found = EFFECT_KINDS[open.effect.kind].afterUnknown === "again" ? { kind: "harmless" } : await readBack(ctx, open);
  const next = await inTransaction(ctx, (tx) => settle(tx, ctx, { effect: open.effect, found }));
  const ahead = { connectionId: open.effect.connectionId, connectors: new Map() };
  return next === "again" ? dispatchEffect(ctx, { effectId, ahead }) : next;
};

/** The effect, once it is known to be unknown and its next read-back is due; else null. */
const takeUp = async (tx: ServiceTx, ctx: ServiceContext, effectId: Id<"effect">): Promise<Unsettled | null> => {
  const crashed = await tx.db.effect.count({
    where: { id: effectId, clubId: ctx.clubId, status: "dispatching", leaseUntil: { lt: tx.now } },
  });
  if (crashed > 0) {
    await failEffect(tx, ctx, {
      effectId,
      from: ["dispatching"],
      to: "unknown",
      kind: "outcome_unknown",
      detail: "Spotter was interrupted while it handed this message to the vendor",
    });
  }
  const effect = await tx.db.effect.findFirst({
    where: {
      id: effectId,
      clubId: ctx.clubId,
      status: "unknown",
      OR: [{ lastReadBackAt: null }, { lastReadBackAt: { lte: new Date(tx.now.getTime() - READ_BACK_PAUSE_SECONDS * 1_000) } }],
    },
    select: {
      kind: true,
      connectionId: true,
      conversationId: true,
      arguments: true,
      dispatchedAt: true,
      absentReadBackCount: true,
      attempt: true,
      createdAt: true,
    },
  });
  if (effect === null) {
    return null;
  }
  const others = await tx.db.effect.findMany({
    where: { clubId: ctx.clubId, conversationId: effect.conversationId, status: "confirmed", vendorReference: { not: null } },
    orderBy: { id: "desc" },
    take: 50,
    select: { vendorReference: true },
  });
  return {
    effect: { ...effect, kind: effect.kind as EffectKind, id: effectId },
    knownReferences: others.flatMap((row) => (row.vendorReference === null ? [] : [row.vendorReference])),
  };
};

type ReadBack = { readonly effect: OpenEffect; readonly found: Found };

const settle = async (tx: ServiceTx, ctx: ServiceContext, { effect, found }: ReadBack): Promise<"again" | DispatchResult> => {
  const effectId = effect.id;
  if (found.kind === "found") {
    await confirmEffect(tx, ctx, { effectId, vendorReference: found.vendorReference, by: "read_back" });
    return { status: "confirmed", reason: null };
  }
  const { afterUnknown } = EFFECT_KINDS[effect.kind];
  if (found.kind === "no_way" || (found.kind === "absent" && afterUnknown === "person")) {
    return askPerson(tx, ctx, {
      effectId,
      detail: found.kind === "absent" ? "the vendor shows no trace of it" : "the vendor cannot show what was done",
    });
  }
  if (found.kind === "harmless") {
    return effect.attempt >= MAX_REPEATS
      ? askPerson(tx, ctx, { effectId, detail: "tried several times without an answer" })
      : repeat(tx, ctx, effect);
  }
  const absentReadBackCount = effect.absentReadBackCount + (found.kind === "absent" ? 1 : 0);
  const isProvenAbsent = absentReadBackCount >= ABSENT_READ_BACKS;
  if (isProvenAbsent && effect.attempt >= MAX_SEND_ATTEMPTS) {
    return askPerson(tx, ctx, { effectId, attempt: effect.attempt, detail: "sent twice without a trace at the vendor" });
  }
  // A read-back speaks of the attempt it began after: meanwhile another reconciler may have sent the message once more.
  const { count } = await tx.db.effect.updateMany({
    where: {
      id: effectId,
      clubId: ctx.clubId,
      status: "unknown",
      attempt: effect.attempt,
      absentReadBackCount: effect.absentReadBackCount,
    },
    data: { lastReadBackAt: tx.now, updatedAt: tx.now, ...(isProvenAbsent ? { absentReadBackCount: 0 } : { absentReadBackCount }) },
  });
  if (!isProvenAbsent || count === 0) {
    return { status: "unknown", reason: found.kind };
  }
  await backToPlan(tx, ctx, effectId);
  return "again";
};

type Question = { readonly effectId: string; readonly attempt?: number; readonly detail: string };

const askPerson = async (tx: ServiceTx, ctx: ServiceContext, question: Question): Promise<DispatchResult> => {
  await failEffect(tx, ctx, { ...question, from: ["unknown"], to: "needs_human", kind: "outcome_unknown" });
  return { status: "needs_human", reason: "outcome_unknown" };
};

/** The same deed once more under the same key: a state that is set, or a call whose key the vendor knows again. */
const repeat = async (tx: ServiceTx, ctx: ServiceContext, { id, attempt }: OpenEffect): Promise<"again" | DispatchResult> => {
  const { count } = await tx.db.effect.updateMany({
    where: { id, clubId: ctx.clubId, status: "unknown", attempt },
    data: { lastReadBackAt: tx.now, updatedAt: tx.now },
  });
  if (count === 0) {
    return { status: "unknown", reason: null };
  }
  await backToPlan(tx, ctx, id);
  return "again";
};

const backToPlan = async (tx: ServiceTx, ctx: ServiceContext, effectId: string): Promise<void> => {
  await tx.db.$executeRaw`
    update "Effect" set status = case when "needsApproval" then 'approved' else 'planned' end, "updatedAt" = ${tx.now}
    where id = ${effectId} and "clubId" = ${ctx.clubId} and status = 'unknown'`;
  await strikeTouch(tx, ctx, effectId);
};

type OpenEffect = {
  readonly id: Id<"effect">;
  readonly kind: EffectKind;
  readonly connectionId: string;
  readonly arguments: unknown;
  readonly dispatchedAt: Date | null;
  readonly createdAt: Date;
  readonly absentReadBackCount: number;
  readonly attempt: number;
};
type Unsettled = { readonly effect: OpenEffect; readonly knownReferences: readonly string[] };
type Found =
  | { readonly kind: "found"; readonly vendorReference: string | null }
  | { readonly kind: "absent" | "no_way" | "unreachable" | "harmless" };

const readBack = async (ctx: ServiceContext, { effect, knownReferences }: Unsettled): Promise<Found> => {
  const since = new Date((effect.dispatchedAt ?? effect.createdAt).getTime() - CLOCK_SLACK_MS);
  try {
    const connector = await openConnector(ctx, { connectionId: effect.connectionId });
    const looked = EFFECT_KINDS[effect.kind].readBack(connector, { key: effect.id, arguments: effect.arguments, since, knownReferences });
    if (looked === undefined) {
      return { kind: "no_way" };
    }
    const found = await looked;
    return found === null ? { kind: "absent" } : { kind: "found", vendorReference: found.vendorReference };
  } catch (error) {
    if (error instanceof ConnectorError) {
      return { kind: "unreachable" };
    }
    if (error instanceof DomainError) {
      // A removed connection will never show anything again; a paused one may, once it is resumed.
      return { kind: error.code === "not_found" ? "no_way" : "unreachable" };
    }
    throw error;
  }
};
