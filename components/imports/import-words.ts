import type { Tone } from "#components/lib/labels.ts";
import type {
  BookedKind,
  BookedStatus,
  BookingField,
  DateOrder,
  ImportCounts,
  ImportField,
  ImportKind,
  ImportStatus,
  PhoneCountry,
  RowOutcome,
  WordMeaning,
} from "#server/domain/csv-import.ts";

export const FIELD_LABELS = {
  memberNumber: "Member number",
  firstName: "First name",
  lastName: "Last name",
  fullName: "Full name",
  phone: "Phone",
  email: "E-mail",
  status: "Status",
  membershipType: "Membership",
  balance: "Balance owed",
  trainingBalance: "Owed for training",
  joinedOn: "Joined on",
  dateOfBirth: "Date of birth",
  lastVisit: "Last visit",
  state: "State",
  zip: "ZIP code",
} as const satisfies Record<ImportField, string>;

export const BOOKING_FIELD_LABELS = {
  bookingId: "Booking number",
  kind: "Kind of booking",
  title: "Class or service",
  date: "Day",
  start: "Start",
  end: "End",
  minutes: "Length in minutes",
  place: "Bay or room",
  staff: "Trainer",
  status: "Status",
  memberNumber: "Member number",
  email: "E-mail",
  phone: "Phone",
  name: "Name",
} as const satisfies Record<BookingField, string>;

export const KIND_LABELS = { members: "People", bookings: "Bookings" } as const satisfies Record<ImportKind, string>;

export const DATE_ORDER_LABELS = {
  mdy: "Month/day/year, 11/25/2026",
  dmy: "Day/month/year, 25/11/2026",
  ymd: "Year-month-day, 2026-11-25",
} as const satisfies Record<DateOrder, string>;

export const MEANING_LABELS = {
  active: "Active",
  past_due: "Past due",
  frozen: "Frozen",
  pay_per_visit: "Pay per visit",
  pending_cancel: "Cancelling",
  cancelled: "Cancelled",
  in_collections: "In collections",
  other: "Another standing",
  prospect: "Prospect",
} as const satisfies Record<WordMeaning, string>;

export const BOOKED_KIND_LABELS = { class: "A class", appointment: "An appointment", bay: "A bay" } as const satisfies Record<
  BookedKind,
  string
>;

export const BOOKED_STATUS_LABELS = {
  booked: "Booked",
  cancelled: "Cancelled",
  attended: "Attended",
  no_show: "Did not come",
} as const satisfies Record<BookedStatus, string>;

export const OUTCOME_LABELS = {
  created: { label: "New", tone: "good" },
  changed: { label: "Changed", tone: "warn" },
  merged: { label: "Joined to a known person", tone: "neutral" },
  unchanged: { label: "As it is", tone: "neutral" },
  refused: { label: "Not taken", tone: "bad" },
} as const satisfies Record<RowOutcome, { readonly label: string; readonly tone: Tone }>;

const COUNT_LABELS = [
  ["createdCount", "new"],
  ["changedCount", "changed"],
  ["mergedCount", "joined to known people"],
  ["unchangedCount", "as they are"],
  ["refusedCount", "not taken"],
] as const satisfies readonly (readonly [keyof ImportCounts, string])[];

/** People are joined, bookings are not. */
export const countLabelsOf = (kind: ImportKind) => COUNT_LABELS.filter(([name]) => kind === "members" || name !== "mergedCount");

export const IMPORT_STATUS_LABELS = {
  uploaded: { label: "Waiting for you", tone: "warn" },
  running: { label: "Being stored", tone: "neutral" },
  finished: { label: "Done", tone: "good" },
  cancelled: { label: "Cancelled", tone: "neutral" },
} as const satisfies Record<ImportStatus, { readonly label: string; readonly tone: Tone }>;

const COUNTRIES = new Intl.DisplayNames("en-US", { type: "region" });
export const countryLabel = (country: PhoneCountry): string => COUNTRIES.of(country) ?? country;

export const isImportId = (text: string): text is `imp_${string}` => text.startsWith("imp_");
