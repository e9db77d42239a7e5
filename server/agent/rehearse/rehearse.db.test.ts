import { beforeEach, describe, expect, test } from "vitest";

import { chat } from "#server/agent/rehearse/rehearse.ts";
import { runRehearsal } from "#server/agent/rehearse/run-rehearsal.ts";
import { scriptedMind, scriptedThink, thought } from "#server/agent/testing.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { getRehearsal, startRehearsal } from "#server/services/rehearsals/rehearsals.ts";
import { archiveTest, keepTest, listTests } from "#server/services/rehearsals/test-conversations.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { answer, SURE_TEXT, sureThink, teachHours } from "#server/testing/scripted-agent.ts";
import { makeLine, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const QUESTION = "when is the front desk staffed on saturday?";
const INVENTED = { kind: "invented", firstName: "Ana", is: "member", balanceMinor: null, membershipType: "Monthly" } as const;
const EXPECTATION = { outcomes: ["respond" as const], category: null, mustSay: ["9 am"], mustNotSay: [] };

let line: Line;
let manager: ServiceContext;

beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  await teachHours(line.club);
  manager = { ...line.system, actor: { kind: "staff", userId: "user_test", name: "Mo", role: "manager", signedInAt: null } };
});

const owner = () => database().owner;
const leftBehind = async () => ({
  messages: await owner().message.count({ where: { clubId: line.club.id } }),
  effects: await owner().effect.count({ where: { clubId: line.club.id } }),
  decisions: await owner().decision.count({ where: { clubId: line.club.id } }),
});

describe("the test chat", () => {
  test("shows the answer with its grounds, counts what it cost, and leaves nothing else behind", async () => {
    const before = await leftBehind();
    const seen = await chat(manager, { contact: INVENTED, turns: [{ from: "contact", text: QUESTION }] }, scriptedMind(sureThink));
    expect(seen).toMatchObject({ outcome: "respond", category: "question", reasons: ["sure_enough"], costMicros: 20 });
    expect(seen.text).toContain(SURE_TEXT);
    expect(await leftBehind()).toEqual(before);
    expect(await owner().modelTurn.findMany({ where: { clubId: line.club.id }, select: { purpose: true, agentRunId: true } })).toEqual([
      { purpose: "test", agentRunId: null },
    ]);
  });

  test("tries a policy that was not published, and changes nothing by it", async () => {
    const document = { stages: { question: "suggest" as const } };
    const turns = [{ from: "contact" as const, text: QUESTION }];
    expect((await chat(manager, { contact: INVENTED, turns, document }, scriptedMind(sureThink))).outcome).toBe("suggest");
    expect((await chat(manager, { contact: INVENTED, turns }, scriptedMind(sureThink))).outcome).toBe("respond");
    expect(await owner().policy.count({ where: { clubId: line.club.id } })).toBe(0);
  });

  test("is not for staff, and does not show a contact of another club", async () => {
    const staff: ServiceContext = {
      ...line.system,
      actor: { kind: "staff", userId: "user_test", name: "Sam", role: "staff", signedInAt: null },
    };
    const turns = [{ from: "contact" as const, text: QUESTION }];
    await expect(chat(staff, { contact: INVENTED, turns })).rejects.toMatchObject({ code: "forbidden" });
    const other = await makeLine({ name: "Elsewhere" });
    const written = await write(other, { text: "hi" });
    const { contactId } = await owner().conversation.findUniqueOrThrow({ where: { id: written.conversationId } });
    await expect(chat(manager, { contact: { kind: "contact", contactId }, turns })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("kept tests", () => {
  test("run as one batch, and each says what it misses", async () => {
    const { testId } = await keepTest(manager, {
      name: "Saturday hours",
      contact: INVENTED,
      turns: [{ from: "contact", text: QUESTION }],
      expectation: EXPECTATION,
    });
    await keepTest(manager, {
      name: "Price",
      contact: INVENTED,
      turns: [{ from: "contact", text: "how much is a day pass?" }],
      expectation: { ...EXPECTATION, mustSay: ["$15"] },
    });
    const { rehearsalId } = await startRehearsal(manager, { kind: "tests", change: {} });
    expect(await runRehearsal(line.system, { rehearsalId }, scriptedMind(sureThink))).toEqual({ goesOn: false });
    const { items, status } = await getRehearsal(manager, { rehearsalId });
    expect(status).toBe("completed");
    expect(items.find(({ id }) => id === testId)?.missed).toEqual([]);
    expect(items.find(({ name }) => name === "Price")?.missed).toEqual(["it does not say “$15”"]);
    await archiveTest(manager, { testId });
    expect((await listTests(manager)).map(({ name }) => name)).toEqual(["Price"]);
  });

  test("of another club look exactly like missing ones", async () => {
    const { testId } = await keepTest(manager, {
      name: "Ours",
      contact: INVENTED,
      turns: [{ from: "contact", text: QUESTION }],
      expectation: EXPECTATION,
    });
    const other = await makeLine({ name: "Elsewhere" });
    const stranger: ServiceContext = { ...other.system, actor: manager.actor };
    await expect(archiveTest(stranger, { testId })).rejects.toMatchObject({ code: "not_found" });
    expect(await listTests(stranger)).toEqual([]);
  });
});

describe("a replay of the inbox", () => {
  test("compares what was decided with what a change would decide, and nothing is sent again", async () => {
    const asked = await write(line, { text: QUESTION });
    await answer(line, asked);
    const sent = vendor.accepted(asked.phone).length;
    const { rehearsalId } = await startRehearsal(manager, { kind: "replay", change: { document: { stages: { question: "suggest" } } } });
    await expect(startRehearsal(manager, { kind: "replay", change: {} })).rejects.toMatchObject({ code: "precondition_failed" });
    await runRehearsal(line.system, { rehearsalId }, scriptedMind(scriptedThink(thought({ reply: SURE_TEXT }))));
    const { items } = await getRehearsal(manager, { rehearsalId });
    expect(items).toMatchObject([{ id: asked.messageId, before: "respond", after: "suggest" }]);
    expect(vendor.accepted(asked.phone)).toHaveLength(sent);
  });

  test("a step that is repeated after a crash records nothing twice", async () => {
    await answer(line, await write(line, { text: QUESTION }));
    const { rehearsalId } = await startRehearsal(manager, { kind: "replay", change: {} });
    await runRehearsal(line.system, { rehearsalId }, scriptedMind(sureThink));
    expect(await runRehearsal(line.system, { rehearsalId }, scriptedMind(sureThink))).toEqual({ goesOn: false });
    expect((await getRehearsal(manager, { rehearsalId })).items).toHaveLength(1);
  });
});
