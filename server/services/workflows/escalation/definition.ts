import "server-only";

import type { EscalationSettings } from "#server/domain/past-due/settings.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";
import { defineWorkflow, type DecidedAt, type Verdict } from "#server/services/workflows/define.ts";
import { escalationOf } from "#server/services/workflows/escalation/cases.ts";
import { noteCase } from "#server/services/workflows/escalation/note-case.ts";
import { escalationLines, escalationWord } from "#server/services/workflows/escalation/report.ts";
import { debtors, type Debtor } from "#server/services/workflows/past-due/subjects.ts";

/** Pure. Whether a manager must hear of one debt today. */
const decide = ({ club, debt }: Debtor, settings: EscalationSettings, { now }: DecidedAt): Verdict => {
  const decision = escalationOf(debt, { club, settings, now });
  const { dueMinor: amountMinor } = debt.facts;
  switch (decision.kind) {
    case "none":
      return { kind: "skip", reason: "no_case", group: null, amountMinor };
    case "small":
      return { kind: "skip", reason: "small_debt", group: "small", amountMinor };
    case "case": {
      const common = { group: "case", amountMinor };
      return decision.newReasons.length === 0
        ? { kind: "skip", reason: "case_known", ...common }
        : { kind: "act", act: { action: "note", reason: "case_new", templateKey: null, fields: {}, ...common } };
    }
  }
};

/** Brings the debts that need a person before the manager: an urgent note once for each reason, and one summary a day. */
export const escalation = defineWorkflow<Debtor, EscalationSettings>({
  kind: "escalation",
  settings: WORKFLOW_SETTINGS.escalation,
  approval: "first_run",
  subjects: debtors,
  decide,
  actions: { note: noteCase },
  reportLines: escalationLines,
  summary: escalationWord,
  tells: () => "always",
});
