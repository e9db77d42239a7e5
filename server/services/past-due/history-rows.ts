import "server-only";

import { ATTEMPT_OUTCOME, type Attempt } from "#server/domain/past-due/episode.ts";
import type { RecordedHoldKind, Tier } from "#server/domain/past-due/facts.ts";
import type { EscalationReason } from "#server/domain/past-due/reasons.ts";
import type { EffectStatus } from "#server/domain/vocabulary.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { grouped } from "#server/services/sending/grouped.ts";

/** One contact about a debt, with the wording it had; null = none of ours. */
export type KnownAttempt = Attempt & { readonly wordingKey: string | null };

type AttemptRow = {
  readonly contactId: string;
  readonly tier: Tier | "call";
  readonly episodeOn: string;
  readonly at: Date;
  readonly status: EffectStatus;
  readonly wordingKey: string | null;
};

type Who = { readonly contactIds: readonly string[] };

/**
 * The reminders and calls of these people: what went out stands in `CollectionAttempt`, what nobody knows of yet, failed or still waits
 * stands in the ledger.
 */
export const attemptsOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who) => {
  const ids = [...contactIds];
  const rows = await tx.db.$queryRaw<AttemptRow[]>`
    select a."contactId", a.tier, a."episodeOn", a.at, 'confirmed' as status, a."wordingKey" from "CollectionAttempt" a
    where a."clubId" = ${clubId} and a."contactId" = any(${ids}::text[])
    union all
    select e."contactId", e.arguments -> 'reminder' ->> 'tier', e.arguments -> 'reminder' ->> 'episodeOn', coalesce(e."dispatchedAt", e."createdAt"),
           e.status, e.arguments -> 'reminder' ->> 'wordingKey' from "Effect" e
    where e."clubId" = ${clubId} and e."contactId" = any(${ids}::text[]) and e.kind = 'message.send' and e.purpose = 'billing'
      and e.status in ('planned', 'approved', 'dispatching', 'unknown', 'needs_human', 'failed') and e.arguments -> 'reminder' is not null
      and not exists (select 1 from "CollectionAttempt" c where c."clubId" = ${clubId} and c."effectId" = e.id)`;
  return grouped(rows, {
    key: (row) => row.contactId,
    value: ({ at, episodeOn, status, tier, wordingKey }): KnownAttempt => ({
      kind: tier,
      at,
      episodeOn,
      wordingKey,
      outcome: ATTEMPT_OUTCOME[status],
    }),
  });
};

const WEEK_MS = 7 * 86_400_000;

/** When each text about money of the last seven days went out, or will: what was answered to somebody who asked is none. */
export const billingTextsOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who) => {
  const rows = await tx.db.$queryRaw<{ contactId: string; at: Date }[]>`
    select e."contactId", coalesce(e."dispatchedAt", e."notBefore", e."createdAt") as at from "Effect" e
    where e."clubId" = ${clubId} and e."contactId" = any(${[...contactIds]}::text[]) and e.kind = 'message.send' and e.purpose in ('billing', 'collections')
      and e.status in ('planned', 'approved', 'dispatching', 'confirmed', 'unknown', 'needs_human')
      and coalesce(e."dispatchedAt", e."notBefore", e."createdAt") > ${new Date(tx.now.getTime() - WEEK_MS)}`;
  return grouped(rows, { key: (row) => row.contactId, value: ({ at }) => at });
};

export type HoldRow = {
  readonly kind: RecordedHoldKind | "paid_claim";
  readonly since: Date;
  readonly until: Date | null;
};

export const holdsOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who) => {
  const rows = await tx.db.billingHold.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, releasedAt: null },
    orderBy: { id: "asc" },
    select: { contactId: true, kind: true, since: true, until: true },
  });
  return grouped(rows, { key: (row) => row.contactId, value: ({ kind, since, until }) => ({ kind, since, until }) as HoldRow });
};

export const promisesOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who) => {
  const rows = await tx.db.paymentPromise.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, status: "open" },
    select: { id: true, contactId: true, promisedOn: true, amountMinor: true, dueWhenMadeMinor: true, createdAt: true, remindedAt: true },
  });
  return grouped(rows, { key: (row) => row.contactId, value: (row) => row });
};

export type PaymentRow = { readonly amountMinor: bigint; readonly currency: string; readonly at: Date; readonly isInFlight: boolean };

/** Payments on their way, and the newest that arrived, the newest first. */
export const paymentsOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who) => {
  const rows = await tx.db.$queryRaw<(PaymentRow & { readonly contactId: string })[]>`
    select distinct on ("contactId", status) "contactId", "amountMinor", currency, at, status = 'approved' as "isInFlight" from "Payment"
    where "clubId" = ${clubId} and "contactId" = any(${[...contactIds]}::text[]) and status in ('approved', 'completed') and "amountMinor" > 0
    order by "contactId", status, at desc`;
  return grouped(rows, { key: (row) => row.contactId, value: ({ contactId: _contactId, ...payment }): PaymentRow => payment });
};

export type EpisodeRow = {
  readonly id: string;
  readonly contactId: string;
  readonly startedOn: string;
  readonly notedReasons: readonly EscalationReason[];
  readonly lockRequestedAt: Date | null;
};

export const episodesOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who) => {
  const rows = await tx.db.debtEpisode.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, endedAt: null },
    select: { id: true, contactId: true, startedOn: true, notedReasons: true, lockRequestedAt: true },
  });
  return new Map(
    rows.map((row) => [
      row.contactId,
      { ...row, notedReasons: (Array.isArray(row.notedReasons) ? row.notedReasons : []) as EscalationReason[] },
    ]),
  );
};

/** Whose case two people have let go, or who is with an agency by the word of the club's own system. */
export const referredOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who): Promise<ReadonlySet<string>> => {
  const rows = await tx.db.referralCase.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, status: { in: ["approved", "exported"] } },
    select: { contactId: true },
  });
  return new Set(rows.map(({ contactId }) => contactId));
};
