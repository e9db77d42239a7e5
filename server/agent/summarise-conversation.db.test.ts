import { MADE_AT, makeConversation, makeMessage, minutesAfter, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeLine, publishPolicy, type Line } from "#server/testing/scripted-line.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import type { Think, ThinkRequest } from "#server/platform/model-client.ts";
import { loadSituation, TURN_COUNT } from "#server/services/agent-runs/load-situation.ts";
import { loadUnsummarised } from "#server/services/conversations/load-unsummarised.ts";
import { storeSummary } from "#server/services/conversations/store-summary.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { SUMMARY_MAX_CHARACTERS, SUMMARY_MIN_TURNS } from "./limits.ts";
import { summariseConversation } from "./summarise-conversation.ts";
import { failingThink, scriptedThink, TURN } from "./testing.ts";

useDatabase();

let line: Line;
let club: TestClub;

beforeEach(async () => {
  line = await makeLine();
  club = line.club;
});

const owner = () => database().owner;

/** A conversation of so many turns, the contact and the club by turns. */
const talk = async (turnCount: number) => {
  const { conversation } = await makeConversation(club);
  await say(conversation.id, turnCount);
  return conversation.id;
};

const say = async (conversationId: string, turnCount: number): Promise<void> => {
  const { messageSequence: before } = await owner().conversation.findUniqueOrThrow({ where: { id: conversationId } });
  await owner().message.createMany({
    data: Array.from({ length: turnCount }, (_, index) => ({
      id: newId("message"),
      ...scopeOf(club),
      conversationId,
      ...(index % 2 === 0
        ? { direction: "inbound", author: "contact", status: "read" }
        : { direction: "outbound", author: "staff", status: "sent" }),
      body: `turn ${index}`,
      bodyHash: sha256(`turn ${index}`),
      sequence: before + index + 1,
      sentAt: minutesAfter(index),
      receivedAt: minutesAfter(index),
      createdAt: minutesAfter(index),
    })),
  });
  await owner().conversation.update({ where: { id: conversationId }, data: { messageSequence: before + turnCount } });
};

const mind = (think: Think) => ({ think, model: "scripted" });
const summary = (text: string) => mind(scriptedThink({ summary: text }));
const noThink = mind(() => Promise.reject(new Error("the model was asked")));
const stored = (id: string) => owner().conversation.findUniqueOrThrow({ where: { id }, select: { summary: true, summarySequence: true } });
const turns = () => owner().modelTurn.findMany({ where: { clubId: club.id } });

