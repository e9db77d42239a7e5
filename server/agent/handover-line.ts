import { finishReply } from "#server/agent/finish-reply.ts";
import { nextAnswer, nextAnswerText } from "#server/domain/next-answer.ts";
import type { ReasonCode } from "#server/domain/reasons.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";

type Input = { readonly situation: Situation; readonly reasons: readonly ReasonCode[]; readonly language: string };
type Line = { readonly text: string | null; readonly duty: { readonly title: string; readonly dueAt: Date } | null };

/** Chosen by us: where somebody may be in danger a person calls within minutes. */
const EMERGENCY_DUE_MINUTES = 5;

/**
 * A handover is never silent: whoever wrote hears in one honest line that a person will answer and when, where the club lets
 * the agent speak at all. The text is code, not the model's, and it goes out together with the task it promises.
 */
export const handoverLine = ({ situation, reasons, language }: Input): Line => {
  const isEmergency = reasons.includes("emergency");
  const answer = nextAnswerOf(situation);
  const duty = {
    title: isEmergency ? "Call this member now" : "Answer this member",
    dueAt: isEmergency ? new Date(situation.now.getTime() + EMERGENCY_DUE_MINUTES * 60_000) : answer.dueAt,
  };
  // Whoever may have asked for silence is not written to: a person reads it first.
  if (!maySpeak(situation, isEmergency) || reasons.includes("possible_opt_out")) {
    return { text: null, duty };
  }
  const isSpanish = language.toLowerCase().startsWith("es");
  const { club, now, policy } = situation;
  const when = nextAnswerText(answer, { now, timeZone: club.timeZone, language: isSpanish ? "es" : "en" });
  const line = isEmergency ? emergencyText(club.emergencyPhone ?? club.phone, isSpanish) : personText(club, { isSpanish, when });
  return {
    text: finishReply({
      reply: line,
      agent: policy.agent,
      clubName: club.name,
      language,
      isFirstAutomaticMessage: situation.isFirstAutomaticMessage,
    }),
    duty,
  };
};

const maySpeak = (situation: Situation, isEmergency: boolean): boolean => {
  if (situation.isSuppressed || situation.isStopped || situation.handledBy === "staff") {
    return false;
  }
  return (
    isEmergency ||
    (situation.policy.stages.question === "auto" &&
      !situation.contact.isAgentOff &&
      situation.automaticRepliesInConversation < situation.policy.limits.automaticRepliesPerConversation)
  );
};

const emergencyText = (phone: string | null, isSpanish: boolean): string => {
  if (isSpanish) {
    return `Si alguien está en peligro, llama al 911 ahora mismo.${phone === null ? "" : ` La línea de emergencia del club es ${phone}.`} Estoy avisando al equipo.`;
  }
  return `If anyone is in danger, call 911 right now.${phone === null ? "" : ` The club's emergency line is ${phone}.`} I am alerting the team.`;
};

const nextAnswerOf = ({ club, now, policy, specialDays = [] }: Situation) =>
  nextAnswer({ now, timeZone: club.timeZone, staffed: policy.hours.staffed, specialDays });

type PersonLine = { readonly isSpanish: boolean; readonly when: string };

const personText = (club: Situation["club"], { isSpanish, when }: PersonLine): string =>
  isSpanish
    ? `Gracias por tu mensaje. Le paso esto a una persona de ${club.name}, que te responderá aquí ${when}.`
    : `Thanks for your message. I'm passing this to a person at ${club.name}, who will answer you here ${when}.`;
