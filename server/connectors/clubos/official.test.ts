import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openTestSandbox } from "#local/vendors/clubos/testing.ts";
import type { TestSandbox } from "#local/vendors/clubos/testing.ts";
import { createFetchHttp } from "../_shared/fetch-http.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { Connector, HttpRequest, JsonValue, PeoplePort, VendorMember } from "../ports.ts";
import { createClubOsConnector } from "./connector.ts";
import { instantOf } from "./v1.ts";

let sandbox: TestSandbox;
let asked: HttpRequest[];

const openAt = async (slug: string): Promise<void> => {
  sandbox = await openTestSandbox({ at: "2026-11-20T17:30:00Z", slug });
};

beforeEach(async () => {
  asked = [];
  await openAt("ironwood-denver");
});

afterEach(() => sandbox.close());

type Settings = Readonly<Record<string, string>>;

const connect = (settings: Settings): Connector => {
  const http = createFetchHttp();
  return createClubOsConnector({
    connectionId: "conn_test",
    credentials: {},
    settings: { baseUrl: sandbox.url, timeZone: sandbox.club.timeZone, ...settings },
    ...openTestNetwork(),
    http: (request) => {
      asked.push(request);
      return http(request);
    },
    now: sandbox.clock.now,
    session: createMemorySession(),
  });
};

const v3 = (): Settings => ({ apiKey: sandbox.club.clubOsApi.apiKey, locationId: sandbox.club.clubOsApi.locationId });
const v1 = (): Settings => ({ v1Username: sandbox.club.clubOsApi.v1Username, v1Password: sandbox.club.clubOsApi.v1Password });
const site = (): Settings => ({
  staffSite: "on",
  username: sandbox.club.clubOs?.username ?? "",
  password: sandbox.club.clubOs?.password ?? "",
  ownerId: sandbox.club.clubOs?.ownerId ?? "",
});
const calendar = (): Settings => ({ calendarUrl: `${sandbox.url}/CalendarSync/${sandbox.club.clubOsApi.calendarToken}` });

const everybody = async (connector: Connector) => {
  const members: VendorMember[] = [];
  const failures: unknown[] = [];
  for (let cursor: JsonValue | null = null; ;) {
    const page: Awaited<ReturnType<PeoplePort["listMembers"]>> | undefined = await connector.people?.listMembers({ cursor });
    if (page === undefined) {
      throw new Error("no people");
    }
    members.push(...page.members);
    failures.push(...("failures" in page && Array.isArray(page.failures) ? page.failures : []));
    ({ cursor } = page);
    if (cursor === null) {
      return { members, failures };
    }
  }
};

const DAY_MS = 86_400_000;
const aroundNow = () => ({
  from: new Date(sandbox.clock.now().getTime() - DAY_MS),
  to: new Date(sandbox.clock.now().getTime() + 2 * DAY_MS),
});

