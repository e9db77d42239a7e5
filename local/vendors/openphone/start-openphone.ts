import { join } from "node:path";

import { Hono } from "hono";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import type { DemoClub } from "../../../prisma/demo.ts";
import { serveApp } from "../serve-app.ts";
import type { LocalServer } from "../serve-app.ts";
import { openAcceptLog } from "../_shared/accept-log.ts";
import { createControl } from "../_shared/control.ts";
import { createFaultPlan } from "../_shared/faults.ts";
import { createApi } from "./api.ts";
import { createLevers } from "./control.ts";
import type { Entry, StoredCall, StoredMessage } from "./entries.ts";
import { createPhoneSystem } from "./phone-system.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { FAULT_KINDS, type OpenPhoneFault } from "./refusals.ts";
import { newsOfCall, newsOfMessage } from "./webhook-bodies.ts";
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
  const { clubs = DEMO_CLUBS, deliveryMs = 700 } = options;
  const log = openAcceptLog<Entry>(join(options.dataDir, "openphone.jsonl"));
  const faults = createFaultPlan<OpenPhoneFault>();
  const clock = options.now ?? (() => new Date());
  const now = (): Date => {
    const skew = faults.strike({ operation: "clock", club: "", kinds: ["clock_skew"] });
    return new Date(clock().getTime() + (skew?.delayMs ?? 0));
  };
  const system = createPhoneSystem({ clubs, log, now });
  const limiter = createRateLimiter({ perSecond: options.requestsPerSecond ?? 10, nowMs: () => clock().getTime() });
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
      webhooks.announce(club, newsOfMessage(`message.${outcome}`, message));
    });
  };
  const onReceived = (club: DemoClub, message: StoredMessage): void => webhooks.announce(club, newsOfMessage("message.received", message));
  const onCalled = (club: DemoClub, call: StoredCall): void => newsOfCall(call).forEach((news) => webhooks.announce(club, news));

  const app = new Hono();
  app.get("/", (c) => c.text("Sandbox of the OpenPhone API, not the real service.\n"));
  // Before the common levers: this sandbox has a log of its own, by page and by number.
  app.route("/", createLevers({ system, log, onReceived, onSent, onCalled }));
  app.route("/", createControl({ kinds: FAULT_KINDS, faults, log }));
  app.route("/", createApi({ system, faults, limiter, onSent, now }));
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
