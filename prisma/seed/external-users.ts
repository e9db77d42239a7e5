import type { Tx } from "#server/platform/tenant.ts";

import { DEMO_STAFF } from "../demo-staff.ts";
import type { DemoClub } from "../demo.ts";
import { fixedId, serialOf } from "./fixed-id.ts";

/** Who of the club's people presses buttons in its invented Slack: `U0MARLOW` is Marlow Finch. */
export const seedExternalUsers = async (
  tx: Tx,
  { club, franchiseId }: { readonly club: DemoClub; readonly franchiseId: string },
): Promise<void> => {
  const connectionId = club.connections.slack;
  const people = DEMO_STAFF.filter((one) => one.franchiseId === franchiseId && (one.clubId === null || one.clubId === club.id));
  const linkedBy = people.find(({ role }) => role === "owner");
  if (connectionId === null || linkedBy === undefined) {
    return;
  }
  await tx.db.externalUser.createMany({
    data: people.map(({ id: userId, name }, index) => ({
      id: fixedId("externalUser", serialOf(club.id) * 100 + index),
      franchiseId,
      clubId: club.id,
      connectionId,
      externalId: slackIdOf(name),
      userId,
      linkedById: linkedBy.id,
      createdAt: tx.now,
      updatedAt: tx.now,
    })),
    skipDuplicates: true,
  });
};

const slackIdOf = (name: string): string => `U0${(name.split(" ")[0] ?? "").toUpperCase()}`;
