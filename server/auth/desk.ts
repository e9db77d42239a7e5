import "server-only";

import type { AtDesk } from "#server/services/desks/list-at-desk.ts";
import { findDesk, type Desk } from "#server/services/desks/find-desk.ts";
import { listAtDesk } from "#server/services/desks/list-at-desk.ts";
import { env } from "#server/platform/env.ts";
import { cookies } from "next/headers";
import { cache } from "react";

import { authCookies, cookieName, deskCookieOptions } from "./cookies.ts";

export type { AtDesk };

/** What this browser's cookie holds, for the routes at which it is the permission. */
export const deskToken = async (): Promise<string | null> => (await cookies()).get(cookieName("desk", env.APP_URL))?.value ?? null;

/** The shared computer that this browser is, or null. Asked once per request, however often it is called. */
export const deskHere = cache(async (): Promise<Desk | null> => {
  const token = await deskToken();
  return token === null ? null : findDesk(token);
});

/** The names that somebody may pick here; nobody's where this browser is no desk. */
export const namesHere = async (): Promise<readonly AtDesk[]> => {
  const token = await deskToken();
  return token === null ? [] : listAtDesk(token);
};

/**
 * Makes this browser the desk that a token names, and ends the session of whoever made it one: otherwise it would be theirs again on
 * the day the desk is turned off.
 */
export const becomeDesk = async (token: string): Promise<void> => {
  const jar = await cookies();
  jar.set(cookieName("desk", env.APP_URL), token, deskCookieOptions(env.APP_URL));
  const session = authCookies(env.APP_URL).sessionToken;
  if (session !== undefined) {
    jar.set(session.name, "", { ...session.options, maxAge: 0 });
  }
};

/** A desk stays signed in: the cookie's time begins anew with each person. */
export const stayDesk = async (token: string): Promise<void> => {
  (await cookies()).set(cookieName("desk", env.APP_URL), token, deskCookieOptions(env.APP_URL));
};
