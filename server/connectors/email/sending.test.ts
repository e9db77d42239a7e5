import { simpleParser } from "mailparser";
import { afterEach, expect, test } from "vitest";

import { startEmailWorld, type EmailWorld } from "#local/vendors/email/testing.ts";

import { ConnectorError, HttpFailure } from "../errors.ts";
import type { Connector, SendInput } from "../ports.ts";
import { connectorTo } from "./testing.ts";

const MEMBER = "orla.wintergreen.2@ironwood-denver.example";
const SINCE = new Date(0);

const opened: EmailWorld[] = [];
const enter = async (options: Parameters<typeof startEmailWorld>[0] = {}): Promise<EmailWorld> => {
  const world = await startEmailWorld(options);
  opened.push(world);
  return world;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
});

const send = (connector: Connector, over: Partial<SendInput> = {}) => {
  if (connector.send === undefined) {
    throw new TypeError("this connector sends nothing");
  }
  return connector.send.send({ key: "eff_1", to: MEMBER, subject: "Your visit", text: "See you at six.", ...over });
};

const failureOf = async (work: Promise<unknown>): Promise<Partial<ConnectorError>> => {
  try {
    await work;
    return {};
  } catch (error) {
    return error instanceof ConnectorError ? { kind: error.kind, reason: error.reason } : Promise.reject(error);
  }
};

