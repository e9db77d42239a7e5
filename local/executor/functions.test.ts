import { Inngest, type InngestFunction } from "inngest";
import { expect, test } from "vitest";
import { readRegistration } from "./functions.ts";

const client = new Inngest({ id: "gym", isDev: false });

/** What the SDK would post, read by its own code. */
const register = (...functions: InngestFunction.Any[]) =>
  readRegistration(
    JSON.parse(
      JSON.stringify({
        appName: "gym",
        functions: functions.flatMap((fn) => fn["getConfig"]({ baseUrl: new URL("http://127.0.0.1/api/inngest"), appPrefix: "gym" })),
      }),
    ),
  );

type Config = Parameters<typeof client.createFunction>[0];
const withConfig = (config: Partial<Config>) =>
  register(client.createFunction({ id: "work", triggers: [{ event: "gym/work" }], ...config }, () => null));

test("everything a function of ours declares is understood", () => {
  const result = register(
    client.createFunction(
      {
        id: "work",
        triggers: [{ event: "gym/work", if: "event.data.size > 1" }, { cron: "TZ=America/Denver 0 6 * * *" }],
        retries: 4,
        concurrency: [
          { limit: 5, key: "event.data.clubId" },
          { limit: 9, scope: "env", key: "'vendor'" },
        ],
        debounce: { period: "10s", key: "event.data.clubId", timeout: "1m" },
        cancelOn: [{ event: "gym/stopped", if: "async.data.clubId == event.data.clubId", timeout: "1h" }],
        onFailure: () => null,
      },
      () => null,
    ),
  );
  expect(result.kind === "accepted" && result.registration.functions.map(({ definition }) => definition)).toEqual([
    {
      id: "gym-work",
      app: "gym",
      triggers: [{ event: "gym/work", expression: "event.data.size > 1" }, { cron: "TZ=America/Denver 0 6 * * *" }],
      maxAttempts: 5,
      constraints: [
        { id: "gym-work#event.data.clubId", key: "event.data.clubId", limit: 5 },
        { id: "env#'vendor'", key: "'vendor'", limit: 9 },
      ],
      cancels: [{ event: "gym/stopped", expression: "async.data.clubId == event.data.clubId", timeoutMs: 3_600_000 }],
      debounce: { key: "event.data.clubId", periodMs: 10_000, timeoutMs: 60_000 },
    },
    {
      id: "gym-work-failure",
      app: "gym",
      triggers: [{ event: "inngest/function.failed", expression: "event.data.function_id == 'gym-work'" }],
      maxAttempts: 2,
      constraints: [],
      cancels: [],
      debounce: null,
    },
  ]);
});

test("a function without retries of its own gets the SDK's four attempts", () => {
  const result = withConfig({});
  expect(result.kind === "accepted" && result.registration.functions[0]?.definition.maxAttempts).toBe(4);
});

test.each<[string, Partial<Config>, RegExp]>([
  ["an unknown zone", { triggers: [{ cron: "TZ=Mars/Olympus 0 6 * * *" }] }, /gym-work.*cron.*Mars/],
  ["a broken condition", { triggers: [{ event: "gym/work", if: "event.data." }] }, /gym-work.*expression/],
  ["an unknown variable", { cancelOn: [{ event: "gym/stopped", if: "evnt.data.x == async.data.x" }] }, /cancel\.0\.if.*evnt/],
  ["a broken key", { concurrency: { limit: 1, key: "event.data.clubId +" } }, /concurrency.*event\.data\.clubId \+/],
  ["an event with a wildcard", { triggers: [{ event: "gym/*" }] }, /wildcard/],
  ["throttling", { throttle: { limit: 1, period: "1m" } }, /throttle/],
  ["rate limits", { rateLimit: { limit: 1, period: "1m" } }, /rateLimit/],
  ["batches", { batchEvents: { maxSize: 10, timeout: "5s" } }, /batchEvents/],
  ["idempotency keys", { idempotency: "event.data.id" }, /idempotency/],
  ["priorities", { priority: { run: "1" } }, /priority/],
  ["time-outs of the whole run", { timeouts: { finish: "1h" } }, /timeouts/],
  ["singletons", { singleton: { mode: "skip" } }, /singleton/],
])("%s cannot be evaluated and is refused by name", (_what, config, reason) => {
  const result = withConfig(config);
  expect(result.kind === "refused" && result.reasons.join()).toMatch(reason);
});

test("one function that is refused refuses the whole registration", () => {
  const result = register(
    client.createFunction({ id: "good", triggers: [{ event: "gym/work" }] }, () => null),
    client.createFunction({ id: "bad", idempotency: "event.data.id", triggers: [{ event: "gym/work" }] }, () => null),
  );
  expect(result).toMatchObject({ kind: "refused", reasons: [expect.stringContaining("gym-bad")] });
});

test.each([null, {}, { appName: "gym" }, { appName: "gym", functions: "none" }])("%j is no registration", (body) => {
  expect(readRegistration(body).kind).toBe("refused");
});
