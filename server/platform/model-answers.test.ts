import { describe, expect, test } from "vitest";
import { z } from "zod";

import { createThink, type ThinkRequest, type ToolSpec } from "./model-client.ts";
import { LONG_OUTPUT_MAX_TOKENS, OUTPUT_MAX_TOKENS } from "./model-limits.ts";
import { messageBody, respond, scriptedService, testClock } from "./model-testing.ts";

const Answer = z.object({ word: z.string() });
const lookUp: ToolSpec = {
  name: "look_up",
  description: "Looks a booking up.",
  input: z.object({ day: z.string(), count: z.number().int().optional() }),
};
const request: ThinkRequest<z.infer<typeof Answer>> = {
  system: [{ text: "You answer in JSON.", isCached: true }],
  messages: [{ role: "user", content: "say tango" }],
  schema: Answer,
  model: "claude-haiku-5-5",
  tools: [lookUp],
};

/** Too little time to try again after a failure, so that each call is one answer. */
const ONE_TRY_MS = 1_400;

const thinkOf = (answer: Parameters<typeof scriptedService>[0], budgetMs?: number) => {
  const service = scriptedService(answer);
  const clock = testClock({ isHurried: true });
  const think = createThink({
    apiKey: "k",
    baseURL: undefined,
    fetch: service.fetch,
    clock,
    requestsPerMinute: 1_000_000,
    inputTokensPerMinute: 1e9,
    ...(budgetMs === undefined ? {} : { budgetMs }),
  });
  return { ...service, think };
};

const toolUse = (over: object = {}) => ({ type: "tool_use", id: "toolu_1", name: "look_up", input: { day: "friday" }, ...over });
const text = (value: string) => ({ type: "text", text: value });

describe("tools (F28)", () => {
  test("what is offered is told as strict schemas, before everything else", async () => {
    const { sent, think } = thinkOf(() => respond(messageBody()));
    await think(request);
    expect(sent[0]).toMatchObject({
      tools: [
        {
          name: "look_up",
          description: lookUp.description,
          strict: true,
          input_schema: { type: "object", properties: { day: { type: "string" } }, required: ["day"], additionalProperties: false },
        },
      ],
    });
    expect(JSON.stringify(sent[0])).not.toContain("$schema");
  });

  test("no tools are mentioned where none are offered", async () => {
    const { sent, think } = thinkOf(() => respond(messageBody()));
    await think({ ...request, tools: [] });
    expect(sent[0]).not.toHaveProperty("tools");
  });

  test("what was asked and answered before goes back as the blocks it was", async () => {
    const { sent, think } = thinkOf(() => respond(messageBody()));
    await think({
      ...request,
      messages: [
        ...request.messages,
        { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "look_up", input: { day: "friday" } }] },
        { role: "user", content: [{ type: "tool_result", toolUseId: "toolu_1", content: "none", isError: true }] },
      ],
    });
    expect(sent[0]?.messages.slice(1)).toEqual([
      { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "look_up", input: { day: "friday" } }] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "none", is_error: true }] },
    ]);
  });

  test("several requests of one answer come in their order, beside a text that is no thought", async () => {
    const content = [text("Let me look."), toolUse(), toolUse({ id: "toolu_2", input: { day: "monday", count: 2 } })];
    const { think } = thinkOf(() => respond(messageBody({ stop_reason: "tool_use", content })));
    expect(await think(request)).toMatchObject({
      kind: "tool_requests",
      requests: [
        { id: "toolu_1", name: "look_up", input: { day: "friday" } },
        { id: "toolu_2", name: "look_up", input: { day: "monday", count: 2 } },
      ],
      turn: { stopReason: "tool_use" },
    });
  });

  test.each([
    ["a name nobody offered", { name: "open_every_door" }],
    ["an input that is text", { input: "friday" }],
    ["an input that is a list", { input: [1, 2] }],
    ["an input that is null", { input: null }],
    ["keys and types nobody asked for", { input: { day: 7, memberId: "mem_of_somebody", extra: {} } }],
  ])("%s is handed on as it is, for the registry to refuse", async (_name, over) => {
    const { think } = thinkOf(() => respond(messageBody({ stop_reason: "tool_use", content: [toolUse(over)] })));
    const { id, name, input } = { ...toolUse(), ...over };
    expect(await think(request)).toMatchObject({ kind: "tool_requests", requests: [{ id, name, input }] });
  });

  test.each([
    ["without an id", { stop_reason: "tool_use", content: [{ type: "tool_use", name: "look_up", input: {} }] }],
    ["without an input", { stop_reason: "tool_use", content: [{ type: "tool_use", id: "toolu_1", name: "look_up" }] }],
    ["that is announced and missing", { stop_reason: "tool_use", content: [text("{}")] }],
    ["that the answer ended with", { stop_reason: "end_turn", content: [toolUse()] }],
  ])("a request %s is none", async (_name, over) => {
    const { think } = thinkOf(() => respond(messageBody(over)));
    expect(await think(request)).toMatchObject({ kind: "failed", failure: { kind: "malformed" }, turn: { tryCount: 1 } });
  });

  test("a request where nothing was offered is none", async () => {
    const { think } = thinkOf(() => respond(messageBody({ stop_reason: "tool_use", content: [toolUse()] })));
    expect(await think({ ...request, tools: [] })).toMatchObject({ kind: "failed", failure: { kind: "malformed" } });
  });
});

