import { firstMatch, matchesAny, plainWords } from "./plain-words.ts";

export type SuppressionWord =
  /** `word`: a regulated word alone; `phrase`: the same wish in plain language. Both suppress at once. */
  | { readonly kind: "opt_out"; readonly certainty: "word" | "phrase"; readonly evidence: string }
  | { readonly kind: "opt_in"; readonly evidence: string }
  | { readonly kind: "help"; readonly evidence: string };

/**
 * Reads whether a text asks to end or to begin messages again, or for the help text. Acts in the transaction that
 * stores the message, before any model. The words are those of 47 CFR 64.1200(a)(10) and of the carriers' lists
 * (read 2026-11), with their Spanish counterparts and frequent slips of the thumb.
 * @param isSuppressed START only means something to whoever opted out before
 */
export const readSuppressionWord = (text: string, isSuppressed: boolean): SuppressionWord | null => {
  if (STOP_SIGNS.test(text)) {
    return { kind: "opt_out", certainty: "word", evidence: text.trim() };
  }
  const words = spellOut(plainWords(text));
  if (words === "") {
    return null;
  }
  if (isSuppressed && (START_WORDS.has(withoutFillers(words)) || matchesAny(words, START_PHRASES))) {
    return { kind: "opt_in", evidence: words };
  }
  if (STOP_WORDS_ALONE.has(words) || isOnlyStopWords(words)) {
    return { kind: "opt_out", certainty: "word", evidence: words };
  }
  if (HELP_WORDS.has(words)) {
    return { kind: "help", evidence: words };
  }
  const aside = STOP_BESIDE_A_REASON.exec(text);
  if (aside !== null) {
    return { kind: "opt_out", certainty: "phrase", evidence: aside[0].trim() };
  }
  const evidence = matchesAny(words, NOT_OPT_OUT) ? null : firstMatch(words, STOP_PHRASES);
  return evidence === null ? null : { kind: "opt_out", certainty: "phrase", evidence };
};

/** Count only when nothing else is said: in a sentence "cancel my 6pm" and "dar de baja" speak of something else. */
const STOP_WORDS_ALONE = new Set([
  "cancel",
  "end",
  "baja",
  "dar de baja",
  "darme de baja",
  "dame de baja",
  "denme de baja",
  "deme de baja",
  "cancelar",
  "cancela",
  "fin",
  "salir",
  "sair",
  "para",
  "termina",
  "terminar",
  "arret",
  "alto",
  "no mas",
  "ya no",
  "no mas mensajes",
  "no mas textos",
  "no mas sms",
  "fuck off",
  "f off",
  "piss off",
  "go away",
  "leave me alone",
  "block me",
  "remove",
  "remove me",
  "take me off",
  "delete me",
]);

/** Count alone or repeated and together with words of politeness. */
const STOP_WORDS = new Set([
  "stop",
  "stopall",
  "stopp",
  "stpo",
  "sotp",
  "st0p",
  "stopt",
  "stops",
  "quit",
  "revoke",
  "optout",
  "unsubscribe",
  "unsub",
  "unsuscribe",
  "unsubcribe",
  "unsubscibe",
  "unsubsribe",
  "unsubscribed",
  "unsubscribeme",
  "desuscribir",
  "desuscribirme",
  "pare",
  "parar",
  "paren",
  "detener",
  "detente",
  "detenganse",
  "basta",
  "alto",
]);

const FILLERS = new Set([
  "please",
  "now",
  "thanks",
  "thank",
  "you",
  "thx",
  "ty",
  "ok",
  "okay",
  "just",
  "it",
  "this",
  "all",
  "already",
  "again",
  "hey",
  "hi",
  "hello",
  "yes",
  "i",
  "said",
  "say",
  "guys",
  "everything",
  "im",
  "asap",
  "immediately",
  "me",
  "por",
  "favor",
  "gracias",
  "ya",
  "hola",
  "todo",
  "esto",
]);

const HELP_WORDS = new Set(["help", "info", "ayuda", "aide", "hlp"]);

const START_WORDS = new Set([
  "start",
  "unstop",
  "restart",
  "resume",
  "subscribe",
  "resubscribe",
  "opt in",
  "optin",
  "continue",
  "iniciar",
  "inicio",
  "empezar",
  "comenzar",
  "reanudar",
  "continuar",
  "alta",
  "suscribir",
  "suscribirme",
]);

const START_PHRASES = [
  /\b(resubscribe|re subscribe|opt) me( back)?( in)?\b/,
  /\bopt(ing)? back in\b/,
  /\b(start|resume) (texting|messaging|sending|the texts|the messages|texts|messages)\b/,
  /\byou (can|may) (text|message|contact) me again\b/,
  /\b(add|put) me back on (the|your) (text |texting |sms |message )?list\b/,
  /\b(pueden|puede) (escribirme|mandarme|enviarme)( \w+)? (otra vez|de nuevo)\b/,
];

