import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { CHANNEL_KINDS } from "#server/domain/vocabulary.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { actForClub, type ClubActResult, type ClubDeed } from "#server/services/effects/act-for-club.ts";
import { memberToActFor, type MemberToActFor } from "#server/services/members/member-to-act-for.ts";
import { textOver } from "#server/services/messages/text-over.ts";
import { unaskedRoad } from "#server/services/messages/unasked-road.ts";

export const RequestMessageInput = z.object({
  memberId: idSchema("member"),
  text: z.string().trim().min(1).max(1_000),
  channel: z.enum(CHANNEL_KINDS).optional(),
  callKey: z.string(),
  isAlone: z.boolean(),
});

/** Sends one text to one member. @throws `not_found`, `precondition_failed` where no channel leads to them */
export const requestMessage = async (ctx: ServiceContext, raw: z.input<typeof RequestMessageInput>): Promise<ClubActResult> => {
  assertCan(ctx, "effect.plan");
  const { callKey, channel, isAlone, memberId, text } = RequestMessageInput.parse(raw);
  return actForClub(ctx, {
    callKey,
    isAlone,
    requiredRole: "staff",
    choose: async (tx) => {
      const member = await memberToActFor(tx, ctx, memberId);
      return messageTo(tx, ctx, { member, text, ...(channel === undefined ? {} : { channel }) });
    },
  });
};

type Message = {
  readonly member: MemberToActFor;
  readonly text: string;
  readonly channel?: (typeof CHANNEL_KINDS)[number];
};

/** One message to one member as a deed, over the best channel there is. */
const messageTo = async (tx: ServiceTx, ctx: ServiceContext, message: Message): Promise<ClubDeed> => {
  const { channel: wanted, member, text } = message;
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } });
  const found = await unaskedRoad(tx, ctx, { contactId: member.contactId, club, ...(wanted === undefined ? {} : { kind: wanted }) });
  if (found.kind === "none") {
    throw new DomainError("precondition_failed", "no channel of this club leads to this member, or they want no machine to write");
  }
  const { road } = found;
  return {
    summary: `Send ${member.name} this text: “${text}”`,
    plan: textOver(ctx, { road, purpose: "service", text, subject: `A message from ${club.name}` }),
  };
};
