import { z } from "zod";

export const SquareAccount = z.object({
  /** Of a developer application that the seller owns, or of an OAuth grant. */
  accessToken: z.string().min(1),
  /** Everything this connection does and hears belongs to this place of the seller. */
  locationId: z.string().min(1),
  /** One key, or two with a blank between while one replaces the other. Empty = no webhooks yet. */
  signatureKey: z.string().default(""),
  environment: z.enum(["production", "sandbox"]).default("production"),
});

export type SquareAccount = z.output<typeof SquareAccount>;

const Id = z.string().min(1);
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? null);

export const Currency = z.enum(["USD", "CAD"]);

/*
 * What the SDK hands out is typed and never checked: with an unknown answer it returns whatever came. These schemas
 * read its objects (camelCase, int64 as bigint), strict on what is used and loose on the rest.
 */

const Money = z.looseObject({ amount: z.bigint(), currency: Currency });

export const LocationAnswer = z.looseObject({
  location: z.looseObject({ id: Id, name: Text, businessName: Text, currency: Text, status: Text }),
});

const Customer = z.looseObject({ id: Id, referenceId: Text, emailAddress: Text, createdAt: z.string().default("") });

/** An empty search answers an object without any field; an answer of another shape has fields, and not this one. */
export const CustomerSearchAnswer = z
  .looseObject({ customers: z.array(Customer).optional() })
  .refine((answer) => answer.customers !== undefined || Object.values(answer).every((value) => value === undefined), "no customers");

export const CustomerAnswer = z.looseObject({ customer: Customer });

export const INVOICE_STATUSES = [
  "DRAFT",
  "UNPAID",
  "SCHEDULED",
  "PARTIALLY_PAID",
  "PAID",
  "PARTIALLY_REFUNDED",
  "REFUNDED",
  "CANCELED",
  "FAILED",
  "PAYMENT_PENDING",
] as const;

const InvoiceStatus = z.enum(INVOICE_STATUSES);

export type InvoiceStatus = z.output<typeof InvoiceStatus>;

const Invoice = z.looseObject({
  id: Id,
  version: z.number().int(),
  status: InvoiceStatus,
  orderId: Text,
  publicUrl: Text,
});

export type SquareInvoice = z.output<typeof Invoice>;

export const InvoiceAnswer = z.looseObject({ invoice: Invoice });

export const OrderAnswer = z.looseObject({
  order: z.looseObject({
    id: Id,
    totalMoney: Money,
    tenders: z.array(z.looseObject({ id: Text, paymentId: Text })).nullish(),
  }),
});

export const PAYMENT_STATUSES = ["APPROVED", "PENDING", "COMPLETED", "CANCELED", "FAILED"] as const;

const PaymentStatus = z.enum(PAYMENT_STATUSES);

export const PaymentAnswer = z.looseObject({
  payment: z.looseObject({ id: Id, status: PaymentStatus, amountMoney: Money, refundedMoney: Money.nullish() }),
});

export const PaymentLinkAnswer = z.looseObject({
  paymentLink: z.looseObject({ id: Id, orderId: Id, url: z.url() }),
});

/** Deleting answers little; that it is an object without errors is all we need. */
export const DeletedAnswer = z.looseObject({ id: Text, cancelledOrderId: Text, errors: z.undefined().optional() });

/* The wire of webhooks: snake_case, int64 as plain numbers. */

const WireMoney = z.looseObject({ amount: z.int().nonnegative(), currency: z.string() });

export const WireEvent = z.looseObject({
  event_id: Id,
  type: z.string().min(1),
  created_at: z.iso.datetime({ offset: true }),
  data: z.looseObject({ id: z.string().nullish(), object: z.looseObject({}).nullish() }).nullish(),
});

export const WirePayment = z.looseObject({
  id: Id,
  status: PaymentStatus,
  amount_money: WireMoney,
  refunded_money: WireMoney.nullish(),
  order_id: Text,
  customer_id: Text,
  location_id: Text,
  updated_at: z.iso.datetime({ offset: true }),
});

export const WireInvoice = z.looseObject({
  id: Id,
  status: InvoiceStatus,
  order_id: Text,
  location_id: Text,
  updated_at: z.iso.datetime({ offset: true }),
});
