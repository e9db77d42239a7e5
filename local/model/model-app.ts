import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type Context, Hono } from "hono";
import { ApiFault, invalid } from "./api-fault.ts";
import { composeMessage, type Message } from "./compose-message.ts";
import { API_VERSION, CONTEXT_MAX_TOKENS, REQUEST_MAX_BYTES, SLOW_LATENCY_MS } from "./limits.ts";
import { describeModel, isKnownModel, listModels } from "./models.ts";
import { countPromptTokens, createPromptCache, type PromptCache } from "./prompt-cache.ts";
import { lastWordsOf } from "./prompt.ts";
import { createRateLimits, type RateLimits } from "./rate-limits.ts";
import { type MessageRequest, readCountRequest, readMessageRequest } from "./request.ts";
import { checkMessageRequest, checkPrompt } from "./request-rules.ts";
import { createSandboxRoutes } from "./sandbox-routes.ts";
import { createScenario, type Fault, type Scenario } from "./scenario.ts";
import { streamMessage } from "./stream-message.ts";

export type ModelAppOptions = { readonly latencyMs: number; readonly nowMs: () => number; readonly stopping: AbortSignal };

/** The Messages API as an app without a port, see `startModel`. */
export const createModelApp = ({ latencyMs, nowMs, stopping }: ModelAppOptions): Hono<{ Variables: Variables }> => {
  const scenario = createScenario();
  const cache = createPromptCache({ nowMs });
  const rateLimits = createRateLimits({ nowMs });
  const app = new Hono<{ Variables: Variables }>();

  app.use("*", async (c, next) => {
    c.set("requestId", `req_standin_${randomUUID().replaceAll("-", "")}`);
    await next();
    c.header("request-id", c.get("requestId"));
    c.header("x-spotter-stand-in", "model");
  });
  app.onError((error, c) => answerFault(c, error instanceof ApiFault ? error : new ApiFault(500, `stand-in: ${error.message}`)));
  app.notFound((c) => answerFault(c, new ApiFault(404, `stand-in: nothing at ${c.req.path}`)));
  app.get("/", (c) => c.text("Spotter model stand-in (Messages API), not the real service: its answers are templates\n"));
  app.route("/_sandbox", createSandboxRoutes({ scenario, clearCache: cache.clear }));

  app.use("/v1/*", async (c, next) => {
    checkCaller(c);
    await next();
  });
  app.get("/v1/models", (c) => c.json(listModels({ limit: Number(c.req.query("limit") ?? 20) || 20 })));
  app.get("/v1/models/:id", (c) => {
    const id = c.req.param("id");
    if (!isKnownModel(id)) {
      throw new ApiFault(404, `model: ${id}`);
    }
    return c.json(describeModel(id));
  });
  app.post("/v1/messages/count_tokens", async (c) => {
    const request = readCountRequest(await readJson(c));
    checkPrompt(request);
    return c.json({ input_tokens: countPromptTokens(request) });
  });

  app.post("/v1/messages", createMessageRoute({ cache, latencyMs, rateLimits, scenario, stopping }));
  return app;
};

type Parts = Pick<ModelAppOptions, "latencyMs" | "stopping"> & {
  readonly scenario: Scenario;
  readonly cache: PromptCache;
  readonly rateLimits: RateLimits;
};

const createMessageRoute =
  ({ cache, latencyMs, rateLimits, scenario, stopping }: Parts) =>
  async (c: ModelContext): Promise<Response> => {
    let request: MessageRequest | null = null;
    let fault: Fault | null = null;
    const record = (status: number, message: Message | null): void =>
      scenario.record(describeRequest(c, { request, fault, status, message }));
    try {
      request = readMessageRequest(await readJson(c));
      checkMessageRequest(request);
      fault = scenario.takeFault();
      await pause(fault, { latencyMs, signal: AbortSignal.any([c.req.raw.signal, stopping]) });
      const message = await composeMessage(request, { fault, scenario, input: cache.measure(request, credentialOf(c)) });
      const inputTokens = message.usage.input_tokens + message.usage.cache_creation_input_tokens;
      const limits = rateLimits.spend({ requests: 1, inputTokens, outputTokens: message.usage.output_tokens });
      Object.entries(limits).forEach(([name, value]) => c.header(name, value));
      record(200, message);
      return request.stream === true ? c.body(streamMessage(message), 200, SSE_HEADERS) : c.json(message);
    } catch (error) {
      record(error instanceof ApiFault ? error.status : 499, null);
      throw error;
    }
  };

