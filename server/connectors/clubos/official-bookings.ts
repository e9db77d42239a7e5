import type { ActResult, BookingKind, BookingPort, VendorBooking, VendorSlot } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import { EVENT_PAGES_MAX_COUNT } from "./limits.ts";
import type { ApiEvent, V3Client } from "./v3.ts";

type Span = { readonly from: Date; readonly to: Date };

/** Events of the official API: each attendee is a booking, each place that is left a slot. No way to cancel is documented. */
export const createOfficialBookings = (api: V3Client): BookingPort => ({
  list: async (span) => (await readEvents(api, span)).flatMap(bookingsOf),
  listSlots: async (span) => (await readEvents(api, span)).flatMap(slotOf),
  book: async ({ slotExternalId, personExternalId }): Promise<ActResult> => {
    if (!/^\d+$/.test(slotExternalId) || !/^\d+$/.test(personExternalId)) {
      throw new ConnectorError("rejected", "ClubOS books only places and people it knows by their ids", { reason: "not_found" });
    }
    const { id, eventId } = await api.createAppointment({ eventId: slotExternalId, userId: personExternalId });
    return { vendorReference: bookingId(eventId, id) };
  },
});

/** Events that move between pages may come twice: each id counts once. */
const readEvents = async (api: V3Client, span: Span): Promise<readonly ApiEvent[]> => {
  const events = new Map<string, ApiEvent>();
  for (let page = 0; page < EVENT_PAGES_MAX_COUNT; page += 1) {
    const { rows, isLast } = await api.listEvents({ ...span, page });
    rows.forEach((event) => events.set(event.id, event));
    if (isLast) {
      return [...events.values()];
    }
  }
  throw new ConnectorError("malformed", "the list of ClubOS events does not end");
};

/** What a club calls its events is its own choice; a place that is called a bay tells most. */
const kindOf = ({ type, resource }: ApiEvent): BookingKind => {
  if (type === "BAY" || /\bbay\b/i.test(resource ?? "")) {
    return "bay";
  }
  return type === "CLASS" ? "class" : "appointment";
};

const STATUS_OF = {
  BOOKED: "booked",
  CONFIRMED: "booked",
  CANCELLED: "cancelled",
  ATTENDED: "attended",
  NO_SHOW: "no_show",
} as const satisfies Record<ApiEvent["attendees"][number]["status"], VendorBooking["status"]>;

const bookingId = (eventId: string, attendeeId: string): string => `${eventId}:${attendeeId}`;

const bookingsOf = (event: ApiEvent): VendorBooking[] =>
  event.attendees.map((attendee) => ({
    externalId: bookingId(event.id, attendee.id),
    ...commonOf(event),
    status: event.status === "CANCELLED" ? "cancelled" : STATUS_OF[attendee.status],
    personExternalId: attendee.userId,
    personName: `${attendee.firstName ?? ""} ${attendee.lastName ?? ""}`.trim() || null,
    personEmail: attendee.email?.toLowerCase() ?? null,
  }));

const slotOf = (event: ApiEvent): VendorSlot[] => {
  const takenCount = event.attendees.filter(({ status }) => status !== "CANCELLED").length;
  const freeCount = (event.capacity ?? 0) - takenCount;
  return event.status === "SCHEDULED" && freeCount > 0 ? [{ externalId: event.id, ...commonOf(event), freeCount }] : [];
};

const commonOf = (event: ApiEvent) => ({
  kind: kindOf(event),
  title: event.subject,
  startsAt: event.startTime,
  endsAt: event.endTime,
  place: event.resource,
  staffName: event.instructor,
});
