import { addressKey } from "#server/platform/keys.ts";
import { listShards } from "#server/services/sync/poll-shard.ts";
import { pollConnection } from "#server/services/sync/poll-connection.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { reconcileEffect } from "#server/services/effects/reconcile-effect.ts";
import type { Id } from "#server/domain/ids.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone, makeClub, type TestClub } from "#server/testing/factories.ts";
import { connect } from "#server/testing/scripted-line.ts";
import { reachOpenPhoneAt } from "#server/testing/scripted-openphone.ts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import type { Arrival } from "../../../local/vendors/_shared/testing-receiver.ts";
import { startOpenPhoneWorld } from "../../../local/vendors/openphone/testing.ts";
import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { receiveWebhook } from "./receive-webhook.ts";

useDatabase();

const [demo] = DEMO_CLUBS;
if (demo === undefined) {
  throw new Error("the demo has no club");
}

let world: Awaited<ReturnType<typeof startOpenPhoneWorld>>;
let club: TestClub;
let connectionId: Id<"connection">;
let system: ServiceContext;
let seen = 0;

beforeAll(async () => {
  world = await startOpenPhoneWorld({ club: demo });
  reachOpenPhoneAt(world.url);
  club = await makeClub();
  connectionId = await connect(club, { credentials: { ...demo.openPhone } });
  system = { franchiseId: club.franchiseId, clubId: club.id, actor: { kind: "system", job: "test" }, requestId: "test" };
});

afterAll(() => world.close());

const owner = () => database().owner;
/** The next webhook the sandbox sends. */
const nextArrival = async (): Promise<Arrival> => {
  seen += 1;
  const arrival = (await world.arrivals(seen))[seen - 1];
  if (arrival === undefined) {
    throw new Error("no webhook came");
  }
  return arrival;
};
const take = ({ request }: Arrival, over: { readonly connectionId?: string } = {}) =>
  receiveWebhook({ provider: "openphone", path: `/api/webhooks/openphone/${connectionId}`, connectionId, ...request, ...over });
const storedTexts = async (phone: string) =>
  (
    await owner().message.findMany({
      where: { clubId: club.id, conversation: { contact: { identities: { some: { addressKey: addressKey(phone) } } } } },
      orderBy: { sequence: "asc" },
    })
  ).map(({ body, author }) => [author, body]);

describe("no-double-in", () => {
  test("a webhook of the vendor's sandbox is stored, and its replay is answered and changes nothing", async () => {
    const phone = anyPhone();
    await world.textFrom(phone, "are you open today?");
    const arrival = await nextArrival();
    expect(await take(arrival)).toMatchObject({ isReplay: false });
    expect(await take(arrival)).toMatchObject({ isReplay: true });
    expect(await Promise.all([take(arrival), take(arrival)])).toMatchObject([{ isReplay: true }, { isReplay: true }]);
    expect(await storedTexts(phone)).toEqual([["contact", "are you open today?"]]);
  });

  test("what a webhook brought and the poll finds again is one message", async () => {
    const phone = anyPhone();
    await world.textFrom(phone, "and tomorrow?");
    await take(await nextArrival());
    await pollConnection(system, { connectionId, signal: new AbortController().signal });
    expect(await storedTexts(phone)).toEqual([["contact", "and tomorrow?"]]);
    expect((await listShards()).flat()).toContain(connectionId);
  });
});

describe("no-loss", () => {
  test("what the webhooks lost the poll finds", async () => {
    const phone = anyPhone();
    await world.fault({ kind: "lost_webhook", operation: "webhook", count: 1 });
    await world.textFrom(phone, "did you get this?");
    await owner().connection.update({ where: { id: connectionId }, data: { nextPollAt: new Date(Date.now() - 1_000) } });
    await pollConnection(system, { connectionId, signal: new AbortController().signal });
    expect(await storedTexts(phone)).toEqual([["contact", "did you get this?"]]);
  });

  test("a body that is signed but not understood is kept in quarantine, once, with a card", async () => {
    await world.textFrom(anyPhone(), "fine");
    const { request } = await nextArrival();
    const { createHmac } = await import("node:crypto");
    const body = JSON.stringify({ id: "EVstrange", type: "message.received", createdAt: "never" });
    const key = Buffer.from(demo.openPhone.webhookKey.replace(/^whsec_/, ""), "base64");
    const headers = {
      ...request.headers,
      "webhook-signature": `v1,${createHmac("sha256", key).update(`${request.headers["webhook-id"]}.${request.headers["webhook-timestamp"]}.${body}`).digest("base64")}`,
    };
    for (let times = 0; times < 2; times += 1) {
      await expect(
        receiveWebhook({ provider: "openphone", path: "/", connectionId, headers, rawBody: Buffer.from(body) }),
      ).rejects.toMatchObject({
        code: "invalid",
      });
    }
    expect(await owner().quarantinedPayload.findMany({ where: { connectionId } })).toMatchObject([{ source: "webhook", body }]);
    expect(await owner().alert.findMany({ where: { connectionId, kind: "payload_quarantined" } })).toMatchObject([{ count: 2 }]);
  });
});

