import { DomainError } from "#server/domain/errors.ts";
import { asId } from "#server/domain/ids.ts";
import { MODEL_FAILURE_KINDS } from "#server/domain/model-failure.ts";
import type { ModelFailure } from "#server/platform/model-failures.ts";
import type { Think } from "#server/platform/model-client.ts";
import { verifyLedger } from "#server/services/ai-actions/verify-ledger.ts";
import { claimRun } from "#server/services/agent-runs/claim-run.ts";
import { failRun } from "#server/services/agent-runs/fail-run.ts";
import { countConversations } from "#server/services/conversations/count-conversations.ts";
import { handBack } from "#server/services/conversations/hand-back.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { reconcileEffect } from "#server/services/effects/reconcile-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { answer, SURE_TEXT, sureThink, teachHours, think } from "#server/testing/scripted-agent.ts";
import { makeLine, publishPolicy, write, type Line, type Written } from "#server/testing/scripted-line.ts";
import { ERROR_AFTER, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { answerMessage } from "./answer-message.ts";
import { failingThink, scriptedMind, scriptedThink, thought, TURN } from "./testing.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const QUESTION = "when is the front desk staffed on saturday?";
let line: Line;

beforeEach(async () => {
  line = await makeLine({ name: "Ironwood Denver" });
  await teachHours(line.club);
});

const owner = () => database().owner;
const conversation = (id: string) => owner().conversation.findUniqueOrThrow({ where: { id } });
const message = (id: string) => owner().message.findUniqueOrThrow({ where: { id } });
const textsTo = (phone: string) => vendor.accepted(phone).map(({ text }) => text);
const decisionOf = (messageId: string) => owner().decision.findFirstOrThrow({ where: { messageId }, orderBy: { id: "desc" } });
const actionsOf = (clubId: string) => owner().aiAction.findMany({ where: { clubId }, orderBy: { sequence: "asc" } });
/** A model that must not be asked. */
const noThink: Think = () => Promise.reject(new Error("the model was asked"));
/** Neither an answer on its way, nor a draft, nor a person called for. */
const isForgotten = async ({ conversationId, phone }: Written): Promise<boolean> => {
  const { needsYou } = await conversation(conversationId);
  return needsYou === "none" && vendor.accepted(phone).length === 0;
};

describe("no-double-in", () => {
  test("fifty claims of one message at once: one run acts", async () => {
    const asked = await write(line, { text: QUESTION });
    const claims = await Promise.allSettled(
      Array.from({ length: 50 }, (_value, index) =>
        claimRun(line.system, { conversationId: asked.conversationId, messageId: asked.messageId, inngestRunId: `engine-race-${index}` }),
      ),
    );
    // On a busy machine some of the fifty may find no free connection in time: they are refused, and the engine would come again.
    const kinds = claims.map((claim) =>
      claim.status === "fulfilled" ? claim.value.kind : claim.reason instanceof DomainError ? claim.reason.code : "broken",
    );
    expect(kinds.filter((kind) => kind === "claimed")).toHaveLength(1);
    expect(kinds.every((kind) => ["claimed", "taken", "upstream_unavailable"].includes(kind))).toBe(true);
    expect(await owner().agentRun.count({ where: { messageId: asked.messageId } })).toBe(1);
  });

  test("a replay of the event after the run has ended does nothing", async () => {
    const asked = await write(line, { text: QUESTION });
    await answer(line, asked);
    expect(await answer(line, asked, noThink)).toMatchObject({ claim: "done" });
    expect(textsTo(asked.phone)).toHaveLength(1);
  });

  test("of a burst only the newest message is answered, once and for all of them", async () => {
    const first = await write(line, { text: "hi" });
    const second = await write(line, { from: first.phone, text: "quick question" });
    const third = await write(line, { from: first.phone, text: QUESTION });
    expect((await answer(line, first, noThink)).claim).toBe("not_newest");
    expect((await answer(line, second, noThink)).claim).toBe("not_newest");
    await answer(line, third);
    expect(textsTo(first.phone)).toHaveLength(1);
    expect(await Promise.all([first, second, third].map(async ({ messageId }) => (await message(messageId)).agentOutcome))).toEqual([
      "wait",
      "wait",
      "respond",
    ]);
  });

  test("a message that arrives between claim and thought is left to its own run", async () => {
    const first = await write(line, { text: QUESTION });
    const claim = await claimRun(line.system, {
      conversationId: first.conversationId,
      messageId: first.messageId,
      inngestRunId: "engine-early",
    });
    const second = await write(line, { from: first.phone, text: "and on sunday?" });
    const early =
      claim.kind === "claimed"
        ? await answerMessage(line.system, { ...first, runId: claim.runId, fencingToken: claim.fencingToken }, scriptedMind(noThink))
        : null;
    expect(early).toEqual({ kind: "concluded", effectId: null });
    await answer(line, second);
    expect(textsTo(first.phone)).toHaveLength(1);
    expect((await message(first.messageId)).agentOutcome).toBe("wait");
  });

  test("a run whose lease ended is taken over, and the slow one can store nothing any more", async () => {
    const asked = await write(line, { text: QUESTION });
    const input = { conversationId: asked.conversationId, messageId: asked.messageId };
    const slow = await claimRun(line.system, { ...input, inngestRunId: "engine-slow" });
    const late = new Date(Date.now() + 120_000);
    expect(await claimRun(line.system, { ...input, inngestRunId: "engine-quick" })).toEqual({ kind: "taken" });
    const quick = await claimRun({ ...line.system, fixedNow: late }, { ...input, inngestRunId: "engine-quick" });
    expect([slow, quick]).toMatchObject([
      { kind: "claimed", fencingToken: "1" },
      { kind: "claimed", fencingToken: "2" },
    ]);
    const finish = (claim: typeof slow) =>
      claim.kind === "claimed"
        ? answerMessage(line.system, { ...input, runId: claim.runId, fencingToken: claim.fencingToken }, scriptedMind(sureThink))
        : Promise.reject(new Error("not claimed"));
    await expect(finish(slow)).rejects.toMatchObject({ code: "conflict" });
    expect(await owner().decision.count({ where: { messageId: asked.messageId } })).toBe(0);
    expect(await finish(quick)).toMatchObject({ kind: "concluded", effectId: expect.any(String) });
    expect(await owner().effect.count({ where: { conversationId: asked.conversationId } })).toBe(1);
  });

  test("the engine's own retry of a step takes its run up again", async () => {
    const asked = await write(line, { text: QUESTION });
    const input = { conversationId: asked.conversationId, messageId: asked.messageId, inngestRunId: "engine-retry" };
    const [first, again] = [await claimRun(line.system, input), await claimRun(line.system, input)];
    expect(again).toMatchObject({ kind: "claimed", fencingToken: "2" });
    expect(first.kind === "claimed" && again.kind === "claimed" && first.runId === again.runId).toBe(true);
  });
});

describe("ownership", () => {
  test("a sure answer goes out alone and nobody waits any more", async () => {
    const asked = await write(line, { text: QUESTION });
    expect((await answer(line, asked)).dispatch).toEqual({ status: "confirmed", reason: null });
    expect(textsTo(asked.phone)).toEqual([expect.stringContaining(SURE_TEXT.slice(0, 30))]);
    expect(await conversation(asked.conversationId)).toMatchObject({
      waitingSince: null,
      requiresResponse: false,
      needsYou: "none",
      lastMessageAuthor: "agent",
    });
    expect(await message(asked.messageId)).toMatchObject({ status: "replied", agentOutcome: "respond", agentAnsweredAt: expect.any(Date) });
  });

  test("what a person holds is left to that person, without a call of the model", async () => {
    const asked = await write(line, { text: QUESTION });
    await takeOver(line.club.as.staff, { conversationId: asked.conversationId });
    expect((await answer(line, asked, noThink)).effectId).toBeNull();
    expect(await decisionOf(asked.messageId)).toMatchObject({ outcome: "ignore", reasons: ["handled_by_staff"] });
    expect(await conversation(asked.conversationId)).toMatchObject({ waitingSince: expect.any(Date) });
  });

  test("only the first automatic message of a conversation says that an AI writes", async () => {
    const asked = await write(line, { text: QUESTION });
    await answer(line, asked);
    const again = await write(line, { from: asked.phone, text: "and can I come in then?" });
    await answer(line, again, scriptedThink(thought({ reply: "Yes, the front desk is staffed 9 am to 3 pm on Saturday. See you then?" })));
    expect(textsTo(asked.phone).map((text) => /AI assistant/.test(text))).toEqual([true, false]);
  });

  test("a draft that waited for a person when it was taken over is thought about again once it is handed back", async () => {
    await publishPolicy(line.club, { stages: { question: "suggest" } });
    const asked = await write(line, { text: QUESTION });
    await answer(line, asked);
    await takeOver(line.club.as.staff, { conversationId: asked.conversationId });
    await handBack(line.club.as.staff, { conversationId: asked.conversationId });
    expect((await answer(line, asked)).claim).toBe("claimed");
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "approval" });
  });

  test("what was escalated with a line, taken and handed back unanswered is not mistaken for an empty message", async () => {
    const asked = await write(line, { text: QUESTION });
    await answer(line, asked, scriptedThink(thought({ answerable: false, reply: null })));
    await takeOver(line.club.as.staff, { conversationId: asked.conversationId });
    await handBack(line.club.as.staff, { conversationId: asked.conversationId });
    await answer(line, asked);
    expect(textsTo(asked.phone).at(-1)).toContain("9 am to 3 pm");
  });
});

