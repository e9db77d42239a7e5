import { afterEach, expect, test } from "vitest";

import { startOpenPhoneWorld } from "#local/vendors/openphone/testing.ts";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { createMemorySession } from "../_shared/memory-session.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import { eventsOfCall, eventsOfLegacyCall, eventsOfTranscript, eventsOfVoicemail } from "./calls.ts";
import { createOpenPhoneConnector } from "./connector.ts";

const [club] = DEMO_CLUBS;
if (club === undefined) {
  throw new Error("the demo has clubs");
}
const MEMBER = `+1${club.areaCode}5550107`;
const AT = "2026-11-21T15:00:00.000Z";
const context = { phoneNumberId: "PN1", participants: { external: ["+13035550107"] } };

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

/** What the connector reads out of so many webhooks that follow one call. */
const eventsAfter = async (call: { readonly isAnswered: boolean; readonly voicemail?: string }, count: number) => {
  const world = await startOpenPhoneWorld({ club });
  opened.push(world);
  const connector = createOpenPhoneConnector({
    connectionId: "conn",
    credentials: club.openPhone,
    settings: { baseUrl: world.url },
    ...openTestNetwork(),
    now: () => new Date(),
    session: createMemorySession(),
  });
  const { call: placed } = await world.callFrom(MEMBER, call);
  const deliveries = await Promise.all((await world.arrivals(count)).map(async ({ request }) => connector.webhook?.parse(request)));
  return { id: placed.id, events: deliveries.flatMap((delivery) => delivery?.events ?? []) };
};

test("a call that nobody answered is one missed call, whichever of its webhooks tells of it", async () => {
  const { id, events } = await eventsAfter({ isAnswered: false }, 2);
  const missed = expect.objectContaining({ kind: "missed_call", externalId: id, contactAddress: MEMBER });
  expect(events).toEqual([missed, missed]);
  expect(events[0]).toEqual(events[1]);
});

test("what was said to the voicemail comes with the call it belongs to", async () => {
  const { id, events } = await eventsAfter({ isAnswered: false, voicemail: "Hi, it's about my towel." }, 3);
  expect(events.filter(({ kind }) => kind === "voicemail")).toEqual([
    expect.objectContaining({ externalId: id, transcript: "Hi, it's about my towel.", contactAddress: MEMBER }),
  ]);
});

test("an answered call is nobody's business, nor is what was said in it", async () => {
  expect((await eventsAfter({ isAnswered: true }, 2)).events).toEqual([]);
});

test.each([
  { what: "answered", over: { answeredAt: AT } },
  { what: "outgoing", over: { direction: "outgoing" as const } },
  { what: "forwarded", over: { status: "forwarded" } },
  { what: "taken by the vendor's assistant", over: { aiHandled: "ai-agent" } },
])("a call that was $what is not missed", ({ over }) => {
  const resource = { id: "AC1", direction: "incoming" as const, status: "completed", createdAt: AT, answeredAt: null, ...over };
  expect(eventsOfCall("call.completed", { createdAt: AT, data: { resource, context } })).toEqual([]);
});

test("a hidden number is missed without an address", () => {
  const resource = { id: "AC1", direction: "incoming" as const, createdAt: AT, completedAt: "2026-11-21T15:00:20.000Z" };
  const hidden = { createdAt: AT, data: { resource, context: { phoneNumberId: "PN1", participants: { external: [] } } } };
  expect(eventsOfCall("call.missed", hidden)).toEqual([
    {
      kind: "missed_call",
      externalId: "AC1",
      channelExternalId: "PN1",
      contactAddress: null,
      at: new Date("2026-11-21T15:00:20.000Z"),
    },
  ]);
});

test("a voicemail that could not be spelled out is still a missed call", () => {
  const voicemail = (transcript: string | null) =>
    eventsOfVoicemail({ createdAt: AT, data: { resource: { callId: "AC1", createdAt: AT, transcript }, context } });
  expect(voicemail(null)).toMatchObject([{ kind: "missed_call", externalId: "AC1", contactAddress: "+13035550107" }]);
  expect(voicemail("  ")).toMatchObject([{ kind: "missed_call" }]);
  expect(voicemail(" call me ")).toMatchObject([{ kind: "voicemail", externalId: "AC1", transcript: "call me" }]);
});

test("a transcript is a voicemail where nobody of the club speaks", () => {
  const transcript = (dialogue: { content: string; userId?: string | null }[]) =>
    eventsOfTranscript({ createdAt: AT, data: { resource: { callId: "AC1", createdAt: AT, dialogue }, context } });
  expect(transcript([{ content: "Hi," }, { content: "call me.", userId: null }])).toMatchObject([
    { kind: "voicemail", externalId: "AC1", transcript: "Hi, call me." },
  ]);
  expect(transcript([{ content: "Front desk.", userId: "US1" }, { content: "Hi." }])).toEqual([]);
  expect(transcript([])).toEqual([]);
});

test("a call of the older webhooks is missed where nobody answered", () => {
  const call = (answeredAt: string | null) =>
    eventsOfLegacyCall({
      data: { object: { id: "AC1", direction: "incoming", from: "(303) 555-0107", phoneNumberId: "PN1", createdAt: AT, answeredAt } },
    });
  expect(call(null)).toMatchObject([{ kind: "missed_call", externalId: "AC1", contactAddress: "+13035550107" }]);
  expect(call(AT)).toEqual([]);
});
