import { SendSettings } from "#server/domain/sending/settings.ts";
import type { Tx } from "#server/platform/tenant.ts";

import type { DemoFranchise } from "../demo.ts";
import { fixedId, serialOf } from "./fixed-id.ts";

const CLAUSE =
  "I agree that the club may text me about my membership and my bills at the number above. Message and data rates may apply. Reply STOP to opt out.";

/** The demo's contracts ask for consent to service and billing texts; advertising is cleared in no state. */
export const seedSending = async (tx: Tx, { id, clubs }: DemoFranchise): Promise<void> => {
  const [club] = clubs;
  if (club === undefined) {
    return;
  }
  await tx.db.sendingSettings.createMany({
    data: {
      id: fixedId("sendingSettings", serialOf(id)),
      franchiseId: id,
      clubId: club.id,
      version: 1,
      document: SendSettings.parse({ contractConsent: { purposes: ["service", "billing"], wording: CLAUSE } }),
      note: "An invented clause of invented contracts, for the demo.",
      publishedAt: tx.now,
    },
    skipDuplicates: true,
  });
};
