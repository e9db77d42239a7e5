import "server-only";

import { z } from "zod";

import { asId, idSchema, type Id } from "#server/domain/ids.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { findStaff } from "#server/services/external-users/find-person.ts";

export const ListExternalUsersInput = z.object({ connectionId: idSchema("connection") });

export type LinkedPerson = {
  readonly id: Id<"externalUser">;
  readonly externalId: string;
  readonly userId: Id<"user">;
  /** `null` = has left the club: what they press decides nothing. */
  readonly staff: { readonly name: string; readonly role: Role } | null;
  readonly linkedAt: Date;
};

/** Chosen by us: a team is far smaller. */
const LINKS_MAX = 200;

/** Who is linked at one connection, oldest first; empty for a connection of another club. */
export const listExternalUsers = async (
  ctx: ServiceContext,
  raw: z.input<typeof ListExternalUsersInput>,
): Promise<readonly LinkedPerson[]> => {
  assertCan(ctx, "connection.read");
  const { connectionId } = ListExternalUsersInput.parse(raw);
  return withClub(ctx, async (tx) => {
    const links = await tx.db.externalUser.findMany({
      where: { clubId: ctx.clubId, connectionId, archivedAt: null },
      orderBy: { id: "asc" },
      take: LINKS_MAX,
      select: { id: true, externalId: true, userId: true, updatedAt: true },
    });
    const people: LinkedPerson[] = [];
    for (const { id, externalId, userId, updatedAt } of links) {
      const person = await findStaff(tx, ctx, userId);
      people.push({
        id: asId("externalUser", id),
        externalId,
        userId: asId("user", userId),
        staff: person === null ? null : { name: person.name, role: person.role },
        linkedAt: updatedAt,
      });
    }
    return people;
  });
};
