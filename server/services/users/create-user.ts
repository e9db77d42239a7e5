import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";

/** As long as a name is allowed to be wherever people enter one. */
export const NAME_MAX_LENGTH = 80;

type NewUser = {
  /** Normalised. */
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly googleSubject: string | null;
};

/** In a transaction of the system login. Null when a user with this address exists, also one made a moment ago. */
export const createUser = async (tx: Tx, { name, ...user }: NewUser): Promise<Id<"user"> | null> => {
  const id = newId("user");
  const { count } = await tx.db.user.createMany({
    data: { id, ...user, name: name.trim().slice(0, NAME_MAX_LENGTH) || user.email, createdAt: tx.now },
    skipDuplicates: true,
  });
  return count === 0 ? null : id;
};
