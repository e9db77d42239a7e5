import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";
import { decideVotes } from "#server/domain/past-due/referral.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { newId } from "#server/platform/ids.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { buildDossier } from "#server/services/collections/build-dossier.ts";
import { lookAtCases } from "#server/services/collections/referral-facts.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { externalIdOf } from "#server/services/members/external-id-of.ts";
import type { Debt } from "#server/services/past-due/load-facts.ts";
import type { Act, Acted } from "#server/services/workflows/define.ts";

/** So many different people decide. */
const DECIDERS = 2;
/** Until shortly before the next run, a fortnight later. */
const ASKED_DAYS = 13;

/** Puts one debt before two people, with everything that proves it. A debt has one case an episode. */
export const proposeCase: Act = async (tx, ctx, { effectKey, outcome }) => {
  const [looked] = outcome.memberId === null ? [] : await lookAtCases(tx, ctx, { memberIds: [outcome.memberId] });
  if (looked === undefined || looked.debt === null || looked.decision.kind !== "propose") {
    const decision = looked?.decision;
    return decision?.kind === "held"
      ? ended("suppressed", decision.reason)
      : ended("skipped", decision?.kind === "none" ? decision.reason : "nothing_due");
  }
  const { debt } = looked;
  const place = await placeOf(tx, ctx, debt);
  if (place === null) {
    return ended("failed", "connection_missing");
  }
  const caseId = await keepCase(tx, ctx, debt);
  if (caseId === null) {
    return ended("skipped", "asked_already");
  }
  const { currency, dueMinor, attempts, daysPastDue, episodeOn } = debt.facts;
  const name = `${debt.payer.firstName} ${debt.payer.lastName}`.trim() || "A member";
  const effectId = await planEffect(tx, ctx, {
    effectKey,
    kind: "referral.list",
    plannedBy: "workflow",
    needsApproval: {
      requiredRole: "manager",
      requiredCount: DECIDERS,
      summary: `Refer ${name} to collections: ${formatMoney(`${dueMinor}`, currency)}, ${daysPastDue} days past due, after ${attempts} attempts`,
      expiresAt: new Date(tx.now.getTime() + ASKED_DAYS * 86_400_000),
    },
    connectionId: place.connectionId,
    purpose: "billing",
    arguments: {
      currency,
      totalMinor: `${dueMinor}`,
      cases: [
        {
          memberId: debt.payer.memberId,
          personExternalId: place.personExternalId,
          name,
          amountMinor: `${dueMinor}`,
          attemptCount: attempts,
          pastDueSinceOn: debt.payer.pastDueSinceOn ?? episodeOn ?? "",
        },
      ],
    },
  });
  await tx.db.referralCase.updateMany({ where: { id: caseId, clubId: ctx.clubId }, data: { effectId } });
  await recordAudit(tx, ctx, { action: "effect.planned", entityId: caseId, details: { effectId } });
  await sayWhoIsMissing(tx, ctx);
  return { kind: "effect", effectId, needsApproval: true };
};

const ended = (outcome: "skipped" | "suppressed" | "failed", reason: string): Acted => ({ kind: "ended", outcome, reason });

/** Null when the episode has its case. */
const keepCase = async (tx: ServiceTx, ctx: ServiceContext, debt: Debt): Promise<string | null> => {
  const id = newId("referralCase");
  const { count } = await tx.db.referralCase.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      contactId: debt.contactId,
      memberId: debt.payer.memberId,
      episodeOn: debt.facts.episodeOn ?? "",
      amountMinor: debt.facts.dueMinor,
      currency: debt.facts.currency,
      status: "proposed",
      dossier: JSON.parse(JSON.stringify(await buildDossier(tx, ctx, debt))),
      proposedAt: tx.now,
      updatedAt: tx.now,
    },
    skipDuplicates: true,
  });
  return count === 0 ? null : id;
};

type Place = { readonly connectionId: Id<"connection">; readonly personExternalId: string };

/** Where the note will be written; where no system takes notes, the one that told of the member. */
const placeOf = async (tx: ServiceTx, ctx: ServiceContext, { payer }: Debt): Promise<Place | null> => {
  for (const connectionId of await connectionsWith(tx, ctx, "notes.write")) {
    const personExternalId = await externalIdOf(tx, ctx, { memberId: payer.memberId, connectionId });
    if (personExternalId !== null) {
      return { connectionId, personExternalId };
    }
  }
  const member = await tx.db.member.findFirst({
    where: { id: payer.memberId, clubId: ctx.clubId },
    select: { connectionId: true, externalId: true },
  });
  return member?.connectionId == null
    ? null
    : { connectionId: asId("connection", member.connectionId), personExternalId: member.externalId };
};

const ALONE_KEY = "referral-alone";

/** Where only one person could decide the cases wait, and a card says why. */
const sayWhoIsMissing = async (tx: ServiceTx, ctx: ServiceContext): Promise<void> => {
  const rows = await tx.db.staffAccess.findMany({
    where: { franchiseId: ctx.franchiseId, archivedAt: null, OR: [{ clubId: ctx.clubId }, { clubId: null }] },
    select: { userId: true, role: true },
  });
  const verdict = decideVotes(
    [],
    rows.map(({ role, userId }) => ({ userId, role: Role.parse(role) })),
  );
  if (verdict.kind === "waits" && (verdict.waitsFor === "nobody_else" || verdict.waitsFor === "nobody")) {
    await raiseAlert(tx, ctx, {
      kind: "workflow_waits",
      severity: "warning",
      key: ALONE_KEY,
      title: "Referrals wait for a second person",
      detail: verdict.text,
    });
    return;
  }
  await settleAlert(tx, ctx, ALONE_KEY);
};
