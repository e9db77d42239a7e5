import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { startTestModel } from "#local/model/testing.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

import { createThink } from "./model-client.ts";
import type { ThinkRequest } from "./model-client.ts";
import { THINK_BUDGET_MS, THINK_MAX_TRIES } from "./model-limits.ts";
import { costMicrosOf } from "./model-prices.ts";
import { testClock, type TestClock } from "./model-testing.ts";

const Answer = z.object({ word: z.string() });

const request: ThinkRequest<z.infer<typeof Answer>> = {
  system: [{ text: `You answer in JSON. ${"The club is friendly. ".repeat(200)}`, isCached: true }],
  messages: [{ role: "user", content: "say tango" }],
  schema: Answer,
  model: "claude-haiku-5-5",
};

let model: Awaited<ReturnType<typeof startTestModel>>;
let clock: TestClock;
const thinkWith = (over: { callTimeoutMs?: number; budgetMs?: number } = {}) =>
  createThink({ apiKey: "stand-in-key", baseURL: model.server.url, clock, ...over });
const fail = (kind: string, over: object = {}) => model.sandbox("POST", "/faults", { kind, ...over });

beforeAll(async () => {
  model = await startTestModel();
});
afterAll(() => model.server.close());
beforeEach(async () => {
  clock = testClock({ isHurried: true });
  await model.sandbox("DELETE", "");
  await model.sandbox("POST", "/script", { match: "tango", text: JSON.stringify({ word: "tango" }) });
});

describe("think", () => {
  test("gives the value and what it cost", async () => {
    const result = await thinkWith()(request);
    expect(result).toMatchObject({
      kind: "thought",
      value: { word: "tango" },
      turn: { model: "claude-haiku-5-5", stopReason: "end_turn", tryCount: 1 },
    });
    expect(result.turn.outputTokens).toBeGreaterThan(0);
    expect(result.turn.costMicros).toBeGreaterThan(0);
    expect(result.turn.externalRequestId).toMatch(/^req_/);
  });

  test("the second call reads the marked prefix from the cache and costs less", async () => {
    const first = await thinkWith()(request);
    const second = await thinkWith()(request);
    expect(first.turn.cacheWriteTokens).toBeGreaterThan(0);
    expect(second.turn.cacheReadTokens).toBe(first.turn.cacheWriteTokens);
    expect(second.turn.costMicros).toBeLessThan(first.turn.costMicros);
  });

  test.each([
    ["429", { retryAfterSeconds: 2 }, [2_000]],
    ["529", {}, [500]],
    ["500", {}, [500]],
  ])("%s is tried again after a moment", async (kind, over, expected) => {
    await fail(kind, over);
    expect(await thinkWith()(request)).toMatchObject({ kind: "thought", turn: { tryCount: 2 } });
    expect(clock.waits).toEqual(expected);
  });

  test("an overload that stays is given up after the last try", async () => {
    await fail("529", { count: 10 });
    expect(await thinkWith()(request)).toMatchObject({
      kind: "failed",
      failure: { kind: "overloaded" },
      turn: { tryCount: THINK_MAX_TRIES },
    });
    expect(clock.waits).toEqual([500, 1_000]);
  });

  test("a rate limit whose wait is longer than a thought may take is not waited for", async () => {
    const retryAfterSeconds = THINK_BUDGET_MS / 1_000;
    await fail("429", { retryAfterSeconds });
    expect(await thinkWith()(request)).toMatchObject({
      kind: "failed",
      failure: { kind: "rate_limited", retryAfterSeconds },
      turn: { tryCount: 1 },
    });
    expect(clock.waits).toEqual([]);
  });

  test.each([
    ["refusal", "refused"],
    ["garbage", "malformed"],
  ])("%s is named, billed and not tried again", async (kind, failure) => {
    await fail(kind);
    const result = await thinkWith()(request);
    expect(result).toMatchObject({ kind: "failed", failure: { kind: failure }, turn: { tryCount: 1 } });
    expect(clock.waits).toEqual([]);
  });

  test("an answer that is cut is asked for once more with twice the room, and both are billed", async () => {
    const whole = await thinkWith()(request);
    await fail("max_tokens");
    const second = await thinkWith()(request);
    expect(second).toMatchObject({ kind: "thought", value: { word: "tango" }, turn: { tryCount: 2, stopReason: "end_turn" } });
    expect(second.turn.outputTokens).toBeGreaterThan(whole.turn.outputTokens);
    expect(second.turn.cacheReadTokens).toBeGreaterThan(whole.turn.cacheReadTokens);
  });

  test("an answer that is cut twice is given up", async () => {
    await fail("max_tokens", { count: 5 });
    expect(await thinkWith()(request)).toMatchObject({ kind: "failed", failure: { kind: "truncated" }, turn: { tryCount: 2 } });
  });

  test("an answer of another shape is malformed", async () => {
    await model.sandbox("POST", "/script", { match: "tango", text: '{"word": 7}' });
    expect(await thinkWith()(request)).toMatchObject({ kind: "failed", failure: { kind: "malformed" } });
  });

  test("a model nobody knows is not tried again", async () => {
    expect(await thinkWith()({ ...request, model: "claude-imaginary-9" })).toMatchObject({
      kind: "failed",
      failure: { kind: "malformed", detail: "404 not_found_error" },
      turn: { tryCount: 1 },
    });
  });

  test("silence ends with our own time-out, also of all tries together", async () => {
    await fail("hang", { count: 10 });
    expect(await thinkWith({ callTimeoutMs: 60, budgetMs: 1_400 })(request)).toMatchObject({
      kind: "failed",
      failure: { kind: "timeout" },
      turn: { tryCount: 1 },
    });
    expect(await thinkWith({ callTimeoutMs: 60, budgetMs: 2_000 })(request)).toMatchObject({
      kind: "failed",
      failure: { kind: "timeout" },
      turn: { tryCount: 2 },
    });
  });

  test("a caller that gives up ends the call at once and gets a value", async () => {
    const giveUp = new AbortController();
    await fail("hang");
    const result = thinkWith()({ ...request, signal: giveUp.signal });
    giveUp.abort();
    expect(await result).toMatchObject({ kind: "failed", failure: { kind: "timeout" }, turn: { tryCount: 1 } });
  });
});

