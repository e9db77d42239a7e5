import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { encode } from "../platform/sentence-encoder.ts";
import { answerFrom, type Article } from "./answer-from.ts";
import { splitSentences } from "#server/domain/sentences.ts";

const ARTICLES = [
  {
    id: "kb_hours",
    title: "Opening hours",
    body: "Members can get in 24 hours a day with their key fob. The front desk is staffed Monday to Friday 8 a.m. to 8 p.m. and Saturday 9 am to 3 pm. The desk is closed on Sunday.",
  },
  { id: "kb_holiday", title: "Holiday hours", body: "On Thanksgiving the desk is staffed 8 am to noon." },
  {
    id: "kb_gift",
    title: "Gift cards",
    body: "Gift cards are sold at the front desk and online. They come in $25, $50 and $100. They never expire.",
  },
  { id: "kb_guest", title: "Guests", body: "Members may bring one guest on weekdays for $10 a visit. Guests sign a waiver at the desk." },
  {
    id: "kb_price",
    title: "Membership prices",
    body: "The basic plan is $39 a month. The premium plan is $59 a month and includes classes. There is a one-time $49 enrollment fee. Students get 10% off.",
  },
  {
    id: "kb_amenities",
    title: "Amenities",
    body: "We have showers, lockers and a sauna. Towels are free at the desk. Bring your own lock.",
  },
  { id: "kb_parking", title: "Parking", body: "Parking is free in the lot behind the building." },
  {
    id: "kb_freeze",
    title: "Freezing a membership",
    body: "A membership can be frozen for one to three months, once a year. Ask at least 7 days before the next billing date.",
  },
  {
    id: "kb_bays",
    title: "Bays and simulators",
    body: "Bays cost $45 an hour on weekdays and $60 on weekends. Each bay fits up to four players. Rental clubs are free.",
  },
] as const;

const ask = (question: string, articles: readonly Article[] = ARTICLES, language: string | null = null) =>
  answerFrom({ question, articles, encode, language });

/** The encoder is loaded, and the words of all articles encoded, once. */
const FIRST_CALL_TIMEOUT_MS = 60_000;

beforeAll(async () => {
  await ask("what time do you open");
}, FIRST_CALL_TIMEOUT_MS);

test("a bare no goes out with the sentence before it, which says what is possible", async () => {
  const shoes: Article = {
    id: "kb_shoes",
    title: "Shoes",
    body: "Bring a towel. Sneakers or soft spikes are fine. No metal spikes. Ask for a locker.",
    asked: [{ text: "can i wear my metal spikes", sentences: ["No metal spikes."] }],
  };
  expect((await ask("can i wear metal spikes?", [shoes]))?.text).toBe("Sneakers or soft spikes are fine. No metal spikes.");
});

describe("what the knowledge says is quoted word for word", () => {
  test.each([
    ["what time do you close tonight?", ["kb_hours"], "8 a.m. to 8 p.m."],
    ["hey I'm new in town and was wondering what time you close", ["kb_hours"], "24 hours a day"],
    ["what time does the desk close on sunday", ["kb_hours"], "The desk is closed on Sunday."],
    ["are you open on thanksgiving", ["kb_holiday"], "8 am to noon"],
    ["how much is a membership", ["kb_price"], "$39 a month"],
    ["do you offer student discounts?", ["kb_price"], "Students get 10% off."],
    ["is there a sign up fee", ["kb_price"], "$49 enrollment fee"],
    ["do you sell gift cards", ["kb_gift"], "sold at the front desk"],
    ["do gift cards expire?", ["kb_gift"], "They never expire."],
    ["where do I park", ["kb_parking"], "behind the building"],
    ["can I bring a friend?", ["kb_guest"], "one guest on weekdays for $10"],
    ["can I freeze my membership", ["kb_freeze"], "frozen for one to three months"],
    ["how much is a bay on saturday", ["kb_bays"], "$60 on weekends"],
    ["do you rent clubs", ["kb_bays"], "Rental clubs are free."],
    ["do you have towels and where do I park?", ["kb_amenities", "kb_parking"], "Towels are free at the desk. Parking is free"],
    ["a qué hora cierran", ["kb_hours"], "8 a.m. to 8 p.m."],
    ["¿cuánto cuesta la membresía?", ["kb_price"], "$39 a month"],
    ["tienen sauna?", ["kb_amenities"], "a sauna"],
  ])("%s", async (question, articleIds, words) => {
    const answer = await ask(question);
    expect(answer?.articleIds).toEqual(articleIds);
    expect(answer?.text).toContain(words);
  });
});

