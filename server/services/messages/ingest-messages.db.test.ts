import type { VendorMessage } from "#server/connectors/ports.ts";
import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone } from "#server/testing/factories.ts";
import { arrive, makeLine, vendorText, write, type Line } from "#server/testing/scripted-line.ts";
import { beforeAll, describe, expect, test } from "vitest";

import { ingestMessages } from "./ingest-messages.ts";

useDatabase();

let line: Line;

beforeAll(async () => {
  line = await makeLine();
});

const rowsOf = (externalId: string) =>
  database().owner.message.findMany({ where: { clubId: line.club.id, externalId }, include: { revisions: true, attachments: true } });
const only = async (message: VendorMessage) => {
  const [row, ...others] = await rowsOf(message.externalId);
  expect(others).toEqual([]);
  if (row === undefined) {
    throw new Error("nothing was stored");
  }
  return row;
};
const eventsOf = (messageId: string) =>
  database().owner.outboxEvent.count({
    where: { clubId: line.club.id, name: "inbox/message.received", payload: { path: ["messageId"], equals: messageId } },
  });
const places = async (phone: string) => {
  const identities = await database().owner.contactIdentity.findMany({ where: { clubId: line.club.id, address: phone } });
  const conversations = await database().owner.conversation.findMany({
    where: { contactId: { in: identities.map(({ contactId }) => contactId) } },
  });
  return { identities, conversations };
};
const poll = (messages: readonly VendorMessage[], over: { readonly fencingToken?: bigint; readonly cursor?: unknown } = {}) =>
  ingestMessages(line.system, {
    connectionId: line.connectionId,
    messages,
    origin: { kind: "poll", fencingToken: over.fencingToken ?? 0n, cursor: over.cursor ?? "page-1", bodyHash: null },
  });
const cursor = async () =>
  (await database().owner.syncCursor.findFirst({ where: { connectionId: line.connectionId, stream: "inbox" } }))?.position ?? null;

describe("no-double-in", () => {
  test("the same message twice is one row, one event and one unread", async () => {
    const message = vendorText();
    await arrive(line, message);
    const second = await arrive(line, message);
    expect(second.storedCount).toBe(0);
    const row = await only(message);
    expect(await eventsOf(row.id)).toBe(1);
    expect(await database().owner.conversation.findUniqueOrThrow({ where: { id: row.conversationId } })).toMatchObject({
      unreadCount: 1,
      messageSequence: 1,
      inboundSequence: 1,
    });
  });

  test("the same message twenty times at once is one row and one event", async () => {
    const message = vendorText();
    const results = await Promise.all(Array.from({ length: 20 }, () => arrive(line, message)));
    expect(results.reduce((sum, result) => sum + result.storedCount, 0)).toBe(1);
    expect(await eventsOf((await only(message)).id)).toBe(1);
  });

  test("a page that repeats a message within itself stores it once", async () => {
    const message = vendorText();
    expect((await arrive(line, message, message, { ...message })).storedCount).toBe(1);
    await only(message);
  });

  test("one delivery of a webhook, sent twice at once, is worked on once", async () => {
    const message = vendorText();
    const origin = { kind: "webhook", deliveryId: "delivery-again", eventKind: "message" } as const;
    const results = await Promise.all(
      [1, 2, 3].map(() => ingestMessages(line.webhook, { connectionId: line.connectionId, messages: [message], origin })),
    );
    expect(results.map(({ isReplay }) => isReplay).toSorted()).toEqual([false, true, true]);
    expect(await database().owner.webhookDelivery.count({ where: { externalId: "delivery-again" } })).toBe(1);
  });

  test("two first messages of one new person at once make one contact and one conversation", async () => {
    const from = anyPhone();
    await Promise.all(Array.from({ length: 6 }, () => arrive(line, vendorText({ from }))));
    const { identities, conversations } = await places(from);
    expect([identities.length, conversations.length]).toEqual([1, 1]);
    expect(conversations[0]).toMatchObject({ messageSequence: 6, inboundSequence: 6, unreadCount: 6 });
  });

  test("two pages that hold the same new people in opposite order both end", async () => {
    const people = [anyPhone(), anyPhone(), anyPhone()];
    const first = people.map((from) => vendorText({ from }));
    const second = people.toReversed().map((from) => vendorText({ from }));
    const results = await Promise.all([arrive(line, ...first), arrive(line, ...second), arrive(line, ...first.toReversed())]);
    expect(results.reduce((sum, result) => sum + result.storedCount, 0)).toBe(6);
    for (const phone of people) {
      expect((await places(phone)).conversations).toHaveLength(1);
    }
  });

  test("a poll and a webhook that bring the same new person at the same time store each message once", async () => {
    const from = anyPhone();
    const [early, late] = [vendorText({ from }), vendorText({ from })];
    const results = await Promise.all([poll([early, late]), arrive(line, early), arrive(line, late), poll([early, late])]);
    expect(results.reduce((sum, result) => sum + result.storedCount, 0)).toBe(2);
    expect((await places(from)).conversations).toHaveLength(1);
  });
});

