import Anthropic from "@anthropic-ai/sdk";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { ThoughtSchema } from "#server/domain/intent.ts";
import { promptFor, startTestModel, type TestModel } from "./testing.ts";

let model: TestModel;
beforeAll(async () => {
  model = await startTestModel();
});
afterAll(() => model.server.close());
beforeEach(() => model.sandbox("DELETE", ""));

const format = zodOutputFormat(ThoughtSchema);
const plain = { model: "claude-haiku-5-5", max_tokens: 200, messages: [{ role: "user" as const, content: "hello" }] };

describe("answers through the SDK", () => {
  test("messages.parse returns a thought of the domain's schema", async () => {
    const message = await model.client.messages.parse({ ...promptFor("do gift cards expire?"), output_config: { format } });
    expect(message.parsed_output).toMatchObject({
      category: "question",
      subIntent: "gift_cards",
      answerable: true,
      knowledgeIds: ["kb_gift"],
    });
    expect(message.parsed_output?.reply).toContain("They never expire.");
    expect(message.content).toHaveLength(1);
    expect(message.stop_reason).toBe("end_turn");
  });

  test("each answer carries a request id", async () => {
    expect((await model.client.messages.create(plain))._request_id).toMatch(/^req_/);
  });

  test("any other schema is satisfied too, with text that says it is a stand-in", async () => {
    const Other = z.object({
      subject: z.string(),
      tone: z.enum(["warm", "firm"]),
      count: z.int(),
      parts: z.array(z.object({ text: z.string(), at: z.string().nullable() })).min(1),
      kind: z.discriminatedUnion("kind", [z.object({ kind: z.literal("a"), x: z.number() }), z.object({ kind: z.literal("b") })]),
      note: z.string().optional(),
    });
    const message = await model.client.messages.parse({ ...plain, output_config: { format: zodOutputFormat(Other) } });
    expect(message.parsed_output?.subject).toContain("stand-in");
    expect(message.parsed_output?.parts).toHaveLength(1);
  });

  test("the stream gives the same text as the plain call, piece by piece", async () => {
    const request = { ...promptFor("¿Cuánto cuesta la membresía? 😀"), output_config: { format } };
    const stream = model.client.messages.stream(request);
    const pieces: string[] = [];
    stream.on("text", (piece) => pieces.push(piece));
    const streamed = await stream.finalMessage();
    const whole = await model.client.messages.create(request);
    expect(pieces.length).toBeGreaterThan(5);
    expect(streamed.content).toEqual(whole.content);
    expect(pieces.join("")).toBe(whole.content[0]?.type === "text" ? whole.content[0].text : null);
    expect(streamed.usage.output_tokens).toBe(whole.usage.output_tokens);
    expect(streamed.stop_reason).toBe("end_turn");
  });

  test("tools are called only when a script asks, streamed input arrives whole, and the thought follows the results", async () => {
    const tools = [{ name: "get_member_profile", description: "profile", input_schema: { type: "object" as const } }];
    const request = { ...promptFor("when did I join"), tools, tool_choice: { type: "auto" as const } };
    expect((await model.client.messages.create(request)).stop_reason).toBe("end_turn");

    await model.sandbox("POST", "/script", {
      match: "did I join",
      toolCalls: [{ name: "get_member_profile", input: { depth: 1.25, nested: { a: ["ü"] } } }],
      thought: { reply: "In May." },
    });
    const call = await model.client.messages.stream(request).finalMessage();
    expect(call.stop_reason).toBe("tool_use");
    const [use] = call.content;
    expect(use).toMatchObject({ type: "tool_use", name: "get_member_profile", input: { depth: 1.25, nested: { a: ["ü"] } } });

    const results = [{ type: "tool_result" as const, tool_use_id: use?.type === "tool_use" ? use.id : "", content: "joined 2024-05-01" }];
    const messages = [
      ...request.messages,
      { role: "assistant" as const, content: call.content },
      { role: "user" as const, content: results },
    ];
    const answer = await model.client.messages.create({ ...request, messages });
    expect(answer.content[0]).toMatchObject({ type: "text", text: "In May." });
  });

  test("a script lays its fields over the thought and ends after its count", async () => {
    await model.sandbox("POST", "/script", { match: "pool", thought: { category: "complaint", confidence: 0.11 }, count: 1 });
    const request = { ...promptFor("do you have a pool?"), output_config: { format } };
    expect((await model.client.messages.parse(request)).parsed_output).toMatchObject({
      category: "complaint",
      confidence: 0.11,
      language: "en",
    });
    expect((await model.client.messages.parse(request)).parsed_output).toMatchObject({ category: "question" });
  });

  test("the models list names every model a stand-in, and an unknown id is not found", async () => {
    const models = await model.client.models.list();
    expect(models.data.map((entry) => entry.id)).toContain("claude-sonnet-5-5");
    expect(models.data.every((entry) => entry.display_name.includes("stand-in"))).toBe(true);
    expect((await model.client.models.retrieve("claude-haiku-5-5")).id).toBe("claude-haiku-5-5");
    await expect(model.client.models.retrieve("gpt-1")).rejects.toBeInstanceOf(Anthropic.NotFoundError);
  });
});

