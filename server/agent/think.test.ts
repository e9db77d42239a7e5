import { startTestModel } from "#local/model/testing.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { decide } from "#server/domain/decide.ts";
import { guardDraft } from "#server/domain/guards.ts";
import { createThink } from "#server/platform/model-client.ts";

import { guardInputOf } from "./guard-input.ts";
import { failingThink, promptInput, scriptedThink, thought, turn } from "./testing.ts";
import { thinkAbout } from "./think.ts";
import type { ThinkAboutResult } from "./think.ts";

const about = (answer: unknown, prompt = promptInput()) => thinkAbout({ prompt, think: scriptedThink(answer), model: "scripted" });
const thoughtOf = (result: ThinkAboutResult) => {
  expect(result.kind).toBe("thought");
  return result.kind === "thought" ? result.thought : thought();
};

describe("thinkAbout with a scripted model", () => {
  test("an orderly thought passes unchanged", async () => {
    expect(thoughtOf(await about(thought()))).toEqual(thought());
  });

  test.each([
    [Number.POSITIVE_INFINITY, 1],
    [1.4, 1],
    [-0.2, 0],
    [0.8, 0.8],
  ])("a confidence of %d counts as %d", async (said, counted) => {
    const think = scriptedThink(thought());
    const result = await thinkAbout({
      prompt: promptInput(),
      model: "scripted",
      think: async (request) => {
        const answer = await think(request);
        return answer.kind === "thought" ? { ...answer, value: { ...answer.value, confidence: said } } : answer;
      },
    });
    expect(thoughtOf(result).confidence).toBe(counted);
  });

  test("articles the model was not shown are not grounds", async () => {
    expect(thoughtOf(await about(thought({ knowledgeIds: ["kb_hours", "kb_invented", "kb_hours"] }))).knowledgeIds).toEqual(["kb_hours"]);
  });

  test("a quotation the member never said is dropped", async () => {
    expect(thoughtOf(await about(thought({ evidence: "“When is the front desk”" }))).evidence).toBe("When is the front desk");
    expect(thoughtOf(await about(thought({ evidence: "I want a refund" }))).evidence).toBe("");
  });

  test("an empty draft is none, and hidden characters leave the words", async () => {
    expect(thoughtOf(await about(thought({ reply: " \u200b " }))).reply).toBeNull();
    expect(thoughtOf(await about(thought({ reply: "We\u200b are open." }))).reply).toBe("We are open.");
  });

  test("a language or sub-intent that is none is marked so", async () => {
    expect(thoughtOf(await about(thought({ language: "English, I think", subIntent: "Opening Hours!" })))).toMatchObject({
      language: "und",
      subIntent: "opening_hours",
    });
  });

  test("an answer of another shape and a failure of the service are values", async () => {
    expect(await about({ category: "weather" })).toMatchObject({
      kind: "failed",
      failure: { kind: "malformed" },
      turn: { costMicros: 20 },
    });
    const result = await thinkAbout({
      prompt: promptInput(),
      model: "scripted",
      think: failingThink({ kind: "overloaded", detail: "529" }),
    });
    expect(result).toMatchObject({ kind: "failed", failure: { kind: "overloaded" } });
  });
});

describe("guardInputOf", () => {
  const review = async (reply: string, over: Parameters<typeof promptInput>[0] = {}) => {
    const input = promptInput(over);
    const result = await about(thought({ reply }), input);
    return guardDraft(guardInputOf({ thought: thoughtOf(result), input, prompt: result.prompt, hasDuty: false }));
  };

  test("a draft from the articles passes, also in markdown", async () => {
    expect(await review("The desk is staffed **9 am to 3 pm** on Saturday. A day pass is $15. Want to come by?")).toEqual([]);
  });

  test("a bound member's own balance may be named, in dollars", async () => {
    const contact = {
      ...promptInput().contact,
      facts: { status: "active", balanceMinor: "4250", currency: "USD", lastVisitOn: "2026-11-18", membershipType: "Premium" },
    };
    const reply = "Your balance is $42.50 and your last visit was on November 18. Anything else?";
    expect(await review(reply, { contact })).toEqual([]);
    expect((await review(reply, { contact: { ...contact, binding: "shared" } })).map(({ code }) => code)).toEqual([
      "privacy",
      "fact_lock",
      "fact_lock",
    ]);
  });

  test("today is known, the present hour is no closing time", async () => {
    expect(await review("Today is Friday, November 20. Can I help with anything else?")).toEqual([]);
    expect(await review("We close at 5:30 pm. Can I help with anything else?")).toEqual([{ code: "fact_lock", span: "5:30 pm" }]);
  });

  test("what day it is says nothing of when the club is closed", async () => {
    const now = new Date("2026-11-22T18:00:00Z");
    expect(await review("Today is Sunday. Can I help with anything else?", { now })).toEqual([]);
    expect(await review("We are closed on Sunday. Can I help with anything else?", { now })).toEqual([
      { code: "fact_lock", span: "Sunday" },
    ]);
  });
});

describe("thinkAbout with the local model over loopback", () => {
  let model: Awaited<ReturnType<typeof startTestModel>>;
  beforeAll(async () => {
    model = await startTestModel();
  });
  afterAll(() => model.server.close());
  beforeEach(() => model.sandbox("DELETE", ""));

  const ask = (text: string, over: Parameters<typeof promptInput>[0] = {}) =>
    thinkAbout({
      prompt: promptInput({ conversation: [turn("contact", text)], ...over }),
      think: createThink({ apiKey: "stand-in-key", baseURL: model.server.url }),
      model: "claude-haiku-5-5",
    });

  const decideAbout = async (text: string) => {
    const input = promptInput({ conversation: [turn("contact", text)] });
    const result = await ask(text);
    const read = thoughtOf(result);
    const findings = guardDraft(guardInputOf({ thought: read, input, prompt: result.prompt, hasDuty: false }));
    return decide({
      reading: { kind: "thought", thought: read, findings },
      ownership: { handledBy: "agent", isAgentOff: false },
      isNewest: true,
      contact: { binding: "bound", isPastDue: false },
      counts: { automaticRepliesInConversation: 0, automaticRepliesInClubHour: 0 },
      policy: input.policy,
      isStopped: false,
      isSuppressed: false,
    });
  };

  test("a plain question is answered alone from the club's article", async () => {
    expect(await decideAbout("how much is a day pass?")).toMatchObject({ outcome: "respond", reasons: ["sure_enough"] });
  });

  test("a complaint goes to a person", async () => {
    expect(await decideAbout("the showers were disgusting and your staff was rude, I am really angry")).toMatchObject({
      outcome: "escalate",
    });
  });

  test("a model that invents a price is held by the fact lock", async () => {
    await model.sandbox("POST", "/script", { match: "day pass", thought: thought({ reply: "A day pass is $9. Want one?", evidence: "" }) });
    expect(await decideAbout("how much is a day pass?")).toMatchObject({ outcome: "suggest", reasons: ["fact_lock"] });
  });

  test("a service that declines is a failure with its cost", async () => {
    await model.sandbox("POST", "/faults", { kind: "refusal" });
    expect(await ask("hello")).toMatchObject({ kind: "failed", failure: { kind: "refused" }, turn: { stopReason: "refusal" } });
  });
});