/** The stop sign and the raised hand say it without a word. */
const STOP_SIGNS = /^(?:\s|🛑|✋)*🛑(?:\s|🛑|✋)*$/u;

const MESSAGES =
  "(?:texts?|txts?|messages?|msgs?|sms|emails?|e mails?|mails?|newsletters?|promos?|promotions?|marketing|ads?|offers|spam|notifications?|communications?|solicitations?)";
const TEXTING =
  "(?:texting|txting|messaging|msging|contacting|emailing|e mailing|calling|spamming|bothering|harassing|writing|bugging|pestering|annoying|blowing up|pinging|notifying|reaching out|hitting (?:me|us) up)";
const LIST = "(?:text|texting|sms|email|mailing|marketing|contact|call|calling|phone|message|messaging|distribution|promo|spam)";
const WHEN_OR_WHAT =
  "(?:before|after|until|till|at|on|during|while|between|if|when|unless|late|so|that|about|back|because|yet|early|today|tomorrow|tonight|in|from|for|the|my|your|a)";

const STOP_PHRASES = [
  new RegExp(
    `\\b(?:stop|quit|cease|discontinue|end|halt)(?: (?:all|with|sending|the|these|those|your|any|my|me|of|please|marketing|promotional|automated|further|damn|fucking|annoying|more))* ${MESSAGES}\\b(?! (?:reminder|reminders|for my|for the|when|if))`,
  ),
  new RegExp(
    `\\b(?:stop|quit|cease) (?:\\w+ )?${TEXTING}\\b(?! (?:my (?!phone|cell|number)|for|reminders?|with the|(?:him|her|them)(?! (?:phone|number|cell))))`,
  ),
  new RegExp(
    `\\b(?:stop|quit) (?:getting|receiving|seeing) (?:(?:all|any|the|these|those|your|of|so many|marketing|automated) )*${MESSAGES}\\b`,
  ),
  new RegExp(
    `\\b(?:stop|quit|cease|halt|discontinue) (?:\\w+ ){0,3}(?:texts?|messages?|sms|spam|texting|messaging|communications?)\\b(?! (?:reminders?|for|when|if)\\b)`,
  ),
  new RegExp(
    `\\b(?:cancel|end|turn off|shut off|disable|unsubscribe(?: me)?(?: from)?|optout(?: of)?)(?: (?:of|all|the|these|those|your|any|my|marketing|automated|getting|receiving))* ${MESSAGES}(?! (?:address|on file|about|i|reminders?|invoices?|receipts?|statements?)\\b)\\b`,
  ),
  new RegExp(
    `\\b(?:if|wish|that|once|until|unless) (?:you|u|yall|you guys|they)(?: would| could| all| please| just)* (?:stop|stopped|quit) (?:\\w+ )?${TEXTING}\\b`,
  ),
  /\b(?:take|get) me off (?:of )?(?:this|these|it|here|there)(?: please| now| thread| chain| list)*$/,
  new RegExp(
    `\\b(?:take|get|remove|delete) me (?:off|from)(?: of)?(?: (?:this|the|your|these|that))* (?:text |texting |message |group )?(?:chain|thread|group text|group chat)\\b`,
  ),
  new RegExp(
    `\\b(?:dont|do not|no longer|never) (?:want|wish|need) to be (?:on|in|part of) (?:this|your|the|any)(?: ${LIST})? ?(?:lists?|chain|thread|group|texts?)\\b`,
  ),
  /\b(?:remove|delete|erase|take) (?:all )?my (?:contact )?(?:info|information|details|contact|name|data)(?: off)? (?:from|of|off) (?:of )?(?:your|the|this) (?:\w+ )?(?:list|lists|system|database|records|contacts)\b/,
  /^(?:\w+ ){0,2}(?:can|could|will|would) (?:you|u|yall|you guys) (?:please |pls |just |kindly )*stop(?: please| pls| already| now| it)?$/,
  /\b(?:end|cancel|stop|discontinue) (?:this|the|your|these) text(?:ing)? (?:service|program|subscription|chain|thread|alerts)\b/,
  /^(?:please )?make (?:it|this|them) stop$/,
  /\b(?:stop|quit|cease) sending (?:me|us|this|these|things|stuff|to me)\b/,
  /\b(?:told|asked|telling|asking|want|need|like|said|tell) (?:yall |you |u |you guys |them |it )?(?:to )?stop$/,
  /\bi (?:said|say) stop\b/,
  /\bcease and desist\b/,
  new RegExp(
    `\\b(?:take|remove|delete|drop|get|scratch|strike|taken|removed|deleted) (?:(?:me|us|my number|my name|this number|my email|my phone number) )?(?:off|from|out)(?: of)?(?: (?:of|your|the|this|all|any|these|those))*(?: ${LIST})?(?: (?:list|lists|database|${MESSAGES}))\\b`,
  ),
  /\b(?:remove|delete|erase|lose|forget|drop|block) (?:my|this) (?:phone |cell |mobile )?number\b(?! (?:and|from (?:my|his|her|the)|with|on my|so))/,
  /\btake (?:my|this) (?:phone |cell |mobile )?number (?:off|out)\b/,
  new RegExp(
    `\\b(?:dont|do not|never|no longer) (?:ever )?(?:text|txt|message|msg|contact|email|write|sms|bother|write to|reach out to|send (?:me|us)(?: any)?(?: more)? ${MESSAGES})(?: (?:me|us|this number|my number|here|this phone))?(?= (?:again|anymore|any more|ever|any longer|please|pls|thanks)\\b|$)`,
  ),
  new RegExp(
    `\\b(?:dont|do not|never) (?:text|txt|message|msg|contact|email|sms|bother) (?:me|us|this number|my number|here)\\b(?! ${WHEN_OR_WHAT}\\b)`,
  ),
  /\b(?:dont|do not|never) send (?:me|us) (?:any of )?(?:this|these|that|anything|stuff|things|crap|junk)(?: \w+)? (?:again|anymore|any more|ever)\b/,
  new RegExp(
    `\\b(?:enough (?:with|of)|knock (?:it )?off(?: with)?|not interested in|fed up with|sick of|tired of|(?:want|let me|get me|take me) out of)(?: (?:all|the|these|this|your|of|getting|text|receiving))* ${MESSAGES}\\b`,
  ),
  /\b(?:dont|do not|never) call (?:me|us|this number)(?: \w+)? (?:again|anymore|any more|ever)\b/,
  new RegExp(`\\b(?:no|not any) more ${MESSAGES}\\b`),
  new RegExp(`^(?:please )?no (?:more )?(?:${MESSAGES}|texting|contact|calls)(?: (?:please|pls|thanks|thank you))?$`),
  /^(?:please )?unsubscribe (?:me|us|my number|this number|please|from (?:all|everything|this|these|your|here))\b/,
  /^(?:\w+ ){0,3}unsubscribe$/,
  /\b(?:want|wanna|like|wish|need|trying|try|love|prefer|have|how|how do i|can i|could i|please|to be) (?:to )?(?:unsubscribe|unsub|unsubscribed|unsuscribe)\b/,
  /\bunsubscribe (?:me|us|my number|this number)\b/,
  new RegExp(
    `\\bopt(?:ing)? (?:me |us )?out(?: please| pls| now| thanks)?(?:$| (?:of|from) (?:all|any|these|this|your|the|getting|receiving|sms|everything|future|further|marketing|${MESSAGES})(?: (?:of|these|your|the|future|further|marketing|promotional|sms))*(?: (?:${MESSAGES}|lists?|this|everything))?$)`,
  ),
  /\b(?:revoke|revoking|withdraw|withdrawing) (?:my |all |any )*(?:consent|permission|authorization)\b/,
  new RegExp(
    `\\b(?:dont|do not|no longer|never) (?:want|wish|care|need|consent|agree) (?:to )?(?:(?:receive|receiving|get|getting|see|any|more|your|these|the|anymore|further|this|so many|to|all|of) )*${MESSAGES}\\b`,
  ),
  new RegExp(
    `\\b(?:dont|do not|no longer) (?:want|wish) (?:to be (?:texted|contacted|messaged|called|emailed)|to hear from you|(?:you|u|yall|you guys) (?:to )?(?:text|texting|contact|contacting|message|messaging|writing))`,
  ),
  /\bleave me alone\b/,
  /\b(?:remove|delete) me(?: (?:please|pls|thanks|now|asap|immediately))*$/,
  /\bno me (?:escriba[ns]?|manden?|mandes|envien?|envies|contacten?|contactes|molesten?|molestes|texteen?|textees|llamen?)(?: mas)?(?: (?:mensajes|textos|nada|sms|correos|por favor))*$/,
  /\bno quiero que (?:me|nos) (?:escriban?|manden?|envien?|contacten?|molesten?|texteen?|llamen?)\b/,
  /\b(?:dejen?|deja|dejar|paren?|para) de (?:escribir|mandar|enviar|molestar|contactar|textear|llamar)(?:me|nos)?\b/,
  /\bno quiero (?:recibir )?(?:mas |sus |estos |mas de sus )*(?:mensajes|textos|sms|correos|promociones)\b/,
  /\b(?:quitenme|quiteme|quitame|saquenme|saqueme|sacame|borrenme|borreme|eliminenme|elimineme) (?:de )?(?:la |su |esta |tu |sus )*(?:lista|mensajes|base de datos)\b/,
  /\bdejar de recibir (?:\w+ )?(?:mensajes|textos|sms|correos|promociones)\b/,
  /\b(?:quitar|sacar|borrar|eliminar)(?:me)? de (?:la|su|esta|tu) lista\b/,
  /\b(?:borr(?:en?|ar)|elimin(?:en?|ar)|quit(?:en?|ar)|olviden?) mi numero\b/,
  /\b(?:darme|denme|deme|dame|dar) de baja de (?:la|los|las|su|sus|estos|esta|tus|todos)(?: los)? (?:lista|mensajes|textos|sms|notificaciones|correos)\b/,
];

