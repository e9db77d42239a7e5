import { resolveConversation } from "#server/services/conversations/resolve-conversation.ts";
import { queueReply } from "#server/services/conversations/reply.ts";
import { setEmergencyStop } from "#server/services/clubs/set-emergency-stop.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { newId } from "#server/platform/ids.ts";
import { allowTexts, consentToAll } from "#server/testing/allow-texts.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, scopeOf } from "#server/testing/factories.ts";
import { sureThink, teachHours, think } from "#server/testing/scripted-agent.ts";
import { arriveAt, makeLine, publishPolicy, vendorText, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { askSatisfaction } from "./ask-satisfaction.ts";
import { getSatisfaction } from "./get-satisfaction.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

/** Early afternoon in every state. */
const SETTLED = new Date("2026-11-20T20:00:00Z");
const minutes = (count: number): Date => new Date(SETTLED.getTime() + count * 60_000);
const QUESTION = "Ironwood Denver, automatic message: how did we do, from 1 (badly) to 5 (very well)? Reply with a number, or ignore this.";

let serial = 0;
let line: Line;
let phone: string;
let conversationId: Awaited<ReturnType<typeof ask>>["conversationId"];
beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver", timeZone: "America/Denver" });
  phone = `+17205550${100 + (serial += 1)}`;
  await publishPolicy(line.club, { asksSatisfaction: true });
  await allowTexts(line.club);
  await teachHours(line.club);
});

const at = <T extends ServiceContext>(ctx: T, fixedNow: Date): T => ({ ...ctx, fixedNow });

const text = async (body: string, when: Date) => {
  const message = vendorText({ from: phone, text: body });
  const result = await arriveAt(line, when, message);
  const stored = await database().owner.message.findFirstOrThrow({
    where: { clubId: line.club.id, externalId: message.externalId },
    include: { conversation: true },
  });
  return { ...stored, conversation: stored.conversation, result };
};

/** Somebody asks, and what they agreed to is known. */
const ask = async (body: string) => {
  const asked = await text(body, minutes(-20));
  await consentToAll(line.club, asked.conversation.contactId);
  return {
    conversationId: asked.conversationId as `conv_${string}`,
    messageId: asked.id as `msg_${string}`,
    contactId: asked.conversation.contactId,
  };
};

/** A person answers and closes the matter. */
const served = async (body = "do you have towels?"): Promise<void> => {
  ({ conversationId } = await ask(body));
  await queueReply(at(line.club.as.staff, minutes(-5)), { conversationId, text: "We do, at the desk.", clientKey: "towels-1" });
  await resolveConversation(at(line.club.as.staff, SETTLED), { conversationId });
};

const askAt = (when: Date) => askSatisfaction(at(line.system, when));
const heard = () => vendor.accepted(phone).map((sent) => sent.text);
const scores = () => database().owner.satisfactionScore.findMany({ where: { clubId: line.club.id }, orderBy: { id: "asc" } });
const place = () => database().owner.conversation.findUniqueOrThrow({ where: { id: conversationId } });

