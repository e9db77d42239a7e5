import { ConnectorError } from "../errors.ts";
import type { Connector, ConnectorContext } from "../ports.ts";
import { createAccess, createNotes } from "./access.ts";
import { createClient } from "./client.ts";
import { listPeople } from "./people.ts";
import { ClubHubAccount, ClubHubSwitch } from "./schemas.ts";

/** People, bans and notes of one club through the service behind the vendor's app: see README.md of this folder. */
export const createClubHubConnector = (context: ConnectorContext): Connector => {
  // A form that was left empty stores empty texts.
  const given = Object.fromEntries(Object.entries({ ...context.settings, ...context.credentials }).filter(([, value]) => value !== ""));
  if (ClubHubSwitch.safeParse(given).data?.appService !== "on") {
    return { provider: "clubhub", capabilities: [], check: () => Promise.reject(nothingIsOn()) };
  }
  const account = accountOf(given);
  const client = createClient(context, account);
  return {
    provider: "clubhub",
    capabilities: ["members.read", "access.state", "notes.write"],
    pace: { activeMs: 15 * 60_000, idleMs: 60 * 60_000, errorMs: 5 * 60_000 },
    check: async () => {
      await client.listPage({ list: "members", page: 1, pageSize: account.pageSize });
      return { account: `club ${account.clubId}` };
    },
    people: { listMembers: ({ cursor }) => listPeople({ client, account, cursor, now: context.now }) },
    access: createAccess(client),
    notes: createNotes(client),
  };
};

const nothingIsOn = (): ConnectorError =>
  new ConnectorError("unauthorized", "nothing is turned on: ClubHub has no interface for programs, only the service behind its app");

const accountOf = (given: Readonly<Record<string, string | undefined>>): ClubHubAccount => {
  const parsed = ClubHubAccount.safeParse(given);
  if (!parsed.success) {
    throw new ConnectorError("unauthorized", "the ClubHub connection is not filled in completely", { cause: parsed.error });
  }
  return parsed.data;
};
