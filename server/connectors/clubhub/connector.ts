import { ConnectorError } from "../errors.ts";
import type { Connector, ConnectorContext } from "../ports.ts";
import { createClient } from "./client.ts";
import { listPeople } from "./people.ts";
import { ClubHubAccount } from "./schemas.ts";

/** Members and prospects of one club from the back end of the vendor's app: see README.md of this folder. */
export const createClubHubConnector = (context: ConnectorContext): Connector => {
  const account = accountOf(context);
  const client = createClient(context, account);
  return {
    provider: "clubhub",
    capabilities: ["members.read"],
    pace: { activeMs: 15 * 60_000, idleMs: 60 * 60_000, errorMs: 5 * 60_000 },
    check: async () => {
      await client.listPage({ list: "members", page: 1, pageSize: account.pageSize });
      return { account: `club ${account.clubId}` };
    },
    people: { listMembers: ({ cursor }) => listPeople({ client, account, cursor, now: context.now }) },
  };
};

const accountOf = (context: ConnectorContext): ClubHubAccount => {
  const parsed = ClubHubAccount.safeParse({ ...context.settings, ...context.credentials });
  if (!parsed.success) {
    throw new ConnectorError("unauthorized", "the ClubHub connection is not filled in completely", { cause: parsed.error });
  }
  return parsed.data;
};
