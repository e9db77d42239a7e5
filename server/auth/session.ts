import "server-only";

import type { ClubSummary } from "#server/domain/inbox-view.ts";
import { now } from "#server/platform/clock.ts";
import { env } from "#server/platform/env.ts";
import { findAtDesk } from "#server/services/desks/find-desk.ts";
import { findSignedIn, type SignedIn } from "#server/services/users/find-signed-in.ts";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";

import { cookieName } from "./cookies.ts";
import { deskHere } from "./desk.ts";
import { PATH_HEADER } from "./path-header.ts";
import { readSession } from "./session-token.ts";

export type { SignedIn };

/**
 * The user of this request as the database knows them now, or null. Asked once per request, however often it is called. At a shared
 * computer that is whoever typed their PIN, and a session beside it counts for nothing.
 */
export const currentUser = cache(async (): Promise<SignedIn | null> => {
  const desk = await deskHere();
  if (desk !== null) {
    return findAtDesk(desk);
  }
  const token = (await cookies()).get(cookieName("session", env.APP_URL))?.value;
  const session = await readSession(token, now());
  return session === null ? null : findSignedIn(session);
});

/** The same question for whatever is no page, such as a tRPC call: one call, one answer of the database. */
export const sessionFromRequest = (): Promise<SignedIn | null> => currentUser();

/** Sends a stranger to the sign-in page, and at a desk to the page of its names; both lead back to the page that was asked for. */
export const requireUser = async (): Promise<SignedIn> => {
  const user = await currentUser();
  if (user !== null) {
    return user;
  }
  const path = (await headers()).get(PATH_HEADER) ?? "/";
  const door = (await deskHere()) === null ? "/sign-in" : "/desk";
  redirect(path === "/" ? door : `${door}?next=${encodeURIComponent(path)}`);
};

/** A club of the user. One of somebody else and one that does not exist give the same page. */
export const requireClub = async (slug: string): Promise<ClubSummary> => {
  const user = await requireUser();
  return user.clubs.find((club) => club.slug === slug) ?? notFound();
};
