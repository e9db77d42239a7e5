import type { Actor } from "#server/domain/actor.ts";
import type { ClubSummary } from "#server/domain/inbox-view.ts";

import type { SignedIn } from "./find-signed-in.ts";

type Person = Pick<SignedIn, "userId" | "name" | "signedInAt" | "desk">;

/** A person in one of their clubs, as verbs know them. The one place that makes an actor of somebody who signed in or typed a PIN. */
export const actorOf = (user: Person, club: Pick<ClubSummary, "role">): Extract<Actor, { readonly kind: "staff" }> => ({
  kind: "staff",
  userId: user.userId,
  name: user.name,
  role: club.role,
  signedInAt: user.signedInAt,
  ...(user.desk === null ? {} : { deskId: user.desk.id }),
});
