import { openTestNetwork } from "#server/connectors/_shared/testing-network.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import { createTwilioConnector } from "#server/connectors/twilio/connector.ts";
import { TWILIO_SETUP } from "#server/connectors/twilio/setup.ts";
import type { Id } from "#server/domain/ids.ts";
import { env } from "#server/platform/env.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { withClub } from "#server/platform/tenant.ts";
import { sealCredentials } from "#server/services/connections/credentials.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone, MADE_AT, makeClub, makeConnection, type TestClub } from "#server/testing/factories.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Arrival } from "../../../local/vendors/_shared/testing-receiver.ts";
import { startTwilioWorld } from "../../../local/vendors/twilio/testing.ts";
import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { receiveWebhook } from "./receive-webhook.ts";

useDatabase();

const demo = DEMO_CLUBS.find(({ twilio }) => twilio !== null);
const account = demo?.twilio;
if (demo === undefined || account === null || account === undefined) {
  throw new Error("the demo has a club with a Twilio number");
}

let world: Awaited<ReturnType<typeof startTwilioWorld>>;
let club: TestClub;
const connectionId: Id<"connection"> = newId("connection");
let seen = 0;

beforeAll(async () => {
  const connections = { ...demo.connections, twilio: connectionId };
  world = await startTwilioWorld({ club: { ...demo, connections }, publicUrl: new URL(env.APP_URL).origin });
  CONNECTORS.twilio = {
    setup: TWILIO_SETUP,
    create: (context) => createTwilioConnector({ ...context, ...openTestNetwork(), settings: { ...context.settings, baseUrl: world.url } }),
  };
  club = await makeClub();
  const { authToken, ...settings } = account;
  const scope = { franchiseId: club.franchiseId, clubId: club.id };
  const sealedCredentials = await withClub(scope, (tx) => sealCredentials(tx, scope, { connectionId, credentials: { authToken } }));
  await makeConnection(club, { id: connectionId, provider: "twilio", settings, sealedCredentials, nextPollAt: MADE_AT });
});

afterAll(() => world.close());

const owner = () => database().owner;
/** The next webhooks the sandbox sends, in the order of their coming. */
const nextArrivals = async (count: number): Promise<readonly Arrival[]> => {
  seen += count;
  return (await world.arrivals(seen)).slice(seen - count, seen);
};
const take = ({ path, request: { headers, rawBody } }: Arrival) =>
  receiveWebhook({ provider: "twilio", path, connectionId, headers, rawBody });
const takeNext = async (count: number) => {
  for (const arrival of await nextArrivals(count)) {
    await take(arrival);
  }
};
const messagesWith = (phone: string) =>
  owner().message.findMany({
    where: { clubId: club.id, conversation: { contact: { identities: { some: { addressKey: addressKey(phone) } } } } },
    orderBy: { sequence: "asc" },
  });

describe("honest states", () => {
  test("a reply goes out by the number the person wrote to, and the vendor's reports in any order end as delivered", async () => {
    const phone = anyPhone();
    await world.textFrom(phone, "are you open today?");
    const [arrival] = await nextArrivals(1);
    expect(arrival === undefined ? null : (await take(arrival)).reply).toMatchObject({ contentType: "text/xml" });
    const [asked] = await messagesWith(phone);
    await queueReply(club.as.staff, {
      conversationId: asked?.conversationId as Id<"conversation">,
      text: "Until ten",
      clientKey: "key-until-ten",
    });
    expect(await world.acceptedFor(phone)).toEqual(["Until ten"]);
    for (const report of (await nextArrivals(2)).toReversed()) {
      await take(report);
    }
    expect((await messagesWith(phone)).map(({ body, status }) => [body, status])).toEqual([
      ["are you open today?", "replied"],
      ["Until ten", "delivered"],
    ]);
  });
});

describe("suppression", () => {
  test("a STOP is kept, the vendor's own confirmation is the only one, and no reply leaves until a START", async () => {
    const phone = anyPhone();
    await world.textFrom(phone, "STOP");
    await takeNext(1);
    const [stop] = await messagesWith(phone);
    const conversationId = stop?.conversationId as Id<"conversation">;
    await expect(queueReply(club.as.staff, { conversationId, text: "please stay", clientKey: "key-stay" })).rejects.toThrow(/./);
    expect(await world.acceptedFor(phone)).toEqual([]);
    expect(await owner().effect.count({ where: { clubId: club.id, conversationId } })).toBe(0);
    await world.textFrom(phone, "START");
    await takeNext(1);
    await queueReply(club.as.staff, { conversationId, text: "welcome back", clientKey: "key-back" });
    expect(await world.acceptedFor(phone)).toEqual(["welcome back"]);
    await nextArrivals(2);
  });

  test("whom only the vendor knows to have said STOP is suppressed here as well from its refusal on", async () => {
    const phone = anyPhone();
    await world.textFrom(phone, "hello?");
    await takeNext(1);
    const [hello] = await messagesWith(phone);
    const conversationId = hello?.conversationId as Id<"conversation">;
    await world.fault({ kind: "lost_webhook", count: 1 });
    await world.textFrom(phone, "STOP");
    await queueReply(club.as.staff, { conversationId, text: "hello!", clientKey: "key-hello" });
    expect(await world.acceptedFor(phone)).toEqual([]);
    expect(await owner().suppression.findMany({ where: { addressKey: addressKey(phone), liftedAt: null } })).toMatchObject([
      { source: "vendor" },
    ]);
  });
});
