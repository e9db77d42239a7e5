/** Chosen by us: longer than Spotter holds a question open (25 s). */
const NEXT_WITHIN_MS = 40_000;
const ANSWER_WITHIN_MS = 5_000;

/** Spotter no longer knows this relay: it was revoked, or another one was paired in its place. */
export class NotPaired extends Error {}

/**
 * @param {string} server address of Spotter
 * @returns {string} the same without a slash at its end; https, except on this machine
 */
export const serverAddress = (server) => {
  const url = new URL(server);
  if (url.protocol !== "https:" && !["127.0.0.1", "localhost", "[::1]"].includes(url.hostname)) {
    throw new Error("the address of Spotter must begin with https://");
  }
  return url.href.replace(/\/+$/, "");
};

/**
 * Trades the code for a token.
 * @param {string} server
 * @param {{ code: string, fingerprint: string, version: string }} request
 * @returns {Promise<{ token: string, connectionId: string, club: string }>}
 */
export const pair = async (server, request) => {
  const response = await post(`${server}/api/relay/pair`, { body: request, timeoutMs: ANSWER_WITHIN_MS * 2 });
  if (!response.ok) {
    throw new Error(response.status === 404 ? "the code is wrong, used or expired" : `Spotter refused to pair (${response.status})`);
  }
  return response.json();
};

/**
 * What Spotter wants done next.
 * @param {{ server: string, token: string, report: object, signal?: AbortSignal }} input
 * @returns {Promise<{ call: { id: string, method: string, path: string, body: string | null, expiresInMs: number }, waitedMs: number } | null>}
 */
export const next = async ({ server, token, report, signal }) => {
  const response = await post(`${server}/api/relay/next`, { token, body: report, timeoutMs: NEXT_WITHIN_MS, signal });
  throwUnlessServed(response);
  return response.status === 204 ? null : response.json();
};

/**
 * @param {{ server: string, token: string, id: string, outcome: import("./controller.mjs").Outcome, report?: object }} input
 */
export const answer = async ({ server, token, ...body }) => {
  throwUnlessServed(await post(`${server}/api/relay/answer`, { token, body, timeoutMs: ANSWER_WITHIN_MS }));
};

const throwUnlessServed = (response) => {
  if (response.status === 403) {
    throw new NotPaired("Spotter no longer knows this relay; pair it again");
  }
  if (!response.ok) {
    throw new Error(`Spotter answered ${response.status}`);
  }
};

const post = (url, { token, body, timeoutMs, signal }) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
  });
