import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { formatInTimeZone } from "#server/domain/local-time.ts";
import { isPromiseReminderDue, promiseProgress, settlePromise, type PaidAmount } from "#server/domain/past-due/promises.ts";
import { promiseReminderText, promiseThanksText } from "#server/domain/past-due/promise-words.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { loadDebts, type Debt, type LoadedDebts } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { settleClaims } from "#server/services/past-due/settle-claims.ts";
import { tellPayer } from "#server/services/past-due/tell-payer.ts";

type Promised = {
  readonly id: string;
  readonly contactId: string;
  readonly promisedOn: string;
  readonly amountMinor: bigint | null;
  readonly dueWhenMadeMinor: bigint;
  readonly createdAt: Date;
  readonly remindedAt: Date | null;
};

export type Settled = {
  readonly kept: number;
  readonly broken: number;
  readonly reminded: number;
  readonly effectIds: readonly Id<"effect">[];
};

/**
 * Brings the promises of a club up to date with what was paid and what day it is: kept ones are thanked for, broken ones let the ladder go
 * on, and on the promised day there is one friendly line. What was said to be paid is looked for. Harmless to repeat.
 */
export const settlePromises = async (
  ctx: ServiceContext,
  { contactId = null }: { readonly contactId?: string | null } = {},
): Promise<Settled> => {
  assertCan(ctx, "effect.plan");
  return inTransaction(ctx, async (tx) => {
    const promises = await tx.db.paymentPromise.findMany({
      where: { clubId: ctx.clubId, status: "open", ...(contactId === null ? {} : { contactId }) },
      orderBy: { id: "asc" },
      select: { id: true, contactId: true, promisedOn: true, amountMinor: true, dueWhenMadeMinor: true, createdAt: true, remindedAt: true },
    });
    const payerIds = promises.map((promise) => promise.contactId);
    await lockDebts(tx, ctx, payerIds);
    const loaded = await loadDebts(tx, ctx, { payerIds });
    const counts = { kept: 0, broken: 0, reminded: 0 };
    const effectIds: Id<"effect">[] = [...(await settleClaims(tx, ctx, { contactId }))];
    for (const promise of promises) {
      const done = await settleOne(tx, ctx, { promise, loaded });
      if (done !== null) {
        counts[done.what] += 1;
        effectIds.push(...done.effectIds);
      }
    }
    return { ...counts, effectIds };
  });
};

/** Before, a text would wait for its hour, and its amount would be old by then. */
const DAY_BEGINS_HOUR = 9;

type One = { readonly promise: Promised; readonly loaded: LoadedDebts };
type Done = { readonly what: "kept" | "broken" | "reminded"; readonly effectIds: readonly Id<"effect">[] };

const settleOne = async (tx: ServiceTx, ctx: ServiceContext, { loaded, promise }: One): Promise<Done | null> => {
  const debt = loaded.debts.get(promise.contactId);
  if (debt === undefined) {
    return null;
  }
  const { settings, timeZone } = loaded.club;
  const payments = await paymentsSince(tx, ctx, promise);
  const own = { ...promise, status: "open", madeAt: promise.createdAt } as const;
  const status = settlePromise(own, { payments, dueMinor: debt.facts.dueMinor, timeZone, now: tx.now }, settings);
  if (status === "kept" || status === "broken") {
    return { what: status, effectIds: await end(tx, ctx, { promise, debt, status }) };
  }
  const isDue = isPromiseReminderDue(own, { timeZone, now: tx.now, hasReminded: promise.remindedAt !== null });
  const hour = Number(formatInTimeZone(tx.now, timeZone, "H"));
  return isDue && hour >= DAY_BEGINS_HOUR
    ? remindOf(tx, ctx, { promise, debt, leftMinor: promiseProgress(own, payments).leftMinor })
    : null;
};

/** What came in of these people since the promise, and what went back. */
const paymentsSince = async (
  tx: ServiceTx,
  { clubId }: ServiceContext,
  { contactId, createdAt }: Promised,
): Promise<readonly PaidAmount[]> => {
  const rows = await tx.db.payment.findMany({
    where: { clubId, contactId, status: "completed", at: { gte: createdAt } },
    select: { at: true, amountMinor: true },
  });
  return rows;
};

type End = { readonly promise: Promised; readonly debt: Debt; readonly status: "kept" | "broken" };

const end = async (tx: ServiceTx, ctx: ServiceContext, { debt, promise, status }: End): Promise<readonly Id<"effect">[]> => {
  await tx.db.paymentPromise.updateMany({
    where: { id: promise.id, clubId: ctx.clubId, status: "open" },
    data: { status, settledAt: tx.now, ...(status === "kept" ? { thankedAt: tx.now } : {}) },
  });
  await recordAudit(tx, ctx, { action: `promise.${status}`, entityId: promise.id });
  tx.news.changes.push({ topic: "club" });
  if (status === "broken") {
    return [];
  }
  const text = promiseThanksText({ firstName: debt.payer.firstName, clubName: await clubName(tx, ctx) });
  const effectId = await tellPayer(tx, ctx, {
    contactId: promise.contactId,
    effectKey: `promise-thanks:${promise.id}`,
    purpose: "service",
    text,
  });
  return effectId === null ? [] : [effectId];
};

type Due = { readonly promise: Promised; readonly debt: Debt; readonly leftMinor: bigint };

const remindOf = async (tx: ServiceTx, ctx: ServiceContext, { debt, leftMinor, promise }: Due): Promise<Done> => {
  const { currency, dueMinor, isMinor, isReferred } = debt.facts;
  await tx.db.paymentPromise.updateMany({ where: { id: promise.id, clubId: ctx.clubId }, data: { remindedAt: tx.now } });
  const others = debt.facts.holds.some(({ kind, until }) => kind !== "promise" && (until === null || until > tx.now));
  if (isMinor || isReferred || others) {
    return { what: "reminded", effectIds: [] };
  }
  const amountMinor = leftMinor < dueMinor ? leftMinor : dueMinor;
  const open = await tx.db.payRequest.findFirst({
    where: { clubId: ctx.clubId, contactId: promise.contactId, status: "open", amountMinor, currency, url: { not: null } },
    orderBy: { id: "desc" },
    select: { url: true },
  });
  const person = { firstName: debt.payer.firstName, clubName: await clubName(tx, ctx) };
  const text = promiseReminderText(person, { amountMinor, currency, payLink: open?.url ?? null });
  const effectId = await tellPayer(tx, ctx, {
    contactId: promise.contactId,
    effectKey: `promise-day:${promise.id}`,
    purpose: "billing",
    text,
  });
  await recordAudit(tx, ctx, { action: "promise.reminded", entityId: promise.id });
  return { what: "reminded", effectIds: effectId === null ? [] : [effectId] };
};

const clubName = async (tx: ServiceTx, { clubId }: ServiceContext): Promise<string> =>
  (await tx.db.club.findFirstOrThrow({ where: { id: clubId }, select: { name: true } })).name;
