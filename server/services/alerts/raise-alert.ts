import "server-only";

import type { AlertKind } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Alarm = {
  readonly kind: AlertKind;
  readonly severity: "info" | "warning" | "critical";
  /** What it is about: a repeated alarm of the same key is counted on one open card. */
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly conversationId?: string | null;
  readonly connectionId?: string | null;
  readonly effectId?: string | null;
};

/** Opens a card that people see, or counts it up and brings it up to date when the same one is open already. Part of the caller's transaction. */
export const raiseAlert = async (tx: ServiceTx, ctx: ServiceContext, alarm: Alarm): Promise<void> => {
  await tx.db.$executeRaw`
    insert into "Alert" (id, "franchiseId", "clubId", key, kind, severity, title, detail, "conversationId", "connectionId", "effectId", "openedAt", "lastSeenAt")
    values (${newId("alert")}, ${ctx.franchiseId}, ${ctx.clubId}, ${alarm.key}, ${alarm.kind}, ${alarm.severity}, ${alarm.title}, ${alarm.detail},
            ${alarm.conversationId ?? null}, ${alarm.connectionId ?? null}, ${alarm.effectId ?? null}, ${tx.now}, ${tx.now})
    on conflict ("clubId", key) where "resolvedAt" is null
    do update set count = "Alert".count + 1, "lastSeenAt" = excluded."lastSeenAt", kind = excluded.kind,
                  severity = excluded.severity, title = excluded.title, detail = excluded.detail`;
  tx.news.changes.push({ topic: "alert", conversationId: alarm.conversationId ?? null });
};

/** Closes an open card because its cause is gone. Quiet when there is none. */
export const settleAlert = async (tx: ServiceTx, ctx: ServiceContext, key: string): Promise<void> => {
  const { count } = await tx.db.alert.updateMany({
    where: { clubId: ctx.clubId, key, resolvedAt: null },
    data: { resolvedAt: tx.now, resolvedById: null },
  });
  if (count > 0) {
    tx.news.changes.push({ topic: "alert" });
  }
};
