import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withSystem, type Tx } from "#server/platform/tenant.ts";

import { readDesk, type Desk } from "./find-desk.ts";

export type AtDesk = { readonly userId: Id<"user">; readonly name: string };

/** The names somebody may pick at a desk: who works in its club now and has a PIN. The token is the permission; empty without a desk. */
export const listAtDesk = (token: string): Promise<readonly AtDesk[]> =>
  withSystem(async (tx) => {
    const desk = await readDesk(tx, token);
    return desk === null ? [] : peopleOf(tx, desk);
  });

const peopleOf = (tx: Tx, { clubId, franchiseId }: Desk): Promise<AtDesk[]> => tx.db.$queryRaw<AtDesk[]>`
  select u.id as "userId", u.name
  from "User" u
  where u."archivedAt" is null and u."pinHash" is not null and exists (
    select 1 from "StaffAccess" a where a."userId" = u.id and a."archivedAt" is null
      and a."franchiseId" = ${franchiseId} and (a."clubId" is null or a."clubId" = ${clubId}))
  order by u.name, u.id`;
