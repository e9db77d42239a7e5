/** What an automation says to whoever asked. Code, not the model's words, so that each states only what is true then. */

export type LineLanguage = "en" | "es";

type Facts = {
  /** The first name, where the sender is known to be that person. */
  readonly name: string | null;
  /** The bay's number or the door's name. */
  readonly target: string;
  /** E.164; null where the club has told none. */
  readonly phone: string | null;
  /** Seconds a door stays unlocked; null where the controller does not tell. */
  readonly seconds: number | null;
};

const withName = ({ name }: Facts): string => (name === null ? "" : `, ${name}`);
const callUs = ({ phone }: Facts): string => (phone === null ? "" : ` You can also call us at ${phone}.`);
const llama = ({ phone }: Facts): string => (phone === null ? "" : ` También puedes llamarnos al ${phone}.`);
const during = ({ seconds }: Facts): string => (seconds === null ? "a few seconds" : `${seconds} seconds`);
const durante = ({ seconds }: Facts): string => (seconds === null ? "unos segundos" : `${seconds} segundos`);

const LINES = {
  ask_bay: {
    en: (facts) => `Sorry about that${withName(facts)}! Which bay are you in? Text me its number.`,
    es: (facts) => `¡Lo siento${withName(facts)}! ¿En qué bahía estás? Escríbeme el número.`,
  },
  reset_confirm: {
    en: (facts) =>
      `Sorry about that${withName(facts)}! I can restart the computer of bay ${facts.target}. Reply YES to reset bay ${facts.target}.`,
    es: (facts) =>
      `¡Lo siento${withName(facts)}! Puedo reiniciar la computadora de la bahía ${facts.target}. Responde SÍ para reiniciar la bahía ${facts.target}.`,
  },
  reset_started: {
    en: (facts) => `Thanks! I'm resetting bay ${facts.target} now. It can take a few minutes; I'll text you here how it went.`,
    es: (facts) => `¡Gracias! Estoy reiniciando la bahía ${facts.target}. Puede tardar unos minutos; te escribo aquí cómo salió.`,
  },
  reset_asked: {
    en: (facts) =>
      `Sorry about that${withName(facts)}! I've asked the team to reset bay ${facts.target}. I'll text you here as soon as they do.`,
    es: (facts) =>
      `¡Lo siento${withName(facts)}! Le pedí al equipo que reinicie la bahía ${facts.target}. Te escribo aquí en cuanto lo haga.`,
  },
  reset_done: {
    en: (facts) => `Bay ${facts.target} is restarting, it should work now. If it doesn't, text me and a person will help.`,
    es: (facts) => `La bahía ${facts.target} se está reiniciando y ya debería funcionar. Si no, escríbeme y te ayuda una persona.`,
  },
  reset_failed: {
    en: (facts) => `I couldn't reset bay ${facts.target}, sorry. I've told the team and someone will help you.${callUs(facts)}`,
    es: (facts) => `No pude reiniciar la bahía ${facts.target}, lo siento. Ya avisé al equipo y alguien te ayuda.${llama(facts)}`,
  },
  reset_declined: {
    en: (facts) => `Okay, I'll leave bay ${facts.target} as it is. Text me if you need anything.`,
    es: (facts) => `De acuerdo, dejo la bahía ${facts.target} como está. Escríbeme si necesitas algo.`,
  },
  reset_unheard: {
    en: (facts) => `I didn't hear back in time, so I haven't reset bay ${facts.target}. Text me if it still needs it.`,
    es: (facts) => `No tuve respuesta a tiempo, así que no reinicié la bahía ${facts.target}. Escríbeme si todavía hace falta.`,
  },
  reset_changed: {
    en: (facts) =>
      `Your booking of bay ${facts.target} seems to be over, so I haven't reset it. I've told the team and someone will help you.${callUs(facts)}`,
    es: (facts) =>
      `Parece que tu reserva de la bahía ${facts.target} terminó, así que no la reinicié. Ya avisé al equipo y alguien te ayuda.${llama(facts)}`,
  },
  reset_refused: {
    en: (facts) => `The team couldn't reset bay ${facts.target} for you just now. Someone will answer you here.${callUs(facts)}`,
    es: (facts) => `El equipo no pudo reiniciar la bahía ${facts.target} en este momento. Alguien te responde aquí.${llama(facts)}`,
  },
  reset_waiting: {
    en: (facts) => `Bay ${facts.target} is being taken care of already. I'll text you here how it went.`,
    es: (facts) => `Ya nos estamos ocupando de la bahía ${facts.target}. Te escribo aquí cómo salió.`,
  },
  door_asked: {
    en: (facts) =>
      `Sorry you're stuck outside${withName(facts)}! I've asked the team to open the ${facts.target}. I'll text you the moment they do.${callUs(facts)}`,
    es: (facts) =>
      `¡Siento que estés afuera${withName(facts)}! Le pedí al equipo que abra la puerta (${facts.target}). Te escribo en cuanto lo haga.${llama(facts)}`,
  },
  door_opened: {
    en: (facts) => `The ${facts.target} is open for ${during(facts)}. Come on in!`,
    es: (facts) => `La puerta (${facts.target}) está abierta por ${durante(facts)}. ¡Adelante!`,
  },
  door_failed: {
    en: (facts) => `The ${facts.target} could not be opened from here, sorry. The team knows and someone will help you.${callUs(facts)}`,
    es: (facts) =>
      `No se pudo abrir la puerta (${facts.target}) desde aquí, lo siento. El equipo lo sabe y alguien te ayuda.${llama(facts)}`,
  },
  door_refused: {
    en: (facts) => `The team couldn't open the ${facts.target} for you just now, sorry. Someone will answer you here.${callUs(facts)}`,
    es: (facts) =>
      `El equipo no pudo abrir la puerta (${facts.target}) en este momento, lo siento. Alguien te responde aquí.${llama(facts)}`,
  },
  door_unheard: {
    en: (facts) => `I couldn't reach anybody in time to open the ${facts.target}, sorry. The team still has your message.${callUs(facts)}`,
    es: (facts) =>
      `No encontré a nadie a tiempo para abrir la puerta (${facts.target}), lo siento. El equipo tiene tu mensaje.${llama(facts)}`,
  },
  door_waiting: {
    en: (facts) => `The team has your request and I'm waiting for them to open the ${facts.target}.${callUs(facts)}`,
    es: (facts) => `El equipo tiene tu pedido y espero a que abran la puerta (${facts.target}).${llama(facts)}`,
  },
} as const satisfies Record<string, Record<LineLanguage, (facts: Facts) => string>>;

export type LineKey = keyof typeof LINES;

export const automationLine = (key: LineKey, { language, ...facts }: Facts & { readonly language: LineLanguage }): string =>
  LINES[key][language](facts);
