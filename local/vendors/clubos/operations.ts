import type { Context } from "hono";

import type { Sandbox } from "./sandbox.ts";
import { basic } from "./older-api.ts";

type Route = { readonly method: string; readonly path: RegExp; readonly operation: string };

/** The names under which the calls of every surface can be made to fail. */
const ROUTES: readonly Route[] = [
  { method: "POST", path: /^\/action\/Login$/, operation: "sign_in" },
  { method: "*", path: /^\/action\/Dashboard\/(location-)?messages$/, operation: "list_messages" },
  { method: "POST", path: /^\/action\/FollowUp$/, operation: "open_follow_up" },
  { method: "POST", path: /^\/action\/FollowUp\/save$/, operation: "save_follow_up" },
  { method: "GET", path: /^\/action\/Assignees\/members$/, operation: "list_assignees" },
  { method: "GET", path: /^\/api\/agreements\/package_agreements\//, operation: "package_agreements" },
  { method: "POST", path: /^\/api\/login$/, operation: "login" },
  { method: "GET", path: /^\/api\/clubs\/\d+\/(members|prospects)$/, operation: "list_people" },
  { method: "POST", path: /^\/api\/clubs\/\d+\/notes$/, operation: "add_note" },
  { method: "*", path: /^\/api\/clubs\/\d+\/members\/\d+\/bans$/, operation: "set_ban" },
  { method: "GET", path: /^\/api\/members\/\d+\/bans$/, operation: "read_ban" },
  { method: "GET", path: /^\/api\/members\/\d+$/, operation: "get_member" },
  { method: "GET", path: /^\/v3\/locations$/, operation: "list_locations" },
  { method: "GET", path: /^\/v3\/users$/, operation: "list_users" },
  { method: "GET", path: /^\/v3\/agreements$/, operation: "list_agreements" },
  { method: "GET", path: /^\/v3\/events$/, operation: "list_events" },
  { method: "POST", path: /^\/v3\/appointments$/, operation: "create_appointment" },
  { method: "GET", path: /^\/v1\/checkins$/, operation: "list_check_ins" },
  { method: "GET", path: /^\/CalendarSync\//, operation: "calendar" },
];

/** Which call this is and of which club, as far as its credentials tell. */
export const placeOf =
  (sandbox: Sandbox) =>
  (c: Context): { readonly operation: string; readonly club: string } | null => {
    const route = ROUTES.find(({ method, path }) => (method === "*" || method === c.req.method) && path.test(c.req.path));
    return route === undefined ? null : { operation: route.operation, club: clubOf(c, sandbox) };
  };

const clubOf = (c: Context, sandbox: Sandbox): string => {
  const { path } = c.req;
  const club = sandbox.clubs.find(
    ({ clubOsApi, clubHub }) =>
      clubOsApi.apiKey === c.req.header("x-api-key") ||
      basic(clubOsApi.v1Username, clubOsApi.v1Password) === c.req.header("authorization") ||
      path === `/CalendarSync/${clubOsApi.calendarToken}` ||
      path.startsWith(`/api/clubs/${clubHub.clubId}/`),
  );
  return club?.slug ?? sandbox.clubOfSession(c)?.slug ?? "";
};
