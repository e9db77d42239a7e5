import { request as httpsRequest } from "node:https";
import { connect } from "node:tls";

import { isAllowed } from "./allowed.mjs";

/** Chosen by us: a hundred users with their cards stay far below. */
const ANSWER_MAX_BYTES = 1024 * 1024;
const HANDSHAKE_WITHIN_MS = 5_000;
const PASSED_HEADERS = ["content-type", "date", "retry-after"];
/** Keys to the building. They have no business outside it. */
const KEPT_BACK = new Set(["nfc_cards", "pin_code", "touch_pass", "touch_passes", "license_plates"]);
const CERTIFICATE_CHANGED = "SPOTTER_CERTIFICATE_CHANGED";
const TOO_LARGE = "SPOTTER_TOO_LARGE";

/**
 * How one call ended. `not_sent`: not a byte of it has left. With every other failure but `refused` and
 * `certificate_changed`, which come before, the controller may have acted.
 * @typedef {{ kind: "answer", status: number, headers: Record<string, string>, text: string }
 *   | { kind: "failed", reason: "refused" | "not_sent" | "certificate_changed" | "timed_out" | "broken" | "too_large" }} Outcome
 */

/**
 * The one controller this relay speaks to, known by the SHA-256 fingerprint of its certificate.
 * @param {{ url: string, token: string, fingerprint: string }} settings
 */
export const createController = ({ url, token, fingerprint }) => {
  const { hostname, port } = placeOf(url);

  /**
   * @param {{ method: string, path: string, body?: string | null, timeoutMs: number }} call
   * @returns {Promise<Outcome>}
   */
  const call = async ({ method, path, body = null, timeoutMs }) => {
    if (!isAllowed({ method, path, body })) {
      return { kind: "failed", reason: "refused" };
    }
    const startedAt = performance.now();
    let socket;
    try {
      // A handshake for each call: a socket kept open may be closed in the moment it is used, which leaves an unlock unknown.
      socket = await openPinned({ hostname, port, fingerprint, withinMs: Math.min(timeoutMs, HANDSHAKE_WITHIN_MS) });
    } catch (error) {
      return { kind: "failed", reason: error.code === CERTIFICATE_CHANGED ? "certificate_changed" : "not_sent" };
    }
    const timeout = AbortSignal.timeout(Math.max(1, Math.round(timeoutMs - (performance.now() - startedAt))));
    const headers = {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      connection: "close",
      ...(body === null ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
    };
    try {
      return await exchange({ createConnection: () => socket, hostname, port, method, path, headers, signal: timeout }, body);
    } catch (error) {
      const reason = timeout.aborted ? "timed_out" : "broken";
      return { kind: "failed", reason: error.code === TOO_LARGE ? "too_large" : reason };
    } finally {
      socket.destroy();
    }
  };

  return { call, fingerprint };
};

/**
 * The fingerprint that a server shows now; `null` when it cannot be reached.
 * @param {string} url
 * @returns {Promise<string | null>}
 */
export const readFingerprint = async (url) => {
  const { hostname, port } = placeOf(url);
  try {
    const socket = await openTls({ hostname, port, withinMs: HANDSHAKE_WITHIN_MS });
    const shown = fingerprintOf(socket);
    socket.destroy();
    return shown;
  } catch {
    return null;
  }
};

/** An address of IPv6 stands in brackets in a URL and without them everywhere else. */
const placeOf = (url) => {
  const { hostname, port } = new URL(url);
  return { hostname: hostname.replace(/^\[|\]$/g, ""), port };
};

const openPinned = async ({ hostname, port, fingerprint, withinMs }) => {
  const socket = await openTls({ hostname, port, withinMs });
  if (fingerprintOf(socket) === fingerprint) {
    return socket;
  }
  socket.destroy();
  throw Object.assign(new Error("the controller shows another certificate"), { code: CERTIFICATE_CHANGED });
};

/** No authority vouches for a controller: whoever opens this compares the fingerprint before a byte is written. */
const openTls = ({ hostname, port, withinMs }) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port === "" ? 443 : port), rejectUnauthorized: false });
    const give = (error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => give(new Error("no handshake in time")), withinMs);
    socket.once("error", give);
    socket.once("secureConnect", () => {
      clearTimeout(timer);
      socket.off("error", give);
      // Until the request takes the socket over, a reset must not end this program.
      socket.on("error", () => undefined);
      resolve(socket);
    });
  });

const fingerprintOf = (socket) => socket.getPeerX509Certificate()?.fingerprint256 ?? null;

const exchange = (options, body) =>
  new Promise((resolve, reject) => {
    const request = httpsRequest(options, (response) => {
      readText(response).then((text) => resolve(answerOf(response, text)), reject);
    });
    request.once("error", reject);
    request.end(body ?? undefined);
  });

const readText = async (response) => {
  const chunks = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > ANSWER_MAX_BYTES) {
      response.destroy();
      throw Object.assign(new Error("the answer is too long"), { code: TOO_LARGE });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

const answerOf = (response, text) => ({
  kind: "answer",
  status: response.statusCode ?? 0,
  headers: Object.fromEntries(
    PASSED_HEADERS.flatMap((name) => (response.headers[name] === undefined ? [] : [[name, response.headers[name]]])),
  ),
  text: withoutKeys(text),
});

const withoutKeys = (text) => {
  try {
    return JSON.stringify(JSON.parse(text, (name, value) => (KEPT_BACK.has(name) ? undefined : value)));
  } catch {
    return text;
  }
};
