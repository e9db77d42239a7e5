import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeInbound, minutesAfter, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { expect, test } from "vitest";

import { getRun } from "./get-run.ts";

useDatabase();

const makeRun = async (club: TestClub) => {
  const { conversation, message } = await makeInbound(club, { name: "Robin Hale" });
  const { owner } = database();
  const runId = newId("agentRun");
  const scope = scopeOf(club);
  await owner.agentRun.create({
    data: {
      id: runId,
      ...scope,
      conversationId: conversation.id,
      messageId: message.id,
      inboundSequence: 1,
      status: "succeeded",
      endCode: "respond",
      startedAt: MADE_AT,
      finishedAt: minutesAfter(1),
    },
  });
  await owner.toolCall.create({
    data: {
      id: newId("toolCall"),
      ...scope,
      agentRunId: runId,
      name: "get_balance",
      risk: "read",
      arguments: { of: "Robin Hale" },
      argumentsHash: "x",
      outcome: "done",
      result: { text: "Robin owes $45.00", balanceMinor: "4500" },
      createdAt: MADE_AT,
      finishedAt: new Date(MADE_AT.getTime() + 250),
    },
  });
  await owner.modelTurn.createMany({
    data: [1, 2].map((place) => ({
      id: newId("modelTurn"),
      ...scope,
      agentRunId: runId,
      model: "a-model",
      promptVersion: "p1",
      inputTokens: 100 * place,
      outputTokens: 10,
      cacheReadTokens: 50,
      cacheWriteTokens: 0,
      costMicros: 1_000n,
      latencyMs: 700,
      createdAt: minutesAfter(place),
    })),
  });
  return runId;
};

test("a run is shown step by step in its order, with durations and sums, and nobody can be told from it", async () => {
  const club = await makeClub();
  const runId = await makeRun(club);
  const run = await getRun(club.as.staff, { runId });
  expect(run.steps.map(({ durationMs, kind }) => [kind, durationMs])).toEqual([
    ["tool", 250],
    ["model", 700],
    ["model", 700],
  ]);
  expect(run.total).toEqual({ inputTokens: 300, outputTokens: 20, cacheReadTokens: 100, cacheWriteTokens: 0, costMicros: 2_000 });
  expect(run).toMatchObject({ status: "succeeded", endCode: "respond", why: null, findings: [] });
  const shown = JSON.stringify(run.steps);
  for (const secret of ["Robin", "Hale", "45.00", "4500"]) {
    expect(shown, secret).not.toContain(secret);
  }
});

test("the run of another club looks exactly like a missing one, and the machinery reads none", async () => {
  const [home, other] = [await makeClub(), await makeClub()];
  const runId = await makeRun(other);
  for (const id of [runId, newId("agentRun")]) {
    await expect(getRun(home.as.owner, { runId: id })).rejects.toMatchObject({ code: "not_found", message: "run not found" });
  }
  const system = { ...other.as.staff, actor: { kind: "system" as const, job: "test" } };
  await expect(getRun(system, { runId })).rejects.toMatchObject({ code: "forbidden" });
});
