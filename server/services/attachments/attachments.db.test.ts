import { ConnectorError } from "#server/connectors/errors.ts";
import type { Capability, Connector, SendInput } from "#server/connectors/ports.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { withClub } from "#server/platform/tenant.ts";
import { systemContext, type ServiceContext } from "#server/services/context.ts";
import { getThread } from "#server/services/conversations/get-thread.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { takeBackReply } from "#server/services/conversations/take-back-reply.ts";
import { ingestMessages } from "#server/services/messages/ingest-messages.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeConversation, makeMessage, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { useScriptedConnector } from "#server/testing/scripted-connector.ts";
import { vendorText } from "#server/testing/scripted-line.ts";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { dispatchEffect } from "../effects/dispatch-effect.ts";
import { CLUB_DAY_MAX_BYTES, KEPT_MAX_BYTES, UNSENT_KEPT_HOURS, UNSENT_MAX_COUNT, UPLOAD_MAX_BYTES } from "./limits.ts";
import { openFile } from "./open-file.ts";
import { removeUpload } from "./remove-upload.ts";
import { listOldUploads, sweepUpload } from "./sweep-uploads.ts";
import { uploadFile } from "./upload-file.ts";

useDatabase();

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const PDF = bytes("%PDF-1.7 a waiver");
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);

let club: TestClub;
let foreign: TestClub;
let sent: SendInput[] = [];
let fetched: string[] = [];
let capabilities: readonly Capability[] = [];

useScriptedConnector("email", (): Omit<Connector, "provider"> => ({
  capabilities,
  check: () => Promise.resolve({ account: "scripted" }),
  files: {
    fetch: ({ url }) => {
      fetched.push(url);
      return url.endsWith("gone")
        ? Promise.reject(new ConnectorError("rejected", "gone", { reason: "not_found" }))
        : url.endsWith("later")
          ? Promise.reject(new ConnectorError("unavailable", "later"))
          : Promise.resolve({ content: PNG, type: "image/png" });
    },
  },
  send: {
    send: (input) => {
      sent.push(input);
      return Promise.resolve({ vendorReference: `<${input.key}@club.example>`, status: "sent" });
    },
  },
}));

beforeAll(async () => {
  [club, foreign] = await Promise.all([makeClub(), makeClub()]);
});

beforeEach(() => {
  sent = [];
  capabilities = ["message.send", "message.files"];
  // The seconds in which a reply can be taken back stand still; the database's clock is set by each call.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
});
afterEach(() => void vi.useRealTimers());

const at = (ctx: ServiceContext, seconds: number): ServiceContext => ({ ...ctx, fixedNow: new Date(MADE_AT.getTime() + seconds * 1_000) });
const owner = () => database().owner;
const rowOf = (id: string) => owner().attachment.findUnique({ where: { id } });
const add = (content = PDF, name = "waiver.pdf", ctx = club.as.staff) => uploadFile(at(ctx, 0), { name, content });
const mail = async () => (await makeConversation(club, { kind: "email" })).conversation.id;
const actionsOn = async (entityId: string) =>
  (await owner().auditLog.findMany({ where: { entityId }, orderBy: { id: "asc" } })).map(({ action }) => action);

type Reply = { readonly attachmentIds: readonly Id<"attachment">[]; readonly clientKey?: string; readonly isHeld?: boolean };
const reply = (conversationId: Id<"conversation">, { attachmentIds, clientKey = newId("message"), isHeld = true }: Reply) =>
  queueReply(at(club.as.staff, 60), { conversationId, text: "Here it is", clientKey, isHeld, attachmentIds: [...attachmentIds] });
const effectOf = async (messageId: string) => {
  const { effectId } = await owner().message.findUniqueOrThrow({ where: { id: messageId } });
  return owner().effect.findUniqueOrThrow({ where: { id: effectId ?? "" } });
};
const dispatch = async (messageId: string) => {
  const { id } = await effectOf(messageId);
  return dispatchEffect(at(club.as.staff, 90), { effectId: id as Id<"effect"> });
};

