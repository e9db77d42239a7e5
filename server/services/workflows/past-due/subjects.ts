import "server-only";

import type { PastDueSettings } from "#server/domain/past-due/settings.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { ClubState } from "#server/services/past-due/club-state.ts";
import { listDebtors } from "#server/services/past-due/list-debtors.ts";
import { loadDebts, type Debt } from "#server/services/past-due/load-facts.ts";
import { trackEpisodes } from "#server/services/past-due/track-episodes.ts";
import type { PageQuery, Subject, SubjectPage } from "#server/services/workflows/define.ts";

export type Debtor = Subject & { readonly debt: Debt; readonly club: ClubState };

/** The next payers who owe, each with all that is decided on. The first page brings the episodes of the whole club up to date. */
export const debtors = async <S = PastDueSettings>(
  tx: ServiceTx,
  ctx: ServiceContext,
  { after, limit, run }: PageQuery<S>,
): Promise<SubjectPage<Debtor>> => {
  if (after === null) {
    await trackEpisodes(tx, ctx, { payerIds: run.onlyContactId === null ? null : [run.onlyContactId] });
  }
  const { next, payerIds } = await listDebtors(tx, ctx, { after, limit, only: run.onlyContactId });
  const { club, debts } = await loadDebts(tx, ctx, { payerIds });
  const subjects = payerIds.flatMap((contactId) => {
    const debt = debts.get(contactId);
    return debt === undefined ? [] : [{ contactId, memberId: debt.payer.memberId, debt, club }];
  });
  return { subjects, next };
};
