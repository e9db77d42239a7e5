import "server-only";

import type { ReportSettings } from "#server/domain/report-settings.ts";
import { currentReportSettings } from "#server/services/alerts/current-report-settings.ts";
import { mailPlace } from "#server/services/alerts/mail-place.ts";
import { onCallPlace } from "#server/services/alerts/on-call-place.ts";
import { tellTeam } from "#server/services/alerts/tell-team.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { tellPeople } from "#server/services/notifications/tell-people.ts";
import { unsubscribeUrlOf } from "#server/services/people/unsubscribe-link.ts";

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
  await planEffect(tx, ctx, {
    effectKey: `report:${key}`,
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
    arguments: { to: found.phone, recipientExternalId: null, text: `${text}\n${url}` },
  });
};

type Mailed = { readonly report: Report; readonly emails: ReportSettings["emails"] };

const mailManager = async (tx: ServiceTx, ctx: ServiceContext, { emails, report }: Mailed): Promise<void> => {
  const { clubId, franchiseId } = ctx;
  for (const address of emails) {
    const found = await mailPlace(tx, ctx, { address });
    if (found === null) {
      return;
    }
    const { connectionId, place } = found;
    const effectKey = `report:${report.key}:${place.addressKey}`;
    // Each link to unsubscribe is another one, so that a plan made anew would not be the same.
    if ((await tx.db.effect.count({ where: { clubId, effectKey } })) > 0) {
      continue;
    }
    await planEffect(tx, ctx, {
      effectKey,
      kind: "message.send",
      plannedBy: "system",
      needsApproval: null,
      connectionId,
      channelId: place.channelId,
      conversationId: place.conversationId,
      contactId: place.contactId,
      addressKey: place.addressKey,
      channelKind: "email",
      purpose: "service",
      arguments: {
        to: address,
        recipientExternalId: null,
        text: `${report.text}\n\n${report.url}`,
        subject: report.subject,
        unsubscribeUrl: unsubscribeUrlOf({ franchiseId, clubId, addressKey: place.addressKey }),
      },
    });
  }
};
