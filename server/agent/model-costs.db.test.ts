import { startTestModel, type TestModel } from "#local/model/testing.ts";
import { createThink } from "#server/platform/model-client.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { modelCosts } from "#server/services/agent-runs/model-costs.ts";
import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { scopeOf } from "#server/testing/factories.ts";
import { runToEnd, SURE_TEXT, teachHours } from "#server/testing/scripted-agent.ts";
import { makeLine, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { findSignedIn } from "#server/services/users/find-signed-in.ts";
import { requestContext } from "#server/trpc/init.ts";
import { callerFor } from "#server/trpc/root.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { scriptedMind, thought } from "./testing.ts";

useDatabase();
useScriptedOpenPhone();

const MESSAGE_COUNT = 20;
const MODEL = "claude-haiku-5-5";
let line: Line;
let model: TestModel;

beforeAll(async () => {
  model = await startTestModel();
});
afterAll(() => model.server.close());
beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  await teachHours(line.club);
  await model.sandbox("DELETE", "");
  await model.sandbox("POST", "/script", { match: "", text: JSON.stringify(thought({ reply: SURE_TEXT })) });
});

const lastHour = () => ({ from: new Date(Date.now() - 3_600_000).toISOString(), until: new Date(Date.now() + 3_600_000).toISOString() });

const answerMany = async (count: number): Promise<void> => {
  const think = createThink({ apiKey: "stand-in-key", baseURL: model.server.url });
  const mind = { ...scriptedMind(think), model: MODEL };
  for (let index = 0; index < count; index += 1) {
    const { effectId } = await runToEnd(line, await write(line, { text: `when is the front desk staffed on saturday? (${index})` }), {
      mind,
    });
    if (effectId !== null) {
      await dispatchEffect(line.system, { effectId });
    }
  }
};

describe("what the model costs", () => {
  test("over a run of twenty messages the prefix is written once, then read, and the cost is told per answered conversation", async () => {
    await answerMany(MESSAGE_COUNT);
    const costs = await modelCosts(line.club.as.staff, lastHour());
    const rows = await database().owner.modelTurn.findMany({ where: { clubId: line.club.id }, orderBy: { id: "asc" } });
    expect(rows.map(({ cacheReadTokens }) => cacheReadTokens > 0)).toEqual(rows.map((_row, index) => index > 0));
    const costMicros = rows.reduce((sum, row) => sum + Number(row.costMicros), 0);
    expect(costs).toMatchObject({
      callCount: MESSAGE_COUNT,
      failedCallCount: 0,
      costMicros,
      answeredConversationCount: MESSAGE_COUNT,
      costPerAnsweredMicros: Math.round(costMicros / MESSAGE_COUNT),
      byPurpose: [{ purpose: "answer", callCount: MESSAGE_COUNT, costMicros }],
      byModel: [{ model: MODEL, callCount: MESSAGE_COUNT, costMicros }],
    });
    expect(costs.cacheHitRatio).toBeGreaterThan(0.5);
    expect(costs.cacheHitRatio).toBeCloseTo(
      costs.cacheReadTokens / (costs.inputTokens + costs.cacheReadTokens + costs.cacheWriteTokens),
      10,
    );
  });

  test("of nothing there is no ratio, and a period that is none is refused", async () => {
    expect(await modelCosts(line.club.as.staff, lastHour())).toMatchObject({
      callCount: 0,
      cacheHitRatio: null,
      costPerAnsweredMicros: null,
      byPurpose: [],
    });
    const { from, until } = lastHour();
    await expect(modelCosts(line.club.as.staff, { from: until, until: from })).rejects.toMatchObject({ code: "invalid" });
  });

  test("calls outside the period and of other clubs are not counted", async () => {
    await answerMany(1);
    const other = await makeLine({ franchiseId: line.club.franchiseId });
    expect(await modelCosts(other.club.as.staff, lastHour())).toMatchObject({ callCount: 0, answeredConversationCount: 0 });
    const later = { from: new Date(Date.now() + 3_600_000).toISOString(), until: new Date(Date.now() + 7_200_000).toISOString() };
    expect(await modelCosts(line.club.as.staff, later)).toMatchObject({ callCount: 0, answeredConversationCount: 0 });
  });

  test("what was not about one message counts as well", async () => {
    await answerMany(1);
    await database().owner.modelTurn.create({
      data: {
        id: newId("modelTurn"),
        ...scopeOf(line.club),
        purpose: "summary",
        model: MODEL,
        promptVersion: "summary-test",
        inputTokens: 10,
        outputTokens: 5,
        cacheReadTokens: 0,
        cacheWriteTokens: 0,
        costMicros: 1_000_000n,
        latencyMs: 1,
        errorKind: "overloaded",
        createdAt: new Date(),
      },
    });
    const costs = await modelCosts(line.club.as.staff, lastHour());
    expect(costs.byPurpose.map(({ purpose }) => purpose)).toEqual(["summary", "answer"]);
    expect(costs).toMatchObject({ failedCallCount: 1, answeredConversationCount: 1, costPerAnsweredMicros: costs.costMicros });
  });

  test("is told to people of the club over the procedure, and to no machine", async () => {
    await expect(modelCosts(line.system, lastHour())).rejects.toMatchObject({ code: "forbidden" });
    const signedIn = () => findSignedIn({ userId: line.club.people.staff.userId, sessionVersion: 1 });
    const caller = callerFor({ ...requestContext({ isOwnPage: true }), signedIn });
    expect(await caller.usage.get({ clubId: line.club.id, ...lastHour() })).toMatchObject({ callCount: 0 });
  });
});
