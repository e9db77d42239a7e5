import { join } from "node:path";
import { Hono } from "hono";
import type { Context, Next } from "hono";
import { getCookie } from "hono/cookie";
import type { DemoClub } from "../../../prisma/demo.ts";
import { serveApp } from "../serve-app.ts";
import type { LocalServer } from "../serve-app.ts";
import { openAcceptLog } from "./accept-log.ts";
import { createClubStore } from "./club-store.ts";
import type { ClubStore } from "./club-store.ts";
import { addClubHubApi } from "./clubhub-api.ts";
import { addControlRoutes } from "./control.ts";
import { createFaultPlan } from "./faults.ts";
import { BOT_WALL_PAGE, NOT_FOUND_PAGE } from "./html.ts";
import { createSandbox, pause } from "./sandbox.ts";
import type { Sandbox } from "./sandbox.ts";
import { addLoginRoutes } from "./site-login.ts";
import type { Site } from "./site-login.ts";
import { addSitePages } from "./site-pages.ts";
import { createSiteSessions } from "./site-sessions.ts";

type Input = {
  /** 0 = any free port. */
  readonly port: number;
  /** Where `clubos-accepted.jsonl` lives. */
  readonly dataDir: string;
  readonly clubs: readonly DemoClub[];
  readonly now?: () => Date;
};

/** Stand-in for the ClubOS staff site (`/action/…`) and the ClubHub app back end (`/api/…`), on one port. */
export const startClubOs = async ({ port, dataDir, clubs, now = () => new Date() }: Input): Promise<LocalServer> => {
  const server = await serveApp(createApp({ dataDir, clubs, now }), port);
  process.stdout.write(`clubos: ClubOS and ClubHub stand-in, not the real service, at ${server.url}\n`);
  return server;
};

const createApp = ({ dataDir, clubs, now }: Required<Omit<Input, "port">>): Hono => {
  const log = openAcceptLog(join(dataDir, "clubos-accepted.jsonl"));
  const stores = new Map<string, ClubStore>(clubs.map((club) => [club.slug, createClubStore({ club, log, now })]));
  const sandbox = createSandbox({
    clubs,
    now,
    log,
    faults: createFaultPlan(),
    sessions: createSiteSessions(now),
    storeOf: (club) => stores.get(club.slug) ?? createClubStore({ club, log, now }),
  });
  const site: Site = { ...sandbox, failures: new Map(), sessionOf: (c) => sandbox.sessions.find(getCookie(c, "JSESSIONID")) };

  const app = new Hono();
  const expiry = { expireSessions: (): void => undefined };
  app.use("/action/*", generalFaults(sandbox, sandbox.sessions.closeAll));
  app.use(
    "/api/*",
    generalFaults(sandbox, () => expiry.expireSessions()),
  );
  addLoginRoutes(app, site);
  addSitePages(app, site);
  const clubHub = addClubHubApi(app, sandbox);
  expiry.expireSessions = clubHub.expireTokens;
  addControlRoutes(app, sandbox, {
    expireSessions: () => {
      sandbox.sessions.closeAll();
      clubHub.expireTokens();
    },
  });
  app.notFound((c) => (c.req.path.startsWith("/api/") ? c.json({ message: "Not Found" }, 404) : c.html(NOT_FOUND_PAGE, 404)));
  return app;
};

/** The failures that any call can meet, before anything is accepted. */
const generalFaults = (sandbox: Sandbox, expireSessions: () => void) => async (c: Context, next: Next) => {
  const { path } = c.req;
  // The vendor's clock, which in tests is not the machine's.
  c.header("date", sandbox.now().toUTCString());
  if (sandbox.faults.strike("session_expired_after", path) !== null) {
    expireSessions();
  }
  const slow = sandbox.faults.strike("slow", path);
  if (slow !== null) {
    await pause(slow.delayMs);
  }
  if (sandbox.faults.strike("500", path) !== null) {
    return c.json({ message: "Server Error" }, 500);
  }
  if (sandbox.faults.strike("401", path) !== null) {
    return c.json({ message: "Unauthorized" }, 401);
  }
  const throttle = sandbox.faults.strike("429", path);
  if (throttle !== null) {
    c.header("retry-after", String(throttle.retryAfterSeconds));
    return c.text("Too Many Requests", 429);
  }
  if (sandbox.faults.strike("bot_wall", path) !== null) {
    return c.html(BOT_WALL_PAGE);
  }
  await next();
};
