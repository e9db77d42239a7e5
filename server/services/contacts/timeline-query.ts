import "server-only";

import { TIMELINE_GROUPS, type TimelineGroup } from "#server/domain/person-view.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { Position } from "#server/services/keyset-cursor.ts";

const { empty, sql } = Prisma;

/** A message is read in its conversation; here its beginning says which one it was. */
const TEXT_MAX_LENGTH = 600;

type Scope = { readonly clubId: string; readonly contactId: string };

/**
 * One kind of thing that happened. `when`: its instant; `what`: code, state, text, amount, currency, channel, conversation and the
 * user who did it, in this order; all of them texts.
 */
type Source = {
  readonly kind: Prisma.Sql;
  readonly id: Prisma.Sql;
  readonly when: Prisma.Sql;
  readonly what: readonly Prisma.Sql[];
  readonly from: Prisma.Sql;
};

const none = sql`null::text`;

const ofConversations = ({
  clubId,
  contactId,
}: Scope): Prisma.Sql => sql`"Conversation" c join "Channel" channel on channel.id = c."channelId" and channel."clubId" = c."clubId"
  join "Message" x on x."conversationId" = c.id and x."clubId" = c."clubId" where c."clubId" = ${clubId} and c."contactId" = ${contactId}`;

const ofContact = (table: Prisma.Sql, { clubId, contactId }: Scope): Prisma.Sql =>
  sql`${table} x where x."clubId" = ${clubId} and x."contactId" = ${contactId}`;

const ofMember = (table: Prisma.Sql, { clubId, contactId }: Scope): Prisma.Sql =>
  sql`"Member" m join ${table} x on x."memberId" = m.id and x."clubId" = m."clubId" where m."clubId" = ${clubId} and m."contactId" = ${contactId}`;

