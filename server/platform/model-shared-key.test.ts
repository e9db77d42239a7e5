import { describe, expect, test } from "vitest";
import { z } from "zod";

import { createThink, type ThinkRequest } from "./model-client.ts";
import {
  CALL_TIMEOUT_MS,
  CIRCUIT_OPEN_MS,
  CIRCUIT_TRIAL_MS,
  FALLBACK_RESERVE_MS,
  THINK_BUDGET_MS,
  THINK_MAX_TRIES,
} from "./model-limits.ts";
import { costMicrosOf } from "./model-prices.ts";
import { errorBody, messageBody, respond, scriptedService, testClock } from "./model-testing.ts";

const Answer = z.object({ word: z.string() });
const request: ThinkRequest<z.infer<typeof Answer>> = {
  system: [{ text: "You answer in JSON.", isCached: true }],
  messages: [{ role: "user", content: "say tango" }],
  schema: Answer,
  model: "claude-haiku-5-5",
};

type Script = Parameters<typeof scriptedService>[0];
type Over = Partial<Parameters<typeof createThink>[0]>;

const keyWith = (answer: Script, { isHurried = true, ...over }: Over & { readonly isHurried?: boolean } = {}) => {
  const service = scriptedService(answer);
  const clock = testClock({ isHurried });
  return { ...service, clock, think: createThink({ apiKey: "k", baseURL: undefined, fetch: service.fetch, clock, ...over }) };
};

const limited = (seconds: number): Response => respond(errorBody("rate_limit_error"), 429, { "retry-after": String(seconds) });
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a rate limit (F24)", () => {
  test("after a 429 nobody of the key calls before the named time: early retries 0", async () => {
    const callsAt: number[] = [];
    const key = keyWith(
      (_sent, index) => {
        callsAt.push(key.clock.nowMs());
        return index === 0 ? limited(7) : respond(messageBody());
      },
      { isHurried: false },
    );
    const first = key.think({ ...request, fairKey: "club_a" });
    await settled();
    const others = ["club_b", "club_c", "club_d"].map((fairKey) => key.think({ ...request, fairKey }));
    await settled();
    key.clock.advance(6_999);
    await settled();
    expect(callsAt).toEqual([0]);
    key.clock.advance(1);
    expect((await Promise.all([first, ...others])).map(({ kind }) => kind)).toEqual(Array.from({ length: 4 }, () => "thought"));
    expect(callsAt).toEqual([0, 7_000, 7_000, 7_000, 7_000]);
  });

  test("a wait longer than the thought's budget is no wait: everybody learns at once", async () => {
    const key = keyWith((_sent, index) => (index === 0 ? limited(3_600) : respond(messageBody())));
    const results = [await key.think(request), await key.think(request), await key.think({ ...request, budgetMs: 2_000 })];
    expect(results).toMatchObject([
      { failure: { kind: "rate_limited", retryAfterSeconds: 3_600 }, turn: { tryCount: 1 } },
      { failure: { kind: "rate_limited", retryAfterSeconds: 3_600 }, turn: { tryCount: 0 } },
      { failure: { kind: "rate_limited" }, turn: { tryCount: 0 } },
    ]);
    expect(key.sent).toHaveLength(1);
    expect(key.clock.waits).toEqual([]);
  });

  test("30 % of calls limited at random: every thought is thought and no call comes early", async () => {
    let heldUntilMs = 0;
    const early: number[] = [];
    const key = keyWith((_sent, index) => {
      const nowMs = key.clock.nowMs();
      if (nowMs < heldUntilMs) {
        early.push(index);
      }
      if (index % 10 < 3 && index % 2 === 0) {
        heldUntilMs = nowMs + 1_000;
        return limited(1);
      }
      return respond(messageBody());
    });
    for (let round = 0; round < 60; round += 1) {
      expect(await key.think({ ...request, fairKey: `club_${round % 5}` })).toMatchObject({ kind: "thought" });
    }
    expect(early).toEqual([]);
  });

  test("the clubs of a key share its requests and its tokens", async () => {
    const key = keyWith(() => respond(messageBody()), { isHurried: false, requestsPerMinute: 6, inputTokensPerMinute: 100_000 });
    const [first] = [key.think({ ...request, fairKey: "club_a" }), key.think({ ...request, fairKey: "club_b" })];
    await first;
    expect(key.sent).toHaveLength(1);
    key.clock.advance(10_000);
    await settled();
    expect(key.sent).toHaveLength(2);
  });
});

