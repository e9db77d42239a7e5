import { startTwilioWorld } from "#local/vendors/twilio/testing.ts";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { describeContract, type ContractWorld } from "../_shared/testing-contract.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { Connector } from "../ports.ts";
import type { WebhookRequest } from "../webhook.ts";
import { createTwilioConnector } from "./connector.ts";

const club = DEMO_CLUBS.find(({ twilio }) => twilio !== null);
const account = club?.twilio;
if (club === undefined || account === null || account === undefined) {
  throw new Error("the demo has a club with a Twilio number");
}
const MEMBER = `+1${club.areaCode}5550107`;
const OTHER_MEMBER = `+1${club.areaCode}5550108`;
const SINCE = new Date(Date.now() - 1_000);

const readBack = async (connector: Connector, to: string, text: string) => {
  const result = await connector.send?.readBack?.({ to, text, since: SINCE });
  return result?.found ?? null;
};

/** What a form says, whatever its spelling. */
const meaningOf = (request: WebhookRequest): string =>
  JSON.stringify([...new URLSearchParams(Buffer.from(request.rawBody).toString())].toSorted());

const open = async (): Promise<ContractWorld> => {
  const world = await startTwilioWorld({ club });
  // The vendor signs no time and names none, so the time of arrival has to stand still for two readings to be the same.
  const at = new Date();
  const connect: ContractWorld["connect"] = (over = {}) =>
    createTwilioConnector({
      connectionId: "conn",
      credentials: { authToken: account.authToken },
      settings: { ...account, baseUrl: world.url },
      ...openTestNetwork(over),
      now: over.now ?? (() => at),
      session: createMemorySession(),
    });
  await world.fault({ kind: "lost_webhook", count: 1 });
  await world.textFrom(OTHER_MEMBER, "Is the sauna on?");
  let delivered: WebhookRequest | undefined;
  return {
    connect,
    fault: async (fault) => {
      await world.fault(fault);
    },
    close: world.close,
    reads: [
      {
        capability: "inbox.poll",
        operation: "list",
        read: async (connector) => (await connector.inbox?.poll({ cursor: null, limit: 50 }))?.messages ?? [],
      },
      {
        capability: "message.readBack",
        operation: "list",
        read: async (connector) => {
          await connector.send?.send({ key: "eff_0", to: OTHER_MEMBER, text: "It is" });
          return [await readBack(connector, OTHER_MEMBER, "It is")].filter((found) => found !== null);
        },
      },
    ],
    acts: [
      {
        capability: "message.send",
        operation: "send",
        act: async (connector, key) => connector.send?.send({ key, to: MEMBER, text: `See you at 6 (${key})` }),
        acceptedCount: async () => (await world.acceptedFor(MEMBER)).length,
        safety: "read_back",
        readBack: async (connector, key) => (await readBack(connector, MEMBER, `See you at 6 (${key})`)) !== null,
      },
    ],
    webhooks: [
      {
        capability: "inbox.webhook",
        isTimed: false,
        deliver: async () => {
          await world.textFrom(MEMBER, "¿abren hoy? 🙂", ["https://media.example/1.jpg"]);
          const [arrival] = await world.arrivals(1);
          delivered = arrival?.request;
          if (delivered === undefined) {
            throw new Error("no webhook came");
          }
          return delivered;
        },
        // The vendor signs what the form says: `%2b` for `%2B` changes nothing.
        isEquivalent: (mutated) =>
          delivered !== undefined &&
          meaningOf(mutated) === meaningOf(delivered) &&
          mutated.headers["x-twilio-signature"] === delivered.headers["x-twilio-signature"],
      },
    ],
  };
};

describeContract({ name: "Twilio", reads: ["inbox.poll", "message.readBack"], acts: ["message.send"], webhooks: ["inbox.webhook"] }, open);
