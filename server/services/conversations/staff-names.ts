import "server-only";

import type { Tx } from "#server/platform/tenant.ts";

/** Names of the users whose ids stand in rows the caller may read: whoever has, or once had, access to this club. */
export const staffNames = async (tx: Tx, ids: Iterable<string | null>): Promise<ReadonlyMap<string, string>> => {
  const known = [...new Set(ids)].filter((id) => id !== null);
  if (known.length === 0) {
    return new Map();
  }
  const rows = await tx.db.user.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
};