describe("honest states", () => {
  test("an answer that is not sure enough waits for a person, with the draft in the queue", async () => {
    const asked = await write(line, { text: QUESTION });
    await answer(line, asked, scriptedThink(thought({ reply: SURE_TEXT, confidence: 0.7 })));
    expect(await owner().approval.findMany({ where: { conversationId: asked.conversationId } })).toMatchObject([
      { status: "pending", requiredRole: "staff" },
    ]);
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "approval", waitingSince: expect.any(Date) });
    expect(textsTo(asked.phone)).toEqual([]);
  });

  test("a complaint goes to a person with a task, and whoever wrote hears one honest line", async () => {
    const asked = await write(line, { text: "the showers are filthy again" });
    await answer(line, asked, scriptedThink(thought({ category: "complaint", reply: "So sorry!", confidence: 0.99 })));
    expect(await conversation(asked.conversationId)).toMatchObject({
      needsYou: "escalation",
      requiresResponse: true,
      waitingSince: expect.any(Date),
    });
    expect(await owner().ticket.findMany({ where: { conversationId: asked.conversationId } })).toMatchObject([
      { status: "open", dueAt: expect.any(Date) },
    ]);
    expect(textsTo(asked.phone)).toEqual([expect.stringMatching(/AI assistant.*passing this to a person at Ironwood Denver/)]);
  });

  test("a second message to an escalated conversation brings no second line and no second task", async () => {
    const asked = await write(line, { text: "the showers are filthy again" });
    const complaint = scriptedThink(thought({ category: "complaint", reply: null }));
    await answer(line, asked, complaint);
    await answer(line, await write(line, { from: asked.phone, text: "really filthy" }), complaint);
    expect(textsTo(asked.phone)).toHaveLength(1);
    expect(await owner().ticket.count({ where: { conversationId: asked.conversationId } })).toBe(1);
  });

  test("an unsure draft for a newer message leaves the call for a person as it is, and both wait in one conversation", async () => {
    const asked = await write(line, { text: "the showers are filthy again" });
    await answer(line, asked, scriptedThink(thought({ category: "complaint", reply: null })));
    const later = await write(line, { from: asked.phone, text: QUESTION });
    await answer(line, later, scriptedThink(thought({ reply: SURE_TEXT, confidence: 0.7 })));
    const pending = { conversationId: asked.conversationId, status: "pending" };
    expect(await owner().approval.count({ where: pending })).toBe(1);
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "escalation", requiresResponse: true });
    expect((await countConversations(line.club.as.staff)).needs_you).toBe(1);
    await write(line, { from: asked.phone, text: "hello?" });
    expect(await owner().approval.count({ where: pending })).toBe(0);
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "escalation" });
  });

  test("a line of handover whose send is in doubt leaves the call for a person, also once it is found sent", async () => {
    const asked = await write(line, { text: "the showers are filthy again" });
    vendor.next(ERROR_AFTER);
    const { dispatch, ...told } = await answer(line, asked, scriptedThink(thought({ category: "complaint", reply: null })));
    expect(dispatch).toMatchObject({ status: "unknown" });
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "escalation" });
    const effectId = asId("effect", told.effectId ?? "");
    await reconcileEffect({ ...line.system, fixedNow: new Date(Date.now() + 1_000) }, { effectId });
    expect(await owner().effect.findUniqueOrThrow({ where: { id: effectId } })).toMatchObject({ status: "confirmed" });
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "escalation" });
  });

  test("shadow: the draft is kept for comparison and nothing goes out", async () => {
    await publishPolicy(line.club, { stages: { question: "shadow" } });
    const asked = await write(line, { text: QUESTION });
    expect((await answer(line, asked)).effectId).toBeNull();
    expect(await decisionOf(asked.messageId)).toMatchObject({
      outcome: "ignore",
      reasons: ["stage_shadow"],
      inputs: expect.objectContaining({ draft: expect.stringContaining("9 am to 3 pm") }),
    });
    expect(textsTo(asked.phone)).toEqual([]);
    expect(await conversation(asked.conversationId)).toMatchObject({ waitingSince: expect.any(Date), requiresResponse: true });
  });

  test("a claim the club's knowledge does not hold is held for a person", async () => {
    const asked = await write(line, { text: "how much is a day pass?" });
    await answer(line, asked, scriptedThink(thought({ reply: "A day pass is $12." })));
    expect(await decisionOf(asked.messageId)).toMatchObject({ outcome: "suggest", reasons: ["fact_lock"] });
    expect(textsTo(asked.phone)).toEqual([]);
  });

  test.each(MODEL_FAILURE_KINDS.filter((kind) => kind !== "budget_spent" && kind !== "run_limit"))(
    "a model that fails with %s leaves the message to a person and says so",
    async (kind) => {
      const failure: ModelFailure = kind === "rate_limited" ? { kind, retryAfterSeconds: 3 } : { kind, detail: "scripted" };
      const asked = await write(line, { text: QUESTION });
      await answer(line, asked, failingThink(failure));
      expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "escalation" });
      expect(textsTo(asked.phone)).toEqual([expect.stringContaining("passing this to a person")]);
      expect(await owner().ticket.count({ where: { conversationId: asked.conversationId } })).toBe(1);
    },
  );

  test("a spent budget: the model is not asked, a person is, and a card tells", async () => {
    await publishPolicy(line.club, { budgets: { dailyCostMicros: 10 } });
    await answer(line, await write(line, { text: QUESTION }));
    const asked = await write(line, { text: QUESTION });
    await answer(line, asked, noThink);
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "escalation" });
    expect(await decisionOf(asked.messageId)).toMatchObject({ outcome: "escalate", reasons: ["budget_spent"] });
    expect(await owner().alert.count({ where: { clubId: line.club.id, kind: "budget_spent", resolvedAt: null } })).toBe(1);
  });

  test("a key without money is told as what it is, and not as the club's own budget", async () => {
    await answer(line, await write(line, { text: QUESTION }), failingThink({ kind: "spend_limit", detail: "402 billing_error" }));
    expect(await owner().alert.findMany({ where: { clubId: line.club.id, resolvedAt: null } })).toMatchObject([{ kind: "model_failing" }]);
  });

  test("a draft longer than a text may be goes to a person in the same run", async () => {
    const asked = await write(line, { text: QUESTION });
    await answer(line, asked, scriptedThink(thought({ reply: "The front desk is staffed on Saturday. ".repeat(60) })));
    expect(await isForgotten(asked)).toBe(false);
    expect(await owner().agentRun.findFirstOrThrow({ where: { messageId: asked.messageId } })).toMatchObject({
      status: expect.stringMatching(/succeeded|awaiting_approval/),
    });
  });

  test("a run that broke for good calls a person, also when it broke before it began", async () => {
    const [claimed, never] = [await write(line, { text: QUESTION }), await write(line, { text: QUESTION })];
    await claimRun(line.system, { conversationId: claimed.conversationId, messageId: claimed.messageId, inngestRunId: "engine-broken" });
    for (const asked of [claimed, never]) {
      await failRun(line.system, { conversationId: asked.conversationId, messageId: asked.messageId, detail: "scripted" });
      expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "escalation" });
    }
  });

  test("a failure after the run has ended changes nothing", async () => {
    const asked = await write(line, { text: QUESTION });
    await answer(line, asked);
    await failRun(line.system, { conversationId: asked.conversationId, messageId: asked.messageId, detail: "scripted" });
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "none" });
  });

  test("an emergency followed by a short word is still one", async () => {
    const first = await write(line, { text: "my friend collapsed and is not breathing" });
    const second = await write(line, { from: first.phone, text: "hello??" });
    await answer(line, second, noThink);
    expect(textsTo(first.phone)).toEqual([expect.stringContaining("call 911")]);
    expect(await owner().alert.count({ where: { clubId: line.club.id, kind: "emergency" } })).toBe(1);
  });

  test("a reaction that follows a question at once does not swallow it", async () => {
    const first = await write(line, { text: QUESTION });
    const second = await write(line, { from: first.phone, text: "👍" });
    await answer(line, first);
    await answer(line, second);
    expect(textsTo(first.phone)).toHaveLength(1);
  });

  test("a reaction to a waiting draft does not make the draft disappear", async () => {
    await publishPolicy(line.club, { stages: { question: "suggest" } });
    const asked = await write(line, { text: QUESTION });
    await answer(line, asked);
    await answer(line, await write(line, { from: asked.phone, text: "👍" }));
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "approval", waitingSince: expect.any(Date) });
  });

  test("a reaction alone needs nobody", async () => {
    const asked = await write(line, { text: "👍" });
    await answer(line, asked, noThink);
    expect(await conversation(asked.conversationId)).toMatchObject({ needsYou: "none", waitingSince: null, requiresResponse: false });
  });
});

