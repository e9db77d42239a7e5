import { z } from "zod";

import { isCalendarDate } from "./calendar-date.ts";

/** A day of a club's calendar, `2026-11-26`; it belongs to no zone. Only days that exist. */
export const CalendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "a date is written as 2026-11-26")
  .refine(isCalendarDate, { error: "this day does not exist" });
