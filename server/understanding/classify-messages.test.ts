import { describe, expect, test } from "vitest";
import type { Category } from "../domain/intent.ts";
import { classify } from "./classify.ts";

/** Messages as members write them, with the category a careful person at the desk would give. */
const MESSAGES = {
  question: [
    "What time do you close today?",
    "hi\nquick q\nwhat time u close",
    "are you guys open thanksgiving",
    "Whats the wifi password",
    "Is there parking?\nand is it free",
    "do you sell gift cards? want one for my brother",
    "Can I bring a friend tomorrow?",
    "do you have a free trial",
    "Hi! How much is a membership?",
    "whats your address",
    "my daughter is 15 can she use the gym",
    "Do you have childcare on sundays",
    "how do I use the app to check in",
    "can I reset my password?",
    "How much is a bay for two hours on Saturday?",
    "Do I need to bring my own clubs?",
    "I left my airpods in bay 4",
    "when was my last visit?",
    "is there a yoga class on tuesday?",
    "what's included in the premium plan",
    "is the hot tub co-ed",
    "can i use the gym in phoenix too",
    "are you a bot?",
    "whats the dress code for league night",
    "is it cheaper if my wife joins too",
    "Hola, ¿a qué hora cierran hoy?",
    "¿Cuánto cuesta la membresía?",
    "buenas\n¿puedo llevar a mi hermano mañana?",
    "¿tienen clases de yoga?",
    "do gift cards expire",
  ],
  complaint: [
    "hey, sorry to bother you, the front door isn't scanning my fob. How do I get in?",
    "bay 3 is frozen\nthe screen just shows the loading thing",
    "the app keeps crashing when I try to book",
    "Just letting you know the leg press is out of order, thanks!",
    "The showers have been cold for three days. This is getting ridiculous.",
    "nobody answered the phone all day",
    "My key fob isn't working\nI'm at the door",
    "Locked out. Been standing outside for 10 minutes",
    "it's freezing in here",
    "someone was rude to me at the front desk today",
    "this is the third time I've emailed about this",
    "someone left weights all over the floor again\nevery single night",
    "Trackman isn't reading my putts could you restart it please :)",
    "could you please look at the rowing machine? the handle came off",
    "my trainer never showed up for our session",
    "No puedo entrar, mi llave no funciona",
    "La ducha de hombres no tiene agua caliente",
    "Not cool that the 6am class was canceled with no notice",
    "the music is way too loud",
    "I slipped by the pool and my knee is swollen",
    "Bay 6 sensor isn't picking up my shots",
  ],
  payment_inquiry: [
    "how much do I owe",
    "I get paid Friday, can I pay then?",
    "can you send me the link to pay",
    "I paid this already last week??\ncheck again please",
    "why was I charged twice this month",
    "I lost my job in September. Is there any way to pay a bit each month?",
    "When is my next payment due?",
    "how do I freeze my membership, I'm traveling in January",
    "I want to cancel my membership",
    "membrship refnud pls",
    "my card was declined, can I update it",
    "what is this $49 annual fee on my account",
    "upgrade me to the unlimited plan",
    "I'm moving to Texas and need to end my membership",
    "need a receipt for my HSA",
    "how do i quit",
    "please don't charge me this month i'm injured",
    "you keep charging me even though I cancelled in March",
    "quiero cancelar mi membresía",
    "¿cuánto debo?",
    "me cobraron dos veces",
    "no puedo pagar este mes",
    "stop charging my card",
    "ok I'll pay tomorrow",
  ],
  scheduling: [
    "Could I come by for a tour on Thursday after work?",
    "Can I move my session with the trainer to Friday 6pm?",
    "is the 6am spin class full",
    "Can you move our bay from 7 to 8 tonight\nsame bay if possible",
    "running 10 min late",
    "Need to cancel tomorrow's booking, sorry",
    "can't make it to class tonight",
    "any bays available at 7pm friday?",
    "sign me up for saturday yoga",
    "add me to the waitlist for spin",
    "please reschedule my appt",
    "can we get bay 4 for 2 hours tonight",
    "quiero reservar una clase para mañana",
    "gotta bail on class tn sorry",
    "anything open on the sims around 3",
    "take me off the 6am class",
    "cancel my 3pm tomorrow plz",
  ],
  confirmation: [
    "yes",
    "Yes please!",
    "C",
    "ok sounds good thanks",
    "5pm works for me",
    "see you then",
    "no thanks",
    "nope all set",
    "Claro que sí",
    "sí, confirmo",
    "will be there",
    "got it 👍",
    "No I figured it out thanks",
    "confirmed!",
  ],
  praise: [
    "Thanks so much!",
    "Tansy at the front desk was so nice today, thank you!",
    "best league night so far, the kids loved it",
    "You guys rock! lost 20 lbs",
    "just wanted to say Jess in the morning class is amazing",
    "my kids had a blast at the party thank you",
    "muchas gracias!",
    "muy buena atención, gracias",
  ],
  opt_out: [
    "STOP",
    "stop please",
    "unsubscribe",
    "cancel",
    "stop texting me",
    "please take me off your list",
    "do not text this number again",
    "I don't want these texts anymore",
    "how do i stop getting these texts",
    "take my number off this",
    "no me escriban más",
    "ya no quiero recibir mensajes",
    "quit messaging me",
  ],
  other: [
    "hi",
    "Hola buenos días",
    "👍",
    "Loved “See you at 5!”",
    'Reacted 👍 to "See you tomorrow"',
    "Laughed at an image",
    "wrong number",
    "I'm driving right now - I'll get back to you later",
    "Congratulations you have won a prize click here http://x.example",
    "asdkjh qwe",
    "lol",
    "Le encantó “Nos vemos”",
  ],
} as const satisfies Readonly<Record<Category, readonly string[]>>;

