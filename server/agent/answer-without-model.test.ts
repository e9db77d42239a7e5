import { describe, expect, test } from "vitest";

import { answerWithoutModel } from "#server/agent/answer-without-model.ts";
import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";

type Input = Parameters<typeof answerWithoutModel>[0];
type Local = Input["local"];

const FACTS = { status: "past_due", balanceMinor: "4250", currency: "USD", lastVisitOn: null, membershipType: null } as const;

const situation = (contact: Partial<Situation["contact"]> = {}): Input["situation"] => ({
  contact: { firstName: "Ana", kind: "member", binding: "bound", isPastDue: true, isAgentOff: false, facts: FACTS, ...contact },
  club: { name: "Ironwood Denver", timeZone: "America/Denver", phone: null, emergencyPhone: null },
  policy: BUILT_IN_POLICY,
  knowledge: [],
  turns: [],
});

const local = (over: Partial<Local> = {}): Local => ({
  category: "payment_inquiry",
  subIntent: "balance",
  confidence: 0.95,
  riskFlags: [],
  evidence: "",
  language: "en",
  ...over,
});

const ask = (over: Partial<Local> = {}, contact: Partial<Situation["contact"]> = {}) =>
  answerWithoutModel({ situation: situation(contact), local: local(over), question: "how much do I owe" });

describe("the amount somebody owes", () => {
  test("is told to the bound payer, exactly", () => {
    expect(ask()?.reply).toContain("$42.50");
    expect(ask({}, { facts: { ...FACTS, balanceMinor: "0" } })?.reply).toContain("Nothing is due");
  });

  test("is told to nobody else, and not from a balance that is not fresh", () => {
    expect(ask({}, { binding: "shared" })).toBeNull();
    expect(ask({}, { binding: "unknown", facts: null })).toBeNull();
    expect(ask({}, { facts: { ...FACTS, balanceMinor: null } })).toBeNull();
  });

  test("is not told alone to whoever disputes it, cannot pay, or may have meant something else", () => {
    expect(ask({ riskFlags: ["dispute"] })?.reply).toBeNull();
    expect(ask({ subIntent: "payment_plan" })).toBeNull();
    expect(ask({ confidence: 0.7 })).toBeNull();
  });
});
