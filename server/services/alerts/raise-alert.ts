import "server-only";

import { KIND_OF_ALERT } from "#server/domain/notification-words.ts";
import type { AlertKind } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { conversationPlace, settleNotifications, tellPeople } from "#server/services/notifications/tell-people.ts";

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
  /** The card alone says it. */
  readonly isUntold?: boolean;
};

/**
 * Opens a card that people see, or counts it up and brings it up to date when the same one is open already. People are told of a new
 * card, and not of one that counts on. Part of the caller's transaction.
 */
export const raiseAlert = async (tx: ServiceTx, ctx: ServiceContext, alarm: Alarm): Promise<void> => {
  const id = newId("alert");
  const [card] = await tx.db.$queryRaw<{ id: string }[]>`
    insert into "Alert" (id, "franchiseId", "clubId", key, kind, severity, title, detail, "conversationId", "connectionId", "effectId", "openedAt", "lastSeenAt")
    values (${id}, ${ctx.franchiseId}, ${ctx.clubId}, ${alarm.key}, ${alarm.kind}, ${alarm.severity}, ${alarm.title}, ${alarm.detail},
            ${alarm.conversationId ?? null}, ${alarm.connectionId ?? null}, ${alarm.effectId ?? null}, ${tx.now}, ${tx.now})
    on conflict ("clubId", key) where "resolvedAt" is null
    do update set count = "Alert".count + 1, "lastSeenAt" = excluded."lastSeenAt", kind = excluded.kind,
                  severity = excluded.severity, title = excluded.title, detail = excluded.detail
    returning id`;
  tx.news.changes.push({ topic: "alert", conversationId: alarm.conversationId ?? null });
  if (card?.id === id && alarm.isUntold !== true) {
    const { detail, kind, title } = alarm;
    await tellPeople(tx, ctx, { kind: KIND_OF_ALERT[kind], title, detail, path: placeOf(alarm), subjectId: id });
  }
};

/** Where whoever hears of it looks. */
const placeOf = ({ conversationId, kind }: Alarm): string => {
  if (conversationId != null) {
    return conversationPlace(conversationId);
  }
  switch (KIND_OF_ALERT[kind]) {
    case "connection":
      return "connections";
    case "run":
      return "workflows";
    case "decision":
      return kind === "stage_offered" || kind === "stage_lowered" ? "agent/learning" : "knowledge?tab=notices";
    default:
      return "health";
  }
};

/** Closes an open card because its cause is gone. Quiet when there is none. */
export const settleAlert = async (tx: ServiceTx, ctx: ServiceContext, key: string): Promise<void> => {
  const closed = await tx.db.alert.updateManyAndReturn({
    where: { clubId: ctx.clubId, key, resolvedAt: null },
    data: { resolvedAt: tx.now, resolvedById: null },
    select: { id: true },
  });
  if (closed.length > 0) {
    await settleNotifications(tx, ctx, { subjectIds: closed.map(({ id }) => id) });
    tx.news.changes.push({ topic: "alert" });
  }
};
