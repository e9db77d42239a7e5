import { afterEach, expect, test } from "vitest";

import { startEmailWorld, type EmailWorld } from "#local/vendors/email/testing.ts";
import { now } from "#server/platform/clock.ts";

import type { PollResult } from "../inbox-port.ts";
import type { Connector, JsonValue } from "../ports.ts";
import { MAIL_MAX_BYTES } from "./limits.ts";
import { readMail } from "./map.ts";
import { connectorTo } from "./testing.ts";

const MEMBER = "orla.wintergreen.2@ironwood-denver.example";

const opened: EmailWorld[] = [];
const enter = async (): Promise<EmailWorld> => {
  const world = await startEmailWorld();
  opened.push(world);
  return world;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

const poll = async (connector: Connector, cursor: JsonValue = null, limit = 50): Promise<PollResult> => {
  const result = await connector.inbox?.poll({ cursor, limit });
  if (result === undefined) {
    throw new TypeError("this connector polls nothing");
  }
  return result;
};

const textsOf = (result: PollResult): string[] => result.messages.map(({ text }) => text.trim());

test("a poll without news is unchanged, and brings nothing a second time, though N:* always names the last mail", async () => {
  const world = await enter();
  const connector = connectorTo(world);
  await world.write({ from: MEMBER, text: "one" });
  const first = await poll(connector);
  expect(textsOf(first)).toEqual(["one"]);
  const second = await poll(connector, first.cursor);
  expect(second).toMatchObject({ messages: [], unchanged: true, more: false });
  await world.write({ from: MEMBER, text: "two" });
  expect(textsOf(await poll(connector, second.cursor))).toEqual(["two"]);
});

test("an empty mailbox has a place to go on from", async () => {
  const world = await enter();
  const connector = connectorTo(world);
  const first = await poll(connector);
  expect(first).toMatchObject({ messages: [], unchanged: false });
  await world.write({ from: MEMBER, text: "one" });
  expect(textsOf(await poll(connector, first.cursor))).toEqual(["one"]);
});

test("a backlog is read page by page, each mail once, oldest first", async () => {
  const world = await enter();
  const connector = connectorTo(world);
  for (let index = 0; index < 7; index += 1) {
    await world.write({ from: MEMBER, text: `mail ${index}` });
  }
  const read: string[] = [];
  let cursor: JsonValue = null;
  for (let hasMore = true; hasMore;) {
    const page = await poll(connector, cursor, 4);
    read.push(...textsOf(page));
    expect(page.messages.length).toBeLessThanOrEqual(4);
    ({ cursor, more: hasMore } = page);
  }
  expect(read).toEqual(Array.from({ length: 7 }, (_, index) => `mail ${index}`));
});

test("after the server has numbered everything afresh no mail is lost, and each is recognisable by its id", async () => {
  const world = await enter();
  const connector = connectorTo(world);
  await world.write({ from: MEMBER, text: "one" });
  await world.write({ from: MEMBER, text: "without ids", shape: "no_ids" });
  const before = await poll(connector);
  await world.write({ from: MEMBER, text: "between" });
  await world.renumber();
  const after = await poll(connector, before.cursor);
  expect(textsOf(after)).toEqual(["one", "without ids", "between"]);
  expect(after.messages.slice(0, 2).map(({ externalId }) => externalId)).toEqual(before.messages.map(({ externalId }) => externalId));
  expect(await poll(connector, after.cursor)).toMatchObject({ messages: [], unchanged: true });
});

test("a connection that breaks while mail is handed out fails as a whole: the cursor stays where it was", async () => {
  const world = await enter();
  const connector = connectorTo(world);
  await world.write({ from: MEMBER, text: "one" });
  await world.write({ from: MEMBER, text: "two" });
  await world.fault({ kind: "disconnect", operation: "imap", count: 1 });
  await expect(poll(connector)).rejects.toMatchObject({ kind: "unavailable" });
  expect(textsOf(await poll(connector))).toEqual(["one", "two"]);
});

test("a search that the server refuses is no folder without news, and no proof that a mail was not sent", async () => {
  const world = await enter();
  const connector = connectorTo(world);
  await connector.send?.send({ key: "eff_1", to: MEMBER, subject: "Hi", text: "Hi" });
  await world.fault({ kind: "search_refused", operation: "imap" });
  await expect(poll(connector)).rejects.toMatchObject({ kind: "unavailable" });
  await expect(connector.send?.readBack?.({ key: "eff_1", to: MEMBER, text: "Hi", since: new Date(0) })).rejects.toMatchObject({
    kind: "unavailable",
  });
});

test("mail of before the connection's time is left where it is", async () => {
  const world = await enter();
  await world.write({ from: MEMBER, text: "old" });
  const inTwoDays = new Date(now().getTime() + 30 * 3_600_000);
  const connector = connectorTo(world, { now: () => inTwoDays });
  const first = await poll(connector);
  expect(first.messages).toEqual([]);
});

test("an answer of staff from the mailbox itself is an outbound message in the member's thread", async () => {
  const world = await enter();
  const { messageId } = await world.write({ from: MEMBER, fromName: "Orla Wintergreen", text: "Is the sauna on?", subject: "Sauna" });
  await world.answerAsStaff({ to: MEMBER, text: "It is on.", inReplyTo: messageId ?? "", staffName: "Tansy Brook" });
  const { messages } = await poll(connectorTo(world));
  expect(messages).toMatchObject([
    { direction: "inbound", contact: { address: MEMBER, name: "Orla Wintergreen" }, subject: "Sauna", threadKey: messageId },
    { direction: "outbound", contact: { address: MEMBER }, threadKey: messageId, authorName: "Tansy Brook" },
  ]);
});

test("an answer to our mail meets our mail: both name the same thread", async () => {
  const world = await enter();
  const connector = connectorTo(world);
  const sent = await connector.send?.send({ key: "eff_1", to: MEMBER, subject: "Birthday", text: "Happy birthday!" });
  const ours = sent?.vendorReference ?? "";
  await world.write({ from: MEMBER, text: "Thanks!", inReplyTo: ours });
  const { messages } = await poll(connector);
  expect(messages.map(({ direction }) => direction).toSorted()).toEqual(["inbound", "outbound"]);
  expect(messages.map(({ threadKey }) => threadKey)).toEqual([ours, ours]);
  expect(messages.find(({ direction }) => direction === "outbound")?.externalId).toBe(ours);
});

test("the odd ones arrive as text: only HTML, an unknown character set, a file", async () => {
  const world = await enter();
  await world.write({ from: MEMBER, text: "Is the <sauna> on?\nThanks", shape: "html" });
  await world.write({ from: MEMBER, text: "Montreal", shape: "bad_charset" });
  await world.write({ from: MEMBER, text: "My waiver", shape: "with_file" });
  const { messages } = await poll(connectorTo(world));
  expect(messages[0]?.text.trim()).toBe("Is the <sauna> on?\nThanks");
  expect(messages[0]?.html).toContain("&lt;sauna>");
  expect(messages[1]?.text).toContain("Montreal");
  expect(messages[2]).toMatchObject({ text: expect.stringContaining("My waiver"), media: [{ type: "application/pdf" }] });
});

test("a file comes with its name and its very bytes", async () => {
  const world = await enter();
  const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  await world.write({
    from: MEMBER,
    text: "My knee",
    files: [
      { name: "knee.png", type: "image/png", contentBase64: picture.toString("base64") },
      { name: "note.bin", type: "application/x-thing", contentBase64: Buffer.from([0, 1, 2]).toString("base64") },
    ],
  });
  const { messages } = await poll(connectorTo(world));
  expect(messages[0]?.text.trim()).toBe("My knee");
  expect(messages[0]?.media).toEqual([
    {
      url: expect.stringMatching(/^mid:/),
      type: "image/png",
      name: "knee.png",
      sizeBytes: picture.length,
      content: new Uint8Array(picture),
    },
    { url: expect.stringMatching(/^mid:/), type: "application/x-thing", name: "note.bin", sizeBytes: 3, content: Uint8Array.of(0, 1, 2) },
  ]);
});

test("of a mail that is longer than what is fetched the last file is named without bytes, because they are not whole", async () => {
  const source = (bytes: number): Buffer =>
    Buffer.from(
      [
        `From: <${MEMBER}>`,
        "To: <hello@club.example>",
        "Message-ID: <long@members.example>",
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "two files",
        ...["first", "second"].flatMap((name) => [
          "--b",
          `Content-Type: application/pdf; name="${name}.pdf"`,
          "Content-Disposition: attachment",
          "Content-Transfer-Encoding: base64",
          "",
          "QUJDRA==",
        ]),
        "A".repeat(bytes),
      ].join("\r\n"),
    );
  const surroundings = { folder: "inbox", address: "hello@club.example", fromName: "Club", connectionId: "conn_1" } as const;
  const mediaAt = async (bytes: number) => {
    const read = await readMail({ uid: 1, source: source(bytes).subarray(0, MAIL_MAX_BYTES), internalDate: now() }, surroundings);
    return read?.message.media.map(({ content, name }) => [name, content !== undefined]);
  };
  expect(await mediaAt(4)).toEqual([
    ["first.pdf", true],
    ["second.pdf", true],
  ]);
  expect(await mediaAt(MAIL_MAX_BYTES)).toEqual([
    ["first.pdf", true],
    ["second.pdf", false],
  ]);
});

test("what a machine or a list wrote is marked, what a person wrote is not", async () => {
  const world = await enter();
  await world.write({ from: MEMBER, text: "a person" });
  await world.write({ from: MEMBER, text: "I am away", shape: "auto_reply" });
  await world.write({ from: "news@supplier.example", text: "New dumbbells", shape: "list" });
  await world.write({ from: "mailer-daemon@mx.example", text: "returned" });
  await world.write({ from: world.mailbox.address, text: "to myself" });
  const { messages } = await poll(connectorTo(world));
  expect(messages.map(({ isAutomatic = false }) => isAutomatic)).toEqual([false, true, true, true, true]);
});

test("a mail that came back tells of its delivery, and of an address that is gone", async () => {
  const world = await enter();
  const connector = connectorTo(world);
  const sent = await connector.send?.send({ key: "eff_1", to: MEMBER, subject: "Hi", text: "Hi" });
  const messageId = sent?.vendorReference ?? "";
  const first = await poll(connector);
  await world.bounce({ recipient: MEMBER, status: "5.1.1", messageId });
  const { messages, events } = await poll(connector, first.cursor);
  expect(messages).toMatchObject([{ isAutomatic: true, direction: "inbound" }]);
  expect(events).toMatchObject([
    { kind: "delivery", externalId: messageId, status: "undelivered", errorCode: "5.1.1" },
    { kind: "suppression", address: MEMBER, channelKind: "email", isSuppressed: true, source: "hard_bounce" },
  ]);
});

test("a full mailbox or a blocked sender silences nobody, and neither does a report that somebody made up", async () => {
  const world = await enter();
  const connector = connectorTo(world);
  const sent = await connector.send?.send({ key: "eff_1", to: MEMBER, subject: "Hi", text: "Hi" });
  const messageId = sent?.vendorReference ?? "";
  await world.bounce({ recipient: MEMBER, status: "5.2.2", messageId });
  await world.bounce({ recipient: MEMBER, status: "5.7.1", messageId });
  await world.bounce({ recipient: MEMBER, status: "4.4.1", messageId });
  await world.bounce({ recipient: "somebody.else@ironwood-denver.example", status: "5.1.1", messageId });
  await world.bounce({ recipient: MEMBER, status: "5.1.1", messageId: "<eff_1.00000000000000000000@ironwood-denver.example>" });
  const { messages, events } = await poll(connector);
  expect(messages.filter(({ direction }) => direction === "inbound")).toHaveLength(5);
  expect(events?.map((event) => event.kind)).toEqual(["delivery", "delivery"]);
});
