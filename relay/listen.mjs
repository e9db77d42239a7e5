import { createServer } from "node:http";

const BODY_MAX_BYTES = 256 * 1024;
/** Chosen by us: what Spotter would refuse for its age (5 minutes) is not tried any longer. */
const PAUSES_MS = [1_000, 3_000, 10_000, 30_000, 60_000, 120_000];
/** More cannot have happened at a door while Spotter was away for a few minutes. */
const WAITING_MAX = 500;
const FORWARD_WITHIN_MS = 5_000;

/**
 * Takes the controller's webhooks inside the club's network and hands them to Spotter, bytes and signature as they are:
 * for clubs whose controller may not call the internet. The controller is answered at once.
 * @param {{ port: number, server: string, connectionId: string, say: (line: string) => void }} settings
 */
export const listen = async ({ port, server, connectionId, say }) => {
  const timers = new Set();
  const target = `${server}/api/webhooks/unifi_access/${connectionId}`;

  const forward = async (call, tries) => {
    try {
      const response = await fetch(target, { method: "POST", ...call, redirect: "error", signal: AbortSignal.timeout(FORWARD_WITHIN_MS) });
      if (response.status < 500) {
        if (!response.ok) {
          say(`Spotter refused a webhook of the controller (${response.status})`);
        }
        return;
      }
    } catch {
      // Tried again below, like an error of the server.
    }
    const pauseMs = PAUSES_MS[tries];
    if (pauseMs === undefined || timers.size >= WAITING_MAX) {
      say("a webhook of the controller could not be handed to Spotter");
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      void forward(call, tries + 1);
    }, pauseMs);
    timers.add(timer);
  };

  const http = createServer(async (request, response) => {
    const body = request.method === "POST" ? await readBody(request) : null;
    response.writeHead(body === null ? 400 : 200).end();
    if (body !== null) {
      const { signature = "" } = request.headers;
      void forward({ headers: { "content-type": "application/json", signature: String(signature) }, body }, 0);
    }
  });
  await new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, () => resolve(undefined));
  });
  const address = http.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () => {
      timers.forEach((timer) => clearTimeout(timer));
      http.closeAllConnections();
      http.close();
    },
  };
};

const readBody = async (request) => {
  const chunks = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size > BODY_MAX_BYTES) {
        return null;
      }
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
};