describe("ledger", () => {
  test("each decision, also the one not to act, is one row with its grounds and its cost, and the chain is whole", async () => {
    await publishPolicy(line.club, { stages: { praise: "shadow" } });
    const asked = [
      await write(line, { text: QUESTION }),
      await write(line, { text: "great club!" }),
      await write(line, { text: "👍" }),
      await write(line, { text: "the showers are filthy" }),
    ];
    const minds = [
      sureThink,
      scriptedThink(thought({ category: "praise", reply: "Thanks!" })),
      noThink,
      scriptedThink(thought({ category: "complaint", reply: null })),
    ];
    await Promise.all(asked.map((one, index) => answer(line, one, minds[index])));
    const decided = (await actionsOf(line.club.id)).filter(({ decisionId, messageId }) => decisionId !== null && messageId !== null);
    const kindOf = (messageId: string) => decided.filter((row) => row.messageId === messageId).map(({ kind }) => kind);
    expect(asked.map(({ messageId }) => kindOf(messageId))).toEqual([
      ["reply.planned"],
      ["draft.kept"],
      ["message.ignored"],
      ["conversation.escalated"],
    ]);
    const first = decided.find((row) => row.messageId === asked[0]?.messageId);
    expect(first).toMatchObject({
      model: "scripted",
      costMicros: BigInt(TURN.costMicros),
      policyVersion: "f0.c1",
      inputs: expect.objectContaining({ category: "question", reasons: "sure_enough" }),
    });
    expect(await verifyLedger(line.club.as.owner)).toMatchObject({ isWhole: true });
  });

  test("no row of the ledger repeats what anybody wrote", async () => {
    const asked = await write(line, { text: "when is the front desk staffed? my code is 7731", name: "Robin Hale" });
    await answer(line, asked);
    const rows = JSON.stringify(await actionsOf(line.club.id), (_key, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
    expect(rows).not.toMatch(/7731|Robin|9 am/);
  });
});

describe("tenant", () => {
  test("a run of another club finds nothing to claim", async () => {
    const asked = await write(line, { text: QUESTION });
    const other = await makeLine({ franchiseId: line.club.franchiseId });
    expect(
      await claimRun(other.system, { conversationId: asked.conversationId, messageId: asked.messageId, inngestRunId: "engine-foreign" }),
    ).toEqual({ kind: "gone" });
    expect((await think(other, asked, noThink)).claim).toBe("gone");
  });
});