describe("usage", () => {
  const long = { type: "text" as const, text: "Rule. ".repeat(500) };
  const marked = { ...long, cache_control: { type: "ephemeral" as const } };

  test("tokens are a quarter of the characters and the same for count_tokens", async () => {
    const { input_tokens: counted } = await model.client.messages.countTokens({ model: plain.model, messages: plain.messages });
    const { usage } = await model.client.messages.create(plain);
    expect(usage.input_tokens).toBe(counted);
    expect(counted).toBe(Math.ceil("user hello".length / 4));
  });

  test("a marked prefix is written once, read by the next prompt that begins alike, and not by one that differs", async () => {
    const first = await model.client.messages.create({ ...plain, system: [marked] });
    const second = await model.client.messages.create({
      ...plain,
      system: [marked],
      messages: [{ role: "user", content: "something else" }],
    });
    const other = await model.client.messages.create({ ...plain, system: [{ ...marked, text: `${marked.text}!` }] });
    const [written, read] = [first.usage, second.usage];
    expect(written.cache_creation_input_tokens).toBeGreaterThan(700);
    expect(written.cache_read_input_tokens).toBe(0);
    expect(read.cache_read_input_tokens).toBe(written.cache_creation_input_tokens);
    expect(read.cache_creation_input_tokens).toBe(0);
    expect(other.usage.cache_read_input_tokens).toBe(0);
  });

  test("a growing conversation reads what it wrote before and writes only the rest", async () => {
    const ask = (turns: readonly string[]) =>
      model.client.messages.create({
        ...plain,
        cache_control: { type: "ephemeral" },
        system: [long],
        messages: turns.map((text, index) => ({ role: index % 2 === 0 ? ("user" as const) : ("assistant" as const), content: text })),
      });
    const first = await ask(["hello"]);
    const second = await ask(["hello", "hi", "and now?"]);
    expect(second.usage.cache_read_input_tokens).toBe(first.usage.cache_creation_input_tokens);
    expect(second.usage.cache_creation_input_tokens).toBeGreaterThan(0);
    expect(second.usage.cache_creation_input_tokens).toBeLessThan(20);
  });

  test("what was cached for five minutes is gone afterwards", async () => {
    let nowMs = 0;
    const timed = await startTestModel({ nowMs: () => nowMs });
    await timed.client.messages.create({ ...plain, system: [marked] });
    nowMs = 300_001;
    const late = await timed.client.messages.create({ ...plain, system: [marked] });
    expect(late.usage.cache_read_input_tokens).toBe(0);
    await timed.server.close();
  });

  test("the rate-limit headers count down", async () => {
    const remaining = async (): Promise<number> => {
      const { response } = await model.client.messages.create(plain).withResponse();
      return Number(response.headers.get("anthropic-ratelimit-requests-remaining"));
    };
    const before = await remaining();
    expect(await remaining()).toBe(before - 1);
  });
});

describe("faults on demand", () => {
  const fail = (fault: object) => model.sandbox("POST", "/faults", fault);

  test("429 carries its retry-after and is tried again by the SDK, 529 and 500 have their own classes", async () => {
    await fail({ kind: "429", retryAfterSeconds: 0 });
    await fail({ kind: "529" });
    await fail({ kind: "500" });
    const error = await model.client.messages.create(plain).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Anthropic.RateLimitError);
    expect(error).toMatchObject({ status: 429, type: "rate_limit_error" });
    expect(error instanceof Anthropic.APIError ? error.headers?.get("retry-after") : null).toBe("0");
    expect(error instanceof Anthropic.APIError ? error.requestID : null).toMatch(/^req_/);
    await expect(model.client.messages.create(plain)).rejects.toMatchObject({ status: 529, type: "overloaded_error" });
    await expect(model.client.messages.create(plain)).rejects.toBeInstanceOf(Anthropic.InternalServerError);
    expect((await model.client.messages.create(plain)).type).toBe("message");

    await fail({ kind: "429", retryAfterSeconds: 0.01, count: 2 });
    expect((await model.client.messages.create(plain, { maxRetries: 2 })).type).toBe("message");
    expect(await model.sandbox("GET", "/log")).toMatchObject({
      counts: { status_429: 3, status_529: 1, status_500: 1, status_200: 2, fault_429: 3 },
    });
  });

  test("garbage is no JSON, a cut answer stops in the middle, a refusal has no content", async () => {
    const request = { ...promptFor("what time do you close"), output_config: { format } };
    await fail({ kind: "garbage" });
    await expect(model.client.messages.parse(request)).rejects.toThrow();
    await fail({ kind: "max_tokens" });
    const cut = await model.client.messages.create(request);
    expect(cut.stop_reason).toBe("max_tokens");
    expect(() => JSON.parse(cut.content[0]?.type === "text" ? cut.content[0].text : "")).toThrow();
    await fail({ kind: "refusal" });
    expect(await model.client.messages.create(request)).toMatchObject({
      stop_reason: "refusal",
      content: [],
      stop_details: { type: "refusal" },
    });
  });

  test("a hanging answer ends when the caller gives up, and a slow one comes in the end", async () => {
    await fail({ kind: "hang" });
    await expect(model.client.messages.create(plain, { timeout: 50 })).rejects.toBeInstanceOf(Anthropic.APIConnectionTimeoutError);
    await fail({ kind: "slow", latencyMs: 20 });
    expect((await model.client.messages.create(plain)).type).toBe("message");
  });

  test("closing the server ends an answer that hangs", async () => {
    const other = await startTestModel();
    await other.sandbox("POST", "/faults", { kind: "hang" });
    const hanging = other.client.messages.create(plain).catch((caught: unknown) => caught);
    await expect.poll(async () => JSON.stringify(await other.sandbox("GET", "/log"))).toContain('"faults":[]');
    await other.server.close();
    expect(await hanging).toBeInstanceOf(Anthropic.APIConnectionError);
  });

  test("an unknown fault is refused and DELETE clears what was asked for", async () => {
    expect(await fail({ kind: "explode" })).toHaveProperty("problem");
    await fail({ kind: "500", count: 5 });
    await model.sandbox("DELETE", "/faults");
    expect((await model.client.messages.create(plain)).type).toBe("message");
  });
});
