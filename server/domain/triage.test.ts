import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { FLOOD_MAX_MESSAGES, triage } from "./triage.ts";

const read = (text: string, over: { isSuppressed?: boolean; hasMedia?: boolean; recentInboundCount?: number } = {}) =>
  triage({ text, hasMedia: false, isSuppressed: false, recentInboundCount: 1, ...over });

const REGULATED = [
  "STOP",
  "stop",
  "Stop.",
  "STOP!!!",
  " stop ",
  "S T O P",
  "s.t.o.p",
  "stoppp",
  "STOPALL",
  "stop all",
  "quit",
  "QUIT!",
  "end",
  "END.",
  "revoke",
  "Revoke!",
  "opt out",
  "OPT-OUT",
  "optout",
  "Opt Out please",
  "cancel",
  "CANCEL",
  "Cancel.",
  "unsubscribe",
  "UNSUBSCRIBE!!",
  "unsub",
  "unsuscribe",
  "stpo",
  "STOP STOP STOP",
  "stop please",
  "please stop",
  "pls stop",
  "stop pls",
  "STOP now",
  "ok stop",
  "stop thanks",
  "stop it",
  "I said stop",
  "hey stop please",
  "alto",
  "ALTO!",
  "parar",
  "pare",
  "baja",
  "BAJA",
  "dar de baja",
  "Darme de baja",
  "basta",
  "detener",
  "cancelar",
  "no más",
  "no mas mensajes",
  "stop por favor",
  "arrêt",
  "🛑",
];

const PLAIN_LANGUAGE = [
  "please stop texting me",
  "Stop texting me!",
  "stop messaging this number",
  "quit texting me",
  "can you please stop sending me these texts",
  "stop sending me messages",
  "Stop with the texts",
  "stop all messages please",
  "remove me",
  "please remove me",
  "remove me from your list",
  "take me off your list",
  "take me off this text list please",
  "take my number off your list",
  "delete my number",
  "lose my number",
  "Lose my number!!",
  "remove my number please",
  "don't text me",
  "do not text me again",
  "don't text me anymore",
  "Don't contact me again",
  "please don't message me anymore",
  "never text me again",
  "no more texts",
  "no more messages please",
  "No texts please",
  "no more spam",
  "I want to unsubscribe",
  "how do I unsubscribe?",
  "unsubscribe me please",
  "please unsubscribe me from this",
  "I'd like to opt out",
  "I would like to opt out of texts",
  "how do i opt out of these messages",
  "opt me out",
  "I revoke my consent",
  "I don't want these texts",
  "I no longer wish to receive messages",
  "i dont want to receive any more texts from you",
  "I don't want you texting me",
  "leave me alone",
  "Leave me alone!",
  "why won't you stop texting me",
  "I asked you to stop",
  "I told you to stop",
  "Wrong number, stop texting me",
  "I am not interested, remove me from your list",
  "Not interested please stop texting",
  "cease and desist",
  "stop spamming me",
  "stop bothering me",
  "don't ever text me again",
  "stop the texts",
  "u need to stop texting my phone",
  "I want out of these text messages",
  "kindly unsubscribe",
  "how can I stop getting these messages",
  "No longer interested, please stop",
  "can you please stop",
  "i never signed up for this, stop",
  "enough with the texts",
  "don't send me this stuff anymore",
  "I'd like to be removed from your list",
  "por favor paren",
  "STOP - I don't live there anymore",
  "Take me off this",
  "I do not want to be on this list",
  "you guys text too much, unsubscribe",
  "why are you still texting me? stop",
  "I'd appreciate if you stopped texting me",
  "Unsubscribe from texts",
  "turn off these notifications",
  "cancel texts",
  "revoking consent to text",
  "my mom passed away, please stop messaging her phone",
  "plz take me off ur list",
  "knock it off with the texts",
  "stop ur messages",
  "Please end this text service",
  "No quiero que me escriban",
  "quiero dejar de recibir mensajes",
  "me pueden quitar de la lista",
  "no me escriban más",
  "no me manden mensajes",
  "No me envíen más mensajes por favor",
  "dejen de escribirme",
  "deje de mandarme mensajes",
  "no quiero recibir más mensajes",
  "no quiero mensajes",
  "quítenme de su lista",
  "sáquenme de la lista",
  "borren mi número",
  "quiero darme de baja de los mensajes",
  "paren de enviarme mensajes",
];

