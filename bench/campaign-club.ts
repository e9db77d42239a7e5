import { randomUUID } from "node:crypto";

import pg from "pg";
import { z } from "zod";

import { SendSettings } from "#server/domain/sending/settings.ts";

import type { CampaignEvidence } from "./campaign-check.ts";

const WORDING = "I agree to receive advertising text messages from this club. Consent is not a condition of purchase.";

const Workflow = z.object({ id: z.string() });
const Step = z.object({ name: z.string(), at: z.coerce.date() });
const Run = z.object({
  id: z.string(),
  trigger: z.string(),
  status: z.string(),
  phase: z.string(),
  openCount: z.number(),
  subjectCount: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  approvedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  steps: z.array(Step),
});
export type RunState = z.output<typeof Run>;
const Outcome = z.object({ group: z.string().nullable(), outcome: z.string(), reason: z.string(), count: z.number() });
const Effect = z.object({
  id: z.string(),
  to: z.string(),
  status: z.string(),
  hasOpenAlert: z.boolean(),
  wasUnknown: z.boolean(),
  wasShown: z.boolean(),
}) satisfies z.ZodType<CampaignEvidence["effects"][number]>;

type Club = { readonly id: string; readonly franchiseId: string };

export type CampaignClub = ReturnType<typeof campaignClub>;

/** What the bench reads and sets up of one club, as the owner of the tables. A new connection each time. */
export const campaignClub = (ownerUrl: string, { id: clubId, franchiseId }: Club) => {
  const rows = async <T>(schema: z.ZodType<T>, sql: string, values: readonly unknown[]): Promise<T[]> => {
    const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000, query_timeout: 30_000 });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return z.array(schema).parse((await client.query<Record<string, unknown>>(sql, [...values])).rows);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const runs = (): Promise<RunState[]> =>
    rows(
      Run,
      `select id, trigger, status, phase, "openCount", "subjectCount", "inputTokens", "outputTokens", "approvedAt", "finishedAt", steps
       from "WorkflowRun" where "clubId" = $1 order by id`,
      [clubId],
    );
  return {
    /** What a lawyer and the carriers would have said: these states are cleared, and the brand may send so many texts a day. */
    publishSettings: (states: readonly string[], brandTextsPerDay: number) =>
      rows(
        z.unknown(),
        `insert into "SendingSettings" (id, "franchiseId", "clubId", version, document, note, "publishedAt")
         select $1, $2, $3, coalesce(max(version), 0) + 1, $4, 'cleared for the bench', now() from "SendingSettings" where "franchiseId" = $2`,
        [
          idOf("send"),
          franchiseId,
          clubId,
          JSON.stringify(SendSettings.parse({ marketingStates: [...new Set(states)], brandTextsPerDay })),
        ],
      ),
    /** Written consents with their proof, to advertising and to what serves a member, for everybody behind these numbers. Returns for how many. */
    consentInWriting: async (numbers: readonly string[]): Promise<number> =>
      new Set(
        (
          await rows(
            z.object({ id: z.string() }),
            `insert into "Consent" (id, "franchiseId", "clubId", "contactId", purpose, "channelKind", "isGranted", source, wording, proof, at, "createdAt")
           select 'cons_0' || left(replace(gen_random_uuid()::text, '-', ''), 25), $2, $1, c."contactId", p.purpose, 'sms', true, 'form', $4,
                  'bench://forms/' || c."contactId", now() - interval '30 days', now()
           from (select distinct "contactId" from "ContactIdentity" where "clubId" = $1 and "channelKind" = 'sms' and address = any ($3)) c
           cross join (values ('marketing'), ('service')) p (purpose)
           returning "contactId" as id`,
            [clubId, franchiseId, numbers, WORDING],
          )
        ).map(({ id }) => id),
      ).size,
    reachableCount: async (numbers: readonly string[]): Promise<number> =>
      (
        await rows(
          z.object({ count: z.number() }),
          `select count(distinct "contactId")::int as count from "ContactIdentity" where "clubId" = $1 and "channelKind" = 'sms' and address = any ($2)`,
          [clubId, numbers],
        )
      )[0]?.count ?? 0,
    campaignId: async (): Promise<string | null> =>
      (
        await rows(Workflow, `select id from "Workflow" where "clubId" = $1 and kind = 'daily_campaigns' and "archivedAt" is null`, [
          clubId,
        ])
      )[0]?.id ?? null,
    runs,
    newestRun: async (trigger: string): Promise<RunState | null> => (await runs()).findLast((run) => run.trigger === trigger) ?? null,
    outcomes: (runId: string) =>
      rows(
        Outcome,
        `select "group", outcome, reason, count(*)::int as count from "WorkflowOutcome" where "clubId" = $1 and "workflowRunId" = $2
         group by 1, 2, 3 order by 4 desc`,
        [clubId, runId],
      ),
    effects: (runId: string) =>
      rows(
        Effect,
        `select e.id, e.arguments->>'to' as "to", e.status,
                exists (select 1 from "Alert" a where a."effectId" = e.id and a."resolvedAt" is null) as "hasOpenAlert",
                exists (select 1 from "AiAction" a where a."effectId" = e.id and a.kind = 'reply.unknown') as "wasUnknown",
                exists (select 1 from "Alert" a where a."effectId" = e.id) as "wasShown"
         from "WorkflowOutcome" o join "Effect" e on e.id = o."effectId" and e."clubId" = o."clubId"
         where o."clubId" = $1 and o."workflowRunId" = $2 order by e.id`,
        [clubId, runId],
      ),
    /** Effects of a run that have not ended, and whether a person is asked about those. */
    openEffectCount: async (runId: string): Promise<number> =>
      (
        await rows(
          z.object({ count: z.number() }),
          `select count(*)::int as count from "WorkflowOutcome" o left join "Effect" e on e.id = o."effectId" and e."clubId" = o."clubId"
           where o."clubId" = $1 and o."workflowRunId" = $2 and o.outcome in ('planned', 'deferred', 'unknown')
             and (e.id is null or e.status not in ('confirmed', 'failed', 'dropped', 'needs_human'))`,
          [clubId, runId],
        )
      )[0]?.count ?? 0,
    managerNumber: async (): Promise<string | null> =>
      (await rows(z.object({ managerPhone: z.string().nullable() }), `select "managerPhone" from "Club" where id = $1`, [clubId]))[0]
        ?.managerPhone ?? null,
  };
};

const idOf = (prefix: string): string => `${prefix}_0${randomUUID().replaceAll("-", "").slice(0, 25)}`;
