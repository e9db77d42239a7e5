import { TZDate } from "@date-fns/tz";
import { format } from "date-fns";

/** An instant as people in a zone read it. @param pattern a date-fns pattern such as `yyyy-MM-dd` */
export const formatInTimeZone = (at: Date, timeZone: string, pattern: string): string =>
  format(new TZDate(at.getTime(), timeZone), pattern);

/** The first instant of a calendar day in a zone, also where the clocks skip midnight. */
export const startOfDay = (date: string, timeZone: string): Date => {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, day, timeZone).getTime());
};
