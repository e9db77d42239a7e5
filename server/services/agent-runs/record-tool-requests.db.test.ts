import { newId } from "#server/platform/ids.ts";
import { claimRun } from "#server/services/agent-runs/claim-run.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeLine, write } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { expect, test } from "vitest";

import { recordToolRequests } from "./record-tool-requests.ts";

useDatabase();
useScriptedOpenPhone();

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
  stopReason: "tool_use",
  errorKind: null,
};

const stored = async (args: unknown, name = "find_class") => {
  const line = await makeLine();
  const { conversationId, messageId } = await write(line);
  const claim = await claimRun(line.system, { conversationId, messageId, inngestRunId: newId("agentRun") });
  if (claim.kind !== "claimed") {
    throw new Error("the run was not claimed");
  }
  const agent: ServiceContext = { ...line.system, actor: { kind: "agent", runId: claim.runId } };
  const [id] = await recordToolRequests(agent, {
    ...claim,
    turnIndex: 0,
    requests: [{ externalId: "toolu_1", name, risk: "read", arguments: args, argumentsHash: "hash" }],
    turn: TURN,
  });
  return database().owner.toolCall.findUniqueOrThrow({ where: { id: id ?? "" } });
};

test("what no database keeps in a text is left out of a request, and the rest of it stays as it was", async () => {
  const call = await stored({ "a\u0000": ["x\u0000\u0000y", "half \ud800", "whole 👍", "plain words \\u0000"] }, "find\u0000_class");
  expect(call.name).toBe("find_class");
  expect(call.arguments).toEqual({ a: ["xy", "half ", "whole 👍", "plain words \\u0000"] });
});

test("nothing is an empty request, and one that is far too long is kept by its beginning", async () => {
  expect((await stored(undefined)).arguments).toEqual({});
  const call = await stored({ text: "x".repeat(20_000) }, "y".repeat(500));
  expect(call.arguments).toEqual({ cut: expect.stringMatching(/^\{"text":"x{191}$/) });
  expect(call.name).toHaveLength(200);
});

test("keys that would change what an object is are left out at every depth", async () => {
  const call = await stored(JSON.parse('{"__proto__":null,"bay":"3","more":[{"constructor":null,"__proto__":{"isAdmin":true},"of":1}]}'));
  expect(call.arguments).toEqual({ bay: "3", more: [{ of: 1 }] });
});
