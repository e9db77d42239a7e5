import { ConnectorError } from "../errors.ts";
import type { Connector, ConnectorContext } from "../ports.ts";
import { createClient } from "./client.ts";
import { pollInbox } from "./inbox.ts";
import { ClubOsAccount } from "./schemas.ts";
import { readBackText, sendText } from "./send.ts";

/** ClubOS through its staff site, which is no interface made for programs: see README.md of this folder. */
export const createClubOsConnector = (context: ConnectorContext): Connector => {
  const account = accountOf(context);
  const client = createClient(context, account);
  return {
    provider: "clubos",
    capabilities: ["inbox.poll", "message.send", "message.readBack"],
    // Idle below the promised 10 s: with the burst window behind it an answer still comes within 13 s.
    pace: { activeMs: 3_000, idleMs: 8_000, errorMs: 30_000 },
    check: async () => {
      await client.inUnit(() => client.listMessages({ isComplete: false }));
      return { account: `${account.username}, messages of user ${account.ownerId}` };
    },
    inbox: { poll: (poll) => pollInbox({ client, account, poll, now: context.now }) },
    send: {
      send: async (input) => sendText({ client, account }, input),
      readBack: async (input) => readBackText({ client, account, now: context.now }, input),
    },
  };
};

const accountOf = (context: ConnectorContext): ClubOsAccount => {
  const parsed = ClubOsAccount.safeParse({ ...context.settings, ...context.credentials });
  if (!parsed.success) {
    throw new ConnectorError("unauthorized", "the ClubOS connection is not filled in completely", { cause: parsed.error });
  }
  return parsed.data;
};