const NOT_OPT_OUT = [
  "when do classes stop for the holidays?",
  "cancel my 6pm",
  "stop by later",
  "can you stop the freeze",
  "I'll stop by tomorrow",
  "can I stop in for a tour?",
  "what time does the bus stop there?",
  "please cancel my membership",
  "I want to cancel",
  "cancel my class tomorrow",
  "cancel please my 7am spin",
  "can you stop my membership",
  "stop charging me",
  "stop the billing on my account",
  "why did you stop texting me?",
  "please don't stop texting me",
  "did you stop the text reminders?",
  "when does the promo end?",
  "at the end of the month",
  "does the sale end today?",
  "I quit smoking!",
  "my son wants to quit wrestling club",
  "can I opt out of the annual fee?",
  "opt out of autopay",
  "take me off the waitlist",
  "remove me from the 6pm yoga class",
  "delete me from tomorrow's class",
  "don't call me, I'm at work. Text is fine",
  "don't text me before 9am please",
  "remove my number from my wife's account",
  "non-stop energy in that class!",
  "one stop shop",
  "is there a stop sign at the entrance?",
  "can you cancel the email invoice and send paper",
  "do you quit texting reminders on holidays?",
  "remove my name from the leaderboard",
  "take me off auto pay",
  "did you get my message",
  "unsubscribe from the childcare add on",
  "can I get off the waitlist",
  "no more yoga on Tuesdays?",
  "please remove the late fee",
  "I didn't get any texts about the class",
  "I can't stop thinking about that class",
  "my trainer won't stop smiling",
  "will the pool end up closing?",
  "quiero cancelar mi clase",
  "quiero dar de baja mi membresía",
  "cuándo termina la promoción?",
  "¿para cuándo abren?",
  "Is the sauna closed at the end of June?",
  "the treadmill does not stop",
  "machine 4 won't stop beeping",
  "what should I do to end my freeze?",
];

