import { RUN_MAX_MODEL_CALLS, RUN_MAX_SECONDS, TOOL_REQUESTS_MAX } from "#server/domain/run-limits.ts";
import { newId } from "#server/platform/ids.ts";
import type { Think, ThinkRequest, ToolRequest } from "#server/platform/model-client.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { runToEnd, SURE_TEXT, teachHours } from "#server/testing/scripted-agent.ts";
import { makeLine, publishPolicy, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

import type { Mind } from "./mind.ts";
import { scriptedMind, scriptedThink, thought, TURN } from "./testing.ts";

useDatabase();
useScriptedOpenPhone();

let line: Line;

beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  await teachHours(line.club);
});

const owner = () => database().owner;
const ask = (index: number, input: unknown = { page: index }): ToolRequest => ({ id: `toolu_${index}`, name: "look_up", input });

/** A mind whose model answers each call by its number, and is told of one tool that nobody runs. */
const mindOf = (
  answer: (call: number) => readonly ToolRequest[] | "sure",
): { readonly mind: Mind; readonly calls: ThinkRequest<unknown>[] } => {
  const calls: ThinkRequest<unknown>[] = [];
  const think: Think = async (request) => {
    const requests = answer(calls.length);
    calls.push(request);
    return requests === "sure"
      ? scriptedThink(thought({ reply: SURE_TEXT }))(request)
      : { kind: "tool_requests", requests, turn: { ...TURN, stopReason: "tool_use" } };
  };
  const tool = { name: "look_up", description: "Looks up.", input: z.object({ page: z.number() }), risk: "read" };
  return { mind: { ...scriptedMind(think), tools: [tool] }, calls };
};

const question = () => write(line, { text: "when is the front desk staffed on saturday?" });

const expectHandedOver = async (messageId: string, conversationId: string): Promise<void> => {
  expect(await owner().decision.findFirstOrThrow({ where: { messageId } })).toMatchObject({ outcome: "escalate", reasons: ["run_limit"] });
  expect(await owner().conversation.findUniqueOrThrow({ where: { id: conversationId } })).toMatchObject({ needsYou: "escalation" });
  expect(await owner().effect.findMany({ where: { conversationId } })).toMatchObject([{ kind: "message.send", purpose: "service" }]);
};

describe("a model that asks for ever (F30)", () => {
  test(`is called ${RUN_MAX_MODEL_CALLS} times at most, and then a person is`, async () => {
    const { calls, mind } = mindOf((call) => [ask(call)]);
    const asked = await question();
    expect(await runToEnd(line, asked, { mind })).toMatchObject({ claim: "claimed" });
    expect(calls).toHaveLength(RUN_MAX_MODEL_CALLS);
    await expectHandedOver(asked.messageId, asked.conversationId);
  });

  test("ends at once when it asks what it was told already, whatever it calls the request", async () => {
    const { calls, mind } = mindOf((call) => [ask(call, { page: 1 })]);
    const asked = await question();
    await runToEnd(line, asked, { mind });
    expect(calls).toHaveLength(2);
    expect(await owner().toolCall.count({ where: { clubId: line.club.id } })).toBe(1);
    expect(await owner().modelTurn.count({ where: { clubId: line.club.id } })).toBe(2);
    await expectHandedOver(asked.messageId, asked.conversationId);
  });

  test("ends before anything runs when it asks for too much at once", async () => {
    const { calls, mind } = mindOf(() => Array.from({ length: TOOL_REQUESTS_MAX + 1 }, (_, index) => ask(index)));
    const asked = await question();
    await runToEnd(line, asked, { mind });
    expect(calls).toHaveLength(1);
    expect(await owner().toolCall.count({ where: { clubId: line.club.id } })).toBe(0);
    await expectHandedOver(asked.messageId, asked.conversationId);
  });

  test("is not called again once the run has cost what it may", async () => {
    await publishPolicy(line.club, { budgets: { runCostMicros: 3 * TURN.costMicros } });
    const { calls, mind } = mindOf((call) => [ask(call)]);
    const asked = await question();
    await runToEnd(line, asked, { mind });
    expect(calls).toHaveLength(3);
    await expectHandedOver(asked.messageId, asked.conversationId);
  });

  test("gets no more time than the run has left, and none after a minute", async () => {
    const { calls, mind } = mindOf((call) => [ask(call)]);
    const asked = await question();
    const startedAt = new Date();
    await runToEnd(line, asked, { mind, at: (step) => new Date(startedAt.getTime() + step * 25_000) });
    expect(calls.map(({ budgetMs }) => budgetMs)).toEqual([0, 25_000, 50_000].map((ms) => RUN_MAX_SECONDS * 1_000 - ms));
    await expectHandedOver(asked.messageId, asked.conversationId);
  });
});

describe("what the model asks for wrongly (F28)", () => {
  test.each([
    ["a tool nobody offered", { name: "open_every_door", input: { door: "all" } }],
    ["text for an input", { name: "look_up", input: "page 1" }],
    ["a list for an input", { name: "look_up", input: [1] }],
    ["nothing for an input", { name: "look_up", input: null }],
    ["another member's id", { name: "look_up", input: { page: 1, memberId: "mem_of_somebody" } }],
  ])("%s is refused and told, has no effect, and the run goes on", async (_name, over) => {
    const { calls, mind } = mindOf((call) => (call === 0 ? [{ ...ask(0), ...over }] : "sure"));
    const asked = await question();
    const { effectId } = await runToEnd(line, asked, { mind });
    expect(await owner().toolCall.findMany({ where: { clubId: line.club.id } })).toMatchObject([{ name: over.name, outcome: "refused" }]);
    expect(JSON.stringify(calls[1]?.messages.at(-1))).toContain('"isError":true');
    expect(await owner().effect.findMany({ where: { conversationId: asked.conversationId } })).toMatchObject([
      { id: effectId, kind: "message.send", purpose: "reply" },
    ]);
  });
});

describe("the record of a tool call", () => {
  test("is answered once, by its own columns, and never taken away: also not by the owner of the tables", async () => {
    const { mind } = mindOf((call) => (call === 0 ? [ask(0)] : "sure"));
    await runToEnd(line, await question(), { mind });
    const { id } = await owner().toolCall.findFirstOrThrow({ where: { clubId: line.club.id } });
    const refused = expect.objectContaining({ message: expect.stringContaining("append-only") });
    await expect(owner().toolCall.update({ where: { id }, data: { outcome: "done" } })).rejects.toEqual(refused);
    await expect(owner().toolCall.delete({ where: { id } })).rejects.toEqual(refused);
    const { id: _id, ...row } = await owner().toolCall.findUniqueOrThrow({ where: { id } });
    const fresh = await owner().toolCall.create({
      data: { ...row, id: newId("toolCall"), externalId: "toolu_fresh", arguments: {}, result: {}, outcome: "requested" },
    });
    await expect(owner().toolCall.update({ where: { id: fresh.id }, data: { outcome: "done", name: "other" } })).rejects.toEqual(refused);
  });
});

describe("for whom it thinks", () => {
  test("each call of a club takes its turn by that club, and names a model that stands in", async () => {
    await publishPolicy(line.club, { models: { hard: "claude-opus-5-5" } });
    const { calls, mind } = mindOf(() => "sure");
    await runToEnd(line, await question(), { mind });
    expect(calls).toMatchObject([{ fairKey: line.club.id, fallbackModel: "claude-opus-5-5" }]);
  });
});
