import { join } from "node:path";

import { Hono } from "hono";

import { DEMO_CLUBS, type DemoClub } from "../../../prisma/demo.ts";
import { openAcceptLog } from "../_shared/accept-log.ts";
import { createControl } from "../_shared/control.ts";
import { COMMON_FAULTS, createFaultPlan, type CommonFault } from "../_shared/faults.ts";
import { serveApp, type LocalServer } from "../serve-app.ts";
import { createApi, createTokenStore } from "./api.ts";
import { createLevers } from "./control.ts";
import { createEstate, type Run, type SandboxClub } from "./estate.ts";

export type NinjaOneOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  /** Holds `ninjaone.jsonl`, the accept log. */
  readonly dataDir: string;
  readonly clubs?: readonly DemoClub[];
  readonly now?: () => Date;
};

/** Starts the sandbox of the NinjaOne API: tokens, devices, one reset script a club, runs and their activities. */
export const startNinjaOne = async ({
  port,
  dataDir,
  clubs = DEMO_CLUBS,
  now = () => new Date(),
}: NinjaOneOptions): Promise<LocalServer> => {
  const own = clubs.flatMap(({ slug, ninjaOne }): SandboxClub[] => (ninjaOne === null ? [] : [{ slug, ninjaOne }]));
  const log = openAcceptLog<Run>(join(dataDir, "ninjaone.jsonl"));
  const faults = createFaultPlan<CommonFault>();
  const estate = createEstate({ clubs: own, log, now });
  const tokens = createTokenStore(now);
  const app = new Hono();
  app.get("/", (c) => c.text("Sandbox of the NinjaOne API, not the real service.\n"));
  app.route("/", createControl({ kinds: COMMON_FAULTS, faults, log }));
  app.route("/", createLevers({ estate, tokens }));
  app.route("/", createApi({ clubs: own, estate, tokens, faults, now }));
  const server = await serveApp(app, port);
  process.stdout.write(`ninjaone: sandbox of the NinjaOne API, not the real service, at ${server.url}\n`);
  return server;
};
