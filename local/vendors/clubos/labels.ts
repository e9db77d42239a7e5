/** The vendor's ways of writing an instant, always in the club's zone and never saying which zone that is. */

type Moment = { readonly at: Date; readonly timeZone: string };

/** `9:30 AM` for today, `Oct 13` for any other day: no year, no seconds. */
export const listLabel = ({ at, timeZone }: Moment, now: Date): string =>
  dayOf({ at, timeZone }) === dayOf({ at: now, timeZone }) ? clock({ at, timeZone }) : monthAndDay({ at, timeZone });

/** `11/20/2026 9:30 AM`. */
export const logLabel = ({ at, timeZone }: Moment): string => `${dayOf({ at, timeZone })} ${clock({ at, timeZone })}`;

const dayOf = ({ at, timeZone }: Moment): string =>
  new Intl.DateTimeFormat("en-US", { timeZone, year: "numeric", month: "numeric", day: "numeric" }).format(at);

const clock = ({ at, timeZone }: Moment): string =>
  new Intl.DateTimeFormat("en-US", { timeZone, hour: "numeric", minute: "2-digit" }).format(at).replaceAll("\u202f", " ");

const monthAndDay = ({ at, timeZone }: Moment): string =>
  new Intl.DateTimeFormat("en-US", { timeZone, month: "short", day: "numeric" }).format(at);
