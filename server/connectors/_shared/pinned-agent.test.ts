import { afterEach, expect, test } from "vitest";

import { startUnifiWorld, type UnifiWorld } from "#local/vendors/unifi-access/testing.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createNetwork } from "./network.ts";
import { plainFingerprint } from "./pinned-agent.ts";
import { createTokenBucket } from "./token-bucket.ts";

const opened: UnifiWorld[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

const enter = async () => {
  const world = await startUnifiWorld();
  opened.push(world);
  const nowMs = (): number => 0;
  const open = (trustedOrigins: readonly string[], allowedRanges: readonly string[] = []) =>
    createNetwork({
      trustedOrigins,
      allowedRanges,
      bucket: createTokenBucket({ requestsPerSecond: 1_000, burst: 1_000 }, nowMs),
      breaker: createCircuitBreaker({ nowMs, onChange: () => undefined }),
    });
  return { world, open };
};

const get = (url: string) => ({ method: "GET" as const, url: `${url}/` });
const failureOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => null).catch((error: unknown) => error);

test("a certificate that no authority has signed is trusted by its fingerprint alone, however that is spelt", async () => {
  const { world, open } = await enter();
  const network = open([world.url]);
  for (const spelling of [world.fingerprint(), plainFingerprint(world.fingerprint()), world.fingerprint().toLowerCase()]) {
    expect(await network.pinned(spelling)(get(world.url))).toMatchObject({ status: 200 });
  }
  expect(await failureOf(network.http(get(world.url)))).toMatchObject({ name: "HttpFailure" });
});

test("another certificate is refused before anything is sent, and so is none to compare with", async () => {
  const { world, open } = await enter();
  const network = open([world.url]);
  const old = world.fingerprint();
  await world.renewCertificate();
  for (const fingerprint of [old, "", "AB"]) {
    expect(await failureOf(network.pinned(fingerprint)(get(world.url)))).toMatchObject({
      name: "ConnectorError",
      kind: "unauthorized",
      code: "certificate_changed",
    });
  }
});

test("a pinned address is kept to the allowed networks like every other, by its text and where its name leads", async () => {
  const { world, open } = await enter();
  const pinned = open([]).pinned(world.fingerprint());
  expect(await failureOf(pinned(get("https://127.0.0.1:12445")))).toMatchObject({ kind: "not_sent" });
  expect(await failureOf(pinned(get("https://localhost:12445")))).toMatchObject({ kind: "not_sent" });
  expect(await failureOf(pinned(get("http://127.0.0.1:12445")))).toMatchObject({ kind: "not_sent" });
  // Allowed, and nobody there: the guard has let it pass.
  const allowed = open([], ["127.0.0.1/32", "::1/128"]).pinned(world.fingerprint());
  expect(await failureOf(allowed(get("https://localhost:12445")))).toMatchObject({
    kind: "not_sent",
    message: "the vendor cannot be reached",
  });
});
