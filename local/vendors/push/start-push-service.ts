import { createECDH, randomBytes } from "node:crypto";

import { Hono } from "hono";

import { serveApp, type LocalServer } from "../serve-app.ts";
import { openPush, readAuthorization } from "./open-push.ts";

/** The largest message that a service must take (RFC 8030, section 7.2). */
const MESSAGE_MAX_BYTES = 4_096;
const DAY_SECONDS = 86_400;

/** A browser with its own key, subscribed for one application server. */
type Browser = { readonly privateKey: string; readonly auth: string; readonly serverKey: string; isGone: boolean; readonly read: string[] };

export type PushService = LocalServer & {
  /** As the browser hands it to its page. */
  readonly subscribe: (serverKey: string) => { readonly endpoint: string; readonly p256dh: string; readonly auth: string };
  /** The person has thrown the subscription away. */
  readonly forget: (endpoint: string) => void;
  /** The next message is answered so, and reaches nobody. */
  readonly answerNext: (status: 429 | 500 | 503) => void;
  /** What the browser has shown, opened with its own key. */
  readonly shown: (endpoint: string) => readonly string[];
};

/** The HTTP side of a browser's push service (RFC 8030, 8292), with the browsers behind it. */
export const startPushService = async ({ port = 0, now = () => new Date() } = {}): Promise<PushService> => {
  const browsers = new Map<string, Browser>();
  const answers: (429 | 500 | 503)[] = [];
  const app = new Hono();
  app.post("/push/:id", async (c) => {
    const scripted = answers.shift();
    if (scripted !== undefined) {
      return c.text("not now", scripted);
    }
    const browser = browsers.get(c.req.param("id"));
    if (browser === undefined) {
      return c.text("no such subscription", 404);
    }
    if (browser.isGone) {
      return c.text("unsubscribed", 410);
    }
    const refusal = refusalOf(c.req.header("authorization") ?? "", { browser, origin: new URL(c.req.url).origin, now: now() });
    if (refusal !== null) {
      return c.text(refusal, 403);
    }
    if (!/^\d+$/.test(c.req.header("ttl") ?? "") || c.req.header("content-encoding") !== "aes128gcm") {
      return c.text("no ttl, or an encoding that nobody reads", 400);
    }
    const body = Buffer.from(await c.req.arrayBuffer());
    if (body.length > MESSAGE_MAX_BYTES) {
      return c.text("too large", 413);
    }
    browser.read.push(openPush(body, browser));
    return c.body(null, 201);
  });
  const server = await serveApp(app, port);
  const of = (endpoint: string): Browser | undefined => browsers.get(endpoint.split("/").at(-1) ?? "");
  return {
    ...server,
    subscribe: (serverKey) => {
      const id = randomBytes(12).toString("hex");
      const pair = createECDH("prime256v1");
      pair.generateKeys();
      const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
        .subarray(-32)
        .toString("base64url");
      const auth = randomBytes(16).toString("base64url");
      browsers.set(id, { privateKey, auth, serverKey, isGone: false, read: [] });
      return { endpoint: `${server.url}/push/${id}`, p256dh: pair.getPublicKey("base64url"), auth };
    },
    forget: (endpoint) => {
      const browser = of(endpoint);
      if (browser !== undefined) {
        browser.isGone = true;
      }
    },
    answerNext: (status) => {
      answers.push(status);
    },
    shown: (endpoint) => of(endpoint)?.read ?? [],
  };
};

type Asked = { readonly browser: Browser; readonly origin: string; readonly now: Date };

const refusalOf = (header: string, { browser, now, origin }: Asked): string | null => {
  try {
    const { claims, key } = readAuthorization(header);
    const { aud, exp, sub } = Object(claims);
    const seconds = now.getTime() / 1_000;
    const isInTime = typeof exp === "number" && exp > seconds && exp <= seconds + DAY_SECONDS;
    const isMeant = aud === origin && /^(mailto:|https:)/.test(String(sub)) && key === browser.serverKey;
    return isInTime && isMeant ? null : "the token is not for this subscription";
  } catch (error) {
    return error instanceof Error ? error.message : "no authorization";
  }
};
