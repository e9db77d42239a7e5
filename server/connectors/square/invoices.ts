import type { Charge, InvoicePort, InvoiceState } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import type { SquareCalls } from "./client.ts";
import { customerFor } from "./customers.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { NAME_MAX_CHARACTERS, REFERENCE_MAX_CHARACTERS } from "./limits.ts";
import { toInvoiceState } from "./map.ts";
import { DeletedAnswer, InvoiceAnswer, OrderAnswer, type SquareInvoice } from "./schemas.ts";

type Issue = Charge & { readonly dueOn: string; readonly delivery: "email" | "none" };
type Place = { readonly call: SquareCalls; readonly locationId: string };

/**
 * Invoices of one location. Issuing takes several calls; each has a key of its own made from the effect's, so that
 * whoever begins anew after a crash meets what is there already and ends with the same single invoice.
 */
export const createInvoices = (place: Place): InvoicePort => ({
  issue: (input) => issue(place, input),
  read: async ({ vendorReference }) => toInvoiceState(await readInvoice(place.call, vendorReference)),
  cancel: ({ vendorReference }) => cancel(place.call, vendorReference),
});

const issue = async ({ call, locationId }: Place, input: Issue): Promise<InvoiceState> => {
  assertChargeable(input);
  if (input.delivery === "email" && input.payer.email === null) {
    throw new ConnectorError("rejected", "there is no e-mail address to send the invoice to", { reason: "invalid_address" });
  }
  const customerId = await customerFor(call, input.payer);
  const orderId = await createOrder({ call, locationId }, { ...input, customerId });
  const { invoice } = await call({
    isAct: true,
    schema: InvoiceAnswer,
    run: (square) =>
      square.invoices.create({
        idempotencyKey: idempotencyKey(input.key, "invoice"),
        invoice: {
          locationId,
          orderId,
          primaryRecipient: { customerId },
          paymentRequests: [{ requestType: "BALANCE", dueDate: input.dueOn, automaticPaymentSource: "NONE" }],
          deliveryMethod: input.delivery === "email" ? "EMAIL" : "SHARE_MANUALLY",
          acceptedPaymentMethods: { card: true },
          title: nameOf(input),
        },
      }),
  });
  return publish(call, { key: input.key, invoice });
};

type Order = Charge & { readonly customerId: string };

const createOrder = async ({ call, locationId }: Place, input: Order): Promise<string> => {
  const { order } = await call({
    isAct: true,
    schema: OrderAnswer,
    run: (square) =>
      square.orders.create({
        idempotencyKey: idempotencyKey(input.key, "order"),
        order: {
          locationId,
          customerId: input.customerId,
          referenceId: input.key.slice(0, REFERENCE_MAX_CHARACTERS),
          lineItems: [{ name: nameOf(input), quantity: "1", basePriceMoney: { amount: input.amountMinor, currency: input.currency } }],
        },
      }),
  });
  return order.id;
};

/**
 * Publishes the version that is there. The answer to a repeated creation is the first one, a draft, also when the
 * invoice has long been published: a refusal is therefore looked into before it is believed.
 */
const publish = async (call: SquareCalls, { key, invoice }: { key: string; invoice: SquareInvoice }): Promise<InvoiceState> => {
  const publishVersion = async (version: number): Promise<SquareInvoice> => {
    const answer = await call({
      isAct: true,
      schema: InvoiceAnswer,
      run: (square) =>
        square.invoices.publish({ invoiceId: invoice.id, version, idempotencyKey: idempotencyKey(key, `publish ${version}`) }),
    });
    return answer.invoice;
  };
  if (invoice.status !== "DRAFT") {
    return toInvoiceState(invoice);
  }
  try {
    return toInvoiceState(await publishVersion(invoice.version));
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "rejected") {
      throw error;
    }
    const current = await readInvoice(call, invoice.id);
    if (current.status !== "DRAFT") {
      return toInvoiceState(current);
    }
    if (current.version === invoice.version) {
      throw error;
    }
    return toInvoiceState(await publishVersion(current.version));
  }
};

const readInvoice = async (call: SquareCalls, invoiceId: string): Promise<SquareInvoice> => {
  const { invoice } = await call({ isAct: false, schema: InvoiceAnswer, run: (square) => square.invoices.get({ invoiceId }) });
  return invoice;
};

/** Sets a state: whoever asks twice finds it cancelled. A draft, which Square does not cancel, is deleted. */
const cancel = async (call: SquareCalls, invoiceId: string): Promise<InvoiceState> => {
  const current = await readInvoice(call, invoiceId);
  if (current.status === "CANCELED") {
    return toInvoiceState(current);
  }
  const version = current.version;
  if (current.status === "DRAFT") {
    await call({ isAct: true, schema: DeletedAnswer, run: (square) => square.invoices.delete({ invoiceId, version }) });
    return { ...toInvoiceState(current), status: "cancelled" };
  }
  const { invoice } = await call({ isAct: true, schema: InvoiceAnswer, run: (square) => square.invoices.cancel({ invoiceId, version }) });
  return toInvoiceState(invoice);
};

/** What Square would refuse in its own words, said before anything is made there. */
export const assertChargeable = ({ amountMinor, description }: Pick<Charge, "amountMinor" | "description">): void => {
  if (amountMinor <= 0n) {
    throw new ConnectorError("rejected", "the amount is not above zero");
  }
  if (description.trim() === "") {
    throw new ConnectorError("rejected", "it is not said what the money is for");
  }
};

export const nameOf = ({ description }: Pick<Charge, "description">): string => description.trim().slice(0, NAME_MAX_CHARACTERS);
