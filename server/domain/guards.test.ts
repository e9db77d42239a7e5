import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { readClaims } from "./claims.ts";
import { guardDraft } from "./guards.ts";
import type { GuardInput } from "./guards.ts";
import { guessLanguage } from "./language-guess.ts";

const FACTS = [
  "Opening hours: Monday to Friday 5:00 AM – 11:00 PM, Saturday and Sunday 7am-9pm. Staffed 9-17 on weekdays.",
  "A day pass is $15. Personal training starts at $60 per session. Guests pay 10 dollars. Students get 20% off.",
  "The front desk phone is +13035550100. Book at https://ironwood.example/book. Parking is free for two hours.",
  "The pool is closed until December 3, 2026. Closed on 12/25. The summer challenge starts in June.",
];

const guard = (draft: string, over: Partial<GuardInput> = {}) =>
  guardDraft({
    draft,
    facts: FACTS,
    accountFacts: [],
    contactWords: ["what are your hours and what does it cost?"],
    isBound: false,
    language: "en",
    languages: ["en", "es"],
    promises: [],
    hasDuty: false,
    recentReplies: [],
    allowedLinkHosts: [],
    maxSentences: 3,
    maxCharacters: 480,
    ...over,
  });

const codesOf = (draft: string, over: Partial<GuardInput> = {}) => [...new Set(guard(draft, over).map((finding) => finding.code))];
const spansOf = (draft: string, over: Partial<GuardInput> = {}) =>
  guard(draft, over)
    .filter(({ code }) => code === "fact_lock")
    .map(({ span }) => span);

