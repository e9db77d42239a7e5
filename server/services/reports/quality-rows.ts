import "server-only";

import { ROBOTIC_PATTERN } from "#server/domain/metrics/robotic.ts";
import { Prisma } from "#server/platform/generated/client.ts";

import { WENT_OUT } from "./answering-rows.ts";
import type { Scope } from "./scope.ts";

const { sql } = Prisma;

/** The checks of `domain/guards` that keep a finished draft from going out alone. */
export const HELD_CODES = ["fact_lock", "promise_without_duty", "privacy", "language_mismatch", "too_long", "repeated_answer"] as const;

/** A rating up to this says that the answer should not have gone out; as earned autonomy counts it. */
const WRONG_SCORE = 2;

export const ratingRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select m."conversationId", r."createdAt" as at, r.score from "Rating" r
  join "Message" m on m.id = r."messageId" and m."clubId" = ${clubId}
  where r."clubId" = ${clubId} and r."createdAt" >= ${from} and r."createdAt" < ${until}`;

/** Drafts of Spotter that a person sent. */
export const draftRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select m."conversationId", m."receivedAt" as at, c.id is not null as "isEdited" from "Message" m
  left join "Correction" c on c."effectId" = m."effectId" and c."clubId" = ${clubId}
  where m."clubId" = ${clubId} and m."receivedAt" >= ${from} and m."receivedAt" < ${until} and m.direction = 'outbound' and m.author = 'agent'
    and m."authorUserId" is not null and ${WENT_OUT}`;

/** Drafts beside what staff sent, with the tenth of the confidence they fall into. */
export const comparisonRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select d."conversationId", k."createdAt" as at, k."isAgreed", d."confidenceRatio", least(floor(d."confidenceRatio" * 10), 9)::int as tenth
  from "DraftComparison" k join "Decision" d on d.id = k."decisionId" and d."clubId" = ${clubId}
  where k."clubId" = ${clubId} and k."createdAt" >= ${from} and k."createdAt" < ${until}`;

/** Answers that went out alone and that somebody of the staff found wrong: each once, when it was first found. */
export const wrongRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select e."conversationId", min(f.at) as at from (
    select m."effectId", r."createdAt" as at from "Rating" r join "Message" m on m.id = r."messageId" and m."clubId" = ${clubId}
      where r."clubId" = ${clubId} and r."createdAt" >= ${from} and r."createdAt" < ${until} and r.score <= ${WRONG_SCORE}
    union all
    select c."effectId", c."createdAt" from "Correction" c
      where c."clubId" = ${clubId} and c."createdAt" >= ${from} and c."createdAt" < ${until}
    union all
    select split_part(x."effectKey", ':', 3), x."createdAt" from "Effect" x
      where x."clubId" = ${clubId} and x."createdAt" >= ${from} and x."createdAt" < ${until} and starts_with(x."effectKey", 'correction:')) f
  join "Effect" e on e.id = f."effectId" and e."clubId" = ${clubId}
  join "Decision" d on d.id = e."decisionId" and d."clubId" = ${clubId}
  where e."plannedBy" = 'agent' and not e."needsApproval" and d.outcome = 'respond'
  group by e.id, e."conversationId"`;

/** Messages for which a check held the draft, each with the check that spoke first. */
export const heldRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select distinct on (d."messageId") d."conversationId", d."createdAt" as at,
    (select r.code from jsonb_array_elements_text(d.reasons) with ordinality as r(code, place) where r.code = any (${[...HELD_CODES]}::text[])
     order by r.place limit 1) as code
  from "Decision" d
  where d."clubId" = ${clubId} and d."createdAt" >= ${from} and d."createdAt" < ${until} and d.outcome in ('suggest', 'escalate')
    and d.reasons ?| ${[...HELD_CODES]}::text[]
  order by d."messageId", d."createdAt" desc`;

export const roboticRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select m."conversationId", m."receivedAt" as at from "Message" m
  where m."clubId" = ${clubId} and m."receivedAt" >= ${from} and m."receivedAt" < ${until} and m.direction = 'inbound' and m.body ~* ${ROBOTIC_PATTERN}`;

/** Scores of people, by who had settled their matter. */
export const scoreRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select s."conversationId", s."askedAt" as at, s.score, s."handledBy" from "SatisfactionScore" s
  where s."clubId" = ${clubId} and s."askedAt" >= ${from} and s."askedAt" < ${until} and s.score is not null`;
