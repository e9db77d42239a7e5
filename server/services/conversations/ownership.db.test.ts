import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { answer, teachHours, think } from "#server/testing/scripted-agent.ts";
import { arrive, makeLine, publishPolicy, vendorText, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { handBack, handBackByTimer } from "./hand-back.ts";
import { listDueHandBacks } from "./list-due-hand-backs.ts";
import { queueReply } from "./reply.ts";
import { takeOver } from "./take-over.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const QUESTION = "when is the front desk staffed on saturday?";
const HOUR_MS = 3_600_000;
let line: Line;

beforeEach(async () => {
  line = await makeLine();
  await teachHours(line.club);
});

const owner = () => database().owner;
const conversation = (id: string) => owner().conversation.findUniqueOrThrow({ where: { id } });
const stretches = (conversationId: string) =>
  owner().handover.findMany({ where: { conversationId }, orderBy: { id: "asc" }, select: { handledBy: true, cause: true, endedAt: true } });
const eventsFor = (messageId: string) =>
  owner().outboxEvent.count({
    where: { clubId: line.club.id, name: "inbox/message.received", payload: { path: ["messageId"], equals: messageId } },
  });
const inHours = (hours: number): Date => new Date(Date.now() + hours * HOUR_MS);
/** A person answers on the vendor's own phone. */
const typedElsewhere = (from: string, overrides: Parameters<typeof vendorText>[0] = {}) =>
  arrive(line, vendorText({ from, direction: "outbound", authorName: "Tansy", text: "we close at 8", ...overrides }));

describe("ownership", () => {
  test("an answer typed at the vendor takes the conversation, drops the agent's plan, and is in the thread under its author", async () => {
    const asked = await write(line, { text: QUESTION });
    const { effectId } = await think(line, asked);
    await typedElsewhere(asked.phone);
    expect(await conversation(asked.conversationId)).toMatchObject({
      handledBy: "staff",
      ownerUserId: null,
      handBackAt: expect.any(Date),
      waitingSince: null,
      lastMessageAuthor: "staff",
    });
    expect(await owner().effect.findUniqueOrThrow({ where: { id: effectId ?? "" } })).toMatchObject({
      status: "dropped",
      failureKind: "handled_by_staff",
    });
    expect(await dispatchEffect(line.system, { effectId: effectId ?? "eff_" })).toMatchObject({ status: "dropped" });
    expect(vendor.accepted(asked.phone)).toEqual([]);
    expect(
      await owner().message.findFirstOrThrow({ where: { conversationId: asked.conversationId, direction: "outbound" } }),
    ).toMatchObject({ author: "staff", staffName: "Tansy" });
  });

  test("each stretch has a written start, end and cause, and exactly one is open", async () => {
    const asked = await write(line, { text: QUESTION });
    await typedElsewhere(asked.phone);
    await typedElsewhere(asked.phone, { text: "see you" });
    await handBack(line.club.as.staff, { conversationId: asked.conversationId });
    await takeOver(line.club.as.manager, { conversationId: asked.conversationId });
    await handBackByTimer({ ...line.system, fixedNow: inHours(13) }, { conversationId: asked.conversationId });
    const rows = await stretches(asked.conversationId);
    expect(rows.map(({ handledBy, cause }) => [handledBy, cause])).toEqual([
      ["agent", "new"],
      ["staff", "replied_elsewhere"],
      ["agent", "handed_back"],
      ["staff", "taken_over"],
      ["agent", "timer"],
    ]);
    expect(rows.map(({ endedAt }) => endedAt === null)).toEqual([false, false, false, false, true]);
  });

  test("a reply in Spotter takes the conversation for the person who wrote", async () => {
    const asked = await write(line, { text: QUESTION });
    const { effectId } = await think(line, asked);
    await queueReply(line.club.as.staff, { conversationId: asked.conversationId, text: "9 to 3", clientKey: "key-takes-over" });
    expect(await conversation(asked.conversationId)).toMatchObject({
      handledBy: "staff",
      ownerUserId: line.club.people.staff.userId,
      waitingSince: null,
    });
    expect(await owner().effect.findUniqueOrThrow({ where: { id: effectId ?? "" } })).toMatchObject({ status: "dropped" });
    expect(vendor.accepted(asked.phone).map(({ text }) => text)).toEqual(["9 to 3"]);
  });

  test("two people who take it at once: one stretch, and the last one owns it", async () => {
    const asked = await write(line);
    await Promise.all([
      takeOver(line.club.as.staff, { conversationId: asked.conversationId }),
      takeOver(line.club.as.manager, { conversationId: asked.conversationId }),
    ]);
    expect((await stretches(asked.conversationId)).map(({ handledBy }) => handledBy)).toEqual(["agent", "staff"]);
  });

  test("handing back wakes the agent for what still waits, once", async () => {
    const asked = await write(line, { text: QUESTION });
    await takeOver(line.club.as.staff, { conversationId: asked.conversationId });
    expect((await answer(line, asked)).effectId).toBeNull();
    await handBack(line.club.as.staff, { conversationId: asked.conversationId });
    expect(await eventsFor(asked.messageId)).toBe(2);
    const answers = await Promise.all([answer(line, asked), answer(line, asked)]);
    expect(answers.map(({ claim }) => claim).toSorted()).toEqual(expect.arrayContaining(["claimed"]));
    expect(vendor.accepted(asked.phone)).toHaveLength(1);
    expect((await answer(line, asked)).claim).toBe("done");
  });

  test("the timer ends the stretch at its time and not before, and a prolonged one not at all", async () => {
    await publishPolicy(line.club, { handBackHours: 2 });
    const asked = await write(line, { text: QUESTION });
    await takeOver(line.club.as.staff, { conversationId: asked.conversationId });
    const { conversationId } = asked;
    await handBackByTimer({ ...line.system, fixedNow: inHours(1.9) }, { conversationId });
    expect(await conversation(conversationId)).toMatchObject({ handledBy: "staff" });
    await queueReply({ ...line.club.as.staff, fixedNow: inHours(1.9) }, { conversationId, text: "one moment", clientKey: "key-prolongs" });
    await handBackByTimer({ ...line.system, fixedNow: inHours(2.1) }, { conversationId });
    expect(await conversation(conversationId)).toMatchObject({ handledBy: "staff" });
    await handBackByTimer({ ...line.system, fixedNow: inHours(4) }, { conversationId });
    expect(await conversation(conversationId)).toMatchObject({ handledBy: "agent", handBackAt: null });
  });

  test("the sweep finds stretches that are over", async () => {
    const asked = await write(line);
    await takeOver({ ...line.club.as.staff, fixedNow: inHours(-30) }, { conversationId: asked.conversationId });
    expect((await listDueHandBacks()).map(({ id }) => id)).toContain(asked.conversationId);
  });

  test("what a person answered elsewhere is not answered again when their time is over", async () => {
    const asked = await write(line, { text: QUESTION });
    await typedElsewhere(asked.phone);
    await handBackByTimer({ ...line.system, fixedNow: inHours(13) }, { conversationId: asked.conversationId });
    expect(await conversation(asked.conversationId)).toMatchObject({ handledBy: "agent" });
    expect(await eventsFor(asked.messageId)).toBe(1);
    expect(await owner().message.findUniqueOrThrow({ where: { id: asked.messageId } })).toMatchObject({
      status: "replied",
      requiresResponse: false,
    });
  });

  test("a question that only a reaction followed is found again when it is handed back", async () => {
    const asked = await write(line, { text: QUESTION });
    await takeOver(line.club.as.staff, { conversationId: asked.conversationId });
    const reaction = await write(line, { from: asked.phone, text: "👍" });
    await answer(line, asked);
    await answer(line, reaction);
    await handBack(line.club.as.staff, { conversationId: asked.conversationId });
    await Promise.all([answer(line, asked), answer(line, reaction)]);
    expect(vendor.accepted(asked.phone)).toHaveLength(1);
  });
});

describe("honest states", () => {
  test("an answer that is older than the hand-back time and turns up late changes nothing", async () => {
    const asked = await write(line, { text: QUESTION });
    await typedElsewhere(asked.phone, { sentAt: inHours(-20) });
    expect(await conversation(asked.conversationId)).toMatchObject({
      handledBy: "agent",
      waitingSince: expect.any(Date),
      requiresResponse: true,
    });
    expect((await answer(line, asked)).dispatch).toMatchObject({ status: "confirmed" });
  });

  test("an answer that was written before the question does not answer it", async () => {
    const asked = await write(line, { text: QUESTION, sentAt: inHours(-0.1) });
    await typedElsewhere(asked.phone, { sentAt: inHours(-0.5) });
    expect(await conversation(asked.conversationId)).toMatchObject({
      handledBy: "staff",
      waitingSince: expect.any(Date),
      requiresResponse: true,
    });
  });
});

describe("tenant", () => {
  test("a conversation of another club looks like a missing one to every verb of ownership", async () => {
    const asked = await write(line);
    const other = await makeLine({ franchiseId: line.club.franchiseId });
    for (const conversationId of [asked.conversationId, newId("conversation")]) {
      await expect(takeOver(other.club.as.owner, { conversationId })).rejects.toMatchObject({ code: "not_found" });
      await expect(handBack(other.club.as.owner, { conversationId })).rejects.toMatchObject({ code: "not_found" });
      await expect(queueReply(other.club.as.owner, { conversationId, text: "hello", clientKey: "key-foreign" })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect(await conversation(asked.conversationId)).toMatchObject({ handledBy: "agent" });
  });

  test("machines neither take conversations nor write as staff", async () => {
    const { conversationId } = await write(line);
    await expect(takeOver(line.system, { conversationId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(queueReply(line.webhook, { conversationId, text: "hello", clientKey: "key-machine" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
