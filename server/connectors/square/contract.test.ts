import { squareOf, startSquareWorld } from "#local/vendors/square/testing.ts";
import { now as realNow } from "#server/platform/clock.ts";

import { createMemorySession } from "../_shared/memory-session.ts";
import { describeContract } from "../_shared/testing-contract.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { Charge } from "../acts.ts";
import type { Connector } from "../ports.ts";
import type { WebhookRequest } from "../webhook.ts";
import { createSquareConnector } from "./connector.ts";

// The SDK takes seconds to load on a busy machine; no test pays for it.
await import("square");

const denver = squareOf("ironwood-denver");

const charge = (key: string): Charge => ({
  key,
  payer: { memberId: "mem_test", firstName: "Robin", lastName: "Hale", email: "robin@people.example", phone: "+13035550107" },
  amountMinor: 4_999n,
  currency: "USD",
  description: "Dues for November",
});

const portsOf = ({ invoices, payLinks }: Connector) => {
  if (invoices === undefined || payLinks === undefined) {
    throw new TypeError("this connector takes no money");
  }
  return { invoices, payLinks };
};

const issue = (connector: Connector, key: string) =>
  portsOf(connector).invoices.issue({ ...charge(key), dueOn: "2099-12-01", delivery: "email" });

describeContract(
  { name: "Square", reads: ["invoice", "payLink"], acts: ["invoice", "payLink"], webhooks: ["payments.webhook"] },
  async () => {
    const sandbox = await startSquareWorld();
    let delivered: WebhookRequest | null = null;
    const connect = ({ timeoutMs, now = realNow }: { timeoutMs?: number; now?: () => Date } = {}): Connector =>
      createSquareConnector({
        ...denver,
        settings: { ...denver.settings, baseUrl: sandbox.url },
        ...openTestNetwork(timeoutMs === undefined ? {} : { timeoutMs }),
        now,
        session: createMemorySession(),
      });
    return {
      connect,
      fault: sandbox.fault,
      reads: [
        {
          capability: "invoice",
          operation: "get-invoice",
          read: async (connector) => {
            const { vendorReference } = await issue(connect(), "eff_read");
            return [await portsOf(connector).invoices.read({ vendorReference })].filter(({ status }) => status === "open");
          },
        },
        {
          capability: "payLink",
          operation: "get-payment",
          read: async (connector) => {
            const { orderReference, vendorReference } = await portsOf(connect()).payLinks.create(charge("eff_read"));
            await sandbox.pay({ link: vendorReference });
            return [await portsOf(connector).payLinks.read({ orderReference })].filter(({ isPaid }) => isPaid);
          },
        },
      ],
      acts: [
        {
          capability: "invoice",
          operation: "publish-invoice",
          act: issue,
          acceptedCount: () => sandbox.count("invoice", "published"),
          safety: "key",
        },
        {
          capability: "payLink",
          operation: "create-link",
          act: (connector, key) => portsOf(connector).payLinks.create(charge(key)),
          acceptedCount: () => sandbox.count("link", "created"),
          safety: "key",
        },
      ],
      webhooks: [
        {
          capability: "payments.webhook",
          deliver: async () => {
            const link = await portsOf(connect()).payLinks.create(charge("eff_webhook"));
            await sandbox.pay({ link: link.vendorReference });
            const [, completed] = await sandbox.arrivals(2);
            if (completed === undefined) {
              throw new Error("the sandbox sent nothing");
            }
            delivered = completed;
            return completed;
          },
          isTimed: false,
          // Square sends a time that it does not sign: nothing of ours reads it.
          isEquivalent: (mutated) => delivered !== null && signedPart(mutated) === signedPart(delivered),
        },
      ],
      close: sandbox.close,
    };
  },
);

const signedPart = ({ url, headers, rawBody }: WebhookRequest): string =>
  [url, headers["x-square-hmacsha256-signature"], Buffer.from(rawBody).toString("hex")].join(" ");
