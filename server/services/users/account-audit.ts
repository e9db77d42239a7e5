import "server-only";

import type { AuditAction } from "#server/domain/audit.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";

import type { SignedIn } from "./find-signed-in.ts";

type Entry = {
  readonly action: AuditAction;
  readonly franchiseId: string;
  readonly clubId: string | null;
  /** The user who acts, on their own account. */
  readonly userId: Id<"user">;
  readonly entityId: string;
  readonly details?: Record<string, string | number | boolean | null>;
  readonly requestId: string | null;
  readonly deskId?: string;
};

/** The audit row of what a user does to their own account, where no club is chosen yet and so no service context exists. */
export const recordAccountAudit = async (tx: Tx, { userId, details, ...entry }: Entry): Promise<void> => {
  await tx.db.auditLog.createMany({
    data: { id: newId("auditLog"), ...entry, actorKind: "staff", actorId: userId, details: details ?? {}, createdAt: tx.now },
  });
};

type Own = Pick<Entry, "action" | "details" | "requestId"> & { readonly user: Pick<SignedIn, "userId" | "accesses"> };

/** The same in every franchise where the user works: a sign-in belongs to none of them alone. */
export const auditOwnAccount = async (tx: Tx, { user, ...entry }: Own): Promise<void> => {
  for (const franchiseId of new Set(user.accesses.map((access) => access.franchiseId))) {
    await recordAccountAudit(tx, { ...entry, franchiseId, clubId: null, userId: user.userId, entityId: user.userId });
  }
};