/** Where each group of the story stands in the database. */
const SOURCES = {
  talk: (scope) => [
    {
      kind: sql`case when x.direction = 'note' then 'note' when x."eventCode" = 'missed_call' then 'call' when x.direction = 'event' then 'event' else 'message' end`,
      id: sql`x.id`,
      when: sql`x."receivedAt"`,
      what: [
        sql`case when x.direction = 'event' then coalesce(x."eventCode", 'event') else x.author end`,
        sql`x.status`,
        sql`left(x.body, ${TEXT_MAX_LENGTH}::int)`,
        none,
        none,
        sql`channel.kind`,
        sql`c.id`,
        sql`x."authorUserId"`,
      ],
      from: ofConversations(scope),
    },
  ],
  money: (scope) => [
    {
      kind: sql`'reminder'`,
      id: sql`x.id`,
      when: sql`x.at`,
      what: [sql`x.tier`, none, sql`coalesce(x.note, '')`, sql`x."amountMinor"::text`, sql`x.currency`, none, none, sql`x."loggedById"`],
      from: ofContact(sql`"CollectionAttempt"`, scope),
    },
    {
      kind: sql`'payment'`,
      id: sql`x.id`,
      when: sql`x.at`,
      what: [sql`x.status`, none, sql`''`, sql`x."amountMinor"::text`, sql`x.currency`, none, none, none],
      from: ofContact(sql`"Payment"`, scope),
    },
    {
      kind: sql`'pay_request'`,
      id: sql`x.id`,
      when: sql`x."createdAt"`,
      what: [sql`x.kind`, sql`x.status`, sql`x.description`, sql`x."amountMinor"::text`, sql`x.currency`, none, none, none],
      from: ofContact(sql`"PayRequest"`, scope),
    },
    {
      kind: sql`'promise'`,
      id: sql`x.id`,
      when: sql`x."createdAt"`,
      what: [
        sql`x.status`,
        none,
        sql`x."promisedOn"`,
        sql`x."amountMinor"::text`,
        sql`x.currency`,
        none,
        sql`x."conversationId"`,
        sql`x."madeBy"`,
      ],
      from: ofContact(sql`"PaymentPromise"`, scope),
    },
    {
      kind: sql`'hold'`,
      id: sql`x.id`,
      when: sql`x.since`,
      what: [
        sql`x.kind`,
        sql`case when x."releasedAt" is null then 'open' else 'released' end`,
        sql`x.reason`,
        none,
        none,
        none,
        none,
        sql`x."placedBy"`,
      ],
      from: ofContact(sql`"BillingHold"`, scope),
    },
  ],
  visits: (scope) => [
    {
      kind: sql`'visit'`,
      id: sql`x.id`,
      when: sql`x.at`,
      what: [sql`'visit'`, none, sql`''`, none, none, none, none, none],
      from: ofMember(sql`"Visit"`, scope),
    },
    {
      kind: sql`'booking'`,
      id: sql`x.id`,
      when: sql`x."startsAt"`,
      what: [sql`x.kind`, sql`x.status`, sql`x.title`, none, none, none, none, none],
      from: ofContact(sql`"Booking"`, scope),
    },
    {
      kind: sql`'lock'`,
      id: sql`x.id`,
      when: sql`x."lockedAt"`,
      what: [sql`x.status`, none, sql`''`, sql`x."dueMinor"::text`, sql`x.currency`, none, none, none],
      from: sql`${ofContact(sql`"AccessLock"`, scope)} and x."lockedAt" is not null`,
    },
    {
      kind: sql`'unlock'`,
      id: sql`x.id || '-unlock'`,
      when: sql`x."unlockedAt"`,
      what: [sql`coalesce(x."unlockReason", 'person')`, none, sql`''`, none, none, none, none, none],
      from: sql`${ofContact(sql`"AccessLock"`, scope)} and x."unlockedAt" is not null`,
    },
    {
      kind: sql`'door'`,
      id: sql`x.id`,
      when: sql`coalesce(x."settledAt", x."createdAt")`,
      what: [sql`x.status`, none, sql`''`, none, none, none, sql`x."conversationId"`, sql`x."approvedById"`],
      from: sql`${ofContact(sql`"Effect"`, scope)} and x.kind = 'door.pulse'`,
    },
  ],
  decisions: ({ clubId, contactId }) => [
    {
      kind: sql`'approval'`,
      id: sql`x.id`,
      when: sql`coalesce(x."decidedAt", x."requestedAt")`,
      what: [sql`x.status`, none, sql`x.summary`, none, none, none, sql`x."conversationId"`, sql`x."decidedById"`],
      from: sql`"Effect" e join "Approval" x on x."effectId" = e.id and x."clubId" = e."clubId" where e."clubId" = ${clubId} and e."contactId" = ${contactId}`,
    },
  ],
  consents: (scope) => [
    {
      kind: sql`'consent'`,
      id: sql`x.id`,
      when: sql`x.at`,
      what: [
        sql`x.purpose`,
        sql`case when x."isGranted" then 'granted' else 'refused' end`,
        sql`coalesce(x.wording, '')`,
        none,
        none,
        sql`x."channelKind"`,
        none,
        none,
      ],
      from: ofContact(sql`"Consent"`, scope),
    },
  ],
} as const satisfies Record<TimelineGroup, (scope: Scope) => readonly Source[]>;

type Asked = Scope & { readonly groups: readonly TimelineGroup[]; readonly before: Position | null; readonly limit: number };

/** The newest of each kind before a place, put together in their order: no kind is read further than the page is long. */
export const timelineQuery = ({ before, groups, limit, ...scope }: Asked): Prisma.Sql => {
  const asked = groups.length === 0 ? TIMELINE_GROUPS : groups;
  const parts = asked.flatMap((group) => SOURCES[group](scope)).map((source) => part(source, { before, limit }));
  return sql`select * from (${Prisma.join(parts, " union all ")}) as story order by at desc, id desc limit ${limit}`;
};

const part = ({ from, id, kind, what, when }: Source, { before, limit }: Pick<Asked, "before" | "limit">): Prisma.Sql => {
  const [code = none, state = none, text = none, amount = none, currency = none, channel = none, conversation = none, userId = none] = what;
  const older = before === null ? empty : sql`and (${when}, ${id}) < (${before.at}::timestamptz, ${before.id})`;
  return sql`(select ${id} as id, ${kind} as kind, ${when} as at, ${code}::text as code, ${state}::text as state, ${text} as text, ${amount} as "amountMinor",
    ${currency} as currency, ${channel} as "channelKind", ${conversation} as "conversationId", ${userId} as "userId"
    from ${from} ${older} order by ${when} desc, ${id} desc limit ${limit})`;
};
