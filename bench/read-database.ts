import pg from "pg";
import { z } from "zod";

import type { EffectRow, MessageRow } from "./checker-input.ts";

const MessageRowSchema = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  connectionId: z.string().nullable(),
  conversationId: z.string(),
  body: z.string(),
  receivedAt: z.date(),
  agentProcessedAt: z.date().nullable(),
  agentOutcome: z.string().nullable(),
}) satisfies z.ZodType<MessageRow>;

const EffectRowSchema = z.object({
  id: z.string(),
  status: z.string(),
  connectionId: z.string(),
  to: z.string(),
  text: z.string(),
  vendorReference: z.string().nullable(),
  answersMessageId: z.string().nullable(),
  hasPendingApproval: z.boolean(),
  hasOpenAlert: z.boolean(),
  wasUnknown: z.boolean(),
  wasShown: z.boolean(),
}) satisfies z.ZodType<EffectRow>;

/** Both in one statement, so that what they say belongs together. */
const LEFT = `
  select
    (select count(*)::int from "Message" where direction = 'inbound' and "connectionId" = any ($1)) as "messageCount",
    (select count(*)::int from "Message" where direction = 'inbound' and "connectionId" = any ($1) and "agentProcessedAt" is null) as "unprocessedCount",
    (select count(*)::int from "Effect" e where status in ('approved', 'dispatching', 'unknown') or (status = 'planned' and not e."needsApproval")) as "openEffectCount",
    (select count(*)::int from "OutboxEvent" where name is not null and "doneAt" is null) as "openEventCount"`;
const Left = z.object({ messageCount: z.number(), unprocessedCount: z.number(), openEffectCount: z.number(), openEventCount: z.number() });
export type Left = z.output<typeof Left>;

const STAGES = `
  select distinct on (m.id) m.body, m."receivedAt", m."agentOutcome", r."startedAt", r."finishedAt", e."dispatchedAt", e."settledAt", d.reasons
  from "Message" m
  left join "AgentRun" r on r."messageId" = m.id and r."clubId" = m."clubId"
  left join "Effect" e on e."agentRunId" = r.id and e."clubId" = m."clubId"
  left join "Decision" d on d."agentRunId" = r.id and d."clubId" = m."clubId"
  where m.direction = 'inbound' and m.body = any ($1) order by m.id, r."startedAt"`;
