import { systemContext, type ServiceContext } from "#server/services/context.ts";
import { setEmergencyStop } from "#server/services/clubs/set-emergency-stop.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { consentToAll } from "#server/testing/allow-texts.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, scopeOf } from "#server/testing/factories.ts";
import { arriveAt, makeLine, publishPolicy, vendorText, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { closeShift } from "./close-shift.ts";
import { giveBackAllLeft, giveBackLeft, keepLeft } from "./decide-left.ts";
import { listLeft } from "./list-left.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

/** Friday, two in the afternoon in Denver: an hour that suits every state. */
const CLOSED = new Date("2026-11-20T21:00:00Z");
const minutes = (count: number): Date => new Date(CLOSED.getTime() + count * 60_000);
const SPAN = [{ startMinute: 8 * 60, endMinute: 14 * 60 }];
const LINE =
  "Ironwood Denver, automatic message: nobody is at the desk now. Your message is not forgotten: a person will answer you here when the desk opens again, tomorrow at 8 am.";

let serial = 0;
let line: Line;
beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver", timeZone: "America/Denver" });
  await publishPolicy(line.club, { hours: { opening: null, staffed: [SPAN, SPAN, SPAN, SPAN, SPAN, SPAN, SPAN] } });
});

const at = <T extends ServiceContext>(ctx: T, fixedNow: Date): T => ({ ...ctx, fixedNow });
const run = (when: Date) => closeShift(at(systemContext(scopeOf(line.club), { job: "close-shifts" }), when));
const shown = (when = minutes(1)) => listLeft(at(line.club.as.staff, when));
const itemId = async () => (await shown())?.items[0]?.id ?? Promise.reject(new Error("nothing is left"));

/** Somebody writes to a conversation that a person has taken, and nobody answers. */
const left = async () => {
  const phone = `+17205550${100 + (serial += 1)}`;
  const text = async (body: string, when: Date) => {
    const message = vendorText({ from: phone, text: body, name: `Guest ${serial}` });
    await arriveAt(line, when, message);
    return database().owner.message.findFirstOrThrow({
      where: { clubId: line.club.id, externalId: message.externalId },
      include: { conversation: true },
    });
  };
  const { conversationId, conversation } = await text("can somebody look at my bike?", minutes(-120));
  const id = conversationId as `conv_${string}`;
  await takeOver(at(line.club.as.staff, minutes(-110)), { conversationId: id });
  return { id, phone, contactId: conversation.contactId, text };
};
const heard = (phone: string) => vendor.accepted(phone).map((sent) => sent.text);
const conversation = (id: string) => database().owner.conversation.findUniqueOrThrow({ where: { id } });
const woken = (id: string) =>
  database().owner.outboxEvent.count({ where: { clubId: line.club.id, conversationId: id, name: "inbox/message.received" } });