describe("the summary of what fell out of the prompt", () => {
  test("is made once twenty turns fell out, by one call, and tells of exactly those", async () => {
    const conversationId = await talk(TURN_COUNT + SUMMARY_MIN_TURNS);
    const asked: ThinkRequest<unknown>[] = [];
    const think: Think = (request) => {
      asked.push(request);
      return scriptedThink({ summary: "They asked about hours.\u200b" })(request);
    };
    expect(await summariseConversation(line.system, { conversationId }, mind(think))).toBe("stored");
    expect(await stored(conversationId)).toEqual({ summary: "They asked about hours.", summarySequence: SUMMARY_MIN_TURNS });
    expect(asked).toHaveLength(1);
    const prompt = JSON.stringify(asked[0]?.messages);
    expect(prompt).toContain(`turn ${SUMMARY_MIN_TURNS - 1}\\`);
    expect(prompt).not.toContain(`turn ${SUMMARY_MIN_TURNS}\\`);
    expect(await turns()).toMatchObject([
      { purpose: "summary", agentRunId: null, promptVersion: expect.stringMatching(/^summary-/), costMicros: BigInt(TURN.costMicros) },
    ]);
  });

  test.each([1, TURN_COUNT, TURN_COUNT + SUMMARY_MIN_TURNS - 1])(
    "of %i turns nothing is summarised and no model is asked",
    async (count) => {
      expect(await summariseConversation(line.system, { conversationId: await talk(count) }, noThink)).toBe("not_needed");
      expect(await turns()).toEqual([]);
    },
  );

  test("goes on from the one before, and is not made again before twenty more fell out", async () => {
    const conversationId = await talk(TURN_COUNT + SUMMARY_MIN_TURNS);
    await summariseConversation(line.system, { conversationId }, summary("First."));
    expect(await summariseConversation(line.system, { conversationId }, noThink)).toBe("not_needed");
    await say(conversationId, SUMMARY_MIN_TURNS);
    const asked: string[] = [];
    const think: Think = (request) => {
      asked.push(JSON.stringify(request.messages));
      return scriptedThink({ summary: "Second." })(request);
    };
    expect(await summariseConversation(line.system, { conversationId }, mind(think))).toBe("stored");
    expect(asked).toEqual([expect.stringContaining("First.")]);
    expect(await stored(conversationId)).toEqual({ summary: "Second.", summarySequence: 2 * SUMMARY_MIN_TURNS });
  });

  test("that the model fails to make costs nothing but its row, and stays to be made", async () => {
    const conversationId = await talk(TURN_COUNT + SUMMARY_MIN_TURNS);
    const failing = mind(failingThink({ kind: "overloaded", detail: "scripted" }));
    expect(await summariseConversation(line.system, { conversationId }, failing)).toBe("failed");
    expect(await summariseConversation(line.system, { conversationId }, summary("  "))).toBe("failed");
    expect(await stored(conversationId)).toEqual({ summary: "", summarySequence: 0 });
    expect(new Set((await turns()).map(({ errorKind }) => errorKind))).toEqual(new Set(["overloaded", null]));
  });

  test("is no longer than it may be", async () => {
    const conversationId = await talk(TURN_COUNT + SUMMARY_MIN_TURNS);
    await summariseConversation(line.system, { conversationId }, summary("x".repeat(10_000)));
    expect((await stored(conversationId)).summary).toHaveLength(SUMMARY_MAX_CHARACTERS);
  });

  test("is not made where the agent is stopped or the budget is spent", async () => {
    const conversationId = await talk(TURN_COUNT + SUMMARY_MIN_TURNS);
    await owner().club.update({ where: { id: club.id }, data: { stoppedAt: MADE_AT } });
    expect(await summariseConversation(line.system, { conversationId }, noThink)).toBe("not_needed");
    await owner().club.update({ where: { id: club.id }, data: { stoppedAt: null } });
    await publishPolicy(club, { budgets: { dailyCostMicros: 0 } });
    expect(await summariseConversation(line.system, { conversationId }, noThink)).toBe("not_needed");
  });

  test("of two that were made at once the first stays", async () => {
    const conversationId = await talk(TURN_COUNT + SUMMARY_MIN_TURNS);
    const known = await loadUnsummarised(line.system, { conversationId });
    const { tryCount: _tryCount, ...turn } = { ...TURN, promptVersion: "summary-test", errorKind: null };
    const store = (text: string) =>
      storeSummary(line.system, { conversationId, fromSequence: known?.summarySequence ?? -1, summary: { text, sequence: 20 }, turn });
    expect(await Promise.all([store("a"), store("b")]).then((both) => both.toSorted())).toEqual([false, true]);
  });

  test("of another club's conversation is neither read nor written", async () => {
    const conversationId = await talk(TURN_COUNT + SUMMARY_MIN_TURNS);
    const other = await makeLine({ franchiseId: club.franchiseId });
    expect(await summariseConversation(other.system, { conversationId }, noThink)).toBe("not_needed");
  });
});

describe("what is remembered of a person", () => {
  const situationOf = async (conversationId: string) => {
    const { id: messageId } = await makeMessage(club, conversationId, { text: "and now?", sentAt: new Date() });
    return loadSituation(line.system, { conversationId, messageId });
  };

  test("the summary, the last turns of the other conversations by channel, and staff notes reach the agent", async () => {
    const { conversation, contact } = await makeConversation(club, { summary: "They wanted a tour.", summarySequence: 1 });
    const mail = await makeConversation(club, { kind: "email", contactId: contact?.id ?? "" });
    const now = new Date();
    await makeMessage(club, mail.conversation.id, { text: "by mail", sentAt: now });
    await makeMessage(club, mail.conversation.id, {
      text: "answered by mail",
      direction: "outbound",
      author: "agent",
      status: "sent",
      sentAt: now,
    });
    await makeMessage(club, mail.conversation.id, { text: "long ago", sentAt: new Date(now.getTime() - 31 * 86_400_000) });
    await makeMessage(club, conversation.id, { text: "prefers mornings", direction: "note", author: "staff", status: "sent", sentAt: now });
    const situation = await situationOf(conversation.id);
    expect(situation?.memory).toMatchObject({
      earlierSummary: "They wanted a tour.",
      elsewhere: [
        { channel: "email", from: "contact", text: "by mail" },
        { channel: "email", from: "agent", text: "answered by mail" },
      ],
      notes: [{ text: "prefers mornings" }],
    });
    expect(situation?.turns.map(({ text }) => text)).toEqual(["and now?"]);
  });

  test("nothing of another contact or another club is remembered", async () => {
    const { conversation } = await makeConversation(club);
    const other = await makeConversation(club);
    await makeMessage(club, other.conversation.id, { text: "not yours", sentAt: new Date() });
    await makeMessage(club, other.conversation.id, {
      text: "note",
      direction: "note",
      author: "staff",
      status: "sent",
      sentAt: new Date(),
    });
    expect((await situationOf(conversation.id))?.memory).toEqual({ earlierSummary: "", elsewhere: [], notes: [] });
  });
});
