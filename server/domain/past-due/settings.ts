import { z } from "zod";

/** Cents, or whatever the smallest unit of the club's currency is; settings are JSON, which knows no bigint. */
const minor = z.int().min(1).max(100_000_000);
const count = (min: number, max: number) => z.int().min(min).max(max);
const minuteOfDay = z.int().min(0).max(1_439);

/** As many as there are wordings of a tier, so that nobody ever gets one twice in an episode. */
const MOST_ATTEMPTS = 6;

/**
 * The reminder ladder. The bounds cut amounts and attempts into three ranges each, from the first value of the higher range on;
 * because both lists ascend, every amount and every number of attempts lies in exactly one.
 */
export const PastDueSettings = z
  .strictObject({
    /** Smaller debts are left alone. */
    remindFromMinor: minor,
    firmFromMinor: minor,
    finalFromMinor: minor,
    firmFromAttempts: count(1, MOST_ATTEMPTS),
    finalFromAttempts: count(1, MOST_ATTEMPTS),
    /** From here on, both together, the final reminder comes with an urgent note and asks for the door to be locked. */
    urgentFromMinor: minor,
    urgentFromAttempts: count(1, MOST_ATTEMPTS),
    /** The ladder ends and the manager is asked. */
    endsAtAttempts: count(1, MOST_ATTEMPTS),
    /** The first notice of an episode is friendly, whatever is owed. */
    firstNoticeFriendly: z.boolean(),
    /** Between two billing texts to one person. */
    pauseHours: count(24, 168),
    /** Regulation F's ceiling for calls, which is ours for texts as well; it can be lowered, never raised. */
    mostTextsIn7Days: count(1, 3),
    /** "I paid already" is believed for so long. */
    paidClaimHours: count(24, 336),
    /** A balance that was read earlier than this holds everything; it can be lowered, never raised. */
    balanceMaxAgeMinutes: count(5, 60),
    /** Payments reach the books some days after they are made; a promise is broken only then. */
    promiseGraceDays: count(0, 5),
    /** A promise that lies farther ahead is a plan, which a person agrees to. */
    promiseMaxDays: count(1, 60),
  })
  .refine((bounds) => bounds.remindFromMinor <= bounds.firmFromMinor && bounds.firmFromMinor < bounds.finalFromMinor, {
    error: "the amounts rise from friendly over firm to final",
    path: ["firmFromMinor"],
  })
  .refine((bounds) => bounds.finalFromMinor <= bounds.urgentFromMinor, {
    error: "what is urgent is no smaller than what is final",
    path: ["urgentFromMinor"],
  })
  .refine((bounds) => bounds.firmFromAttempts < bounds.finalFromAttempts && bounds.finalFromAttempts <= bounds.urgentFromAttempts, {
    error: "the attempts rise from friendly over firm to final and urgent",
    path: ["finalFromAttempts"],
  })
  .refine((bounds) => bounds.urgentFromAttempts < bounds.endsAtAttempts, {
    error: "the ladder ends after its last step",
    path: ["endsAtAttempts"],
  });
export type PastDueSettings = z.infer<typeof PastDueSettings>;

export const DEFAULT_PAST_DUE_SETTINGS: PastDueSettings = {
  remindFromMinor: 1,
  firmFromMinor: 5_001,
  finalFromMinor: 10_000,
  firmFromAttempts: 2,
  finalFromAttempts: 4,
  urgentFromMinor: 10_000,
  urgentFromAttempts: 4,
  endsAtAttempts: 6,
  firstNoticeFriendly: true,
  pauseHours: 72,
  mostTextsIn7Days: 3,
  paidClaimHours: 72,
  balanceMaxAgeMinutes: 60,
  promiseGraceDays: 1,
  promiseMaxDays: 30,
};

export const DoorAccessSettings = z
  .strictObject({
    lockFromMinor: minor,
    /** Locked is who is past due for more days than these. */
    graceDays: count(0, 90),
    /** Between the delivery of the warning and the lock; it can be raised, never lowered. */
    warningHours: count(24, 336),
    /** Nobody is locked between these two minutes of the club's day, also where the desk is staffed all night. */
    nightFromMinute: minuteOfDay,
    nightUntilMinute: minuteOfDay,
    /** Off = the locks of a run wait as one question; on = they happen, up to the cap. */
    isAutoLockOn: z.boolean(),
    /** Locks of one club day, above which a person confirms. */
    dailyCap: count(0, 100),
  })
  .refine((night) => night.nightFromMinute !== night.nightUntilMinute, {
    error: "the night begins and ends at different times",
    path: ["nightUntilMinute"],
  });
export type DoorAccessSettings = z.infer<typeof DoorAccessSettings>;

export const DEFAULT_DOOR_ACCESS_SETTINGS: DoorAccessSettings = {
  lockFromMinor: 1,
  graceDays: 3,
  warningHours: 24,
  nightFromMinute: 1_260,
  nightUntilMinute: 480,
  isAutoLockOn: false,
  dailyCap: 10,
};

export const EscalationSettings = z
  .strictObject({
    /** Smaller debts are only counted. */
    fromMinor: minor,
    /** More than this. */
    overMinor: minor,
    /** At least so many attempts within 30 days. */
    attemptsIn30Days: count(1, 30),
    /** More days than these. */
    overDays: count(0, 365),
    failedSends: count(1, 30),
  })
  .refine((bounds) => bounds.fromMinor <= bounds.overMinor, {
    error: "the amount that is escalated by itself is no smaller than the least",
    path: ["overMinor"],
  });
export type EscalationSettings = z.infer<typeof EscalationSettings>;

export const DEFAULT_ESCALATION_SETTINGS: EscalationSettings = {
  fromMinor: 5_000,
  overMinor: 20_000,
  attemptsIn30Days: 5,
  overDays: 30,
  failedSends: 2,
};

export const ReferralSettings = z.strictObject({
  fromMinor: minor,
  fromAttempts: count(1, 30),
  fromDays: count(1, 365),
});
export type ReferralSettings = z.infer<typeof ReferralSettings>;

export const DEFAULT_REFERRAL_SETTINGS: ReferralSettings = { fromMinor: 5_000, fromAttempts: 3, fromDays: 14 };

/** The first amount of each range above the lowest one, which begins at `fromMinor`. */
export const InvoiceSettings = z
  .strictObject({ fromMinor: minor, secondFromMinor: minor, thirdFromMinor: minor, fourthFromMinor: minor })
  .refine(
    (bounds) =>
      bounds.fromMinor < bounds.secondFromMinor &&
      bounds.secondFromMinor < bounds.thirdFromMinor &&
      bounds.thirdFromMinor < bounds.fourthFromMinor,
    { error: "the ranges of an invoice report rise", path: ["secondFromMinor"] },
  );
export type InvoiceSettings = z.infer<typeof InvoiceSettings>;

export const DEFAULT_INVOICE_SETTINGS: InvoiceSettings = {
  fromMinor: 1,
  secondFromMinor: 5_001,
  thirdFromMinor: 10_000,
  fourthFromMinor: 20_001,
};