const Stage = z.object({
  body: z.string(),
  receivedAt: z.date(),
  agentOutcome: z.string().nullable(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  dispatchedAt: z.date().nullable(),
  settledAt: z.date().nullable(),
  reasons: z.unknown(),
});
/** What our own clock says about one message on its way. */
export type StageRow = z.output<typeof Stage>;

const SyncState = z.object({ lastSuccessAt: z.date().nullable(), isRunning: z.boolean(), errorCount: z.number() });
type SyncState = z.output<typeof SyncState>;
const PeopleState = z.object({ memberCount: z.number(), prospectCount: z.number(), versions: z.string().nullable() });
export type PeopleState = z.output<typeof PeopleState>;

export type BenchDatabase = ReturnType<typeof readDatabase>;

/** Reads as the owner of the tables, who sees every club. A new connection each time: the server may have been killed. */
export const readDatabase = (ownerUrl: string) => {
  const rows = async <T>(
    schema: z.ZodType<T>,
    { sql, values }: { readonly sql: string; readonly values: readonly unknown[] },
  ): Promise<T[]> => {
    const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000, query_timeout: 20_000 });
    // A server that is killed while nothing is asked reports here; the next question fails by itself.
    client.on("error", () => undefined);
    await client.connect();
    try {
      const result = await client.query<Record<string, unknown>>(sql, [...values]);
      return z.array(schema).parse(result.rows);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  return {
    left: async (connectionIds: readonly string[]): Promise<Left | null> =>
      (await rows(Left, { sql: LEFT, values: [connectionIds] }))[0] ?? null,
    /** Ids of the conversations of one connection. */
    conversations: async (connectionId: string): Promise<string[]> =>
      (
        await rows(z.object({ id: z.string() }), {
          sql: `select c.id from "Conversation" c join "Channel" h on h.id = c."channelId" where h."connectionId" = $1 order by c.id`,
          values: [connectionId],
        })
      ).map(({ id }) => id),
    messages: (connectionIds: readonly string[]): Promise<MessageRow[]> =>
      rows(MessageRowSchema, {
        sql: `select id, "externalId", "connectionId", "conversationId", body, "receivedAt", "agentProcessedAt", "agentOutcome"
              from "Message" where direction = 'inbound' and "connectionId" = any ($1) order by "receivedAt", id`,
        values: [connectionIds],
      }),
    effects: (connectionIds: readonly string[]): Promise<EffectRow[]> =>
      rows(EffectRowSchema, {
        sql: `select e.id, e.status, e."connectionId", e.arguments->>'to' as "to", e.arguments->>'text' as "text", e."vendorReference",
                     r."messageId" as "answersMessageId",
                     exists (select 1 from "Approval" a where a."effectId" = e.id and a.status = 'pending') as "hasPendingApproval",
                     exists (select 1 from "Alert" a where a."effectId" = e.id and a."resolvedAt" is null) as "hasOpenAlert",
                     exists (select 1 from "AiAction" a where a."effectId" = e.id and a.kind = 'reply.unknown') as "wasUnknown",
                     exists (select 1 from "Alert" a where a."effectId" = e.id) as "wasShown"
              from "Effect" e left join "AgentRun" r on r.id = e."agentRunId" and r."clubId" = e."clubId"
              where e."connectionId" = any ($1) order by e.id`,
        values: [connectionIds],
      }),
    stages: (bodies: readonly string[]): Promise<StageRow[]> => rows(Stage, { sql: STAGES, values: [bodies] }),
    /** Members the vendor's books have brought so far. */
    memberCount: async (): Promise<number> =>
      (await rows(z.object({ count: z.number() }), { sql: `select count(*)::int as count from "Member"`, values: [] }))[0]?.count ?? 0,
    /** Questions of articles that were learnt so far. */
    learntCount: async (): Promise<number> =>
      (await rows(z.object({ count: z.number() }), { sql: `select count(*)::int as count from "SentenceVector"`, values: [] }))[0]?.count ??
      0,
    /** A connection's members are due at once, at the next minute of the scheduler. */
    makeSyncDue: async (connectionId: string): Promise<void> => {
      await rows(z.unknown(), {
        sql: `update "Connection" set "lastSuccessAt" = null, "leaseUntil" = null where id = $1`,
        values: [connectionId],
      });
    },
    /** Where a pass through the members stands. */
    syncState: async (connectionId: string): Promise<SyncState | null> =>
      (
        await rows(SyncState, {
          sql: `select "lastSuccessAt", "leaseOwner" is not null as "isRunning", "errorCount" from "Connection" where id = $1`,
          values: [connectionId],
        })
      )[0] ?? null,
    /** Counts of a club's people, and one word that changes with every write to any of their rows. */
    peopleState: async (connectionId: string): Promise<PeopleState> =>
      (
        await rows(PeopleState, {
          sql: `select (select count(*)::int from "Member" where "connectionId" = $1) as "memberCount",
                       (select count(*)::int from "Prospect" where "connectionId" = $1) as "prospectCount",
                       (select md5(string_agg(id || xmin::text || ctid::text, ',' order by id)) from
                         (select id, xmin, ctid from "Member" where "connectionId" = $1 union all
                          select id, xmin, ctid from "Prospect" where "connectionId" = $1) as people) as versions`,
          values: [connectionId],
        })
      )[0] ?? { memberCount: 0, prospectCount: 0, versions: null },
    /** The next poll of a connection goes by the idle pace again, as if nobody had written for a while. */
    forgetActivity: async ({ connectionId, longerMs }: { readonly connectionId: string; readonly longerMs: number }): Promise<void> => {
      await rows(z.unknown(), {
        sql: `update "Connection" set "activeUntil" = null,
                     "nextPollAt" = case when "leaseUntil" is null then "nextPollAt" + $2 * interval '1 millisecond' else "nextPollAt" end
              where id = $1 and "activeUntil" is not null`,
        values: [connectionId, longerMs],
      });
    },
  };
};