describe("how an answer can stop (F29)", () => {
  const TIMES = 10;
  const failures: readonly [string, object, string, number][] = [
    [
      "refusal",
      { stop_reason: "refusal", content: [], stop_details: { type: "refusal", category: "cyber", explanation: null } },
      "refused",
      1,
    ],
    ["refusal without details", { stop_reason: "refusal", content: [], stop_details: null }, "refused", 1],
    ["refusal after a request", { stop_reason: "refusal", content: [toolUse()] }, "refused", 1],
    ["model_context_window_exceeded", { stop_reason: "model_context_window_exceeded" }, "truncated", 1],
    ["max_tokens in the text", { stop_reason: "max_tokens" }, "truncated", 2],
    ["max_tokens in a tool's input", { stop_reason: "max_tokens", content: [toolUse({ input: {} })] }, "truncated", 2],
    ["pause_turn for ever", { stop_reason: "pause_turn", content: [text('{"wo')] }, "malformed", 2],
    ["pause_turn with an open request", { stop_reason: "pause_turn", content: [toolUse()] }, "malformed", 1],
    ["pause_turn with nothing", { stop_reason: "pause_turn", content: [] }, "malformed", 1],
    ["an empty end_turn", { content: [] }, "malformed", 1],
    ["a blank end_turn", { content: [text(" \n")] }, "malformed", 1],
    ["stop_sequence", { stop_reason: "stop_sequence" }, "malformed", 1],
    ["a reason nobody knows", { stop_reason: "tired" }, "malformed", 1],
    ["no reason", { stop_reason: null }, "malformed", 1],
    ["no list of blocks", { content: null }, "malformed", 1],
    ["a text block without text", { content: [{ type: "text" }] }, "malformed", 1],
  ];

  test.each(failures)("%s is a failure with a name, each time, billed for each call", async (_name, over, kind, calls) => {
    const { sent, think } = thinkOf(() => respond(messageBody(over)));
    for (let time = 1; time <= TIMES; time += 1) {
      expect(await think(request)).toMatchObject({
        kind: "failed",
        failure: { kind },
        turn: { tryCount: calls, inputTokens: 10 * calls, outputTokens: 5 * calls },
      });
      expect(sent).toHaveLength(calls * time);
    }
  });

  test("no usage, no message: nothing is believed of such an answer", async () => {
    const { think } = thinkOf(() => respond(messageBody({ usage: {} })));
    expect(await think(request)).toMatchObject({ kind: "failed", failure: { kind: "malformed" }, turn: { costMicros: 0 } });
  });

  test("a paused answer gets its own words back once and may end as a thought", async () => {
    const content = [text('{"word":')];
    const { sent, think } = thinkOf((_sent, index) =>
      respond(messageBody(index === 0 ? { stop_reason: "pause_turn", content } : { content: [text('"tango"}')] })),
    );
    expect(await think(request)).toMatchObject({ kind: "thought", value: { word: "tango" }, turn: { tryCount: 2 } });
    expect(sent[1]?.messages).toEqual([...request.messages, { role: "assistant", content }]);
  });

  test("after a cut answer the second has twice the room, and is what counts", async () => {
    const { sent, think } = thinkOf((_sent, index) =>
      respond(messageBody({ content: [toolUse()], stop_reason: index === 0 ? "max_tokens" : "tool_use" })),
    );
    expect(await think(request)).toMatchObject({ kind: "tool_requests", turn: { tryCount: 2 } });
    expect(sent.map(({ max_tokens }) => max_tokens)).toEqual([OUTPUT_MAX_TOKENS, 2 * OUTPUT_MAX_TOKENS]);
  });

  test("a long list has more room from the first call on", async () => {
    const { sent, think } = thinkOf(() => respond(messageBody({ content: [toolUse()], stop_reason: "max_tokens" })));
    expect(await think({ ...request, isLong: true })).toMatchObject({ kind: "failed", failure: { kind: "truncated" } });
    expect(sent.map(({ max_tokens }) => max_tokens)).toEqual([LONG_OUTPUT_MAX_TOKENS, 2 * LONG_OUTPUT_MAX_TOKENS]);
  });
});