describe("a key that the service refuses (F25)", () => {
  const refusals: readonly [string, () => Response, string][] = [
    ["429 without a time", () => respond(errorBody("rate_limit_error"), 429), "rate_limited"],
    ["429 with a spend code", () => respond(errorBody("rate_limit_error", "enforced_spend_limit_reached"), 429), "spend_limit"],
    ["402", () => respond(errorBody("billing_error"), 402), "spend_limit"],
    ["401", () => respond(errorBody("authentication_error"), 401), "unauthorized"],
  ];

  test.each(refusals)("%s is not tried again, and all clubs fail at once until a probe", async (_name, refuse, kind) => {
    const key = keyWith(refuse);
    for (let index = 0; index < 20; index += 1) {
      expect(await key.think({ ...request, fallbackModel: "claude-sonnet-5-5" })).toMatchObject({ kind: "failed", failure: { kind } });
    }
    expect(key.sent).toHaveLength(1);
    expect(key.clock.waits).toEqual([]);
    key.clock.advance(CIRCUIT_OPEN_MS);
    await key.think(request);
    await key.think(request);
    expect(key.sent).toHaveLength(2);
  });

  test.each(refusals)("%s: the circuit closes by itself once a probe is answered", async (_name, refuse) => {
    const key = keyWith((_sent, index) => (index === 0 ? refuse() : respond(messageBody())));
    await key.think(request);
    key.clock.advance(CIRCUIT_OPEN_MS);
    expect(await key.think(request)).toMatchObject({ kind: "thought" });
    expect(await key.think(request)).toMatchObject({ kind: "thought" });
  });

  test("a probe that the service refuses for another reason has shown that the key is good", async () => {
    const key = keyWith((_sent, index) =>
      respond(errorBody(index === 0 ? "billing_error" : "invalid_request_error"), index === 0 ? 402 : 400),
    );
    await key.think(request);
    key.clock.advance(CIRCUIT_OPEN_MS);
    await key.think(request);
    expect(await key.think(request)).toMatchObject({ failure: { kind: "malformed" }, turn: { tryCount: 1 } });
  });

  test("while one probes the others still fail at once, and a probe that never reports is followed by another", async () => {
    const never = new Promise<Response>(() => undefined);
    const key = keyWith((_sent, index) => (index === 1 ? never : respond(errorBody("billing_error"), 402)));
    await key.think(request);
    key.clock.advance(CIRCUIT_OPEN_MS);
    void key.think(request);
    await settled();
    expect(await key.think(request)).toMatchObject({ failure: { kind: "spend_limit" }, turn: { tryCount: 0 } });
    key.clock.advance(CIRCUIT_TRIAL_MS);
    await key.think(request);
    expect(key.sent).toHaveLength(3);
  });

  test("those who wait for their turn when the key is refused wait no longer", async () => {
    let refuse = (): void => undefined;
    const refused = new Promise<Response>((resolve) => {
      refuse = () => resolve(respond(errorBody("billing_error"), 402));
    });
    const key = keyWith(() => refused, { isHurried: false, requestsPerMinute: 6 });
    const first = key.think(request);
    await settled();
    const waiting = key.think(request);
    await settled();
    refuse();
    expect(await Promise.all([first, waiting])).toMatchObject([{ failure: { kind: "spend_limit" } }, { failure: { kind: "spend_limit" } }]);
    expect(key.sent).toHaveLength(1);
  });

  test("a model that this key may not use closes it for nobody else", async () => {
    const key = keyWith((sent) =>
      sent.model === "claude-opus-5-5" ? respond(errorBody("permission_error"), 403) : respond(messageBody()),
    );
    expect(await key.think({ ...request, model: "claude-opus-5-5" })).toMatchObject({ failure: { kind: "unauthorized" } });
    expect(await key.think(request)).toMatchObject({ kind: "thought" });
  });
});

