import "server-only";

import type { PolicyDocument } from "#server/domain/policy.ts";
import { SHADOW_POLICY } from "#server/domain/policy-defaults.ts";
import { newId } from "#server/platform/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";

export type NewClub = {
  readonly id: string;
  readonly franchiseId: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: "gym" | "golf";
  readonly timeZone: string;
  readonly currency: "USD" | "CAD";
  readonly phone: string | null;
  readonly emergencyPhone: string | null;
  readonly managerPhone: string | null;
  readonly address: string | null;
  /** Without one the agent reads and drafts, and sends nothing. */
  readonly policy?: { readonly id: string; readonly document: PolicyDocument; readonly note: string };
};

/**
 * A club with the two rows it cannot work without, its counters and its first policy. Returns whether it is new; a
 * club that exists, also one of the same slug, is left as it is. In the context of its franchise, or as the owner of the tables.
 */
export const createClub = async (tx: Tx, { policy, ...club }: NewClub): Promise<boolean> => {
  const { count } = await tx.db.club.createMany({ data: { ...club, createdAt: tx.now }, skipDuplicates: true });
  if (count === 0) {
    return false;
  }
  const place = { franchiseId: club.franchiseId, clubId: club.id };
  await tx.db.clubCounter.createMany({ data: place });
  await tx.db.policy.createMany({
    data: {
      id: policy?.id ?? newId("policy"),
      ...place,
      version: 1,
      document: policy?.document ?? SHADOW_POLICY,
      note: policy?.note ?? "A new club starts in shadow: the agent drafts and sends nothing.",
      publishedAt: tx.now,
    },
  });
  return true;
};
