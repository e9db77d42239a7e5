import { createHash } from "node:crypto";

/**
 * What the stand-in says, in two languages with a few variants each, so that a thread does not sound stamped.
 * `{name}` is a comma and the first name, or nothing; other braces are filled by the caller.
 */
const PHRASES = {
  greet: {
    en: [
      "Hi{name}! This is {agent}, the AI assistant at {club}. How can I help?",
      "Hello{name}! {agent} here, the AI assistant at {club}. What can I do for you?",
    ],
    es: ["¡Hola{name}! Soy {agent}, el asistente de IA de {club}. ¿En qué te puedo ayudar?"],
  },
  isBot: {
    en: [
      "I'm {agent}, the AI assistant at {club}, not a person. I can answer most questions, and I can bring in someone from the team whenever you like. What can I help with?",
    ],
    es: [
      "Soy {agent}, el asistente de IA de {club}, no una persona. Puedo responder muchas preguntas y avisar al equipo cuando quieras. ¿En qué te ayudo?",
    ],
  },
  answer: {
    en: [
      "{fact} Is there anything else I can help with?",
      "Good question{name}! {fact} Anything else you'd like to know?",
      "{fact} Does that help{name}?",
    ],
    es: ["{fact} ¿Te puedo ayudar con algo más?", "¡Claro{name}! {fact} ¿Algo más que quieras saber?"],
  },
  answerQuoted: {
    en: ["Here is what the club says: “{fact}” Does that help{name}?"],
    es: ["¡Claro{name}! Te copio lo que dice el club: «{fact}» ¿Te puedo ayudar con algo más?"],
  },
  dontKnow: {
    en: [
      "I don't know that one for sure{name}, so let me connect you with someone from the team who does. Is there anything else they should know?",
      "I'd rather not guess on that{name}. I'm passing your question to the team so that a person can answer it. Anything you'd like to add?",
    ],
    es: ["No lo sé con certeza{name}, así que le paso tu pregunta a una persona del equipo. ¿Quieres agregar algo?"],
  },
  person: {
    en: ["Of course{name}. I'm letting the team know that you'd like to talk to a person. What should I tell them it is about?"],
    es: ["Por supuesto{name}. Le aviso al equipo que quieres hablar con una persona. ¿De qué se trata?"],
  },
  sorry: {
    en: [
      "I'm sorry about that{name}, and thank you for telling us. I'm bringing in someone from the team to look into it. Is there anything else they should know?",
      "That's not how it should be{name}, I'm sorry. I'm passing this to the team right away so that a person can take care of it. Anything to add?",
    ],
    es: [
      "Lo siento mucho{name}, y gracias por avisarnos. Le paso esto a una persona del equipo para que lo revise. ¿Hay algo más que deba saber?",
    ],
  },
  whichBay: {
    en: ["Sorry about that{name}! Which bay are you in?"],
    es: ["¡Lo siento{name}! ¿En qué bahía estás?"],
  },
  account: {
    en: [
      "Thanks for reaching out{name}. A person should look at this one with you, so I'm passing it to the team. Is there anything you'd like me to add?",
      "I understand{name}. I can't change anything on your account myself, so I'm handing this to someone from the team. Anything they should know first?",
    ],
    es: ["Gracias por escribir{name}. Esto lo tiene que ver una persona contigo, así que se lo paso al equipo. ¿Quieres que agregue algo?"],
  },
  unbound: {
    en: [
      "To keep your account private, I can't share its details with a number I can't match to exactly one member. I'm connecting you with someone from the team{name}. Is this the number on your account?",
    ],
    es: [
      "Para proteger tu cuenta, no puedo compartir sus datos con un número que no coincide con un solo miembro. Te pongo en contacto con el equipo{name}. ¿Es este el número de tu cuenta?",
    ],
  },
  owes: {
    en: [
      "Your balance right now is {amount}{name}. If it helps, someone from the team can go over the ways to pay with you. Would you like that?",
    ],
    es: ["Tu saldo en este momento es de {amount}{name}. Si te sirve, alguien del equipo puede ver contigo cómo pagar. ¿Te gustaría?"],
  },
  owesNothing: {
    en: ["Good news{name}: nothing is due on your account right now. Is there anything else I can help with?"],
    es: ["Buenas noticias{name}: no debes nada en este momento. ¿Te puedo ayudar con algo más?"],
  },
  lastVisit: {
    en: ["Your last visit was on {date}{name}. Are you planning to come by soon?"],
    es: ["Tu última visita fue el {date}{name}. ¿Piensas venir pronto?"],
  },
  planIs: {
    en: ["You're on the {plan} membership{name}. Would you like someone from the team to go over it with you?"],
    es: ["Tienes la membresía {plan}{name}. ¿Quieres que alguien del equipo la revise contigo?"],
  },
  whenSuits: {
    en: ["Happy to help with that{name}! Which day and time would suit you best?", "Sure{name}! What day and time did you have in mind?"],
    es: ["¡Con gusto{name}! ¿Qué día y a qué hora te viene mejor?"],
  },
  bookingToTeam: {
    en: [
      "Thanks{name}! I'm passing this to the team so that someone can check and confirm it with you. Is there another time that would work too, just in case?",
    ],
    es: [
      "¡Gracias{name}! Le paso esto al equipo para que alguien lo revise y te lo confirme. ¿Hay otra hora que también te sirva, por si acaso?",
    ],
  },
  calledOff: {
    en: [
      "Thanks for letting us know{name}. I'm passing it to the team so that someone takes care of the booking and confirms it with you. Would you like another time instead?",
    ],
    es: [
      "Gracias por avisar{name}. Se lo paso al equipo para que alguien se ocupe de la reserva y te lo confirme. ¿Quieres otra hora en su lugar?",
    ],
  },
  hurt: {
    en: [
      "I'm so sorry to hear that{name}. If you need medical help right away, please call 911. I'm alerting the team so that a person gets back to you. Are you okay?",
    ],
    es: [
      "Lamento mucho lo que pasó{name}. Si necesitas ayuda médica ahora mismo, llama al 911. Estoy avisando al equipo para que una persona te responda. ¿Estás bien?",
    ],
  },
  late: {
    en: ["Thanks for the heads-up{name}! I'm letting the team know. Is everything okay otherwise?"],
    es: ["¡Gracias por avisar{name}! Se lo digo al equipo. ¿Todo bien por lo demás?"],
  },
  confirmed: {
    en: [
      "Perfect, thanks for confirming{name}! Is there anything else you need?",
      "Great, thank you{name}! Just text us if anything changes, okay?",
    ],
    es: ["¡Perfecto, gracias por confirmar{name}! ¿Necesitas algo más?"],
  },
  declined: {
    en: ["No problem at all{name}, thanks for letting me know. Is there anything else I can help with?"],
    es: ["No hay problema{name}, gracias por avisar. ¿Te puedo ayudar con algo más?"],
  },
  thanks: {
    en: [
      "Any time{name}! Is there anything else I can do for you?",
      "You're very welcome{name}! Just text if anything else comes up, okay?",
    ],
    es: ["¡Con gusto{name}! ¿Te puedo ayudar con algo más?"],
  },
  praised: {
    en: ["That means a lot to us{name}, thank you! Is there anything we could do to make your next visit even better?"],
    es: ["¡Muchas gracias{name}, significa mucho para nosotros! ¿Hay algo que podamos mejorar para tu próxima visita?"],
  },
  emergency: {
    en: ["If anyone is in danger, please call 911 right now. I'm alerting the team at {club}. Are you somewhere safe?"],
    es: ["Si alguien está en peligro, llama al 911 ahora mismo. Estoy avisando al equipo de {club}. ¿Estás en un lugar seguro?"],
  },
  unclear: {
    en: [
      "I want to get this right{name}, so I'm asking someone from the team to take a look. Could you tell me a little more about what you need?",
    ],
    es: ["Quiero ayudarte bien{name}, así que le pido a alguien del equipo que lo vea. ¿Me cuentas un poco más qué necesitas?"],
  },
} as const;

export type PhraseKey = keyof typeof PHRASES;
export type Language = "en" | "es";

export type Voice = { readonly language: Language; readonly firstName: string | null; readonly seed: string };

/** One variant, chosen by the words it answers: the same conversation always gets the same reply. */
export const say = (key: PhraseKey, { firstName, language, seed }: Voice, fields: Readonly<Record<string, string>> = {}): string => {
  const variants: readonly string[] = PHRASES[key][language];
  const chance = createHash("sha256").update(seed).digest();
  const variant = variants[(chance[0] ?? 0) % variants.length] ?? "";
  // The name now and then, as people do it, not in every text.
  const name = firstName !== null && (chance[1] ?? 0) % 3 !== 0 ? `, ${firstName}` : "";
  return variant.replaceAll(/\{([a-z]+)\}/g, (whole, field: string) => (field === "name" ? name : (fields[field] ?? whole)));
};
