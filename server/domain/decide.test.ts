import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { decide } from "./decide.ts";
import type { DecisionInput, Reading } from "./decide.ts";
import type { Finding } from "./finding.ts";
import { RISK_FLAGS } from "./intent.ts";
import { CATEGORIES } from "./categories.ts";
import type { RiskFlag, Thought } from "./intent.ts";
import { MODEL_FAILURE_KINDS } from "./model-failure.ts";
import { BUILT_IN_POLICY } from "./policy-defaults.ts";
import { OUTCOMES, REASONS } from "./reasons.ts";
import type { Outcome } from "./reasons.ts";
import type { TriageResult } from "./triage.ts";
import { HANDLERS, STAGES } from "./vocabulary.ts";

const FINDING_CODES: readonly Finding["code"][] = [
  "fact_lock",
  "promise_without_duty",
  "privacy",
  "language_mismatch",
  "too_long",
  "repeated_answer",
  "no_reply_drafted",
];

const thought: Thought = {
  category: "question",
  subIntent: "opening_hours",
  confidence: 0.9,
  riskFlags: [],
  evidence: "what time do you close",
  language: "en",
  answerable: true,
  reply: "We close at 9 pm. See you later?",
  knowledgeIds: [],
  promises: [],
};

type Over = Partial<Omit<DecisionInput, "reading">> & {
  readonly thought?: Partial<Thought>;
  readonly findings?: readonly Finding[];
  readonly reading?: Reading;
};

const inputWith = ({ thought: changes, findings, ...over }: Over = {}): DecisionInput => ({
  reading: { kind: "thought", thought: { ...thought, ...changes }, findings: findings ?? [] },
  ownership: { handledBy: "agent", isAgentOff: false },
  isNewest: true,
  contact: { binding: "bound", isPastDue: false },
  counts: { automaticRepliesInConversation: 0, automaticRepliesInClubHour: 0 },
  policy: BUILT_IN_POLICY,
  isStopped: false,
  isSuppressed: false,
  ...over,
});

const anyThought: fc.Arbitrary<Thought> = fc.record({
  category: fc.constantFrom(...CATEGORIES),
  subIntent: fc.constant("x"),
  confidence: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.6, 0.85, Number.NaN, -1, 2, Number.POSITIVE_INFINITY)),
  riskFlags: fc.oneof(
    { weight: 3, arbitrary: fc.constant<RiskFlag[]>([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...RISK_FLAGS), { maxLength: 3 }) },
  ),
  evidence: fc.constant(""),
  language: fc.constant("en"),
  answerable: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  reply: fc.oneof({ weight: 5, arbitrary: fc.constant("We close at 9 pm.") }, { weight: 1, arbitrary: fc.constantFrom(null, "", "  ") }),
  knowledgeIds: fc.constant([]),
  promises: fc.constant([]),
});

const mostly = (value: boolean): fc.Arbitrary<boolean> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constant(!value) });
const anyFindings: fc.Arbitrary<Finding[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Finding[]>([]) },
  { weight: 1, arbitrary: fc.array(fc.record({ code: fc.constantFrom(...FINDING_CODES), span: fc.constant("x") }), { maxLength: 3 }) },
);

const anyTriage: fc.Arbitrary<Exclude<TriageResult, { kind: "none" }>> = fc.oneof(
  fc.constantFrom(
    { kind: "opt_out" as const, certainty: "word" as const, evidence: "stop" },
    { kind: "opt_in" as const, evidence: "start" },
    { kind: "help" as const, evidence: "help" },
  ),
  fc.constantFrom(
    { kind: "emergency" as const, evidence: "fire" },
    { kind: "empty" as const },
    { kind: "media_only" as const },
    { kind: "tap_back" as const },
  ),
  fc.constantFrom({ kind: "auto_reply" as const }, { kind: "spam" as const }, { kind: "flood" as const }),
);

