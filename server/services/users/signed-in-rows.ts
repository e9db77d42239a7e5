import "server-only";

import type { Tx } from "#server/platform/tenant.ts";

import type { SessionSeed } from "./sign-in-with-password.ts";

export type ClubColumns = {
  readonly id: string;
  readonly franchiseId: string;
  readonly franchiseName: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly stoppedAt: Date | null;
  readonly stopReason: string | null;
  readonly franchiseStoppedAt: Date | null;
  readonly franchiseStopReason: string | null;
};

/** One per club that an access opens; one with null where a user has no access, or an access no club. */
export type SignedInRow = {
  readonly userName: string;
  readonly email: string;
  readonly access: { readonly id: string; readonly franchiseId: string; readonly clubId: string | null; readonly role: string } | null;
  readonly club: ClubColumns | null;
};

type Nullable<Columns> = { readonly [Name in keyof Columns]: Columns[Name] | null };
type FlatRow = Pick<SignedInRow, "userName" | "email"> &
  Nullable<Omit<ClubColumns, "franchiseId">> & {
    accessId: string | null;
    franchiseId: string | null;
    accessClubId: string | null;
    role: string | null;
  };

/**
 * Everything a session stands for in one statement, because every call of every page asks for it. No rows for a user
 * who is archived or whose sessions were ended. Needs the user's own context.
 */
export const readSignedInRows = async (tx: Tx, session: SessionSeed): Promise<readonly SignedInRow[]> => {
  const rows = await tx.db.$queryRaw<FlatRow[]>`
    select u.name as "userName", u.email,
           a.id as "accessId", a."franchiseId", a."clubId" as "accessClubId", a.role,
           f.name as "franchiseName", f."stoppedAt" as "franchiseStoppedAt", f."stopReason" as "franchiseStopReason",
           c.id, c.slug, c.name, c."timeZone", c.currency, c."stoppedAt", c."stopReason"
    from "User" u
    left join ("StaffAccess" a join "Franchise" f on f.id = a."franchiseId" and f."archivedAt" is null)
      on a."userId" = u.id and a."archivedAt" is null
    left join "Club" c
      on c."franchiseId" = a."franchiseId" and (a."clubId" is null or c.id = a."clubId") and c."archivedAt" is null
    where u.id = ${session.userId} and u."sessionVersion" = ${session.sessionVersion} and u."archivedAt" is null
    order by a.id`;
  return rows.map((row) => ({ userName: row.userName, email: row.email, access: accessOf(row), club: clubOf(row) }));
};

const accessOf = ({ accessId, franchiseId, accessClubId, role }: FlatRow): SignedInRow["access"] =>
  accessId === null || franchiseId === null || role === null ? null : { id: accessId, franchiseId, clubId: accessClubId, role };

const clubOf = (row: FlatRow): ClubColumns | null => {
  const { id, franchiseId, franchiseName, slug, name, timeZone, currency } = row;
  if (
    id === null ||
    franchiseId === null ||
    franchiseName === null ||
    slug === null ||
    name === null ||
    timeZone === null ||
    currency === null
  ) {
    return null;
  }
  const { stoppedAt, stopReason, franchiseStoppedAt, franchiseStopReason } = row;
  return { id, franchiseId, franchiseName, slug, name, timeZone, currency, stoppedAt, stopReason, franchiseStoppedAt, franchiseStopReason };
};
