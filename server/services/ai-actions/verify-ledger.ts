import "server-only";

import { hashOfAction } from "#server/domain/ledger.ts";
import { sha256 } from "#server/platform/keys.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** Rows read in one transaction: small enough that a long ledger never holds a connection for long. */
const BATCH_SIZE = 500;

export type LedgerCheck = {
  readonly isWhole: boolean;
  /** Rows that were read and found whole. */
  readonly rowCount: number;
  /** Decimal string; the first row that is missing or does not follow from the one before it. */
  readonly firstBrokenSequence: string | null;
};

/**
 * Computes the club's hash chain anew, from its first row to the one the counter names. A row that was edited, removed,
 * inserted or cut off at the end breaks it.
 */
export const verifyLedger = async (ctx: ServiceContext): Promise<LedgerCheck> => {
  assertCan(ctx, "action.read");
  const end = await readEnd(ctx);
  let sequence = 0n;
  let hash = "";
  while (sequence < end.ledgerSequence) {
    const rows = await readBatch(ctx, { after: sequence, upTo: end.ledgerSequence });
    for (const { id: _id, hash: stored, ...content } of rows) {
      if (content.sequence !== sequence + 1n || content.previousHash !== hash || hashOfAction(content, sha256) !== stored) {
        return brokenAfter(sequence);
      }
      sequence = content.sequence;
      hash = stored;
    }
    if (rows.length === 0) {
      return brokenAfter(sequence);
    }
  }
  return hash === end.ledgerHash ? { isWhole: true, rowCount: Number(sequence), firstBrokenSequence: null } : brokenAfter(sequence - 1n);
};

const brokenAfter = (sequence: bigint): LedgerCheck => ({
  isWhole: false,
  rowCount: Number(sequence),
  firstBrokenSequence: (sequence + 1n).toString(),
});

/** Rows appended meanwhile come after it and are not judged. */
const readEnd = (ctx: ServiceContext): Promise<{ readonly ledgerSequence: bigint; readonly ledgerHash: string }> =>
  withClub(ctx, (tx) =>
    tx.db.clubCounter.findFirstOrThrow({ where: { clubId: ctx.clubId }, select: { ledgerSequence: true, ledgerHash: true } }),
  );

/** Every column: the hash covers them all. */
const readBatch = (ctx: ServiceContext, { after, upTo }: { readonly after: bigint; readonly upTo: bigint }) =>
  withClub(ctx, (tx) =>
    tx.db.aiAction.findMany({
      where: { clubId: ctx.clubId, sequence: { gt: after, lte: upTo } },
      orderBy: { sequence: "asc" },
      take: BATCH_SIZE,
    }),
  );
