import { describe, expect, test } from "vitest";

import type { AutomationProposal } from "./decide-automation.ts";
import { decide, type DecisionInput } from "./decide.ts";
import { RISK_FLAGS, type Thought } from "./intent.ts";
import { BUILT_IN_POLICY } from "./policy-defaults.ts";
import { STAGES } from "./vocabulary.ts";

type Over = Partial<Omit<DecisionInput, "reading">> & {
  readonly thought?: Partial<Thought>;
  readonly reading?: DecisionInput["reading"];
  readonly source?: "instant" | "local" | "model";
};

const inputWith = ({ thought, source = "model", ...over }: Over = {}): DecisionInput => ({
  reading: {
    kind: "thought",
    source,
    findings: [],
    thought: {
      category: "question",
      subIntent: "opening_hours",
      confidence: 0.9,
      riskFlags: [],
      evidence: "",
      language: "en",
      answerable: true,
      reply: "We close at 9 pm.",
      knowledgeIds: [],
      promises: [],
      ...thought,
    },
  },
  ownership: { handledBy: "agent", isAgentOff: false },
  isNewest: true,
  contact: { binding: "bound", isPastDue: false },
  counts: { automaticRepliesInConversation: 0, automaticRepliesInClubHour: 0 },
  policy: BUILT_IN_POLICY,
  isStopped: false,
  isSuppressed: false,
  ...over,
});

describe("what only a person may answer", () => {
  test.each(RISK_FLAGS)("%s alone, in a sure answer about opening hours, goes to a person and says why", (flag) => {
    const why = flag === "emergency" || flag === "wants_person" ? flag : "always_person_risk";
    expect(decide(inputWith({ thought: { riskFlags: [flag], confidence: 1 } }))).toMatchObject({ outcome: "escalate", reasons: [why] });
  });

  test("an emergency that also touches a risk names both, the graver first", () => {
    expect(decide(inputWith({ thought: { riskFlags: ["injury", "emergency"] } })).reasons).toEqual(["emergency", "always_person_risk"]);
  });

  test("a balance that is due holds back answers about money of the member it belongs to, and no others", () => {
    const owing = { binding: "bound", isPastDue: true } as const;
    expect(decide(inputWith({ contact: owing })).outcome).toBe("respond");
    expect(decide(inputWith({ contact: owing, thought: { category: "scheduling" } })).outcome).toBe("respond");
    const unknown = decide(inputWith({ contact: { binding: "unknown", isPastDue: true }, thought: { category: "payment_inquiry" } }));
    expect(unknown).toMatchObject({ outcome: "suggest", reasons: ["payment_unbound"] });
  });
});

describe("a newer message", () => {
  test("decides instead of a complaint, a risk, a failure of the model, a picture and a flood", () => {
    for (const reading of [
      { kind: "failed", failure: "timeout" },
      { kind: "triage", result: { kind: "media_only" } },
      { kind: "triage", result: { kind: "flood" } },
    ] as const) {
      expect(decide(inputWith({ reading, isNewest: false }))).toMatchObject({ outcome: "wait", reasons: ["not_newest"] });
    }
    for (const thought of [{ category: "complaint" }, { riskFlags: ["legal"] }] as const) {
      expect(decide(inputWith({ isNewest: false, thought: { ...thought, riskFlags: [] } }))).toMatchObject({ outcome: "wait" });
    }
    expect(decide(inputWith({ isNewest: false, thought: { riskFlags: ["legal"] } }))).toMatchObject({ outcome: "wait" });
  });
});

describe("thresholds and what is stored of them", () => {
  const strict = { ...BUILT_IN_POLICY, categoryThresholds: { ...BUILT_IN_POLICY.categoryThresholds, question: 0.95 } };

  test("a category's own threshold holds for it alone and is the one that is stored", () => {
    expect(decide(inputWith({ policy: strict }))).toMatchObject({ outcome: "suggest", reasons: ["between_thresholds"], threshold: 0.95 });
    expect(decide(inputWith({ policy: strict, thought: { category: "praise" } }))).toMatchObject({ outcome: "respond", threshold: 0.85 });
    expect(decide(inputWith({ policy: strict, reading: { kind: "failed", failure: "timeout" } })).threshold).toBe(0.85);
  });

  test("what triage reads is certain, what failed is not, and a number that is none counts as nothing", () => {
    expect(decide(inputWith({ reading: { kind: "triage", result: { kind: "spam" } } })).confidence).toBe(1);
    expect(decide(inputWith({ reading: { kind: "failed", failure: "timeout" } })).confidence).toBe(0);
    expect(decide(inputWith({ thought: { confidence: 0 } })).confidence).toBe(0);
    expect(decide(inputWith({ thought: { confidence: Number.NaN } })).confidence).toBe(0);
    expect(decide(inputWith({ thought: { confidence: 7 } })).confidence).toBe(1);
  });

  test("an answer in the club's own words says so", () => {
    expect(decide(inputWith({ source: "instant" })).reasons).toEqual(["instant_answer"]);
    expect(decide(inputWith({ source: "local" })).reasons).toEqual(["sure_enough"]);
  });
});