describe("tenant", () => {
  test("a changed body, a missing signature and an unknown connection are refused and store nothing", async () => {
    const phone = anyPhone();
    await world.textFrom(phone, "original");
    const { request, path } = await nextArrival();
    const arrival = { request, path };
    const before = await owner().message.count({ where: { clubId: club.id } });
    await expect(
      take({
        path,
        request: { ...request, rawBody: Buffer.from(Buffer.from(request.rawBody).toString().replace("original", "changed!")) },
      }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await expect(take({ path, request: { ...request, headers: {} } })).rejects.toMatchObject({ code: "forbidden" });
    await expect(take(arrival, { connectionId: "conn_01h45ytscbebyvny4gc8cr8ma2" })).rejects.toMatchObject({ code: "not_found" });
    await expect(take(arrival, { connectionId: "1 or 1=1" })).rejects.toMatchObject({ code: "not_found" });
    await owner().connection.update({ where: { id: connectionId }, data: { status: "disabled" } });
    await expect(take(arrival)).rejects.toMatchObject({ code: "not_found" });
    await owner().connection.update({ where: { id: connectionId }, data: { status: "active" } });
    expect(await owner().message.count({ where: { clubId: club.id } })).toBe(before);
  });

  test("the webhook of another club's number brings nothing into this club", async () => {
    const other = await makeClub();
    const foreign = await connect(other, { credentials: { ...demo.openPhone, phoneNumberId: "PNanother" } });
    await world.textFrom(anyPhone(), "not yours");
    await take(await nextArrival(), { connectionId: foreign });
    expect(await owner().message.count({ where: { clubId: other.id } })).toBe(0);
  });
});

describe("suppression", () => {
  test("a STOP by webhook is suppressed when the call is answered, and confirmed once", async () => {
    const phone = anyPhone();
    await world.textFrom(phone, "STOP");
    await take(await nextArrival());
    expect(await owner().suppression.count({ where: { addressKey: addressKey(phone), liftedAt: null } })).toBe(1);
    await vi.waitFor(async () => expect((await world.acceptedFor(phone)).filter((text) => text.includes("unsubscribed"))).toHaveLength(1));
    await take(await nextArrival());
    await vi.waitFor(async () =>
      expect(await owner().effect.count({ where: { clubId: club.id, purpose: "opt_out_confirmation", status: "confirmed" } })).toBe(1),
    );
  });
});

describe("at-most-once-out", () => {
  test("our own message comes back by webhook as delivered: one row, and no takeover by its echo", async () => {
    const phone = anyPhone();
    await world.textFrom(phone, "hello");
    await take(await nextArrival());
    const { id } = await owner().conversation.findFirstOrThrow({
      where: { clubId: club.id, contact: { identities: { some: { addressKey: addressKey(phone) } } } },
    });
    await queueReply(club.as.staff, { conversationId: id as Id<"conversation">, text: "hi, come in!", clientKey: "key-echo" });
    await take(await nextArrival());
    expect(await storedTexts(phone)).toEqual([
      ["contact", "hello"],
      ["staff", "hi, come in!"],
    ]);
    expect(await owner().message.findFirstOrThrow({ where: { conversationId: id, direction: "outbound" } })).toMatchObject({
      status: "delivered",
      deliveredAt: expect.any(Date),
    });
    expect((await owner().handover.findMany({ where: { conversationId: id }, orderBy: { id: "asc" } })).map(({ cause }) => cause)).toEqual([
      "new",
      "replied",
    ]);
  });

  test.each([
    ["after", "error_after", 1],
    ["before", "error_before", 2],
  ])("an error of the sandbox %s acceptance ends in exactly one text", async (_when, kind, attempts) => {
    const phone = anyPhone();
    await world.textFrom(phone, "hello");
    await take(await nextArrival());
    const { id } = await owner().conversation.findFirstOrThrow({
      where: { clubId: club.id, contact: { identities: { some: { addressKey: addressKey(phone) } } } },
    });
    await world.fault({ kind, operation: "send", count: 1 });
    await queueReply(club.as.staff, { conversationId: id as Id<"conversation">, text: `we will see (${kind})`, clientKey: `key-${kind}` });
    const effect = await owner().effect.findFirstOrThrow({ where: { conversationId: id } });
    expect(effect.status).toBe("unknown");
    for (const seconds of [1, 32]) {
      await reconcileEffect({ ...system, fixedNow: new Date(Date.now() + seconds * 1_000) }, { effectId: effect.id as Id<"effect"> });
    }
    await dispatchEffect(system, { effectId: effect.id as Id<"effect"> });
    expect(await world.acceptedFor(phone)).toEqual([`we will see (${kind})`]);
    expect(await owner().effect.findUniqueOrThrow({ where: { id: effect.id } })).toMatchObject({ status: "confirmed", attempt: attempts });
    await nextArrival();
  });
});
