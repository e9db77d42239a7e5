import { describe, expect, test } from "vitest";

import { findProblems } from "./checker.ts";
import type { AcceptedText, EffectRow, Evidence, MessageRow } from "./checker-input.ts";

const CONNECTION = "conn_a";
const MEMBER = "+13035550101";
const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 5, 12, 0, seconds));

const text = (id: string, seconds: number, words = `question ${id}`): AcceptedText => ({
  id,
  connectionId: CONNECTION,
  member: MEMBER,
  text: words,
  at: at(seconds),
});

const row = (externalId: string, seconds: number, over: Partial<MessageRow> = {}): MessageRow => ({
  id: `msg_${externalId}`,
  externalId,
  connectionId: CONNECTION,
  conversationId: "conv_a",
  body: `question ${externalId}`,
  receivedAt: at(seconds),
  agentProcessedAt: at(seconds + 5),
  agentOutcome: "respond",
  ...over,
});

const effect = (answersMessageId: string, over: Partial<EffectRow> = {}): EffectRow => ({
  id: `eff_${answersMessageId}`,
  status: "confirmed",
  connectionId: CONNECTION,
  to: MEMBER,
  text: `answer to ${answersMessageId}`,
  vendorReference: `sent_${answersMessageId}`,
  answersMessageId,
  hasPendingApproval: false,
  hasOpenAlert: false,
  wasUnknown: false,
  wasShown: false,
  ...over,
});

const send = (answersMessageId: string, seconds: number, over: Partial<AcceptedText> = {}): AcceptedText => ({
  ...text(`sent_${answersMessageId}`, seconds, `answer to ${answersMessageId}`),
  ...over,
});

/** A member who wrote two messages in one burst, was answered once, wrote again a minute later, and was answered again. */
const GOOD: Evidence = {
  texts: [text("a", 0), text("b", 2), text("c", 60)],
  messages: [row("a", 0, { agentOutcome: "wait" }), row("b", 2), row("c", 60)],
  effects: [effect("msg_b"), effect("msg_c")],
  sends: [send("msg_b", 7), send("msg_c", 65)],
  burstWindowMs: 4_000,
};

const kinds = (change: Partial<Evidence>): string[] => findProblems({ ...GOOD, ...change }).map(({ kind }) => kind);

test("a crash that left everything right has no problems", () => {
  expect(findProblems(GOOD)).toEqual([]);
});

describe("rows", () => {
  test("a text the vendor accepted and the inbox does not hold is lost", () => {
    expect(kinds({ messages: GOOD.messages.filter(({ externalId }) => externalId !== "a") })).toEqual(["lost_row"]);
  });

  test("a text that is in the inbox twice is caught, also under another id of ours", () => {
    expect(kinds({ messages: [...GOOD.messages, row("a", 1, { id: "msg_again", agentOutcome: "wait" })] })).toEqual(["double_row"]);
  });

  test("a second row under an id the vendor never gave is caught", () => {
    expect(kinds({ messages: [...GOOD.messages, row("z", 1, { body: "question a", agentOutcome: "wait" })] })).toEqual(["stray_row"]);
  });

  test("the same id at another connection is another message, not this one", () => {
    const moved = GOOD.messages.map((message) => (message.externalId === "a" ? { ...message, connectionId: "conn_b" } : message));
    expect(kinds({ messages: moved })).toEqual(["lost_row", "stray_row"]);
  });

  test("a text that was stored with other words is caught", () => {
    expect(kinds({ messages: [row("a", 0, { agentOutcome: "wait", body: "question" }), row("b", 2), row("c", 60)] })).toEqual([
      "changed_text",
    ]);
  });
});

