import { CALL_TIMEOUT_MS } from "./limits.ts";
import { type Answer, readAnswer, sign } from "./protocol.ts";

/**
 * `refused`: nobody listens, nothing has run. `lost`: the connection broke (the step may have run), or something else
 * than the SDK's endpoint answered.
 */
export type Called = { kind: "answered"; answer: Answer } | { kind: "refused" } | { kind: "lost"; reason: string };
type Call = { functionId: string; stepId: string; canonicalBody: string };
type Options = { endpoint: string; signingKey: string; signal: AbortSignal };

export const createCaller = ({ endpoint, signingKey, signal }: Options) => {
  return async ({ functionId, stepId, canonicalBody }: Call): Promise<Called> => {
    const url = new URL(endpoint);
    url.searchParams.set("fnId", functionId);
    url.searchParams.set("stepId", stepId);
    const timeout = AbortSignal.timeout(CALL_TIMEOUT_MS);
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          // Signatures are checked against the real clock, so this is never the clock that tests set.
          "x-inngest-signature": sign(canonicalBody, { key: signingKey, atMs: Date.now() }),
          "x-inngest-server-kind": "cloud",
          "user-agent": "spotter-local-executor",
        },
        body: canonicalBody,
        redirect: "manual",
        signal: AbortSignal.any([signal, timeout]),
      });
      const body = await response.text();
      const header = (name: string): string | null => response.headers.get(name);
      const answer = readAnswer({ status: response.status, header, body, nowMs: Date.now() });
      return answer === null
        ? { kind: "lost", reason: `HTTP ${response.status} from something that is not the Inngest endpoint` }
        : { kind: "answered", answer };
    } catch (error) {
      if (timeout.aborted) {
        return { kind: "answered", answer: timedOut };
      }
      return causeCodes(error).includes("ECONNREFUSED") ? { kind: "refused" } : { kind: "lost", reason: describe(error) };
    }
  };
};

/** Unlike a broken connection this counts as an attempt: a step that never answers would block its slot for ever. */
const timedOut: Answer = {
  kind: "threw",
  error: { name: "Error", message: `no answer from the app within ${CALL_TIMEOUT_MS / 1_000} s` },
  isFinal: false,
  retryAfterMs: null,
};

const causeCodes = (error: unknown): string[] => {
  if (!(error instanceof Error)) {
    return [];
  }
  const own = "code" in error && typeof error.code === "string" ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(causeCodes) : [];
  return [...own, ...inner, ...causeCodes(error.cause)];
};

const describe = (error: unknown): string => (error instanceof Error ? [error.message, ...causeCodes(error)].join(" ") : String(error));
