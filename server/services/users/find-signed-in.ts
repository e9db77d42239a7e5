import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import type { ClubSummary } from "#server/domain/inbox-view.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { withUser } from "#server/platform/tenant.ts";

import { clubPolicies, type PolicyGlance } from "./club-policies.ts";
import { readSignedInRows, type ClubColumns, type SignedInRow } from "./signed-in-rows.ts";
import type { SessionSeed } from "./sign-in-with-password.ts";

export type Access = { readonly franchiseId: Id<"franchise">; readonly clubId: Id<"club"> | null; readonly role: Role };

/** A user with a valid session, as the database knows them at this moment. */
export type SignedIn = {
  readonly userId: Id<"user">;
  readonly name: string;
  readonly email: string;
  /** When this session began; null where nobody says. */
  readonly signedInAt: Date | null;
  /** The shared computer where they typed their PIN; null on a device of their own. */
  readonly desk: { readonly id: Id<"desk">; readonly name: string } | null;
  readonly accesses: readonly Access[];
  /** Each club the accesses open, by name; a club reached by two accesses carries the higher role. */
  readonly clubs: readonly ClubSummary[];
};

/**
 * The user behind a session, or null when the session counts no longer: the user was archived or every session was
 * ended. Reads only what the user's own context reaches. Nothing is decided here, so there is no permission to ask for.
 */
export const findSignedIn = (session: SessionSeed & { readonly startedAt?: Date }): Promise<SignedIn | null> =>
  withUser({ userId: session.userId }, async (tx) => {
    const rows = await readSignedInRows(tx, session);
    const [user] = rows;
    if (user === undefined) {
      return null;
    }
    const accesses = accessesOf(rows);
    const clubs = clubsOf(rows);
    const glances = await clubPolicies(tx, clubs);
    return {
      userId: session.userId,
      name: user.userName,
      email: user.email,
      signedInAt: session.startedAt ?? null,
      desk: null,
      accesses,
      clubs: summariesOf(clubs, { accesses, glances }),
    };
  });

const accessesOf = (rows: readonly SignedInRow[]): readonly Access[] => {
  const accesses = new Map<string, Access>();
  for (const { access } of rows) {
    if (access !== null) {
      accesses.set(access.id, {
        franchiseId: asId("franchise", access.franchiseId),
        clubId: access.clubId === null ? null : asId("club", access.clubId),
        role: Role.parse(access.role),
      });
    }
  }
  return [...accesses.values()];
};

/** By name; a club that two accesses reach comes once. */
const clubsOf = (rows: readonly SignedInRow[]): readonly ClubColumns[] => {
  const clubs = new Map(rows.flatMap(({ club }) => (club === null ? [] : [[club.id, club]])));
  return [...clubs.values()].toSorted((a, b) => a.name.localeCompare(b.name, "en") || (a.id < b.id ? -1 : 1));
};

type Beside = { readonly accesses: readonly Access[]; readonly glances: ReadonlyMap<string, PolicyGlance> };

const summariesOf = (clubs: readonly ClubColumns[], { accesses, glances }: Beside): readonly ClubSummary[] =>
  clubs.flatMap(({ franchiseStoppedAt, franchiseStopReason, ...club }) => {
    const role = highestRole(accesses, club);
    const glance = glances.get(club.id);
    if (role === null || glance === undefined) {
      return [];
    }
    // Either stop halts the club; the franchise's is named first, because lifting the club's would not end it.
    const stop = franchiseStoppedAt === null ? {} : { stoppedAt: franchiseStoppedAt, stopReason: franchiseStopReason };
    return [
      { ...club, ...glance, ...stop, id: asId("club", club.id), franchiseId: asId("franchise", club.franchiseId), role, isAtDesk: false },
    ];
  });

const highestRole = (accesses: readonly Access[], club: { readonly id: string; readonly franchiseId: string }): Role | null =>
  accesses
    .filter((access) => access.franchiseId === club.franchiseId && (access.clubId === null || access.clubId === club.id))
    .reduce<Role | null>((highest, { role }) => (highest !== null && isAtLeast(highest, role) ? highest : role), null);