describe("errors of the service", () => {
  const answering = async (status: number, body: string): Promise<{ url: string; count: () => number; close: () => Promise<void> }> => {
    let served = 0;
    const server = createServer((_request, response) => {
      served += 1;
      response.writeHead(status, { "content-type": "application/json", "request-id": "req_test" }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}`,
      count: () => served,
      close: () => new Promise((resolve) => void server.close(() => resolve())),
    };
  };
  const body = (type: string, code?: string): string =>
    JSON.stringify({ type: "error", error: { type, message: "no", ...(code === undefined ? {} : { details: { error_code: code } }) } });

  test.each<[number, string, string, number]>([
    [401, body("authentication_error"), "unauthorized", 1],
    [403, body("permission_error"), "unauthorized", 1],
    [402, body("billing_error"), "spend_limit", 1],
    [429, body("rate_limit_error", "enforced_spend_limit_reached"), "spend_limit", 1],
    [402, body("billing_error", "linked_organization_spend_limit_reached"), "spend_limit", 1],
    [429, body("rate_limit_error"), "rate_limited", 1],
    [400, body("invalid_request_error"), "malformed", 1],
    [413, "too large", "malformed", 1],
    [500, "<html>oops</html>", "unavailable", 3],
    [504, body("timeout_error"), "timeout", 3],
    [529, body("overloaded_error"), "overloaded", 3],
  ])("%i %s is %s after %i calls", async (status, text, kind, calls) => {
    const server = await answering(status, text);
    const result = await createThink({ apiKey: "k", baseURL: server.url, clock })(request);
    await server.close();
    expect(result).toMatchObject({
      kind: "failed",
      failure: { kind },
      turn: { tryCount: calls, externalRequestId: "req_test", costMicros: 0 },
    });
    expect(server.count()).toBe(calls);
  });

  test("a service that cannot be reached is unavailable", async () => {
    const server = await answering(200, "{}");
    await server.close();
    expect(await createThink({ apiKey: "k", baseURL: server.url, clock })(request)).toMatchObject({
      kind: "failed",
      failure: { kind: "unavailable" },
      turn: { tryCount: 3 },
    });
  });
});

describe("cost", () => {
  const none = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 };

  test("a million tokens cost what the price list says", () => {
    expect(costMicrosOf("claude-sonnet-5-5", { ...none, inputTokens: 1_000_000 })).toBe(2_000_000);
    expect(costMicrosOf("claude-sonnet-5-5", { ...none, outputTokens: 1_000_000 })).toBe(10_000_000);
    expect(costMicrosOf("claude-haiku-5-5", { ...none, outputTokens: 1_000_000 })).toBe(500_000);
    expect(costMicrosOf("claude-haiku-5-5-20261007", { ...none, inputTokens: 10, cacheReadTokens: 100 })).toBe(2);
  });

  test("a prompt over 100,000 tokens has the long price, cached tokens included", () => {
    expect(costMicrosOf("claude-haiku-5-5", { ...none, inputTokens: 100_000 })).toBe(10_000);
    expect(costMicrosOf("claude-haiku-5-5", { ...none, inputTokens: 1, cacheReadTokens: 100_000 })).toBe(5_001);
  });

  test("an unknown model counts as the dearest, and a part of a micro-dollar as a whole one", () => {
    expect(costMicrosOf("claude-imaginary-9", { ...none, inputTokens: 1 })).toBe(10);
    expect(costMicrosOf("claude-haiku-5-5", { ...none, inputTokens: 1 })).toBe(1);
  });
});
