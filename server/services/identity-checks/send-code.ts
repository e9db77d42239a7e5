import "server-only";

import { checkLine, isNamed, type Claim } from "#server/domain/identity-check.ts";
import type { Id } from "#server/domain/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { CODES_PER_MEMBER_DAY } from "#server/services/identity-checks/limits.ts";
import { findPlace } from "#server/services/messages/find-place.ts";
import { prepareArrival } from "#server/services/messages/prepare-arrival.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";

const DAY_MS = 24 * 3_600_000;
/** More than one is nobody in particular. */
const ENOUGH = 50;

export type Found = {
  readonly memberId: string;
  readonly address: string;
  readonly kind: "sms" | "email";
};

/**
 * The one member who is meant, with an address on file that is not the sender's own. Null for nobody, for several, for a member
 * without another address, and for one who got enough codes today: from outside all of them look like a match.
 */
export const findClaimed = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { claim, senderKey }: { readonly claim: Claim; readonly senderKey: string },
): Promise<Found | null> => {
  const rows = await tx.db.member.findMany({
    where: {
      clubId: ctx.clubId,
      archivedAt: null,
      AND: [
        ...(claim.birthDates.length === 0 ? [] : [{ dateOfBirth: { in: [...claim.birthDates] } }]),
        ...(claim.email === null ? [] : [{ emailKey: addressKey(claim.email) }]),
      ],
    },
    take: ENOUGH,
    select: { id: true, firstName: true, lastName: true, phone: true, phoneKey: true, email: true, emailKey: true },
  });
  const [member, ...others] = rows.filter((row) => isNamed(claim, row));
  if (member === undefined || others.length > 0) {
    return null;
  }
  const codeCount = await tx.db.contactVerification.count({
    where: { clubId: ctx.clubId, memberId: member.id, claimedAt: { gt: new Date(tx.now.getTime() - DAY_MS) } },
  });
  if (codeCount >= CODES_PER_MEMBER_DAY) {
    return null;
  }
  const kinds = await sendingChannels(tx, ctx);
  if (member.email !== null && member.emailKey !== senderKey && kinds.has("email")) {
    return { memberId: member.id, address: member.email, kind: "email" };
  }
  return member.phone !== null && member.phoneKey !== senderKey && kinds.has("sms")
    ? { memberId: member.id, address: member.phone, kind: "sms" }
    : null;
};

/** Plans the text or mail with the code: with its mask, which is filled in on the way out and nowhere else. */
export const planCode = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { found, verificationId, language }: { readonly found: Found; readonly verificationId: string; readonly language: "en" | "es" },
): Promise<Id<"effect"> | null> => {
  const channel = (await sendingChannels(tx, ctx)).get(found.kind);
  if (channel === undefined) {
    return null;
  }
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } });
  const place = await findPlace(
    tx,
    ctx,
    prepareArrival(
      { ...channel.connection, clubName: club.name, clubPhone: club.phone },
      {
        externalId: "",
        direction: "outbound",
        channelExternalId: channel.externalId,
        contact: { address: found.address, externalId: null, name: null },
        text: "",
        sentAt: tx.now,
        media: [],
      },
    ),
  );
  return planEffect(tx, ctx, {
    effectKey: `check-code:${verificationId}`,
    kind: "message.send",
    plannedBy: "system",
    needsApproval: null,
    connectionId: channel.connection.id,
    channelId: place.channelId,
    conversationId: place.conversationId,
    contactId: place.contactId,
    addressKey: place.addressKey,
    channelKind: found.kind,
    purpose: "service",
    arguments: {
      to: found.address,
      recipientExternalId: null,
      text: checkLine("code", { clubName: club.name, language }),
      codeOf: verificationId,
      ...(found.kind === "email" ? { subject: `${club.name}: your code` } : {}),
    },
  });
};
