import "server-only";

import { addressKey } from "#server/platform/keys.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { ON_CALL_NAME } from "#server/services/alerts/on-call-place.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const TEST_NAME = "Test phone";
const TEAM_MARK = " (team)";

/** What the contact behind the own phone of somebody of the team is called. */
export const teamName = (name: string): string => `${name}${TEAM_MARK}`;

/**
 * Whether the club knows somebody by this number who is none of its own people: a member, a prospect or a correspondent. What is sent there
 * would land in their thread, in which Spotter answers.
 */
export const isKnownNumber = async (tx: Tx, { clubId }: Pick<ServiceContext, "clubId">, phone: string): Promise<boolean> => {
  const key = addressKey(phone);
  const isLive = { archivedAt: null };
  const where = { clubId, phoneKey: key, ...isLive };
  const recordCount = (await tx.db.member.count({ where })) + (await tx.db.prospect.count({ where }));
  if (recordCount > 0) {
    return true;
  }
  const isOwn = { OR: [{ displayName: { in: [ON_CALL_NAME, TEST_NAME] } }, { displayName: { endsWith: TEAM_MARK } }] };
  const isOther = { OR: [{ NOT: isOwn }, { members: { some: isLive } }, { prospects: { some: isLive } }] };
  return (await tx.db.contactIdentity.count({ where: { clubId, addressKey: key, contact: isOther } })) > 0;
};
