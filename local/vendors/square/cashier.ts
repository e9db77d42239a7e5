import { freshId, type Books, type Invoice, type Order, type Payment, type SandboxClub } from "./books.ts";
import type { WebhookSender, WireEvent } from "./webhooks.ts";

/** What a person is about to pay: a link or an invoice, with its order. */
export type Bill = { readonly club: SandboxClub; readonly order: Order; readonly invoice: Invoice | null; readonly isPayable: boolean };

export type Cashier = ReturnType<typeof createCashier>;

/** Takes payments as a card reader would: approved first, completed a moment later, with Square's news of both. */
export const createCashier = ({
  clubs,
  books,
  webhooks,
}: {
  readonly clubs: readonly SandboxClub[];
  readonly books: Books;
  readonly webhooks: WebhookSender;
}) => {
  const paidOf = (club: SandboxClub, order: Order): number =>
    (order.tenders ?? [])
      .map(({ payment_id }) => books.find(club, "payment", payment_id))
      .reduce((sum, payment) => sum + (payment?.status === "COMPLETED" ? payment.amount_money.amount : 0), 0);

  const billOf = ({ link, invoice: invoiceId }: { link?: string | undefined; invoice?: string | undefined }): Bill | null => {
    for (const club of clubs) {
      const invoice = invoiceId === undefined ? null : (books.find(club, "invoice", invoiceId) ?? null);
      const orderId = invoice?.order_id ?? (link === undefined ? undefined : books.find(club, "link", link)?.order_id);
      const order = orderId === undefined ? undefined : books.find(club, "order", orderId);
      if (order !== undefined) {
        const isOpenInvoice = invoice === null || invoice.status === "UNPAID" || invoice.status === "PARTIALLY_PAID";
        return { club, order, invoice, isPayable: order.state === "OPEN" && isOpenInvoice };
      }
    }
    return null;
  };

  const settleInvoice = (club: SandboxClub, invoice: Invoice, order: Order): WireEvent[] => {
    const status = paidOf(club, order) >= order.total_money.amount ? "PAID" : "PARTIALLY_PAID";
    const object: Invoice = { ...invoice, version: invoice.version + 1, status, updated_at: books.tick() };
    books.accept({ kind: "invoice", club: club.slug, act: "changed", object });
    return [invoiceEvent("invoice.payment_made", object), invoiceEvent("invoice.updated", object)];
  };

  return {
    billOf,
    paidOf,
    /** One payment for a bill, whatever was paid before: nothing keeps two people from paying one link. */
    pay: ({ club, order, invoice }: Bill, amount: number = order.total_money.amount): Payment => {
      const at = books.tick();
      const approved: Payment = {
        id: freshId("PAY"),
        status: "APPROVED",
        amount_money: { amount, currency: order.total_money.currency },
        order_id: order.id,
        customer_id: order.customer_id,
        location_id: order.location_id,
        source_type: "CARD",
        created_at: at,
        updated_at: at,
      };
      const tender = { id: approved.id, payment_id: approved.id, type: "CARD", amount_money: approved.amount_money };
      const paidOrder: Order = { ...order, tenders: [...(order.tenders ?? []), tender], version: order.version + 1, updated_at: at };
      books.accept({ kind: "payment", club: club.slug, act: "created", object: approved });
      books.accept({ kind: "order", club: club.slug, act: "changed", object: paidOrder });
      const completed: Payment = { ...approved, status: "COMPLETED", updated_at: books.tick() };
      books.accept({ kind: "payment", club: club.slug, act: "changed", object: completed });
      webhooks.announce(club, [
        paymentEvent("payment.created", approved),
        paymentEvent("payment.updated", completed),
        ...(invoice === null ? [] : settleInvoice(club, invoice, paidOrder)),
      ]);
      return completed;
    },
    refund: (club: SandboxClub, payment: Payment, amount: number = payment.amount_money.amount): Payment => {
      const refunded_money = { amount: (payment.refunded_money?.amount ?? 0) + amount, currency: payment.amount_money.currency };
      const object: Payment = { ...payment, refunded_money, updated_at: books.tick() };
      books.accept({ kind: "payment", club: club.slug, act: "changed", object });
      webhooks.announce(club, [paymentEvent("payment.updated", object)]);
      return object;
    },
    revoke: (club: SandboxClub): void => {
      const object = { revocation: { revoked_at: books.tick(), revoker_type: "MERCHANT" } };
      webhooks.announce(club, [{ type: "oauth.authorization.revoked", data: { type: "revocation", id: freshId("REV"), object } }]);
    },
    announceInvoice: (club: SandboxClub, type: string, invoice: Invoice): void => webhooks.announce(club, [invoiceEvent(type, invoice)]),
    announceDeleted: (club: SandboxClub, id: string): void =>
      webhooks.announce(club, [{ type: "invoice.deleted", data: { type: "invoice", id, deleted: true } }]),
  };
};

const paymentEvent = (type: string, payment: Payment): WireEvent => ({
  type,
  location_id: payment.location_id,
  data: { type: "payment", id: payment.id, object: { payment } },
});

const invoiceEvent = (type: string, invoice: Invoice): WireEvent => ({
  type,
  location_id: invoice.location_id,
  data: { type: "invoice", id: invoice.id, object: { invoice } },
});
