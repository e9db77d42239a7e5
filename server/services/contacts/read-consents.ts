import "server-only";

import { asId } from "#server/domain/ids.ts";
import type { PersonConsent } from "#server/domain/person-view.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";

/** More words on being written to than anybody has spoken. */
const ROWS_MAX = 100;

/** Every word of a person on being written to, newest first, with who wrote it down where a person of the club did. */
export const readConsents = async (tx: Tx, ctx: ServiceContext, contactId: string): Promise<readonly PersonConsent[]> => {
  const rows = await tx.db.consent.findMany({
    where: { clubId: ctx.clubId, contactId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: ROWS_MAX,
    select: {
      id: true,
      purpose: true,
      channelKind: true,
      isGranted: true,
      source: true,
      wording: true,
      proof: true,
      at: true,
      createdAt: true,
    },
  });
  // The note of a change is written in the same transaction, so it bears the same instant: that is what the audit log is ordered by.
  const notes = await tx.db.auditLog.findMany({
    where: {
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      createdAt: { in: rows.map(({ createdAt }) => createdAt) },
      action: { in: ["consent.recorded", "consent.withdrawn"] },
    },
    select: { entityId: true, actorId: true },
  });
  const writers = new Map(notes.map(({ actorId, entityId }) => [entityId, actorId]));
  const names = await staffNames(tx, writers.values());
  const seen = new Set<string>();
  return rows.map(({ createdAt: _at, id, ...row }) => {
    const about = `${row.purpose} ${row.channelKind}`;
    const isNewest = !seen.has(about);
    seen.add(about);
    return { ...row, id: asId("consent", id), isNewest, recordedBy: names.get(writers.get(id) ?? "") ?? null };
  });
};
