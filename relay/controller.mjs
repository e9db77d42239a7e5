import { Agent, request as httpsRequest } from "node:https";
import { connect } from "node:tls";

import { isAllowed } from "./allowed.mjs";

/** Chosen by us: a hundred users with their cards stay far below. */
const ANSWER_MAX_BYTES = 1024 * 1024;
const HANDSHAKE_WITHIN_MS = 5_000;
const PASSED_HEADERS = ["content-type", "date", "retry-after"];
/** Keys to the building. They have no business outside it. */
const KEPT_BACK = new Set(["nfc_cards", "pin_code", "touch_pass", "touch_passes", "license_plates"]);
const CERTIFICATE_CHANGED = "SPOTTER_CERTIFICATE_CHANGED";

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
  const { hostname, port } = new URL(url);
  // One handshake a call: a socket kept open may be closed in the moment it is used, which leaves an unlock unknown.
  const agent = new Agent({ keepAlive: false });
  const connectTo = async (callback) => {
    let socket;
    try {
      socket = await openPinned({ hostname, port, fingerprint });
    } catch (error) {
      callback(error);
      return;
    }
    callback(null, socket);
  };
  agent.createConnection = (_options, callback) => void connectTo(callback);

  /**
   * @param {{ method: string, path: string, body?: string | null, timeoutMs: number }} call
   * @returns {Promise<Outcome>}
   */
  const call = ({ method, path, body = null, timeoutMs }) => {
    if (!isAllowed({ method, path, body })) {
      return Promise.resolve({ kind: "failed", reason: "refused" });
    }
    return new Promise((resolve) => {
      let isSent = false;
      const timeout = AbortSignal.timeout(Math.max(1, timeoutMs));
      const fail = (error) => resolve({ kind: "failed", reason: reasonOf(error, { isSent, hasTimedOut: timeout.aborted }) });
      const request = httpsRequest(
        {
          agent,
          hostname,
          port,
          method,
          path,
          signal: timeout,
          headers: {
            authorization: `Bearer ${token}`,
            accept: "application/json",
            ...(body === null ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
          },
        },
        (response) => {
          readText(response).then((text) => resolve(answerOf(response, text)), fail);
        },
      );
      request.once("socket", () => {
        isSent = true;
      });
      request.once("error", fail);
      request.end(body ?? undefined);
    });
  };

  return { call, fingerprint };
};

/**
 * The fingerprint that a server shows now; `null` when it cannot be reached.
 * @param {string} url
 * @returns {Promise<string | null>}
 */
export const readFingerprint = async (url) => {
  const { hostname, port } = new URL(url);
  try {
    const socket = await openTls({ hostname, port });
    const shown = fingerprintOf(socket);
    socket.destroy();
    return shown;
  } catch {
    return null;
  }
};

const openPinned = async ({ hostname, port, fingerprint }) => {
  const socket = await openTls({ hostname, port });
  if (fingerprintOf(socket) === fingerprint) {
    return socket;
  }
  socket.destroy();
  throw Object.assign(new Error("the controller shows another certificate"), { code: CERTIFICATE_CHANGED });
};

/** No authority vouches for a controller: whoever opens this compares the fingerprint before a byte is written. */
const openTls = ({ hostname, port }) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port === "" ? 443 : port), rejectUnauthorized: false });
    const give = (error) => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(HANDSHAKE_WITHIN_MS, () => give(new Error("no handshake in time")));
    socket.once("error", give);
    socket.once("secureConnect", () => {
      socket.setTimeout(0);
      socket.off("error", give);
      // Until the request takes the socket over, a reset must not end this program.
      socket.on("error", () => undefined);
      resolve(socket);
    });
  });

const fingerprintOf = (socket) => socket.getPeerX509Certificate()?.fingerprint256 ?? null;

const reasonOf = (error, { isSent, hasTimedOut }) => {
  if (error.code === CERTIFICATE_CHANGED) {
    return "certificate_changed";
  }
  if (!isSent) {
    return "not_sent";
  }
  if (error.code === "SPOTTER_TOO_LARGE") {
    return "too_large";
  }
  return hasTimedOut ? "timed_out" : "broken";
};

const readText = async (response) => {
  const chunks = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > ANSWER_MAX_BYTES) {
      response.destroy();
      throw Object.assign(new Error("the answer is too long"), { code: "SPOTTER_TOO_LARGE" });
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
