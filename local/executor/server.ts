import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { readRegistration, type Registration } from "./functions.ts";
import { hashOf, randomSeed, timeOrderedId } from "./ids.ts";
import { MAX_BODY_BYTES } from "./limits.ts";
import { hashSigningKey, isEqualSecret, stepsOf } from "./protocol.ts";
import type { EventBody, RunState } from "./run-state.ts";

export type Health = {
  status: "ready" | "waiting";
  functions: number;
  queued: number;
  running: number;
  /** ISO instant since which the longest waiting call is due, or `null` when none waits. */
  oldestQueuedAt: string | null;
};
type Options = {
  signingKey: string;
  eventKey: string;
  now: () => number;
  /** Stores events before it returns; throws when they could not be stored. */
  receive: (events: EventBody[]) => Promise<void>;
  /** `true` when anything differs from what was registered before. */
  register: (registration: Registration) => Promise<boolean>;
  findRun: (runId: string) => Promise<RunState | null>;
  health: () => Health;
  print: (line: string) => void;
};

const EventInput = z.looseObject({
  name: z
    .string()
    .min(1)
    .max(256)
    .refine((name) => !name.startsWith("inngest/"), "names that begin with inngest/ are reserved"),
  data: z.record(z.string(), z.json()).nullish(),
  id: z.string().max(512).nullish(),
  ts: z.number().int().nullish(),
});
const EventsInput = z.union([z.array(EventInput).min(1), EventInput.transform((event) => [event])]);

export const createServer = (options: Options): Hono => {
  const app = new Hono();
  const limit = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.json({ error: "too large", status: 413 }, 413) });
  const isSigned = (header: string | undefined): boolean => isEqualSecret(header ?? "", `Bearer ${hashSigningKey(options.signingKey)}`);

  app.get("/", (c) =>
    c.text("Spotter local executor: a stand-in that speaks the Inngest server protocol, not the real service.\nSee /health.\n"),
  );
  app.get("/health", (c) => {
    const health = options.health();
    return c.json(health, health.status === "ready" ? 200 : 503);
  });

  app.post("/e/:eventKey", limit, async (c) => {
    if (!isEqualSecret(c.req.param("eventKey"), options.eventKey)) {
      return c.json({ error: "unknown event key", status: 401 }, 401);
    }
    const parsed = EventsInput.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) {
      return c.json({ error: z.prettifyError(parsed.error), status: 400 }, 400);
    }
    const seed = c.req.header("x-inngest-event-id-seed") ?? randomSeed();
    const events = parsed.data.map((event, index) => toEventBody(event, { seed: `${seed},${index}`, nowMs: options.now() }));
    try {
      await options.receive(events);
    } catch (error) {
      options.print(`events were not stored: ${error instanceof Error ? error.message : String(error)}`);
      return c.json({ error: "events cannot be stored at the moment", status: 500 }, 500);
    }
    return c.json({ ids: events.map((event) => event.id), status: 200 });
  });

  app.on(["POST", "PUT"], "/fn/register", limit, async (c) => {
    if (!isSigned(c.req.header("authorization"))) {
      return c.json({ error: "the signing key differs from the executor's", status: 401 }, 401);
    }
    const result = readRegistration(await c.req.json().catch(() => null));
    if (result.kind === "refused") {
      const error = `the local executor refuses this registration: ${result.reasons.join(" | ")}`;
      options.print(error);
      return c.json({ ok: false, error, status: 400 }, 400);
    }
    try {
      return c.json({ ok: true, modified: await options.register(result.registration), status: 200 });
    } catch (error) {
      return c.json({ ok: false, error: `cannot store functions: ${error instanceof Error ? error.message : ""}`, status: 500 }, 500);
    }
  });

  app.get("/v0/runs/:runId/:what{actions|batch}", async (c) => {
    if (!isSigned(c.req.header("authorization"))) {
      return c.json({ error: "the signing key differs from the executor's", status: 401 }, 401);
    }
    const state = await options.findRun(c.req.param("runId"));
    if (state === null) {
      return c.json({ error: "no such run", status: 404 }, 404);
    }
    return c.json(c.req.param("what") === "batch" ? [state.event] : stepsOf(state));
  });

  return app;
};

/** Resolves when the port is bound; rejects when it is taken. */
export const listen = (app: Hono, { port, hostname }: { port: number; hostname: string }): Promise<ServerType> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname }, () => resolve(server));
    server.once("error", reject);
  });

/** Text that PostgreSQL takes as it is: no lone surrogates, no NUL. An id that had one stays the same id every time. */
const toEventBody = (
  { id, name, data, ts, ...rest }: z.infer<typeof EventInput>,
  { seed, nowMs }: { seed: string; nowMs: number },
): EventBody => ({
  ...JSON.parse(JSON.stringify(rest)),
  id: id === undefined || id === null || id === "" ? timeOrderedId(nowOf(seed, nowMs), hashOf(seed)) : cleanId(id),
  name,
  data: data ?? {},
  ts: ts ?? nowMs,
});

const cleanId = (id: string): string => (id.isWellFormed() && !id.includes("\0") ? id : hashOf(JSON.stringify(id)));

/** A seed begins with the sender's milliseconds, so that its retries give the equal id. */
const nowOf = (seed: string, nowMs: number): number => {
  const sentAtMs = Number(seed.split(",", 1)[0]);
  return Number.isSafeInteger(sentAtMs) && sentAtMs > 0 ? sentAtMs : nowMs;
};
