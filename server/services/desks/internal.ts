import "server-only";

import { Prisma } from "#server/platform/generated/client.ts";

/**
 * Whether a desk `d` is on: nobody turned it off, its club is there, and whoever turned it on may still do that. A manager who leaves
 * takes their desks with them, so that no browser stays a desk which nobody of the club answers for.
 */
export const isOn = (): Prisma.Sql => Prisma.sql`
  d."endedAt" is null
  and exists (
    select 1 from "StaffAccess" a join "User" s on s.id = a."userId" and s."archivedAt" is null
    where a."userId" = d."startedById" and a."archivedAt" is null and a.role in ('manager', 'owner')
      and a."franchiseId" = d."franchiseId" and (a."clubId" is null or a."clubId" = d."clubId"))`;
