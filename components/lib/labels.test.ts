import { expect, test } from "vitest";

import { connectionLabel, conversationState, whyLine } from "#components/lib/labels.ts";
import type { Why } from "#server/domain/inbox-view.ts";

const row = { status: "open", needsYou: "none", handledBy: "agent", ownerName: null } as const;

const why: Why = {
  outcome: "respond",
  reasons: [{ code: "sure_enough", sentence: "Spotter was sure enough to answer alone" }],
  category: "question",
  subIntent: "opening_hours",
  confidence: 0.94,
  threshold: 0.85,
  evidence: "what time u close",
  riskFlags: [],
  knowledge: [],
  policyVersion: "3",
  model: null,
  costMicros: null,
  decidedAt: new Date("2026-11-20T21:00:00Z"),
};

test("what needs a person hides every other state", () => {
  expect(conversationState({ ...row, needsYou: "escalation", handledBy: "staff" })).toBe("escalation");
  expect(conversationState({ ...row, needsYou: "approval", status: "resolved" })).toBe("approval");
});

test("a conversation nobody is needed for shows its end, else who handles it", () => {
  expect(conversationState({ ...row, needsYou: "escalation", status: "snoozed" })).toBe("snoozed");
  expect(conversationState({ ...row, status: "resolved" })).toBe("resolved");
  expect(conversationState(row)).toBe("agent");
  expect(conversationState({ ...row, handledBy: "staff", ownerName: "Avery" })).toBe("staff");
});

test("the why line names confidence and topic of an answer, and the reason of everything else", () => {
  expect(whyLine(why, { hasGoneOut: true })).toBe("Answered alone, 0.94, opening hours");
  expect(
    whyLine(
      { ...why, outcome: "escalate", reasons: [{ code: "wants_person", sentence: "the member asked for a person" }] },
      { hasGoneOut: true },
    ),
  ).toBe("Handed to a person: the member asked for a person");
});

test("an answer that was decided and has not gone out is not called answered", () => {
  expect(whyLine(why, { hasGoneOut: false })).toBe("Decided to answer, not sent, 0.94, opening hours");
});

test("a connection status this build does not know is shown as it is", () => {
  expect(connectionLabel("needs_reauth").label).toBe("Needs sign-in");
  expect(connectionLabel("resting")).toEqual({ label: "resting", tone: "neutral" });
});
