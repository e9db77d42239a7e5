import type { Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { DemoClub } from "../../../prisma/demo.ts";
import { deskName } from "./club-store.ts";
import { dashboardPage, LOCKED_PAGE, loginPage, NOT_RIGHT } from "./html.ts";
import type { Sandbox } from "./sandbox.ts";
import type { SiteSession } from "./site-sessions.ts";

/** A guess: nobody has tried how many wrong passwords the vendor bears. */
const LOCK_AFTER_COUNT = 5;

export type Site = Sandbox & {
  readonly failures: Map<string, number>;
  /** The session of the request, whether signed in or not. */
  readonly sessionOf: (c: Context) => SiteSession | null;
};

/** Sign-in as a Stripes form: a token pair first, cookies after, and a failure that looks like success. */
export const addLoginRoutes = (app: Hono, site: Site): void => {
  app.get("/action/Login/view", (c) => {
    const session = site.sessionOf(c) ?? site.sessions.open(null);
    setCookie(c, "JSESSIONID", session.id, { path: "/", httpOnly: true });
    return c.html(loginPage({ pair: site.sessions.renderPair(session), notice: "" }));
  });
  app.post("/action/Login", (c) => signIn(c, site));
  app.get("/action/Login/refresh-api-v3-access-token", (c) => {
    const session = site.sessionOf(c);
    if (session?.club == null) {
      return c.redirect("/action/Login/view");
    }
    site.sessions.renewApiToken(session);
    setSignInCookies(c, session);
    return c.text("OK");
  });
  app.get("/action/Logout", (c) => {
    site.sessions.close(getCookie(c, "JSESSIONID") ?? "");
    deleteCookie(c, "loggedInUserId", { path: "/" });
    return c.redirect("/action/Login/view");
  });
  app.get("/action/Dashboard/view", (c) => {
    const session = site.sessionOf(c);
    const account = session?.club?.clubOs;
    if (session?.club == null || account == null) {
      return c.redirect("/action/Login/view");
    }
    return c.html(
      dashboardPage({
        pair: site.sessions.renderPair(session),
        clubId: account.clubId,
        clubLocationId: account.clubLocationId,
        clubName: session.club.name,
        ownerId: account.ownerId,
        ownerName: deskName(session.club),
        messageCount: site.storeOf(session.club).messages().length,
      }),
    );
  });
};

const signIn = async (c: Context, site: Site): Promise<Response> => {
  const form = await site.formOf(c);
  const before = site.sessionOf(c);
  if (c.req.header("x-requested-with") !== undefined || before === null || !site.acceptsPair({ session: before, form, path: c.req.path })) {
    return c.html(NOT_RIGHT);
  }
  const username = form.get("username") ?? "";
  const club = site.clubs.find(
    (candidate) => candidate.clubOs?.username === username && candidate.clubOs.password === form.get("password"),
  );
  const failureCount = site.failures.get(username) ?? 0;
  const isAccepted = club !== undefined && failureCount < LOCK_AFTER_COUNT;
  site.log.append({ kind: "login", surface: "clubos", club: club?.slug ?? null, isAccepted }, site.now());
  if (failureCount >= LOCK_AFTER_COUNT) {
    return c.html(LOCKED_PAGE);
  }
  if (club === undefined) {
    site.failures.set(username, failureCount + 1);
    return c.html(loginPage({ pair: site.sessions.renderPair(before), notice: "Invalid username or password." }));
  }
  return welcome(c, site, { club, before });
};

const welcome = (c: Context, site: Site, input: { readonly club: DemoClub; readonly before: SiteSession }): Response => {
  site.failures.delete(input.club.clubOs?.username ?? "");
  site.sessions.close(input.before.id);
  const session = site.sessions.open(input.club);
  setCookie(c, "JSESSIONID", session.id, { path: "/", httpOnly: true });
  setSignInCookies(c, session);
  return c.redirect("/action/Dashboard/view");
};

export const setSignInCookies = (c: Context, session: SiteSession): void => {
  const ownerId = session.club?.clubOs?.ownerId ?? "";
  const isDelegated = session.delegatedUserId !== ownerId;
  setCookie(c, "loggedInUserId", ownerId, { path: "/" });
  setCookie(c, "delegatedUserId", session.delegatedUserId, { path: "/" });
  setCookie(c, "staffDelegatedUserId", isDelegated ? "" : ownerId, { path: "/" });
  setCookie(c, "apiV3AccessToken", session.apiToken, { path: "/" });
  setCookie(c, "apiV3IdToken", session.apiToken, { path: "/" });
  setCookie(c, "apiV3RefreshToken", session.id.toLowerCase(), { path: "/" });
};
