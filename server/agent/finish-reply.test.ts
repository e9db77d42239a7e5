import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";

import { finishReply, plainTextOf } from "./finish-reply.ts";

const finish = (reply: string, over: { language?: string; isFirstAutomaticMessage?: boolean; agent?: typeof BUILT_IN_POLICY.agent } = {}) =>
  finishReply({ reply, agent: BUILT_IN_POLICY.agent, clubName: "Ironwood Denver", language: "en", isFirstAutomaticMessage: true, ...over });

describe("finishReply", () => {
  test("the first automatic message says that an AI writes", () => {
    expect(finish("We're open until 9.")).toBe("Hi, this is Spotter. I'm the club's AI assistant. We're open until 9.");
  });

  test("the ones after it do not", () => {
    expect(finish("See you!", { isFirstAutomaticMessage: false })).toBe("See you!");
  });

  test("it is said in the member's language where the club has the words", () => {
    expect(finish("Abrimos a las 5.", { language: "es-MX" })).toBe("Hola, soy Spotter, el asistente de IA del club. Abrimos a las 5.");
    expect(finish("On ouvre à 5 h.", { language: "fr" })).toMatch(/^Hi, this is Spotter/);
  });

  test("the club's own wording is filled in, and never said twice", () => {
    const agent = { ...BUILT_IN_POLICY.agent, disclosure: "{agentName} here, the AI assistant at {clubName}." };
    expect(finish("Hello!", { agent })).toBe("Spotter here, the AI assistant at Ironwood Denver. Hello!");
    expect(finish("Spotter here, the AI assistant at Ironwood Denver. Hello!", { agent })).toBe(
      "Spotter here, the AI assistant at Ironwood Denver. Hello!",
    );
  });

  test("it greets once", () => {
    expect(finish("Hi Ana! We're open until 9.")).toBe("Hi, this is Spotter. I'm the club's AI assistant. We're open until 9.");
    expect(finish("Hey there, we're open.")).toBe("Hi, this is Spotter. I'm the club's AI assistant. We're open.");
  });

  test("a draft that itself says an AI writes is left alone, one that denies it is not", () => {
    const truth = "I'm Spotter, the AI assistant at Ironwood Denver, not a person. What can I help with?";
    expect(finish(truth)).toBe(truth);
    expect(finish("This is not an AI assistant.")).toMatch(/^Hi, this is Spotter/);
  });

  test("whatever the draft is, the first message discloses", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (reply) => {
        expect(finish(reply)).toContain("AI assistant");
      }),
    );
  });
});

describe("plainTextOf", () => {
  test.each([
    ["**Open** until *9* and __late__ on _Friday_", "Open until 9 and late on Friday"],
    ["# Hours\n- Monday\n* Tuesday", "Hours\n- Monday\n- Tuesday"],
    ["[Book here](https://ironwood.example/book)", "Book here: https://ironwood.example/book"],
    ["[https://a.example](https://a.example)", "https://a.example"],
    ["`code` and ```\nmore\n```", "code and more"],
    ["“We open at 5.”", "We open at 5."],
    ['Say "yes" or "no"', 'Say "yes" or "no"'],
    ["5 * 3 * 2 and a_b_c", "5 * 3 * 2 and a_b_c"],
    ["see https://a.example/x_y_z", "see https://a.example/x_y_z"],
    ["a\n\n\n\nb", "a\n\nb"],
  ])("%j is sent as %j", (reply, text) => {
    expect(plainTextOf(reply)).toBe(text);
  });
});