describe("no-loss", () => {
  test("another body under a known id is kept as a revision and the first one stays", async () => {
    const message = vendorText({ text: "see you at 6" });
    await arrive(line, message);
    await arrive(line, { ...message, text: "see you at 7" });
    await arrive(line, { ...message, text: "see you at 7" });
    const row = await only(message);
    expect(row.body).toBe("see you at 6");
    expect(row.revisions.map(({ body }) => body)).toEqual(["see you at 7"]);
    expect(await eventsOf(row.id)).toBe(1);
  });

  test.each([
    ["NUL and control characters", "when\u0000 do you\u0007 close?", "when do you close?"],
    ["zero-width characters and bidirectional controls", "when\u200B do\u202E you\u2066 close\uFEFF?", "when do you close?"],
    ["half a surrogate pair", "when do you close?\uD83D", "when do you close?"],
    ["hidden instructions in the tag block", "when do you close?\u{E0049}\u{E0047}", "when do you close?"],
  ])("%s are stored without them", async (_name, text, stored) => {
    const message = vendorText({ text });
    await arrive(line, message);
    expect((await only(message)).body).toBe(stored);
  });

  test("a megabyte of text is stored cut, and the next message of the page as well", async () => {
    const [huge, next] = [vendorText({ text: "why ".repeat(262_144) }), vendorText({ text: "hello" })];
    await arrive(line, huge, next);
    expect((await only(huge)).body.length).toBeLessThanOrEqual(10_000);
    expect((await only(next)).body).toBe("hello");
  });

  test("what a vendor writes beside the text cannot hold up its page either", async () => {
    const strange = vendorText({
      text: "hi",
      name: "Ro\u0000bin\u202E Hale",
      subject: "Re:\u0000 hours",
      html: "<p>hi\u0000</p>",
      staffAddressee: "Front\u0000 desk",
    });
    const outbound = vendorText({ text: "hello", direction: "outbound", authorName: "Tan\u0000sy" });
    const next = vendorText({ text: "still here" });
    await arrive(line, strange, outbound, next);
    const row = await only(strange);
    expect(row).toMatchObject({ subject: "Re: hours", bodyHtml: "<p>hi</p>", staffAddressee: "Front desk" });
    const conversation = await database().owner.conversation.findUniqueOrThrow({
      where: { id: row.conversationId },
      include: { contact: true },
    });
    expect(conversation.contact).toMatchObject({ displayName: "Robin Hale", firstName: "Robin" });
    expect((await only(outbound)).staffName).toBe("Tansy");
    expect((await only(next)).body).toBe("still here");
  });

  test("pictures without words are kept with their address and are no empty line in the inbox", async () => {
    const message = vendorText({ text: "", media: [{ url: "https://media.example/1.jpg", type: "image/jpeg" }] });
    await arrive(line, message);
    const row = await only(message);
    expect(row.attachments).toMatchObject([{ externalUrl: "https://media.example/1.jpg", mediaType: "image/jpeg" }]);
    expect(await database().owner.conversation.findUniqueOrThrow({ where: { id: row.conversationId } })).toMatchObject({
      lastMessagePreview: "Picture or file",
      requiresResponse: true,
    });
  });

  test("a page and its cursor are stored together", async () => {
    const message = vendorText();
    await poll([message], { cursor: { token: "page-7" } });
    expect(await cursor()).toEqual({ token: "page-7" });
    await only(message);
  });

  test("a poller that lost its lease stores neither its page nor its cursor", async () => {
    await poll([], { cursor: "held" });
    await database().owner.connection.update({ where: { id: line.connectionId }, data: { fencingToken: 8 } });
    const message = vendorText();
    await expect(poll([message], { fencingToken: 7n, cursor: "stale" })).rejects.toMatchObject({ code: "conflict" });
    expect(await rowsOf(message.externalId)).toEqual([]);
    expect(await cursor()).toBe("held");
    await database().owner.connection.update({ where: { id: line.connectionId }, data: { fencingToken: 0 } });
  });

  test("a page of which one message cannot be stored leaves nothing behind and does not move the cursor", async () => {
    await poll([], { cursor: "before" });
    const good = vendorText();
    const broken = { ...vendorText(), sentAt: new Date(Number.NaN) };
    await expect(poll([good, broken], { cursor: "after" })).rejects.toThrow();
    expect(await rowsOf(good.externalId)).toEqual([]);
    expect(await cursor()).toBe("before");
  });

  test("a message into a resolved conversation opens it again and somebody waits", async () => {
    const { conversationId, phone } = await write(line);
    await database().owner.conversation.update({
      where: { id: conversationId },
      data: { status: "resolved", resolvedAt: new Date(), waitingSince: null },
    });
    await write(line, { from: phone });
    expect(await database().owner.conversation.findUniqueOrThrow({ where: { id: conversationId } })).toMatchObject({
      status: "open",
      resolvedAt: null,
      waitingSince: expect.any(Date),
    });
  });
});