const readingOfThought: fc.Arbitrary<Reading> = fc.record({
  kind: fc.constant("thought" as const),
  thought: anyThought,
  findings: anyFindings,
});
const anyReading: fc.Arbitrary<Reading> = fc.oneof(
  { weight: 6, arbitrary: readingOfThought },
  { weight: 2, arbitrary: anyTriage.map((result) => ({ kind: "triage" as const, result })) },
  { weight: 1, arbitrary: fc.constantFrom(...MODEL_FAILURE_KINDS).map((failure) => ({ kind: "failed" as const, failure })) },
);

const inputFrom = (reading: fc.Arbitrary<Reading>): fc.Arbitrary<DecisionInput> =>
  fc.record({
    reading,
    ownership: fc.record({
      handledBy: fc.oneof({ weight: 4, arbitrary: fc.constant("agent" as const) }, { weight: 1, arbitrary: fc.constantFrom(...HANDLERS) }),
      isAgentOff: mostly(false),
    }),
    isNewest: mostly(true),
    contact: fc.record({
      binding: fc.constantFrom("bound" as const, "bound" as const, "shared" as const, "unknown" as const),
      isPastDue: mostly(false),
    }),
    counts: fc.record({ automaticRepliesInConversation: fc.nat({ max: 8 }), automaticRepliesInClubHour: fc.nat({ max: 70 }) }),
    policy: fc
      .record({
        stage: fc.oneof({ weight: 4, arbitrary: fc.constant("auto" as const) }, { weight: 1, arbitrary: fc.constantFrom(...STAGES) }),
        auto: fc.double({ min: 0.6, max: 0.99, noNaN: true }),
        floor: fc.double({ min: 0.6, max: 0.99, noNaN: true }),
      })
      .map(({ stage, auto, floor }) => ({
        ...BUILT_IN_POLICY,
        stages: {
          question: stage,
          scheduling: stage,
          payment_inquiry: stage,
          complaint: stage,
          praise: stage,
          confirmation: stage,
          opt_out: stage,
          other: stage,
        },
        thresholds: { auto, floor },
      })),
    isStopped: mostly(false),
    isSuppressed: mostly(false),
  });

const anyInput = inputFrom(anyReading);
const anyThoughtInput = inputFrom(readingOfThought);

/** Every condition under which a draft may go out alone, written down without looking at how it is decided. */
const mayAnswerAlone = (input: DecisionInput): boolean => {
  if (input.reading.kind !== "thought") {
    return input.reading.kind === "triage" && input.reading.result.kind === "help" && !input.isStopped && !input.isSuppressed;
  }
  const { thought: read, findings } = input.reading;
  return [
    input.isNewest,
    input.ownership.handledBy === "agent",
    !input.ownership.isAgentOff,
    !input.isStopped,
    !input.isSuppressed,
    read.category !== "complaint",
    read.category !== "opt_out",
    read.riskFlags.length === 0,
    read.answerable,
    (read.reply ?? "").trim().length > 0,
    findings.length === 0,
    input.policy.stages[read.category] === "auto",
    read.confidence >= input.policy.thresholds.auto,
    read.confidence >= input.policy.thresholds.floor,
    read.category !== "payment_inquiry" || (input.contact.binding === "bound" && !input.contact.isPastDue),
    input.counts.automaticRepliesInConversation < 6,
    input.counts.automaticRepliesInClubHour < 60,
  ].every(Boolean);
};

