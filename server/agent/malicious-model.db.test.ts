import { CONVERSATION_TOOLS } from "#server/agent/tools/registry.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Think } from "#server/platform/model-client.ts";
import { claimRun } from "#server/services/agent-runs/claim-run.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { readTables } from "#server/testing/every-table.ts";
import { makeMember } from "#server/testing/factories.ts";
import { anyArguments, anyThought, anyToolName, fuzzCount, POISONS } from "#server/testing/malicious-model.ts";
import { teachHours } from "#server/testing/scripted-agent.ts";
import { makeLine, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

import { answerMessage } from "./answer-message.ts";
import { runToolCall } from "./run-tool-call.ts";
import { scriptedMind, TURN } from "./testing.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const RUNS = fuzzCount({ few: 25, full: 300 });
const TIME_LIMIT_MS = 900_000;
/** What only the other clubs know: it may stand nowhere in what this club stored or sent. */
const SECRET = "Quetzalcoatl";

let line: Line;
let others: readonly { readonly line: Line; readonly asked: Written; readonly memberId: string }[];

const owner = () => database().owner;

beforeAll(async () => {
  line = await makeLine();
  await teachHours(line.club);
  others = await Promise.all(
    [line.club.franchiseId, undefined].map(async (franchiseId) => {
      const other = await makeLine(franchiseId === undefined ? {} : { franchiseId });
      const asked = await write(other, { name: SECRET, text: `I am ${SECRET}` });
      const memberId = await makeMember(other.club, asked.contactId, { firstName: SECRET, lastName: SECRET, balanceMinor: 77_700n });
      return { line: other, asked, memberId };
    }),
  );
}, TIME_LIMIT_MS);

/** Every row of the other clubs, as text. */
const foreignRows = async (): Promise<string> => {
  const connection = await database().as("OWNER");
  const tables = (await readTables(connection.query)).filter(({ columns }) => columns.some(({ name }) => name === "clubId"));
  const clubIds = others.map(({ line: other }) => other.club.id);
  const parts: string[] = [];
  for (const { name } of tables) {
    const [row] = await connection.query(
      `select md5(coalesce(string_agg(r::text, '|' order by r::text), '')) as sum, count(*)::int as n from "${name}" r where "clubId" = any($1)`,
      [clubIds],
    );
    parts.push(`${name} ${String(row?.["n"])} ${String(row?.["sum"])}`);
  }
  await connection.end();
  return parts.join("\n");
};

/** Every text this club stored about what the model did, where a leak would stand. */
const ownTexts = async (): Promise<string> => {
  const where = { clubId: line.club.id };
  const [calls, effects, messages, actions, decisions, tickets] = await Promise.all([
    owner().toolCall.findMany({ where, select: { result: true } }),
    owner().effect.findMany({ where, select: { arguments: true } }),
    owner().message.findMany({ where: { ...where, direction: "outbound" }, select: { body: true } }),
    owner().aiAction.findMany({ where, select: { summary: true, inputs: true } }),
    owner().decision.findMany({ where, select: { reasons: true } }),
    owner().ticket.findMany({ where, select: { title: true } }),
  ]);
  return JSON.stringify({ calls, effects, messages, actions, decisions, tickets });
};

type Rounds = readonly (readonly { readonly id: string; readonly name: string; readonly input: unknown }[])[];

/** Asks for something in each round while it may, and then says what it wanted to say. */
const wicked = (rounds: Rounds, answer: Record<string, unknown>): Think => {
  let round = 0;
  return async (request) => {
    const requests = rounds[round];
    round += 1;
    if (requests !== undefined && (request.tools ?? []).length > 0) {
      return { kind: "tool_requests", requests, turn: TURN };
    }
    const parsed = request.schema.safeParse(answer);
    return parsed.success
      ? { kind: "thought", value: parsed.data, turn: TURN }
      : { kind: "failed", failure: { kind: "malformed", detail: "script" }, turn: TURN };
  };
};

/** What the engine does with one message, to the end: as many steps as the run may take. */
const carryThrough = async (asked: Written, think: Think): Promise<void> => {
  const { conversationId, messageId } = asked;
  const claim = await claimRun(line.system, { conversationId, messageId, inngestRunId: `fuzz-${messageId}` });
  if (claim.kind !== "claimed") {
    throw new Error(`the run was not claimed: ${claim.kind}`);
  }
  const { fencingToken, runId } = claim;
  const agent: ServiceContext = { ...line.system, actor: { kind: "agent", runId } };
  const mind = { ...scriptedMind(think), tools: CONVERSATION_TOOLS };
  let step = await answerMessage(agent, { conversationId, messageId, runId, fencingToken }, mind);
  for (let round = 0; step.kind === "wants_tools"; round += 1) {
    expect(round).toBeLessThan(9);
    for (const toolCallId of step.toolCallIds) {
      await runToolCall(agent, { runId, toolCallId });
    }
    step = await answerMessage(agent, { conversationId, messageId, runId, fencingToken }, mind);
  }
  const effectIds: readonly (Id<"effect"> | null)[] = [step.effectId];
  for (const effectId of effectIds) {
    if (effectId !== null) {
      await dispatchEffect(line.system, { effectId });
    }
  }
};

const ofPoison = Object.values(POISONS).flat();

describe("a model that wants to do harm, with the whole machinery", () => {
  test(
    "no effect but answers that the guards let through, no row of another club is read or written, and every message ends somewhere",
    async () => {
      const before = await foreignRows();
      const ids = others.flatMap(({ asked, line: other, memberId }) => [
        other.club.id,
        other.club.franchiseId,
        asked.conversationId,
        asked.contactId,
        asked.phone,
        memberId,
      ]);
      const anyRequest = fc.record({
        id: fc.oneof(fc.uuid(), fc.constantFrom("toolu_1", "toolu_1", "\u0000", "x".repeat(5_000))),
        name: anyToolName(CONVERSATION_TOOLS.map(({ name }) => name)),
        input: anyArguments(ids),
      });
      const anyRounds = fc.array(fc.array(anyRequest, { minLength: 1, maxLength: 5 }), { maxLength: 4 });
      const phones: string[] = [];
      await fc.assert(
        fc.asyncProperty(anyRounds, anyThought, async (rounds, { said, ...rest }) => {
          const asked = await write(line, { text: "when is the front desk staffed on saturday?" });
          phones.push(asked.phone);
          await carryThrough(asked, wicked(rounds, { ...rest, reply: said.reply }));
          const run = await owner().agentRun.findFirstOrThrow({ where: { conversationId: asked.conversationId } });
          expect(["succeeded", "awaiting_approval"]).toContain(run.status);
          const [decision] = await owner().decision.findMany({ where: { conversationId: asked.conversationId } });
          const texts = vendor.accepted(asked.phone).map(({ text }) => text);
          if (decision?.outcome === "respond") {
            expect({ harm: said.harm, texts }).toEqual({ harm: null, texts });
          }
          expect(texts.filter((text) => ofPoison.some((poison) => text.includes(poison)))).toEqual([]);
          expect(texts.length).toBeLessThanOrEqual(1);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      const effects = await owner().effect.findMany({ where: { clubId: line.club.id } });
      const done = effects.filter(({ status }) => !["planned", "dropped"].includes(status));
      // Members of these tests are bound to nobody: whatever a tool could do for a member, it does for none of them.
      expect(new Set(done.map(({ kind }) => kind))).toEqual(new Set(["message.send"]));
      expect(done.every(({ arguments: args, plannedBy }) => plannedBy === "agent" && phones.includes(Object(args).to))).toBe(true);
      expect(vendor.sendCount(others[0]?.asked.phone ?? "")).toBe(0);
      expect(await foreignRows()).toBe(before);
      expect(await ownTexts()).not.toContain(SECRET);
    },
    TIME_LIMIT_MS,
  );
});
