import "server-only";

import { env } from "#server/platform/env.ts";
import { onCallPlace } from "#server/services/alerts/on-call-place.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { tellTeam } from "#server/services/alerts/tell-team.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
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
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, slug: true, managerPhone: true } });
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
  await tellTeam(tx, ctx, { key: `workflow:${run.id}`, text, url });
  if (club.managerPhone !== null) {
    await textManager(tx, ctx, { runId: run.id, text: `${text}\n${url}` });
  }
};

/** The machinery writes to the manager's phone, which has a thread of its own. Without a channel that can send, the card stands alone. */
const textManager = async (tx: ServiceTx, ctx: ServiceContext, { runId, text }: { readonly runId: string; readonly text: string }) => {
  const found = await onCallPlace(tx, ctx);
  if (found.kind !== "found") {
    return;
  }
  await planEffect(tx, ctx, {
    effectKey: `workflow-report:${runId}`,
    kind: "message.send",
    plannedBy: "system",
    needsApproval: null,
    connectionId: found.connectionId,
    channelId: found.place.channelId,
    conversationId: found.place.conversationId,
    contactId: found.place.contactId,
    addressKey: found.place.addressKey,
    channelKind: "sms",
    purpose: "service",
    arguments: { to: found.phone, recipientExternalId: null, text },
  });
};
