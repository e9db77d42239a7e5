import ical from "node-ical";
import type { Attendee, VEvent } from "node-ical";

import type { BookingKind, VendorBooking } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import type { ConnectorContext } from "../ports.ts";
import { callOfficial } from "./official.ts";
import type { CalendarAccount } from "./schemas.ts";

type Span = { readonly from: Date; readonly to: Date };

/** The whole calendar, asked for at an address that is itself the secret: no error and no log may hold it. */
export const readCalendar = async (context: ConnectorContext, { calendarUrl }: CalendarAccount): Promise<string> =>
  callOfficial(context, {
    method: "GET",
    url: calendarUrl,
    headers: { accept: "text/calendar" },
    isAct: false,
    // An address that has been renewed is not found any more.
    unauthorized: [401, 403, 404, 410],
  });

/**
 * Everything that begins within the span, repetitions included. Pure.
 * @throws `malformed` for anything but a whole calendar, so that half a file cancels nobody's booking
 */
export const bookingsOf = (text: string, { span, timeZone }: { readonly span: Span; readonly timeZone: string }): VendorBooking[] => {
  assertWhole(text);
  const calendar = parse(inZone(text, timeZone));
  const events = Object.values(calendar).filter((component): component is VEvent => component?.type === "VEVENT");
  if (events.length === 0 && /^BEGIN:VEVENT/m.test(text)) {
    throw strange("its events cannot be read");
  }
  return events.flatMap((event) => occurrencesOf(event, span)).filter(({ startsAt }) => startsAt >= span.from && startsAt < span.to);
};

const assertWhole = (text: string): void => {
  const lines = text.trim();
  const count = (line: string): number => lines.split(/\r?\n/).filter((one) => one === line).length;
  const isWhole = lines.startsWith("BEGIN:VCALENDAR") && lines.endsWith("END:VCALENDAR");
  if (!isWhole || count("BEGIN:VEVENT") !== count("END:VEVENT")) {
    throw strange("it is not whole");
  }
};

const parse = (text: string): ReturnType<typeof ical.sync.parseICS> => {
  try {
    return ical.sync.parseICS(text);
  } catch (error) {
    throw strange("it cannot be read", error);
  }
};

/** Times without a zone are the club's wall clock; the library would take them for this machine's. */
const inZone = (text: string, timeZone: string): string =>
  text.replaceAll(/^(DTSTART|DTEND|RECURRENCE-ID|EXDATE):(\d{8}T\d{6})(?=\r?$)/gm, `$1;TZID=${timeZone}:$2`);

const occurrencesOf = (event: VEvent, span: Span): VendorBooking[] => {
  if (!isInstant(event.start)) {
    throw strange("an event has no time");
  }
  if (event.rrule === undefined) {
    return bookingsAt(event, { startsAt: event.start, endsAt: endOf(event, event.start), isRepeated: false });
  }
  const options = { from: span.from, to: span.to, includeOverrides: true, excludeExdates: true };
  return ical
    .expandRecurringEvent(event, options)
    .flatMap((one) =>
      bookingsAt(one.event, { startsAt: new Date(one.start.getTime()), endsAt: new Date(one.end.getTime()), isRepeated: true }),
    );
};

type Times = { readonly startsAt: Date; readonly endsAt: Date; readonly isRepeated: boolean };

/** One booking for each attendee; an entry without any is one of nobody. */
const bookingsAt = (event: VEvent, { startsAt, endsAt, isRepeated }: Times): VendorBooking[] => {
  const people = [event.attendee ?? []].flat().map(personOf);
  const [title, place] = [wordsOf(event.summary) ?? "Booking", wordsOf(event.location)];
  const id = isRepeated ? `${event.uid}@${startsAt.toISOString()}` : event.uid;
  return (people.length === 0 ? [NOBODY] : people).map(({ name, email }, index) => ({
    externalId: people.length > 1 ? `${id}#${email ?? index}` : id,
    kind: kindOf(`${title} ${place ?? ""}`, people.length),
    title,
    startsAt: new Date(startsAt.getTime()),
    endsAt: new Date(endsAt.getTime()),
    place,
    staffName: null,
    status: event.status === "CANCELLED" ? "cancelled" : "booked",
    personExternalId: null,
    personName: name,
    personEmail: email,
  }));
};

const NOBODY = { name: null, email: null };

/** What kind of booking an entry is has to be read from its words: a guess, kept here. */
const kindOf = (words: string, attendeeCount: number): BookingKind => {
  if (/\bbay\b/i.test(words)) {
    return "bay";
  }
  return attendeeCount > 1 || /\bclass\b/i.test(words) ? "class" : "appointment";
};

const personOf = (attendee: Attendee): { readonly email: string | null; readonly name: string | null } => {
  const [value, name] = typeof attendee === "string" ? [attendee, null] : [attendee.val, attendee.params.CN ?? null];
  const email = /^mailto:(.+@.+)$/i.exec(value)?.[1]?.toLowerCase() ?? null;
  return { email, name: name?.replaceAll(/^"|"$/g, "").trim() || null };
};

const wordsOf = (value: VEvent["summary"] | undefined): string | null => {
  const text = typeof value === "object" ? value.val : value;
  return text === undefined || text.trim() === "" ? null : text.trim();
};

const endOf = (event: VEvent, startsAt: Date): Date => (event.end === undefined || !isInstant(event.end) ? startsAt : event.end);

const isInstant = (value: Date | undefined): value is VEvent["start"] => value instanceof Date && !Number.isNaN(value.getTime());

const strange = (what: string, cause?: unknown): ConnectorError =>
  new ConnectorError("malformed", `the ClubOS calendar cannot be understood: ${what}`, { cause });
