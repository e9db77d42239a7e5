import "server-only";

import { REPLY_EXEMPTION_MINUTES } from "#server/domain/sending/send-rules.ts";
import type { Touch } from "#server/domain/sending/contact-budget.ts";
import { SEND_PURPOSES, type SendPurpose } from "#server/domain/sending/send-purpose.ts";
import type { ConsentFact } from "#server/domain/sending/consent.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

import { grouped } from "./grouped.ts";

const WEEK_MS = 7 * 86_400_000;
/** Long enough for the message that is asked about to be seen, whatever the clocks of two transactions are. */
const INBOUND_LOOK_BACK_MS = 2 * REPLY_EXEMPTION_MINUTES * 60_000;

type Who = { readonly contactIds: readonly string[]; readonly keys: readonly string[]; readonly exceptEffectId: string | null };

export type HistoryRows = {
  readonly consents: ReadonlyMap<string, readonly ConsentFact[]>;
  /** `channelKind|addressKey` to the scopes in force. */
  readonly suppressions: ReadonlyMap<string, readonly ("all" | "marketing")[]>;
  /** By address key. */
  readonly touches: ReadonlyMap<string, readonly (Touch & { readonly effectId: string })[]>;
  readonly lastInboundAt: ReadonlyMap<string, Date>;
  readonly promisedOn: ReadonlyMap<string, string>;
  /** Whose debt two people have referred; whose debt is disputed now. */
  readonly referred: ReadonlySet<string>;
  readonly disputed: ReadonlySet<string>;
  readonly waiting: ReadonlyMap<string, readonly SendPurpose[]>;
};

/** What was agreed to, refused, sent, answered, promised and planned, for so many people at once. */
export const historyRows = async (tx: ServiceTx, ctx: ServiceContext, who: Who): Promise<HistoryRows> => ({
  consents: await consentsOf(tx, ctx, who),
  suppressions: await suppressionsOf(tx, ctx, who),
  touches: await touchesOf(tx, ctx, who),
  lastInboundAt: await inboundOf(tx, ctx, who),
  promisedOn: await promisesOf(tx, ctx, who),
  referred: await referredOf(tx, ctx, who),
  disputed: await disputedOf(tx, ctx, who),
  waiting: await waitingOf(tx, ctx, who),
});

const consentsOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who) => {
  const rows = await tx.db.consent.findMany({
    where: { clubId, contactId: { in: [...contactIds] } },
    select: { contactId: true, purpose: true, channelKind: true, isGranted: true, wording: true, proof: true, source: true, at: true },
  });
  return grouped(rows, { key: (row) => row.contactId, value: ({ contactId: _contactId, ...row }) => row as ConsentFact });
};

const suppressionsOf = async (tx: ServiceTx, { franchiseId }: ServiceContext, { keys }: Who) => {
  const rows = await tx.db.suppression.findMany({
    where: { franchiseId, addressKey: { in: [...keys] }, liftedAt: null },
    select: { addressKey: true, channelKind: true, purpose: true },
  });
  return grouped(rows, {
    key: (row) => `${row.channelKind}|${row.addressKey}`,
    value: (row) => (row.purpose === "marketing" ? ("marketing" as const) : ("all" as const)),
  });
};

const touchesOf = async (tx: ServiceTx, { franchiseId }: ServiceContext, { keys, exceptEffectId }: Who) => {
  const rows = await tx.db.contactTouch.findMany({
    where: {
      franchiseId,
      addressKey: { in: [...keys] },
      at: { gt: new Date(tx.now.getTime() - WEEK_MS) },
      isProactive: true,
      voidedAt: null,
      ...(exceptEffectId === null ? {} : { effectId: { not: exceptEffectId } }),
    },
    select: { addressKey: true, at: true, purpose: true, effectId: true },
  });
  return grouped(rows, {
    key: (row) => row.addressKey,
    value: ({ at, purpose, effectId }) => ({ at, effectId, purpose: SEND_PURPOSES.find((one) => one === purpose) ?? "service" }),
  });
};

const inboundOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who) => {
  const rows = await tx.db.$queryRaw<{ contactId: string; at: Date }[]>`
    select c."contactId", max(m."receivedAt") as at from "Message" m
    join "Conversation" c on c.id = m."conversationId" and c."clubId" = m."clubId"
    where m."clubId" = ${clubId} and m."receivedAt" > ${new Date(tx.now.getTime() - INBOUND_LOOK_BACK_MS)} and m.direction = 'inbound'
      and c."contactId" = any(${[...contactIds]}::text[])
    group by 1`;
  return new Map(rows.map(({ contactId, at }) => [contactId, at]));
};

const promisesOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who) => {
  const rows = await tx.db.paymentPromise.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, status: "open" },
    orderBy: { promisedOn: "asc" },
    select: { contactId: true, promisedOn: true },
  });
  return new Map(rows.map(({ contactId, promisedOn }) => [contactId, promisedOn]));
};

const referredOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who): Promise<ReadonlySet<string>> => {
  const rows = await tx.db.referralCase.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, status: { in: ["approved", "exported"] } },
    select: { contactId: true },
  });
  return new Set(rows.map(({ contactId }) => contactId));
};

const disputedOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds }: Who): Promise<ReadonlySet<string>> => {
  const rows = await tx.db.billingHold.findMany({
    where: {
      clubId,
      contactId: { in: [...contactIds] },
      kind: "dispute",
      releasedAt: null,
      since: { lte: tx.now },
      OR: [{ until: null }, { until: { gt: tx.now } }],
    },
    select: { contactId: true },
  });
  return new Set(rows.map(({ contactId }) => contactId));
};

const waitingOf = async (tx: ServiceTx, { clubId }: ServiceContext, { contactIds, exceptEffectId }: Who) => {
  const rows = await tx.db.$queryRaw<{ contactId: string; purpose: string }[]>`
    select "contactId", purpose from "Effect"
    where "clubId" = ${clubId} and "contactId" = any(${[...contactIds]}::text[]) and status in ('planned', 'approved')
      and kind = 'message.send' and "plannedBy" = 'workflow' and (status = 'approved' or not "needsApproval")
      and ("notBefore" is null or "notBefore" <= ${new Date(tx.now.getTime() + 86_400_000)}) and id <> ${exceptEffectId ?? ""}`;
  return grouped(rows, { key: (row) => row.contactId, value: ({ purpose }) => SEND_PURPOSES.find((one) => one === purpose) ?? "service" });
};
