import type { BookedKind, BookedStatus, BookingField, BookingMapping, PhoneCountry } from "#server/domain/csv-import.ts";
import { isTimeAlone } from "#server/services/imports/booking-times.ts";
import {
  guessColumns,
  guessDateOrder,
  guessMeanings,
  wordsOf,
  type Columns,
  type Remembered,
} from "#server/services/imports/guess-columns.ts";
import type { Table } from "#server/services/imports/read-table.ts";

/** How calendars and people name their columns. */
const NAMES: Record<BookingField, readonly string[]> = {
  bookingId: ["bookingid", "bookingnumber", "appointmentid", "reservationid", "eventid", "id"],
  kind: ["kind", "type", "bookingtype", "eventtype"],
  title: ["title", "class", "classname", "service", "event", "eventname", "appointment", "subject", "bookingname"],
  date: ["date", "day", "bookingdate", "classdate", "startdate"],
  start: ["start", "starts", "startsat", "startdatetime", "starttime", "begin", "begins", "begintime", "time", "when", "from"],
  end: ["end", "ends", "endsat", "endtime", "enddatetime", "until", "to", "enddate"],
  minutes: ["minutes", "duration", "durationminutes", "durationmin", "length", "mins"],
  place: ["place", "bay", "room", "location", "studio", "resource"],
  staff: ["staff", "trainer", "coach", "instructor", "employee", "staffname", "with"],
  status: ["status", "bookingstatus", "state", "attendance"],
  memberNumber: ["memberid", "membernumber", "memberno", "customerid", "clientid", "barcode"],
  email: ["email", "emailaddress", "mail", "memberemail", "clientemail", "customeremail"],
  phone: ["mobilephone", "cellphone", "mobile", "cell", "phone", "phonenumber", "telephone", "memberphone", "clientphone"],
  name: ["name", "member", "membername", "client", "clientname", "customer", "customername", "fullname", "person"],
};

const KINDS: Record<BookedKind, readonly string[]> = {
  class: ["class", "classes", "group class", "course"],
  appointment: ["appointment", "session", "training", "personal training", "pt", "lesson"],
  bay: ["bay", "bay rental", "simulator", "rental", "room"],
};

const STATUSES: Record<BookedStatus, readonly string[]> = {
  booked: ["booked", "confirmed", "scheduled", "reserved", "active", "open"],
  cancelled: ["cancelled", "canceled", "deleted", "late cancel"],
  attended: ["attended", "completed", "checked in", "done", "showed"],
  no_show: ["no show", "no-show", "noshow", "no_show", "missed"],
};

type Input = {
  readonly table: Table;
  readonly country: PhoneCountry;
  readonly remembered: Remembered<BookingMapping> | null;
};

/** What people would choose: as they chose it for columns of these names before, else by the names and the cells. */
export const guessBookingMapping = ({ table, country, remembered }: Input): BookingMapping => {
  const columns = withoutDate(table, guessColumns(table.headers, { names: NAMES, remembered }));
  const last = remembered?.mapping;
  return {
    table: "bookings",
    columns,
    dateOrder: last?.dateOrder ?? guessDateOrder(table, [columns.date ?? columns.start]),
    country: last?.country ?? country,
    kindWords: guessMeanings(wordsOf(table, columns.kind), { usual: KINDS, known: last?.kindWords ?? {} }),
    statusWords: guessMeanings(wordsOf(table, columns.status), { usual: STATUSES, known: last?.statusWords ?? {} }),
    defaultKind: last?.defaultKind ?? "class",
  };
};

/** A day of its own is left out where the start says the day itself; a day that says the time, too, is the start. */
const withoutDate = ({ rows }: Table, columns: Columns<BookingField>): Columns<BookingField> => {
  const { date, ...rest } = columns;
  const { start = date } = rest;
  if (date === undefined || start === undefined) {
    return columns;
  }
  const saysDay = rows.some(({ cells }) => cells[start] !== "" && !isTimeAlone(cells[start] ?? ""));
  return saysDay ? { ...rest, start } : columns;
};
