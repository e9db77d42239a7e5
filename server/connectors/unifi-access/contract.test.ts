import { createHash } from "node:crypto";

import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";

import { startUnifiWorld, type UnifiWorld } from "#local/vendors/unifi-access/testing.ts";
import { RelayOutcome, responseOf } from "#server/services/relay/outcome.ts";
import { createController } from "../../../relay/controller.mjs";
import { createMemorySession } from "../_shared/memory-session.ts";
import { describeContract, type ContractWorld } from "../_shared/testing-contract.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import { ConnectorError } from "../errors.ts";
import type { Connector, ConnectorContext, JsonValue, NoteStore } from "../ports.ts";
import { createUnifiAccessConnector } from "./connector.ts";
import { actorOf, keyOfActor } from "./map.ts";
import { parseWebhook, signatureOf } from "./webhook.ts";

const memoryNotes = (kept = new Map<string, JsonValue>()): NoteStore => ({
  read: (name) => Promise.resolve(kept.get(name) ?? null),
  write: (name, value) => {
    (value === null ? kept.delete(name) : kept.set(name, value)) satisfies unknown;
    return Promise.resolve();
  },
});

type Road = "direct" | "relay";
type Over = {
  readonly road?: Road;
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  readonly notes?: NoteStore;
  readonly fingerprint?: string;
};

