import { ConnectorError } from "../errors.ts";
import type { DevicePort, ResetProgress, VendorDevice } from "../acts.ts";
import type { Connector, ConnectorContext } from "../ports.ts";
import { createClient } from "./client.ts";
import type { NinjaOneClient } from "./client.ts";
import {
  ACTIVITY_LOOK_BACK_MS,
  ACTIVITY_PAGES_MAX,
  ACTIVITY_PAGE_SIZE,
  CLOCK_GRAIN_MS,
  DEVICE_PAGES_MAX,
  DEVICE_PAGE_SIZE,
  UNKNOWN_SKEW_MS,
} from "./limits.ts";
import { holdsWords, instantOf, namesOf, progressOf, toDevice, wantedWords } from "./map.ts";
import { NinjaOneAccount } from "./schemas.ts";
import type { Activity, Device } from "./schemas.ts";

/** Resets the devices of one organisation by one script: see README.md of this folder. */
export const createNinjaOneConnector = (context: ConnectorContext): Connector => {
  const account = accountOf(context);
  const client = createClient(context, account);
  const all = { client, account, now: context.now };
  return {
    provider: "ninjaone",
    capabilities: ["device.reset"],
    check: () => check(all),
    devices: {
      find: ({ words }) => find(all, words),
      reset: ({ deviceExternalId }) => reset(all, deviceExternalId),
      follow: (input) => follow(all, input),
    },
  };
};

const accountOf = (context: ConnectorContext): NinjaOneAccount => {
  const parsed = NinjaOneAccount.safeParse({ ...context.settings, ...context.credentials });
  if (!parsed.success) {
    throw new ConnectorError("unauthorized", "the NinjaOne connection is not filled in completely", { cause: parsed.error });
  }
  return parsed.data;
};

type All = { readonly client: NinjaOneClient; readonly account: NinjaOneAccount; readonly now: () => Date };

/** The outcome is found by the script's name, so a wrong name is found out here and not after the first reset. */
const check = async ({ client, account }: All): Promise<{ readonly account: string }> => {
  const script = (await client.listScripts()).find(({ id }) => String(id) === account.scriptId);
  if (script === undefined) {
    throw new ConnectorError("rejected", `NinjaOne lists no script with the number ${account.scriptId}`, { reason: "not_found" });
  }
  if (script.name.trim().toLowerCase() !== account.scriptName.toLowerCase()) {
    throw new ConnectorError("rejected", `NinjaOne calls script ${account.scriptId} “${script.name}”: enter that name`, {
      reason: "other",
    });
  }
  return { account: `organization ${account.organizationId}, script “${script.name}”` };
};

const find = async ({ client, account }: All, words: string): Promise<readonly VendorDevice[]> => {
  const wanted = wantedWords(words, account);
  if (wanted.length === 0) {
    throw new ConnectorError("rejected", "say which device: its words are empty", { reason: "other" });
  }
  const devices = new Map<number, Device>();
  let after = 0;
  for (let page = 0; page < DEVICE_PAGES_MAX; page += 1) {
    const rows = await client.listDevices({ after });
    rows.forEach((row) => devices.set(row.id, row));
    if (rows.length < DEVICE_PAGE_SIZE) {
      // The filter is the vendor's; that nothing of another organisation is touched is ours to see to.
      const own = [...devices.values()].filter((device) => isOwn(device, account));
      return own.filter((device) => namesOf(device).some((name) => holdsWords(name, wanted))).map(toDevice);
    }
    const last = Math.max(...rows.map(({ id }) => id));
    if (last <= after) {
      throw new ConnectorError("malformed", "NinjaOne gives the same page of devices again and again");
    }
    after = last;
  }
  throw new ConnectorError("malformed", "NinjaOne lists too many devices for one organization");
};

const isOwn = ({ organizationId }: Device, account: NinjaOneAccount): boolean => String(organizationId) === account.organizationId;

/** Looks first whose device it is: an id that came from elsewhere must not reset somebody else's machine. */
const reset: (all: All, deviceId: string) => ReturnType<DevicePort["reset"]> = async ({ client, account }, deviceId) => {
  const device = await client.getDevice(deviceId);
  if (String(device.id) !== deviceId || !isOwn(device, account)) {
    throw new ConnectorError("rejected", "this device does not belong to the club's organization", { reason: "not_found" });
  }
  const { uid } = await client.runScript(deviceId);
  return { vendorReference: uid };
};

type Follow = Parameters<DevicePort["follow"]>[0];

const follow = async ({ client, account, now }: All, { deviceExternalId, since, vendorReference }: Follow): Promise<ResetProgress> => {
  const activities: Activity[] = [];
  let olderThan: number | null = null;
  let offsetMs: number | null = null;
  for (let page = 0; page < ACTIVITY_PAGES_MAX; page += 1) {
    const { value, vendorClockAt } = await client.listActivities({ deviceId: deviceExternalId, olderThan });
    offsetMs ??= vendorClockAt === null ? null : vendorClockAt.getTime() - now().getTime();
    activities.push(...value.activities);
    const earliestAt = new Date(since.getTime() + (offsetMs === null ? -UNKNOWN_SKEW_MS : offsetMs - CLOCK_GRAIN_MS));
    const isBefore = ({ activityTime }: Activity): boolean =>
      instantOf(activityTime).getTime() < earliestAt.getTime() - ACTIVITY_LOOK_BACK_MS;
    // A page is not in the order of time: only when all of it lies before, everything further does.
    if (value.activities.length < ACTIVITY_PAGE_SIZE || value.activities.every(isBefore)) {
      return progressOf(activities, { deviceExternalId, scriptName: account.scriptName, earliestAt, vendorReference });
    }
    const lowest = Math.min(...value.activities.map(({ id }) => id));
    if (olderThan !== null && lowest >= olderThan) {
      throw new ConnectorError("malformed", "NinjaOne gives the same page of activities again and again");
    }
    olderThan = lowest;
  }
  throw new ConnectorError("unavailable", "NinjaOne shows too many activities to tell what became of the reset");
};
