import "server-only";

import { formatMoney } from "#server/domain/money.ts";
import { escalationReport, escalationSummary, type EscalationReport } from "#server/domain/past-due/escalation.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { loadDebts } from "#server/services/past-due/load-facts.ts";
import type { RunFacts } from "#server/services/workflows/define.ts";
import { caseOf, escalationOf } from "#server/services/workflows/escalation/cases.ts";

/** As many cases as a report lists one by one; the largest debts are among them. */
const CASES_MAX = 200;

/** The manager's list of the run: its cases as they stand now, those with a note of this run as new ones. */
const readReport = async (tx: ServiceTx, ctx: ServiceContext, run: RunFacts): Promise<EscalationReport> => {
  const outcomes = await tx.db.workflowOutcome.findMany({
    where: { clubId: ctx.clubId, workflowRunId: run.id, group: { in: ["case", "small"] } },
    orderBy: [{ amountMinor: "desc" }, { id: "asc" }],
    select: { contactId: true, group: true, outcome: true, action: true },
  });
  const listed = outcomes.filter(({ group }) => group === "case");
  const noted = new Set(
    listed.flatMap(({ action, contactId, outcome }) => (action === "note" && outcome !== "skipped" ? [contactId] : [])),
  );
  const { club, debts } = await loadDebts(tx, ctx, { payerIds: listed.map(({ contactId }) => contactId) });
  const workflow = await tx.db.workflow.findFirst({ where: { id: run.workflowId, clubId: ctx.clubId }, select: { settings: true } });
  const { defaults, schema } = WORKFLOW_SETTINGS.escalation;
  const settings = schema.parse({ ...defaults, ...Object(workflow?.settings) });
  const cases = listed.flatMap(({ contactId }) => {
    const debt = debts.get(contactId);
    const decision = debt === undefined ? null : escalationOf(debt, { club, settings, now: tx.now });
    return debt === undefined || decision?.kind !== "case"
      ? []
      : [caseOf(debt, { ...decision, newReasons: noted.has(contactId) ? decision.reasons : [] })];
  });
  return escalationReport(cases, { smallCount: outcomes.length - listed.length, currency: run.club.currency });
};

export const escalationLines = async (tx: ServiceTx, ctx: ServiceContext, run: RunFacts): Promise<readonly string[]> => {
  const report = await readReport(tx, ctx, run);
  return [
    escalationSummary(report),
    ...report.lines
      .slice(0, CASES_MAX)
      .map(
        ({ action, amountMinor, attempts, daysPastDue, lastContact, name }) =>
          `${name}: ${formatMoney(`${amountMinor}`, report.currency)}, ${daysPastDue} days, ${attempts} attempts, last contact: ${lastContact ?? "none"}. ${action}`,
      ),
  ];
};

/** What goes to the manager's phone and to the team: the summary alone. */
export const escalationWord = async (tx: ServiceTx, ctx: ServiceContext, run: RunFacts): Promise<string> =>
  escalationSummary(await readReport(tx, ctx, run));
