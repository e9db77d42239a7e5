import { TZDate } from "@date-fns/tz";
import { z } from "zod";

import { OptionalPhone } from "./club-facts.ts";
import { NOTIFICATION_KINDS, NOTIFICATION_WAYS, NOTIFICATION_WORDS, type NotificationKind } from "./notification-words.ts";

const MINUTES_PER_DAY = 1_440;

/** Minutes after midnight on the club's clock; they may span midnight. Equal ones would be no hours, or all. */
const Quiet = z
  .strictObject({
    startMinute: z
      .int()
      .min(0)
      .max(MINUTES_PER_DAY - 1),
    endMinute: z
      .int()
      .min(0)
      .max(MINUTES_PER_DAY - 1),
  })
  .refine(({ endMinute, startMinute }) => startMinute !== endMinute, { error: "quiet hours end at another time than they begin" });
export type Quiet = z.output<typeof Quiet>;

const ways = (kind: NotificationKind) =>
  z
    .array(z.enum(NOTIFICATION_WAYS))
    .transform((chosen) => NOTIFICATION_WAYS.filter((way) => chosen.includes(way)))
    .default([...NOTIFICATION_WORDS[kind].ways]);

/** A kind that came later than what somebody saved has what is built in. */
const Ways = z.strictObject(
  Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, ways(kind)])) as Record<NotificationKind, ReturnType<typeof ways>>,
);

/** What one person chose for one club. */
export const NotificationSettings = z.strictObject({
  ways: Ways,
  /** Their own number, for texts. */
  phone: OptionalPhone,
  quiet: Quiet.nullable(),
});
export type NotificationSettings = z.output<typeof NotificationSettings>;

export const DEFAULT_NOTIFICATION_SETTINGS: NotificationSettings = {
  ways: Ways.parse({}),
  phone: null,
  quiet: { startMinute: 22 * 60, endMinute: 7 * 60 },
};

type Moment = { readonly now: Date; readonly timeZone: string; readonly quiet: Quiet | null };

/**
 * When somebody may be told by a way that makes a noise: now, or when their quiet hours are over on the club's clock. An hour
 * that the clocks skip ends them at the next one.
 */
export const tellableAt = (kind: NotificationKind, { now, quiet, timeZone }: Moment): Date => {
  if (quiet === null || kind === "emergency") {
    return now;
  }
  const local = new TZDate(now.getTime(), timeZone);
  const minute = local.getHours() * 60 + local.getMinutes();
  const { endMinute, startMinute } = quiet;
  const isQuiet = startMinute < endMinute ? minute >= startMinute && minute < endMinute : minute >= startMinute || minute < endMinute;
  if (!isQuiet) {
    return now;
  }
  const isTomorrow = minute >= endMinute;
  const end = new TZDate(local.getFullYear(), local.getMonth(), local.getDate() + (isTomorrow ? 1 : 0), 0, endMinute, timeZone);
  // In the hour that comes twice the wall clock may name an end that has passed already.
  return new Date(Math.max(end.getTime(), now.getTime()));
};
