import type { Id } from "#server/domain/ids.ts";
import type { SentPrompt } from "#server/domain/prompt-view.ts";
import { newId } from "#server/platform/ids.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, makeClub, makeInbound, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { expect, test } from "vitest";

import { getPrompt } from "./get-prompt.ts";
import { getRun } from "./get-run.ts";
import { recordTurn } from "./record-turn.ts";
import { sweepPrompts } from "./sweep-prompts.ts";

useDatabase();

const TURN = {
  model: "scripted",
  promptVersion: "1",
  inputTokens: 100,
  outputTokens: 20,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costMicros: 20,
  latencyMs: 5,
  externalRequestId: null,
  stopReason: "end_turn",
  errorKind: null,
};

const sent = (words: string): SentPrompt => ({
  system: [{ text: "Answer for the club. A day pass is $15.00.", isShared: true }],
  tools: [],
  messages: [{ role: "user", content: `<conversation>[{"from":"contact","text":"${words}"}]</conversation>` }],
  format: { type: "object" },
});

const makeRun = async (club: TestClub): Promise<Id<"agentRun">> => {
  const { conversation, message } = await makeInbound(club, { name: "Robin Hale" });
  const runId = newId("agentRun");
  const about = { conversationId: conversation.id, messageId: message.id, inboundSequence: 1, status: "running", startedAt: MADE_AT };
  await database().owner.agentRun.create({ data: { id: runId, ...scopeOf(club), ...about } });
  return runId;
};

const agentOf = (club: TestClub, runId: Id<"agentRun">): ServiceContext => ({ ...club.as.staff, actor: { kind: "agent", runId } });

/** The call of the model that was stored last. */
const record = async (club: TestClub, runId: Id<"agentRun">, prompt: SentPrompt | null): Promise<Id<"modelTurn">> => {
  const ctx = agentOf(club, runId);
  await inTransaction(ctx, (tx) => recordTurn(tx, ctx, { runId, turn: TURN, prompt }));
  const { id } = await database().owner.modelTurn.findFirstOrThrow({ where: { agentRunId: runId }, orderBy: { id: "desc" } });
  return id as Id<"modelTurn">;
};

test("what a call was sent is kept with it, masked, and shown to whoever may read the ledger of this club", async () => {
  const club = await makeClub();
  const runId = await makeRun(club);
  const turnId = await record(club, runId, sent("Robin here, 303-555-0142, about my $45.00\u0000"));
  const silent = await record(club, runId, null);
  const parts = await getPrompt(club.as.staff, { turnId });
  expect(parts.map(({ block, isShared, title }) => [block, title, isShared])).toEqual([
    ["system", "Part 1", true],
    ["history", "user, conversation", false],
    ["format", "Form of the answer", true],
  ]);
  expect(parts[0]?.text).toBe("Answer for the club. A day pass is $15.00.");
  const stored = JSON.stringify([parts[1], (await database().owner.modelPrompt.findFirstOrThrow({ where: { clubId: club.id } })).parts]);
  for (const secret of ["Robin", "Hale", "45.00", "555"]) {
    expect(stored, secret).not.toContain(secret);
  }
  const { steps } = await getRun(club.as.staff, { runId });
  expect(steps.map((step) => step.kind === "model" && [step.id, step.hasPrompt])).toEqual([
    [turnId, true],
    [silent, false],
  ]);
});

test("what many calls share is stored once a club", async () => {
  const [club, other] = [await makeClub(), await makeClub()];
  const runId = await makeRun(club);
  await Promise.all(["one", "two", "three"].map((words) => record(club, runId, sent(words))));
  await record(other, await makeRun(other), sent("four"));
  expect(await database().owner.promptText.count({ where: { clubId: club.id } })).toBe(2);
  expect(await database().owner.modelPrompt.count({ where: { clubId: club.id } })).toBe(3);
});

test("the prompt of another club looks exactly like a missing one, and the machinery reads none", async () => {
  const [home, other] = [await makeClub(), await makeClub()];
  const runId = await makeRun(other);
  const turnId = await record(other, runId, sent("hello"));
  for (const id of [turnId, newId("modelTurn")]) {
    await expect(getPrompt(home.as.owner, { turnId: id })).rejects.toMatchObject({ code: "not_found", message: "prompt not found" });
  }
  await expect(getPrompt(agentOf(other, runId), { turnId })).rejects.toMatchObject({ code: "forbidden" });
});

test("a prompt is gone after thirty days, and what prompts share once none of them needs it", async () => {
  const club = await makeClub();
  const turnId = await record(club, await makeRun(club), sent("hello"));
  const daysOn = (days: number): Date => new Date(Date.now() + days * 86_400_000);
  await sweepPrompts({ fixedNow: daysOn(29) });
  expect(await getPrompt(club.as.staff, { turnId })).toHaveLength(3);
  await sweepPrompts({ fixedNow: daysOn(31) });
  await expect(getPrompt(club.as.staff, { turnId })).rejects.toMatchObject({ code: "not_found" });
  const texts = () => database().owner.promptText.count({ where: { clubId: club.id } });
  expect(await texts()).toBe(2);
  await sweepPrompts({ fixedNow: daysOn(33) });
  expect(await texts()).toBe(0);
});
