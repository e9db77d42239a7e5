import { join } from "node:path";

import { Hono } from "hono";

import { DEMO_CLUBS, type DemoClub } from "../../../prisma/demo.ts";
import { openAcceptLog } from "../_shared/accept-log.ts";
import { createControl } from "../_shared/control.ts";
import { COMMON_FAULTS, createFaultPlan, type CommonFault } from "../_shared/faults.ts";
import { serveApp, type LocalServer } from "../serve-app.ts";
import { createApi } from "./api.ts";
import { createBooks, type Entry, type SandboxClub } from "./books.ts";
import { createCashier } from "./cashier.ts";
import { createLevers } from "./control.ts";
import { SQUARE_FAULTS, type SquareFault } from "./refusals.ts";
import { createWebhookSender } from "./webhooks.ts";

/** Square's own index takes up to a minute; short enough here that people see it catch up. */
const SEARCH_LAG_MS = 15_000;

export type SquareOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the product listens; webhooks go to its `/api/webhooks/square/<connection>`. */
  readonly appUrl: string;
  /** The address of the product that was entered at Square, where that is another. */
  readonly publicUrl?: string;
  /** Holds `square.jsonl`, the accept log. */
  readonly dataDir: string;
  readonly clubs?: readonly DemoClub[];
  readonly webhookPausesMs?: readonly number[];
  readonly searchLagMs?: number;
  readonly now?: () => Date;
};

/** Starts the sandbox of Square: customers, orders, invoices, links, payments, a page to pay on, and signed webhooks. */
export const startSquare = async (options: SquareOptions): Promise<LocalServer> => {
  const { now = () => new Date(), appUrl, publicUrl = appUrl, searchLagMs = SEARCH_LAG_MS } = options;
  const clubs = (options.clubs ?? DEMO_CLUBS).flatMap(sandboxClubOf);
  const log = openAcceptLog<Entry>(join(options.dataDir, "square.jsonl"));
  const faults = createFaultPlan<CommonFault | SquareFault>();
  const books = createBooks({ log, now });
  const webhooks = createWebhookSender({ appUrl, publicUrl, faults, now, pausesMs: options.webhookPausesMs });
  const cashier = createCashier({ clubs, books, webhooks });
  const revoked = new Set<string>();
  const app = new Hono();
  app.get("/", (c) => c.text("Sandbox of Square, not the real service.\n"));
  app.route("/", createControl({ kinds: [...COMMON_FAULTS, ...SQUARE_FAULTS], faults, log }));
  app.route("/", createLevers({ clubs, books, cashier, revoked }));
  app.route("/", createApi({ clubs, books, cashier, faults, revoked, now, searchLagMs }));
  const server = await serveApp(app, options.port);
  process.stdout.write(`square: sandbox of Square, not the real service, at ${server.url}\n`);
  return {
    url: server.url,
    close: async () => {
      webhooks.close();
      await server.close();
    },
  };
};

const sandboxClubOf = ({ slug, name, timeZone, square, connections }: DemoClub): SandboxClub[] =>
  square === null || connections.square === null
    ? []
    : [{ slug, name, timeZone, currency: "USD", square, connectionId: connections.square }];
