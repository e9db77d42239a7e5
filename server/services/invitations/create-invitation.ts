import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { env } from "#server/platform/env.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub, withFranchise, type Tx } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { EmailAddress } from "#server/services/users/email-address.ts";
import { z } from "zod";

import { assertMayManage, expiryFrom, newToken, openAt, tokenHashOf } from "./internal.ts";

export const CreateInvitationInput = z
  .object({
    email: EmailAddress,
    role: Role,
    /** `franchise` opens every club of it, also those to come. */
    scope: z.enum(["club", "franchise"]),
  })
  .refine(({ role, scope }) => role !== "owner" || scope === "franchise", {
    error: "an owner owns the franchise, not one club",
    path: ["scope"],
  });

export type CreatedInvitation = {
  readonly id: Id<"invitation">;
  /** The address to hand to the invited person. It is shown once: only the hash of its secret is kept. */
  readonly url: string;
  readonly expiresAt: Date;
};

/**
 * Invites one person by a link that works once within seven days. An earlier open invitation of the same address to
 * the same role and place is revoked, so that one link lives at a time.
 * @throws `conflict` when the person already has this access or a higher one
 */
export const createInvitation = async (ctx: ServiceContext, raw: z.input<typeof CreateInvitationInput>): Promise<CreatedInvitation> => {
  assertCan(ctx, "team.invite");
  const input = CreateInvitationInput.parse(raw);
  const clubId = input.scope === "club" ? ctx.clubId : null;
  assertMayManage(ctx.actor, { role: input.role, clubId });
  const id = newId("invitation");
  const token = newToken();
  const invitation = { franchiseId: ctx.franchiseId, clubId, email: input.email, role: input.role };

  const work = async (tx: Tx): Promise<Date> => {
    await assertNotInTeam(tx, invitation);
    const expiresAt = expiryFrom(tx.now);
    await tx.db.invitation.updateMany({ where: { ...invitation, ...openAt(tx.now) }, data: { revokedAt: tx.now } });
    await tx.db.invitation.createMany({
      data: { id, ...invitation, tokenHash: tokenHashOf(token), invitedById: inviterOf(ctx), expiresAt, createdAt: tx.now },
    });
    await recordAudit(tx, ctx, { action: "invitation.created", entityId: id, details: { role: input.role, scope: input.scope } });
    return expiresAt;
  };

  const options = { fixedNow: ctx.fixedNow };
  const expiresAt =
    clubId === null ? await withFranchise({ franchiseId: ctx.franchiseId }, work, options) : await withClub(ctx, work, options);
  return { id, url: new URL(`/invitation/${token}`, env.APP_URL).href, expiresAt };
};

type Target = { readonly franchiseId: string; readonly clubId: string | null; readonly email: string; readonly role: Role };

const assertNotInTeam = async (tx: Tx, { franchiseId, clubId, email, role }: Target): Promise<void> => {
  const accesses = await tx.db.staffAccess.findMany({
    where: { franchiseId, clubId, archivedAt: null, user: { email } },
    select: { role: true },
  });
  if (accesses.some((access) => isAtLeast(Role.parse(access.role), role))) {
    throw new DomainError("conflict", "this person is already in the team");
  }
};

const inviterOf = ({ actor }: ServiceContext): Id<"user"> => {
  if (actor.kind !== "staff") {
    throw new DomainError("forbidden", "only a person may invite");
  }
  return actor.userId;
};