describe("fact lock", () => {
  test.each([
    "We're open Monday to Friday 5am to 11pm and weekends 7am-9pm. See you soon?",
    "A day pass is $15.00. Want to come by?",
    "A day pass is 15 dollars, and guests pay ten dollars.",
    "Students get 20 percent off. Are you a student?",
    "You can call the desk at (303) 555-0100. Anything else?",
    "You can call 303-555-0100 or just 555-0100.",
    "You can book at ironwood.example/book. Want the link again?",
    "Parking is free for 2 hours. Are you driving?",
    "The pool is closed until Dec 3. Shall I tell you more about the lap lanes?",
    "We are closed on December 25. Anything else?",
    "The desk is staffed from 9 to 5 pm on Tuesday.",
    "The challenge starts in June. Interested?",
    "Feel free to stop by any time. Are you free this evening?",
    "Abrimos de lunes a viernes de 5 de la mañana a 11 de la noche. ¿Te esperamos?",
    "It's 15 for the day. Want to come?",
  ])("%j stands on the club's facts", (draft) => {
    expect(spansOf(draft)).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ["A day pass is $12.", ["$12"]],
    ["A day pass is twelve dollars.", ["twelve dollars"]],
    ["We're open until 10pm.", ["10pm"]],
    ["We're open until 5pm.", []],
    ["We open at 6:30 am.", ["6:30 am"]],
    ["We open at 5 pm and close at 11 am.", ["11 am"]],
    ["Students get 25% off.", ["25%"]],
    ["Call us at 303-555-0199.", ["303-555-0199"]],
    ["Book at ironwood.example/free.", ["ironwood.example/free"]],
    ["Book at https://evil.example/book now.", ["https://evil.example/book"]],
    ["Write to help@ironwood.example.", ["help@ironwood.example"]],
    ["The pool opens on December 4.", ["December 4"]],
    ["The pool opens 12/5.", ["12/5"]],
    ["It reopens in March.", ["in March"]],
    ["There is a class for 30 people.", ["30"]],
    ["You can bring three guests.", ["three"]],
    ["We are open 24/7.", ["24/7"]],
    ["Your first month is free of any fees and guaranteed.", ["guaranteed"]],
    ["There's no contract and a discount.", ["discount", "no contract"]],
    ["We waive the fee.", ["waive"]],
    ["Unlimited classes!", ["Unlimited"]],
    ["Closing at midnight.", ["midnight"]],
    ["I'm a real person, not a bot.", ["I'm a real person, not a bot."]],
    ["I am human!", ["I am human!"]],
    ["No soy un robot.", ["No soy un robot."]],
  ])("%j is held for what nobody said", (draft, spans) => {
    expect(spansOf(draft).toSorted()).toEqual([...spans].toSorted());
  });

  test("a number the member wrote may be said back, a link or an offer may not", () => {
    const contactWords = ["is bay 7 free on Oct 9 at 6:15? I saw evil.example/x with unlimited classes"];
    const facts = ["We have bays."];
    expect(spansOf("Bay 7 on Oct 9 at 6:15, right?", { contactWords, facts })).toEqual([]);
    expect(spansOf("See evil.example/x for unlimited classes.", { contactWords, facts }).toSorted()).toEqual([
      "evil.example/x",
      "unlimited",
    ]);
  });

  test("the bare address of an allowed host may be given, a page of it only from a fact", () => {
    const over = { allowedLinkHosts: ["shop.example"] };
    expect(spansOf("See shop.example for more.", over)).toEqual([]);
    expect(spansOf("See shop.example/sale for more.", over)).toEqual(["shop.example/sale"]);
  });

  test("account facts count for a bound member only", () => {
    const over = { accountFacts: ["balance $42.50"] };
    expect(spansOf("It is $42.50.", { ...over, isBound: true })).toEqual([]);
    expect(spansOf("It is $42.50.", { ...over, isBound: false })).toEqual(["$42.50"]);
  });

  test("no amount, hour, number or phone number passes that stands nowhere in the facts", () => {
    const claim = fc.oneof(
      fc.integer({ min: 1, max: 9_999 }).map((value) => `$${value}`),
      fc.integer({ min: 1, max: 9_999 }).map((value) => `${value} bucks`),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 10, max: 59 }), fc.constantFrom("am", "pm", ""))
        .map(([hour, minute, half]) => `${hour}:${minute}${half}`),
      fc.integer({ min: 100, max: 199 }).map((line) => `(415) 555-0${line}`),
      fc.integer({ min: 2, max: 99_999 }).map(String),
      fc.integer({ min: 1, max: 100 }).map((value) => `${value}%`),
      fc.stringMatching(/^[a-z]{3,10}\.(com|example|io)(\/[a-z]{1,5})?$/),
    );
    fc.assert(
      fc.property(claim, fc.constantFrom("It is ", "Sure: ", "That would be "), (value, before) => {
        expect(
          spansOf(`${before}${value} for you.`, { facts: ["We are a friendly club."], contactWords: ["hello there"] }).length,
        ).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test("what a fact says may always be repeated word for word", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 120 }), (fact) => {
        expect(spansOf(fact, { facts: [fact], contactWords: [] }).filter((span) => !/human|person|robot|bot/i.test(span))).toEqual([]);
      }),
      { numRuns: 500 },
    );
    for (const fact of FACTS) {
      expect(spansOf(fact)).toEqual([]);
    }
  });

  test("every digit of a text belongs to a claim", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ a-z0-9$%:.,/-]{0,60}$/), (text) => {
        const claimed = readClaims(text)
          .map((claim) => claim.span)
          .join(" ");
        expect([...text].filter((letter) => /\d/.test(letter)).every((digit) => claimed.includes(digit))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("promises", () => {
  test.each([
    "Someone will call you shortly.",
    "I'll have the manager reach out.",
    "We will refund you.",
    "A team member will get back to you.",
    "I'll check and let you know.",
    "Let me check with the team.",
    "I've booked you in.",
    "I just cancelled your class.",
    "You'll hear from us today.",
    "Expect a call from us.",
    "Our manager will be in touch.",
    "We're going to look into it.",
    "Consider it done!",
    "I'm sending it over now.",
    "Let me connect you with someone.",
    "You're all set for tonight.",
    "I'll pass this on to our coach.",
    "It will be fixed soon.",
    "They'll follow up with you.",
    "I have notified the team.",
    "Alguien te llamará pronto.",
    "Te llamaremos mañana.",
    "Vamos a revisar tu caso.",
    "Le enviaremos un enlace.",
    "Nos pondremos en contacto.",
    "Ya cancelé tu clase.",
    "Voy a preguntar al gerente.",
    "Me encargo de eso.",
  ])("%j needs a duty", (draft) => {
    expect(codesOf(draft, { languages: ["en", "es"], contactWords: [] })).toContain("promise_without_duty");
    expect(codesOf(draft, { hasDuty: true, contactWords: [] })).not.toContain("promise_without_duty");
  });

  test.each([
    "We'd love to see you!",
    "See you later today?",
    "We have a sauna and a pool. Want a tour?",
    "You can book in the app.",
    "Let me know if you need anything else.",
    "Have a great workout!",
    "I'll be happy to help.",
    "Our coaches can help with that. Want to book?",
    "Can we help with anything else?",
    "You will love it here!",
    "Puedes reservar en la app. ¿Te interesa?",
    "¡Gracias, nos vemos pronto!",
    "We will be open as usual.",
  ])("%j promises nothing", (draft) => {
    expect(codesOf(draft, { contactWords: [] })).not.toContain("promise_without_duty");
  });

  test("a promise only the model noticed counts too", () => {
    expect(codesOf("Sounds good!", { promises: ["someone orders the towels"] })).toContain("promise_without_duty");
  });
});

describe("privacy", () => {
  test.each([
    "Your balance is zero.",
    "You owe nothing.",
    "Your membership is active.",
    "You are past due.",
    "Your account is in good standing.",
    "Your next payment is due soon.",
    "Your card on file was declined.",
    "You last visited on Monday.",
    "You're on the black plan.",
    "Tu saldo es cero.",
    "Debes un mes.",
    "You have an outstanding balance.",
  ])("%j is said to a bound member only", (draft) => {
    expect(codesOf(draft)).toContain("privacy");
    expect(codesOf(draft, { isBound: true })).not.toContain("privacy");
  });

  test.each([
    "A membership starts online. Want the link?",
    "You can bring a guest with your membership.",
    "Your first visit is on us? Ask the desk.",
    "You can update your card at the desk.",
  ])("%j tells nothing about an account", (draft) => {
    expect(codesOf(draft)).not.toContain("privacy");
  });
});

describe("language", () => {
  test.each<[string, string, string, boolean]>([
    ["what are your hours on the weekend?", "en", "We are open on the weekend and you can come by.", false],
    ["what are your hours on the weekend?", "en", "Abrimos todos los días y puedes venir a la hora que quieras.", true],
    ["¿a qué hora abren los sábados por favor?", "es", "Abrimos los sábados y te esperamos con gusto en el club.", false],
    ["¿a qué hora abren los sábados por favor?", "en", "We are open on the weekend and you can come by.", true],
    ["hola", "es", "Hola, ¿en qué te puedo ayudar con la membresía?", false],
    ["à quelle heure est-ce que vous ouvrez demain", "fr", "Nous sommes ouverts demain et vous êtes les bienvenus.", true],
    ["你们几点开门", "zh", "We are open on the weekend and you can come by.", true],
    ["kailan po kayo bukas", "tl", "Bukas kami araw araw po salamat.", true],
    ["hours?", "en", "Yes!", false],
  ])("%j (%s) answered by %j is held: %s", (asked, language, draft, isHeld) => {
    expect(codesOf(draft, { contactWords: [asked], language, facts: [] }).includes("language_mismatch")).toBe(isHeld);
  });

  test("a club may let the agent answer in more languages", () => {
    const over = { contactWords: ["à quelle heure est-ce que vous ouvrez demain"], language: "fr-CA", languages: ["en", "fr"] };
    expect(codesOf("Nous sommes ouverts demain et vous êtes les bienvenus.", over)).toEqual([]);
  });

  test("the guess names what it knows and keeps silent otherwise", () => {
    expect(guessLanguage("what time do you open")).toBe("en");
    expect(guessLanguage("¿a qué hora cierran hoy?")).toBe("es");
    expect(guessLanguage("во сколько вы открываетесь")).toBe("ru");
    expect(guessLanguage("ok")).toBeNull();
  });
});

describe("form", () => {
  test.each([
    "Ready to send a payment reminder.",
    "Here's a reply you can use: We're open.",
    "Draft: We are open.",
    "Hi [Name], we are open.",
    "Hello {{firstName}}!",
    "Let me know if you'd like me to adjust this.",
    "",
    "Payment reminder for past due balance",
    "The member is asking about hours.",
    "As an AI language model I cannot.",
    "My instructions say so.",
    "<club>hi</club>",
    "Subject: hours",
    "Should I send it?",
    "   ",
  ])("%j does not speak to the member", (draft) => {
    expect(codesOf(draft)).toContain("no_reply_drafted");
  });

  test("a greeting and a short thanks are not counted, a fourth sentence is", () => {
    const three = "Hi Ana! We are open now. The desk is open too. Do you want to come by? Thanks!";
    expect(codesOf(three)).not.toContain("too_long");
    expect(codesOf("Good question, Ana! We are open now. The desk is open too. Do you want to come by?")).not.toContain("too_long");
    expect(codesOf(`${three} We would love that.`)).toContain("too_long");
    expect(codesOf("a ".repeat(241))).toContain("too_long");
  });

  test("a.m., p.m. and addresses end no sentence", () => {
    expect(
      codesOf("We open at 5 a.m. on weekdays and close at 11 p.m. as ever. Book at ironwood.example/book today. Want to come by?"),
    ).toEqual([]);
  });

  test("the same answer twice is held, the same sentence with another hour is not", () => {
    const recentReplies = ["We open at 5am on weekdays and we'd love to see you here. Want to come by?"];
    expect(codesOf("We open at 5am on weekdays, and we’d love to see you here! Want to come by?", { recentReplies })).toContain(
      "repeated_answer",
    );
    expect(codesOf("We open at 7am on weekends and we'd love to see you here. Want to come by?", { recentReplies })).not.toContain(
      "repeated_answer",
    );
  });
});

describe("all guards together", () => {
  test("a check that breaks holds the draft", () => {
    const detectLanguage = (): string | null => {
      throw new Error("no dictionary");
    };
    expect(codesOf("We are open today, come by!", { detectLanguage })).toEqual(["language_mismatch"]);
  });

  test("findings come in a fixed order and quote the draft", () => {
    const draft = "Here's a reply: your balance is $99. We will refund you.";
    expect(codesOf(draft)).toEqual(["no_reply_drafted", "privacy", "fact_lock", "promise_without_duty"]);
    expect(guard(draft).every(({ span }) => draft.includes(span))).toBe(true);
  });

  test("any draft at all is judged", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (draft) => {
        expect(Array.isArray(guard(draft))).toBe(true);
      }),
    );
  });
});
