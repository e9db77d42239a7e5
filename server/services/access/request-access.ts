import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { asId, idSchema } from "#server/domain/ids.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { actForClub, type ClubActResult, type ClubDeed } from "#server/services/effects/act-for-club.ts";
import { connectionFor, memberToActFor, owedNow, type MemberToActFor } from "#server/services/members/member-to-act-for.ts";

export const RequestAccessInput = z.object({ memberId: idSchema("member"), state: z.enum(["suspended", "allowed"]), callKey: z.string() });

const ADULT_YEARS = 18;

/**
 * Asks the team to shut a member out, or to let one in again: a manager decides, always, after signing in. A lock is asked for
 * only over a debt that is known for certain, of an adult, with no promise open and no payment on its way. @throws
 * `precondition_failed` for any other
 */
export const requestAccess = async (ctx: ServiceContext, raw: z.input<typeof RequestAccessInput>): Promise<ClubActResult> => {
  assertCan(ctx, "effect.plan");
  const { callKey, memberId, state } = RequestAccessInput.parse(raw);
  return actForClub(ctx, {
    callKey,
    isAlone: false,
    requiredRole: "manager",
    choose: (tx) => accessDeed(tx, ctx, { memberId, state }),
  });
};

type Wanted = Pick<z.output<typeof RequestAccessInput>, "memberId" | "state">;

/** One lock or unlock as a deed, with why. @throws `precondition_failed` for whoever must not be locked, or is not */
export const accessDeed = async (tx: ServiceTx, ctx: ServiceContext, { memberId, state }: Wanted): Promise<ClubDeed> => {
  const member = await memberToActFor(tx, ctx, memberId);
  const why = state === "suspended" ? await whyLock(tx, ctx, member) : whyUnlock(member);
  const place = await connectionFor(tx, ctx, { memberId, capability: "access.state" });
  const verb = state === "suspended" ? "Lock the door for" : "Unlock the door for";
  return {
    summary: `${verb} ${member.name}, ${why}`,
    plan: {
      kind: "access.set",
      connectionId: place.connectionId,
      contactId: asId("contact", member.contactId),
      purpose: "billing",
      arguments: { personExternalId: place.personExternalId, memberId, state, note: why },
    },
  };
};

const whyUnlock = ({ accessState }: MemberToActFor): string => {
  if (accessState !== "locked") {
    throw new DomainError("precondition_failed", "this member is not locked out");
  }
  return "who is locked out";
};

const whyLock = async (tx: ServiceTx, ctx: ServiceContext, member: MemberToActFor): Promise<string> => {
  if (member.accessState === "locked") {
    throw new DomainError("precondition_failed", "this member is locked out already");
  }
  const { amount } = await owedNow(tx, ctx, member);
  const held = await holdOf(tx, ctx, member);
  if (held !== null) {
    throw new DomainError("precondition_failed", held);
  }
  return `who owes ${amount}`;
};

const holdOf = async (tx: ServiceTx, ctx: ServiceContext, member: MemberToActFor): Promise<string | null> => {
  const eighteenBefore = new Date(tx.now);
  eighteenBefore.setUTCFullYear(eighteenBefore.getUTCFullYear() - ADULT_YEARS);
  if (member.dateOfBirth !== null && member.dateOfBirth > eighteenBefore.toISOString().slice(0, 10)) {
    return "this member is a minor: nobody locks them out";
  }
  if (member.status === "frozen") {
    return "this membership is frozen";
  }
  const promises = await tx.db.paymentPromise.count({ where: { clubId: ctx.clubId, contactId: member.contactId, status: "open" } });
  if (promises > 0) {
    return "this member has promised to pay, and the promise is open";
  }
  const payments = await tx.db.payment.count({ where: { clubId: ctx.clubId, memberId: member.id, status: "approved" } });
  return payments > 0 ? "a payment of this member is on its way" : null;
};