describe("opt-out", () => {
  test.each(REGULATED)("%j suppresses at once", (text) => {
    expect(read(text)).toMatchObject({ kind: "opt_out", certainty: "word" });
  });

  test.each(PLAIN_LANGUAGE)("%j suppresses", (text) => {
    expect(read(text).kind).toBe("opt_out");
  });

  test.each(NOT_OPT_OUT)("%j is an ordinary message", (text) => {
    expect(read(text).kind).toBe("none");
  });

  test("a regulated word counts in any case and with any marks around it", () => {
    const word = fc.constantFrom("stop", "quit", "end", "revoke", "opt out", "optout", "cancel", "unsubscribe", "stopall", "alto", "baja");
    const marks = fc.stringMatching(/^[ .,!?*"'()\n-]{0,6}$/);
    fc.assert(
      fc.property(word, marks, marks, fc.array(fc.boolean(), { minLength: 11, maxLength: 11 }), (plain, before, after, upper) => {
        const cased = [...plain].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join("");
        expect(read(`${before}${cased}${after}`).kind).toBe("opt_out");
      }),
    );
  });

  test("an opt-out counts in a flood and for whoever opted out before", () => {
    expect(read("STOP", { recentInboundCount: 500 }).kind).toBe("opt_out");
    expect(read("stop texting me", { isSuppressed: true }).kind).toBe("opt_out");
  });
});

describe("opt-in and help", () => {
  test.each([
    "START",
    "start",
    "UNSTOP",
    "unstop!",
    "Start please",
    "resubscribe",
    "opt in",
    "you can text me again",
    "please start texting me again",
    "Iniciar",
  ])("%j lifts a suppression and means nothing without one", (text) => {
    expect(read(text, { isSuppressed: true }).kind).toBe("opt_in");
    expect(read(text).kind).toBe("none");
  });

  test.each(["when does the challenge start", "I want to start next week", "how do I start a membership?", "yes"])(
    "%j lifts no suppression",
    (text) => {
      expect(read(text, { isSuppressed: true }).kind).toBe("none");
    },
  );

  test.each(["HELP", "help", "Help!", "info", "INFO?", "ayuda"])("%j asks for the help text", (text) => {
    expect(read(text).kind).toBe("help");
  });

  test.each(["can you help me with my schedule", "I need info on classes", "help with login please", "more info please"])(
    "%j is an ordinary message",
    (text) => {
      expect(read(text).kind).toBe("none");
    },
  );
});

describe("reactions", () => {
  test.each([
    "Liked “See you at 6!”",
    'Loved "Thanks Ana"',
    "Disliked “Reply STOP to opt out”",
    "Laughed at “ok”",
    "Emphasized “We close at 9”",
    "Questioned “We close at 9”",
    "Liked an image",
    "Loved a photo",
    "Reacted 👍 to “See you then”",
    "Removed a heart from “See you”",
    "👍 to “See you then”",
    "👍",
    "👍👍👍",
    "❤️".replace("\ufe0f", ""),
    "🙏 😊",
    "👍🏽",
    "💪🔥",
    "Le gustó “Nos vemos”",
    "Le encantó “Gracias”",
    "Enfatizó “Cerramos a las 9”",
    "Reaccionó con ❤ a “Gracias”",
    "Se rió de “ok”",
    "No le gustó “ok”",
    "Liked “multi\nline text”",
  ])("%j needs no answer", (text) => {
    expect(read(text).kind).toBe("tap_back");
  });

  test.each([
    "Liked the class today, is there another?",
    "Loved it!",
    "👍 see you then",
    "❓",
    "🚨",
    "thanks 👍",
    "Me gusta la clase, a qué hora es?",
    "Loved your email about the pool",
  ])("%j is an ordinary message", (text) => {
    expect(read(text).kind).toBe("none");
  });
});

describe("machines", () => {
  test.each([
    "I'm driving with Focus turned on. I'll see your message when I get where I'm going.",
    "I'm driving",
    "Sorry, I can't talk right now.",
    "Can't talk right now. What's up?",
    "I'll call you later.",
    "Automatic reply: Out of office",
    "Out of Office: back Monday",
    "I am currently out of the office and will return on Monday with limited access to email.",
    "This is an automated message. This inbox is not monitored.",
    "Thank you for contacting Bright Dental. We will get back to you during business hours.",
    "Undeliverable: your message",
    "Respuesta automática: fuera de la oficina",
    "Estoy conduciendo",
    "Delivery Status Notification (Failure)",
    "I have notifications silenced",
    "I will be out of the office until June 3. For urgent matters call Sam.",
  ])("%j is nobody's question", (text) => {
    expect(read(text).kind).toBe("auto_reply");
  });

  test.each([
    "I'll be out of the office next week, can I freeze?",
    "I'm driving to the gym, is parking free?",
    "thank you for your message, I'll take it",
    "I'm on vacation until Monday, please move my class",
    "on my way",
  ])("%j is written by a person", (text) => {
    expect(read(text).kind).toBe("none");
  });

  test.each([
    "Invest in crypto trading with guaranteed returns",
    "You have won a prize! Claim it at http://win.top/x",
    "We offer SEO services to rank your website",
    "Your package is on hold, verify at http://usps-fix.top",
    "Unpaid toll: pay now to avoid late fees bit.ly/x",
    "Get pre-approved for up to 50k business funding today",
    "Congratulations! You've been selected to receive a $500 gift card",
    "Increase your leads! Our digital marketing agency, www.leadz.example",
  ])("%j is spam", (text) => {
    expect(read(text).kind).toBe("spam");
  });

  test.each([
    "did I win the raffle?",
    "do you sell gift cards?",
    "is www.ironwood.example your site?",
    "are you hiring now?",
    "can I pay with crypto?",
    "I got a gift card, how do I use it?",
    "is the free trial offer still on?",
  ])("%j is not spam", (text) => {
    expect(read(text).kind).toBe("none");
  });

  test("one message over the flood limit is a flood, at the limit it is not", () => {
    expect(read("hello", { recentInboundCount: FLOOD_MAX_MESSAGES }).kind).toBe("none");
    expect(read("hello", { recentInboundCount: FLOOD_MAX_MESSAGES + 1 }).kind).toBe("flood");
  });

  test("a message without words is empty, or media when something came with it", () => {
    expect(read("").kind).toBe("empty");
    expect(read(" ... ").kind).toBe("empty");
    expect(read("", { hasMedia: true }).kind).toBe("media_only");
    expect(read("is this right?", { hasMedia: true }).kind).toBe("none");
    expect(read("?").kind).toBe("none");
  });
});

describe("emergencies", () => {
  test.each([
    "someone collapsed in the weight room",
    "A man just passed out on the treadmill",
    "he's not breathing!!",
    "I can't breathe",
    "my dad is having a heart attack",
    "there's a fire in the sauna",
    "FIRE",
    "the treadmill is on fire",
    "the gym is on fire",
    "I smell gas",
    "smoke coming from the ceiling",
    "fire alarm is going off",
    "a guy has a gun",
    "someone has a knife in here",
    "I'm going to kill you",
    "he is threatening me",
    "some man is following me in the parking lot",
    "I want to kill myself",
    "bomb threat",
    "I'm locked in",
    "im locked in the bathroom",
    "we are locked inside the gym",
    "someone is trapped in the elevator",
    "I'm stuck in the sauna help",
    "I'm stuck in the elevator",
    "my son is locked in the locker room",
    "call 911",
    "911",
    "this is an emergency",
    "medical emergency",
    "we need an ambulance",
    "man down in the gym",
    "somebody fell and is bleeding",
    "help someone is hurt bad",
    "I cant get out, the door is locked",
    "someone broke in",
    "people fighting with knives",
    "elevator stuck with me inside",
    "a bar fell on someone's neck",
    "he is having trouble breathing",
    "lady fell down the stairs, come quick",
    "there's a man threatening staff",
    "I got locked in after closing",
    "she fainted and hit her head",
    "hay un incendio en el gimnasio",
    "una señora se desmayó",
    "estoy encerrado en el baño",
    "un hombre tiene un arma",
    "llamen a una ambulancia",
    "es una emergencia",
    "can't get out of the building",
  ])("%j alarms a person without a model", (text) => {
    expect(read(text).kind).toBe("emergency");
  });

  test.each([
    "that class was fire 🔥",
    "you guys are on fire",
    "this workout is going to kill me",
    "the trainer is gonna kill me lol",
    "I'm going to kill it today",
    "my legs are on fire after spin",
    "I locked in my rate, right?",
    "am I locked in to a 12 month contract?",
    "I'm stuck in traffic",
    "stuck in a meeting, running late",
    "I had a family emergency, can I reschedule?",
    "update my emergency contact",
    "where is the emergency exit?",
    "I had a heart attack last year, is that ok?",
    "my keys are locked in locker 12",
    "do you have a fire pit?",
    "I'm dying to try the new class",
    "I collapsed on the couch after that workout",
    "the door is locked",
    "is the bathroom locked?",
    "I passed out flyers for you",
    "I fainted last month, can I still train?",
    "he has a weapon of a serve",
    "locked out of my account",
    "I'm locked out of the gym",
    "I'm locked in for the 6pm class",
    "can I get locked in at $20?",
    "the arms race class is great",
    "my phone is stuck in the lockers",
    "shooting for 3 classes a week",
  ])("%j is no emergency", (text) => {
    expect(read(text).kind).toBe("none");
  });

  test("an emergency is found in a flood", () => {
    expect(read("someone collapsed", { recentInboundCount: 99 }).kind).toBe("emergency");
  });
});

test("any text at all is triaged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.boolean(), fc.boolean(), (text, hasMedia, isSuppressed) => {
      expect(read(text, { hasMedia, isSuppressed }).kind).toMatch(/^[a-z_]+$/);
    }),
  );
});

test("what the vendor shows to be a machine's is never read for wishes, however it is worded", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom("STOP", "START", "HELP", "fire! call 911", "To unsubscribe reply STOP")), (text) => {
      expect(triage({ text, hasMedia: false, isSuppressed: true, isAutomatic: true, recentInboundCount: 99 })).toEqual({
        kind: "auto_reply",
      });
    }),
  );
});