describe("each surface is turned on by itself", () => {
  const INBOX = ["inbox.poll", "message.send", "message.readBack"];
  test.each<[string, () => Settings, readonly string[]]>([
    ["nothing", () => ({}), []],
    ["the staff site's sign-in without its switch", () => ({ ...site(), staffSite: "off" }), []],
    ["the staff site", site, INBOX],
    ["the official API", v3, ["members.read", "bookings.read", "bookings.write"]],
    ["the official API beside ClubHub", () => ({ ...v3(), people: "off" }), ["bookings.read", "bookings.write"]],
    ["the calendar", calendar, ["bookings.read"]],
    ["the older API alone", () => ({ ...v1(), locationId: "1" }), []],
    ["the staff site with training", () => ({ ...site(), training: "on" }), [...INBOX, "members.read"]],
    ["training without the staff site", () => ({ training: "on" }), []],
  ])("%s", (_name, settings, capabilities) => {
    const connector = connect(settings());
    expect(connector.capabilities.toSorted()).toEqual(capabilities.toSorted());
    expect(connector.inbox === undefined).toBe(!capabilities.includes("inbox.poll"));
    expect(connector.people === undefined).toBe(!capabilities.includes("members.read"));
    expect(connector.bookings === undefined).toBe(!capabilities.includes("bookings.read"));
  });

  test.each<[string, () => Settings, RegExp]>([
    ["nothing", () => ({ staffSite: "off", apiKey: "", calendarUrl: "" }), /nothing is turned on/],
    ["the older API alone", () => ({ ...v1(), locationId: "1" }), /older ClubOS API alone/],
  ])("connecting with %s is refused in words, and nobody is asked", async (_name, settings, words) => {
    await expect(connect(settings()).check()).rejects.toMatchObject({ kind: "unauthorized", message: expect.stringMatching(words) });
    expect(asked).toEqual([]);
  });

  test.each<[string, () => Settings]>([
    ["a key without its location", () => ({ apiKey: "key" })],
    ["the staff site without a password", () => ({ ...site(), password: "" })],
    ["a calendar address that is none", () => ({ calendarUrl: "file:///etc/passwd" })],
  ])("%s is refused, and the refusal repeats nothing that was typed", (_name, settings) => {
    const refusal = (() => {
      try {
        return connect(settings());
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toMatchObject({ kind: "unauthorized", cause: undefined });
    expect(String(refusal)).not.toContain("passwd");
  });

  test("everything that is on is tried, and what is off is not asked", async () => {
    const { account } = await connect({ ...v3(), ...v1(), ...site(), ...calendar() }).check();
    expect(account).toContain("Ironwood Denver");
    expect(account).toContain("desk.ironwood-denver");
    asked = [];
    await connect(v3()).check();
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual(["/v3/locations"]);
  });

  test("a key that does not reach the location is refused", async () => {
    await expect(connect({ ...v3(), locationId: "99" }).check()).rejects.toMatchObject({ kind: "rejected", reason: "not_found" });
  });

  test("the address of a calendar stands in no error", async () => {
    const secret = "0".repeat(40);
    const connector = connect({ calendarUrl: `${sandbox.url}/CalendarSync/${secret}` });
    const error: unknown = await connector.bookings?.list(aroundNow()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: "unauthorized" });
    await sandbox.stop();
    const gone: unknown = await connector.bookings?.list(aroundNow()).catch((reason: unknown) => reason);
    expect(gone).toMatchObject({ kind: "unavailable" });
    expect([error, gone].map((one) => `${String(one)} ${JSON.stringify(one)}`).join(" ")).not.toContain(secret);
  });
});

describe("people of the official API", () => {
  test("everybody comes with standing, balance and membership; check-ins are visits", async () => {
    const { members } = await everybody(connect({ ...v3(), ...v1() }));
    expect(members.map(({ externalId }) => externalId).toSorted()).toEqual(
      (await sandbox.people()).map(({ personExternalId }) => personExternalId).toSorted(),
    );
    expect(members.find(({ status }) => status === "past_due")).toMatchObject({ balanceMinor: expect.any(BigInt), currency: "USD" });
    expect(members.filter(({ status, balanceMinor }) => status === "past_due" && balanceMinor === 3_999n).length).toBeGreaterThan(0);
    expect(members.find(({ kind }) => kind === "prospect")).toMatchObject({ balanceMinor: null, membershipType: null });
    const visits = members.flatMap((member) => member.visits ?? []);
    expect(visits.length).toBeGreaterThan(0);
    expect(visits.every((at) => at.getTime() > sandbox.clock.now().getTime() - 4 * DAY_MS)).toBe(true);
    expect(members.every((member) => !("trainingBalanceMinor" in member))).toBe(true);
  });

  test("with the staff site each page says what its training clients owe", async () => {
    const { members } = await everybody(connect({ ...v3(), ...site(), training: "on" }));
    const owing = members.filter(({ trainingBalanceMinor }) => (trainingBalanceMinor ?? 0n) > 0n);
    expect(owing.map(({ trainingBalanceMinor }) => trainingBalanceMinor).toSorted()).toContain(6_000n);
    expect(members.some(({ trainingBalanceMinor }) => trainingBalanceMinor === 0n)).toBe(true);
    expect(members.some(({ trainingBalanceMinor }) => trainingBalanceMinor === null)).toBe(true);
  });

  test("a place of another list, or of nobody, is malformed", async () => {
    const { people } = connect(v3());
    for (const cursor of [{ version: 1, list: "training", afterId: "0" }, { page: 3 }]) {
      await expect(people?.listMembers({ cursor })).rejects.toMatchObject({ kind: "malformed" });
    }
  });

  test.each([
    ["7-4-2026 18:30:00", "2026-07-05T00:30:00.000Z"],
    ["11-20-2026 06:05:09", "2026-11-20T13:05:09.000Z"],
  ])("the check-in of %s in Denver was at %s", (text, instant) => {
    expect(instantOf(text, "America/Denver").toISOString()).toBe(instant);
  });
});

describe("training clients where the staff site is all there is", () => {
  const trainees = () => connect({ ...site(), training: "on" });

  test("come with their addresses and the sum of what is past due", async () => {
    const { members, failures } = await everybody(trainees());
    expect(failures).toEqual([]);
    expect(members.length).toBeGreaterThan(8);
    expect(new Set(members.map(({ externalId }) => externalId)).size).toBe(members.length);
    expect(members.find(({ trainingBalanceMinor }) => trainingBalanceMinor === 6_000n)).toMatchObject({
      phone: expect.stringMatching(/^\+1303/),
      email: expect.stringContaining("@"),
      balanceMinor: null,
      status: "other",
    });
  });

  test("an error about one person is reported, leaves out only the balance, and everybody else comes", async () => {
    await sandbox.fault({ kind: "agreement_error", path: "/api/agreements", after: 3 });
    const { members, failures } = await everybody(trainees());
    expect(failures).toEqual([{ externalId: expect.any(String), what: "training", code: "server_error" }]);
    expect(members.filter((member) => !("trainingBalanceMinor" in member))).toHaveLength(1);
  });

  test("an answer in another shape ends the reading", async () => {
    await sandbox.fault({ kind: "changed_field", operation: "package_agreements", count: 1 });
    await expect(everybody(trainees())).rejects.toMatchObject({ kind: "malformed" });
  });
});

describe("bookings", () => {
  const list = async (connector: Connector) => (await connector.bookings?.list(aroundNow())) ?? [];

  test("a golf club shows bays with their holders, today and tomorrow; a free bay is a slot", async () => {
    await sandbox.close();
    await openAt("fairway-brooklyn");
    const connector = connect(v3());
    const bookings = await list(connector);
    expect(new Set(bookings.map(({ kind }) => kind))).toEqual(new Set(["bay"]));
    const now = sandbox.clock.now();
    const holder = bookings.find(({ place, startsAt, endsAt }) => place === "Bay 3" && startsAt <= now && endsAt > now);
    expect(holder).toMatchObject({ status: "booked", personEmail: expect.stringContaining("@fairway-brooklyn.example") });
    expect(bookings.some(({ startsAt }) => startsAt.getTime() > now.getTime() + DAY_MS)).toBe(true);
    const slots = (await connector.bookings?.listSlots?.(aroundNow())) ?? [];
    expect(slots.length).toBeGreaterThan(0);
    expect(slots.some(({ place }) => place === "Bay 3")).toBe(false);
  });

  test("the calendar shows the same hours and people as the API", async () => {
    const spell = (bookings: Awaited<ReturnType<typeof list>>) =>
      bookings.map(({ title, startsAt, place, personEmail }) => `${startsAt.toISOString()} ${title} ${place} ${personEmail}`).toSorted();
    expect(spell(await list(connect(calendar())))).toEqual(spell(await list(connect(v3()))));
  });

  test("a place that is full meanwhile is taken, one that is gone not found, and both have changed nothing", async () => {
    const { bookings } = connect(v3());
    const [slot] = (await bookings?.listSlots?.(aroundNow()))?.filter(({ kind }) => kind === "appointment") ?? [];
    const [first, second] = await sandbox.people();
    const book = (slotExternalId: string, personExternalId = "") => bookings?.book?.({ key: "eff_1", slotExternalId, personExternalId });
    const booked = await book(slot?.externalId ?? "", first?.personExternalId);
    expect((await list(connect(v3()))).find(({ externalId }) => externalId === booked?.vendorReference)).toMatchObject({
      personExternalId: first?.personExternalId,
    });
    await expect(book(slot?.externalId ?? "", second?.personExternalId)).rejects.toMatchObject({ kind: "rejected", reason: "taken" });
    await expect(book("12345", first?.personExternalId)).rejects.toMatchObject({ kind: "rejected", reason: "not_found" });
    await expect(book("../users", first?.personExternalId)).rejects.toMatchObject({ kind: "rejected", reason: "not_found" });
    expect(await sandbox.facts("appointment")).toHaveLength(1);
    expect(bookings?.cancel).toBeUndefined();
  });
});
