import { createServer } from "node:http";
import type { LookupAddress } from "node:dns";

import { afterAll, beforeAll, expect, test } from "vitest";

import { ConnectorError, HttpFailure } from "../errors.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createNetwork } from "./network.ts";
import { createTokenBucket } from "./token-bucket.ts";

let answer = 200;
let calls = 0;
let origin = "";
const server = createServer((_request, response) => {
  calls += 1;
  response.writeHead(answer, answer === 302 ? { location: "http://127.0.0.1:1/secret" } : {}).end("{}");
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** A name server that answers as it is told, another time perhaps differently. */
const resolver = (...answers: string[][]) => {
  const found = (): LookupAddress[] =>
    (answers.length > 1 ? answers.shift() : answers[0])?.map((address) => ({ address, family: 4 })) ?? [];
  // Only the form that asks for all addresses is used here.
  const lookup = (_host: string, _options: object, callback: (error: null, addresses: LookupAddress[]) => void) => callback(null, found());
  return lookup as never;
};

const open = (
  over: { trusted?: boolean; allowedRanges?: string[]; lookup?: never; perSecond?: number; burst?: number; nowMs?: () => number } = {},
) => {
  let sleptMs = 0;
  const nowMs = over.nowMs ?? (() => sleptMs);
  const waits: number[] = [];
  const changes: boolean[] = [];
  const network = createNetwork({
    trustedOrigins: over.trusted === false ? [] : [origin],
    allowedRanges: over.allowedRanges ?? [],
    bucket: createTokenBucket({ requestsPerSecond: over.perSecond ?? 1_000, burst: over.burst ?? 1_000 }, nowMs),
    breaker: createCircuitBreaker({ nowMs, onChange: (isOpen) => changes.push(isOpen) }),
    sleep: async (ms) => {
      waits.push(ms);
      const wakesAtMs = nowMs() + ms;
      await Promise.resolve();
      sleptMs = Math.max(sleptMs, wakesAtMs);
    },
    ...(over.lookup === undefined ? {} : { lookup: over.lookup }),
  });
  return { network, waits, changes, get: (url = `${origin}/`) => network.http({ method: "GET", url }) };
};

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test("an address of the installation is called as it is; the same address from a user is not", async () => {
  answer = 200;
  expect((await open().get()).status).toBe(200);
  const before = calls;
  expect(await failureOf(open({ trusted: false }).get())).toMatchObject({ kind: "not_sent" });
  expect(calls).toBe(before);
});

test("a name that leads into a private network is refused when the socket opens, whatever it said before", async () => {
  const mixed = open({ lookup: resolver(["93.184.216.34", "127.0.0.1"]) });
  const error = await failureOf(mixed.network.http({ method: "GET", url: "https://rebinding.example:443/" }));
  expect(error).toBeInstanceOf(HttpFailure);
  // The first look-up is clean, the second is not: every one is judged where it is used.
  const changing = open({ lookup: resolver(["93.184.216.34"], ["169.254.169.254"]) });
  expect(await changing.network.checkAddress("rebinding.example")).toEqual({ ip: "93.184.216.34", host: "rebinding.example" });
  expect(await failureOf(changing.network.checkAddress("rebinding.example"))).toMatchObject({ kind: "not_sent" });
});

test("a range that the installation allows is allowed by name as well", async () => {
  const { network } = open({ allowedRanges: ["127.0.0.1/32"], lookup: resolver(["127.0.0.1"]) });
  expect(await network.checkAddress("mail.club.example")).toEqual({ ip: "127.0.0.1", host: "mail.club.example" });
});

test("calls take turns by the vendor's limits, and a queue too long is refused with a time", async () => {
  answer = 200;
  const { get, waits } = open({ perSecond: 2, burst: 2 });
  await Promise.all([get(), get(), get(), get()]);
  expect(waits).toEqual([500, 1_000]);
  const slow = open({ perSecond: 0.1, burst: 1 });
  await slow.get();
  expect(await failureOf(slow.get())).toMatchObject({ kind: "throttled", retryAfterSeconds: 10 });
});

test("calls that are refused for the queue's length do not make it longer for those that come after", async () => {
  let nowMs = 0;
  const { get } = open({ perSecond: 0.1, burst: 1, nowMs: () => nowMs });
  await get();
  for (let index = 0; index < 100; index += 1) {
    expect(await failureOf(get())).toMatchObject({ kind: "throttled", retryAfterSeconds: 10 });
  }
  nowMs += 10_000;
  expect((await get()).status).toBe(200);
});

test("a vendor that fails five times is left alone, tried once after the pause, and called again when it answers", async () => {
  let nowMs = 0;
  const { get, changes } = open({ nowMs: () => nowMs });
  answer = 503;
  for (let index = 0; index < 5; index += 1) {
    await get();
  }
  const before = calls;
  expect(await failureOf(get())).toBeInstanceOf(ConnectorError);
  expect(await failureOf(get())).toMatchObject({ kind: "unavailable", retryAfterSeconds: 30 });
  expect(calls).toBe(before);
  nowMs += 30_000;
  await get();
  expect(calls).toBe(before + 1);
  // The trial failed: the pause has doubled.
  nowMs += 30_000;
  expect(await failureOf(get())).toMatchObject({ kind: "unavailable", retryAfterSeconds: 30 });
  nowMs += 30_000;
  answer = 200;
  await get();
  await get();
  expect(changes).toEqual([true, false]);
});

test("a redirect is never followed to a place nobody looked at", async () => {
  answer = 302;
  expect((await open().get()).status).toBe(302);
});
