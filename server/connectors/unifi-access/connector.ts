import type { DoorPort } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import type { Capability, Connector, ConnectorContext } from "../ports.ts";
import { createAccess } from "./access.ts";
import { accountOf } from "./account.ts";
import { createClient, type UnifiClient } from "./client.ts";
import { CLOCK_SKEW_SECONDS, LOG_PAGES } from "./limits.ts";
import { actorOf, doorOf, isOpeningOf } from "./map.ts";
import { parseWebhook } from "./webhook.ts";

/** UniFi Access: the doors of one club, on a controller in its own network. */
export const createUnifiAccessConnector = (context: ConnectorContext): Connector => {
  const account = accountOf(context);
  const client = createClient(context, account);
  const { notes } = context;
  const hasWebhook = account.webhookSecret.trim() !== "";
  const capabilities: Capability[] = [
    "door.pulse",
    ...(notes === undefined ? [] : (["access.state"] as const)),
    ...(hasWebhook ? (["door.events"] as const) : []),
  ];
  return {
    provider: "unifi_access",
    capabilities,
    check: async () => {
      const doors = (await client.listDoors()).map(doorOf);
      const remote = doors.filter(({ isRemote }) => isRemote);
      return { account: `${doors.length} doors, ${remote.length} of them can be unlocked from here` };
    },
    doors: createDoors(client),
    // Without a place for notes a suspension could not be taken back after a restart.
    ...(notes === undefined ? {} : { access: createAccess({ client, notes }) }),
    ...(hasWebhook
      ? { webhook: { parse: async (request) => parseWebhook({ request, secrets: account.webhookSecret, now: context.now() }) } }
      : {}),
  };
};

const createDoors = (client: UnifiClient): DoorPort => ({
  list: async () => (await client.listDoors()).map(doorOf),
  pulse: async ({ key, doorExternalId, actorName }) => {
    await client.unlock({ doorId: doorExternalId, ...actorOf({ key, actorName }), requestId: key });
    // The vendor names nothing that came of it; its log does, and that is asked only when it must be.
    return { vendorReference: null };
  },
  readBack: async ({ key, doorExternalId, since }) => {
    const from = new Date(since.getTime() - CLOCK_SKEW_SECONDS * 1_000);
    let seenCount = 0;
    for (let page = 1; page <= LOG_PAGES; page += 1) {
      const { hits, total } = await client.listOpenings({ since: from, page });
      seenCount += hits.length;
      const opening = hits.find((hit) => isOpeningOf(hit, { key, doorExternalId }));
      if (opening !== undefined) {
        return { found: { vendorReference: opening._id || null, at: new Date(opening._source.event.published) } };
      }
      // A page that is not full says nothing: the controller may give less than it was asked for.
      if (hits.length === 0 || (total != null && seenCount >= total)) {
        return { found: null };
      }
    }
    // "Absent" may be acted on, so it must not be said of a log that was not read to its end.
    throw new ConnectorError("unavailable", "the log of openings is too long to tell whether this one happened");
  },
});