describe("decide, whatever comes in", () => {
  test("answers alone exactly when every condition holds", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(decide(input).outcome === "respond").toBe(mayAnswerAlone(input));
      }),
      { numRuns: 3_000 },
    );
  });

  test("always decides, with known reasons and numbers between 0 and 1", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { outcome, reasons, threshold, confidence } = decide(input);
        expect(OUTCOMES).toContain(outcome);
        expect(reasons.length).toBeGreaterThan(0);
        expect(new Set(reasons).size).toBe(reasons.length);
        expect(reasons.every((reason) => reason in REASONS)).toBe(true);
        expect(threshold).toBe(input.policy.thresholds.auto);
        expect(confidence >= 0 && confidence <= 1).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("more confidence never makes the agent more careful", () => {
    const rank: Readonly<Record<Outcome, number>> = { wait: 0, ignore: 0, escalate: 1, suggest: 2, respond: 3 };
    fc.assert(
      fc.property(
        anyThoughtInput,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (input, one, other) => {
          const outcomeAt = (confidence: number): Outcome =>
            decide(
              input.reading.kind === "thought"
                ? { ...input, reading: { ...input.reading, thought: { ...input.reading.thought, confidence } } }
                : input,
            ).outcome;
          expect(rank[outcomeAt(Math.min(one, other))]).toBeLessThanOrEqual(rank[outcomeAt(Math.max(one, other))]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("a complaint is never answered or suggested", () => {
    fc.assert(
      fc.property(anyThoughtInput, (input) => {
        const { reading } = input;
        const complaint: Reading =
          reading.kind === "thought" ? { ...reading, thought: { ...reading.thought, category: "complaint" } } : reading;
        expect(["escalate", "wait"]).toContain(decide({ ...input, reading: complaint }).outcome);
      }),
    );
  });

  test("any risk flag keeps the agent from answering, also as a suggestion", () => {
    fc.assert(
      fc.property(anyThoughtInput, fc.constantFrom(...RISK_FLAGS), (input, flag) => {
        const { reading } = input;
        const risky: Reading = reading.kind === "thought" ? { ...reading, thought: { ...reading.thought, riskFlags: [flag] } } : reading;
        expect(["escalate", "wait"]).toContain(decide({ ...input, reading: risky }).outcome);
      }),
    );
  });

  test("an emergency found by triage reaches a person in every situation", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const reading: Reading = { kind: "triage", result: { kind: "emergency", evidence: "fire" } };
        expect(decide({ ...input, reading })).toMatchObject({ outcome: "escalate", reasons: ["emergency"] });
      }),
    );
  });

  test("nothing is drafted for a person who must not be written to", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(["ignore", "escalate", "wait"]).toContain(decide({ ...input, isSuppressed: true }).outcome);
      }),
    );
  });
});

