import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { scopeOf } from "#server/testing/factories.ts";
import { think } from "#server/testing/scripted-agent.ts";
import { makeLine, publishPolicy, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, expect, test } from "vitest";

import { scriptedThink, thought } from "./testing.ts";

useDatabase();
useScriptedOpenPhone();

const eightToEight = [{ startMinute: 480, endMinute: 1_200 }];
const complaint = scriptedThink(thought({ category: "complaint", reply: null }));
let line: Line;
beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver", timeZone: "America/Denver" });
  await publishPolicy(line.club, {
    hours: { staffed: [eightToEight, eightToEight, eightToEight, eightToEight, eightToEight, [], []] },
  });
});

/** What whoever complains at an instant is told, and when the task it promises is due. */
const handedOver = async (at: Date) => {
  const asked = await write({ ...line, webhook: { ...line.webhook, fixedNow: at } }, { text: "the showers are filthy again", sentAt: at });
  const { effectId } = await think(line, asked, complaint, at);
  const effect = await database().owner.effect.findUniqueOrThrow({ where: { id: effectId ?? "" } });
  const ticket = await database().owner.ticket.findFirstOrThrow({ where: { conversationId: asked.conversationId } });
  return { text: JSON.stringify(effect.arguments), dueAt: ticket.dueAt.toISOString() };
};

test("in staffed hours the line names the time in which the task is due", async () => {
  const { dueAt, text } = await handedOver(new Date("2026-11-20T17:00:00.000Z"));
  expect(text).toContain("who will answer you here within about 4 hours.");
  expect(dueAt).toBe("2026-11-20T21:00:00.000Z");
});

test("outside of them the line names the next opening, and the task follows it over a decided holiday", async () => {
  const saturday = new Date("2026-11-21T19:00:00.000Z");
  expect(await handedOver(saturday)).toEqual({
    text: expect.stringContaining("who will answer you here when the desk opens again, Monday at 8 am."),
    dueAt: "2026-11-23T16:00:00.000Z",
  });
  await database().owner.specialDay.create({
    data: {
      id: newId("specialDay"),
      ...scopeOf(line.club),
      onDate: "2026-11-23",
      name: "Moving day",
      status: "closed",
      createdAt: saturday,
    },
  });
  expect(await handedOver(saturday)).toEqual({
    text: expect.stringContaining("Tuesday at 8 am."),
    dueAt: "2026-11-24T16:00:00.000Z",
  });
});

test("where nobody told the hours nothing is promised but a person", async () => {
  await publishPolicy(line.club, { hours: { staffed: null } });
  expect((await handedOver(new Date("2026-11-21T19:00:00.000Z"))).text).toContain("who will answer you here as soon as they can.");
});
