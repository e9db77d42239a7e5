import { formatCalendarDate } from "#components/lib/format.ts";

/** "Nov 14": the axis has no room for the year. */
export const shortDay = (day: string): string => formatCalendarDate(day).replace(/, \d{4}$/, "");