/** "STOP, wrong number" and "not interested, please stop": the word is a sentence of its own. */
const STOP_BESIDE_A_REASON =
  /^\W*stop(?: please| now)?\s*(?:[.,!;:\n]|\s[-–—]\s)|[.,!?;:\n–—]\s*(?:so |just |and )?(?:please |pls )?(?:stop|unsubscribe|remove me|quit)(?: it| now| please| pls)?[\s.!]*$/i;

/** Sentences about messages or opting out that wish for nothing. */
const NOT_OPT_OUT = [
  /\b(?:did|have|has|had) (?:you|u|they|he|she|yall|you guys|it|i) (?:\w+ )?(?:stop|stopped|unsubscribe|unsubscribed|quit|opt|opted|cancel|end)\b/,
  /\b(?:dont|do not|didnt|did not|never|not|wouldnt|cant|hope you wont|please dont) (?:want (?:you )?(?:to )?|wanna |mean to |meant to |trying to |ask (?:you )?to |need (?:you )?to )?(?:stop|unsubscribe|opt out|optout|quit)\b/,
  /\b(?:reply|text|txt|send|type) (?:stop|end|quit|cancel|unsubscribe)\b/,
  /\bwhat happens (?:if|when) i\b/,
  /\bclick (?:here |below )?to unsubscribe\b/,
  /\b(?:no deje|no dejen|no pare) de\b/,
  /\b(?:wait ?list|waiting list|guest list|class list|lista de espera)\b/,
  /\boff the list for\b/,
  /\bunsubscribe\b.*\b(?:but keep|keep (?:the|my)|add on|locker|lessons?|membership|monthly plan|old app)\b/,
  /\bunsubscribe (?:me |us )?from the (?:gym|plan|club)\b/,
  /\b(?:auto ?replies|automated (?:answers|replies|responses)|bot (?:msgs|messages|replies)|robot replies)\b.*\b(?:human|person|someone|somebody|manager|staff|call)\b/,
  /\b(?:your|the|this|that|some|a) (?:trainer|coach|guy|dude|man|girl|woman|instructor|employee)\b.*\b(?:(?:to|wont) (?:stop|quit) (?:texting|messaging)|leave me alone)\b/,
  /\b(?:dude|guy|man|coach|trainer) (?:in|at|by) the \w+ wont leave me alone\b/,
  /\bturn off (?:the )?notifications for the app\b/,
  /\b(?:remove|delete|take) me\b.*\b(?:class|session|yoga|spin|booking|tomorrow|tonight|appointment|lesson|reservation|schedule|am|pm|today)\b|\b(?:class|session|yoga|spin|booking|appointment|lesson|reservation|schedule)\b.*\b(?:remove|delete|take) me\b/,
];

