import { z } from "zod";

import { formatInTimeZone } from "./local-time.ts";

const count = z.int().min(0);

/** What a brief counts: what happened since the one before, and what waits for people at this moment. */
export const BriefFigures = z.object({
  receivedCount: count,
  answeredAloneCount: count,
  draftCount: count,
  escalationCount: count,
  /** Since when the oldest of them waits. */
  oldestEscalationAt: z.coerce.date().nullable(),
  /** Conversations that staff hold and in which somebody waits. */
  leftUnansweredCount: count,
  unknownEffectCount: count,
  failingConnections: z.array(z.string()),
  undecidedHolidayCount: count,
  overdueTicketCount: count,
});
export type BriefFigures = z.infer<typeof BriefFigures>;

const BRIEF_TIME = "07:00";

/** Whether the hour of the brief has come on the club's wall clock; a day on which nothing ran at seven gets its brief late. */
export const isBriefTime = (timeZone: string, now: Date): boolean => formatInTimeZone(now, timeZone, "HH:mm") >= BRIEF_TIME;

const many = (number: number, one: string, others: string): string => `${number} ${number === 1 ? one : others}`;

/** The brief as sentences: first what happened, then what needs people. Empty days say so, and nothing is said of what is not. */
export const briefLines = (
  figures: BriefFigures,
  timeZone: string,
): { readonly happened: string; readonly needsYou: readonly string[] } => {
  const { answeredAloneCount, receivedCount } = figures;
  const oldest =
    figures.oldestEscalationAt === null
      ? ""
      : `, the oldest since ${formatInTimeZone(figures.oldestEscalationAt, timeZone, "EEEE h:mm a")}`;
  const needs: readonly (readonly [number, string])[] = [
    [figures.escalationCount, `${many(figures.escalationCount, "conversation needs", "conversations need")} a person${oldest}.`],
    [
      figures.leftUnansweredCount,
      `${many(figures.leftUnansweredCount, "conversation that staff hold was", "conversations that staff hold were")} left unanswered.`,
    ],
    [figures.draftCount, `${many(figures.draftCount, "question waits", "questions wait")} for a decision.`],
    [figures.overdueTicketCount, `${many(figures.overdueTicketCount, "task is", "tasks are")} overdue.`],
    [
      figures.unknownEffectCount,
      `Of ${many(figures.unknownEffectCount, "send or deed", "sends or deeds")} nobody knows whether it was done.`,
    ],
    [figures.failingConnections.length, `Not working: ${figures.failingConnections.join(", ")}.`],
    [figures.undecidedHolidayCount, `The hours of ${many(figures.undecidedHolidayCount, "holiday", "holidays")} are undecided.`],
  ];
  return {
    happened:
      receivedCount === 0 && answeredAloneCount === 0
        ? "No messages came in."
        : `${many(receivedCount, "message", "messages")} came in; Spotter answered ${many(answeredAloneCount, "time", "times")} alone.`,
    needsYou: needs.flatMap(([number, line]) => (number === 0 ? [] : [line])),
  };
};
