import "server-only";

import { ASK_EVERY_DAYS, LOOK_BACK_DAYS, type SettledMatter } from "#server/domain/satisfaction.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { LockedRow } from "#server/services/conversations/lock-conversation.ts";
import { isSuppressed } from "#server/services/people/is-suppressed.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

const DAY_MS = 86_400_000;

type Matter = {
  readonly facts: SettledMatter;
  /** The answer that settled it: by it the same matter is asked about once. */
  readonly answerMessageId: string;
  /** Whose answer it was. */
  readonly handledBy: "agent" | "staff";
  readonly userId: string | null;
};

type Answer = {
  readonly id: string;
  readonly author: string;
  readonly authorUserId: string | null;
  readonly sentAt: Date;
  readonly status: string;
  readonly purpose: string | null;
};

/** What is known of the matter of a conversation that seems settled; null where nobody of the club ever answered. */
export const readMatter = async (tx: ServiceTx, ctx: ServiceContext, place: LockedRow): Promise<Matter | null> => {
  const answer = await newestAnswer(tx, ctx, place.id);
  if (answer === null) {
    return null;
  }
  const row = await tx.db.conversation.findFirstOrThrow({
    where: { id: place.id, clubId: ctx.clubId },
    select: { resolvedAt: true, requiresResponse: true, status: true },
  });
  const contact = await tx.db.contact.findFirstOrThrow({
    where: { id: place.contactId, clubId: ctx.clubId },
    select: { isAgentOff: true },
  });
  const club = await tx.db.club.findFirstOrThrow({
    where: { id: ctx.clubId },
    select: { stoppedAt: true, franchise: { select: { stoppedAt: true } } },
  });
  const { policy } = await resolvedPolicy(tx, ctx);
  const isByAgent = answer.author === "agent" && answer.authorUserId === null;
  const isClosed = row.status === "resolved";
  return {
    answerMessageId: answer.id,
    handledBy: isByAgent ? "agent" : "staff",
    userId: isByAgent ? null : answer.authorUserId,
    facts: {
      isAsked: policy.asksSatisfaction && !contact.isAgentOff,
      settledAt: isClosed && row.resolvedAt !== null ? row.resolvedAt : answer.sentAt,
      lastInboundAt: await lastInboundAt(tx, ctx, place.id),
      lastAskedAt: await lastAskedAt(tx, ctx, place),
      hadTrouble: await hadTrouble(tx, ctx, place),
      isOpen:
        row.requiresResponse ||
        place.needsYou !== "none" ||
        (!isClosed && (place.handledBy === "staff" || !isByAgent || answer.purpose !== "reply" || !SENT.has(answer.status))) ||
        (await hasOpenDuty(tx, ctx, place)),
      isSilenced:
        place.addressKey === null || (await isSuppressed(tx, ctx, { addressKey: place.addressKey, channelKind: place.channelKind })),
      isStopped: club.stoppedAt !== null || club.franchise.stoppedAt !== null,
    },
  };
};

const SENT: ReadonlySet<string> = new Set(["sent", "delivered"]);

const newestAnswer = async (tx: ServiceTx, { clubId }: ServiceContext, conversationId: string): Promise<Answer | null> => {
  const [row] = await tx.db.$queryRaw<Answer[]>`
    select m.id, m.author, m."authorUserId", coalesce(e."settledAt", m."createdAt") as "sentAt", m.status, e.purpose
    from "Message" m left join "Effect" e on e.id = m."effectId" and e."clubId" = m."clubId"
    where m."clubId" = ${clubId} and m."conversationId" = ${conversationId} and m.direction = 'outbound'
    order by m.sequence desc limit 1`;
  return row?.author === "agent" || row?.author === "staff" ? row : null;
};

const lastInboundAt = async (tx: ServiceTx, { clubId }: ServiceContext, conversationId: string): Promise<Date | null> => {
  const newest = await tx.db.message.findFirst({
    where: { clubId, conversationId, direction: "inbound" },
    orderBy: { sequence: "desc" },
    select: { receivedAt: true },
  });
  return newest?.receivedAt ?? null;
};

/** The person's, over all their conversations, whatever record they stand under: a question that did not go out was none. */
const lastAskedAt = async (tx: ServiceTx, { clubId }: ServiceContext, { addressKey, contactId }: LockedRow): Promise<Date | null> => {
  const since = new Date(tx.now.getTime() - ASK_EVERY_DAYS * DAY_MS);
  const [row] = await tx.db.$queryRaw<{ at: Date | null }[]>`
    select max(s."askedAt") as at from "SatisfactionScore" s join "Effect" e on e.id = s."effectId" and e."clubId" = s."clubId"
    where s."clubId" = ${clubId} and (s."contactId" = ${contactId} or e."addressKey" = ${addressKey}) and s."askedAt" > ${since}
      and e.status not in ('dropped', 'failed')`;
  return row?.at ?? null;
};

/** Whoever complained, was reminded of a debt, called for help or wished for silence is not asked how it was. */
const hadTrouble = async (tx: ServiceTx, { clubId }: ServiceContext, { contactId }: LockedRow): Promise<boolean> => {
  const since = new Date(tx.now.getTime() - LOOK_BACK_DAYS * DAY_MS);
  const [row] = await tx.db.$queryRaw<{ isTrouble: boolean }[]>`
    select exists (
        select 1 from "IntentClassification" i
        join "Message" m on m.id = i."messageId" and m."clubId" = i."clubId"
        join "Conversation" c on c.id = m."conversationId" and c."clubId" = m."clubId"
        where i."clubId" = ${clubId} and c."contactId" = ${contactId} and i."createdAt" > ${since}
          and (i.category in ('complaint', 'opt_out') or i."subIntent" = 'emergency')
      ) or exists (
        select 1 from "Effect" e where e."clubId" = ${clubId} and e."contactId" = ${contactId} and e.purpose in ('billing', 'collections')
          and e.kind = 'message.send' and e.status in ('dispatching', 'confirmed', 'unknown', 'needs_human') and e."createdAt" > ${since}
      ) or exists (
        select 1 from "Alert" a join "Conversation" c on c.id = a."conversationId" and c."clubId" = a."clubId"
        where a."clubId" = ${clubId} and a.kind = 'emergency' and c."contactId" = ${contactId} and a."openedAt" > ${since}
      ) or exists (
        select 1 from "Message" m join "Conversation" c on c.id = m."conversationId" and c."clubId" = m."clubId"
        where m."clubId" = ${clubId} and c."contactId" = ${contactId} and m."eventCode" = 'opted_out' and m."createdAt" > ${since}
      ) as "isTrouble"`;
  return row?.isTrouble ?? true;
};

const hasOpenDuty = async (tx: ServiceTx, { clubId }: ServiceContext, { contactId }: LockedRow): Promise<boolean> => {
  const [row] = await tx.db.$queryRaw<{ isOpen: boolean }[]>`
    select exists (select 1 from "Ticket" t where t."clubId" = ${clubId} and t."contactId" = ${contactId} and t.status = 'open')
      or exists (select 1 from "Conversation" c where c."clubId" = ${clubId} and c."contactId" = ${contactId} and c.status <> 'resolved'
                 and c."needsYou" <> 'none')
      or exists (select 1 from "Confirmation" q where q."clubId" = ${clubId} and q."contactId" = ${contactId} and q.status = 'pending')
      as "isOpen"`;
  return row?.isOpen ?? true;
};