test("a mail that is no answer carries both unsubscribe headers as RFC 8058 spells them", async () => {
  const world = await enter();
  await send(connectorTo(world), { unsubscribeUrl: "https://app.example/api/unsubscribe/abc" });
  const [mail] = await world.sent();
  expect(mail?.raw).toContain("\nList-Unsubscribe: <https://app.example/api/unsubscribe/abc>\r\n");
  expect(mail?.raw).toContain("\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
});

test("an answer names the thread it belongs to, and its subject", async () => {
  const world = await enter();
  await send(connectorTo(world), { threadKey: "<root@members.example>", subject: "Sauna" });
  await send(connectorTo(world), { key: "eff_2", threadKey: "<root@members.example>", subject: "Re: Sauna" });
  const mails = await world.sent();
  expect(mails.map(({ raw }) => /^Subject: (.*)\r$/m.exec(raw)?.[1])).toEqual(["Re: Sauna", "Re: Sauna"]);
  expect(mails[0]?.raw).toContain("\nIn-Reply-To: <root@members.example>\r\n");
  expect(mails[0]?.raw).toContain("\nReferences: <root@members.example>\r\n");
});

test("a line break in what others wrote adds no header", async () => {
  const world = await enter();
  await send(connectorTo(world), { subject: "Hi\r\nBcc: everybody@members.example", threadKey: "<a@b>\r\nX-Evil: 1" });
  const [mail] = await world.sent();
  expect(mail?.raw).not.toMatch(/^(?:Bcc|X-Evil):/m);
  expect(mail?.to).toEqual([MEMBER]);
});

test("files go along as they are, under their names, and never as a part that a mail program would show by itself", async () => {
  const world = await enter();
  const pdf = Uint8Array.from({ length: 40_000 }, (_value, index) => (index * 31) % 256);
  const files = [
    { name: "Verträge.pdf", mediaType: "application/pdf", content: pdf },
    { name: "list.txt", mediaType: "text/plain", content: new TextEncoder().encode("one\r\ntwo\n") },
  ];
  await send(connectorTo(world), { files, threadKey: "<root@members.example>" });
  const parsed = await simpleParser(Buffer.from((await world.sent())[0]?.raw ?? ""));
  expect(parsed.text?.trim()).toBe("See you at six.");
  expect(parsed.attachments.map(({ contentDisposition, contentType, filename }) => [contentDisposition, contentType, filename])).toEqual([
    ["attachment", "application/pdf", "Verträge.pdf"],
    ["attachment", "text/plain", "list.txt"],
  ]);
  expect(parsed.attachments.map(({ content }) => Buffer.compare(content, Buffer.from(files.shift()?.content ?? [])))).toEqual([0, 0]);
});

test("every attempt of one effect has one Message-ID, and no two effects share one", async () => {
  const world = await enter();
  const first = await send(connectorTo(world));
  const again = await send(connectorTo(world));
  const other = await send(connectorTo(world), { key: "eff_2" });
  expect(again.vendorReference).toBe(first.vendorReference);
  expect(other.vendorReference).not.toBe(first.vendorReference);
  expect((await world.sent())[0]?.messageId).toBe(first.vendorReference);
});

test.each([
  ["closing", { kind: "unavailable", reason: "other" }],
  ["greylisted", { kind: "unavailable", reason: "other" }],
  ["unknown_user", { kind: "rejected", reason: "invalid_address" }],
  ["refused_by_policy", { kind: "rejected", reason: "not_allowed" }],
  ["too_large", { kind: "rejected", reason: "other" }],
] as const)("the server's own word is believed: after %s nothing has happened", async (kind, expected) => {
  const world = await enter();
  await world.fault({ kind, operation: "smtp" });
  expect(await failureOf(send(connectorTo(world)))).toEqual(expected);
  expect(await world.sent()).toEqual([]);
});

test("nobody reads mail at an invented address, and a text that is no address is refused unsent", async () => {
  const world = await enter();
  expect(await failureOf(send(connectorTo(world), { to: "nobody@ironwood-denver.example" }))).toEqual({
    kind: "rejected",
    reason: "invalid_address",
  });
  expect(await failureOf(send(connectorTo(world), { to: "a@b.example, c@d.example" }))).toEqual({
    kind: "rejected",
    reason: "invalid_address",
  });
});

test("a wrong password is said as such by both servers", async () => {
  const world = await enter();
  const connector = connectorTo(world, { network: { credentials: { password: "not this one" } } });
  expect(await failureOf(send(connector))).toMatchObject({ kind: "unauthorized" });
  expect(await failureOf(connector.inbox?.poll({ cursor: null, limit: 10 }) ?? Promise.resolve())).toMatchObject({ kind: "unauthorized" });
});

test("without encryption the password goes to no server that is asked for it", async () => {
  const world = await enter();
  const connector = connectorTo(world, { settings: { security: "tls" } });
  expect(await failureOf(send(connector))).toMatchObject({ kind: "unavailable" });
  expect(await failureOf(connector.check())).toMatchObject({ kind: "unavailable" });
  expect(await world.sent()).toEqual([]);
});

test("an address that the installation does not call is not called", async () => {
  const world = await enter();
  const network = {
    checkAddress: () => Promise.reject(new HttpFailure("not_sent", "the address lies in a network that Spotter does not call")),
  };
  expect(await failureOf(send(connectorTo(world, { network })))).toMatchObject({ kind: "unavailable" });
});

test("where the server files nothing a copy is filed, and absence there never counts as proof", async () => {
  const world = await enter({ keepsSent: false });
  const connector = connectorTo(world, { settings: { keepsSent: "off" } });
  expect(connector.capabilities).not.toContain("message.readBack");
  expect(connector.send?.readBack).toBeUndefined();
  await send(connector);
  const poll = await connector.inbox?.poll({ cursor: null, limit: 10 });
  expect(poll?.messages.map(({ direction, text }) => [direction, text.trim()])).toEqual([["outbound", "See you at six."]]);
});

test("a copy that cannot be filed does not make a sent mail unsent", async () => {
  const world = await enter({ keepsSent: false });
  await world.fault({ kind: "outage", operation: "imap" });
  expect(await send(connectorTo(world, { settings: { keepsSent: "off" } }))).toMatchObject({ status: "sent" });
  expect(await world.sent()).toHaveLength(1);
});

test("a mailbox without a folder of sent mail declares no read-back", async () => {
  const world = await enter();
  expect(connectorTo(world, { settings: { sentFolder: "none" } }).capabilities).toEqual(["inbox.poll", "message.send", "message.files"]);
  expect(await failureOf(connectorTo(world, { settings: { sentFolder: "Gesendet" } }).check())).toEqual({
    kind: "rejected",
    reason: "not_found",
  });
});

test("a read-back that cannot be made says so, instead of saying that nothing is there", async () => {
  const world = await enter();
  const connector = connectorTo(world);
  await send(connector);
  await world.fault({ kind: "error_before", operation: "imap", count: 1 });
  const look = () => connector.send?.readBack?.({ key: "eff_1", to: MEMBER, text: "", since: SINCE }) ?? Promise.resolve();
  expect(await failureOf(look())).toMatchObject({ kind: "unavailable" });
  expect(await look()).toMatchObject({ found: { vendorReference: (await world.sent())[0]?.messageId } });
});
