import { describe, expect, test } from "vitest";

import { readSuppressionWord } from "./suppression-words.ts";

const read = (text: string, isSuppressed = false) => readSuppressionWord(text, isSuppressed);
const split = (words: string): readonly string[] => words.split("|").map((word) => word.trim());

/** Words that end the messages where nothing else is said: the rule's, the carriers', and people's own. */
const ALONE = split(
  "cancel|end|baja|dar de baja|darme de baja|dame de baja|denme de baja|deme de baja|cancelar|cancela|fin|salir|sair|para|termina|terminar|arret|alto|no mas|ya no|no mas mensajes|no mas textos|no mas sms|fuck off|f off|piss off|go away|leave me alone|block me|remove|remove me|take me off|delete me",
);
/** Words that end them also beside words of politeness. */
const WORDS = split(
  "stop|stopall|stopp|stpo|sotp|st0p|stopt|stops|quit|revoke|optout|unsubscribe|unsub|unsuscribe|unsubcribe|unsubscibe|unsubsribe|unsubscribed|unsubscribeme|desuscribir|desuscribirme|pare|parar|paren|detener|detente|detenganse|basta|alto",
);
const POLITE = split(
  "please|now|thanks|thank|you|thx|ty|ok|okay|just|it|this|all|already|again|hey|hi|hello|yes|i|said|say|guys|everything|im|asap|immediately|me|por|favor|gracias|ya|hola|todo|esto",
);

describe("words that are known", () => {
  test.each([...ALONE, ...WORDS])("%j alone is an opt-out by word", (word) => {
    for (const written of [word, word.toUpperCase(), `${word}!`, ` ${word}. `]) {
      expect(read(written)).toEqual({ kind: "opt_out", certainty: "word", evidence: word });
    }
  });

  test.each(WORDS)("%j is one also when it is said politely or twice", (word) => {
    expect(read(`${word} ${word}`)).toMatchObject({ kind: "opt_out", certainty: "word" });
    expect(read(`please ${word}`)).toMatchObject({ kind: "opt_out", certainty: "word" });
  });

  test.each(POLITE)("%j beside STOP changes nothing, and alone it is nothing", (word) => {
    expect(read(`${word} stop`)).toMatchObject({ kind: "opt_out", certainty: "word" });
    expect(read(word)).toBeNull();
  });

  test("in a sentence, a word that counts alone speaks of something else", () => {
    for (const text of ["can I cancel my 6pm", "when does the class end", "is there a fin class", "remove the lock from my bike please"]) {
      expect(read(text)).toBeNull();
    }
  });

  test.each(["help", "info", "ayuda", "aide", "hlp"])("%j asks for the help text, alone only", (word) => {
    expect(read(word)).toEqual({ kind: "help", evidence: word });
    expect(read(word.toUpperCase())).toMatchObject({ kind: "help" });
    expect(read(`${word} with my app`)).toBeNull();
  });

  test.each(
    split(
      "start|unstop|restart|resume|subscribe|resubscribe|opt in|optin|continue|iniciar|inicio|empezar|comenzar|reanudar|continuar|alta|suscribir|suscribirme",
    ),
  )("%j counts for whoever opted out, and for nobody else", (word) => {
    expect(read(word, true)).toEqual({ kind: "opt_in", evidence: word });
    expect(read(`please ${word} thanks`, true)).toMatchObject({ kind: "opt_in" });
    expect(read(word, false)).toBeNull();
    expect(read(`${word} my class`, true)).toBeNull();
  });

  test.each([
    "opt me in",
    "opt me back in",
    "resubscribe me",
    "re-subscribe me back",
    "opt back in",
    "opting back in",
    "start texting",
    "resume the messages",
    "start sending",
    "resume texts",
    "you can text me again",
    "you may contact me again",
    "add me back on the list",
    "put me back on your text list",
    "put me back on the sms list",
    "pueden escribirme otra vez",
    "puede mandarme mensajes de nuevo",
  ])("%j is an opt-in in more words", (text) => {
    expect(read(text, true)).toMatchObject({ kind: "opt_in" });
    expect(read(text, false)).not.toMatchObject({ kind: "opt_in" });
  });

  test("a STOP of somebody who opted out already is one again", () => {
    expect(read("stop", true)).toMatchObject({ kind: "opt_out", certainty: "word" });
    expect(read("you can text me again but stop", true)).toMatchObject({ kind: "opt_in" });
  });

  test("the sign alone is a word; beside other signs, or in a sentence, it is none", () => {
    expect(read(" 🛑 ")).toEqual({ kind: "opt_out", certainty: "word", evidence: "🛑" });
    expect(read("✋🛑✋")).toMatchObject({ certainty: "word", evidence: "✋🛑✋" });
    expect(read("🛑 🛑")).toMatchObject({ certainty: "word" });
    for (const text of ["✋", "🛑 sign at the door is broken", "the 🛑", "🙂", "", "  ", "?!"]) {
      expect(read(text)).toBeNull();
    }
  });
});

