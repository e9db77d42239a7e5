import "server-only";

import { escalationNote } from "#server/domain/past-due/escalation.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";
import { planMemberNote } from "#server/services/members/plan-member-note.ts";
import { loadDebt } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import type { Act, Acted } from "#server/services/workflows/define.ts";
import { caseOf, escalationOf } from "#server/services/workflows/escalation/cases.ts";

/** The action `note`: an urgent note for the reasons that this episode has had none for yet, looked at again under the payer's lock. */
export const noteCase: Act = async (tx, ctx, { effectKey, outcome }) => {
  const { contactId } = outcome;
  await lockDebts(tx, ctx, [contactId]);
  const { club, debt } = await loadDebt(tx, ctx, contactId);
  const workflow = await tx.db.workflow.findFirst({
    where: { clubId: ctx.clubId, kind: "escalation", archivedAt: null },
    select: { settings: true },
  });
  const { defaults, schema } = WORKFLOW_SETTINGS.escalation;
  const settings = schema.parse({ ...defaults, ...Object(workflow?.settings) });
  const decision = debt === null ? null : escalationOf(debt, { club, settings, now: tx.now });
  if (debt === null || decision?.kind !== "case" || decision.newReasons.length === 0) {
    return ended("skipped", decision?.kind === "case" ? "case_known" : "no_case");
  }
  const text = `${escalationNote(caseOf(debt, decision))} [urgent, billing]`;
  const effectId = await planMemberNote(tx, ctx, { effectKey, memberId: debt.payer.memberId, text });
  if (effectId === null) {
    return ended("suppressed", "connection_missing");
  }
  await tx.db.debtEpisode.updateMany({
    where: { clubId: ctx.clubId, contactId, endedAt: null },
    data: { notedReasons: [...debt.notedReasons, ...decision.newReasons], updatedAt: tx.now },
  });
  return { kind: "effect", effectId };
};

const ended = (outcome: "skipped" | "suppressed", reason: string): Acted => ({ kind: "ended", outcome, reason });
