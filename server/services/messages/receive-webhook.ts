import "server-only";

import { ConnectorError } from "#server/connectors/errors.ts";
import type { WebhookDelivery, WebhookPort, WebhookReply } from "#server/connectors/webhook.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { env } from "#server/platform/env.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { log } from "#server/platform/logger.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { decideByPress } from "#server/services/approvals/decide-by-press.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { ingestMessages } from "#server/services/messages/ingest-messages.ts";

/** Larger bodies are refused unread: vendors send a few kilobytes. */
export const WEBHOOK_MAX_BYTES = 256 * 1024;

type WebhookInput = {
  readonly provider: string;
  /** Path and query of the call; the public address in front of it is the installation's. */
  readonly path: string;
  readonly connectionId: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Uint8Array;
};

/**
 * Verifies one webhook call on its raw bytes, stores what it brings, and answers. Work that follows is not waited for.
 * A known delivery is answered like a new one and stored once.
 * @throws `not_found` for an unknown connection, `forbidden` for a wrong signature or time, `invalid` for a body that is
 * not understood: that one is kept in quarantine and shown
 */
export const receiveWebhook = async (input: WebhookInput): Promise<{ isReplay: boolean; reply: WebhookReply | null }> => {
  const connection = await findConnection(input);
  const ctx: ServiceContext = {
    ...connection,
    actor: { kind: "webhook", connectionId: connection.connectionId },
    requestId: `webhook:${connection.connectionId}`,
  };
  assertCan(ctx, "message.ingest");
  const connector = await openConnector(ctx, { connectionId: connection.connectionId });
  if (connector.webhook === undefined) {
    throw notFound("webhook");
  }
  const delivery = await parsed(ctx, input, connector.webhook);
  const result = await ingestMessages(ctx, {
    connectionId: connection.connectionId,
    messages: [],
    events: delivery.events,
    origin: { kind: "webhook", deliveryId: delivery.deliveryId, eventKind: delivery.events[0]?.kind ?? "empty" },
  });
  for (const press of result.isReplay ? [] : delivery.events.filter((event) => event.kind === "press")) {
    // The vendor waits three seconds for its answer; whoever pressed sees the decision take the buttons' place.
    void decideByPress(ctx, { connectionId: connection.connectionId, press }).catch((error: unknown) =>
      log.error({ err: error, clubId: ctx.clubId }, "a press could not be decided"),
    );
  }
  for (const effectId of result.effectIds) {
    // The confirmation of a STOP goes out from this process, whether the engine lives or not, but the vendor's call is not kept waiting for it.
    void dispatchEffect(ctx, { effectId }).catch((error: unknown) =>
      log.error({ err: error, effectId }, "a confirmation could not be dispatched at once"),
    );
  }
  return { isReplay: result.isReplay, reply: delivery.reply ?? null };
};

type FoundConnection = { readonly franchiseId: Id<"franchise">; readonly clubId: Id<"club">; readonly connectionId: Id<"connection"> };

const findConnection = async ({ provider, connectionId }: WebhookInput): Promise<FoundConnection> => {
  const id = idSchema("connection").safeParse(connectionId);
  if (!id.success) {
    throw notFound("connection");
  }
  const [row] = await withSystem(
    (tx) => tx.db.$queryRaw<{ franchiseId: Id<"franchise">; clubId: Id<"club"> }[]>`
      select "franchiseId", "clubId" from "Connection" where id = ${id.data} and provider = ${provider} and "archivedAt" is null and status <> 'disabled'`,
  );
  if (row === undefined) {
    throw notFound("connection");
  }
  return { ...row, connectionId: id.data };
};

const parsed = async (ctx: ServiceContext, input: WebhookInput, webhook: WebhookPort): Promise<WebhookDelivery> => {
  try {
    return await webhook.parse({ url: new URL(input.path, env.APP_URL).toString(), headers: input.headers, rawBody: input.rawBody });
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "unauthorized") {
      throw new DomainError("forbidden", "the signature or the time of this call is wrong", { cause: error });
    }
    if (error instanceof ConnectorError && error.kind === "malformed") {
      await quarantine(ctx, { input, reason: error.message });
      throw new DomainError("invalid", "the body of this call is not understood", { cause: error });
    }
    throw error;
  }
};

const quarantine = (ctx: ServiceContext, { input, reason }: { readonly input: WebhookInput; readonly reason: string }): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const body = Buffer.from(input.rawBody).toString("utf8").replaceAll("\u0000", "");
    await tx.db.quarantinedPayload.createMany({
      data: {
        id: newId("quarantinedPayload"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        connectionId: input.connectionId,
        source: "webhook",
        reason,
        bodyHash: sha256(input.rawBody),
        body,
        createdAt: tx.now,
      },
      skipDuplicates: true,
    });
    await raiseAlert(tx, ctx, {
      kind: "payload_quarantined",
      severity: "warning",
      key: `quarantine:${input.connectionId}`,
      title: "A vendor sent something Spotter does not understand",
      detail: `${reason}. It is kept and nothing else is held up.`,
      connectionId: input.connectionId,
    });
    await recordAudit(tx, ctx, { action: "connection.failed", entityId: input.connectionId, details: { kind: "malformed" } });
  });
