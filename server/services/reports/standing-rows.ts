import "server-only";

import { Prisma } from "#server/platform/generated/client.ts";

const { sql } = Prisma;

/** People who wait for an answer at this moment. */
export const waitingRows = (clubId: string): Prisma.Sql => sql`
  select c.id as "conversationId", c."waitingSince" as at from "Conversation" c
  where c."clubId" = ${clubId} and c.status = 'open' and c."archivedAt" is null and c."waitingSince" is not null`;

/** What the inbox calls "needs you". */
export const needsYouRows = (clubId: string): Prisma.Sql => sql`
  select c.id as "conversationId", coalesce(c."waitingSince", c."lastMessageAt") as at from "Conversation" c
  where c."clubId" = ${clubId} and c."archivedAt" is null and (c."needsYou" in ('approval', 'escalation')
    or (c.status = 'open' and c."handledBy" = 'staff' and c."waitingSince" is not null and c."needsYou" = 'none'))`;

export const overdueRows = (clubId: string, now: Date): Prisma.Sql => sql`
  select t."conversationId", t."dueAt" as at from "Ticket" t where t."clubId" = ${clubId} and t.status = 'open' and t."dueAt" < ${now}`;