describe("the end of the staffed hours", () => {
  test("lists what staff hold and left unanswered, once a day however often and by how many it is run", async () => {
    const { id } = await left();
    const answered = await left();
    await queueReply(at(line.club.as.staff, minutes(-5)), { conversationId: answered.id, text: "On it.", clientKey: "bike-0001" });
    expect(await run(minutes(-1))).toMatchObject({ isNew: false });
    const runs = await Promise.all([run(minutes(0)), run(minutes(0)), run(minutes(1))]);
    expect(runs.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await shown()).toMatchObject({
      onDate: "2026-11-20",
      isSettled: false,
      items: [{ conversationId: id, state: "open", isTold: false }],
    });
    expect(await listLeft((await makeClub()).as.owner)).toBeNull();
    expect(await database().owner.closing.count({ where: { clubId: line.club.id } })).toBe(1);
  });

  test("leaves to the next shift what nobody decided in half an hour, and tells whoever waits once when somebody answers", async () => {
    const { id, phone, contactId } = await left();
    await consentToAll(line.club, contactId);
    await run(minutes(0));
    await run(minutes(29));
    expect(heard(phone)).toEqual([]);
    await Promise.all([run(minutes(30)), run(minutes(30))]);
    await run(minutes(60));
    expect(heard(phone)).toEqual([LINE]);
    expect(await shown(minutes(61))).toMatchObject({ isSettled: true, items: [{ conversationId: id, state: "left", isTold: true }] });
    const kept = await conversation(id);
    expect(kept).toMatchObject({ handledBy: "staff", requiresResponse: true });
    // The timer does not take it from the shift that shall answer it.
    expect(kept.handBackAt?.getTime()).toBeGreaterThan(new Date("2026-11-21T16:00:00Z").getTime());
  });

  test("tells nobody again at the next closing for the same wait", async () => {
    const { phone, contactId } = await left();
    await consentToAll(line.club, contactId);
    await run(minutes(0));
    await run(minutes(30));
    await run(minutes(24 * 60));
    await run(minutes(24 * 60 + 30));
    expect(heard(phone)).toHaveLength(1);
    expect(await database().owner.closing.count({ where: { clubId: line.club.id } })).toBe(2);
  });

  test.each<[string, (who: Awaited<ReturnType<typeof left>>) => Promise<unknown>]>([
    ["who may not be written to", () => Promise.resolve()],
    ["who opted out", async (who) => (await consentToAll(line.club, who.contactId), who.text("STOP", minutes(5)))],
    [
      "under the emergency stop",
      async (who) => (await consentToAll(line.club, who.contactId), setEmergencyStop(line.club.as.manager, { reason: "test" })),
    ],
    [
      "who was answered meanwhile",
      async (who) => (
        await consentToAll(line.club, who.contactId),
        queueReply(at(line.club.as.staff, minutes(10)), { conversationId: who.id, text: "Done.", clientKey: "bike-0002" })
      ),
    ],
    [
      "who was given to Spotter",
      async (who) => (await consentToAll(line.club, who.contactId), giveBackLeft(line.club.as.staff, { itemId: await itemId() })),
    ],
  ])("says nothing to somebody %s", async (_who, change) => {
    const who = await left();
    await run(minutes(0));
    await change(who);
    await run(minutes(30));
    expect(heard(who.phone)).not.toContain(LINE);
  });

  test("keeps for the next shift what a person kept, and gives to Spotter what a person gave, which is thought about again", async () => {
    const { id } = await left();
    await run(minutes(0));
    await keepLeft(line.club.as.staff, { itemId: await itemId() });
    expect(await shown()).toMatchObject({ items: [{ state: "kept", decidedBy: line.club.people.staff.name }] });
    const before = await woken(id);
    await giveBackLeft(line.club.as.manager, { itemId: await itemId() });
    expect(await conversation(id)).toMatchObject({ handledBy: "agent" });
    expect(await woken(id)).toBe(before + 1);
    expect(await shown()).toBeNull();
  });

  test("gives all to Spotter but what a person kept", async () => {
    const kept = await left();
    await run(minutes(0));
    expect(await giveBackAllLeft(line.club.as.staff)).toEqual({ count: 1 });
    expect(await conversation(kept.id)).toMatchObject({ handledBy: "agent" });
    const [first, second] = [await left(), await left()];
    await run(minutes(24 * 60));
    const items = (await shown(minutes(24 * 60 + 1)))?.items ?? [];
    expect(items).toHaveLength(2);
    for (const { id } of items.filter(({ conversationId }) => conversationId === first.id)) {
      await keepLeft(line.club.as.staff, { itemId: id });
    }
    expect(await giveBackAllLeft(line.club.as.staff)).toEqual({ count: 1 });
    expect(await conversation(first.id)).toMatchObject({ handledBy: "staff" });
    expect(await conversation(second.id)).toMatchObject({ handledBy: "agent" });
  });

  test("is decided by nobody of another club, and not after somebody has dealt with it", async () => {
    const { id } = await left();
    await run(minutes(0));
    const item = { itemId: await itemId() };
    await expect(giveBackLeft((await makeClub()).as.owner, item)).rejects.toMatchObject({ code: "not_found" });
    await queueReply(at(line.club.as.staff, minutes(10)), { conversationId: id, text: "Done.", clientKey: "bike-0003" });
    await expect(giveBackLeft(line.club.as.staff, item)).rejects.toMatchObject({ code: "conflict" });
    expect(await giveBackAllLeft(line.club.as.staff)).toEqual({ count: 0 });
    expect(await conversation(id)).toMatchObject({ handledBy: "staff" });
  });
});
