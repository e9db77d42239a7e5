import type { Question } from "#server/domain/first-run.ts";

export const QUESTION_LABELS = {
  opening_hours: "Opening hours",
  staffed_hours: "Staffed hours",
  holidays: "Holidays",
  prices: "Prices",
  guests: "Guests",
  freeze_cancel: "Freeze and cancel",
  parking: "Parking",
  classes_bays: "Booking",
  lost_found: "Lost and found",
  contact: "Contact",
} as const satisfies Record<Question, string>;
