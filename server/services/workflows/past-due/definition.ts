import "server-only";

import { decideReminder } from "#server/domain/past-due/ladder.ts";
import type { PastDueSettings } from "#server/domain/past-due/settings.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";
import { defineWorkflow, type DecidedAt, type Verdict } from "#server/services/workflows/define.ts";
import { remind } from "#server/services/workflows/past-due/remind.ts";
import { reminderText } from "#server/services/workflows/past-due/reminder-text.ts";
import { pastDueLines } from "#server/services/workflows/past-due/report-lines.ts";
import { debtors, type Debtor } from "#server/services/workflows/past-due/subjects.ts";

/** Stands in a preview where the link will be: one is only made for a reminder that goes out. */
const LINK_TO_COME = "(link to pay)";

/** Pure. The ladder's answer about one payer, in the words of the engine. */
const decide = ({ debt }: Debtor, settings: PastDueSettings, { now, run }: DecidedAt): Verdict => {
  const decision = decideReminder(debt.facts, settings, now);
  const { dueMinor: amountMinor } = debt.facts;
  switch (decision.kind) {
    case "nothing":
      return { kind: "skip", reason: decision.reason, group: null, amountMinor };
    case "held":
    case "deferred":
      return { kind: "suppress", reason: decision.reason, group: decision.kind, amountMinor, until: decision.until };
    case "ended":
      return { kind: "suppress", reason: decision.reason, group: "ended", amountMinor };
    case "remind": {
      const { alsoUrgentNote, reason, tier } = decision;
      const words = reminderText(debt, { tier, clubName: run.club.name, payLink: LINK_TO_COME });
      if (words === null) {
        return { kind: "suppress", reason: "attempts_spent", group: "ended", amountMinor };
      }
      const writes = { purpose: "billing", text: words.text } as const;
      const group = alsoUrgentNote ? "urgent" : tier;
      return { kind: "act", act: { action: "message", group, reason, templateKey: null, fields: {}, tier, amountMinor, writes } };
    }
  }
};

/** Reminds everybody who owes, as the ladder says: by amount and by how often they were reminded. */
export const pastDue = defineWorkflow<Debtor, PastDueSettings>({
  kind: "past_due",
  settings: WORKFLOW_SETTINGS.past_due,
  approval: "first_run",
  subjects: debtors,
  decide,
  actions: { message: remind },
  reportLines: pastDueLines,
  tells: () => "failures",
});
