import "server-only";

import { tellableAt } from "#server/domain/notification-settings.ts";
import { NOTIFICATION_WORDS, type NotificationKind, type NotificationWay } from "#server/domain/notification-words.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { clubPeople, leadsTo, type ClubPerson } from "#server/services/notifications/club-people.ts";

/** Name of the event that has notifications leave the house. */
const NOTIFICATION_DUE = "people/notification.due";

export type Told = {
  readonly kind: NotificationKind;
  /** Both leave the house: no word of a member stands in them. */
  readonly title: string;
  readonly detail: string;
  /** The page of the club where it is, such as `approvals`. */
  readonly path: string;
  readonly subjectId?: string;
  /** One person alone; otherwise everybody whose role reaches. */
  readonly userId?: string;
  /** Where it takes more than the kind of news does. */
  readonly leastRole?: Role;
};

/**
 * The one way in which people hear of something: writes it down for everybody it concerns who wants to know, and what is to leave the
 * house with the hour from which it may. Whoever did it themselves is not told of it. Part of the caller's transaction, so
 * that it takes no lock and calls nobody: `deliver-notification` does.
 */
export const tellPeople = async (tx: ServiceTx, ctx: ServiceContext, told: Told): Promise<void> => {
  const self = ctx.actor.kind === "staff" ? ctx.actor.userId : null;
  const people = await clubPeople(tx, ctx, told.userId === undefined ? {} : { userId: told.userId });
  const concerned = people.flatMap((person) => {
    const ways = person.settings.ways[told.kind].filter((way) => leadsTo(person, way));
    return person.userId === self || !reaches(person, told) || ways.length === 0 ? [] : [{ person, ways }];
  });
  await writeNotifications(tx, ctx, { told, concerned });
};

const reaches = ({ role }: ClubPerson, { kind, leastRole }: Told): boolean =>
  isAtLeast(role, NOTIFICATION_WORDS[kind].leastRole) && isAtLeast(role, leastRole ?? "staff");

type Concerned = { readonly person: ClubPerson; readonly ways: readonly NotificationWay[] };

/** One row a person, one a way, one event for all of them. */
export const writeNotifications = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { concerned, told }: { readonly told: Told; readonly concerned: readonly Concerned[] },
): Promise<void> => {
  if (concerned.length === 0) {
    return;
  }
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId };
  const batchId = newId("notification");
  const rows = concerned.map(({ person, ways }) => ({ id: newId("notification"), person, ways }));
  await tx.db.notification.createMany({
    data: rows.map(({ id, person, ways }) => ({
      ...scope,
      id,
      batchId,
      userId: person.userId,
      kind: told.kind,
      title: told.title,
      detail: told.detail,
      path: told.path,
      subjectId: told.subjectId ?? null,
      isListed: ways.includes("in_app"),
      createdAt: tx.now,
    })),
  });
  const deliveries = rows.flatMap(({ id, person, ways }) => {
    const dueAt = tellableAt(told.kind, { now: tx.now, timeZone, quiet: person.settings.quiet });
    return ways
      .filter((way) => way !== "in_app")
      .map((way) => ({ ...scope, id: newId("notificationDelivery"), notificationId: id, way, status: "due", dueAt }));
  });
  await tx.db.notificationDelivery.createMany({ data: deliveries });
  const isDue = deliveries.some(({ dueAt }) => dueAt <= tx.now);
  tx.news.changes.push({ topic: "notification", ...(isDue ? { event: { name: NOTIFICATION_DUE, data: { batchId } } } : {}) });
};

/** What was told of has been done: nobody need look any more, and whoever sleeps is not told in the morning. */
export const settleNotifications = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { kinds, subjectIds }: { readonly subjectIds: readonly string[]; readonly kinds?: readonly NotificationKind[] },
): Promise<void> => {
  const { count } = await tx.db.notification.updateMany({
    where: {
      clubId: ctx.clubId,
      subjectId: { in: [...subjectIds] },
      settledAt: null,
      ...(kinds === undefined ? {} : { kind: { in: [...kinds] } }),
    },
    data: { settledAt: tx.now },
  });
  if (count > 0) {
    tx.news.changes.push({ topic: "notification" });
  }
};

/** The page that shows one conversation, whatever view it belongs to. */
export const conversationPlace = (conversationId: string): string => `inbox?view=all&conversation=${conversationId}`;