describe("an overloaded or silent service (F26)", () => {
  const withFallback = { ...request, fallbackModel: "claude-sonnet-5-5" };
  const models = (key: { readonly sent: readonly { readonly model: string }[] }): readonly string[] => key.sent.map(({ model }) => model);
  const broken: readonly [string, () => Response | Promise<Response>, string][] = [
    ["529", () => respond(errorBody("overloaded_error"), 529), "overloaded"],
    ["500", () => respond(errorBody("api_error"), 500), "unavailable"],
    ["a reset connection", () => Promise.reject(new TypeError("fetch failed")), "unavailable"],
  ];

  test.each(broken)("%s: three tries, then one with the model that stands in, which the turn names", async (_name, fail) => {
    const key = keyWith((sent) => (sent.model === "claude-haiku-5-5" ? fail() : respond(messageBody())));
    const result = await key.think(withFallback);
    expect(result).toMatchObject({ kind: "thought", turn: { model: "claude-sonnet-5-5", tryCount: THINK_MAX_TRIES + 1 } });
    expect(models(key)).toEqual([...Array.from({ length: THINK_MAX_TRIES }, () => "claude-haiku-5-5"), "claude-sonnet-5-5"]);
    expect(key.clock.waits).toEqual([500, 1_000]);
  });

  test.each(broken)("%s everywhere: the failure comes after the one try of the other model", async (_name, fail, kind) => {
    const key = keyWith(fail);
    expect(await key.think(withFallback)).toMatchObject({ kind: "failed", failure: { kind }, turn: { tryCount: THINK_MAX_TRIES + 1 } });
  });

  test("a model that stands in for itself is no other model", async () => {
    const key = keyWith(() => respond(errorBody("overloaded_error"), 529));
    expect(await key.think({ ...request, fallbackModel: request.model })).toMatchObject({ turn: { tryCount: THINK_MAX_TRIES } });
  });

  test("a service that hangs leaves room in the budget for the other model", async () => {
    const key = keyWith((sent, index) => {
      if (sent.model === "claude-haiku-5-5") {
        key.clock.advance(index === 0 ? CALL_TIMEOUT_MS : 4_000);
        return Promise.reject(new TypeError("terminated"));
      }
      return respond(messageBody());
    });
    expect(await key.think(withFallback)).toMatchObject({ kind: "thought", turn: { model: "claude-sonnet-5-5", tryCount: 3 } });
    expect(THINK_BUDGET_MS - key.clock.nowMs()).toBeGreaterThanOrEqual(FALLBACK_RESERVE_MS);
  });

  test("each answer that was billed is paid at the price of the model that gave it", async () => {
    const usage = { input_tokens: 1_000, output_tokens: 200 };
    const key = keyWith((sent, index) => {
      if (index === 0) {
        return respond(messageBody({ stop_reason: "max_tokens", usage }));
      }
      return sent.model === "claude-haiku-5-5" ? respond(errorBody("overloaded_error"), 529) : respond(messageBody({ usage }));
    });
    const tokens = { inputTokens: 1_000, outputTokens: 200, cacheReadTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 };
    expect((await key.think(withFallback)).turn).toMatchObject({
      model: "claude-sonnet-5-5",
      inputTokens: 2_000,
      outputTokens: 400,
      costMicros: costMicrosOf("claude-haiku-5-5", tokens) + costMicrosOf("claude-sonnet-5-5", tokens),
    });
  });
});
