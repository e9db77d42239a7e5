import "server-only";

import { isToldOf } from "#server/domain/report-settings.ts";
import { env } from "#server/platform/env.ts";
import { currentReportSettings } from "#server/services/alerts/current-report-settings.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { tellManager } from "#server/services/alerts/tell-manager.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import { factsOfRun, moveRun, settingsOfRun, waitsKey, type RunRow } from "#server/services/workflows/internal.ts";
import { buildReport, reportText, type RunReport } from "#server/services/workflows/report.ts";
import { countOutcomes } from "#server/services/workflows/count-outcomes.ts";

/** Ends a locked run that has nothing left to do: its report, a card and word to the manager where there were failures. */
export const finishRun = async (tx: ServiceTx, ctx: ServiceContext, run: RunRow): Promise<void> => {
  const { counts, left } = await countOutcomes(tx, ctx, run.id);
  const report = await buildReport(tx, ctx, { run, counts });
  await moveRun(tx, ctx, {
    runId: run.id,
    data: {
      status: "completed",
      phase: "ended",
      finishedAt: tx.now,
      wakeAt: null,
      counts,
      report,
      openCount: run.isDryRun ? 0 : left.unknown,
    },
    step: { name: "ended", detail: `${report.totals.sent ?? report.totals.done ?? 0}` },
  });
  await settleAlert(tx, ctx, waitsKey(run.id));
  if (run.trigger === "preview") {
    await tx.db.workflow.updateMany({ where: { id: run.workflowId, clubId: ctx.clubId }, data: { previewedAt: tx.now } });
    return;
  }
  tx.news.actions.push({
    kind: "workflow.ended",
    risk: "sends",
    outcome: "done",
    summary: `The workflow "${run.name}" ended: ${report.totals.sent ?? 0} sent, ${report.totals.failed ?? 0} failed${run.isDryRun ? ", as a dry run" : ""}.`,
    inputs: { runId: run.id, ...report.totals },
  });
  await tell(tx, ctx, { run, report });
};

const tell = async (tx: ServiceTx, ctx: ServiceContext, { report, run }: { readonly run: RunRow; readonly report: RunReport }) => {
  const failedCount = report.totals.failed ?? 0;
  const wish = specOf(run.kind).tells(settingsOfRun(run));
  if (run.isDryRun || wish === "never" || (wish === "failures" && failedCount === 0)) {
    return;
  }
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, slug: true } });
  const { name } = run;
  const text =
    (await specOf(run.kind).summary(tx, ctx, await factsOfRun(tx, ctx, run))) ?? reportText(report, { clubName: club.name, name });
  const url = new URL(`/${club.slug}/workflows`, env.APP_URL).toString();
  if (failedCount > 0) {
    const why = report.reasons
      .filter(({ outcome }) => outcome === "failed")
      .map(({ count, reason }) => `${reason.replaceAll("_", " ")}: ${count}`);
    await raiseAlert(tx, ctx, {
      kind: "workflow_failures",
      severity: "warning",
      key: `workflow-failures:${run.workflowId}`,
      title: `${name}: ${failedCount} could not be done`,
      detail: why.join(", "),
    });
  }
  const { settings } = await currentReportSettings(tx, ctx);
  if (isToldOf(run.kind, settings)) {
    await tellManager(tx, ctx, { key: `workflow:${run.id}`, title: name, subject: `${club.name}: ${name}`, text, url });
  }
};
