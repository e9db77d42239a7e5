import "server-only";

import { z } from "zod";

import { FranchiseName, NewClubFacts } from "#server/domain/club-facts.ts";
import { DomainError } from "#server/domain/errors.ts";
import { env } from "#server/platform/env.ts";
import { newId } from "#server/platform/ids.ts";
import { withFranchise, withSystem } from "#server/platform/tenant.ts";
import { recordAccountAudit } from "#server/services/users/account-audit.ts";
import { assertOwnDevice } from "#server/services/users/assert-own-device.ts";
import type { SignedIn } from "#server/services/users/find-signed-in.ts";

import { placeClub, withFreeSlug, type PlacedClub } from "./place-club.ts";

export const FoundFranchiseInput = z.object({ name: FranchiseName, club: NewClubFacts });

/**
 * A franchise of one's own with its first club, in shadow. Open to whoever is signed in while sign-up is, once: who owns a
 * franchise adds clubs to it. All of it stands in the context of the new franchise, so it reaches nobody else's rows.
 * @throws `forbidden` where sign-up is closed, `precondition_failed` for an owner
 */
export const foundFranchise = async (
  user: SignedIn,
  raw: z.input<typeof FoundFranchiseInput>,
  { requestId, fixedNow }: { readonly requestId: string; readonly fixedNow?: Date },
): Promise<PlacedClub> => {
  if (env.SIGN_UP === "off") {
    throw new DomainError("forbidden", "this installation takes no new franchises; ask whoever runs it");
  }
  assertOwnDevice(user);
  const { name, club } = FoundFranchiseInput.parse(raw);
  const { userId } = user;
  const franchiseId = newId("franchise");
  return withFranchise(
    { franchiseId },
    async (tx) => {
      await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`found:${userId}`}, 0))`;
      await assertOwnsNone(userId);
      await withFreeSlug(name, async (slug) => {
        const { count } = await tx.db.franchise.createMany({
          data: { id: franchiseId, slug, name, createdAt: tx.now },
          skipDuplicates: true,
        });
        return count === 0;
      });
      await tx.db.staffAccess.createMany({
        data: { id: newId("staffAccess"), userId, franchiseId, clubId: null, role: "owner", createdAt: tx.now },
      });
      const placed = await placeClub(tx, { franchiseId, userId, facts: club });
      const audited = { franchiseId, userId, requestId };
      await recordAccountAudit(tx, { ...audited, clubId: null, action: "franchise.created", entityId: franchiseId });
      await recordAccountAudit(tx, { ...audited, clubId: placed.clubId, action: "club.created", entityId: placed.clubId });
      return placed;
    },
    { fixedNow },
  );
};

/** Asked on the other login, which sees all of a user's accesses, under the lock: of two at the same moment the second sees the first. */
const assertOwnsNone = async (userId: SignedIn["userId"]): Promise<void> => {
  const owned = await withSystem((tx) => tx.db.staffAccess.count({ where: { userId, role: "owner", clubId: null, archivedAt: null } }));
  if (owned > 0) {
    throw new DomainError("precondition_failed", "you own a franchise already; add the club to it");
  }
};
