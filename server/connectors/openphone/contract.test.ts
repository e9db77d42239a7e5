import { startOpenPhoneWorld } from "#local/vendors/openphone/testing.ts";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { describeContract, type ContractWorld } from "../_shared/testing-contract.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { Connector } from "../ports.ts";
import { createOpenPhoneConnector } from "./connector.ts";

const [club] = DEMO_CLUBS;
if (club === undefined) {
  throw new Error("the demo has clubs");
}
const MEMBER = `+1${club.areaCode}5550107`;
const OTHER_MEMBER = `+1${club.areaCode}5550108`;
const SINCE = new Date(Date.now() - 1_000);

const readBack = async (connector: Connector, to: string, text: string) => {
  const result = await connector.send?.readBack?.({ to, text, since: SINCE });
  return result?.found ?? null;
};

const open = async (): Promise<ContractWorld> => {
  const world = await startOpenPhoneWorld({ club });
  await world.fault({ kind: "lost_webhook", count: 1 });
  await world.textFrom(OTHER_MEMBER, "Is the sauna on?");
  const firstArrival = async () => {
    const [arrival] = await world.arrivals(1);
    if (arrival === undefined) {
      throw new Error("no webhook came");
    }
    return arrival.request;
  };
  return {
    connect: (over = {}) =>
      createOpenPhoneConnector({
        connectionId: "conn",
        credentials: club.openPhone,
        settings: { baseUrl: world.url },
        ...openTestNetwork(over),
        now: over.now ?? (() => new Date()),
        session: createMemorySession(),
      }),
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
      {
        capability: "contacts.write",
        operation: "contact",
        act: async (connector, key) =>
          connector.contacts?.save({ key, contactId: "contact_1", firstName: "Wren", lastName: "Ashby", phone: MEMBER, email: null }),
        acceptedCount: async () => (await world.acceptedContacts()).length,
        safety: "state",
      },
    ],
    webhooks: [
      {
        capability: "inbox.webhook",
        isTimed: true,
        deliver: async () => {
          await world.textFrom(MEMBER, "¿abren hoy? 🙂");
          return firstArrival();
        },
      },
      {
        capability: "calls.missed",
        isTimed: true,
        deliver: async () => {
          await world.callFrom(MEMBER, { isAnswered: false });
          return firstArrival();
        },
      },
    ],
  };
};

describeContract(
  {
    name: "OpenPhone",
    reads: ["inbox.poll", "message.readBack"],
    acts: ["message.send", "contacts.write"],
    webhooks: ["inbox.webhook", "calls.missed"],
  },
  open,
);