/** Runs of the same letter are one, as in "STOPPPP"; "unsubscribe" and "cancel" have no such runs. */
const squeeze = (word: string): string => word.replace(/(.)\1+/g, "$1");

/** "S.T.O.P" spells one word, and thumbs shorten the others. */
const spellOut = (words: string): string =>
  /^(?:[a-z] ){2,}[a-z]$/.test(words)
    ? words.replaceAll(" ", "")
    : words
        .replace(/\bu\b/g, "you")
        .replace(/\bur\b/g, "your")
        .replace(/\b(?:pls|plz|plse|kindly)\b/g, "please")
        .replace(/\bwanna\b/g, "want to")
        .replace(/\bw\b/g, "with");

const isStopWord = (word: string): boolean => STOP_WORDS.has(word) || STOP_WORDS.has(squeeze(word));

const isOnlyStopWords = (words: string): boolean => {
  const list = words
    .replace(/\b(?:opt out|opt me out)\b/g, "optout")
    .replace(/\bstop all\b/g, "stopall")
    .split(" ");
  return list.some(isStopWord) && list.every((word) => isStopWord(word) || FILLERS.has(word));
};

const withoutFillers = (words: string): string =>
  words
    .split(" ")
    .filter((word) => !FILLERS.has(word))
    .join(" ");
