import { join } from "node:path";
import { Hono } from "hono";
import type { Context, Next } from "hono";
import { getCookie } from "hono/cookie";
import type { DemoClub } from "../../../prisma/demo.ts";
import { createFaultPlan as createCommonFaultPlan } from "../_shared/faults.ts";
import type { Fault, CommonFault } from "../_shared/faults.ts";
import { faultyCalls } from "../_shared/faulty-calls.ts";
import { serveApp } from "../serve-app.ts";
import type { LocalServer } from "../serve-app.ts";
import { openAcceptLog } from "./accept-log.ts";
import { createClubStore } from "./club-store.ts";
import type { ClubStore } from "./club-store.ts";
import { addClubHubApi } from "./clubhub-api.ts";
import { addControlRoutes } from "./control.ts";
import { createFaultPlan } from "./faults.ts";
import { BOT_WALL_PAGE, loginPage, NOT_FOUND_PAGE, SESSION_EXPIRED } from "./html.ts";
import { addOfficialApi } from "./official-api.ts";
import { addOlderApi } from "./older-api.ts";
import { placeOf } from "./operations.ts";
import { createSandbox, pause } from "./sandbox.ts";
import type { Sandbox } from "./sandbox.ts";
import { addLoginRoutes } from "./site-login.ts";
import type { Site } from "./site-login.ts";
import { addSitePages } from "./site-pages.ts";
import { addSiteTraining } from "./site-training.ts";
import { createSiteSessions } from "./site-sessions.ts";

type Input = {
  /** 0 = any free port. */
  readonly port: number;
  /** Where `clubos-accepted.jsonl` lives. */
  readonly dataDir: string;
  readonly clubs: readonly DemoClub[];
  readonly now?: () => Date;
};

/**
 * Stand-in for every surface of the vendor on one port: the staff site (`/action/…`), the back end of the club app
 * (`/api/…`), the official API in both versions (`/v3`, `/v1`) and the calendar (`/CalendarSync/…`).
 */
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
    commonFaults: createCommonFaultPlan(),
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
  app.use(faultyCalls({ faults: sandbox.commonFaults, placeOf: placeOf(sandbox), refuse: (c, fault) => refuse(c, site, fault) }));
  addLoginRoutes(app, site);
  addSitePages(app, site);
  addSiteTraining(app, site);
  addOfficialApi(app, sandbox);
  addOlderApi(app, sandbox);
  const clubHub = addClubHubApi(app, sandbox);
  expiry.expireSessions = clubHub.expireTokens;
  addControlRoutes(app, sandbox, {
    expireSessions: () => {
      sandbox.sessions.closeAll();
      clubHub.expireTokens();
    },
  });
  app.notFound((c) => (/^\/(api|v1|v3)\//.test(c.req.path) ? c.json({ message: "Not Found" }, 404) : c.html(NOT_FOUND_PAGE, 404)));
  return app;
};

/** How each surface says it. The staff site knows no 401: its sign-in form comes back, and a fragment has expired. */
const refuse = (c: Context, site: Site, fault: Fault<CommonFault>): Response | Promise<Response> => {
  const isSite = c.req.path.startsWith("/action/");
  if (fault.kind === "throttled") {
    return c.text(
      "Too Many Requests",
      429,
      fault.retryAfterSeconds === undefined ? {} : { "retry-after": String(fault.retryAfterSeconds) },
    );
  }
  if (fault.kind !== "unauthorized") {
    return isSite ? c.html(NOT_FOUND_PAGE, 500) : c.json({ message: "Server Error" }, 500);
  }
  const session = site.sessionOf(c);
  if (c.req.path === "/action/Login" && session !== null) {
    return c.html(loginPage({ pair: site.sessions.renderPair(session), notice: "Invalid username or password." }));
  }
  return isSite ? c.html(SESSION_EXPIRED) : c.json({ message: "Unauthorized" }, c.req.path.startsWith("/CalendarSync/") ? 404 : 401);
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
