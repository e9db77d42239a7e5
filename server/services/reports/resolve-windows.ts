import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { windowsOf, type Period, type Windows } from "#server/domain/metrics/period.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type ClubWindows = Windows & { readonly timeZone: string };

/** The period on the club's calendar, and the one it is compared with. @throws `not_found` for a version of the rules that there is none of */
export const resolveWindows = async (tx: Tx, { clubId, franchiseId }: ServiceContext, period: Period): Promise<ClubWindows> => {
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: clubId }, select: { timeZone: true } });
  if (period.kind !== "version") {
    return { ...windowsOf(period, { now: tx.now, timeZone }), timeZone };
  }
  const version = await tx.db.policy.findFirst({
    where: { franchiseId, clubId: period.layer === "club" ? clubId : null, version: period.version },
    select: { publishedAt: true },
  });
  if (version === null) {
    throw notFound("version");
  }
  return { ...windowsOf(period, { now: tx.now, timeZone, publishedAt: version.publishedAt }), timeZone };
};
