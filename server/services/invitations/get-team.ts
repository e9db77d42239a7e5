import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { can } from "#server/domain/permissions.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { openAt } from "./internal.ts";

export type TeamScope = "club" | "franchise";

export type Team = {
  readonly people: readonly {
    readonly accessId: Id<"staffAccess">;
    readonly userId: Id<"user">;
    readonly name: string;
    readonly email: string;
    readonly role: Role;
    readonly scope: TeamScope;
    readonly since: Date;
    readonly isYou: boolean;
  }[];
  /** Open ones only; empty for whoever may not invite. */
  readonly invitations: readonly {
    readonly id: Id<"invitation">;
    readonly email: string;
    readonly role: Role;
    readonly scope: TeamScope;
    readonly expiresAt: Date;
  }[];
};

/** Everybody who may work in this club, by role and name, and who is invited. Bounded by the size of a team. */
export const getTeam = async (ctx: ServiceContext): Promise<Team> => {
  assertCan(ctx, "team.read");
  return withClub(
    ctx,
    async (tx) => ({
      people: await peopleOf(tx, ctx),
      invitations: can(ctx.actor, "team.invite") ? await invitationsOf(tx, ctx) : [],
    }),
    { fixedNow: ctx.fixedNow },
  );
};

const scopeOf = (row: { readonly clubId: string | null }): TeamScope => (row.clubId === null ? "franchise" : "club");

const inScope = (ctx: ServiceContext) => ({ franchiseId: ctx.franchiseId, OR: [{ clubId: ctx.clubId }, { clubId: null }] });

const ORDER = ["owner", "manager", "staff"] as const satisfies readonly Role[];

const peopleOf = async (tx: Tx, ctx: ServiceContext): Promise<Team["people"]> => {
  const rows = await tx.db.staffAccess.findMany({
    where: { ...inScope(ctx), archivedAt: null, user: { archivedAt: null } },
    select: { id: true, userId: true, clubId: true, role: true, createdAt: true, user: { select: { name: true, email: true } } },
  });
  const people = rows.map((row) => ({
    accessId: asId("staffAccess", row.id),
    userId: asId("user", row.userId),
    name: row.user.name,
    email: row.user.email,
    role: Role.parse(row.role),
    scope: scopeOf(row),
    since: row.createdAt,
    isYou: ctx.actor.kind === "staff" && ctx.actor.userId === row.userId,
  }));
  return people.toSorted((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role) || a.name.localeCompare(b.name, "en"));
};

const invitationsOf = async (tx: Tx, ctx: ServiceContext): Promise<Team["invitations"]> => {
  const rows = await tx.db.invitation.findMany({
    where: { ...inScope(ctx), ...openAt(tx.now) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true, email: true, role: true, clubId: true, expiresAt: true },
  });
  return rows.map((row) => ({
    id: asId("invitation", row.id),
    email: row.email,
    role: Role.parse(row.role),
    scope: scopeOf(row),
    expiresAt: row.expiresAt,
  }));
};
