import { addDays, todayIn } from "./calendar-date.ts";
import { staffedStretches, type StaffedHours } from "./staffed-stretches.ts";

const HOUR_MS = 3_600_000;

/** A list that is made later than this after the desk closed helps nobody who has gone home. */
export const CLOSING_LATE_HOURS = 6;
/** What nobody has decided by then stays with the next shift (rules §2). */
export const DECIDE_WITHIN_MINUTES = 30;

export type Closing = { /** The day of the club's calendar whose desk closed. */ readonly onDate: string; readonly closedAt: Date };

/**
 * The end of the staffed hours that has come last, while nobody is back at the desk. A break at noon is no closing: of a day
 * only its last stretch counts, and a night that two days share ends on the second. Null where the hours are not known.
 */
export const lastClosing = (hours: StaffedHours, now: Date): Closing | null => {
  const onDate = todayIn(hours.timeZone, now);
  for (const fromDate of [addDays(onDate, -1), onDate]) {
    const stretches = staffedStretches(hours, { fromDate, dayCount: fromDate === onDate ? 2 : 3 });
    const found = closingIn(stretches, { now, timeZone: hours.timeZone });
    if (found !== null) {
      return found;
    }
  }
  return null;
};

type Clock = { readonly now: Date; readonly timeZone: string };

const closingIn = (stretches: ReturnType<typeof staffedStretches>, { now, timeZone }: Clock): Closing | null => {
  if (stretches.some(({ start, end }) => start <= now && now < end)) {
    return null;
  }
  const ended = stretches.findLast(({ end }) => end <= now);
  if (ended === undefined || now.getTime() - ended.end.getTime() > CLOSING_LATE_HOURS * HOUR_MS) {
    return null;
  }
  const onDate = dayOf(ended.end, timeZone);
  // Somebody comes back on the same day.
  const isBreak = stretches.some(({ start }) => start > now && dayOf(start, timeZone) === onDate);
  return isBreak ? null : { onDate, closedAt: ended.end };
};

/** Midnight still belongs to the day that ends with it. */
const dayOf = (at: Date, timeZone: string): string => todayIn(timeZone, new Date(at.getTime() - 1));

type Told = { readonly clubName: string; /** As `next-answer` words it. */ readonly when: string; readonly language: "en" | "es" };

export const closingLine = ({ clubName, language, when }: Told): string =>
  language === "es"
    ? `${clubName}, mensaje automático: ahora no hay nadie en la recepción. Su mensaje no se ha olvidado: una persona le responderá aquí ${when}.`
    : `${clubName}, automatic message: nobody is at the desk now. Your message is not forgotten: a person will answer you here ${when}.`;
