import "server-only";

import type { ReportSettings } from "#server/domain/report-settings.ts";
import { currentReportSettings } from "#server/services/alerts/current-report-settings.ts";
import { mailPlace } from "#server/services/alerts/mail-place.ts";
import { onCallPlace } from "#server/services/alerts/on-call-place.ts";
import { planTeamMail, planTeamText } from "#server/services/alerts/plan-team-message.ts";
import { tellTeam } from "#server/services/alerts/tell-team.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { tellPeople } from "#server/services/notifications/tell-people.ts";

type Report = {
  /** Of the news: the same news is told once to each place. */
  readonly key: string;
  readonly title: string;
  /** The title with the club in front, for whoever sees only the subject. */
  readonly subject: string;
  readonly text: string;
  readonly url: string;
};

/**
 * Plans a report to the people who run the club: to each as they chose for themselves, and to what is the club's own by each way that is
 * switched on and open: the team's channels, the manager's phone, a list of e-mail addresses. Where none is open it stands on its page alone, and the page of the settings says what is missing.
 */
export const tellManager = async (tx: ServiceTx, ctx: ServiceContext, report: Report): Promise<void> => {
  await tellPeople(tx, ctx, { kind: "report", title: report.title, detail: report.text, path: "workflows" });
  const { settings } = await currentReportSettings(tx, ctx);
  if (settings.byTeam) {
    await tellTeam(tx, ctx, report);
  }
  if (settings.bySms) {
    await textManager(tx, ctx, report);
  }
  if (settings.byEmail) {
    await mailManager(tx, ctx, { report, emails: settings.emails });
  }
};

/** The machinery writes to the manager's phone, which has a thread of its own. */
const textManager = async (tx: ServiceTx, ctx: ServiceContext, { key, text, url }: Report): Promise<void> => {
  const { managerPhone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { managerPhone: true } });
  const found = managerPhone === null ? null : await onCallPlace(tx, ctx);
  if (found?.kind !== "found") {
    return;
  }
  await planTeamText(tx, ctx, { effectKey: `report:${key}`, at: found, text: `${text}\n${url}` });
};

type Mailed = { readonly report: Report; readonly emails: ReportSettings["emails"] };

const mailManager = async (tx: ServiceTx, ctx: ServiceContext, { emails, report }: Mailed): Promise<void> => {
  for (const address of emails) {
    const at = await mailPlace(tx, ctx, { address });
    if (at === null) {
      return;
    }
    const effectKey = `report:${report.key}:${at.place.addressKey}`;
    // Each link to unsubscribe is another one, so that a plan made anew would not be the same.
    if ((await tx.db.effect.count({ where: { clubId: ctx.clubId, effectKey } })) > 0) {
      continue;
    }
    await planTeamMail(tx, ctx, { effectKey, at, subject: report.subject, text: `${report.text}\n\n${report.url}` });
  }
};
