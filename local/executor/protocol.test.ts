import fc from "fast-check";
import { expect, test } from "vitest";
import { buildCallBody, hashSigningKey, isSigningKey, readAnswer, sign } from "./protocol.ts";
import { type EventBody, type Json, startRun } from "./run-state.ts";

const KEY = `signkey-test-${"5e".repeat(32)}`;
const NOW = Date.parse("2026-11-21T12:00:00Z");

const bodyWith = (data: Json): string => {
  const event: EventBody = { id: "e", name: "test", ts: NOW, data };
  const state = startRun({ id: "run", functionId: "fn", event, slots: [], parent: null, createdAtMs: NOW });
  return buildCallBody({ state, attempt: 0, maxAttempts: 4, isPlanOnly: false });
};

const read = (status: number, { body = "null", headers = {} }: { body?: string; headers?: Record<string, string> } = {}) => {
  const all: Record<string, string> = { "x-inngest-sdk": "inngest-js:v4.24.0", ...headers };
  return readAnswer({ status, header: (name) => all[name] ?? null, body, nowMs: NOW });
};

test("the signature depends on every character of the body, on the second and on the key, not on the key's prefix", () => {
  const signature = sign("{}", { key: KEY, atMs: NOW });
  expect(signature).toMatch(/^t=1795262400&s=[0-9a-f]{64}$/);
  expect(sign("{}", { key: KEY.replace("signkey-test-", "signkey-prod-"), atMs: NOW })).toBe(signature);
  expect(sign("{ }", { key: KEY, atMs: NOW })).not.toBe(signature);
  expect(sign("{}", { key: KEY, atMs: NOW + 1_000 })).not.toBe(signature);
  expect(sign("{}", { key: KEY.replace("5e", "5f"), atMs: NOW })).not.toBe(signature);
});

test("the bearer token keeps the prefix and does not hold the key", () => {
  expect(hashSigningKey(KEY)).toMatch(/^signkey-test-[0-9a-f]{64}$/);
  expect(hashSigningKey(KEY)).not.toContain("5e5e5e");
});

test.each([
  [KEY, true],
  ["5e5e", true],
  ["signkey-test-xyz", false],
  ["", false],
])("%j as a signing key: %s", (key, expected) => {
  expect(isSigningKey(key)).toBe(expected);
});

test("any event data can be put into a call, in canonical order and as valid JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
      const body = JSON.parse(bodyWith({ value: JSON.parse(JSON.stringify(value)), text }));
      expect(body.event.data.text).toBe(text.toWellFormed());
      expect(Object.keys(body)).toEqual(Object.keys(body).toSorted());
    }),
  );
});

test("a call too large for one request asks the app to fetch steps and events itself", () => {
  const body = JSON.parse(bodyWith({ text: "x".repeat(5_000_000) }));
  expect(body.ctx.use_api).toBe(true);
  expect(body.events).toEqual([]);
});

test("answers mean what the SDK means by them", () => {
  expect(read(200, { body: '{"a":1}' })).toEqual({ kind: "finished", output: { a: 1 } });
  expect(read(206, { body: '[{"op":"StepRun","id":"a","data":1}]' })).toMatchObject({
    kind: "ops",
    isFinal: false,
    ops: [{ op: "StepRun", id: "a", data: 1 }],
  });
  expect(read(206, { body: '[{"op":"StepFailed","id":"a"}]', headers: { "x-inngest-no-retry": "true" } })).toMatchObject({ isFinal: true });
  expect(read(500, { body: '{"name":"Error","message":"x"}', headers: { "retry-after": "30" } })).toMatchObject({
    kind: "threw",
    isFinal: false,
    retryAfterMs: 30_000,
    error: { message: "x" },
  });
  expect(read(400, { body: '"no"' })).toMatchObject({ kind: "threw", isFinal: true, error: { message: "no" } });
});

test("what did not come from the SDK is no answer", () => {
  expect(readAnswer({ status: 502, header: () => null, body: "<html>", nowMs: NOW })).toBeNull();
});
