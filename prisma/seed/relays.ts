import type { Tx } from "#server/platform/tenant.ts";
import { relayTokenHash } from "#server/services/relay/relay-token.ts";

import { DEMO_STAFF } from "../demo-staff.ts";
import type { DemoClub } from "../demo.ts";

/**
 * The relay of a demo club, as if its owner had paired it: `npm start` runs it with the token of which this is the hash.
 * One that somebody has revoked stays revoked.
 */
export const seedRelay = async (
  tx: Tx,
  { club, franchiseId }: { readonly club: DemoClub; readonly franchiseId: string },
): Promise<void> => {
  const { unifi, connections } = club;
  const owner = DEMO_STAFF.find((person) => person.franchiseId === franchiseId && person.role === "owner");
  if (unifi === null || connections.unifiAccess === null || owner === undefined) {
    return;
  }
  await tx.db.relay.createMany({
    data: {
      id: unifi.relayId,
      franchiseId,
      clubId: club.id,
      connectionId: connections.unifiAccess,
      tokenHash: relayTokenHash(unifi.relayToken),
      pairedById: owner.id,
      pairedAt: tx.now,
    },
    skipDuplicates: true,
  });
};
