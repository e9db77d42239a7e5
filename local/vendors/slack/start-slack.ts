import { join } from "node:path";

import { Hono } from "hono";

import { DEMO_CLUBS, type DemoClub } from "../../../prisma/demo.ts";
import { openAcceptLog } from "../_shared/accept-log.ts";
import { createControl } from "../_shared/control.ts";
import { COMMON_FAULTS, createFaultPlan, type CommonFault } from "../_shared/faults.ts";
import { serveApp, type LocalServer } from "../serve-app.ts";
import { createApi, type NextErrors } from "./api.ts";
import { createLevers } from "./presses.ts";
import { createWorkspaces, type Entry, type SandboxClub } from "./workspace.ts";

export type SlackOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the product listens; presses go to its `/api/webhooks/slack/<connection>`. */
  readonly appUrl: string;
  /** Holds `slack.jsonl`, the accept log. */
  readonly dataDir: string;
  readonly clubs?: readonly DemoClub[];
  readonly now?: () => Date;
};

/** Starts the sandbox of the Slack Web API: messages with buttons, and people who press them. */
export const startSlack = async (options: SlackOptions): Promise<LocalServer> => {
  const { port, appUrl, dataDir, now = () => new Date() } = options;
  const clubs = (options.clubs ?? DEMO_CLUBS).flatMap(({ slug, slack, connections }): SandboxClub[] =>
    slack === null || connections.slack === null ? [] : [{ slug, slack, connectionId: connections.slack }],
  );
  const log = openAcceptLog<Entry>(join(dataDir, "slack.jsonl"));
  const faults = createFaultPlan<CommonFault>();
  const workspaces = createWorkspaces({ log, now });
  const nextErrors = createNextErrors();
  let ownUrl = "";
  const app = new Hono();
  app.get("/", (c) => c.text("Sandbox of the Slack Web API, not the real service.\n"));
  app.route("/", createControl({ kinds: COMMON_FAULTS, faults, log }));
  app.route("/", createLevers({ clubs, workspaces, faults, nextErrors, appUrl, ownUrl: () => ownUrl, now }));
  app.route("/", createApi({ clubs, workspaces, faults, nextErrors }));
  const server = await serveApp(app, port);
  ownUrl = server.url;
  process.stdout.write(`slack: sandbox of the Slack Web API, not the real service, at ${server.url}\n`);
  return server;
};

/** One word, said once. */
const createNextErrors = (): NextErrors => {
  let next: string | null = null;
  return {
    set: (error) => {
      next = error;
    },
    take: () => {
      const taken = next;
      next = null;
      return taken;
    },
  };
};
