import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type Person = { readonly userId: Id<"user">; readonly name: string; readonly role: Role };

/** The highest role of a user in this club now; `null` for somebody who has none, or has left. */
export const findStaff = async (tx: Tx, ctx: Pick<ServiceContext, "franchiseId" | "clubId">, userId: string): Promise<Person | null> => {
  const accesses = await tx.db.staffAccess.findMany({
    where: {
      userId,
      franchiseId: ctx.franchiseId,
      OR: [{ clubId: ctx.clubId }, { clubId: null }],
      archivedAt: null,
      user: { archivedAt: null },
    },
    select: { role: true, user: { select: { name: true } } },
  });
  const people = accesses.map(({ role, user }) => ({ userId: asId("user", userId), name: user.name, role: Role.parse(role) }));
  return people.toSorted((a, b) => (isAtLeast(a.role, b.role) ? -1 : 1))[0] ?? null;
};

type External = { readonly connectionId: string; readonly externalId: string };

/** Who stands behind a vendor's person: the link alone opens nothing, the role is read anew each time. */
export const findPerson = async (tx: Tx, ctx: ServiceContext, { connectionId, externalId }: External): Promise<Person | null> => {
  const link = await tx.db.externalUser.findFirst({
    where: { clubId: ctx.clubId, connectionId, externalId, archivedAt: null },
    select: { userId: true },
  });
  return link === null ? null : findStaff(tx, ctx, link.userId);
};
