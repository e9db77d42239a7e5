import type { z } from "zod";

import { parseJson } from "../_shared/failure.ts";
import { ConnectorError, HttpFailure } from "../errors.ts";
import type { ConnectorContext, HttpResponse } from "../ports.ts";
import { NAME_CACHE_MAX_COUNT, NAME_CACHE_MS, SEND_TIMEOUT_MS, SUGGESTION_MAX_COUNT } from "./limits.ts";
import { sameName } from "./map.ts";
import { changed, parseAssignees, parsePopup, parseSearchResults, parseSuggestions, parseTokens } from "./parse.ts";
import type { FollowUpPopup, FoundPerson } from "./parse.ts";
import { ServerError, TokenClaims } from "./schemas.ts";
import type { ClubOsAccount } from "./schemas.ts";
import { createSession, isExpired, isNotRight, readable, SessionExpired } from "./session.ts";
import type { SiteRequest } from "./session.ts";

/** Vendor, 2025: the type under which the form is opened and saved, and the action of each way of writing. */
const FOLLOW_UP_TYPE = "3";
const ACTION_OF = { text: "3", email: "2" } as const;
/** What the site says once it has taken a message, and what it says when it takes none. */
const WORDS_OF = {
  text: { accepted: /has been texted/i, refused: /cannot be texted/i },
  email: { accepted: /has been emailed/i, refused: /cannot be emailed/i },
} as const;

export type Outgoing =
  | { readonly medium: "text"; readonly text: string }
  | { readonly medium: "email"; readonly subject: string; readonly html: string };

export type ListPage = {
  readonly html: string;
  /** Whether it is the list of all messages, not only of the newest. */
  readonly isComplete: boolean;
  /** The vendor's clock when it may have written the labels of this page, from and to. */
  readonly writtenFrom: Date;
  readonly writtenTo: Date;
};

export type FoundByName = { readonly ids: readonly string[]; readonly isRemembered: boolean };

/** A popup and the vendor's clock at that moment. */
export type OpenedPopup = FollowUpPopup & { readonly openedAt: Date };

export type ClubOsClient = ReturnType<typeof createClient>;

/** The calls of the staff site that the connector needs. Those marked "in a unit" must run inside `inUnit`. */
export const createClient = (context: ConnectorContext, account: ClubOsAccount) => {
  const session = createSession(context, account);

  const read = async (call: SiteRequest): Promise<HttpResponse> => {
    const response = await readable(session.request(call));
    assertAnswered(response);
    return response;
  };

  const actAs = async (userId: string): Promise<void> => {
    const response = await read({
      method: "GET",
      path: `/action/Delegate/${userId}/url=false?_=${context.now().getTime()}`,
      isFragment: true,
    });
    if (response.status === 404) {
      throw new ConnectorError("rejected", "ClubOS does not know this person", { code: "no_person", reason: "not_found" });
    }
    const expected = userId === "0" ? session.cookie("loggedInUserId") : userId;
    if (isActingAs(session, expected)) {
      return;
    }
    await read({ method: "GET", path: "/action/Login/refresh-api-v3-access-token", isFragment: false });
    if (!isActingAs(session, expected)) {
      throw new ConnectorError("unavailable", "ClubOS did not switch to this person", { code: "delegation" });
    }
  };

  const list = async (call: SiteRequest, isComplete: boolean): Promise<ListPage> => {
    const startedAt = context.now();
    const response = await read(call);
    const endedAt = context.now();
    const skewMs = vendorSkewMs(response, endedAt);
    return {
      html: response.text,
      isComplete,
      writtenFrom: new Date(startedAt.getTime() + skewMs),
      writtenTo: new Date(endedAt.getTime() + skewMs),
    };
  };

  const search = async (name: string): Promise<FoundPerson[]> => {
    const query = new URLSearchParams({
      keyword: name,
      assignedOnly: "false",
      limit: String(SUGGESTION_MAX_COUNT),
      _: String(context.now().getTime()),
    });
    const suggested = await read({ method: "GET", path: `/action/UserSuggest/attendee-search?${query}`, isFragment: true });
    const people = named(parseSuggestions(suggested.text), name);
    if (people.length > 0 && people.length < SUGGESTION_MAX_COUNT) {
      return people;
    }
    const dashboard = await read({ method: "GET", path: "/action/Dashboard/view", isFragment: false });
    const tokens = parseTokens(dashboard.text, "#quickSearchForm");
    const found = await read({
      method: "POST",
      path: "/action/UserSearch/",
      isFragment: true,
      form: { "filter.keyword": name, actAs: "loggedIn", ...tokens },
    });
    return named(parseSearchResults(found.text), name);
  };

  return {
    inUnit: session.inSession,
    /** In a unit. The short list belongs to whoever the session acts as, so it is asked for as ourselves. */
    listMessages: async (input: { readonly isComplete: boolean }): Promise<ListPage> => {
      if (!input.isComplete && session.cookie("loggedInUserId") === account.ownerId) {
        if (session.cookie("delegatedUserId") !== account.ownerId) {
          await actAs("0");
        }
        return list({ method: "GET", path: `/action/Dashboard/messages?_=${context.now().getTime()}`, isFragment: true }, false);
      }
      return list({ method: "POST", path: "/action/Dashboard/messages", isFragment: true, form: { userId: account.ownerId } }, true);
    },
    /** In a unit. Everybody of exactly this name; `isFresh` looks past what is remembered. */
    findByName: async (name: string, input: { readonly isFresh: boolean }): Promise<FoundByName> => {
      const nowMs = context.now().getTime();
      const known = session.names()[sameName(name)];
      if (!input.isFresh && known !== undefined && nowMs - known.atMs < NAME_CACHE_MS) {
        return { ids: known.ids, isRemembered: true };
      }
      const ids = (await search(name)).map(({ id }) => id);
      const others = Object.entries(session.names()).filter(([other]) => other !== sameName(name));
      session.rememberNames(Object.fromEntries([...others.slice(1 - NAME_CACHE_MAX_COUNT), [sameName(name), { ids, atMs: nowMs }]]));
      return { ids, isRemembered: false };
    },
    /** In a unit. The form to write to a person, with the log of what was written; in the site's own order of calls. */
    openPopup: async (personId: string): Promise<OpenedPopup> => {
      await actAs(personId);
      const profile = await read({ method: "GET", path: "/action/LeadProfile/view", isFragment: false });
      if (profile.status !== 200) {
        throw new ConnectorError("unavailable", "ClubOS did not open the profile", { code: String(profile.status) });
      }
      const response = await read({
        method: "POST",
        path: "/action/FollowUp",
        isFragment: true,
        referer: "/action/LeadProfile/view",
        form: { followUpUserId: personId, followUpType: FOLLOW_UP_TYPE },
      });
      const popup = parsePopup(response.text);
      if (popup.personId !== personId || popup.fields["followUpLog.tfoUserId"] !== personId) {
        throw new ConnectorError("unavailable", "ClubOS opened the form of another person", { code: "delegation" });
      }
      return { ...popup, openedAt: new Date(context.now().getTime() + vendorSkewMs(response, context.now())) };
    },
    /** In a unit, and in the same one as the popup. Posts once. */
    save: (popup: FollowUpPopup, outgoing: Outgoing): Promise<HttpResponse> =>
      accepted(
        outgoing.medium,
        session.request({
          method: "POST",
          path: "/action/FollowUp/save",
          isFragment: true,
          referer: "/action/LeadProfile/view",
          timeoutMs: SEND_TIMEOUT_MS,
          form: {
            ...popup.fields,
            followUpStatus: "1",
            followUpType: FOLLOW_UP_TYPE,
            "followUpLog.followUpAction": ACTION_OF[outgoing.medium],
            "followUpLog.outcome": ACTION_OF[outgoing.medium],
            ...(outgoing.medium === "text"
              ? { textMessage: outgoing.text }
              : { emailSubject: outgoing.subject, emailMessage: outgoing.html }),
          },
        }),
      ),
    /** In a unit. Everybody whose training the club manages. */
    listAssignees: async (): Promise<FoundPerson[]> => {
      const call = { method: "GET", path: `/action/Assignees/members?_=${context.now().getTime()}`, isFragment: true } as const;
      return parseAssignees((await read(call)).text);
    },
    /** In a unit, after `openPopup`: answers about whoever the session acts as. */
    readApi: async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
      const referer = "/action/PackageAgreementUpdated/spa/";
      const response = await read({ method: "GET", path, isFragment: true, isApi: true, referer });
      return jsonOf(response, schema);
    },
  };
};

