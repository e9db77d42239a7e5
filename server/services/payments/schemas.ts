import { z } from "zod";

import { idSchema, type Id } from "#server/domain/ids.ts";
import type { PaymentStatus, PayRequestKind, PayRequestStatus } from "#server/domain/vocabulary.ts";

export const ListPaymentsInput = z.object({
  /** Only what this contact paid; without it the whole club's. */
  contactId: idSchema("contact").optional(),
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().optional(),
});

export type PaymentRow = {
  readonly id: Id<"payment">;
  /** Whole minor units as a decimal string. */
  readonly amountMinor: string;
  readonly currency: string;
  readonly status: PaymentStatus;
  readonly at: Date;
  readonly contactId: Id<"contact"> | null;
  readonly payerName: string | null;
  /** What it is for. */
  readonly request: {
    readonly id: Id<"payRequest">;
    readonly kind: PayRequestKind;
    readonly status: PayRequestStatus;
    readonly description: string;
    readonly amountMinor: string;
  };
};