const cases = Object.entries(MESSAGES).flatMap(([category, texts]) => texts.map((text) => [category, text] as const));

describe("the category of a message", () => {
  test.each(cases)("%s: %s", (category, text) => {
    expect(classify(text).category).toBe(category);
  });
});

describe("which of two categories wins", () => {
  test.each<[string, Category, string]>([
    [
      "a fault stays a complaint however politely it is put",
      "complaint",
      "Hi! So sorry to bother, could you please reset bay 3? It's frozen. Thanks so much!",
    ],
    ["the price for everybody is a question", "question", "how much is the monthly fee?"],
    ["the member's own amount is an account matter", "payment_inquiry", "how much is my monthly payment?"],
    ["ending a class booking is scheduling", "scheduling", "I need to cancel my class tomorrow"],
    ["ending the agreement is an account matter", "payment_inquiry", "I need to cancel, we are moving away"],
    ["stopping by is no opt-out", "scheduling", "I'll stop by tomorrow for a tour"],
    ["stopping the texts about a bill is an opt-out", "opt_out", "stop sending me past due reminders"],
    ["thanks at the end is only courtesy", "question", "what time do you close? thank you!"],
  ])("%s", (_why, category, text) => {
    expect(classify(text).category).toBe(category);
  });
});

describe("how sure it is", () => {
  test.each([
    "What time do you close today?",
    "bay 3 is frozen",
    "I want to cancel my membership",
    "yes",
    "stop texting me",
    "Can I move my session to Friday 6pm?",
  ])("%s speaks alone: above 0.9", (text) => {
    expect(classify(text).confidence).toBeGreaterThanOrEqual(0.9);
  });

  test.each(["asdkjh qwe", "Tuesday", "John Smith", "bay 3"])("%s says nothing by itself: about 0.3", (text) => {
    expect(classify(text)).toMatchObject({ category: "other", subIntent: "unclear", confidence: 0.3 });
  });

  test.each([
    "can I book a class and how much do I owe?",
    "the door is broken and I want to reschedule my session",
    "what are your hours and can you book me for Friday 5pm",
  ])("%s wants two things: below the bar of automatic answers", (text) => {
    expect(classify(text).confidence).toBeLessThan(0.85);
  });

  test("words without a known phrase never reach the bar of automatic answers", () => {
    for (const text of ["the projector is super dim and flickering", "what would he pay", "folks appreciate how fast that was sorted"]) {
      expect(classify(text).confidence).toBeLessThan(0.85);
    }
  });
});

describe("what it quotes", () => {
  test("the evidence is the member's own wording, not the normalised one", () => {
    expect(classify("Hey!! I’d like a REFÜND for last month").evidence).toBe("REFÜND");
    expect(classify("hi, what time u close on sundays").evidence).toBe("what time u close");
  });

  test.each([
    ["en", "what time do you close"],
    ["es", "¿a qué hora cierran hoy?"],
    ["es", "no puedo pagar este mes"],
    ["fr", "Bonjour, vous ouvrez à quelle heure ?"],
    ["ru", "Во сколько вы закрываетесь?"],
    ["zh", "你们几点关门"],
    ["en", "👍"],
  ])("%s is the language of: %s", (language, text) => {
    expect(classify(text).language).toBe(language);
  });
});