describe("decide, one case each", () => {
  const shadow = { ...BUILT_IN_POLICY, stages: { ...BUILT_IN_POLICY.stages, question: "shadow" as const } };
  const off = { ...BUILT_IN_POLICY, stages: { ...BUILT_IN_POLICY.stages, question: "off" as const } };

  test.each<[string, Over, Outcome, readonly string[]]>([
    ["a sure answer goes out alone", {}, "respond", ["sure_enough"]],
    ["confidence equal to the threshold sends", { thought: { confidence: 0.85 } }, "respond", ["sure_enough"]],
    ["a little less is suggested", { thought: { confidence: 0.849 } }, "suggest", ["between_thresholds"]],
    ["0.60 is still suggested", { thought: { confidence: 0.6 } }, "suggest", ["between_thresholds"]],
    ["less than 0.60 goes to a person", { thought: { confidence: 0.599 } }, "escalate", ["below_floor"]],
    ["a complaint goes to a person", { thought: { category: "complaint", confidence: 1 } }, "escalate", ["always_person_complaint"]],
    ["whoever asks for a person gets one", { thought: { riskFlags: ["wants_person"] } }, "escalate", ["wants_person"]],
    ["a refund goes to a person", { thought: { riskFlags: ["refund"] } }, "escalate", ["always_person_risk"]],
    [
      "all reasons of an escalation are named",
      { thought: { category: "complaint", riskFlags: ["legal", "wants_person"] } },
      "escalate",
      ["wants_person", "always_person_complaint", "always_person_risk"],
    ],
    [
      "a payment question of a member who owes nothing is answered",
      { thought: { category: "payment_inquiry" } },
      "respond",
      ["sure_enough"],
    ],
    [
      "of a member who owes, it goes to a person",
      { thought: { category: "payment_inquiry" }, contact: { binding: "bound", isPastDue: true } },
      "escalate",
      ["payment_past_due"],
    ],
    [
      "of an unknown sender, a person looks first",
      { thought: { category: "payment_inquiry" }, contact: { binding: "shared", isPastDue: false } },
      "suggest",
      ["payment_unbound"],
    ],
    ["a member who owes still gets the opening hours", { contact: { binding: "bound", isPastDue: true } }, "respond", ["sure_enough"]],
    [
      "the sixth reply was the last",
      { counts: { automaticRepliesInConversation: 6, automaticRepliesInClubHour: 0 } },
      "suggest",
      ["limit_conversation"],
    ],
    [
      "the hour of the club is full",
      { counts: { automaticRepliesInConversation: 0, automaticRepliesInClubHour: 60 } },
      "suggest",
      ["limit_club_hour"],
    ],
    [
      "a guard holds the draft",
      {
        findings: [
          { code: "fact_lock", span: "$5" },
          { code: "fact_lock", span: "$6" },
          { code: "privacy", span: "x" },
        ],
      },
      "suggest",
      ["fact_lock", "privacy"],
    ],
    ["shadow keeps quiet", { policy: shadow }, "ignore", ["stage_shadow"]],
    [
      "a complaint in shadow still reaches a person",
      { policy: shadow, thought: { category: "complaint" } },
      "escalate",
      ["always_person_complaint"],
    ],
    ["off means a person", { policy: off }, "escalate", ["stage_off"]],
    [
      "a person who handles the conversation is not interrupted",
      { ownership: { handledBy: "staff", isAgentOff: false } },
      "ignore",
      ["handled_by_staff"],
    ],
    [
      "but learns of a risk",
      { ownership: { handledBy: "staff", isAgentOff: false }, thought: { riskFlags: ["legal"] } },
      "escalate",
      ["always_person_risk"],
    ],
    [
      "a contact without agent is a person's",
      { ownership: { handledBy: "agent", isAgentOff: true } },
      "escalate",
      ["agent_off_for_contact"],
    ],
    ["an older message of a burst waits", { isNewest: false }, "wait", ["not_newest"]],
    ["the emergency stop turns answers into suggestions", { isStopped: true }, "suggest", ["stopped"]],
    [
      "an opt-out in other words is never answered alone",
      { thought: { category: "opt_out", confidence: 1 } },
      "suggest",
      ["opted_out", "stage_suggest"],
    ],
    ["no knowledge, no answer", { thought: { answerable: false } }, "escalate", ["unanswerable"]],
    ["no draft, a person", { thought: { reply: null } }, "escalate", ["no_reply_drafted"]],
    ["the model cannot be reached", { reading: { kind: "failed", failure: "overloaded" } }, "escalate", ["model_unavailable"]],
    ["the model declines", { reading: { kind: "failed", failure: "refused" } }, "escalate", ["model_refused"]],
    ["the budget is spent", { reading: { kind: "failed", failure: "budget_spent" } }, "escalate", ["budget_spent"]],
    [
      "a model failure while a person answers is nobody's alarm",
      { reading: { kind: "failed", failure: "timeout" }, ownership: { handledBy: "staff", isAgentOff: false } },
      "ignore",
      ["handled_by_staff"],
    ],
    [
      "STOP is not answered",
      { reading: { kind: "triage", result: { kind: "opt_out", certainty: "word", evidence: "stop" } } },
      "ignore",
      ["opted_out"],
    ],
    ["HELP is answered", { reading: { kind: "triage", result: { kind: "help", evidence: "help" } } }, "respond", ["help_requested"]],
    ["a picture goes to a person", { reading: { kind: "triage", result: { kind: "media_only" } } }, "escalate", ["media_only"]],
    ["a flood goes to a person", { reading: { kind: "triage", result: { kind: "flood" } } }, "escalate", ["flood"]],
    ["a reaction is left alone", { reading: { kind: "triage", result: { kind: "tap_back" } } }, "ignore", ["tap_back"]],
  ])("%s", (_name, over, outcome, reasons) => {
    expect(decide(inputWith(over))).toMatchObject({ outcome, reasons });
  });
});
