import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { SPOKEN_SOURCE } from "#server/domain/person-view.ts";
import { SEND_PURPOSES } from "#server/domain/sending/send-purpose.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** How somebody is written to: a vendor's inbox carries texts, so its word is that of a text. */
const CONSENT_CHANNELS = ["sms", "email"] as const;
const WORDING_MAX_LENGTH = 500;

export const RecordConsentInput = z.object({
  contactId: idSchema("contact"),
  purpose: z.enum(SEND_PURPOSES),
  channelKind: z.enum(CONSENT_CHANNELS),
  isGranted: z.boolean(),
  /** What they were asked or said, in the words of whoever heard it. */
  wording: z.string().trim().min(3, "write down what was said").max(WORDING_MAX_LENGTH),
});

/**
 * Writes down what somebody said about being written to. A yes by word of mouth has no proof, so it never lets advertising go out
 * by text; a no counts at once. Rows are only added: the newest word counts. @throws `not_found`
 */
export const recordConsent = async (
  ctx: ServiceContext,
  raw: z.input<typeof RecordConsentInput>,
): Promise<{ readonly consentId: Id<"consent"> }> => {
  assertCan(ctx, "consent.record");
  const { channelKind, contactId, isGranted, purpose, wording } = RecordConsentInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const contact = await tx.db.contact.findFirst({ where: { id: contactId, clubId: ctx.clubId, archivedAt: null }, select: { id: true } });
    if (contact === null) {
      throw notFound("person");
    }
    const consentId = newId("consent");
    await tx.db.consent.createMany({
      data: {
        id: consentId,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        contactId,
        purpose,
        channelKind,
        isGranted,
        source: SPOKEN_SOURCE,
        wording: stripInvisible(wording),
        at: tx.now,
        createdAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, {
      action: isGranted ? "consent.recorded" : "consent.withdrawn",
      entityId: consentId,
      details: { contactId, purpose, channelKind },
    });
    tx.news.changes.push({ topic: "club" });
    return { consentId };
  });
};
