import { startEmailWorld } from "#local/vendors/email/testing.ts";

import { describeContract, type ContractWorld } from "../_shared/testing-contract.ts";
import { connectorTo } from "./testing.ts";

const MEMBER = "robin.pebbleton@ironwood-denver.example";

const open = async (): Promise<ContractWorld> => {
  const world = await startEmailWorld();
  await world.write({ from: MEMBER, text: "Is the sauna on?" });
  return {
    connect: (over) => connectorTo(world, over),
    fault: async (fault) => {
      await world.fault(fault);
    },
    close: world.close,
    reads: [
      {
        capability: "inbox.poll",
        operation: "imap",
        read: async (connector) => (await connector.inbox?.poll({ cursor: null, limit: 50 }))?.messages ?? [],
      },
    ],
    acts: [
      {
        capability: "message.send",
        operation: "smtp",
        act: async (connector, key) => connector.send?.send({ key, to: MEMBER, subject: "The sauna", text: "It is on." }),
        acceptedCount: async () => (await world.sent()).length,
        safety: "read_back",
        readBack: async (connector, key) =>
          (await connector.send?.readBack?.({ key, to: MEMBER, text: "It is on.", since: new Date(0) }))?.found != null,
      },
      {
        capability: "message.files",
        operation: "smtp",
        act: async (connector, key) =>
          connector.send?.send({
            key,
            to: MEMBER,
            subject: "Your waiver",
            text: "Here it is.",
            files: [{ name: "waiver.pdf", mediaType: "application/pdf", content: new TextEncoder().encode("%PDF-1.7 a waiver") }],
          }),
        acceptedCount: async () => (await world.sent()).filter(({ raw }) => raw.includes("filename=waiver.pdf")).length,
        safety: "read_back",
        readBack: async (connector, key) =>
          (await connector.send?.readBack?.({ key, to: MEMBER, text: "Here it is.", since: new Date(0) }))?.found != null,
      },
    ],
    webhooks: [],
  };
};

describeContract({ name: "e-mail", reads: ["inbox.poll"], acts: ["message.send", "message.files"], webhooks: [] }, open);
