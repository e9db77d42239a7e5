import type { PaymentStatus } from "#server/domain/vocabulary.ts";

type Word = { readonly status: PaymentStatus; readonly at: Date };

/** How far a payment has come: within one instant the further word is the later one. */
const RANK = { approved: 0, failed: 1, cancelled: 1, completed: 2, refunded: 3 } as const satisfies Record<PaymentStatus, number>;

/** Whether a vendor's word on a payment is newer than the one we know. The same word again is not. */
export const overrules = (next: Word, known: Word): boolean => {
  const difference = next.at.getTime() - known.at.getTime();
  return difference > 0 || (difference === 0 && RANK[next.status] > RANK[known.status]);
};
