import { afterEach, beforeEach, expect, test } from "vitest";

import { basic } from "./older-api.ts";
import { openTestSandbox } from "./testing.ts";
import type { TestSandbox } from "./testing.ts";

let sandbox: TestSandbox;

beforeEach(async () => {
  sandbox = await openTestSandbox({ at: "2026-11-20T17:30:00Z" });
});

afterEach(() => sandbox.close());

const v1 = async (init: RequestInit, path = `/v1/checkins?clubLocationId=${sandbox.club.clubOsApi.locationId}`) => {
  const { v1Username, v1Password } = sandbox.club.clubOsApi;
  const headers = { authorization: basic(v1Username, v1Password), "content-type": "application/json" };
  return (await fetch(`${sandbox.url}${path}`, { headers, ...init })).json();
};

test("a check-in that is told twice is one check-in", async () => {
  const [person] = await sandbox.people();
  const body = JSON.stringify({ memberId: person?.personExternalId, localCheckinId: "till-7", checkinTime: "11-20-2026 10:15:00" });
  expect(await v1({ method: "POST", body })).toEqual({ status: true, responses: [{ message: "Check-in Created", value: "till-7" }] });
  expect(await v1({ method: "POST", body })).toEqual({ status: true, responses: [{ message: "Check-in Found", value: "till-7" }] });
  expect(await sandbox.facts("check_in")).toHaveLength(1);
});

test("the older API refuses a call without its content type, and an unknown location with status 200", async () => {
  expect(await v1({ headers: { authorization: basic("a", "b"), "content-type": "application/json" } })).toMatchObject({ status: false });
  const { v1Username, v1Password } = sandbox.club.clubOsApi;
  expect(await v1({ headers: { authorization: basic(v1Username, v1Password) } })).toMatchObject({ status: false });
  expect(await v1({}, "/v1/checkins?clubLocationId=1")).toMatchObject({ status: false });
});

test.each([
  ["no key", {}, "/v3/users?locationId=3501", 403],
  ["the location of another club", { "x-api-key": "clubos-key-demo-ironwood-denver" }, "/v3/users?locationId=3502", 400],
  ["a page of more than a thousand", { "x-api-key": "clubos-key-demo-ironwood-denver" }, "/v3/users?locationId=3501&size=1001", 400],
  ["a calendar nobody has", {}, `/CalendarSync/${"f".repeat(40)}`, 404],
])("%s is refused", async (_name, headers, path, status) => {
  expect((await fetch(`${sandbox.url}${path}`, { headers })).status).toBe(status);
});

test("an appointment survives a restart of the list, and the same person is not booked twice", async () => {
  const { apiKey, locationId } = sandbox.club.clubOsApi;
  const headers = { "x-api-key": apiKey, "content-type": "application/json" };
  const span = "startDate=2026-11-20T00:00:00Z&endDate=2026-11-23T00:00:00Z";
  const events = async () =>
    (await (await fetch(`${sandbox.url}/v3/events?locationId=${locationId}&size=1000&${span}`, { headers })).json()).content;
  const free = (await events()).find(
    ({ attendees, capacity }: { attendees: object[]; capacity: number }) => attendees.length < capacity - 1,
  );
  const person = (await sandbox.people())[70];
  const body = JSON.stringify({ locationId: Number(locationId), eventId: free.id, userId: Number(person?.personExternalId) });
  const book = () => fetch(`${sandbox.url}/v3/appointments`, { method: "POST", headers, body });
  expect((await book()).status).toBe(201);
  expect((await book()).status).toBe(409);
  const again = (await events()).find(({ id }: { id: number }) => id === free.id);
  expect(again.attendees).toHaveLength(free.attendees.length + 1);
});
