import { newId } from "#server/platform/ids.ts";

import { database } from "./db.ts";
import { MADE_AT, scopeOf, type ClubKey } from "./factories.ts";

const WORDING = "I agree to be texted about my membership, my bills and offers of the club.";

/** The consents of a contact for every purpose and channel, given in writing. */
export const consentToAll = async (club: ClubKey, contactId: string): Promise<void> => {
  const purposes = ["service", "billing", "marketing", "collections"];
  await database().owner.consent.createMany({
    data: purposes.flatMap((purpose) =>
      ["sms", "email"].map((channelKind) => ({
        id: newId("consent"),
        ...scopeOf(club),
        contactId,
        purpose,
        channelKind,
        isGranted: true,
        source: "form",
        wording: WORDING,
        proof: "form 12",
        at: MADE_AT,
        createdAt: MADE_AT,
      })),
    ),
  });
};

/** What a franchise may set, on top of what is strict: the newest call holds. */
export const publishSending = async (
  club: ClubKey,
  document: Readonly<Record<string, string | number | boolean | string[] | object>>,
): Promise<void> => {
  const { owner } = database();
  const version = (await owner.sendingSettings.count({ where: { franchiseId: club.franchiseId } })) + 1;
  await owner.sendingSettings.create({
    data: { id: newId("sendingSettings"), ...scopeOf(club), version, document, note: "a test", publishedAt: MADE_AT },
  });
};

/** Every contract of the franchise covers service and bills, and advertising is cleared in these states. */
export const allowTexts = (club: ClubKey, marketingStates: string[] = ["unknown"]): Promise<void> =>
  publishSending(club, { marketingStates, contractConsent: { purposes: ["service", "billing"], wording: WORDING } });
