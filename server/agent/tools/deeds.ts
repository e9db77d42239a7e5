import { z } from "zod";

import { defineTool } from "#server/agent/tools/define-tool.ts";
import { asId, idSchema } from "#server/domain/ids.ts";
import { listSlots } from "#server/services/bookings/list-slots.ts";
import { requestBooking, requestCancellation, requestMove } from "#server/services/bookings/request-booking.ts";
import { searchKnown } from "#server/services/knowledge/search-known.ts";
import { requestPayLink } from "#server/services/payments/request-pay-link.ts";
import { openTicket as openTicketVerb } from "#server/services/tickets/open-ticket.ts";

/** A list in a prompt is a sample, not a calendar. */
const SLOT_SAMPLE = 10;

export const listClassesAndBays = defineTool({
  name: "list_classes_and_bays",
  description:
    "Classes, appointments and bays that are still free in the next days: how many, and the soonest ten with times in UTC. days is how many days ahead, 1 to 7. slot_id is what book_slot takes. Fails when the club's calendar cannot be reached: then do not guess.",
  scope: "conversation",
  risk: "read",
  effectKind: "read",
  capability: "bookings.write",
  needsBound: false,
  maxPerRun: 2,
  input: z.strictObject({ days: z.int().min(1).max(7) }),
  summarize: ({ days }) => `Look up what is free in the next ${days} days`,
  run: async ({ ctx }, { days }) => {
    const slots = await listSlots(ctx, { days });
    return {
      count: slots.length,
      soonest: slots.slice(0, SLOT_SAMPLE).map(({ endsAt, externalId, freeCount, kind, place, startsAt, title }) => ({
        slot_id: externalId,
        kind,
        title,
        place,
        startsAt,
        endsAt,
        freeCount,
      })),
    };
  },
});

export const bookSlot = defineTool({
  name: "book_slot",
  description:
    "Books one free slot for the member who writes, only after they named the class or time they want. slot_id comes from list_classes_and_bays of this answer. status done = it is booked; asked_the_team = a person decides, so do not say that it is booked; unclear = say that you are checking.",
  scope: "conversation",
  risk: "reversible",
  effectKind: "send",
  capability: "bookings.write",
  needsBound: true,
  maxPerRun: 1,
  input: z.strictObject({ slot_id: z.string().min(1).max(200) }),
  summarize: ({ slot_id: slotId }) => `Book the slot ${slotId} for the member of this conversation`,
  run: async ({ ctx, facts, toolCallId }, { slot_id: slotId }) => {
    const isAlone = facts.policy.stages.scheduling === "auto";
    const { status } = await requestBooking(ctx, { conversationId: facts.conversationId, toolCallId, isAlone, slotId });
    return { status };
  },
});

export const cancelBooking = defineTool({
  name: "cancel_booking",
  description:
    "Cancels one coming booking of the member who writes, only when they asked for it. booking_id comes from list_my_bookings. It does not touch the membership. status as with book_slot. To move a booking use move_booking.",
  scope: "conversation",
  risk: "reversible",
  effectKind: "state",
  capability: "bookings.write",
  needsBound: true,
  maxPerRun: 1,
  // A plain text for the model: a type of our own has no JSON schema.
  input: z.strictObject({ booking_id: z.string().refine((text) => idSchema("booking").safeParse(text).success) }),
  summarize: ({ booking_id: bookingId }) => `Cancel the booking ${bookingId} of the member of this conversation`,
  run: async ({ ctx, facts, toolCallId }, { booking_id: bookingId }) => {
    const isAlone = facts.policy.stages.scheduling === "auto";
    const { status } = await requestCancellation(ctx, {
      conversationId: facts.conversationId,
      toolCallId,
      isAlone,
      bookingId: asId("booking", bookingId),
    });
    return { status };
  },
});

export const moveBooking = defineTool({
  name: "move_booking",
  description:
    "Moves one coming booking of the member who writes to another free slot, only after they named the new time. booking_id comes from list_my_bookings, slot_id from list_classes_and_bays of this answer. The new slot is booked before the old one is given up. status and old_booking as with book_slot; old_booking kept = the old one still stands.",
  scope: "conversation",
  risk: "reversible",
  effectKind: "send",
  capability: "bookings.write",
  needsBound: true,
  maxPerRun: 1,
  input: z.strictObject({
    booking_id: z.string().refine((text) => idSchema("booking").safeParse(text).success),
    slot_id: z.string().min(1).max(200),
  }),
  summarize: ({ booking_id: bookingId, slot_id: slotId }) =>
    `Move the booking ${bookingId} of the member of this conversation to the slot ${slotId}`,
  run: async ({ ctx, facts, toolCallId }, { booking_id: bookingId, slot_id: slotId }) => {
    const { oldBooking, status } = await requestMove(ctx, {
      conversationId: facts.conversationId,
      toolCallId,
      isAlone: facts.policy.stages.scheduling === "auto",
      bookingId: asId("booking", bookingId),
      slotId,
    });
    return { status, old_booking: oldBooking };
  },
});

/** Two articles and what stands around them fit a few hundred tokens. */
const ARTICLE_MAX_CHARACTERS = 700;

export const searchKnowledge = defineTool({
  name: "search_knowledge",
  description:
    "What the club's own articles say about a question, as valid today: at most two, best first. Use it when what you were given does not answer what they ask. count 0 means that they do not say: then do not guess.",
  scope: "conversation",
  risk: "read",
  effectKind: "read",
  capability: null,
  needsBound: false,
  maxPerRun: 2,
  input: z.strictObject({ question: z.string().trim().min(3).max(300) }),
  summarize: ({ question }) => `Look up what the club says about “${question}”`,
  run: async ({ ctx }, { question }) => {
    const found = await searchKnown(ctx, { question, limit: 2 });
    return { count: found.length, articles: found.map(({ body, title }) => ({ title, text: body.slice(0, ARTICLE_MAX_CHARACTERS) })) };
  },
});

const Made = z.looseObject({ url: z.string().nullish() });

export const sendPayLink = defineTool({
  name: "send_pay_link",
  description:
    "Has a payment link made over exactly what the member who writes owes, and gives its address to put into the answer. Takes nothing: the amount is the balance read within the hour. Use it only when they want to pay. status asked_the_team = there is no link yet.",
  scope: "conversation",
  risk: "money",
  effectKind: "charge",
  capability: "payLink",
  needsBound: true,
  maxPerRun: 1,
  input: z.strictObject({}),
  summarize: () => "Make a payment link over what the member of this conversation owes",
  run: async ({ ctx, facts, toolCallId }) => {
    const isAlone = facts.policy.stages.payment_inquiry === "auto";
    const { result, status } = await requestPayLink(ctx, { conversationId: facts.conversationId, toolCallId, isAlone });
    return { status, url: Made.safeParse(result).data?.url ?? null };
  },
});

export const openTicket = defineTool({
  name: "open_ticket",
  description:
    "Writes a task for a person of the club about this conversation, with a deadline. title is what they must do, in a few words, without personal data; due_in_hours is 1 to 72. Use it before you promise that somebody will do something.",
  scope: "conversation",
  risk: "reversible",
  effectKind: "state",
  capability: null,
  needsBound: false,
  maxPerRun: 1,
  input: z.strictObject({ title: z.string().trim().min(3).max(120), due_in_hours: z.int().min(1).max(72) }),
  summarize: ({ title, due_in_hours: hours }) => `Write the task "${title}", due in ${hours} hours`,
  run: ({ ctx, facts }, { title, due_in_hours: dueInHours }) =>
    openTicketVerb(ctx, { conversationId: facts.conversationId, title, dueInHours }),
});
