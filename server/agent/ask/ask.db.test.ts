import { answerQuestion } from "#server/agent/ask/answer-question.ts";
import { ASK_TOOLS } from "#server/agent/ask/ask-tools.ts";
import { runAskCall } from "#server/agent/ask/run-ask-call.ts";
import { TURN } from "#server/agent/testing.ts";
import type { Id } from "#server/domain/ids.ts";
import { handlesOf } from "#server/platform/handles.ts";
import { runKey } from "#server/platform/keys.ts";
import type { Think, ToolRequest } from "#server/platform/model-client.ts";
import { askQuestion } from "#server/services/ask/ask-question.ts";
import { decideAskCall } from "#server/services/ask/decide-ask-call.ts";
import { getAskThread } from "#server/services/ask/get-ask-thread.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeContact, makeMember, minutesAfter } from "#server/testing/factories.ts";
import { anyArguments, anyToolName, fuzzCount } from "#server/testing/malicious-model.ts";
import { makeLine, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const vendor = useScriptedOpenPhone();
const TIME_LIMIT_MS = 600_000;

let line: Line;
let memberId: string;
let phone: string;
let calls: number;

beforeEach(async () => {
  line = await makeLine();
  await write(line);
  const { contact, identity } = await makeContact(line.club, { name: "Dana Pike" });
  phone = identity.address ?? "";
  memberId = await makeMember(line.club, contact.id, {
    firstName: "Dana",
    lastName: "Pike",
    phone: identity.address,
    balanceMinor: 12_500n,
    status: "past_due",
  });
  calls = 0;
});

const owner = () => database().owner;
const sent = () => vendor.sendCount(phone);

/** What the model says in its rounds, one after the other; the last one again and again. */
type Move = string | readonly Omit<ToolRequest, "id">[];
const thinking = (...moves: readonly Move[]): { readonly think: Think; readonly model: string } => ({
  model: "scripted",
  think: async (request) => {
    const move = moves[Math.min(calls, moves.length - 1)] ?? "";
    calls += 1;
    if (typeof move !== "string") {
      return { kind: "tool_requests", requests: move.map((each, index) => ({ ...each, id: `toolu_${calls}_${index}` })), turn: TURN };
    }
    return { kind: "thought", value: request.schema.parse({ answer: move }), turn: TURN };
  },
});

const handleOf = async (id = memberId): Promise<string> => {
  const thread = await owner().askThread.findFirstOrThrow({ where: { clubId: line.club.id } });
  return handlesOf(runKey({ clubId: line.club.id, runId: thread.id })).of("member", id);
};

/** Drives a question as the durable function does. */
const drive = async (turnId: Id<"askTurn">, mind: ReturnType<typeof thinking>): Promise<void> => {
  for (let round = 0; ; round += 1) {
    const next = await answerQuestion(line.system, { turnId, round }, mind);
    if (next.kind === "ended") {
      return;
    }
    for (const callId of next.callIds) {
      await runAskCall(line.system, { callId });
    }
  }
};

const asked = async (question: string, ...moves: readonly Move[]) => {
  const { turnId } = await askQuestion(line.club.as.manager, { question });
  await drive(turnId, thinking(...moves));
  const turn = (await getAskThread(line.club.as.manager)).at(-1);
  if (turn === undefined) {
    throw new Error("nothing was asked");
  }
  return turn;
};

const OWING: Move = [{ name: "get_past_due_members", input: { min_amount: 100 } }];

/** Has a first question asked, so that there is a thread whose handles can be used. */
const begun = async (): Promise<string> => {
  await asked("hello?", "Hello.");
  calls = 0;
  return handleOf();
};

const pausing = async () => {
  const person = await begun();
  const turn = await asked(
    "pause collections for Dana",
    [{ name: "pause_collections", input: { person, until: "2099-12-31", reason: "asked by the manager" } }],
    "It waits for your yes.",
  );
  return { turn, callId: turn.calls[0]?.id ?? ("" as Id<"askCall">) };
};

describe("a question", () => {
  test("is answered with what tools found: counts and rows with names that code put in, while the model saw first names only", async () => {
    const person = await begun();
    const turn = await asked("who owes more than 100?", OWING, `${person} owes $125.00.`);
    expect(turn).toMatchObject({ status: "done", answer: "Dana Pike owes $125.00.", endCode: null });
    expect(turn.calls).toMatchObject([
      { sentence: "Count the members who owe at least 100", outcome: "done", count: 1, rows: [{ name: "Dana Pike" }] },
    ]);
    expect(turn.calls[0]?.rows[0]?.facts).toContain("owes: $125.00");
    const stored = await owner().askCall.findFirstOrThrow({ where: { clubId: line.club.id } });
    expect(JSON.stringify(stored.result)).toContain("Dana");
    expect(JSON.stringify(stored.result)).not.toContain("Pike");
  });

  test("is not answered with an amount that no result holds", async () => {
    const turn = await asked("who owes more than 100?", OWING, "They owe $777.00 together.");
    expect(turn).toMatchObject({ status: "done", answer: null, endCode: "fact_lock", heldSpans: ["$777.00"] });
    expect(turn.calls).toMatchObject([{ count: 1 }]);
  });

  test("ends after eight calls of the model and when the same is asked for twice", async () => {
    expect(await asked("who owes?", OWING, OWING)).toMatchObject({ status: "failed", endCode: "run_limit" });
    calls = 0;
    const each = Array.from({ length: 12 }, (_, at): Move => [{ name: "get_past_due_members", input: { min_amount: at } }]);
    expect(await asked("who owes?", ...each)).toMatchObject({ status: "failed", endCode: "run_limit" });
    expect(calls).toBeLessThanOrEqual(8);
  });

  test("waits for the one before, and one that nobody works on any more stands in no way", async () => {
    await askQuestion(line.club.as.manager, { question: "first?" });
    await expect(askQuestion(line.club.as.manager, { question: "second?" })).rejects.toMatchObject({ code: "precondition_failed" });
    await owner().askTurn.updateMany({ where: { clubId: line.club.id }, data: { createdAt: minutesAfter(-600) } });
    await askQuestion(line.club.as.manager, { question: "second?" });
    expect((await getAskThread(line.club.as.manager)).map(({ status }) => status)).toEqual(["failed", "queued"]);
  });

  test("of somebody whose role was taken away meanwhile is not answered", async () => {
    const { turnId } = await askQuestion(line.club.as.manager, { question: "who owes?" });
    await owner().staffAccess.updateMany({ where: { userId: line.club.people.manager.userId }, data: { archivedAt: minutesAfter(0) } });
    await drive(turnId, thinking(OWING));
    expect(calls).toBe(0);
    expect((await getAskThread(line.club.as.manager)).at(-1)).toMatchObject({ status: "failed", endCode: "not_allowed" });
  });
});

describe("a thread", () => {
  test("is its owner's alone: for another person, another club and a clerk nothing is there", async () => {
    const { callId } = await pausing();
    const other = await makeLine({ franchiseId: line.club.franchiseId });
    expect(await getAskThread(line.club.as.owner)).toEqual([]);
    expect(await getAskThread(other.club.as.manager)).toEqual([]);
    await expect(getAskThread(line.club.as.staff)).rejects.toMatchObject({ code: "forbidden" });
    for (const ctx of [line.club.as.owner, other.club.as.manager]) {
      await expect(decideAskCall(ctx, { callId, decision: "approved" })).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await owner().billingHold.count({ where: { clubId: line.club.id } })).toBe(0);
  });
});

describe("a deed", () => {
  test("is only prepared: a text waits as a question to the team, and nothing has gone out", async () => {
    const person = await begun();
    const turn = await asked("text Dana: hi", [{ name: "send_message_to_member", input: { person, message_text: "hi" } }], "It waits.");
    expect(turn.calls).toMatchObject([{ outcome: "done", approvals: [{ status: "pending", summary: "Send Dana Pike this text: “hi”" }] }]);
    expect(sent()).toBe(0);
  });

  test("that pauses collections happens by the asker's own yes, once, until the end of the day that was shown", async () => {
    const { callId, turn } = await pausing();
    expect(turn.calls).toMatchObject([
      { ownDecision: "waiting", sentence: expect.stringContaining("Pause collections for Dana Pike until the end of") },
    ]);
    expect(await owner().billingHold.count({ where: { clubId: line.club.id } })).toBe(0);
    await decideAskCall(line.club.as.manager, { callId, decision: "approved" });
    await expect(decideAskCall(line.club.as.manager, { callId, decision: "approved" })).rejects.toMatchObject({
      code: "precondition_failed",
    });
    expect(await owner().billingHold.findMany({ where: { clubId: line.club.id } })).toMatchObject([
      {
        kind: "exemption",
        reason: "asked by the manager",
        until: new Date("2100-01-01T07:00:00.000Z"),
        placedBy: line.club.people.manager.userId,
      },
    ]);
  });

  test("that was refused by the asker does not happen", async () => {
    const { callId } = await pausing();
    await decideAskCall(line.club.as.manager, { callId, decision: "rejected" });
    await expect(decideAskCall(line.club.as.manager, { callId, decision: "approved" })).rejects.toMatchObject({
      code: "precondition_failed",
    });
    expect(await owner().billingHold.count({ where: { clubId: line.club.id } })).toBe(0);
  });
});

describe("a crash", () => {
  test("between any two steps repeats neither a call of the model nor a deed", async () => {
    const person = await begun();
    const { turnId } = await askQuestion(line.club.as.manager, { question: "text Dana: hi" });
    const mind = thinking([{ name: "send_message_to_member", input: { person, message_text: "hi" } }], "It waits.");
    const first = await answerQuestion(line.system, { turnId, round: 0 }, mind);
    expect(await answerQuestion(line.system, { turnId, round: 0 }, mind)).toEqual(first);
    expect(calls).toBe(1);
    for (const callId of first.kind === "wants_tools" ? first.callIds : []) {
      await runAskCall(line.system, { callId });
      await runAskCall(line.system, { callId });
      // The deed was planned and the answer was not stored.
      await owner().askCall.updateMany({ where: { id: callId }, data: { outcome: "requested" } });
      await runAskCall(line.system, { callId });
    }
    await answerQuestion(line.system, { turnId, round: 1 }, mind);
    await answerQuestion(line.system, { turnId, round: 1 }, mind);
    expect(calls).toBe(2);
    expect(await owner().effect.count({ where: { clubId: line.club.id, effectKey: { startsWith: "club-tool:" } } })).toBe(1);
    expect(await owner().modelTurn.count({ where: { clubId: line.club.id, purpose: "chat" } })).toBe(3);
  });
});

describe("a malicious model", () => {
  test(
    "with any tools and any arguments sends nothing, opens nothing and places no hold",
    async () => {
      await begun();
      const other = await makeLine({ franchiseId: line.club.franchiseId });
      const foreign = await makeMember(other.club, (await makeContact(other.club, { name: "Foreign Person" })).contact.id);
      const names = ASK_TOOLS.map(({ name }) => name);
      const own = await handleOf();
      const ids = [memberId, foreign, await handleOf(foreign), own, `${own.slice(0, -1)}0`];
      const anyRequest = fc.record({
        name: anyToolName(names),
        input: fc.oneof(anyArguments(ids), fc.record({ person: fc.constantFrom(...ids) })),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(anyRequest, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 }),
          fc.string(),
          async (rounds, end) => {
            calls = 0;
            const turn = await asked("do what you like", ...rounds, end);
            expect(["done", "failed"]).toContain(turn.status);
            expect(JSON.stringify(turn)).not.toContain("Foreign Person");
          },
        ),
        { numRuns: fuzzCount({ few: 25, full: 300 }) },
      );
      expect(sent()).toBe(0);
      expect(await owner().billingHold.count({ where: { clubId: line.club.id } })).toBe(0);
      expect(
        await owner().effect.count({ where: { clubId: line.club.id, needsApproval: false, effectKey: { startsWith: "club-tool:" } } }),
      ).toBe(0);
      expect(await owner().effect.count({ where: { clubId: other.club.id } })).toBe(0);
    },
    TIME_LIMIT_MS,
  );
});
