import "server-only";

import { decideReferral } from "#server/domain/past-due/referral.ts";
import type { PastDueSettings, ReferralSettings } from "#server/domain/past-due/settings.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { listDebtors } from "#server/services/past-due/list-debtors.ts";
import { loadDebts, type Debt } from "#server/services/past-due/load-facts.ts";
import { trackEpisodes } from "#server/services/past-due/track-episodes.ts";
import {
  defineWorkflow,
  type DecidedAt,
  type PageQuery,
  type Subject,
  type SubjectPage,
  type Verdict,
} from "#server/services/workflows/define.ts";
import { proposeCase } from "#server/services/workflows/referral/propose-case.ts";
import { referralLines, settleCases } from "#server/services/workflows/referral/report.ts";

type Referable = Subject & {
  readonly debt: Debt;
  readonly pastDue: PastDueSettings;
  /** Of this episode; null = nobody was asked yet. */
  readonly caseStatus: string | null;
};

const subjects = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { after, limit, run }: PageQuery<ReferralSettings>,
): Promise<SubjectPage<Referable>> => {
  if (after === null) {
    await trackEpisodes(tx, ctx, { payerIds: run.onlyContactId === null ? null : [run.onlyContactId] });
  }
  const { next, payerIds } = await listDebtors(tx, ctx, { after, limit, only: run.onlyContactId });
  const { club, debts } = await loadDebts(tx, ctx, { payerIds });
  const cases = await tx.db.referralCase.findMany({
    where: { clubId: ctx.clubId, contactId: { in: [...payerIds] }, status: { not: "withdrawn" } },
    select: { contactId: true, episodeOn: true, status: true },
  });
  const found = [...debts.values()].map((debt): Referable => ({
    contactId: debt.contactId,
    memberId: debt.payer.memberId,
    debt,
    pastDue: club.settings,
    caseStatus: cases.find((one) => one.contactId === debt.contactId && one.episodeOn === debt.facts.episodeOn)?.status ?? null,
  }));
  return { subjects: found, next };
};

/** Pure. Which debts are put before two people. */
const decide = ({ caseStatus, debt, pastDue }: Referable, referral: ReferralSettings, { now }: DecidedAt): Verdict => {
  const { dueMinor: amountMinor } = debt.facts;
  const decision = decideReferral(debt.facts, { referral, pastDue }, now);
  switch (decision.kind) {
    case "none":
      return { kind: "skip", reason: decision.reason, group: null, amountMinor };
    case "held":
      return { kind: "suppress", reason: decision.reason, group: "case", amountMinor };
    case "propose":
      return caseStatus !== null
        ? { kind: "skip", reason: "asked_already", group: "case", amountMinor }
        : { kind: "act", act: { action: "refer", group: "case", reason: "referral_ripe", templateKey: null, fields: {}, amountMinor } };
  }
};

/** Debts that are ripe for an agency are put before two people, each with its dossier. */
export const referral = defineWorkflow<Referable, ReferralSettings>({
  kind: "referral",
  settings: WORKFLOW_SETTINGS.referral,
  approval: "first_run",
  subjects,
  decide,
  actions: { refer: proposeCase },
  onSettled: settleCases,
  reportLines: referralLines,
  tells: () => "always",
});
