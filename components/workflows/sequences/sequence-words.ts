import type { SequenceName, StepChannel, StepCondition } from "#server/domain/workflows/sequence.ts";

type Words = { readonly name: string; readonly about: string; readonly cause: string };

export const SEQUENCE_WORDS = {
  new_lead: {
    name: "New leads",
    about: "A few notes to somebody who has just asked about the club.",
    cause: "days after the lead came in",
  },
  no_show: {
    name: "Missed bookings",
    about: "A kind word after a booking that was missed.",
    cause: "days after the booking that was missed",
  },
  silent_lead: {
    name: "Silent leads",
    about: "Follows up when a lead asked, got an answer, and fell silent.",
    cause: "days after the last message stayed without an answer",
  },
  win_back: { name: "Long absences", about: "Writes to members who have not been in for weeks.", cause: "days after the last visit" },
} as const satisfies Record<SequenceName, Words>;

export const CONDITION_WORDS = {
  always: "To everybody in it",
  not_written: "Only if the club has not written to them yet",
  owes_nothing: "Only if they owe nothing",
} as const satisfies Record<StepCondition, string>;

export const CHANNEL_WORDS = {
  best: "Best channel for the person",
  sms: "Text message",
  clubos: "ClubOS inbox",
  email: "E-mail",
} as const satisfies Record<StepChannel, string>;

/** A channel the club cannot write over now falls back, and that is said beside it. */
export const isMissing = (channel: StepChannel, channels: readonly string[]): boolean => channel !== "best" && !channels.includes(channel);

export const waitText = (afterDays: number, isFirst: boolean): string =>
  isFirst
    ? afterDays === 0
      ? "As soon as somebody is in it"
      : `${afterDays} ${afterDays === 1 ? "day" : "days"} after somebody came in`
    : `${afterDays} ${afterDays === 1 ? "day" : "days"} after the step before`;
