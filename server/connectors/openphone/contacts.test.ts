import { afterEach, expect, test } from "vitest";

import { startOpenPhoneWorld } from "#local/vendors/openphone/testing.ts";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import { createOpenPhoneConnector } from "./connector.ts";

const [club] = DEMO_CLUBS;
if (club === undefined) {
  throw new Error("the demo has clubs");
}
const MEMBER = `+1${club.areaCode}5550107`;
const NEW_PHONE = `+1${club.areaCode}5550108`;
const WREN = { key: "eff_1", contactId: "contact_1", firstName: "Wren", lastName: "Ashby", phone: MEMBER, email: null };

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

const startWorld = async () => {
  const world = await startOpenPhoneWorld({ club });
  opened.push(world);
  const connect = (over: { phoneNumberId?: string } = {}) =>
    createOpenPhoneConnector({
      connectionId: "conn",
      credentials: { ...club.openPhone, ...over },
      settings: { baseUrl: world.url },
      ...openTestNetwork(),
      now: () => new Date(),
      session: createMemorySession(),
    });
  const save = (over: { lastName?: string | null; phone?: string } = {}) => connect().contacts?.save({ ...WREN, ...over });
  return { ...world, connect, save };
};

test("a person is put into the vendor's address book once, and saving them again writes nothing", async () => {
  const world = await startWorld();
  const first = await world.save();
  expect(await world.save()).toEqual(first);
  expect(await world.save({ lastName: null })).toEqual(first);
  expect(await world.acceptedContacts()).toMatchObject([{ id: first?.vendorReference, externalId: "contact_1", firstName: "Wren" }]);
});

test("a new name and a new number change the contact, and what staff keep there stays", async () => {
  const world = await startWorld();
  const first = await world.save();
  await fetch(`${world.url}/v1/contacts/${first?.vendorReference}`, {
    method: "PATCH",
    headers: { authorization: club.openPhone.apiKey, "content-type": "application/json" },
    body: JSON.stringify({ defaultFields: { emails: [{ name: "Home", value: "wren@example.com" }] } }),
  });
  expect(await world.save({ lastName: "Ashby-Cole", phone: NEW_PHONE })).toEqual(first);
  const contact = (await world.acceptedContacts()).at(-1);
  expect(contact).toMatchObject({
    id: first?.vendorReference,
    lastName: "Ashby-Cole",
    emails: [{ name: "Home", value: "wren@example.com" }],
  });
  expect(contact?.phoneNumbers.map(({ value }) => value)).toEqual([MEMBER, NEW_PHONE]);
});

test("after an answer was lost, saving again finds the contact that is there", async () => {
  const world = await startWorld();
  await world.fault({ kind: "error_after", operation: "contact", count: 1 });
  await expect(world.save()).rejects.toMatchObject({ kind: "outcome_unknown" });
  await world.save();
  expect(await world.acceptedContacts()).toHaveLength(1);
});

test("the check names the number, and a number of another workspace does not pass it", async () => {
  const world = await startWorld();
  expect(await world.connect().check()).toEqual({ account: `${club.name}, ${club.phone}` });
  await expect(world.connect({ phoneNumberId: "PNother" }).check()).rejects.toMatchObject({ kind: "rejected", reason: "not_found" });
});
