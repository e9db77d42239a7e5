import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { PAYER, PAYER_ID } from "#server/services/past-due/due-sql.ts";

/** The contacts who pay for any live record of these contacts: mostly they themselves. */
export const payersOf = async (tx: Tx, { clubId }: ServiceContext, contactIds: readonly string[]): Promise<readonly string[]> => {
  const rows = await tx.db.$queryRaw<{ payer: string }[]>`
    select distinct ${PAYER_ID} as payer from "Member" m ${PAYER}
    where m."clubId" = ${clubId} and m."contactId" = any(${[...contactIds]}::text[]) and m."archivedAt" is null`;
  return rows.map(({ payer }) => payer);
};
