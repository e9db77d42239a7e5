import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { NotificationSettings, DEFAULT_NOTIFICATION_SETTINGS } from "#server/domain/notification-settings.ts";
import type { NotificationWay } from "#server/domain/notification-words.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type ClubPerson = {
  readonly userId: Id<"user">;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly settings: NotificationSettings;
  /** A browser of theirs lets itself be told in this club. */
  readonly hasDevice: boolean;
};

/** Whether a way leads to somebody at all: without a number or a browser nothing is even tried. */
export const leadsTo = ({ hasDevice, settings }: ClubPerson, way: NotificationWay): boolean => {
  switch (way) {
    case "sms":
      return settings.phone !== null;
    case "push":
      return hasDevice;
    default:
      return true;
  }
};

/** Everybody who works in this club now, with their highest role and of what they want to be told. */
export const clubPeople = async (
  tx: Tx,
  ctx: Pick<ServiceContext, "franchiseId" | "clubId">,
  { userId }: { readonly userId?: string } = {},
): Promise<readonly ClubPerson[]> => {
  const { clubId, franchiseId } = ctx;
  const only = userId === undefined ? {} : { userId };
  const accesses = await tx.db.staffAccess.findMany({
    where: { ...only, franchiseId, OR: [{ clubId }, { clubId: null }], archivedAt: null, user: { archivedAt: null } },
    orderBy: { id: "asc" },
    select: { userId: true, role: true, user: { select: { name: true, email: true } } },
  });
  const rows = await tx.db.notificationSettings.findMany({ where: { ...only, clubId }, select: { userId: true, document: true } });
  const chosen = new Map(rows.map((row) => [row.userId, NotificationSettings.parse(row.document)]));
  const devices = await tx.db.pushDevice.findMany({ where: { ...only, clubId }, distinct: ["userId"], select: { userId: true } });
  const withDevice = new Set(devices.map((device) => device.userId));
  const people = new Map<string, ClubPerson>();
  for (const { role: stored, user, userId: id } of accesses) {
    const role = Role.parse(stored);
    const known = people.get(id);
    if (known === undefined || isAtLeast(role, known.role)) {
      const settings = chosen.get(id) ?? DEFAULT_NOTIFICATION_SETTINGS;
      people.set(id, { ...user, userId: asId("user", id), role, settings, hasDevice: withDevice.has(id) });
    }
  }
  return [...people.values()];
};
