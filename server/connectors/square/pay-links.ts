import type { PayLinkPort } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import type { SquareCalls } from "./client.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { assertChargeable, nameOf } from "./invoices.ts";
import { PAYMENTS_PER_ORDER } from "./limits.ts";
import { standingOf } from "./map.ts";
import { DeletedAnswer, OrderAnswer, PaymentAnswer, PaymentLinkAnswer } from "./schemas.ts";

type Place = { readonly call: SquareCalls; readonly locationId: string };

/** Links to a page of Square's on which anybody pays one fixed amount. */
export const createPayLinks = ({ call, locationId }: Place): PayLinkPort => ({
  create: async (input) => {
    assertChargeable(input);
    const { paymentLink } = await call({
      isAct: true,
      schema: PaymentLinkAnswer,
      run: (square) =>
        square.checkout.paymentLinks.create({
          idempotencyKey: idempotencyKey(input.key, "link"),
          quickPay: { name: nameOf(input), priceMoney: { amount: input.amountMinor, currency: input.currency }, locationId },
          ...(input.payer.email === null ? {} : { prePopulatedData: { buyerEmail: input.payer.email } }),
        }),
    });
    return { vendorReference: paymentLink.id, orderReference: paymentLink.orderId, url: paymentLink.url };
  },
  read: ({ orderReference }) => readPayments(call, orderReference),
  cancel: async ({ vendorReference }) => {
    try {
      await call({ isAct: true, schema: DeletedAnswer, run: (square) => square.checkout.paymentLinks.delete({ id: vendorReference }) });
    } catch (error) {
      // Deleted before: that is the state we want.
      if (!(error instanceof ConnectorError) || error.reason !== "not_found") {
        throw error;
      }
    }
  },
});

/**
 * Adds up the completed payments of an order. The order's own state says nothing: it stays OPEN when a link is paid
 * (Square staff on its forum), and a tender appears as soon as a payment is approved.
 */
const readPayments = async (call: SquareCalls, orderId: string): Promise<{ isPaid: boolean; paidMinor: bigint }> => {
  const { order } = await call({ isAct: false, schema: OrderAnswer, run: (square) => square.orders.get({ orderId }) });
  const paymentIds = (order.tenders ?? []).flatMap(({ paymentId, id }) => paymentId ?? id ?? []);
  if (paymentIds.length > PAYMENTS_PER_ORDER) {
    throw new ConnectorError("unavailable", "Square shows too many payments of one order to add them up");
  }
  let paidMinor = 0n;
  for (const paymentId of paymentIds) {
    const { payment } = await call({ isAct: false, schema: PaymentAnswer, run: (square) => square.payments.get({ paymentId }) });
    const { status, amountMinor } = standingOf({
      status: payment.status,
      amountMinor: payment.amountMoney.amount,
      refundedMinor: payment.refundedMoney?.amount ?? 0n,
    });
    paidMinor += status === "completed" ? amountMinor : 0n;
  }
  return { isPaid: paidMinor > 0n && paidMinor >= order.totalMoney.amount, paidMinor };
};
