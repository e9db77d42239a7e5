import "server-only";

import { Prisma } from "#server/platform/generated/client.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { DUE, PAYER_ID, recordsOf } from "#server/services/past-due/due-sql.ts";

type Wanted = {
  /** The last payer of the page before; null = the first page. */
  readonly after: string | null;
  readonly limit: number;
  /** Only this payer. */
  readonly only?: string | null;
};

/** The contacts who owe something, dues and training together, whoever of their people it is for; in the order of their ids. */
export const listDebtors = async (
  tx: ServiceTx,
  { clubId }: ServiceContext,
  { after, limit, only = null }: Wanted,
): Promise<{ readonly payerIds: readonly string[]; readonly next: string | null }> => {
  const records = recordsOf(clubId, {
    payerIds: only === null ? null : [only],
    columns: Prisma.sql`${PAYER_ID} as payer, ${DUE} as due`,
  });
  const rows = await tx.db.$queryRaw<{ payer: string }[]>`
    select payer from (${records}) as records where due is not null and payer > ${after ?? ""}
    group by payer having sum(due) > 0 order by payer limit ${limit + 1}`;
  const payerIds = rows.slice(0, limit).map(({ payer }) => payer);
  return { payerIds, next: rows.length > limit ? (payerIds.at(-1) ?? null) : null };
};
