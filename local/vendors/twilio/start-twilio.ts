import { join } from "node:path";

import { Hono } from "hono";

import { DEMO_CLUBS, type DemoClub } from "../../../prisma/demo.ts";
import { openAcceptLog } from "../_shared/accept-log.ts";
import { createControl } from "../_shared/control.ts";
import { COMMON_FAULTS, createFaultPlan } from "../_shared/faults.ts";
import { serveApp, type LocalServer } from "../serve-app.ts";
import { createApi } from "./api.ts";
import { createLevers } from "./control.ts";
import type { Entry, Status, StoredMessage } from "./entries.ts";
import { ANSWER_TO, keywordOf } from "./keywords.ts";
import { createMessageSystem, type TwilioClub } from "./message-system.ts";
import { OWN_FAULTS, type TwilioFault } from "./refusals.ts";
import { createWebhookSender } from "./webhooks.ts";

export type TwilioOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the product listens; webhooks go to its `/api/webhooks/twilio/<connection>`. */
  readonly appUrl: string;
  /** The product's public address, which is what gets signed. */
  readonly publicUrl?: string;
  /** Holds `twilio.jsonl`, the accept log. */
  readonly dataDir: string;
  readonly clubs?: readonly DemoClub[];
  /** How long a text takes to leave the queue, and again to be delivered. */
  readonly deliveryMs?: number;
  /** Pauses before each webhook attempt. */
  readonly webhookPausesMs?: readonly number[];
  readonly now?: () => Date;
};

/** What the carrier says later of a text that was sent (twilio.com/docs/api/errors, 2026-11). */
const CARRIER_CODES = { undelivered: 30_003, filtered: 30_007, unregistered: 30_034 } as const;

/** Starts the sandbox of the Twilio API: messages and account, signed webhooks, and `/_sandbox/…` to play the members. */
export const startTwilio = async (options: TwilioOptions): Promise<LocalServer> => {
  const { clubs = DEMO_CLUBS, deliveryMs = 350, appUrl, publicUrl = appUrl } = options;
  const log = openAcceptLog<Entry>(join(options.dataDir, "twilio.jsonl"));
  const faults = createFaultPlan<TwilioFault>();
  const clock = options.now ?? (() => new Date());
  const now = (): Date => {
    const skew = faults.strike({ operation: "clock", club: "", kinds: ["clock_skew"] });
    return new Date(clock().getTime() + (skew?.delayMs ?? 0));
  };
  const system = createMessageSystem({ clubs, log, now });
  const webhooks = createWebhookSender({
    appUrl,
    publicUrl,
    faults,
    ...(options.webhookPausesMs === undefined ? {} : { pausesMs: options.webhookPausesMs }),
  });

  const change = (club: TwilioClub, to: { message: StoredMessage; status: Status; errorCode?: number }): void => {
    system.setStatus(to.message.sid, to);
    webhooks.announceStatus(club, { message: to.message, standing: system.standingOf(to.message) });
  };
  const onSent = (club: TwilioClub, message: StoredMessage): void => {
    const fault = faults.strike({ operation: "send", club: club.slug, kinds: ["stuck", "undelivered", "filtered", "unregistered"] });
    if (fault?.kind === "stuck") {
      return;
    }
    webhooks.later(deliveryMs, () => {
      change(club, { message, status: "sent" });
      webhooks.later(deliveryMs, () => {
        const errorCode = fault === null ? undefined : CARRIER_CODES[fault.kind as keyof typeof CARRIER_CODES];
        change(club, { message, ...(errorCode === undefined ? { status: "delivered" } : { status: "undelivered", errorCode }) });
      });
    });
  };
  const onReceived = (club: TwilioClub, message: StoredMessage): void => {
    webhooks.announceText(club, message);
    const keyword = keywordOf(message.body);
    if (keyword !== null) {
      onSent(club, system.accept({ club, memberPhone: message.from, body: ANSWER_TO[keyword], source: "vendor" }));
    }
  };

  const app = new Hono();
  app.get("/", (c) => c.text("Sandbox of the Twilio API, not the real service.\n"));
  app.route("/", createLevers({ system, onReceived, onSent }));
  app.route("/", createControl({ kinds: [...COMMON_FAULTS, ...OWN_FAULTS], faults, log }));
  app.route("/", createApi({ system, faults, onSent, now }));
  const server = await serveApp(app, options.port);
  process.stdout.write(`twilio: sandbox of the Twilio API, not the real service, at ${server.url}\n`);
  return {
    url: server.url,
    close: async () => {
      webhooks.close();
      await server.close();
    },
  };
};
