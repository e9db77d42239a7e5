import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import type { DemoClub } from "../../../prisma/demo.ts";
import type { ClubStore, Person, Profile } from "./club-store.ts";
import { deskName, fullName, PROFILE_FIELDS } from "./club-store.ts";
import {
  followUpPopup,
  leadProfilePage,
  messageList,
  NOT_FOUND_PAGE,
  NOT_RIGHT,
  searchResults,
  SESSION_EXPIRED,
  suggestions,
} from "./html.ts";
import { setSignInCookies } from "./site-login.ts";
import type { Site } from "./site-login.ts";
import type { SiteSession } from "./site-sessions.ts";

/** The short answer to a plain GET holds about this many of the newest messages. */
const RECENT_COUNT = 172;
/** The site forgets what is older. */
const HISTORY_DAYS = 90;
const SUGGESTION_COUNT = 50;

type SignedIn = { readonly session: SiteSession; readonly club: DemoClub; readonly store: ClubStore };

/** Everything behind the sign-in. Fragments of an expired session answer 200 with two words, pages redirect. */
export const addSitePages = (app: Hono, site: Site): void => {
  const signedIn = (c: Context): SignedIn | null => {
    const session = site.sessionOf(c);
    return session?.club == null ? null : { session, club: session.club, store: site.storeOf(session.club) };
  };
  const fragment = (work: (c: Context, who: SignedIn) => Response | Promise<Response>) => (c: Context) => {
    const who = signedIn(c);
    return who === null ? c.html(SESSION_EXPIRED) : work(c, who);
  };

  app.get(
    "/action/Dashboard/messages",
    fragment((c, who) => listRecent(c, site, who)),
  );
  app.post(
    "/action/Dashboard/messages",
    fragment((c, who) => listAll(c, site, who)),
  );
  app.post(
    "/action/Dashboard/location-messages",
    fragment((c, who) => listAll(c, site, who)),
  );
  app.get(
    "/action/Delegate/:id/:url{.+}",
    fragment((c, who) => delegate(c, site, who)),
  );
  app.get(
    "/action/UserSuggest/global/",
    fragment((c, who) => c.html(suggestions(found(who.store, c.req.query("keyword") ?? "")))),
  );
  app.get(
    "/action/UserSuggest/attendee-search",
    fragment((c, who) => {
      const limit = Number(c.req.query("limit") ?? SUGGESTION_COUNT);
      return c.html(suggestions(found(who.store, c.req.query("keyword") ?? "").slice(0, limit)));
    }),
  );
  app.post(
    "/action/UserSearch/",
    fragment(async (c, who) => {
      const form = await site.formOf(c);
      return site.acceptsPair({ session: who.session, form, path: c.req.path })
        ? c.html(searchResults(found(who.store, form.get("filter.keyword") ?? "")))
        : c.html(NOT_RIGHT);
    }),
  );
  app.get("/action/LeadProfile/view", (c) => {
    const who = signedIn(c);
    if (who === null) {
      return c.redirect("/action/Login/view");
    }
    const person = who.store.findPerson(who.session.delegatedUserId);
    return person === null ? c.html(NOT_FOUND_PAGE, 404) : c.html(leadProfilePage(person));
  });
  app.post(
    "/action/FollowUp",
    fragment((c, who) => openPopup(c, site, who)),
  );
  app.post(
    "/action/FollowUp/save",
    fragment((c, who) => save(c, site, who)),
  );
};

const found = (store: ClubStore, keyword: string): Person[] => {
  const words = keyword.trim().toLowerCase();
  const digits = words.replaceAll(/\D/g, "");
  return store
    .people()
    .filter(
      (person) =>
        fullName(person).toLowerCase().includes(words) ||
        (digits.length >= 7 && person.profile.mobilePhone.replaceAll(/\D/g, "").endsWith(digits)),
    );
};

/** The plain list belongs to whoever the session acts as: while it acts as a member there is nothing to see. */
const listRecent = (c: Context, site: Site, who: SignedIn): Response | Promise<Response> =>
  listOf(c, site, { ...who, count: who.session.delegatedUserId === who.club.clubOs?.ownerId ? RECENT_COUNT : 0 });

const listAll = async (c: Context, site: Site, who: SignedIn): Promise<Response> => {
  const form = await site.formOf(c);
  const isOurs = form.get("userId") === who.club.clubOs?.ownerId || form.get("clubLocationId") === who.club.clubOs?.clubLocationId;
  return isOurs ? listOf(c, site, { ...who, count: Number.POSITIVE_INFINITY }) : c.html(NOT_RIGHT);
};

