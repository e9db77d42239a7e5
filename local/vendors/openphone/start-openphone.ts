import { join } from "node:path";

import { Hono } from "hono";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import type { DemoClub } from "../../../prisma/demo.ts";
import { serveApp } from "../serve-app.ts";
import type { LocalServer } from "../serve-app.ts";
import { openAcceptLog } from "./accept-log.ts";
import type { StoredMessage } from "./accept-log.ts";
import { createApi } from "./api.ts";
import { createControl } from "./control.ts";
import { createFaultPlan } from "./faults.ts";
import { createPhoneSystem } from "./phone-system.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { createWebhookSender } from "./webhooks.ts";

export type OpenPhoneOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the product listens; webhooks go to its `/api/webhooks/openphone/<connection>`. */
  readonly appUrl: string;
  /** Holds `openphone.jsonl`, the accept log. */
  readonly dataDir: string;
  readonly clubs?: readonly DemoClub[];
  /** How long a text takes to be delivered. */
  readonly deliveryMs?: number;
  /** Pauses before each webhook attempt. */
  readonly webhookPausesMs?: readonly number[];
  readonly requestsPerSecond?: number;
  readonly now?: () => Date;
};

/** Starts the sandbox of the OpenPhone API: v1 routes, signed webhooks, and `/_sandbox/…` to play the members. */
export const startOpenPhone = async (options: OpenPhoneOptions): Promise<LocalServer> => {
  const { clubs = DEMO_CLUBS, deliveryMs = 700, now = () => new Date() } = options;
  const log = openAcceptLog(join(options.dataDir, "openphone.jsonl"));
  const system = createPhoneSystem({ clubs, log, now });
  const faults = createFaultPlan();
  const limiter = createRateLimiter({ perSecond: options.requestsPerSecond ?? 10, nowMs: () => now().getTime() });
  const webhooks = createWebhookSender({
    appUrl: options.appUrl,
    faults,
    now,
    ...(options.webhookPausesMs === undefined ? {} : { pausesMs: options.webhookPausesMs }),
  });

  const onSent = (club: DemoClub, message: StoredMessage): void => {
    const isLost = faults.strike({ operation: "send", club: club.slug, kinds: ["undelivered"] }) !== null;
    webhooks.later(deliveryMs, () => {
      const outcome = isLost ? "undelivered" : "delivered";
      system.setStatus(message.id, outcome);
      webhooks.announce(club, `message.${outcome}`, message);
    });
  };
  const onReceived = (club: DemoClub, message: StoredMessage): void => webhooks.announce(club, "message.received", message);

  const app = new Hono();
  app.get("/", (c) => c.text("Sandbox of the OpenPhone API, not the real service.\n"));
  app.route("/", createControl({ system, log, faults, onReceived, onSent }));
  app.route("/", createApi({ system, faults, limiter, onSent }));
  const server = await serveApp(app, options.port);
  process.stdout.write(`openphone: sandbox of the OpenPhone API, not the real service, at ${server.url}\n`);
  return {
    url: server.url,
    close: async () => {
      webhooks.close();
      await server.close();
    },
  };
};
