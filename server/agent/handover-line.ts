import { finishReply } from "#server/agent/finish-reply.ts";
import type { ReasonCode } from "#server/domain/reasons.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";

type Input = { readonly situation: Situation; readonly reasons: readonly ReasonCode[]; readonly language: string };
type Line = { readonly text: string | null; readonly duty: { readonly title: string; readonly dueInMinutes: number } | null };

/** Chosen by us: a person answers within half a working day, and within minutes where somebody may be in danger. */
const DUE_MINUTES = 240;
const EMERGENCY_DUE_MINUTES = 5;

/**
 * A handover is never silent: whoever wrote hears in one honest line that a person will answer, where the club lets the
 * agent speak at all. The text is code, not the model's, and it goes out together with the task it promises.
 */
export const handoverLine = ({ situation, reasons, language }: Input): Line => {
  const isEmergency = reasons.includes("emergency");
  const duty = {
    title: isEmergency ? "Call this member now" : "Answer this member",
    dueInMinutes: isEmergency ? EMERGENCY_DUE_MINUTES : DUE_MINUTES,
  };
  // Whoever may have asked for silence is not written to: a person reads it first.
  if (!maySpeak(situation, isEmergency) || reasons.includes("possible_opt_out")) {
    return { text: null, duty };
  }
  const isSpanish = language.toLowerCase().startsWith("es");
  const { club, policy } = situation;
  const line = isEmergency ? emergencyText(club.emergencyPhone ?? club.phone, isSpanish) : personText(club, isSpanish);
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

const personText = (club: Situation["club"], isSpanish: boolean): string =>
  isSpanish
    ? `Gracias por tu mensaje. Le paso esto a una persona de ${club.name}, que te responderá aquí en cuanto pueda.`
    : `Thanks for your message. I'm passing this to a person at ${club.name}, who will answer you here as soon as they can.`;