const listOf = (c: Context, site: Site, input: SignedIn & { readonly count: number }): Response | Promise<Response> => {
  const now = site.now();
  const oldestMs = now.getTime() - HISTORY_DAYS * 86_400_000;
  const messages = input.store.messages().filter((message) => message.sentAt.getTime() >= oldestMs);
  const html = messageList({
    messages: input.count === 0 || site.faults.strike("empty_list", c.req.path) !== null ? [] : messages.slice(-input.count),
    nameOf: (id) => nameOf(input.store.findPerson(id)),
    timeZone: input.club.timeZone,
    now,
  });
  if (site.faults.strike("truncated_html", c.req.path) !== null) {
    return c.html(html.slice(0, html.length / 2));
  }
  return c.html(site.faults.strike("changed_class", c.req.path) === null ? html : html.replaceAll("username-content", "username-text"));
};

const nameOf = (person: Person | null): string => (person === null ? "" : fullName(person));

const delegate = (c: Context, site: Site, { session, club, store }: SignedIn): Response => {
  const id = c.req.param("id") ?? "";
  if (id !== "0" && store.findPerson(id) === null) {
    return c.html(NOT_FOUND_PAGE, 404);
  }
  session.delegatedUserId = id === "0" ? (club.clubOs?.ownerId ?? "") : id;
  if (site.faults.strike("stale_jwt", c.req.path) === null) {
    site.sessions.renewApiToken(session);
  }
  setSignInCookies(c, session);
  return decodeURIComponent(c.req.param("url") ?? "").startsWith("url=false") ? c.body("") : c.redirect("/action/Dashboard/view");
};

const openPopup = async (c: Context, site: Site, { session, club, store }: SignedIn): Promise<Response> => {
  const form = await site.formOf(c);
  const person = store.findPerson(session.delegatedUserId);
  if (person === null || form.get("followUpUserId") !== person.world.clubOsId) {
    return c.html(NOT_RIGHT);
  }
  const messages = store.messages().filter((message) => message.personId === person.world.clubOsId);
  return c.html(
    followUpPopup({
      person,
      clubId: club.clubOs?.clubId ?? "",
      clubLocationId: club.clubOs?.clubLocationId ?? "",
      messages: site.faults.strike("late_log", c.req.path) === null ? messages : messages.slice(0, -1),
      timeZone: club.timeZone,
      pair: site.sessions.renderPair(session),
    }),
  );
};

/** Takes the posted profile over as it is: a field left out or empty is gone, which is what the real site does. */
const save = async (c: Context<{ Bindings: HttpBindings }>, site: Site, { session, club, store }: SignedIn): Promise<Response> => {
  const form = await site.formOf(c);
  const person = store.findPerson(form.get("followUpLog.tfoUserId") ?? "");
  const action = form.get("followUpLog.followUpAction");
  const text = (action === "3" ? form.get("textMessage") : wordsOf(form.get("emailMessage") ?? "")) ?? "";
  if (
    !site.acceptsPair({ session, form, path: c.req.path }) ||
    person === null ||
    person.world.clubOsId !== session.delegatedUserId ||
    text === ""
  ) {
    return c.html(NOT_RIGHT);
  }
  overwrite(store, person, form);
  if (action === "2" && (person.profile.email === "" || (form.get("emailSubject") ?? "") === "")) {
    return c.html(NOT_RIGHT);
  }
  if (action === "3" && person.isOptedOut) {
    return c.html(`<div class="error">${fullName(person)} cannot be texted.</div>`);
  }
  store.addMessage({
    personId: person.world.clubOsId,
    direction: "outbound",
    medium: action === "3" ? "text" : "email",
    text,
    author: deskName(club),
    way: "site",
  });
  return answerSave(c, site, { person, medium: action === "3" ? "texted" : "emailed" });
};

/** The log shows the words of an e-mail without its tags: a guess. */
const wordsOf = (html: string): string =>
  html
    .replaceAll(/<br\s*\/?>|<\/p>\s*<p>/gi, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .trim();

const overwrite = (store: ClubStore, person: Person, form: URLSearchParams): void => {
  const id = form.get("followUpUser.tfoUserId") ?? "";
  const posted = (field: string): string => form.get(`followUpUser.${field}`) ?? "";
  const profile: Profile = {
    firstName: posted("firstName"),
    lastName: posted("lastName"),
    email: posted("email"),
    homePhone: posted("homePhone"),
    mobilePhone: posted("mobilePhone"),
    workPhone: posted("workPhone"),
  };
  const stored = id === person.world.clubOsId ? person : store.findPerson(id);
  if (stored !== null && PROFILE_FIELDS.some((field) => stored.profile[field] !== profile[field])) {
    store.overwriteProfile(id, profile);
  }
};

const answerSave = (
  c: Context<{ Bindings: HttpBindings }>,
  site: Site,
  input: { readonly person: Person; readonly medium: string },
): Response => {
  const path = c.req.path;
  if (site.faults.strike("send_lost_after_accept", path) !== null) {
    c.env.incoming.socket.destroy();
    return c.body("");
  }
  if (site.faults.strike("send_500_after_accept", path) !== null) {
    return c.html(NOT_FOUND_PAGE, 500);
  }
  if (site.faults.strike("send_no_success_text", path) !== null) {
    return c.html('<div class="popup"></div>');
  }
  return c.html(`<div class="success">${fullName(input.person)} has been ${input.medium}.</div>`);
};
