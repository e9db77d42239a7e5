import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import type { CampaignFacts } from "#server/domain/workflows/campaign-groups.ts";
import type { CampaignSettings } from "#server/domain/workflows/settings.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { cursorOf, positionOf } from "#server/services/keyset-cursor.ts";
import { segmentQuery } from "#server/services/members/segments.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";
import type { PageQuery, Subject, SubjectPage } from "#server/services/workflows/define.ts";

/** The groups of the rule table, the stronger first: whoever stands in two is met in the first. */
const SEGMENTS = ["green", "pay_per_visit", "prospects"] as const;
type CampaignSegment = (typeof SEGMENTS)[number];

export type CampaignSubject = Subject & {
  readonly facts: CampaignFacts;
  readonly firstName: string;
  readonly membershipType: string | null;
};

type Listed = {
  readonly id: string;
  readonly createdAt: Date;
  readonly contactId: string;
  readonly firstName: string;
  readonly membershipType: string | null;
};

/** The next people of the three groups, each with everything the campaign decides on: two statements a page, whoever is on it. */
export const campaignSubjects = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { after, limit, run, settings }: PageQuery<CampaignSettings>,
): Promise<SubjectPage<CampaignSubject>> => {
  const { segment, position } = placeOf(after);
  const rows = await tx.db.$queryRaw<Listed[]>(
    segmentQuery({
      clubId: ctx.clubId,
      segment,
      before: position,
      limit: limit + 1,
      now: tx.now,
      timeZone: run.club.timeZone,
      greenDays: settings.greenDays,
    }),
  );
  const page = rows.slice(0, limit);
  const byContact = new Map(page.toReversed().map((row) => [row.contactId, row] as const));
  const facts = await readFacts(tx, ctx, {
    workflowId: run.workflowId,
    contactIds: [...byContact.keys()],
    timeZone: run.club.timeZone,
  });
  const subjects = [...byContact.values()].toReversed().flatMap((row): readonly CampaignSubject[] => {
    const known = facts.get(row.contactId);
    return known === undefined
      ? []
      : [
          {
            contactId: row.contactId,
            memberId: segment === "prospects" ? null : row.id,
            facts: known,
            firstName: row.firstName,
            membershipType: row.membershipType,
          },
        ];
  });
  return { subjects, next: nextPlace(segment, rows.length > limit ? page.at(-1) : undefined) };
};

const placeOf = (after: string | null): { readonly segment: CampaignSegment; readonly position: ReturnType<typeof positionOf> | null } => {
  const [name, cursor] = after?.split(" ") ?? [];
  const segment = SEGMENTS.find((each) => each === name) ?? "green";
  return { segment, position: cursor === undefined ? null : positionOf(cursor) };
};

/** After the last of a segment comes the first of the next. */
const nextPlace = (segment: CampaignSegment, last: Listed | undefined): string | null =>
  last === undefined ? (SEGMENTS[SEGMENTS.indexOf(segment) + 1] ?? null) : `${segment} ${cursorOf({ at: last.createdAt, id: last.id })}`;

type FactRow = Omit<CampaignFacts, "lastCampaignOn" | "owesMinor"> & {
  readonly contactId: string;
  readonly owes: string;
  readonly lastCampaignAt: Date | null;
};

type Wanted = { readonly workflowId: string; readonly contactIds: readonly string[]; readonly timeZone: string };

const readFacts = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { contactIds, timeZone, workflowId }: Wanted,
): Promise<ReadonlyMap<string, CampaignFacts>> => {
  const kinds = [...(await sendingChannels(tx, ctx)).keys()];
  const rows = await tx.db.$queryRaw<FactRow[]>(factQuery(ctx, { workflowId, kinds, contactIds }));
  return new Map(
    rows.map(({ contactId, owes, lastCampaignAt, ...facts }) => [
      contactId,
      { ...facts, owesMinor: BigInt(owes), lastCampaignOn: lastCampaignAt === null ? null : todayIn(timeZone, lastCampaignAt) },
    ]),
  );
};

type FactInput = { readonly workflowId: string; readonly kinds: readonly string[]; readonly contactIds: readonly string[] };

/** All records of a contact count together: whoever owes under one number owes. */
const factQuery = ({ clubId, franchiseId }: ServiceContext, { contactIds, kinds, workflowId }: FactInput): Prisma.Sql => Prisma.sql`
  with page as (select unnest(${[...contactIds]}::text[]) as id),
  records as (
    select m."contactId", max(m."joinedOn") filter (where m.status not in ('cancelled', 'in_collections')) as joined,
           bool_or(m.status = 'pay_per_visit') as ppv, bool_or(m.status <> 'cancelled') as member,
           sum(greatest(coalesce(m."balanceMinor", 0), coalesce(m."trainingBalanceMinor", 0), 0)) as owes
    from page join "Member" m on m."clubId" = ${clubId} and m."contactId" = page.id and m."archivedAt" is null group by 1),
  leads as (select distinct p."contactId" from page join "Prospect" p on p."clubId" = ${clubId} and p."contactId" = page.id and p."archivedAt" is null),
  history as (
    select o."contactId", max(coalesce(o."settledAt", o."createdAt")) filter (where o.outcome in ('sent', 'unknown')) as last,
           bool_or(o.outcome in ('sent', 'unknown') and o."templateKey" = 'green_member_welcome') as welcomed,
           bool_or(o.outcome in ('planned', 'deferred', 'needs_approval', 'unknown')) as open
    from page join "WorkflowOutcome" o on o."clubId" = ${clubId} and o."contactId" = page.id
    where o."workflowId" = ${workflowId} and not o."isDryRun" group by 1),
  written as (
    select distinct v."contactId" from page join "Conversation" v on v."clubId" = ${clubId} and v."contactId" = page.id
    where exists (select 1 from "Message" m where m."clubId" = ${clubId} and m."conversationId" = v.id and m.direction = 'outbound')),
  addresses as (
    select i."contactId", bool_or(i."channelKind" = any (${[...kinds]}::text[]) and coalesce(i.address, i."externalId") is not null) as reachable,
           bool_or(s.id is not null) as stopped
    from page join "ContactIdentity" i on i."clubId" = ${clubId} and i."contactId" = page.id
    left join "Suppression" s on s."franchiseId" = ${franchiseId} and s."addressKey" = i."addressKey" and s."channelKind" = i."channelKind" and s."liftedAt" is null
    group by 1)
  select c.id as "contactId", records.joined as "joinedOn", coalesce(records.ppv, false) as "isPayPerVisit", coalesce(records.member, false) as "isMember",
         leads."contactId" is not null as "isProspect", coalesce(records.owes, 0)::text as owes, written."contactId" is not null as "wasWritten",
         coalesce(history.welcomed, false) as "hadGreenWelcome", history.last as "lastCampaignAt", coalesce(history.open, false) as "hasOpenPlan",
         c."isAgentOff", coalesce(addresses.stopped, false) as "hasOptedOut", coalesce(addresses.reachable, false) as "hasAddress"
  from page join "Contact" c on c."clubId" = ${clubId} and c.id = page.id
  left join records on records."contactId" = c.id left join leads on leads."contactId" = c.id left join history on history."contactId" = c.id
  left join written on written."contactId" = c.id left join addresses on addresses."contactId" = c.id
  where c."archivedAt" is null`;
