import Anthropic from "@anthropic-ai/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestModel, type TestModel } from "./testing.ts";

let model: TestModel;
beforeAll(async () => {
  model = await startTestModel();
});
afterAll(() => model.server.close());

const hello = { role: "user", content: "hello" };
const base = { model: "claude-sonnet-5-5", max_tokens: 100, messages: [hello] };
const tool = { name: "lookup", input_schema: { type: "object" } };
const use = { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "lookup", input: {} }] };
const result = { type: "tool_result", tool_use_id: "toolu_1", content: "x" };
const mark = { cache_control: { type: "ephemeral" } };

const send = async (body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${model.server.url}/v1/messages`, {
    method: "POST",
    headers: { "x-api-key": "any", "anthropic-version": "2026-10-21", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json(), requestId: response.headers.get("request-id") };
};

describe("requests the API refuses with 400", () => {
  const without = (field: keyof typeof base): object => Object.fromEntries(Object.entries(base).filter(([key]) => key !== field));

  test.each<[string, unknown]>([
    ["no JSON", "{"],
    ["no max_tokens", without("max_tokens")],
    ["no model", without("model")],
    ["no messages", { ...base, messages: [] }],
    ["an unknown field", { ...base, temprature: 1 }],
    ["temperature", { ...base, temperature: 1 }],
    ["top_p", { ...base, top_p: 1 }],
    ["top_k", { ...base, top_k: 1 }],
    ["message threads", { ...base, thread: { type: "create" } }],
    ["an assistant first", { ...base, messages: [{ role: "assistant", content: "hi" }, hello] }],
    ["an assistant last", { ...base, messages: [hello, { role: "assistant", content: "I" }] }],
    ["an unknown role", { ...base, messages: [{ role: "robot", content: "hi" }] }],
    ["an empty text", { ...base, messages: [{ role: "user", content: "  " }] }],
    ["an unknown block", { ...base, messages: [{ role: "user", content: [{ type: "smell" }] }] }],
    ["citations on user text", { ...base, messages: [{ role: "user", content: [{ type: "text", text: "x", citations: [{}] }] }] }],
    ["a document of the assistant", { ...base, messages: [hello, { role: "assistant", content: [{ type: "document" }] }, hello] }],
    ["a tool call without result", { ...base, tools: [tool], messages: [hello, use, hello] }],
    ["a tool result without call", { ...base, tools: [tool], messages: [{ role: "user", content: [result] }] }],
    ["a tool result given twice", { ...base, tools: [tool], messages: [hello, use, { role: "user", content: [result, result] }] }],
    [
      "a tool result after text",
      { ...base, tools: [tool], messages: [hello, use, { role: "user", content: [{ type: "text", text: "x" }, result] }] },
    ],
    ["an unknown tool_choice", { ...base, tools: [tool], tool_choice: { type: "maybe" } }],
    ["a forced tool on this model", { ...base, tools: [tool], tool_choice: { type: "any" } }],
    ["a forced tool by name on this model", { ...base, tools: [tool], tool_choice: { type: "tool", name: "lookup" } }],
    [
      "a choice of a tool that is not offered",
      { ...base, model: "claude-haiku-5-5", tools: [tool], tool_choice: { type: "tool", name: "other" } },
    ],
    ["a choice without tools", { ...base, tool_choice: { type: "auto" } }],
    ["two tools of one name", { ...base, tools: [tool, tool] }],
    ["a tool name with blanks", { ...base, tools: [{ ...tool, name: "look up" }] }],
    ["a thinking budget", { ...base, thinking: { type: "enabled", budget_tokens: 2_000 } }],
    ["a format of another kind", { ...base, output_config: { format: { type: "xml", schema: {} } } }],
    [
      "an open object in the format",
      { ...base, output_config: { format: { type: "json_schema", schema: { type: "object", properties: {} } } } },
    ],
    [
      "a fifth cache breakpoint",
      { ...base, system: Array.from({ length: 5 }, (_, index) => ({ type: "text", text: `part ${index}`, ...mark })) },
    ],
    ["an unknown cache lifetime", { ...base, cache_control: { type: "ephemeral", ttl: "2h" } }],
  ])("%s", async (_what, body) => {
    const answer = await send(body);
    expect(answer).toMatchObject({ status: 400, body: { type: "error", error: { type: "invalid_request_error" } } });
    expect(answer.body.request_id).toBe(answer.requestId);
  });

  test("no version header", async () => {
    expect((await send(base, { "anthropic-version": "" })).status).toBe(400);
  });
});

describe("what it accepts", () => {
  test("the same tool calls, answered in order, and thinking between tools", async () => {
    const answered = { role: "user", content: [result, { type: "text", text: "and?" }] };
    const body = {
      ...base,
      tools: [tool],
      tool_choice: { type: "auto" },
      thinking: { type: "between_tools" },
      messages: [hello, use, answered],
    };
    expect((await send(body)).status).toBe(200);
  });

  test("a bearer token as well as x-api-key, but not neither", async () => {
    expect((await send(base, { "x-api-key": "", authorization: "Bearer some-key" })).status).toBe(200);
    expect(await send(base, { "x-api-key": "" })).toMatchObject({ status: 401, body: { error: { type: "authentication_error" } } });
  });

  test("max_tokens 0 warms the cache and says nothing", async () => {
    expect((await send({ ...base, max_tokens: 0 })).body).toMatchObject({ content: [], stop_reason: "max_tokens" });
  });

  test("a stop sequence ends the text before it", async () => {
    expect((await send({ ...base, stop_sequences: ["!"] })).body).toMatchObject({ stop_reason: "stop_sequence", stop_sequence: "!" });
  });
});

test("an unknown model is the SDK's NotFoundError", async () => {
  const call = model.client.messages.create({ model: "claude-imaginary-1", max_tokens: 10, messages: [{ role: "user", content: "hi" }] });
  await expect(call).rejects.toBeInstanceOf(Anthropic.NotFoundError);
});

test("every answer and the front page say that this is a stand-in", async () => {
  const page = await fetch(model.server.url);
  expect(await page.text()).toContain("stand-in");
  const refused = await fetch(`${model.server.url}/v1/nothing`, { headers: { "x-api-key": "any", "anthropic-version": "1" } });
  expect(refused.headers.get("x-spotter-stand-in")).toBe("model");
  expect(refused.status).toBe(404);
});
