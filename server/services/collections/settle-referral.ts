import "server-only";

import { formatMoney } from "#server/domain/money.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { buildDossier } from "#server/services/collections/build-dossier.ts";
import { lookAtCases } from "#server/services/collections/referral-facts.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { ReferralArguments } from "#server/services/effects/effect-arguments.ts";
import { planMemberNote } from "#server/services/members/plan-member-note.ts";
import type { Debt } from "#server/services/past-due/load-facts.ts";

type Let = { readonly effectId: string; readonly referral: ReferralArguments };

/**
 * Two people have let cases go: each that is still ripe is referred, once in its episode whoever asked for it, and everybody sees it by
 * the note at the member's record. From then on nothing automatic is written about the debt. Who has paid meanwhile is left out.
 */
export const settleReferral = async (tx: ServiceTx, ctx: ServiceContext, { effectId, referral }: Let): Promise<void> => {
  const [first, second] = await votersOf(tx, ctx, effectId);
  const looked = await lookAtCases(tx, ctx, { memberIds: referral.cases.map(({ memberId }) => memberId) });
  for (const { debt, decision, memberId } of looked) {
    if (debt === null || decision.kind !== "propose" || first === undefined || second === undefined) {
      await tx.db.referralCase.updateMany({
        where: { clubId: ctx.clubId, effectId, memberId, status: "proposed" },
        data: { status: "withdrawn", decidedAt: tx.now, updatedAt: tx.now },
      });
    } else if (await refer(tx, ctx, { debt, effectId, by: [first, second] })) {
      const since = referral.cases.find((one) => one.memberId === memberId)?.pastDueSinceOn ?? "";
      await noteReferred(tx, ctx, { debt, effectId, memberId, since });
    }
  }
  tx.news.changes.push({ topic: "workflow" });
};

/** Who said yes, in the order in which they did. */
const votersOf = async (tx: ServiceTx, ctx: ServiceContext, effectId: string): Promise<readonly string[]> => {
  const votes = await tx.db.approvalVote.findMany({
    where: { clubId: ctx.clubId, approval: { effectId, status: "approved" } },
    orderBy: [{ votedAt: "asc" }, { id: "asc" }],
    select: { userId: true },
  });
  return [...new Set(votes.map(({ userId }) => userId))];
};

type Referred = { readonly debt: Debt; readonly effectId: string; readonly by: readonly [string, string] };

/** False when this debt has been referred, or is before two people by another question. */
const refer = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { by: [firstApprovedBy, secondApprovedBy], debt, effectId }: Referred,
): Promise<boolean> => {
  const { contactId, facts, payer } = debt;
  const decided = {
    status: "approved",
    amountMinor: facts.dueMinor,
    currency: facts.currency,
    dossier: JSON.parse(JSON.stringify(await buildDossier(tx, ctx, debt))),
    firstApprovedBy,
    secondApprovedBy,
    decidedAt: tx.now,
    updatedAt: tx.now,
  };
  const { count: known } = await tx.db.referralCase.updateMany({
    where: { clubId: ctx.clubId, effectId, contactId, status: "proposed" },
    data: decided,
  });
  const { count } =
    known > 0
      ? { count: known }
      : await tx.db.referralCase.createMany({
          data: {
            id: newId("referralCase"),
            franchiseId: ctx.franchiseId,
            clubId: ctx.clubId,
            contactId,
            memberId: payer.memberId,
            episodeOn: facts.episodeOn ?? "",
            effectId,
            proposedAt: tx.now,
            ...decided,
          },
          skipDuplicates: true,
        });
  if (count > 0) {
    await recordAudit(tx, ctx, { action: "referral.decided", entityId: contactId, details: { firstApprovedBy, secondApprovedBy } });
  }
  return count > 0;
};

type Noted = { readonly debt: Debt; readonly effectId: string; readonly memberId: string; readonly since: string };

const noteReferred = async (tx: ServiceTx, ctx: ServiceContext, { debt: { facts }, effectId, memberId, since }: Noted): Promise<void> => {
  const owed = formatMoney(`${facts.dueMinor}`, facts.currency);
  await planMemberNote(tx, ctx, {
    effectKey: `referral:${effectId}:${memberId}`,
    memberId,
    text: `REFERRED TO COLLECTIONS: ${owed} owed since ${since}, ${facts.attempts} attempts. [urgent, billing]`,
  });
};
