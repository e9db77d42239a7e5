import "server-only";

import { ConnectorError } from "#server/connectors/errors.ts";
import type { Connector } from "#server/connectors/ports.ts";
import type { Id } from "#server/domain/ids.ts";
import type { EffectStatus } from "#server/domain/vocabulary.ts";
import { log } from "#server/platform/logger.ts";
import { afterAccessOf } from "#server/services/access/after-access-of.ts";
import { loadSentFiles } from "#server/services/attachments/load-sent-files.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { plannedLines } from "#server/services/automations/planned-lines.ts";
import { openConnector, takeTurnAhead } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { EFFECT_KINDS, type EffectOutcome } from "#server/services/effects/effect-kinds.ts";
import { beginDispatch, type Dispatch } from "#server/services/effects/begin-dispatch.ts";
import { MAX_POSTPONEMENTS, POSTPONE_SECONDS } from "#server/services/effects/limits.ts";
import { confirmEffect, failEffect, lockPlace } from "#server/services/effects/settle-effect.ts";
import { suppressAddress } from "#server/services/people/suppress-address.ts";
import { strikeTouch } from "#server/services/sending/touches.ts";

type Dispatching = {
  readonly effectId: Id<"effect">;
  /** Of one that nobody waits for: its connection is opened, and its turn there awaited, before it is said to be under way, not after. */
  readonly ahead?: Ahead;
};

/** `connectors`: what was opened for one serves the next of a row. A pause or a removal is seen all the same. */
type Ahead = { readonly connectionId: string; readonly connectors: OpenConnectors };

/** Connectors by their connection. */
export type OpenConnectors = Map<string, Connector>;

export type DispatchResult = { readonly status: EffectStatus; readonly reason: string | null };

/**
 * Hands one effect to its vendor, at most once: DISPATCHING is committed before the call, with the gate read in the
 * same transaction, and nothing is called while a transaction is open. Whoever comes second finds nothing to do.
 * Whatever happens after that commit is confirmed, failed, or shown as unknown; it is never tried again from here.
 */
export const dispatchEffect = async (ctx: ServiceContext, { ahead, effectId }: Dispatching): Promise<DispatchResult> => {
  assertCan(ctx, "effect.dispatch");
  const turn = ahead === undefined ? null : await getReady(ctx, ahead);
  const begun = await inTransaction(ctx, async (tx) => {
    const result = await beginDispatch(tx, ctx, effectId);
    if (result.kind === "go") {
      await recordAudit(tx, ctx, { action: "effect.dispatched", entityId: effectId, details: { attempt: result.dispatch.attempt } });
    }
    return result;
  });
  if (begun.kind !== "go") {
    turn?.giveBack();
    return { status: begun.status, reason: begun.reason };
  }
  const result = await settle(ctx, begun.dispatch, await call(ctx, begun.dispatch, ahead?.connectors));
  await sayHowItWent(ctx, begun.dispatch);
  return result;
};

/** A crash after DISPATCHING leaves the message in doubt: all that may come before is done before. */
const getReady = async (ctx: ServiceContext, { connectionId, connectors }: Ahead): Promise<{ readonly giveBack: () => void }> => {
  try {
    connectors.set(connectionId, connectors.get(connectionId) ?? (await openConnector(ctx, { connectionId })));
  } catch (error) {
    // Whether it may go out at all is for the gate to say, and what cannot be opened for the call itself.
    log.warn({ err: error, clubId: ctx.clubId, connectionId }, "a connection could not be opened ahead");
  }
  return takeTurnAhead(connectionId);
};

/** Whoever waits at a bay or a door hears at once how it went; what breaks here is taken up by the sweep. */
const sayHowItWent = async (ctx: ServiceContext, { effectId, kind }: Dispatch): Promise<void> => {
  if (kind === "access.set") {
    for (const next of await afterAccessOf(ctx, effectId)) {
      await dispatchEffect(ctx, { effectId: next });
    }
  }
  if (kind === "message.send" || EFFECT_KINDS[kind].effectKind !== "pulse") {
    return;
  }
  for (const line of await plannedLines(ctx, effectId)) {
    await dispatchEffect(ctx, { effectId: line });
  }
};