describe("sends", () => {
  test("one effect whose words the vendor accepted twice is a double send", () => {
    expect(kinds({ sends: [...GOOD.sends, send("msg_c", 80, { id: "sent_again" })] })).toEqual(["double_send"]);
  });

  test("two effects with the same words for one burst are a double send", () => {
    const again = effect("msg_a", { text: "answer to msg_b" });
    expect(kinds({ effects: [...GOOD.effects, again], sends: [...GOOD.sends, send("msg_a", 8, { text: "answer to msg_b" })] })).toEqual([
      "double_send",
    ]);
  });

  test("two different answers to one burst are one too many", () => {
    expect(kinds({ effects: [...GOOD.effects, effect("msg_a")], sends: [...GOOD.sends, send("msg_a", 8)] })).toEqual(["extra_answer"]);
  });

  test("the same words for two bursts are two answers", () => {
    const effects = GOOD.effects.map((row) => ({ ...row, text: "we close at ten" }));
    const sends = GOOD.sends.map((row) => ({ ...row, text: "we close at ten" }));
    expect(kinds({ effects, sends })).toEqual([]);
  });

  test("a send the ledger knows nothing of is caught", () => {
    expect(kinds({ sends: [...GOOD.sends, send("msg_x", 200, { member: "+13035550102" })] })).toEqual(["send_without_effect"]);
  });

  test("a confirmed effect that the vendor never accepted is caught, with the member left without an answer", () => {
    expect(kinds({ sends: GOOD.sends.slice(0, 1) })).toEqual(["false_confirmation", "unanswered_burst"]);
  });

  test("two effects cannot both be confirmed by one send", () => {
    const twin = effect("msg_c", { id: "eff_twin" });
    expect(kinds({ effects: [...GOOD.effects, twin] })).toEqual(["false_confirmation"]);
  });
});

describe("effects", () => {
  const withStatus = (over: Partial<EffectRow>): readonly EffectRow[] => [
    effect("msg_b"),
    effect("msg_c", { vendorReference: null, ...over }),
  ];

  test.each(["unknown", "needs_human", "failed"])("an effect that is %s and has no open card is silent", (status) => {
    expect(kinds({ effects: withStatus({ status }) })).toEqual(["silent_effect"]);
    expect(kinds({ effects: withStatus({ status, wasShown: true }) })).toEqual(["silent_effect"]);
    expect(kinds({ effects: withStatus({ status, hasOpenAlert: true }) })).toEqual([]);
  });

  test("an effect that was unknown for a while must have been shown by a card then", () => {
    const found = (over: Partial<EffectRow>) => kinds({ effects: [effect("msg_b", over), effect("msg_c")] });
    expect(found({ wasUnknown: true })).toEqual(["silent_effect"]);
    expect(found({ wasUnknown: true, wasShown: true })).toEqual([]);
  });

  test.each(["planned", "approved", "dispatching"])("an effect left %s is unsettled, unless a person is asked", (status) => {
    expect(kinds({ effects: withStatus({ status }) })).toEqual(["unsettled_effect"]);
    expect(kinds({ effects: withStatus({ status, hasPendingApproval: true }) })).toEqual([]);
  });
});

describe("processing", () => {
  test("a message the agent never looked at is caught", () => {
    expect(kinds({ messages: [row("a", 0, { agentProcessedAt: null, agentOutcome: null }), row("b", 2), row("c", 60)] })).toEqual([
      "unprocessed_message",
    ]);
  });

  test("a member who was to be answered and got nothing is caught", () => {
    expect(kinds({ effects: [effect("msg_b")], sends: GOOD.sends.slice(0, 1) })).toEqual(["unanswered_burst"]);
    expect(kinds({ effects: [effect("msg_b"), effect("msg_c", { status: "dropped" })], sends: GOOD.sends.slice(0, 1) })).toEqual([
      "unanswered_burst",
    ]);
  });

  test("an answer that a newer burst made stale may be dropped", () => {
    expect(kinds({ effects: [effect("msg_b", { status: "dropped" }), effect("msg_c")], sends: GOOD.sends.slice(1) })).toEqual([]);
  });
});
