import { isAtDesk, type Actor } from "#server/domain/actor.ts";
import { notAtTheDesk } from "#server/domain/desk.ts";
import { DomainError } from "#server/domain/errors.ts";

/** Who decides something heavy has proven who they are no longer ago than this. A session itself lasts a working day. */
export const RECENT_SIGN_IN_MINUTES = 15;

export const SIGN_IN_AGAIN = "sign in again to do this: it asks for a sign-in of the last quarter of an hour";

const RECENT_MS = RECENT_SIGN_IN_MINUTES * 60_000;

/**
 * Whether somebody has signed in just now. Whoever pressed a button at a vendor has not signed in at all; one machine's
 * clock a little behind another's makes nobody a stranger.
 */
export const isRecentSignIn = (signedInAt: Date | null, now: Date): boolean =>
  signedInAt !== null && now.getTime() - signedInAt.getTime() <= RECENT_MS;

/**
 * @throws `sign_in_required` for whoever did not sign in within the last quarter of an hour, and for every machine; `forbidden`
 * at a shared computer, where nobody signs in
 */
export const assertRecentSignIn = (actor: Actor, now: Date): void => {
  if (isAtDesk(actor)) {
    throw notAtTheDesk();
  }
  if (actor.kind !== "staff" || !isRecentSignIn(actor.signedInAt, now)) {
    throw new DomainError("sign_in_required", SIGN_IN_AGAIN);
  }
};
