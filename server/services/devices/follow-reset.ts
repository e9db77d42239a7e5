import "server-only";

import { z } from "zod";

import { ConnectorError } from "#server/connectors/errors.ts";
import type { ResetProgress } from "#server/connectors/acts.ts";
import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { actionFailed } from "#server/services/automations/action-failed.ts";
import { plannedLines } from "#server/services/automations/planned-lines.ts";
import { settleUse } from "#server/services/automations/settle-use.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { ResetArguments } from "#server/services/effects/effect-arguments.ts";

/** Asked so long after it began, a reset that says nothing counts as failed: the vendor's longest script takes a few minutes. */
export const RESET_MAX_MINUTES = 10;

export const FollowResetInput = z.object({ effectId: idSchema("effect") });

/** `running`: ask again. A vendor that cannot be reached just now is `running` as well, until the time is over. */
export type FollowedReset = { readonly state: "running" | "succeeded" | "failed" };

/** Looks once how far a started reset has come, keeps what the vendor says with its effect, and tells people when it failed. */
export const followReset = async (ctx: ServiceContext, raw: z.input<typeof FollowResetInput>): Promise<FollowedReset> => {
  assertCan(ctx, "effect.dispatch");
  const { effectId } = FollowResetInput.parse(raw);
  const effect = await readEffect(ctx, effectId);
  const progress = await look(ctx, effect);
  const followed = await store(ctx, { effectId, effect, progress });
  for (const line of followed.state === "running" ? [] : await plannedLines(ctx, effectId)) {
    await dispatchEffect(ctx, { effectId: line });
  }
  return followed;
};

type Look = { readonly effectId: string; readonly effect: Started; readonly progress: ResetProgress | null };

const store = (ctx: ServiceContext, { effectId, effect, progress }: Look): Promise<FollowedReset> =>
  inTransaction(ctx, async (tx): Promise<FollowedReset> => {
    if (effect.conversationId !== null) {
      await lockConversation(tx, ctx, effect.conversationId);
    }
    const isOverdue = tx.now.getTime() - effect.since.getTime() > RESET_MAX_MINUTES * 60_000;
    const state: FollowedReset["state"] = endOf(progress) ?? (isOverdue ? "failed" : "running");
    if (state === "running") {
      return { state };
    }
    const detail = progress?.detail ?? "the vendor never said how it ended";
    await tx.db.effect.updateMany({
      where: { id: effectId, clubId: ctx.clubId, status: "confirmed" },
      data: {
        result: { state, detail },
        updatedAt: tx.now,
        ...(progress?.vendorReference == null ? {} : { vendorReference: progress.vendorReference }),
      },
    });
    if (state === "failed") {
      await raiseAlert(tx, ctx, {
        kind: "effect_failed",
        severity: "critical",
        key: `effect:${effectId}`,
        title: `${effect.deviceName} was not reset`,
        detail,
        conversationId: effect.conversationId,
        connectionId: effect.connectionId,
        effectId,
      });
    }
    if (state === "failed") {
      await actionFailed(tx, ctx, effectId);
    } else {
      const line = { bay_reset: "reset_done", door_unlock: null } as const;
      await settleUse(tx, ctx, { effectId, outcome: "succeeded", line, needsPerson: false });
    }
    await recordAudit(tx, ctx, { action: "effect.settled", entityId: effectId, details: { outcome: state } });
    tx.news.actions.push({
      kind: state === "failed" ? "act.failed" : "act.done",
      risk: "physical",
      summary: state === "failed" ? "A device's reset failed." : "A device was reset.",
      outcome: state === "failed" ? "failed" : "done",
      conversationId: effect.conversationId,
      effectId,
    });
    return { state };
  });

const endOf = (progress: ResetProgress | null): "succeeded" | "failed" | null =>
  progress?.state === "succeeded" || progress?.state === "failed" ? progress.state : null;

type Started = {
  readonly connectionId: string;
  readonly conversationId: string | null;
  readonly deviceExternalId: string;
  readonly deviceName: string;
  readonly since: Date;
  readonly vendorReference: string | null;
};

const readEffect = (ctx: ServiceContext, effectId: string): Promise<Started> =>
  withClub(ctx, async (tx) => {
    const row = await tx.db.effect.findFirst({
      where: { id: effectId, clubId: ctx.clubId, kind: "device.reset", status: "confirmed" },
      select: { connectionId: true, conversationId: true, arguments: true, dispatchedAt: true, createdAt: true, vendorReference: true },
    });
    if (row === null) {
      throw notFound("effect");
    }
    const { arguments: args, dispatchedAt, createdAt, ...rest } = row;
    return { ...rest, ...ResetArguments.parse(args), since: dispatchedAt ?? createdAt };
  });

/** Null = nothing to be learned just now. */
const look = async (
  ctx: ServiceContext,
  { connectionId, deviceExternalId, since, vendorReference }: Started,
): Promise<ResetProgress | null> => {
  try {
    const { devices } = await openConnector(ctx, { connectionId });
    return (await devices?.follow({ deviceExternalId, since, vendorReference })) ?? null;
  } catch (error) {
    if (error instanceof ConnectorError) {
      return null;
    }
    throw error;
  }
};
