import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";
import { UNLOCK_REASONS } from "#server/domain/past-due/reasons.ts";
import { withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { newId } from "#server/platform/ids.ts";
import { liftOf } from "#server/services/access/lift-locks.ts";
import { openLocks, unlockReasonOf } from "#server/services/access/plan-unlock.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { AccessArguments } from "#server/services/effects/effect-arguments.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { planMemberNote } from "#server/services/members/plan-member-note.ts";
import { textOver } from "#server/services/messages/text-over.ts";
import { unaskedRoad } from "#server/services/messages/unasked-road.ts";
import { loadDebt } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

type Done = { readonly id: string; readonly purpose: string; readonly arguments: unknown };

/** Of everything that follows from a lock or an unlock: the notice, the note, and the unlock of whoever paid while it was on its way. */
export const afterAccessKey = (effectId: string): string => `after:${effectId}:`;

/**
 * What else becomes true when a door was locked or unlocked, in the transaction that notes it. A payment that came while the lock was
 * on its way is seen here, and one that comes later finds the lock: the two look one after the other.
 */
export const afterAccess = async (tx: ServiceTx, ctx: ServiceContext, effect: Done): Promise<void> => {
  const { memberId, state } = AccessArguments.parse(effect.arguments);
  await tx.db.member.updateMany({
    where: { id: memberId, clubId: ctx.clubId },
    data: { accessState: state === "suspended" ? "locked" : "open", updatedAt: tx.now },
  });
  const member = await tx.db.member.findFirst({
    where: { id: memberId, clubId: ctx.clubId },
    select: { contactId: true, firstName: true },
  });
  const [payerId] = member === null ? [] : await payersOf(tx, ctx, [member.contactId]);
  if (member === null || payerId === undefined) {
    return;
  }
  // A conversation comes before a debt in the order of locks.
  const road = await roadOf(tx, ctx, member.contactId);
  await lockDebts(tx, ctx, [payerId]);
  const person = { memberId, contactId: member.contactId, payerId, firstName: member.firstName, road };
  if (state === "allowed") {
    await noteUnlocked(tx, ctx, { effect, person });
    return;
  }
  if (effect.purpose !== "billing") {
    // Shut out for another reason now: what is paid opens nothing.
    await closeLocks(tx, ctx, memberId);
    return;
  }
  await noteLocked(tx, ctx, { effect, person });
};

type Person = {
  readonly memberId: string;
  readonly contactId: string;
  readonly payerId: string;
  readonly firstName: string;
  readonly road: Awaited<ReturnType<typeof roadOf>>;
};
type Changed = { readonly effect: Done; readonly person: Person };

const noteLocked = async (tx: ServiceTx, ctx: ServiceContext, { effect, person }: Changed): Promise<void> => {
  const { count } = await tx.db.accessLock.updateMany({
    where: { clubId: ctx.clubId, effectId: effect.id, memberId: person.memberId },
    data: { status: "locked", lockedAt: tx.now, unlockedAt: null, updatedAt: tx.now },
  });
  const owed = count > 0 ? null : await keepLock(tx, ctx, { effect, person });
  const lock = (await openLocks(tx, ctx, person.payerId)).find(({ effectId }) => effectId === effect.id);
  if (lock !== undefined && (await unlockReasonOf(tx, ctx, { contactId: person.payerId, lock })) !== null) {
    await liftOf(tx, ctx, person.payerId);
    return;
  }
  const { debt } = owed === null ? await loadDebt(tx, ctx, person.payerId) : { debt: owed };
  const amount = debt === null ? "" : `, ${formatMoney(`${debt.facts.dueMinor}`, debt.facts.currency)} owed`;
  await planMemberNote(tx, ctx, {
    effectKey: `${afterAccessKey(effect.id)}note`,
    memberId: person.memberId,
    text: `DOOR LOCKED: past due${amount}. It opens by itself once it is paid. [urgent, access]`,
  });
  await planNotice(tx, ctx, {
    effect,
    person,
    text: (clubName) =>
      `Hi ${person.firstName}, your door access at ${clubName} has ended because something on your account is open. It comes back by itself once that is settled. If you need help or think this is a mistake, reply here.`,
  });
};

/** A lock that a person let happen beside the workflow is ours as well: whoever pays is let in again. */
const keepLock = async (tx: ServiceTx, ctx: ServiceContext, { effect, person }: Changed) => {
  const { club, debt } = await loadDebt(tx, ctx, person.payerId);
  const facts = debt?.facts ?? null;
  const row = {
    contactId: person.payerId,
    boundMinor: 1n,
    dueMinor: facts?.dueMinor ?? 0n,
    currency: facts?.currency ?? club.currency,
    effectId: effect.id,
    status: "locked",
    lockedAt: tx.now,
    unlockEffectId: null,
    unlockedAt: null,
    unlockReason: null,
    updatedAt: tx.now,
  };
  const where = { clubId: ctx.clubId, memberId: person.memberId, episodeOn: facts?.episodeOn ?? club.today };
  const { count } = await tx.db.accessLock.updateMany({ where, data: row });
  if (count === 0) {
    await tx.db.accessLock.createMany({
      data: { id: newId("accessLock"), franchiseId: ctx.franchiseId, ...where, ...row, askedAt: tx.now },
      skipDuplicates: true,
    });
  }
  return debt;
};

const noteUnlocked = async (tx: ServiceTx, ctx: ServiceContext, { effect, person }: Changed): Promise<void> => {
  const open = await tx.db.accessLock.findFirst({
    where: { clubId: ctx.clubId, memberId: person.memberId, ...HOLDING },
    orderBy: { id: "desc" },
    select: { unlockEffectId: true, unlockReason: true },
  });
  const reason = open !== null && open.unlockEffectId === effect.id ? (open.unlockReason as keyof typeof UNLOCK_REASONS) : "person";
  if ((await closeLocks(tx, ctx, person.memberId)) === 0) {
    return;
  }
  await planMemberNote(tx, ctx, {
    effectKey: `${afterAccessKey(effect.id)}note`,
    memberId: person.memberId,
    text: `DOOR UNLOCKED: ${UNLOCK_REASONS[reason]}. [normal, access]`,
  });
  await planNotice(tx, ctx, {
    effect,
    person,
    text: (clubName) => `Hi ${person.firstName}, your door access at ${clubName} works again. See you soon!`,
  });
};

/** It holds, or may hold and is being taken back. */
const HOLDING = { OR: [{ status: "locked" }, { status: "planned", unlockEffectId: { not: null } }] };

/** Our locks of a member hold no more. What an unlock of ours has noted as its reason stays. */
const closeLocks = async (tx: ServiceTx, ctx: ServiceContext, memberId: string): Promise<number> => {
  const where = { clubId: ctx.clubId, memberId, ...HOLDING };
  await tx.db.accessLock.updateMany({ where: { ...where, unlockReason: null }, data: { unlockReason: "person" } });
  const { count } = await tx.db.accessLock.updateMany({ where, data: { status: "unlocked", unlockedAt: tx.now, updatedAt: tx.now } });
  return count;
};

type Notice = Changed & { readonly text: (clubName: string) => string };

/** The way to whoever stands before the door; null where there is none, or Spotter is off for them. */
const roadOf = async (tx: ServiceTx, ctx: ServiceContext, contactId: string) => {
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } });
  const found = await unaskedRoad(tx, ctx, { contactId, club });
  return found.kind === "none" ? null : { road: found.road, clubName: club.name };
};

/** It names no amount, so that it may go to a number that several people share. */
const planNotice = async (tx: ServiceTx, ctx: ServiceContext, { effect, person, text }: Notice): Promise<Id<"effect"> | null> => {
  if (person.road === null) {
    return null;
  }
  const { clubName, road } = person.road;
  return planEffect(tx, ctx, {
    effectKey: `${afterAccessKey(effect.id)}notice`,
    plannedBy: "workflow",
    needsApproval: null,
    ...textOver(ctx, { road, purpose: "service", text: withOptOut(text(clubName)), subject: `${clubName}: your door access` }),
  });
};
