import "server-only";

import { isStillThere } from "#server/domain/desk.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { withSystem, type Tx } from "#server/platform/tenant.ts";
import { findSignedIn, type SignedIn } from "#server/services/users/find-signed-in.ts";

import { deskTokenHash, TOKEN_PATTERN } from "./desk-token.ts";
import { isOn } from "./internal.ts";

/** Whoever typed their PIN at a desk and has not left it, with the state of their sessions at that moment. */
type Occupant = { readonly userId: Id<"user">; readonly sessionVersion: number };

/** A browser that is a shared computer of a club. */
export type Desk = {
  readonly id: Id<"desk">;
  readonly name: string;
  readonly franchiseId: Id<"franchise">;
  readonly clubId: Id<"club">;
  readonly clubName: string;
  /** Null while it is locked: then it acts for nobody. */
  readonly occupant: Occupant | null;
};

type Row = {
  id: string;
  name: string;
  franchiseId: string;
  clubId: string;
  clubName: string;
  userId: string | null;
  sessionVersion: number | null;
  openedAt: Date | null;
  lastUsedAt: Date | null;
  pinSetAt: Date | null;
};

type Options = { readonly fixedNow?: Date };

/** The desk that a browser's cookie names, or null where that is none or is off. The token is the permission. */
export const findDesk = async (token: string, { fixedNow }: Options = {}): Promise<Desk | null> =>
  TOKEN_PATTERN.test(token) ? withSystem((tx) => readDesk(tx, token), { fixedNow }) : null;

/** The same in a transaction of the system login. */
export const readDesk = async (tx: Tx, token: string): Promise<Desk | null> => {
  const [row] = await tx.db.$queryRaw<Row[]>`
    select d.id, d.name, d."franchiseId", d."clubId", c.name as "clubName", d."userId", d."sessionVersion", d."openedAt", d."lastUsedAt", u."pinSetAt"
    from "Desk" d
    join "Club" c on c.id = d."clubId" and c."archivedAt" is null
    join "Franchise" f on f.id = d."franchiseId" and f."archivedAt" is null
    left join "User" u on u.id = d."userId"
    where d."tokenHash" = ${deskTokenHash(token)} and ${isOn()}`;
  return row === undefined
    ? null
    : {
        id: asId("desk", row.id),
        name: row.name,
        franchiseId: asId("franchise", row.franchiseId),
        clubId: asId("club", row.clubId),
        clubName: row.clubName,
        occupant: occupantOf(row, tx.now),
      };
};

const occupantOf = ({ userId, sessionVersion, openedAt, lastUsedAt, pinSetAt }: Row, now: Date): Occupant | null => {
  if (userId === null || sessionVersion === null || openedAt === null || lastUsedAt === null || pinSetAt === null) {
    return null;
  }
  return isStillThere({ openedAt, lastUsedAt, pinSetAt }, now) ? { userId: asId("user", userId), sessionVersion } : null;
};

/**
 * Who acts at a desk: nobody while it is locked, and nobody whose sessions were ended or who no longer works in its club. A PIN opens
 * this one club, never another of theirs, and nobody has signed in by it.
 */
export const findAtDesk = async ({ id, name, clubId, occupant }: Desk): Promise<SignedIn | null> => {
  const user = occupant === null ? null : await findSignedIn(occupant);
  const club = user?.clubs.find((one) => one.id === clubId);
  if (user === null || club === undefined) {
    return null;
  }
  return {
    ...user,
    signedInAt: null,
    desk: { id, name },
    accesses: [{ franchiseId: club.franchiseId, clubId, role: club.role }],
    clubs: [{ ...club, isAtDesk: true }],
  };
};
