import "server-only";

import type { Dossier } from "#server/domain/past-due/dossier.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { Debt } from "#server/services/past-due/load-facts.ts";

type Contacts = Dossier["contacts"][number];
type Asked = { readonly debt: Debt; readonly contactIds: readonly string[]; readonly since: Date };

/** Everything that proves a debt and what was done about it, as it stands now: JSON, for it is kept with the case. */
export const buildDossier = async (tx: ServiceTx, ctx: ServiceContext, debt: Debt): Promise<Dossier> => {
  const { facts, payer } = debt;
  const contactIds = [...new Set([debt.contactId, ...debt.members.map(({ contactId }) => contactId)])];
  const contact = await tx.db.contact.findFirst({
    where: { id: debt.contactId, clubId: ctx.clubId },
    select: { state: true, postalCode: true },
  });
  const member = await tx.db.member.findFirst({ where: { id: payer.memberId, clubId: ctx.clubId }, select: { externalId: true } });
  const asked = { debt, contactIds, since: await episodeBegan(tx, ctx, debt) };
  return {
    memberNumber: member?.externalId ?? null,
    name: `${payer.firstName} ${payer.lastName}`.trim(),
    phone: payer.phone,
    email: payer.email,
    state: contact?.state ?? null,
    postalCode: contact?.postalCode ?? null,
    membershipType: payer.membershipType,
    owedMinor: `${facts.dueMinor}`,
    trainingMinor: `${debt.members.reduce((sum, { trainingMinor }) => sum + trainingMinor, 0n)}`,
    currency: facts.currency,
    episodeOn: facts.episodeOn ?? "",
    daysPastDue: facts.daysPastDue,
    attemptCount: facts.attempts,
    contacts: [...(await textsOf(tx, ctx, asked)), ...(await callsOf(tx, ctx, asked))].toSorted(
      (left, right) => left.at.getTime() - right.at.getTime(),
    ),
    ...(await historyOf(tx, ctx, asked)),
    preparedAt: tx.now,
  };
};

const episodeBegan = async (tx: ServiceTx, ctx: ServiceContext, { contactId, episode }: Debt): Promise<Date> => {
  const row =
    episode === null
      ? null
      : await tx.db.debtEpisode.findFirst({ where: { id: episode.id, clubId: ctx.clubId, contactId }, select: { startedAt: true } });
  return row?.startedAt ?? tx.now;
};

type TextRow = {
  readonly at: Date;
  readonly status: string;
  readonly tier: string | null;
  readonly what: string;
  readonly text: string;
  readonly deliveredAt: Date | null;
  readonly reference: string | null;
};

/** Texts about money, warnings and notices of the door: whatever went out, or may have. */
const textsOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds, since }: Asked): Promise<readonly Contacts[]> => {
  const rows = await tx.db.$queryRaw<TextRow[]>`
    select e."dispatchedAt" as at, e.status, e.arguments -> 'reminder' ->> 'tier' as tier,
           case when w.id is not null then 'warning that names the day ' || w."namesOn"
                when e."effectKey" like 'after:%' then 'notice about the door' else 'text about money' end as what,
           e.arguments ->> 'text' as text, m."deliveredAt", e."vendorReference" as reference
    from "Effect" e
    left join "LockWarning" w on w."clubId" = e."clubId" and w."effectId" = e.id
    left join "Message" m on m."clubId" = e."clubId" and m."effectId" = e.id and m.direction = 'outbound'
    where e."clubId" = ${clubId} and e."contactId" = any(${[...contactIds]}::text[]) and e.kind = 'message.send' and e."dispatchedAt" >= ${since}
      and e.status in ('dispatching', 'confirmed', 'unknown', 'needs_human', 'failed')
      and (e.purpose in ('billing', 'collections') or w.id is not null or e."effectKey" like 'after:%')
    order by e."dispatchedAt"`;
  return rows.map(({ at, deliveredAt, reference, status, text, tier, what }) => ({
    at,
    deliveredAt,
    reference,
    text,
    what: tier === null ? what : `${tier} reminder`,
    outcome: status === "confirmed" ? "sent" : status === "failed" ? "failed" : "unknown",
  }));
};

/** Calls that staff logged, and reminders whose text is no longer in the ledger. */
const callsOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds, debt }: Asked): Promise<readonly Contacts[]> => {
  const rows = await tx.db.collectionAttempt.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, episodeOn: debt.facts.episodeOn ?? "", effectId: null },
    orderBy: { at: "asc" },
    select: { at: true, tier: true, note: true },
  });
  return rows.map(({ at, note, tier }) => ({
    at,
    what: tier === "call" ? "call by staff" : `${tier} reminder`,
    outcome: "logged",
    deliveredAt: null,
    reference: null,
    text: note,
  }));
};

const historyOf = async (
  tx: ServiceTx,
  { clubId }: ServiceContext,
  { contactIds, debt, since }: Asked,
): Promise<Pick<Dossier, "promises" | "holds" | "payments" | "locks">> => {
  const where = { clubId, contactId: { in: [...contactIds] } };
  const promises = await tx.db.paymentPromise.findMany({
    where: { ...where, createdAt: { gte: since } },
    orderBy: { createdAt: "asc" },
    select: { promisedOn: true, status: true, amountMinor: true },
  });
  const holds = await tx.db.billingHold.findMany({
    where: { ...where, OR: [{ releasedAt: null }, { releasedAt: { gte: since } }] },
    orderBy: { since: "asc" },
    select: { kind: true, reason: true, since: true, until: true, releasedAt: true },
  });
  const payments = await tx.db.payment.findMany({
    where: { ...where, status: "completed", at: { gte: since } },
    orderBy: { at: "asc" },
    select: { at: true, amountMinor: true },
  });
  const locks = await tx.db.accessLock.findMany({
    where: { clubId, contactId: debt.contactId, lockedAt: { gte: since } },
    orderBy: { lockedAt: "asc" },
    select: { lockedAt: true, unlockedAt: true },
  });
  return {
    promises: promises.map(({ amountMinor, ...promise }) => ({ ...promise, amountMinor: amountMinor === null ? null : `${amountMinor}` })),
    holds: holds.map(({ releasedAt, until, ...hold }) => ({ ...hold, until: releasedAt ?? until })),
    payments: payments.map(({ amountMinor, at }) => ({ at, amountMinor: `${amountMinor}` })),
    locks: locks.flatMap(({ lockedAt, unlockedAt }) => (lockedAt === null ? [] : [{ lockedAt, unlockedAt }])),
  };
};
