import type { BookingPort } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import type { Capability, Connector, ConnectorContext, PeoplePort } from "../ports.ts";
import { bookingsOf, readCalendar } from "./calendar.ts";
import { createClient } from "./client.ts";
import type { ClubOsClient } from "./client.ts";
import { pollInbox } from "./inbox.ts";
import { USERS_PER_PAGE, USERS_PER_PAGE_WITH_TRAINING } from "./limits.ts";
import { createOfficialBookings } from "./official-bookings.ts";
import { listOfficialPeople } from "./official-people.ts";
import type { CalendarAccount, ClubOsAccount } from "./schemas.ts";
import { readBackMessage, sendMessage } from "./send.ts";
import { surfacesOf } from "./surfaces.ts";
import type { OpenSurfaces } from "./surfaces.ts";
import { listTrainees, readTraining } from "./training.ts";
import { createV1Client } from "./v1.ts";
import type { V1Client } from "./v1.ts";
import { createV3Client } from "./v3.ts";
import type { V3Client } from "./v3.ts";

type Clients = { readonly site: ClubOsClient | null; readonly api: V3Client | null; readonly older: V1Client | null };

/** ClubOS through whichever of its surfaces are turned on; the staff site is no interface for programs: see README.md. */
export const createClubOsConnector = (context: ConnectorContext): Connector => {
  const surfaces = surfacesOf(context);
  const clients: Clients = {
    site: surfaces.site === null ? null : createClient(context, surfaces.site),
    api: surfaces.api === null ? null : createV3Client(context, surfaces.api),
    older: surfaces.older === null ? null : createV1Client(context, surfaces.older),
  };
  const people = peopleOf(surfaces, clients);
  const bookings = bookingsPortOf(context, surfaces, clients.api);
  const capabilities: Capability[] = [
    ...(clients.site === null ? [] : (["inbox.poll", "message.send", "message.readBack"] as const)),
    ...(people === null ? [] : (["members.read"] as const)),
    ...(bookings === null ? [] : (["bookings.read"] as const)),
    ...(clients.api === null ? [] : (["bookings.write"] as const)),
  ];
  return {
    provider: "clubos",
    capabilities,
    check: () => check(context, surfaces, clients),
    ...(people === null ? {} : { people }),
    ...(bookings === null ? {} : { bookings }),
    ...(clients.site === null || surfaces.site === null ? {} : inboxOf({ client: clients.site, account: surfaces.site, now: context.now })),
  };
};

type Site = { readonly client: ClubOsClient; readonly account: ClubOsAccount; readonly now: () => Date };

const inboxOf = ({ client, account, now }: Site) =>
  ({
    // Idle below the promised 10 s: with the burst window behind it an answer still comes within 13 s.
    pace: { activeMs: 3_000, idleMs: 8_000, errorMs: 30_000 },
    inbox: { poll: (poll) => pollInbox({ client, account, poll, now }) },
    send: {
      send: async (input) => sendMessage({ client, account }, input),
      readBack: async (input) => readBackMessage({ client, account, now }, input),
    },
  }) satisfies Pick<Connector, "pace" | "inbox" | "send">;

/** The official list where it may be read; else the training clients alone, where the staff site may be asked for them. */
const peopleOf = ({ hasPeople, hasTraining }: OpenSurfaces, { api, older, site }: Clients): PeoplePort | null => {
  const trainingSite = hasTraining ? site : null;
  if (api !== null && hasPeople) {
    const pageSize = trainingSite === null ? USERS_PER_PAGE : USERS_PER_PAGE_WITH_TRAINING;
    const readThem = trainingSite === null ? null : (ids: ReadonlySet<string>) => readTraining(trainingSite, ids);
    return { listMembers: ({ cursor }) => listOfficialPeople({ api, older, cursor, pageSize, readTraining: readThem }) };
  }
  return trainingSite === null ? null : { listMembers: ({ cursor }) => listTrainees(trainingSite, cursor) };
};

const bookingsPortOf = (context: ConnectorContext, { calendar }: OpenSurfaces, api: V3Client | null): BookingPort | null => {
  if (api !== null) {
    return createOfficialBookings(api);
  }
  return calendar === null ? null : calendarBookings(context, calendar);
};

const calendarBookings = (context: ConnectorContext, calendar: CalendarAccount): BookingPort => ({
  list: async (span) => bookingsOf(await readCalendar(context, calendar), { span, timeZone: calendar.timeZone }),
});

/** Asks every surface that is turned on; the first that refuses speaks for all. */
const check = async (context: ConnectorContext, { site, calendar, api, older }: OpenSurfaces, clients: Clients) => {
  if (site === null && calendar === null && api === null) {
    throw new ConnectorError("unauthorized", nothingIsOn(older !== null));
  }
  const found: string[] = [];
  if (clients.api !== null && api !== null) {
    const location = (await clients.api.listLocations()).rows.find(({ id }) => id === api.locationId);
    if (location === undefined) {
      throw new ConnectorError("rejected", `the ClubOS key does not reach location ${api.locationId}`, { reason: "not_found" });
    }
    found.push(location.name);
  }
  if (clients.older !== null) {
    await clients.older.listCheckIns();
    found.push("check-ins");
  }
  if (clients.site !== null && site !== null) {
    const { site: client } = clients;
    await client.inUnit(() => client.listMessages({ isComplete: false }));
    found.push(`${site.username}, messages of user ${site.ownerId}`);
  }
  if (calendar !== null) {
    const now = context.now();
    bookingsOf(await readCalendar(context, calendar), { span: { from: now, to: now }, timeZone: calendar.timeZone });
    found.push("the calendar");
  }
  return { account: found.join("; ") };
};

const nothingIsOn = (hasOlder: boolean): string =>
  hasOlder
    ? "the older ClubOS API alone tells only of check-ins: enter the key of API V3 beside it"
    : "nothing is turned on: enter the key of the official API or the address of a calendar, or turn the staff site on";
