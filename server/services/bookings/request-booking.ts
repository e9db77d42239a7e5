import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { asId, idSchema } from "#server/domain/ids.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { listSlots } from "#server/services/bookings/list-slots.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { actForContact, type ContactActResult } from "#server/services/effects/act-for-contact.ts";
import { boundMember } from "#server/services/people/bound-member.ts";

const Place = { conversationId: idSchema("conversation"), toolCallId: idSchema("toolCall"), isAlone: z.boolean() };

export const RequestBookingInput = z.object({ ...Place, slotId: z.string().min(1).max(200) });

/** Days ahead in which a slot may be booked from a conversation. */
const BOOKABLE_DAYS = 7;

/** Books a free slot for the member who writes. @throws `not_found` for a slot that is not free now, `forbidden` for nobody known */
export const requestBooking = async (ctx: ServiceContext, raw: z.input<typeof RequestBookingInput>): Promise<ContactActResult> => {
  assertCan(ctx, "effect.plan");
  const { slotId, ...place } = RequestBookingInput.parse(raw);
  const slot = (await listSlots(ctx, { days: BOOKABLE_DAYS })).find(({ externalId }) => externalId === slotId);
  if (slot === undefined) {
    throw notFound("slot");
  }
  return actForContact(ctx, {
    ...place,
    requiredRole: "staff",
    summary: `Book ${slot.title} on ${slot.startsAt.toISOString()} for the member of this conversation`,
    choose: async (tx) => {
      const bound = await boundMember(tx, ctx, place.conversationId);
      const identity =
        bound === null
          ? null
          : await tx.db.memberIdentity.findFirst({
              where: { clubId: ctx.clubId, memberId: bound.member.id, connectionId: slot.connectionId },
              select: { externalId: true },
            });
      if (bound === null || identity === null) {
        throw new DomainError("forbidden", "the system with the bookings does not know this person");
      }
      return {
        kind: "booking.book",
        connectionId: slot.connectionId,
        contactId: bound.contactId,
        inboundSequence: bound.inboundSequence,
        arguments: { slotExternalId: slot.externalId, personExternalId: identity.externalId },
      };
    },
  });
};

export const RequestCancellationInput = z.object({ ...Place, bookingId: idSchema("booking") });

/** Cancels a coming booking of the member who writes. @throws `not_found` for anybody else's, and for one that has begun */
export const requestCancellation = async (
  ctx: ServiceContext,
  raw: z.input<typeof RequestCancellationInput>,
): Promise<ContactActResult> => {
  assertCan(ctx, "effect.plan");
  return cancel(ctx, RequestCancellationInput.parse(raw));
};

export const RequestMoveInput = RequestCancellationInput.extend({ slotId: z.string().min(1).max(200) });

export type MoveResult = Pick<ContactActResult, "status"> & { readonly oldBooking: ContactActResult["status"] | "kept" };

/**
 * Moves a coming booking of the member who writes: the new slot is taken first, and only then is the old one given up, so that
 * nobody ends with none. @throws `not_found` for anybody else's booking and for a slot that is not free
 */
export const requestMove = async (ctx: ServiceContext, raw: z.input<typeof RequestMoveInput>): Promise<MoveResult> => {
  assertCan(ctx, "effect.plan");
  const { slotId, ...old } = RequestMoveInput.parse(raw);
  const { bookingId, ...place } = old;
  await withClub(ctx, (tx) => ownBooking(tx, ctx, old), { fixedNow: ctx.fixedNow });
  const { status } = await requestBooking(ctx, { ...place, slotId });
  if (status === "not_done" || status === "unclear") {
    return { status, oldBooking: "kept" };
  }
  return { status, oldBooking: (await cancel(ctx, { ...place, bookingId, part: "cancel" })).status };
};

type Cancelling = z.output<typeof RequestCancellationInput> & { readonly part?: string };

const cancel = (ctx: ServiceContext, { bookingId, ...place }: Cancelling): Promise<ContactActResult> =>
  actForContact(ctx, {
    ...place,
    requiredRole: "staff",
    summary: "Cancel a booking of the member of this conversation, as they asked",
    choose: async (tx) => {
      const { bound, booking } = await ownBooking(tx, ctx, { bookingId, conversationId: place.conversationId });
      return {
        kind: "booking.cancel",
        connectionId: booking.connectionId,
        contactId: bound.contactId,
        inboundSequence: bound.inboundSequence,
        arguments: { bookingExternalId: booking.externalId },
      };
    },
  });

type Own = { readonly bookingId: string; readonly conversationId: string };

const ownBooking = async (tx: Tx, ctx: ServiceContext, { bookingId, conversationId }: Own) => {
  const bound = await boundMember(tx, ctx, conversationId);
  const booking =
    bound === null
      ? null
      : await tx.db.booking.findFirst({
          where: { id: bookingId, clubId: ctx.clubId, contactId: bound.contactId, status: "booked", startsAt: { gt: tx.now } },
          select: { connectionId: true, externalId: true },
        });
  if (bound === null || booking === null || booking.connectionId === null) {
    throw notFound("booking");
  }
  return { bound, booking: { ...booking, connectionId: asId("connection", booking.connectionId) } };
};
