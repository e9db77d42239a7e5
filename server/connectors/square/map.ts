import type { InvoiceState } from "../acts.ts";
import type { PaymentStatus } from "../webhook.ts";
import type { InvoiceStatus, PAYMENT_STATUSES, SquareInvoice } from "./schemas.ts";

const INVOICE_STATUS = {
  DRAFT: "draft",
  UNPAID: "open",
  SCHEDULED: "open",
  // A bank transfer is on its way: nothing has come in yet.
  PAYMENT_PENDING: "open",
  PARTIALLY_PAID: "partly_paid",
  PAID: "paid",
  PARTIALLY_REFUNDED: "refunded",
  REFUNDED: "refunded",
  CANCELED: "cancelled",
  FAILED: "failed",
} as const satisfies Record<InvoiceStatus, InvoiceState["status"]>;

export const invoiceStatusOf = (status: InvoiceStatus): InvoiceState["status"] => INVOICE_STATUS[status];

export const toInvoiceState = (invoice: SquareInvoice): InvoiceState => ({
  vendorReference: invoice.id,
  orderReference: invoice.orderId,
  status: INVOICE_STATUS[invoice.status],
  url: invoice.publicUrl,
});

type Standing = {
  readonly status: (typeof PAYMENT_STATUSES)[number];
  /** Cents, without a tip. */
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
};

/** What a payment comes to: given back in full it is no payment any more, given back in part the rest counts. */
export const standingOf = ({
  status,
  amountMinor,
  refundedMinor,
}: Standing): { readonly status: PaymentStatus; readonly amountMinor: bigint } => {
  if (status !== "COMPLETED") {
    return { status: PAYMENT_STATUS[status], amountMinor };
  }
  return refundedMinor >= amountMinor && amountMinor > 0n
    ? { status: "refunded", amountMinor }
    : { status: "completed", amountMinor: amountMinor - refundedMinor };
};

const PAYMENT_STATUS = {
  // Neither has brought any money yet: only COMPLETED counts.
  APPROVED: "approved",
  PENDING: "approved",
  CANCELED: "cancelled",
  FAILED: "failed",
} as const satisfies Record<Exclude<Standing["status"], "COMPLETED">, PaymentStatus>;
