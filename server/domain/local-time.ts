import { TZDate } from "@date-fns/tz";
import { format } from "date-fns";

/** An instant as people in a zone read it. @param pattern a date-fns pattern such as `yyyy-MM-dd` */
export const formatInTimeZone = (at: Date, timeZone: string, pattern: string): string =>
  format(new TZDate(at.getTime(), timeZone), pattern);