describe("triage, one word each", () => {
  test.each([
    ["opt_in", "ignore", ["opted_in"]],
    ["empty", "ignore", ["empty_message"]],
    ["auto_reply", "ignore", ["auto_reply"]],
    ["spam", "ignore", ["spam"]],
  ] as const)("%s", (kind, outcome, reasons) => {
    const result = kind === "opt_in" ? { kind, evidence: "start" } : { kind };
    expect(decide(inputWith({ reading: { kind: "triage", result } }))).toMatchObject({ outcome, reasons });
  });

  test("the help text goes to nobody who opted out, and under the emergency stop a person gives it", () => {
    const reading = { kind: "triage", result: { kind: "help", evidence: "help" } } as const;
    expect(decide(inputWith({ reading, isSuppressed: true }))).toMatchObject({
      outcome: "ignore",
      reasons: ["help_requested", "suppressed"],
    });
    expect(decide(inputWith({ reading, isStopped: true }))).toMatchObject({ outcome: "escalate", reasons: ["help_requested", "stopped"] });
    expect(decide(inputWith({ reading, isStopped: true, isSuppressed: true })).outcome).toBe("ignore");
  });

  test("what nobody may answer names both, a person who handles it and the opt-out", () => {
    const both = inputWith({ isSuppressed: true, ownership: { handledBy: "staff", isAgentOff: true } });
    expect(decide(both)).toMatchObject({ outcome: "ignore", reasons: ["handled_by_staff", "suppressed"] });
  });
});

describe("a draft that is no draft", () => {
  test.each(["", "   ", null])("%j goes to a person", (reply) => {
    expect(decide(inputWith({ thought: { reply } }))).toMatchObject({ outcome: "escalate", reasons: ["no_reply_drafted"] });
  });

  test("everything that is missing is named", () => {
    expect(decide(inputWith({ thought: { reply: null, answerable: false, confidence: 0.1 } })).reasons).toEqual([
      "below_floor",
      "unanswerable",
      "no_reply_drafted",
    ]);
  });
});

const answering = (over: Partial<AutomationProposal["setting"]> = {}, useCount = 0): AutomationProposal => ({
  name: "hours_and_facts",
  step: "answer",
  useCount,
  setting: { stage: "auto", executesAlone: false, threshold: 0.7, maxRepliesPerConversation: 2, confirmation: "none", ...over },
});

describe("an answer of an automation", () => {
  const quiet = { ...BUILT_IN_POLICY, stages: { ...BUILT_IN_POLICY.stages, question: "off" as const } };

  test("goes by the switches of the automation instead of those of its category", () => {
    const input = { policy: quiet, thought: { confidence: 0.72 } };
    expect(decide(inputWith(input))).toMatchObject({ outcome: "escalate", reasons: ["stage_off"] });
    expect(decide(inputWith({ ...input, automation: answering() }))).toMatchObject({ outcome: "respond", threshold: 0.7 });
    expect(decide(inputWith({ automation: answering({ threshold: 0.95 }) }))).toMatchObject({
      outcome: "suggest",
      reasons: ["between_thresholds"],
      threshold: 0.95,
    });
  });

  test.each(STAGES)("waits, keeps quiet or is a person's in stage %s as an answer of a category does", (stage) => {
    const outcome = { off: "escalate", shadow: "ignore", suggest: "suggest", auto: "respond" }[stage];
    expect(decide(inputWith({ automation: answering({ stage }) })).outcome).toBe(outcome);
  });

  test("is given as often as the automation may, and then a person looks", () => {
    expect(decide(inputWith({ automation: answering({}, 1) })).outcome).toBe("respond");
    expect(decide(inputWith({ automation: answering({}, 2) }))).toMatchObject({ outcome: "suggest", reasons: ["automation_limit"] });
    expect(decide(inputWith({ automation: answering({}, 3) }))).toMatchObject({ outcome: "suggest", reasons: ["automation_limit"] });
  });

  test("the limit of an automation that acts does not hold a plain answer", () => {
    const refusing: AutomationProposal = { ...answering({ maxRepliesPerConversation: 0 }), step: "run" };
    expect(decide(inputWith({ automation: refusing, isStopped: true })).reasons).toEqual(["stopped"]);
  });
});