describe("what it does not say is not answered", () => {
  test.each([
    "do you have a pool?",
    "do you have showers and a hot tub?",
    "are you open on Christmas?",
    "can I bring a friend on saturday?",
    "do you have a helicopter pad",
    "how much is personal training",
    "what time is yoga",
    "what's the meaning of life",
    "hi",
    "",
    "???",
    "how much is parking for trucks overnight",
    "is the sauna open on sunday",
  ])("%s", async (question) => {
    expect(await ask(question)).toBeNull();
  });

  test("without articles there is no answer", async () => {
    expect(await ask("what time do you close", [])).toBeNull();
  });

  test("a price question is not answered by a sentence without a price, a time question not without a time", async () => {
    const vague = [{ id: "kb_a", title: "Sauna", body: "The sauna is beside the lockers. Ask us about the price." }];
    expect(await ask("how much is the sauna", vague)).toBeNull();
    expect(await ask("what time does the sauna open", vague)).toBeNull();
    expect(await ask("do you have a sauna", vague)).not.toBeNull();
  });
});

describe("special cases", () => {
  const NOTICE = { id: "nt_pool", title: "Pool closed", body: "The pool is closed until further notice because of a leak." };
  const POOL = { id: "kb_pool", title: "Pool hours", body: "The pool is open daily from 6 am to 9 pm." };

  test("of two parts both are answered or none", async () => {
    expect(await ask("do you have towels and do you have a helicopter pad?")).toBeNull();
  });

  test("nobody is quoted to in another language than their own", async () => {
    expect(await ask("do you have towels", ARTICLES, "es")).toBeNull();
    expect(await ask("do you have towels", ARTICLES, "en")).not.toBeNull();
  });

  test("what hangs on this moment or on somebody's account is not in any article", async () => {
    expect(await ask("is the sauna busy right now")).toBeNull();
    expect(await ask("when does my membership end")).toBeNull();
  });

  test("what a notice before it contradicts is not told", async () => {
    expect((await ask("what time is the pool open", [POOL]))?.articleIds).toEqual(["kb_pool"]);
    expect((await ask("what time is the pool open", [NOTICE, POOL]))?.articleIds ?? []).not.toContain("kb_pool");
  });
});

describe("for any question", () => {
  const anyQuestion = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc
      .array(fc.constantFrom("what time", "how much", "pool", "sunday", "gift cards", "close", "?", "and", "bays", "mañana"), {
        maxLength: 12,
      })
      .map((words) => words.join(" ")),
  );

  test(
    "an answer consists of sentences of the articles it names, and scores lie in 0..1",
    async () => {
      await fc.assert(
        fc.asyncProperty(anyQuestion, async (question) => {
          const answer = await ask(question);
          const sentences = ARTICLES.filter((article) => answer?.articleIds.includes(article.id)).flatMap((article) =>
            splitSentences(article.body),
          );
          const rest = sentences.reduce((text, sentence) => text.replaceAll(sentence, ""), answer?.text ?? "");
          expect(rest.trim()).toBe("");
          expect(answer?.score ?? 0).toBeGreaterThanOrEqual(0);
          expect(answer?.score ?? 0).toBeLessThanOrEqual(1);
        }),
        { numRuns: 60 },
      );
    },
    FIRST_CALL_TIMEOUT_MS,
  );
});
