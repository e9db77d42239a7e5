import "server-only";

import { Prisma } from "#server/platform/generated/client.ts";

import type { Scope } from "./scope.ts";

const { sql } = Prisma;

/** Of the plain list of states the index knows, only these can have failed. */
const ENDED_BADLY = sql`e.status in ('failed', 'unknown', 'needs_human')`;

export const failedSendRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select e."conversationId", coalesce(e."settledAt", e."updatedAt") as at from "Effect" e
  where e."clubId" = ${clubId} and e.status = 'failed' and e.kind = 'message.send' and coalesce(e."settledAt", e."updatedAt") >= ${from}
    and coalesce(e."settledAt", e."updatedAt") < ${until}`;

/** `kind`: one of the six words of a connector for what went wrong. */
export const vendorErrorRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select e."conversationId", coalesce(e."settledAt", e."updatedAt") as at, e."failureKind" as kind from "Effect" e
  where e."clubId" = ${clubId} and ${ENDED_BADLY} and e."failureKind" is not null and coalesce(e."settledAt", e."updatedAt") >= ${from}
    and coalesce(e."settledAt", e."updatedAt") < ${until}`;

export const modelErrorRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select r."conversationId", t."createdAt" as at, t."errorKind" as kind from "ModelTurn" t
  left join "AgentRun" r on r.id = t."agentRunId" and r."clubId" = ${clubId}
  where t."clubId" = ${clubId} and t."createdAt" >= ${from} and t."createdAt" < ${until} and t."errorKind" is not null`;