describe("an answer that is cut at any byte (F27)", () => {
  const WORDS = ["tango", "", 'say "hi"', "é😀 – ñ", "a\\b\n\tc", "{}", "]}", "null", "1", "‮x"];
  const recorded = WORDS.flatMap((word, index) => [
    { content: [text(JSON.stringify({ word }))], stop_reason: "end_turn" },
    { content: [text("ok"), toolUse({ id: `toolu_${index}`, input: { day: word, count: index } })], stop_reason: "tool_use" },
  ]);
  const kinds = async (bodies: readonly Uint8Array[]): Promise<readonly string[]> => {
    const { think } = thinkOf((_sent, index) => respond(new TextDecoder().decode(bodies[index])), ONE_TRY_MS);
    const found: string[] = [];
    for (const _body of bodies) {
      found.push((await think(request)).kind);
    }
    return found;
  };
  const everyCut = (whole: Uint8Array): readonly Uint8Array[] => Array.from({ length: whole.length }, (_, end) => whole.slice(0, end));
  const bytesOf = (value: string): Uint8Array => new TextEncoder().encode(value);

  test("whole, each of the twenty is understood", async () => {
    expect(recorded).toHaveLength(20);
    expect(await kinds(recorded.map((message) => bytesOf(messageBody(message))))).toEqual(
      WORDS.flatMap(() => ["thought", "tool_requests"]),
    );
  });

  test.each(recorded)("the body of answer %# gives neither a request nor a thought", async (message) => {
    const found = await kinds(everyCut(bytesOf(messageBody(message))));
    expect(found.length).toBeGreaterThan(200);
    expect(new Set(found)).toEqual(new Set(["failed"]));
  });

  test.each(recorded)("a block of answer %# that the service itself cut gives neither", async (message) => {
    const last = message.content.at(-1);
    const whole = bytesOf(last !== undefined && "input" in last ? JSON.stringify(last.input) : JSON.stringify(last));
    const cuts = everyCut(whole).map((bytes) => new TextDecoder().decode(bytes));
    const partial = cuts.flatMap((cut) => {
      const content = last !== undefined && "input" in last ? [toolUse({ input: cut }), toolUse({ input: {} })] : [text(cut)];
      return content.map((block) => ({ content: [block], stop_reason: "max_tokens" }));
    });
    for (const over of partial) {
      const { think } = thinkOf(() => respond(messageBody(over)));
      expect(await think(request)).toMatchObject({ kind: "failed", failure: { kind: "truncated" } });
    }
  });

  test("a text that ends early without saying so is no thought", async () => {
    for (const cut of everyCut(bytesOf(JSON.stringify({ word: "tango" })))) {
      const { think } = thinkOf(() => respond(messageBody({ content: [text(new TextDecoder().decode(cut))] })));
      expect(await think(request)).toMatchObject({ kind: "failed", failure: { kind: "malformed" } });
    }
  });
});
