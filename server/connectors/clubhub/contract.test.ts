import { openTestSandbox } from "#local/vendors/clubos/testing.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { describeContract } from "../_shared/testing-contract.ts";
import type { ContractFault, ContractWorld } from "../_shared/testing-contract.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import { createClubHubConnector } from "./connector.ts";

const open = async (): Promise<ContractWorld> => {
  const sandbox = await openTestSandbox({ at: "2026-11-20T17:30:00Z" });
  const personExternalId = (await sandbox.people())[0]?.clubHubId ?? "";
  const { username, password, clubId } = sandbox.club.clubHub;
  return {
    connect: ({ timeoutMs, now = sandbox.clock.now } = {}) =>
      createClubHubConnector({
        connectionId: "conn_test",
        credentials: { username, password },
        settings: { baseUrl: sandbox.url, appService: "on", clubId, timeZone: sandbox.club.timeZone },
        ...openTestNetwork(timeoutMs === undefined ? {} : { timeoutMs }),
        now,
        session: createMemorySession(),
      }),
    // An ended token is renewed without a word; that the credentials are not good is said at the sign-in.
    fault: (body: ContractFault) => sandbox.fault(body.kind === "unauthorized" ? { ...body, operation: "login" } : body),
    close: sandbox.close,
    reads: [
      {
        capability: "members.read",
        operation: "list_people",
        read: async (connector) => (await connector.people?.listMembers({ cursor: null }))?.members ?? [],
      },
    ],
    acts: [
      {
        capability: "access.state",
        operation: "set_ban",
        safety: "state",
        act: async (connector, key) => connector.access?.set({ key, personExternalId, state: "suspended", note: "past due 45 days" }),
        acceptedCount: async () => (await sandbox.facts("ban")).length,
        readBack: async (connector) => (await connector.access?.read({ personExternalId }))?.state === "suspended",
      },
      {
        capability: "notes.write",
        operation: "add_note",
        safety: "nothing",
        act: async (connector, key) => connector.notes?.add({ key, personExternalId, text: "asked for a freeze" }),
        acceptedCount: async () => (await sandbox.facts("note")).length,
      },
    ],
    webhooks: [],
  };
};

describeContract({ name: "ClubHub", reads: ["members.read"], acts: ["access.state", "notes.write"], webhooks: [] }, open);