/** Only the site's own words say that a text went out; only a refusal known to come first says that it did not. */
const accepted = async (medium: Outgoing["medium"], answer: Promise<HttpResponse>): Promise<HttpResponse> => {
  const words = WORDS_OF[medium];
  let response: HttpResponse;
  try {
    response = await answer;
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === "not_sent") {
      throw new ConnectorError("unavailable", "ClubOS cannot be reached", { code: error.kind, cause: error });
    }
    throw new ConnectorError("outcome_unknown", "ClubOS did not say whether the message went out", { cause: error });
  }
  if (response.status === 429) {
    return readable(Promise.resolve(response));
  }
  if (response.status === 200 && words.accepted.test(response.text)) {
    return response;
  }
  if (response.status === 200 && words.refused.test(response.text)) {
    throw new ConnectorError("rejected", "ClubOS does not write to this person", { code: "cannot_be_texted", reason: "opted_out" });
  }
  throw new ConnectorError("outcome_unknown", "ClubOS did not say whether the message went out", { code: String(response.status) });
};

/** The site's JSON routes say 200 to everything, also to what went wrong for one person. */
const jsonOf = <T>(response: HttpResponse, schema: z.ZodType<T>): T => {
  const body = parseJson(response.text);
  const parsed = schema.safeParse(body);
  if (parsed.success) {
    return parsed.data;
  }
  if (ServerError.safeParse(body).success) {
    throw new ConnectorError("unavailable", "ClubOS answered with an error", { code: "server_error" });
  }
  throw changed("an answer of its own program", parsed.error);
};

const assertAnswered = (response: HttpResponse): void => {
  if (isExpired(response)) {
    throw new SessionExpired();
  }
  if (isNotRight(response) || (response.headers.get("location") ?? "").includes("/action/Invalid")) {
    throw new ConnectorError("unavailable", "ClubOS says that something is not right", { code: "not_right" });
  }
};

/** The cookie and the claim inside the token can disagree; then the site answers about somebody else. */
const isActingAs = (session: ReturnType<typeof createSession>, userId: string | null): boolean => {
  const payload = (session.cookie("apiV3AccessToken") ?? "").split(".")[1] ?? "";
  return userId !== null && session.cookie("delegatedUserId") === userId && claimedUserId(payload) === userId;
};

const claimedUserId = (payload: string): string | null => {
  try {
    return TokenClaims.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8"))).delegatedUserId;
  } catch {
    return null;
  }
};

const vendorSkewMs = (response: HttpResponse, receivedAt: Date): number => {
  const vendorMs = Date.parse(response.headers.get("date") ?? "");
  return Number.isFinite(vendorMs) ? vendorMs - receivedAt.getTime() : 0;
};

const named = (people: readonly FoundPerson[], name: string): FoundPerson[] =>
  people.filter((person) => sameName(person.name) === sameName(name));