describe("the question how it went", () => {
  test("goes out ten minutes after a person closed a matter, once however often and by how many the job runs", async () => {
    await served();
    expect(await askAt(minutes(9))).toEqual({ askedCount: 0 });
    await Promise.all([askAt(minutes(10)), askAt(minutes(10)), askAt(minutes(11))]);
    await askAt(minutes(12));
    expect(heard().filter((sent) => sent === QUESTION)).toHaveLength(1);
    expect(await scores()).toMatchObject([{ handledBy: "staff", userId: line.club.people.staff.userId, score: null }]);
    expect(await place()).toMatchObject({ status: "resolved" });
  });

  test("goes out ten minutes after Spotter answered alone", async () => {
    const asked = await ask("when is the desk staffed on saturday?");
    ({ conversationId } = asked);
    const { effectId } = await think(line, asked, sureThink, minutes(-1));
    await dispatchEffect(at(line.system, SETTLED), { effectId: effectId ?? newId("effect") });
    await askAt(minutes(10));
    expect(heard().at(-1)).toBe(QUESTION);
    expect(await scores()).toMatchObject([{ handledBy: "agent", userId: null }]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["the club does not ask", () => publishPolicy(line.club, { asksSatisfaction: false })],
    ["something new came", () => text("and soap?", minutes(3))],
    [
      "it is closed longer than an hour",
      () => database().owner.conversation.update({ where: { id: conversationId }, data: { resolvedAt: minutes(-60) } }),
    ],
    ["it was a complaint", () => classify("complaint")],
    ["they opted out", () => text("STOP", minutes(3))],
    ["they were reminded of a debt", () => remind()],
    ["it was an emergency", () => alarm()],
    ["a task for them is open", () => openTask()],
    ["another conversation of theirs waits for a person", () => otherWaits()],
    ["the emergency stop is on", () => setEmergencyStop(line.club.as.manager, { reason: "test" })],
    ["nothing on record lets anybody write to them", () => database().owner.consent.deleteMany({ where: { clubId: line.club.id } })],
  ])("does not go out where %s", async (_why, change) => {
    await served();
    await change();
    await askAt(minutes(11));
    expect(heard()).not.toContain(QUESTION);
  });

  test("that the night would put off is not asked at all", async () => {
    await served();
    const night = new Date("2026-11-21T07:00:00Z");
    await database().owner.conversation.update({
      where: { id: conversationId },
      data: { resolvedAt: new Date(night.getTime() - 660_000) },
    });
    expect(await askAt(night)).toEqual({ askedCount: 0 });
    expect(
      await database().owner.effect.findMany({ where: { clubId: line.club.id, effectKey: { startsWith: "satisfaction:" } } }),
    ).toMatchObject([{ status: "dropped" }]);
  });

  test("is asked of one person once in thirty days, in whatever conversation", async () => {
    await served();
    await askAt(minutes(10));
    const again = minutes(10 + 29 * 24 * 60);
    await text("and soap?", new Date(again.getTime() - 1_200_000));
    await queueReply(at(line.club.as.staff, new Date(again.getTime() - 900_000)), {
      conversationId,
      text: "Also.",
      clientKey: "soap-0001",
    });
    await resolveConversation(at(line.club.as.staff, new Date(again.getTime() - 660_000)), { conversationId });
    expect(await askAt(again)).toEqual({ askedCount: 0 });
    await database().owner.satisfactionScore.updateMany({ where: { clubId: line.club.id }, data: { askedAt: minutes(-2 * 24 * 60) } });
    expect(await askAt(again)).toEqual({ askedCount: 1 });
  });
});

describe("its answer", () => {
  test.each([
    ["4", 4],
    ["5!", 5],
    ["cinco", 5],
    ["⭐⭐", 2],
  ])("“%s” is stored, thanked for in one line, opens nothing and wakes nobody", async (said, score) => {
    await served();
    await askAt(minutes(10));
    const { id, result } = await text(said, minutes(12));
    for (const effectId of result.effectIds) {
      await dispatchEffect(at(line.system, minutes(12)), { effectId });
    }
    expect(await scores()).toMatchObject([{ score, messageId: id, answeredAt: minutes(12) }]);
    expect(heard().at(-1)).toBe("Thank you, noted.");
    expect(await place()).toMatchObject({ status: "resolved", requiresResponse: false, waitingSince: null });
    expect(
      await database().owner.outboxEvent.count({
        where: { clubId: line.club.id, name: "inbox/message.received", payload: { path: ["messageId"], equals: id } },
      }),
    ).toBe(0);
  });

  test.each(["10", "4 guests tomorrow?", "great", "the door is broken, 1"])("“%s” is a message like any other", async (said) => {
    await served();
    await askAt(minutes(10));
    await text(said, minutes(12));
    expect(await scores()).toMatchObject([{ score: null }]);
    expect(await place()).toMatchObject({ status: "open", requiresResponse: true });
  });

  test("counts once, and not after the club wrote something else, nor days later", async () => {
    await served();
    await askAt(minutes(10));
    await text("4", minutes(12));
    await text("1", minutes(13));
    expect(await scores()).toMatchObject([{ score: 4 }]);
    await database().owner.satisfactionScore.updateMany({ where: { clubId: line.club.id }, data: { score: null } });
    await text("2", new Date(minutes(10).getTime() + 3 * 86_400_001));
    await queueReply(at(line.club.as.staff, minutes(20)), { conversationId, text: "How many guests?", clientKey: "guests-1" });
    await text("3", minutes(21));
    expect(await scores()).toMatchObject([{ score: null }]);
  });

  test("is averaged for Spotter beside staff, for managers of this club", async () => {
    await served();
    await askAt(minutes(10));
    await text("4", minutes(12));
    for (const score of [5, 2, null]) {
      await database().owner.satisfactionScore.create({
        data: {
          id: newId("satisfactionScore"),
          ...scopeOf(line.club),
          conversationId,
          contactId: (await place()).contactId,
          handledBy: "agent",
          askedAt: minutes(0),
          score,
        },
      });
    }
    const foreign = await makeClub();
    expect(await getSatisfaction(at(line.club.as.manager, minutes(30)))).toEqual({
      isAsked: true,
      days: 90,
      askedCount: 4,
      agent: { average: 3.5, scoreCount: 2 },
      staff: { average: 4, scoreCount: 1 },
    });
    expect(await getSatisfaction(foreign.as.owner)).toMatchObject({
      isAsked: false,
      askedCount: 0,
      agent: { average: null, scoreCount: 0 },
    });
    await expect(getSatisfaction(line.club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
  });
});

const classify = async (category: string) => {
  const message = await database().owner.message.findFirstOrThrow({ where: { conversationId, direction: "inbound" } });
  await database().owner.intentClassification.create({
    data: {
      id: newId("intentClassification"),
      ...scopeOf(line.club),
      messageId: message.id,
      category,
      subIntent: "other",
      confidenceRatio: 0.9,
      riskFlags: [],
      evidence: "",
      language: "en",
      source: "local",
      createdAt: minutes(-19),
    },
  });
};

const remind = async () => {
  const { contactId } = await place();
  const {
    result: _result,
    sendEvidence: _evidence,
    ...sent
  } = await database().owner.effect.findFirstOrThrow({
    where: { clubId: line.club.id, kind: "message.send" },
  });
  await database().owner.effect.create({
    data: {
      ...sent,
      id: newId("effect"),
      effectKey: "reminder",
      purpose: "billing",
      contactId,
      arguments: Object(sent.arguments),
      status: "confirmed",
    },
  });
};

const alarm = () =>
  database().owner.alert.create({
    data: {
      id: newId("alert"),
      ...scopeOf(line.club),
      key: "emergency:x",
      kind: "emergency",
      severity: "critical",
      title: "",
      detail: "",
      conversationId,
      openedAt: minutes(-18),
      lastSeenAt: minutes(-18),
      resolvedAt: minutes(-1),
    },
  });

const openTask = async () =>
  database().owner.ticket.create({
    data: {
      id: newId("ticket"),
      ...scopeOf(line.club),
      contactId: (await place()).contactId,
      title: "Call",
      detail: "",
      dueAt: minutes(60),
      status: "open",
      createdAt: minutes(0),
    },
  });

const otherWaits = async () => {
  const { contactId } = await place();
  await database().owner.conversation.create({
    data: { ...(await place()), id: newId("conversation"), threadKey: "other", contactId, status: "open", needsYou: "escalation" },
  });
};
