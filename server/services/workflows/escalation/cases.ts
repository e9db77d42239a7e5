import "server-only";

import { dayText, todayIn } from "#server/domain/calendar-date.ts";
import { decideEscalation, type EscalationCase, type EscalationDecision } from "#server/domain/past-due/escalation.ts";
import type { EscalationSettings } from "#server/domain/past-due/settings.ts";
import type { ClubState } from "#server/services/past-due/club-state.ts";
import type { Debt } from "#server/services/past-due/load-facts.ts";

type Looked = { readonly club: ClubState; readonly settings: EscalationSettings; readonly now: Date };

/** What the rule says about one payer. */
export const escalationOf = ({ facts, notedReasons }: Debt, { club, now, settings }: Looked): EscalationDecision =>
  decideEscalation({ ...facts, notedReasons }, { escalation: settings, pastDue: club.settings }, now);

/** A case as notes and reports tell it. */
export const caseOf = (debt: Debt, decision: Extract<EscalationDecision, { kind: "case" }>): EscalationCase => ({
  name: `${debt.payer.firstName} ${debt.payer.lastName}`.trim() || "Somebody without a name",
  facts: debt.facts,
  decision,
  lastContact: lastContactOf(debt),
});

const lastContactOf = ({ facts, lastAttempt }: Debt): string | null => {
  if (lastAttempt === null) {
    return null;
  }
  const what = lastAttempt.kind === "call" ? "a call" : `a ${lastAttempt.kind} reminder`;
  return `${what} on ${dayText(todayIn(facts.timeZone, lastAttempt.at))}`;
};
