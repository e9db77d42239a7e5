import "server-only";

import type { WorkflowKind } from "#server/domain/workflows/kinds.ts";
import { DomainError } from "#server/domain/errors.ts";
import { doorAccess } from "#server/services/workflows/door-access/definition.ts";
import { dailyCampaigns } from "#server/services/workflows/daily-campaigns/definition.ts";
import type { WorkflowSpec } from "#server/services/workflows/define.ts";
import { pastDue } from "#server/services/workflows/past-due/definition.ts";
import { proactive } from "#server/services/workflows/proactive/definition.ts";
import { custom } from "#server/services/workflows/custom/definition.ts";
import { campaign } from "#server/services/workflows/campaign/definition.ts";
import { sequence } from "#server/services/workflows/sequence/definition.ts";
import { escalation } from "#server/services/workflows/escalation/definition.ts";
import { invoices } from "#server/services/workflows/invoices/definition.ts";
import { referral } from "#server/services/workflows/referral/definition.ts";

/** Every kind that can run: a folder beside this file and one line here. */
export const WORKFLOW_SPECS: Partial<Readonly<Record<WorkflowKind, WorkflowSpec>>> = {
  daily_campaigns: dailyCampaigns,
  door_access: doorAccess,
  invoices,
  escalation,
  past_due: pastDue,
  proactive,
  sequence,
  campaign,
  custom,
  referral,
};

/** @throws `precondition_failed` for a kind that nothing runs */
export const specOf = (kind: string): WorkflowSpec => {
  const spec = WORKFLOW_SPECS[kind as WorkflowKind];
  if (spec === undefined) {
    throw new DomainError("precondition_failed", "this workflow cannot run here", { details: { kind } });
  }
  return spec;
};