type Outcome = { readonly kind: "done"; readonly outcome: EffectOutcome } | { readonly kind: "error"; readonly error: ConnectorError };

const call = async (ctx: ServiceContext, dispatch: Dispatch, connectors?: OpenConnectors): Promise<Outcome> => {
  let isCalled = false;
  try {
    const { connectionId } = dispatch;
    const connector = connectors?.get(connectionId) ?? (await openConnector(ctx, { connectionId }));
    connectors?.set(connectionId, connector);
    const files = dispatch.kind === "message.send" ? await loadSentFiles(ctx, dispatch.arguments) : [];
    isCalled = true;
    const outcome = await EFFECT_KINDS[dispatch.kind].run(connector, { key: dispatch.effectId, arguments: dispatch.arguments, files });
    return { kind: "done", outcome };
  } catch (error) {
    if (error instanceof ConnectorError) {
      return { kind: "error", error };
    }
    log.error({ err: error, clubId: ctx.clubId, effectId: dispatch.effectId }, "dispatch failed unexpectedly");
    const kind = isCalled ? "outcome_unknown" : "unavailable";
    return { kind: "error", error: new ConnectorError(kind, "the connection failed in an unexpected way", { cause: error }) };
  }
};

/** The vendor knows of a STOP that we have not heard: it holds for the whole franchise from now on. */
const suppressAddressOf = async (tx: ServiceTx, ctx: ServiceContext, effectId: string): Promise<void> => {
  const effect = await tx.db.effect.findFirst({
    where: { id: effectId, clubId: ctx.clubId },
    select: { addressKey: true, channelKind: true },
  });
  if (effect?.addressKey != null && effect.channelKind !== null) {
    await suppressAddress(tx, ctx, { addresses: [{ addressKey: effect.addressKey, channelKind: effect.channelKind }], source: "vendor" });
  }
};

const settle = (ctx: ServiceContext, dispatch: Dispatch, outcome: Outcome): Promise<DispatchResult> =>
  inTransaction(ctx, async (tx) => {
    const { effectId, attempt } = dispatch;
    if (outcome.kind === "done") {
      await confirmEffect(tx, ctx, { effectId, ...outcome.outcome, by: "answer" });
      return { status: "confirmed", reason: null };
    }
    const { kind, message, retryAfterSeconds, reason } = outcome.error;
    if ((kind === "throttled" || kind === "unavailable") && dispatch.postponedCount < MAX_POSTPONEMENTS) {
      const wait = (retryAfterSeconds ?? POSTPONE_SECONDS * 2 ** dispatch.postponedCount) * 1_000;
      await lockPlace(tx, ctx, effectId);
      const { count } = await tx.db.effect.updateMany({
        where: { id: effectId, clubId: ctx.clubId, status: "dispatching", attempt },
        data: {
          status: dispatch.returnTo,
          attempt: attempt - 1,
          postponedCount: dispatch.postponedCount + 1,
          leaseUntil: null,
          notBefore: new Date(tx.now.getTime() + wait),
          updatedAt: tx.now,
        },
      });
      if (count === 0) {
        return { status: "unknown", reason: kind };
      }
      await strikeTouch(tx, ctx, effectId);
      await tx.db.message.updateMany({ where: { clubId: ctx.clubId, effectId, status: "sending" }, data: { status: "queued" } });
      tx.news.changes.push({ topic: "conversation", conversationId: dispatch.conversationId });
      return { status: dispatch.returnTo, reason: kind };
    }
    if (kind === "rejected" && reason === "opted_out") {
      await suppressAddressOf(tx, ctx, effectId);
    }
    const isUnknown = kind === "outcome_unknown" || kind === "malformed";
    await failEffect(tx, ctx, { effectId, from: ["dispatching"], attempt, to: isUnknown ? "unknown" : "failed", kind, detail: message });
    return { status: isUnknown ? "unknown" : "failed", reason: kind };
  });