describe("tenant", () => {
  test("a connection of another club looks like a missing one", async () => {
    const other = await makeLine();
    const input = {
      connectionId: other.connectionId,
      messages: [vendorText()],
      origin: { kind: "webhook", deliveryId: "foreign", eventKind: "message" },
    } as const;
    await expect(ingestMessages(line.webhook, input)).rejects.toMatchObject({ code: "not_found" });
    await expect(ingestMessages(line.webhook, { ...input, connectionId: newId("connection") })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await database().owner.message.count({ where: { clubId: other.club.id } })).toBe(0);
  });

  test("the same vendor id in two clubs is two messages", async () => {
    const other = await makeLine({ franchiseId: line.club.franchiseId });
    const message = vendorText();
    await arrive(line, message);
    await arrive(other, message);
    expect(await database().owner.message.count({ where: { externalId: message.externalId } })).toBe(2);
  });

  test("people may not ingest, only machines", async () => {
    const input = {
      connectionId: line.connectionId,
      messages: [],
      origin: { kind: "webhook", deliveryId: "person", eventKind: "message" },
    } as const;
    await expect(ingestMessages(line.club.as.owner, input)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("ledger", () => {
  test("what was stored is in the audit and in the news, with the conversation's number in its club", async () => {
    const { conversationId } = await write(line);
    const conversation = await database().owner.conversation.findUniqueOrThrow({ where: { id: conversationId } });
    const news = await database().owner.outboxEvent.findFirstOrThrow({ where: { conversationId }, orderBy: { clubSequence: "desc" } });
    expect(conversation.clubSequence).toBe(news.clubSequence);
    const audit = await database().owner.auditLog.findFirstOrThrow({
      where: { clubId: line.club.id, action: "message.ingested" },
      orderBy: { id: "desc" },
    });
    expect(audit).toMatchObject({ entityId: line.connectionId, details: { count: 1, origin: "webhook" } });
  });
});
