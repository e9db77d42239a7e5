import "server-only";

import { z } from "zod";

import { todayIn } from "#server/domain/calendar-date.ts";
import { DomainError } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { Dossier, referralCsv, type ExportedCase } from "#server/domain/past-due/dossier.ts";
import { assertRecentSignIn } from "#server/domain/recent-sign-in.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { referralPdf } from "#server/services/collections/referral-pdf.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export const ExportReferralsInput = z.object({
  format: z.enum(["csv", "pdf"]),
  /** Only these cases; all that were let go where it is left out. */
  caseIds: z.array(idSchema("referralCase")).min(1).max(500).optional(),
});

export type ReferralFile = { readonly name: string; readonly contentType: string; readonly body: Uint8Array<ArrayBuffer> };

/**
 * The cases that two people let go, for the manager to send on: contact data, amounts and proof. Each export is in the audit log. Only by
 * whoever signed in a moment ago. @throws `forbidden`, `sign_in_required`, `precondition_failed` where there is none
 */
export const exportReferrals = async (ctx: ServiceContext, raw: z.input<typeof ExportReferralsInput>): Promise<ReferralFile> => {
  assertCan(ctx, "referral.export");
  const { caseIds, format } = ExportReferralsInput.parse(raw);
  const { about, cases } = await inTransaction(ctx, async (tx) => {
    assertRecentSignIn(ctx.actor, tx.now);
    const rows = await tx.db.referralCase.findMany({
      where: { clubId: ctx.clubId, status: { in: ["approved", "exported"] }, ...(caseIds === undefined ? {} : { id: { in: caseIds } }) },
      orderBy: [{ decidedAt: "asc" }, { id: "asc" }],
      select: { id: true, dossier: true, status: true, firstApprovedBy: true, secondApprovedBy: true, decidedAt: true },
    });
    if (rows.length === 0) {
      throw new DomainError("precondition_failed", "no case was let go by two people yet");
    }
    const userIds = rows.flatMap(({ firstApprovedBy, secondApprovedBy }) =>
      [firstApprovedBy, secondApprovedBy].filter((id) => id !== null),
    );
    const people = await tx.db.user.findMany({ where: { id: { in: userIds } }, select: { id: true, name: true } });
    const nameOf = (id: string | null): readonly string[] => (id === null ? [] : [people.find((one) => one.id === id)?.name ?? id]);
    await tx.db.referralCase.updateMany({
      where: { clubId: ctx.clubId, id: { in: rows.map(({ id }) => id) }, status: "approved" },
      data: { status: "exported", exportedAt: tx.now, updatedAt: tx.now },
    });
    await recordAudit(tx, ctx, { action: "referral.exported", details: { format, caseCount: rows.length } });
    const club = await tx.db.club.findFirstOrThrow({
      where: { id: ctx.clubId },
      select: { name: true, timeZone: true, currency: true },
    });
    return {
      about: { clubName: club.name, timeZone: club.timeZone, currency: club.currency, now: tx.now },
      cases: rows.map(({ decidedAt, dossier, firstApprovedBy, secondApprovedBy, status }): ExportedCase => ({
        dossier: Dossier.parse(dossier),
        status,
        approvedBy: [...nameOf(firstApprovedBy), ...nameOf(secondApprovedBy)],
        decidedAt,
      })),
    };
  });
  const name = `referrals-${todayIn(about.timeZone, about.now)}.${format}`;
  return format === "csv"
    ? { name, contentType: "text/csv; charset=utf-8", body: new TextEncoder().encode(`\u{FEFF}${referralCsv(cases, about)}`) }
    : { name, contentType: "application/pdf", body: new Uint8Array(await referralPdf(cases, about)) };
};
