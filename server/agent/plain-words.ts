import { isTooLong } from "#server/domain/guards.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";

/**
 * The few answers that need no model, in two languages, several wordings each: the same thanks twice sounds like a
 * machine. `{name}` is a comma and the first name, or nothing.
 */
const PLAIN_WORDS = {
  fact: {
    en: [
      "{fact} Anything else I can help with?",
      "{fact} Does that answer it{name}?",
      "Sure{name}. {fact} What else would you like to know?",
    ],
    es: ["{fact} ¿Te ayudo con algo más?", "Claro{name}. {fact} ¿Qué más te gustaría saber?"],
  },
  thanks: {
    en: ["You're welcome{name}! Write any time.", "Any time{name}! See you soon?", "Glad to help{name}. Just text when you need anything."],
    es: ["¡De nada{name}! Escribe cuando quieras.", "¡Con gusto{name}! ¿Nos vemos pronto?"],
  },
  praise: {
    en: [
      "That's lovely to hear{name}, thank you! I'll let the team read it. See you soon?",
      "Thank you{name}, that makes our day! See you soon?",
    ],
    es: ["¡Qué alegría leerlo{name}, gracias! ¿Nos vemos pronto?"],
  },
  greeting: {
    en: ["Hi{name}! What can I help you with?", "Hello{name}! How can I help today?"],
    es: ["¡Hola{name}! ¿En qué te ayudo?"],
  },
  owes: {
    en: ["Your balance right now is {fact}{name}. {how}Is there anything about it I can help with?"],
    es: ["Tu saldo en este momento es de {fact}{name}. {how}¿Te ayudo con algo más sobre eso?"],
  },
  owes_nothing: {
    en: ["Nothing is due on your account right now{name}. Anything else I can help with?"],
    es: ["No debes nada en este momento{name}. ¿Te ayudo con algo más?"],
  },
  promise_noted: {
    en: [
      "Thank you for letting us know{name}, it is noted. If anything changes, can you text us here?",
      "Thanks{name}, that is noted. Is there anything else I can help with?",
    ],
    es: ["Gracias por avisar{name}, queda anotado. Si algo cambia, ¿nos escribes por aquí?"],
  },
  is_bot: {
    en: [
      "I'm {agent}, the AI assistant at {club}, not a person. I answer what I can, and someone from the team takes over whenever you ask. What can I help with?",
    ],
    es: [
      "Soy {agent}, el asistente de IA de {club}, no una persona. Respondo lo que puedo y alguien del equipo sigue cuando lo pidas. ¿En qué te ayudo?",
    ],
  },
} as const satisfies Record<string, Readonly<Record<"en" | "es", readonly string[]>>>;

type Words = {
  readonly situation: Pick<Situation, "contact" | "club" | "policy" | "turns">;
  readonly language: "en" | "es";
  readonly fact?: string;
  /** A sentence of the club on how to do it, with the blank after it. */
  readonly how?: string;
};

/** One of the wordings, another one than last time where there are several. Where it makes a fact too long to go out, the fact stands alone. */
export const plainWords = (key: keyof typeof PLAIN_WORDS, { fact, how, language, situation }: Words): string => {
  const wordings: readonly string[] = PLAIN_WORDS[key][language];
  const said = situation.turns.filter(({ from }) => from === "agent").length;
  const name = situation.contact.firstName;
  const text = (wordings[said % wordings.length] ?? "")
    .replaceAll("{name}", name === null || said % 2 === 1 ? "" : `, ${name}`)
    .replaceAll("{agent}", situation.policy.agent.name)
    .replaceAll("{club}", situation.club.name)
    .replaceAll("{fact}", fact ?? "")
    .replaceAll("{how}", how ?? "");
  const { replyMaxCharacters: maxCharacters, replyMaxSentences: maxSentences } = situation.policy;
  return key === "fact" && fact !== undefined && isTooLong(text, { maxCharacters, maxSentences }) ? fact : text;
};
