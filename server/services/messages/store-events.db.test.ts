import type { VendorEvent } from "#server/connectors/webhook.ts";
import { addressKey } from "#server/platform/keys.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone } from "#server/testing/factories.ts";
import { makeLine, publishPolicy, write, type Line } from "#server/testing/scripted-line.ts";
import { SCRIPTED_CREDENTIALS, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { ingestMessages } from "./ingest-messages.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const TEXT = "Sorry we missed your call. How can we help?";
let line: Line;
let deliveries = 0;

beforeEach(async () => {
  line = await makeLine();
  await publishPolicy(line.club, { missedCallText: TEXT });
});

const owner = () => database().owner;
const tell = (...events: readonly VendorEvent[]) =>
  ingestMessages(line.webhook, {
    connectionId: line.connectionId,
    messages: [],
    events,
    origin: { kind: "webhook", deliveryId: `told-${(deliveries += 1)}`, eventKind: "test" },
  });
const call = (from: string | null, externalId = `call-${(deliveries += 1)}`): VendorEvent => ({
  kind: "missed_call",
  externalId,
  channelExternalId: SCRIPTED_CREDENTIALS.phoneNumberId,
  contactAddress: from,
  at: new Date(),
});
const conversationOf = async (phone: string) => {
  const identity = await owner().contactIdentity.findFirstOrThrow({ where: { clubId: line.club.id, address: phone } });
  return owner().conversation.findFirstOrThrow({ where: { contactId: identity.contactId } });
};
const dispatchAll = (effectIds: Awaited<ReturnType<typeof tell>>["effectIds"]) =>
  Promise.all(effectIds.map((effectId) => dispatchEffect(line.system, { effectId })));

describe("missed calls", () => {
  test("whoever called in vain gets the club's text, which says that an AI writes, and waits for an answer", async () => {
    const phone = anyPhone();
    const { effectIds } = await tell(call(phone));
    expect(await dispatchAll(effectIds)).toEqual([{ status: "confirmed", reason: null }]);
    expect(vendor.accepted(phone).map(({ text }) => text)).toEqual([expect.stringMatching(/AI assistant.*Sorry we missed your call/)]);
    const conversation = await conversationOf(phone);
    expect(conversation).toMatchObject({ status: "open", requiresResponse: true, needsYou: "none" });
    expect(await owner().message.findMany({ where: { conversationId: conversation.id, direction: "event" } })).toMatchObject([
      { eventCode: "missed_call" },
    ]);
  });

  test("the same call told twice, and further calls within twelve hours, bring no second text", async () => {
    const phone = anyPhone();
    await dispatchAll((await tell(call(phone, "twice"))).effectIds);
    expect((await tell(call(phone, "twice"))).effectIds).toEqual([]);
    expect((await tell(call(phone), call(phone))).effectIds).toEqual([]);
    expect(vendor.accepted(phone)).toHaveLength(1);
    const { id } = await conversationOf(phone);
    expect(await owner().message.count({ where: { conversationId: id, eventCode: "missed_call" } })).toBe(3);
  });

  test("a suppressed caller, a hidden number and a conversation of staff get none; a person is asked to call back", async () => {
    const stopped = await write(line, { text: "STOP" });
    expect((await tell(call(stopped.phone))).effectIds).toEqual([]);
    expect(await conversationOf(stopped.phone)).toMatchObject({ needsYou: "escalation" });
    expect((await tell(call(null))).effectIds).toEqual([]);
    const held = await write(line);
    await owner().conversation.update({ where: { id: held.conversationId }, data: { handledBy: "staff" } });
    expect((await tell(call(held.phone))).effectIds).toEqual([]);
  });

  test("a club without such a text sends none", async () => {
    await publishPolicy(line.club, { missedCallText: null });
    const phone = anyPhone();
    expect((await tell(call(phone))).effectIds).toEqual([]);
    expect(await conversationOf(phone)).toMatchObject({ needsYou: "escalation" });
  });

  test("a voicemail enters the thread as what was said, and wakes the agent", async () => {
    const phone = anyPhone();
    const voicemail: VendorEvent = {
      kind: "voicemail",
      externalId: "vm",
      channelExternalId: SCRIPTED_CREDENTIALS.phoneNumberId,
      contactAddress: phone,
      transcript: "hi, do you have childcare?",
      at: new Date(),
    };
    await tell(voicemail);
    await tell(voicemail);
    const { id } = await conversationOf(phone);
    expect(await owner().message.findMany({ where: { conversationId: id, direction: "inbound" } })).toMatchObject([
      { body: "Voicemail: hi, do you have childcare?", externalId: "voicemail:vm" },
    ]);
    expect(await owner().outboxEvent.count({ where: { conversationId: id, name: "inbox/message.received" } })).toBe(1);
  });
});

describe("delivery", () => {
  const sent = async () => {
    const asked = await write(line);
    const message = await owner().message.create({
      data: {
        ...(await owner().message.findFirstOrThrow({ where: { id: asked.messageId } })),
        id: `${asked.messageId.slice(0, -4)}0000`,
        direction: "outbound",
        author: "agent",
        status: "sent",
        externalId: `out-${(deliveries += 1)}`,
        sequence: 99,
      },
    });
    const news = (status: "queued" | "delivered" | "undelivered"): VendorEvent => ({
      kind: "delivery",
      externalId: message.externalId ?? "",
      status,
      errorCode: status === "undelivered" ? "30003" : null,
      at: new Date(),
    });
    const state = async () => (await owner().message.findUniqueOrThrow({ where: { id: message.id } })).status;
    return { news, state };
  };

  test("the status is stored with the delivery that told of it, and what was delivered stays so in whatever order news comes", async () => {
    const { news, state } = await sent();
    await tell(news("delivered"));
    await tell(news("queued"), news("undelivered"));
    expect(await state()).toBe("delivered");
  });

  test("what could not be delivered is shown with the vendor's reason", async () => {
    const { news, state } = await sent();
    await tell(news("undelivered"));
    expect(await state()).toBe("failed");
    expect(await owner().alert.count({ where: { clubId: line.club.id, title: "A message was not delivered" } })).toBe(1);
  });
});

describe("suppression", () => {
  const word = (address: string, isSuppressed: boolean): VendorEvent => ({
    kind: "suppression",
    address,
    channelKind: "sms",
    isSuppressed,
    source: "keyword",
    at: new Date(),
  });

  test("what the vendor knows of a STOP holds here, and its START lifts it", async () => {
    const phone = anyPhone();
    const live = () =>
      owner().suppression.count({ where: { franchiseId: line.club.franchiseId, addressKey: addressKey(phone), liftedAt: null } });
    await tell(word(phone, true));
    await tell(word(phone, true));
    expect(await live()).toBe(1);
    await tell(word(phone, false));
    expect(await live()).toBe(0);
  });
});