type Variables = { requestId: string };
type ModelContext = Context<{ Variables: Variables }>;

const SSE_HEADERS = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" } as const;

const answerFault = (c: ModelContext, fault: ApiFault): Response =>
  new Response(JSON.stringify(fault.toBody(c.get("requestId"))), {
    status: fault.status,
    headers: { "content-type": "application/json", "request-id": c.get("requestId"), ...fault.headers },
  });

const credentialOf = (c: ModelContext): string => {
  const bearer = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  return createHash("sha256")
    .update(bearer ?? c.req.header("x-api-key") ?? "")
    .digest("hex");
};

const checkCaller = (c: ModelContext): void => {
  const hasBearer = /^Bearer \S/i.test(c.req.header("authorization") ?? "");
  if (!hasBearer && (c.req.header("x-api-key") ?? "") === "") {
    throw new ApiFault(401, "authentication is required: send a bearer token or x-api-key (the stand-in takes any)");
  }
  if ((c.req.header("anthropic-version") ?? "") === "") {
    throw invalid(`anthropic-version: header is required (this stand-in speaks ${API_VERSION})`);
  }
};

const readJson = async (c: ModelContext): Promise<unknown> => {
  const text = await c.req.text();
  if (Buffer.byteLength(text) > REQUEST_MAX_BYTES) {
    throw new ApiFault(413, `the request exceeds ${REQUEST_MAX_BYTES} bytes`);
  }
  if (text.length / 4 > CONTEXT_MAX_TOKENS) {
    throw invalid(`prompt is too long: the limit is ${CONTEXT_MAX_TOKENS} tokens`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("the request body is not valid JSON");
  }
};

/** Faults that end the request are thrown here; the others change only the answer. */
const pause = async (fault: Fault | null, { latencyMs, signal }: { latencyMs: number; signal: AbortSignal }): Promise<void> => {
  if (fault?.kind === "hang") {
    signal.throwIfAborted();
    await once(signal, "abort");
    signal.throwIfAborted();
  }
  await wait(fault?.kind === "slow" ? (fault.latencyMs ?? SLOW_LATENCY_MS) : latencyMs, undefined, { signal });
  const headers = fault?.retryAfterSeconds === undefined ? {} : { "retry-after": String(fault.retryAfterSeconds) };
  if (fault?.kind === "429") {
    throw new ApiFault(429, "stand-in: rate limited because a test asked for it", { headers });
  }
  if (fault?.kind === "529") {
    throw new ApiFault(529, "stand-in: overloaded because a test asked for it", { headers });
  }
  if (fault?.kind === "500") {
    throw new ApiFault(500, "stand-in: internal error because a test asked for it");
  }
};

type Outcome = {
  readonly request: MessageRequest | null;
  readonly fault: Fault | null;
  readonly status: number;
  readonly message: Message | null;
};

const describeRequest = (c: ModelContext, { fault, message, request, status }: Outcome) => ({
  requestId: c.get("requestId"),
  path: c.req.path,
  status,
  model: request?.model ?? null,
  isStreamed: request?.stream === true,
  fault: fault?.kind ?? null,
  retryCount: Number(c.req.header("x-stainless-retry-count") ?? 0),
  lastWords: request === null ? "" : lastWordsOf(request),
  answer: message?.content.map((block) => (block.type === "text" ? block.text : block.name)).join("\n") ?? null,
  usage: message?.usage ?? null,
});
