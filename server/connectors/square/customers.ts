import type { Payer } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import type { SquareCalls } from "./client.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { CUSTOMERS_PER_SEARCH, SEARCH_LAG_SECONDS } from "./limits.ts";
import { CustomerAnswer, CustomerSearchAnswer } from "./schemas.ts";

/**
 * Square's id of the member, who is found by our own id and made where there is none. The search lags behind: a
 * customer made a moment ago is not in it, so the key of the creation hangs on the member and not on the deed, and two
 * invoices in a row do not make two customers.
 */
export const customerFor = async (call: SquareCalls, payer: Payer): Promise<string> => {
  const { customers = [] } = await call({
    isAct: false,
    schema: CustomerSearchAnswer,
    run: (square) =>
      square.customers.search({ limit: CUSTOMERS_PER_SEARCH, query: { filter: { referenceId: { exact: payer.memberId } } } }),
  });
  const [oldest] = customers
    .filter(({ referenceId }) => referenceId === payer.memberId)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  if (oldest === undefined) {
    return createCustomer(call, payer);
  }
  if (oldest.emailAddress === null && payer.email !== null) {
    // An invoice by e-mail needs one. What the seller has entered is never replaced.
    await call({
      isAct: true,
      schema: CustomerAnswer,
      run: (square) => square.customers.update({ customerId: oldest.id, emailAddress: payer.email }),
    });
  }
  return oldest.id;
};

const createCustomer = async (call: SquareCalls, payer: Payer): Promise<string> => {
  try {
    const { customer } = await call({
      isAct: true,
      schema: CustomerAnswer,
      run: (square) =>
        square.customers.create({
          idempotencyKey: idempotencyKey(payer.memberId, "customer"),
          givenName: payer.firstName,
          familyName: payer.lastName,
          referenceId: payer.memberId,
          ...(payer.email === null ? {} : { emailAddress: payer.email }),
          ...(payer.phone === null ? {} : { phoneNumber: payer.phone }),
        }),
    });
    return customer.id;
  } catch (error) {
    if (error instanceof ConnectorError && error.code === "IDEMPOTENCY_KEY_REUSED") {
      // Made a moment ago with another name or address, and not in the search yet: soon it is.
      throw new ConnectorError("unavailable", "Square does not show its newest customer yet", {
        retryAfterSeconds: SEARCH_LAG_SECONDS,
        code: error.code,
        cause: error,
      });
    }
    throw error;
  }
};
