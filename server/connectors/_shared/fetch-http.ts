import { ConnectorError, HttpFailure } from "../errors.ts";
import type { ConnectorHttp } from "../ports.ts";

/** Chosen by us: longer than any healthy answer, shorter than a person waits. */
export const DEFAULT_TIMEOUT_MS = 15_000;
/** Chosen by us: the largest list page of a vendor that was ever seen is 4.2 MB. */
export const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;

/** Failures of the network that happen before any byte of the request leaves this machine. */
const NOT_SENT_CODES = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

/** `ConnectorHttp` over the global fetch, without any guard on addresses: for tests, and as the core of a guarded one. */
export const createFetchHttp =
  (fetcher: typeof fetch = fetch): ConnectorHttp =>
  async (request) => {
    const timeout = AbortSignal.timeout(request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
    try {
      const response = await fetcher(request.url, {
        method: request.method,
        redirect: request.redirect ?? "manual",
        signal,
        ...(request.headers === undefined ? {} : { headers: request.headers }),
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      const text = await readText(response, request.maxBytes ?? DEFAULT_MAX_BYTES);
      return { status: response.status, headers: response.headers, text, url: response.url };
    } catch (error) {
      throw asFailure(error, timeout.aborted);
    }
  };

const readText = async (response: Response, maxBytes: number): Promise<string> => {
  if (response.body === null) {
    return "";
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new HttpFailure("too_large", `the answer is longer than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

/** A refusal of our own (pace, pause, address) is passed on as it is, also where `fetch` has wrapped it. */
export const asFailure = (error: unknown, hasTimedOut: boolean): HttpFailure | ConnectorError => {
  if (error instanceof HttpFailure || error instanceof ConnectorError) {
    return error;
  }
  if (error instanceof Error && (error.cause instanceof HttpFailure || error.cause instanceof ConnectorError)) {
    return error.cause;
  }
  if (hasTimedOut) {
    return new HttpFailure("timed_out", "the vendor did not answer in time", { cause: error });
  }
  if (error instanceof Error && error.name === "AbortError") {
    return new HttpFailure("aborted", "the call was given up", { cause: error });
  }
  return NOT_SENT_CODES.has(causeCode(error) ?? "")
    ? new HttpFailure("not_sent", "the vendor cannot be reached", { cause: error })
    : new HttpFailure("broken", "the connection to the vendor broke", { cause: error });
};

/** Node's fetch hides the reason of a failed connection in `cause`, sometimes as a list with one entry per address. */
const causeCode = (error: unknown): string | undefined => {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AggregateError) {
    return causeCode(new Error("", { cause: cause.errors[0] }));
  }
  return typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
};