describe("what a contact sends", () => {
  type Media = Parameters<typeof vendorText>[0] extends infer T ? NonNullable<T> : never;
  const arrive = async (media: NonNullable<Media["media"]>) => {
    const { channel } = await makeConversation(club, { kind: "email" });
    const externalId = `<${newId("message")}@members.example>`;
    await ingestMessages(at(systemContext(scopeOf(club), { job: "test" }), 0), {
      connectionId: channel.connectionId as Id<"connection">,
      messages: [vendorText({ externalId, from: "robin@members.example", channelExternalId: channel.externalId, media })],
      origin: { kind: "webhook", deliveryId: externalId, eventKind: "message" },
    });
    const message = await owner().message.findFirstOrThrow({ where: { clubId: club.id, externalId } });
    const thread = await getThread(club.as.staff, { conversationId: message.conversationId as Id<"conversation"> });
    return thread.messages.find(({ id }) => id === message.id)?.files ?? [];
  };

  test("is named in the thread with its kind and size, and opens with its very bytes", async () => {
    const files = await arrive([{ url: "mid:1", type: "application/pdf", name: "kn\u202Eee.png", content: PNG, sizeBytes: PNG.length }]);
    expect(files).toEqual([{ id: expect.any(String), name: "kn ee.png", mediaType: "image/png", sizeBytes: PNG.length, canOpen: true }]);
    const opened = await openFile(club.as.staff, { attachmentId: files[0]?.id ?? "" });
    expect(opened).toMatchObject({ mediaType: "image/png", isPicture: true, hash: sha256(PNG) });
    expect(Buffer.compare(opened.content, PNG)).toBe(0);
  });

  test("is shown by a browser only where its bytes are a picture's, whatever the sender calls it", async () => {
    const page = bytes("<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>");
    const [file] = await arrive([{ url: "mid:1", type: "image/svg+xml", name: "logo.png", content: page }]);
    expect(await openFile(club.as.staff, { attachmentId: file?.id ?? "" })).toMatchObject({
      mediaType: "application/octet-stream",
      isPicture: false,
    });
  });

  test("stays with the vendor where it is too large, did not come along, or the club's day is full; it is named all the same", async () => {
    const large = new Uint8Array(KEPT_MAX_BYTES + 1);
    const [tooLarge, notHere] = await arrive([
      { url: "mid:1", type: "video/mp4", name: "squat.mp4", content: large },
      { url: "https://media.example/1", type: null },
    ]);
    expect(tooLarge).toMatchObject({ name: "squat.mp4", canOpen: false });
    expect(notHere).toMatchObject({ name: "attachment-2", mediaType: "application/octet-stream", sizeBytes: 0, canOpen: false });
    await expect(openFile(club.as.staff, { attachmentId: tooLarge?.id ?? "" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("looks missing from another club, and to whom there is no such file", async () => {
    const [file] = await arrive([{ url: "mid:1", type: null, content: PDF }]);
    const asked: readonly (readonly [ServiceContext, string])[] = [
      [foreign.as.owner, file?.id ?? ""],
      [club.as.staff, newId("attachment")],
      [club.as.staff, "no id at all"],
    ];
    const answers = await Promise.all(asked.map(([ctx, attachmentId]) => openFile(ctx, { attachmentId }).catch(String)));
    expect(new Set(answers)).toEqual(new Set([expect.stringContaining("file")]));
    expect(new Set(answers).size).toBe(1);
  });
});

describe("what the vendor keeps", () => {
  const URL_OF = (name: string) => `https://vendor.example/files/${name}`;
  const named = async (name: string) => {
    const { conversation } = await makeConversation(club, { kind: "email" });
    const message = await makeMessage(club, conversation.id);
    const id = newId("attachment");
    await owner().attachment.create({
      data: {
        ...scopeOf(club),
        id,
        messageId: message.id,
        name,
        mediaType: "image/png",
        sizeBytes: 0,
        externalUrl: URL_OF(name),
        createdAt: MADE_AT,
      },
    });
    const thread = await getThread(club.as.staff, { conversationId: conversation.id });
    return { id, file: thread.messages.at(-1)?.files?.[0] };
  };

  test("is fetched when somebody first looks, kept from then on, and written down once", async () => {
    const { file, id } = await named("knee.png");
    expect(file).toMatchObject({ canOpen: true, sizeBytes: 0 });
    const opened = await Promise.all([1, 2].map(() => openFile(at(club.as.staff, 0), { attachmentId: id })));
    expect(opened.map(({ hash, isPicture }) => [hash, isPicture])).toEqual([
      [sha256(PNG), true],
      [sha256(PNG), true],
    ]);
    expect(await rowOf(id)).toMatchObject({ contentHash: sha256(PNG), sizeBytes: PNG.length });
    expect(await actionsOn(id)).toEqual(["attachment.fetched"]);
    fetched = [];
    await openFile(club.as.manager, { attachmentId: id });
    expect(fetched).toEqual([]);
  });

  test("is asked for by nobody from another club, and nowhere but at the vendor's own addresses", async () => {
    const { id } = await named("private.png");
    fetched = [];
    await expect(openFile(foreign.as.owner, { attachmentId: id })).rejects.toMatchObject({ code: "not_found" });
    await owner().attachment.update({ where: { id }, data: { externalUrl: "http://169.254.169.254/latest" } });
    await expect(openFile(club.as.staff, { attachmentId: id })).rejects.toMatchObject({ code: "not_found" });
    expect(fetched).toEqual([]);
  });

  test("and does not hand out is missing, or can be asked for again; nothing is kept of it", async () => {
    const [gone, later] = [await named("gone"), await named("later")];
    await expect(openFile(club.as.staff, { attachmentId: gone.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(openFile(club.as.staff, { attachmentId: later.id })).rejects.toMatchObject({ code: "upstream_unavailable" });
    expect((await rowOf(later.id))?.contentHash).toBeNull();
  });
});

describe("what staff add", () => {
  test("is put aside for a reply under a name that its bytes earn, and written down", async () => {
    const file = await add(PNG, "..\\photo.exe");
    expect(file).toEqual({ id: file.id, name: "photo.exe.png", mediaType: "image/png", sizeBytes: PNG.length });
    expect(await rowOf(file.id)).toMatchObject({ messageId: null, uploadedById: club.people.staff.userId, contentHash: sha256(PNG) });
    expect(await actionsOn(file.id)).toEqual(["attachment.added"]);
    expect(await openFile(club.as.staff, { attachmentId: file.id })).toMatchObject({ isPicture: true });
  });

  test("is a kind that is sent, no program and no page, and not too large", async () => {
    const refused = [bytes("MZ\u0000program"), bytes("<html><script>alert(1)</script>"), new Uint8Array(0)];
    for (const content of refused) {
      await expect(uploadFile(club.as.staff, { name: "a.pdf", content })).rejects.toThrow();
    }
    const large = new Uint8Array(UPLOAD_MAX_BYTES + 1);
    large.set(PDF);
    await expect(uploadFile(club.as.staff, { name: "a.pdf", content: large })).rejects.toThrow(/7\.0 MB/);
  });

  test("is nobody else's until it is sent: neither seen, sent nor removed by a colleague, another club or the machinery", async () => {
    const file = await add();
    const conversationId = await mail();
    await expect(openFile(club.as.manager, { attachmentId: file.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(openFile(foreign.as.owner, { attachmentId: file.id })).rejects.toMatchObject({ code: "not_found" });
    await removeUpload(club.as.manager, { attachmentId: file.id });
    await removeUpload(foreign.as.owner, { attachmentId: file.id });
    expect(await rowOf(file.id)).not.toBeNull();
    await expect(
      queueReply(club.as.manager, { conversationId, text: "Here", clientKey: newId("message"), attachmentIds: [file.id] }),
    ).rejects.toMatchObject({ code: "precondition_failed" });
    const machine = systemContext(scopeOf(club), { job: "test" });
    await expect(uploadFile(machine, { name: "a.pdf", content: PDF })).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeUpload(machine, { attachmentId: file.id })).rejects.toMatchObject({ code: "forbidden" });
    await removeUpload(club.as.staff, { attachmentId: file.id });
    expect(await rowOf(file.id)).toBeNull();
    expect(await actionsOn(file.id)).toEqual(["attachment.added", "attachment.removed"]);
  });

  test("is not without end: so many of one person, so many bytes of a club in a day", async () => {
    const busy = await makeClub();
    const before = {
      ...scopeOf(busy),
      name: "a",
      mediaType: "text/plain",
      content: bytes("a"),
      contentHash: sha256(bytes("a")),
      createdAt: MADE_AT,
    };
    const rows = (count: number, over: object) =>
      Array.from({ length: count }, () => ({ ...before, id: newId("attachment"), sizeBytes: 1, ...over }));
    await owner().attachment.createMany({ data: rows(UNSENT_MAX_COUNT, { uploadedById: busy.people.staff.userId }) });
    await expect(add(PDF, "a.pdf", busy.as.staff)).rejects.toMatchObject({ code: "limit_exceeded" });
    await add(PDF, "a.pdf", busy.as.manager);
    const { conversation } = await makeConversation(busy);
    const message = await makeMessage(busy, conversation.id);
    const full = Math.ceil(CLUB_DAY_MAX_BYTES / KEPT_MAX_BYTES);
    await owner().attachment.createMany({ data: rows(full, { messageId: message.id, sizeBytes: KEPT_MAX_BYTES }) });
    await expect(add(PDF, "a.pdf", busy.as.manager)).rejects.toMatchObject({ code: "limit_exceeded" });
    await uploadFile(at(busy.as.manager, 86_400), { name: "a.pdf", content: PDF });
  });

  test("goes a day later unless it was sent, and leaves a line", async () => {
    const [left, gone] = [await add(), await add()];
    const conversationId = await mail();
    await reply(conversationId, { attachmentIds: [left.id] });
    const later = (id: Id<"attachment">, hours: number) =>
      sweepUpload(at(systemContext(scopeOf(club), { job: "sweep" }), hours * 3_600), { attachmentId: id });
    expect(await later(gone.id, UNSENT_KEPT_HOURS - 1)).toBe(false);
    expect(await later(left.id, UNSENT_KEPT_HOURS)).toBe(false);
    expect((await listOldUploads()).map(({ id }) => id)).toContain(gone.id);
    expect((await listOldUploads()).map(({ id }) => id)).not.toContain(left.id);
    expect(await later(gone.id, UNSENT_KEPT_HOURS)).toBe(true);
    expect(await rowOf(gone.id)).toBeNull();
    expect(await rowOf(left.id)).not.toBeNull();
    expect(await actionsOn(gone.id)).toEqual(["attachment.added", "attachment.removed"]);
    await expect(reply(conversationId, { attachmentIds: [gone.id] })).rejects.toMatchObject({ code: "precondition_failed" });
  });
});

describe("a reply with files", () => {
  test("names them with their hashes in the ledger, carries these very bytes, and shows them in the thread", async () => {
    const files = [await add(PDF, "waiver.pdf"), await add(PNG, "map.png")];
    const conversationId = await mail();
    const { messageId } = await reply(conversationId, { attachmentIds: files.map(({ id }) => id) });
    expect((await effectOf(messageId)).arguments).toMatchObject({
      files: [
        { attachmentId: files[0]?.id, name: "waiver.pdf", mediaType: "application/pdf", sizeBytes: PDF.length, sha256: sha256(PDF) },
        { attachmentId: files[1]?.id, name: "map.png", mediaType: "image/png", sizeBytes: PNG.length, sha256: sha256(PNG) },
      ],
    });
    expect(await dispatch(messageId)).toMatchObject({ status: "confirmed" });
    expect(sent.map(({ files: carried }) => carried?.map(({ content, name }) => [name, sha256(content)]))).toEqual([
      [
        ["waiver.pdf", sha256(PDF)],
        ["map.png", sha256(PNG)],
      ],
    ]);
    const thread = await getThread(club.as.manager, { conversationId });
    expect(thread.messages.find(({ id }) => id === messageId)?.files?.map(({ canOpen, name }) => [name, canOpen])).toEqual([
      ["waiver.pdf", true],
      ["map.png", true],
    ]);
    expect(await actionsOn(messageId)).toEqual(["message.queued"]);
  });

  test("sent twice with one key is one send; a file goes out with one message only", async () => {
    const file = await add();
    const conversationId = await mail();
    const clientKey = newId("message");
    const first = await reply(conversationId, { attachmentIds: [file.id], clientKey });
    expect(await reply(conversationId, { attachmentIds: [file.id], clientKey })).toEqual(first);
    await expect(reply(conversationId, { attachmentIds: [], clientKey })).rejects.toMatchObject({ code: "conflict" });
    await expect(reply(conversationId, { attachmentIds: [file.id] })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await owner().message.count({ where: { conversationId, direction: "outbound" } })).toBe(1);
  });

  test("taken back has its files again, and can be sent with them", async () => {
    const file = await add();
    const conversationId = await mail();
    const { messageId } = await reply(conversationId, { attachmentIds: [file.id] });
    await takeBackReply(at(club.as.staff, 62), { messageId });
    expect(await rowOf(file.id)).toMatchObject({ messageId: null });
    const again = await reply(conversationId, { attachmentIds: [file.id] });
    await dispatch(again.messageId);
    expect(sent).toHaveLength(1);
  });

  test("whose file is no longer the one it was written with never reaches the vendor, and a person is told", async () => {
    const file = await add();
    const { messageId } = await reply(await mail(), { attachmentIds: [file.id] });
    await owner().attachment.update({ where: { id: file.id }, data: { content: bytes("%PDF-1.7 another one") } });
    expect(await dispatch(messageId)).toEqual({ status: "failed", reason: "rejected" });
    expect(sent).toEqual([]);
    expect(await owner().alert.count({ where: { effectId: (await effectOf(messageId)).id, resolvedAt: null } })).toBe(1);
  });

  test("goes nowhere over a channel that takes none, also where it took them when the reply was written", async () => {
    const file = await add();
    const { messageId } = await reply(await mail(), { attachmentIds: [file.id] });
    capabilities = ["message.send"];
    expect(await dispatch(messageId)).toEqual({ status: "failed", reason: "rejected" });
    const other = await add();
    await expect(reply(await mail(), { attachmentIds: [other.id] })).rejects.toThrow(/takes no files/);
    expect((await getThread(club.as.staff, { conversationId: await mail() })).files.kind).toBe("none");
    expect(sent).toEqual([]);
  });

  test("keeps them for good: the application's own role cannot delete what was sent", async () => {
    const file = await add();
    await reply(await mail(), { attachmentIds: [file.id] });
    const { count } = await withClub(scopeOf(club), (tx) => tx.db.attachment.deleteMany({ where: { clubId: club.id, id: file.id } }));
    expect(count).toBe(0);
    expect(await rowOf(file.id)).not.toBeNull();
  });
});
