import { openTestSandbox } from "#local/vendors/clubos/testing.ts";
import type { SandboxPerson, TestSandbox } from "#local/vendors/clubos/testing.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { describeContract } from "../_shared/testing-contract.ts";
import type { ContractFault, ContractWorld } from "../_shared/testing-contract.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { Connector } from "../ports.ts";
import { createClubOsConnector } from "./connector.ts";

/** 10:30 in Denver. */
const MORNING = "2026-11-20T17:30:00Z";
const WEEK_MS = 7 * 86_400_000;

type Settings = Readonly<Record<string, string>>;

type Opened = {
  readonly sandbox: TestSandbox;
  readonly person: SandboxPerson;
  readonly since: Date;
  readonly world: Pick<ContractWorld, "connect" | "fault" | "close">;
};

/** `refused`: how this surface says that the credentials are not good, where it is not by the call itself. */
const open = async (settingsOf: (sandbox: TestSandbox) => Settings, refused?: { readonly operation: string }): Promise<Opened> => {
  const sandbox = await openTestSandbox({ at: MORNING });
  const [person] = await sandbox.people();
  if (person === undefined) {
    throw new Error("nobody there");
  }
  const connect: ContractWorld["connect"] = ({ timeoutMs, now = sandbox.clock.now } = {}) =>
    createClubOsConnector({
      connectionId: "conn_test",
      credentials: {},
      settings: { baseUrl: sandbox.url, timeZone: sandbox.club.timeZone, ...settingsOf(sandbox) },
      ...openTestNetwork(timeoutMs === undefined ? {} : { timeoutMs }),
      now,
      session: createMemorySession(),
    });
  const fault = (body: ContractFault): Promise<void> => sandbox.fault(body.kind === "unauthorized" ? { ...body, ...refused } : body);
  return { sandbox, person, since: sandbox.clock.now(), world: { connect, fault, close: sandbox.close } };
};

const spanFrom = (at: Date) => ({ from: new Date(at.getTime() - WEEK_MS), to: new Date(at.getTime() + WEEK_MS) });
const listBookings = async (connector: Connector, at: Date) => (await connector.bookings?.list(spanFrom(at))) ?? [];
const listPeople = async (connector: Connector) => (await connector.people?.listMembers({ cursor: null }))?.members ?? [];

describeContract(
  { name: "the ClubOS staff site", reads: ["inbox.poll", "members.read"], acts: ["message.send"], webhooks: [] },
  async (): Promise<ContractWorld> => {
    const { sandbox, person, since, world } = await open(
      ({ club }) => ({
        staffSite: "on",
        training: "on",
        username: club.clubOs?.username ?? "",
        password: club.clubOs?.password ?? "",
        ownerId: club.clubOs?.ownerId ?? "",
      }),
      { operation: "sign_in" },
    );
    await sandbox.write(person.personExternalId, "are you open on Sunday?");
    const message = { to: "", text: "We open at 5.", recipientExternalId: person.personExternalId };
    return {
      ...world,
      reads: [
        {
          capability: "inbox.poll",
          operation: "list_messages",
          read: async (connector) => (await connector.inbox?.poll({ cursor: null, limit: 100 }))?.messages ?? [],
        },
        { capability: "members.read", operation: "list_assignees", read: listPeople },
      ],
      acts: [
        {
          capability: "message.send",
          operation: "save_follow_up",
          safety: "read_back",
          act: async (connector, key) => connector.send?.send({ key, ...message }),
          acceptedCount: async () => (await sandbox.facts("message")).filter(({ direction }) => direction === "outbound").length,
          readBack: async (connector) => (await connector.send?.readBack?.({ ...message, since }))?.found != null,
        },
      ],
      webhooks: [],
    };
  },
);

describeContract(
  { name: "the official ClubOS API", reads: ["members.read", "bookings.read"], acts: ["bookings.write"], webhooks: [] },
  async (): Promise<ContractWorld> => {
    const { sandbox, person, since, world } = await open(({ club: { clubOsApi } }) => ({
      apiKey: clubOsApi.apiKey,
      v1Username: clubOsApi.v1Username,
      v1Password: clubOsApi.v1Password,
      locationId: clubOsApi.locationId,
    }));
    const slots = await world.connect().bookings?.listSlots?.(spanFrom(since));
    const slotExternalId = slots?.find(({ kind }) => kind === "appointment")?.externalId ?? "";
    const personExternalId = person.personExternalId;
    return {
      ...world,
      reads: [
        { capability: "members.read", operation: "list_users", read: listPeople },
        { capability: "bookings.read", operation: "list_events", read: (connector) => listBookings(connector, since) },
      ],
      acts: [
        {
          capability: "bookings.write",
          operation: "create_appointment",
          safety: "read_back",
          act: async (connector, key) => connector.bookings?.book?.({ key, slotExternalId, personExternalId }),
          acceptedCount: async () => (await sandbox.facts("appointment")).length,
          readBack: async (connector) =>
            (await listBookings(connector, since)).some(
              (one) => one.externalId.startsWith(`${slotExternalId}:`) && one.personExternalId === personExternalId,
            ),
        },
      ],
      webhooks: [],
    };
  },
);

describeContract({ name: "the ClubOS calendar", reads: ["bookings.read"], acts: [], webhooks: [] }, async (): Promise<ContractWorld> => {
  const { since, world } = await open(({ url, club }) => ({ calendarUrl: `${url}/CalendarSync/${club.clubOsApi.calendarToken}` }));
  return {
    ...world,
    reads: [{ capability: "bookings.read", operation: "calendar", read: (connector) => listBookings(connector, since) }],
    acts: [],
    webhooks: [],
  };
});
