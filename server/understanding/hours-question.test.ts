import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { hoursQuestionIn } from "./hours-question.ts";

const opening = (days: unknown) => ({ about: "opening", days });
const staffed = (days: unknown) => ({ about: "staffed", days });

test.each<[string, object]>([
  ["what time do you close today?", opening("today")],
  ["what time do u close", opening("week")],
  ["Hours?", opening("week")],
  ["hey! quick question, are you guys open rn", opening("today")],
  ["r u open tmrw", opening("tomorrow")],
  ["when do you open tomorrow morning", opening("tomorrow")],
  ["are you open on sundays", opening(new Set([6]))],
  ["is the gym open this weekend?", opening(new Set([5, 6]))],
  ["how late are you open tonight", opening("today")],
  ["are you open 24/7", opening("week")],
  ["are you open at 10 pm on Friday?", opening(new Set([4]))],
  ["open today and on sunday?", opening("week")],
  ["when is the front desk staffed on saturday", staffed(new Set([5]))],
  ["what time does the front desk open tomorrow?", staffed("tomorrow")],
  ["¿A qué hora cierran hoy?", opening("today")],
  ["¿abren los domingos?", opening(new Set([6]))],
  ["¿a que hora abren mañana?", opening("tomorrow")],
  ["¿están abiertos en la mañana?", opening("week")],
  ["horario por favor", opening("week")],
  ["hey quick q, is the gym open sunday", opening(new Set([6]))],
  ["oye están abiertos ahorita", opening("today")],
])("%s is a question for hours and nothing else", (text, asked) => {
  expect(hoursQuestionIn(text)).toMatchObject(asked);
});

test.each([
  "what time does the pool close",
  "when is open gym",
  "what time does open gym close on friday",
  "are you open on thanksgiving",
  "are you open on the 25th",
  "are you open on the 24",
  "¿abren el 24?",
  "¿a qué hora abren el domingo 24?",
  "abren el 5",
  "are you open 12/1",
  "holiday hours?",
  "why are you closed",
  "can you close my account",
  "are you closed for good",
  "is this the front desk",
  "are you at the front desk",
  "how close are you",
  "whats open sunday am",
  "are you open to everyone",
  "what are your hours and do you have towels",
  "kids room hours",
  "what time does yoga start",
  "i'm locked out, is anyone there",
  "thanks",
  "",
])("%s is none", (text) => {
  expect(hoursQuestionIn(text)).toBeNull();
});

describe("a word more", () => {
  const more = fc.constantFrom(
    "pool",
    "sauna",
    "childcare",
    "yoga",
    "bay",
    "my",
    "door",
    "guest",
    "party",
    "hiring",
    "trainer",
    "class",
    "lunch",
  );
  const asked = fc.constantFrom("what time do you close today", "are you open on sundays", "when do you open tomorrow", "abren hoy");
  test("that is not said of hours makes it another question, wherever it stands", () => {
    fc.assert(
      fc.property(asked, more, fc.nat(6), (text, word, place) => {
        const words = text.split(" ");
        expect(hoursQuestionIn(words.toSpliced(Math.min(place, words.length), 0, word).join(" "))).toBeNull();
      }),
    );
  });
});