const connectTo = (world: UnifiWorld, { timeoutMs, now, notes = memoryNotes(), fingerprint, road = "direct" }: Over = {}): Connector => {
  const account = { token: world.club.unifi.token, fingerprint: fingerprint ?? world.fingerprint() };
  const controller = createController({ url: world.url, ...account });
  const { webhookSecret } = world.club.unifi;
  const context: ConnectorContext = {
    connectionId: "conn_test",
    credentials: road === "direct" ? { token: account.token, webhookSecret } : { webhookSecret },
    settings: { road, ...(road === "direct" ? { address: world.url, fingerprint: account.fingerprint } : {}) },
    now: now ?? (() => new Date()),
    session: createMemorySession(),
    notes,
    // The relay's own code and the words in which Spotter hears of its failures, without the queue between them.
    relay: async ({ path, ...call }) => {
      const outcome = await controller.call({ ...call, path, timeoutMs: Math.min(call.timeoutMs, timeoutMs ?? call.timeoutMs) });
      return responseOf(RelayOutcome.parse(outcome), path);
    },
    ...openTestNetwork(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  return createUnifiAccessConnector(context);
};

const doorsOf = ({ doors }: Connector) => {
  if (doors === undefined) {
    throw new TypeError("this connector has no doors");
  }
  return doors;
};
const accessOf = ({ access }: Connector) => {
  if (access === undefined) {
    throw new TypeError("this connector sets no access");
  }
  return access;
};

const openContract = async (road: Road): Promise<ContractWorld> => {
  const world = await startUnifiWorld();
  const door = world.doors[0]?.id ?? "";
  const person = world.people[0]?.id ?? "";
  return {
    connect: (over) => connectTo(world, { ...over, road }),
    fault: (fault) => world.fault(fault),
    reads: [
      { capability: "door.pulse", operation: "list_doors", read: (connector) => doorsOf(connector).list() },
      {
        capability: "access.state",
        operation: "list_users",
        read: async (connector) => {
          const found = await accessOf(connector).find?.({
            memberExternalId: world.people[4]?.employeeNumber ?? "",
            email: null,
            phone: null,
          });
          return found == null ? [] : [found];
        },
      },
    ],
    acts: [
      {
        capability: "door.pulse",
        operation: "unlock",
        act: (connector, key) => doorsOf(connector).pulse({ key, doorExternalId: door, actorName: "Front desk" }),
        acceptedCount: () => Promise.resolve(world.accepted("unlock").length),
        safety: "read_back",
        readBack: async (connector, key) => {
          const since = new Date(Date.now() - 60_000);
          const result = await doorsOf(connector).readBack?.({ key, doorExternalId: door, since });
          return result?.found != null;
        },
      },
      {
        capability: "access.state",
        operation: "set_status",
        act: (connector, key) => accessOf(connector).set({ key, personExternalId: person, state: "suspended", note: "past due" }),
        acceptedCount: () => Promise.resolve(world.accepted("status").length),
        safety: "state",
      },
    ],
    webhooks: [
      {
        capability: "door.events",
        deliver: async () => {
          await world.badge(person);
          const [arrival] = await world.arrivals(1);
          if (arrival === undefined) {
            throw new Error("no webhook came");
          }
          return arrival.request;
        },
        isTimed: true,
      },
    ],
    close: world.close,
  };
};

for (const road of ["direct", "relay"] as const) {
  describeContract(
    {
      name: `UniFi Access (${road})`,
      reads: ["door.pulse", "access.state"],
      acts: ["door.pulse", "access.state"],
      webhooks: ["door.events"],
    },
    () => openContract(road),
  );
}

const opened: UnifiWorld[] = [];
const enter = async (): Promise<UnifiWorld> => {
  const world = await startUnifiWorld();
  opened.push(world);
  return world;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

const refusalOf = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error);

describe("doors", () => {
  const pulse = (connector: Connector, doorExternalId: string) =>
    doorsOf(connector).pulse({ key: "eff_1", doorExternalId, actorName: "Front desk" });

  test("a door without a hub is shown as one that cannot be unlocked from here, and refused", async () => {
    const world = await enter();
    const connector = connectTo(world);
    const shown = await doorsOf(connector).list();
    expect(shown.map(({ isRemote }) => isRemote)).toEqual([true, true, false]);
    const roof = shown.at(-1)?.externalId ?? "";
    expect(await refusalOf(pulse(connector, roof))).toMatchObject({ kind: "rejected", reason: "not_allowed" });
    expect(await refusalOf(pulse(connector, "nowhere"))).toMatchObject({ kind: "rejected", reason: "not_found" });
  });

  test("an offline device, refused with the status of a success, has opened nothing and may be tried later", async () => {
    const world = await enter();
    const door = world.doors[0]?.id ?? "";
    await world.setOffline(door, true);
    expect(await refusalOf(pulse(connectTo(world), door))).toMatchObject({
      kind: "unavailable",
      code: "CODE_DEVICE_DEVICE_OFFLINE",
      message: "the door's device is offline",
    });
    expect(world.accepted("unlock")).toEqual([]);
  });

  test("the log tells our pulse from everybody else's, from that of another key and from that of another door", async () => {
    const world = await enter();
    const connector = connectTo(world);
    const [front, back] = world.doors.map(({ id }) => id);
    const look = (key: string, doorExternalId = "") =>
      doorsOf(connector).readBack?.({ key, doorExternalId, since: new Date(Date.now() - 1_000) });
    await world.badge(world.people[0]?.id ?? "");
    await doorsOf(connector).pulse({ key: "eff_1", doorExternalId: front ?? "", actorName: "Front desk" });
    expect(await look("eff_1", front)).toMatchObject({ found: { at: expect.any(Date) } });
    expect(await look("eff_1", back)).toEqual({ found: null });
    expect(await look("eff_2", front)).toEqual({ found: null });
    expect(world.accepted("unlock")).toMatchObject([{ actorId: "spotter:eff_1", requestId: "eff_1" }]);
  });

  test("an opening is found behind many others", async () => {
    const world = await enter();
    const connector = connectTo(world);
    const door = world.doors[0]?.id ?? "";
    await doorsOf(connector).pulse({ key: "eff_1", doorExternalId: door, actorName: "Front desk" });
    for (const { id } of world.people.slice(0, 30)) {
      await world.badge(id);
    }
    const look = await doorsOf(connector).readBack?.({ key: "eff_1", doorExternalId: door, since: new Date() });
    expect(look?.found).not.toBeNull();
  });

  test("a failing log is not an absence", async () => {
    const world = await enter();
    await world.fault({ kind: "error_before", operation: "logs" });
    const look = doorsOf(connectTo(world)).readBack?.({ key: "eff_1", doorExternalId: "", since: new Date() });
    expect(await refusalOf(look ?? Promise.resolve())).toMatchObject({ kind: "unavailable" });
  });

  test("a controller that shows another certificate is sent nothing", async () => {
    const world = await enter();
    const fingerprint = world.fingerprint();
    await world.renewCertificate();
    const connector = connectTo(world, { fingerprint });
    const door = world.doors[0]?.id ?? "";
    expect(await refusalOf(pulse(connector, door))).toMatchObject({ kind: "unauthorized", code: "certificate_changed" });
    expect(await refusalOf(connector.check())).toMatchObject({ kind: "unauthorized" });
    expect(world.accepted("unlock")).toEqual([]);
    await pulse(connectTo(world), door);
    expect(world.accepted("unlock")).toHaveLength(1);
  });

  test("a controller that refuses the connection has done nothing", async () => {
    const world = await startUnifiWorld();
    const connector = connectTo(world);
    await world.close();
    expect(await refusalOf(pulse(connector, "door"))).toMatchObject({ kind: "unavailable" });
  });
});

describe("access", () => {
  const set = (connector: Connector, personExternalId: string, state: "allowed" | "suspended") =>
    accessOf(connector).set({ key: "eff_1", personExternalId, state, note: "past due" });
  const lastPolicies = (world: UnifiWorld) => world.accepted("policies").at(-1)?.policyIds;

  test("a suspension takes state and policies, and a restore after a restart gives back the very same", async () => {
    const world = await enter();
    const notes = memoryNotes();
    const person = world.people[0]?.id ?? "";
    expect(await set(connectTo(world, { notes }), person, "suspended")).toMatchObject({ state: "suspended" });
    expect(lastPolicies(world)).toEqual([]);
    expect(await accessOf(connectTo(world)).read({ personExternalId: person })).toMatchObject({ state: "suspended" });
    await set(connectTo(world, { notes }), person, "suspended");
    expect(await set(connectTo(world, { notes }), person, "allowed")).toMatchObject({ state: "allowed" });
    expect(lastPolicies(world)).toEqual(["pol-247", "pol-sauna"]);
    expect(await accessOf(connectTo(world)).read({ personExternalId: person })).toMatchObject({ state: "allowed" });
    expect(await notes.read(`suspended:${person}`)).toBeNull();
  });

  test("what was taken is written down before it is taken, so that an outage in between loses nothing", async () => {
    const world = await enter();
    const notes = memoryNotes();
    const person = world.people[0]?.id ?? "";
    await world.fault({ kind: "error_after", operation: "set_policies", count: 1 });
    expect(await refusalOf(set(connectTo(world, { notes }), person, "suspended"))).toMatchObject({ kind: "outcome_unknown" });
    await set(connectTo(world, { notes }), person, "suspended");
    await set(connectTo(world, { notes }), person, "allowed");
    expect(lastPolicies(world)).toEqual(["pol-247", "pol-sauna"]);
  });

  test("a part that was done is never reported as nothing", async () => {
    const world = await enter();
    const person = world.people[0]?.id ?? "";
    await world.fault({ kind: "throttled", operation: "set_policies", count: 1 });
    expect(await refusalOf(set(connectTo(world), person, "suspended"))).toMatchObject({ kind: "outcome_unknown" });
    expect(world.accepted("status")).toHaveLength(1);
  });

  test("a policy that somebody gave meanwhile stays, and one that is gone does not keep a person out", async () => {
    const world = await enter();
    const person = world.people[1]?.id ?? "";
    const kept = new Map<string, JsonValue>([[`suspended:${person}`, { policyIds: ["pol-sauna", "pol-deleted"] }]]);
    await set(connectTo(world, { notes: memoryNotes(kept) }), person, "allowed");
    expect(lastPolicies(world)).toEqual(["pol-247", "pol-sauna"]);
  });

  test("somebody the controller does not know is said to be unknown", async () => {
    const access = accessOf(connectTo(await enter()));
    expect(await refusalOf(access.read({ personExternalId: "user-nobody" }))).toMatchObject({ kind: "rejected", reason: "not_found" });
  });

  test("a member is found by their number, by their e-mail, and not at all where two could be meant", async () => {
    const world = await enter();
    const access = accessOf(connectTo(world));
    const [first, second] = world.people;
    const find = (memberExternalId: string | null, email: string | null) => access.find?.({ memberExternalId, email, phone: null });
    expect(await find(second?.employeeNumber ?? "", first?.email ?? "")).toEqual({ personExternalId: second?.id });
    expect(await find(null, first?.email.toUpperCase() ?? "")).toEqual({ personExternalId: first?.id });
    const last = world.people.at(-1);
    expect(await find(last?.employeeNumber ?? "", null)).toEqual({ personExternalId: last?.id });
    expect(await find("no such number", null)).toBeNull();
    expect(await find(null, null)).toBeNull();
  });

  test("a list that shifts between its pages is read again, and nobody is missed for good", async () => {
    const world = await enter();
    const access = accessOf(connectTo(world));
    // The shift hides the first person of the second page.
    const hidden = world.people[25];
    const find = () => access.find?.({ memberExternalId: hidden?.employeeNumber ?? "", email: null, phone: null }) ?? Promise.resolve();
    await world.fault({ kind: "page_drift", count: 1 });
    expect(await find()).toEqual({ personExternalId: hidden?.id });
    await world.fault({ kind: "page_drift" });
    expect(await refusalOf(find())).toMatchObject({ kind: "unavailable" });
  });
});

describe("webhooks", () => {
  test("the echo of our own pulse carries its key, and an opening by a person carries the person", async () => {
    const world = await enter();
    const connector = connectTo(world);
    await doorsOf(connector).pulse({ key: "eff_1", doorExternalId: world.doors[0]?.id ?? "", actorName: "Front desk" });
    await world.badge(world.people[1]?.id ?? "");
    const arrivals = await world.arrivals(2);
    const deliveries = await Promise.all(arrivals.map(async ({ request }) => connector.webhook?.parse(request)));
    expect(deliveries.flatMap((delivery) => delivery?.events ?? [])).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "door", pulseKey: "eff_1", personExternalId: null, isGranted: true, doorName: "Front door" }),
        expect.objectContaining({ kind: "door", pulseKey: null, personExternalId: world.people[1]?.id, isGranted: true }),
      ]),
    );
  });

  const SECRET = "6601f1243d2ff70f";
  const now = new Date("2026-11-20T17:00:00.000Z");
  const signed = (text: string, secret = SECRET) => {
    const rawBody = new TextEncoder().encode(text);
    const time = `${now.getTime() / 1_000}`;
    return { headers: { signature: `t=${time},v1=${signatureOf({ secret, time, rawBody })}` }, rawBody };
  };

  test("whatever is signed is read or refused as malformed, never misread", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const outcome = ((): unknown => {
          try {
            return parseWebhook({ request: signed(text), secrets: SECRET, now }).events;
          } catch (error) {
            return error;
          }
        })();
        return Array.isArray(outcome) ? outcome.length === 0 : outcome instanceof ConnectorError && outcome.kind === "malformed";
      }),
    );
  });

  test("while a secret is being replaced both are good, and a third is not", () => {
    const body = JSON.stringify({ event: "access.doorbell.incoming", data: {} });
    for (const secret of ["old", "new"]) {
      expect(parseWebhook({ request: signed(body, secret), secrets: "old new", now }).events).toEqual([]);
    }
    expect(() => parseWebhook({ request: signed(body, "third"), secrets: "old new", now })).toThrow("not signed");
    expect(() => parseWebhook({ request: signed(body, ""), secrets: "", now })).toThrow("not signed");
  });

  test("one delivery has one id, and the same body signed a second later another", () => {
    const body = JSON.stringify({ event: "access.doorbell.incoming", data: {} });
    const { deliveryId } = parseWebhook({ request: signed(body), secrets: SECRET, now });
    expect(deliveryId).toBe(
      createHash("sha256")
        .update(`${now.getTime() / 1_000}.${body}`)
        .digest("hex"),
    );
  });
});

test("a key survives the way through the controller's log, whatever the actor is called", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]+_[0-9a-hjkmnp-tv-z]{26}$/), fc.string(), (key, actorName) => {
      const actor = actorOf({ key, actorName });
      expect(keyOfActor({ id: actor.actorId, name: null })).toBe(key);
      expect(keyOfActor({ id: "", name: actor.actorName })).toBe(key);
    }),
  );
});