describe("the same wish in a sentence", () => {
  test.each([
    ["STOP, wrong number", "STOP,"],
    ["Stop please. I moved away", "Stop please."],
    ["stop now! I mean it", "stop now!"],
    ["Stop - this is a work phone", "Stop -"],
    ["stop\nI have no idea who you are", "stop"],
    ["I moved away, stop", ", stop"],
    ["Not interested. Please stop", ". Please stop"],
    ["I live in Boise now; so please stop", "; so please stop"],
    ["wrong person! unsubscribe pls", "! unsubscribe pls"],
    ["we moved: remove me now", ": remove me now"],
    ["I have told you – and quit it.", "– and quit it."],
  ])("%j", (text, evidence) => {
    expect(read(text)).toEqual({ kind: "opt_out", certainty: "phrase", evidence });
  });

  test.each([
    "stop all marketing messages",
    "quit with the texts",
    "cease your promotional emails",
    "discontinue these automated notifications",
    "halt sending me ads",
    "end all of these damn texts",
    "please stop texting me",
    "quit bothering us",
    "cease contacting me",
    "stop blowing up my phone",
    "stop hitting me up",
    "stop getting texts",
    "quit receiving all of these marketing emails",
    "stop seeing promos",
    "halt any further communications",
    "discontinue your text messages",
    "cancel all messages",
    "turn off these notifications",
    "shut off marketing texts",
    "disable the automated messages",
    "unsubscribe me from all emails",
    "i wish you would stop texting",
    "if they quit messaging me i would be glad",
    "take me off this",
    "get me off of these please",
    "take me off of this thread",
    "remove me from the group text",
    "get me off your text chain",
    "delete me from this group chat",
    "dont want to be on your email list",
    "never need to be part of any chain",
    "delete my info from your list",
    "erase all my contact details from your database",
    "take my data off of the system",
    "can you please stop",
    "would yall stop already",
    "end this text service",
    "cancel your texting program",
    "please make it stop",
    "make them stop",
    "stop sending me things",
    "quit sending stuff",
    "i told you to stop",
    "i want yall to stop",
    "i said stop right there",
    "cease and desist",
    "take my number off your call list",
    "drop me from all of these mailing lists",
    "remove us off your database",
    "i want to be taken off the sms list",
    "scratch my name out of your marketing list",
    "lose my number",
    "block this cell number",
    "forget my phone number",
    "take this number off",
    "never ever text me again",
    "do not contact us anymore",
    "dont write to me please",
    "no longer send me any more emails",
    "don't message me",
    "never email this number",
    "dont sms me here",
    "do not send me any of this stuff again",
    "never send us junk ever",
    "enough with all these texts",
    "knock it off with your messages",
    "sick of getting spam",
    "tired of receiving these emails",
    "not interested in your promotions",
    "get me out of these texts",
    "dont call me again",
    "never call this number ever",
    "no more texts",
    "not any more messages",
    "no messages please",
    "please no more contact",
    "no texting thanks",
    "please unsubscribe me",
    "unsubscribe from everything today",
    "i really must unsubscribe",
    "how do i unsubscribe",
    "i want to be unsubscribed",
    "ok then unsubscribe my number",
    "opt me out please",
    "opting out of all marketing messages",
    "i would opt out from your list",
    "i revoke my consent",
    "withdrawing all permission",
    "i do not want to receive any more of your emails",
    "i never agree to get these texts",
    "no longer want to be contacted",
    "i dont want to hear from you",
    "i dont wish you guys to text me ever",
    "leave me alone you people",
    "remove me please now",
    "just delete me asap",
    "no me escriban mas",
    "no me manden mensajes por favor",
    "por favor no me llamen",
    "no me envies nada",
    "no quiero que me contacten",
    "no quiero que nos llamen",
    "dejen de mandar mensajes",
    "deja de escribirme",
    "pare de molestarme",
    "no quiero recibir mas mensajes",
    "no quiero sus promociones",
    "quitenme de la lista",
    "borrenme de su lista",
    "sacame de esta base de datos",
    "quiero dejar de recibir estos correos",
    "me pueden sacar de su lista",
    "quiero eliminarme de esta lista",
    "borren mi numero",
    "eliminar mi numero",
    "olviden mi numero",
    "quiero darme de baja de los mensajes",
    "denme de baja de todos los textos",
    "no me escriba",
    "no me escribas",
    "no me mande mas",
    "no me mandes textos",
    "no me envie nada",
    "no me envien mas",
    "no me contacte",
    "no me contacten mas mensajes",
    "no me contactes",
    "no me moleste",
    "no me molesten mas",
    "no me molestes",
    "no me textee",
    "no me texteen",
    "no me llame",
    "no quiero que me escriba",
    "no quiero que me escriban",
    "no quiero que me mande nada",
    "no quiero que me manden",
    "no quiero que me envie",
    "no quiero que me envien",
    "no quiero que me contacte",
    "no quiero que me moleste",
    "no quiero que me molesten",
    "no quiero que me textee",
    "no quiero que me texteen",
    "no quiero que me llame",
    "borre mi numero",
    "borrar mi numero",
    "elimine mi numero",
    "eliminen mi numero",
    "quite mi numero",
    "quiten mi numero",
    "olvide mi numero",
    "saqueme de la lista",
    "quiteme de esta base de datos",
    "delete my details of this list",
    "remove my contact information off your marketing list",
    "dont call us here again",
    "never call me here anymore",
    "so please can you stop",
    "i would rather unsubscribe",
    "i moved away;stop",
    "thank you,please quit",
    "u need to stop",
    "i wanna unsubscribe",
    "plz stop w the texts",
    "s t o p",
  ])("%j is an opt-out", (text) => {
    expect(read(text)).toMatchObject({ kind: "opt_out" });
  });

  test.each([
    "when do classes stop for the holidays?",
    "can you stop my text reminders for the 6pm class",
    "stop emailing reminders to my old address and use this one, thanks",
    "cancel my 6pm",
    "cancel the email on file",
    "did you stop the music?",
    "have they unsubscribed my wife",
    "please dont stop texting me",
    "i did not mean to unsubscribe",
    "it says reply stop to end",
    "what happens if i text stop?",
    "do i click here to unsubscribe?",
    "no dejen de mandar mensajes",
    "take me off the wait list",
    "remove me from the class list",
    "put me on the lista de espera and remove my friend",
    "take me off the list for spin",
    "remove me from the yoga class",
    "i have a spin booking tomorrow, delete me",
    "dont text me before 9am",
    "dont call me today",
    "don't contact me at work, use this number",
    "can you delete my number from my brother's account",
    "the bus stop is far",
    "we need to end the lease",
    "where do I opt out of the towel service",
    "turn off the notifications for the app",
    "no more questions, thank you",
    "unsubscribe me from the gym",
    "how do i stop the treadmill",
    "can you stop by the desk for me",
    "could you stop at the pool and look",
    "please make it stop beeping in the sauna",
    "he told me to stop at six reps",
    "i want to stop by tomorrow",
    "unsubscribe is what the button in the app says",
    "get me off this treadmill class early",
    "delete me or my wife from the schedule",
    "has it really stopped",
    "did they finally quit",
    "please dont want you to stop",
    "i dont want you to stop texting",
    "do not need you to unsubscribe me",
    "we never ask you to opt out",
    "do i click to unsubscribe or not",
    "is there a waitlist, and can you take me off it",
    "unsubscribe me from spam but keep my reminders",
    "unsubscribe the old lesson plan, keep lesson two",
    "unsubscribe from the gym",
    "no more auto replies, i want a human",
    "no more autoreplies please, let a person call",
    "tell your coach he needs to quit texting me",
    "the guy at the desk wont leave me alone",
    "turn off notifications for the app",
    "remove me from tomorrow s yoga session",
    "take me off the list for saturday",
  ])("%j is none", (text) => {
    expect(read(text)).toBeNull();
  });
});
