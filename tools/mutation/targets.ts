const testsOf = (...names: readonly string[]): readonly string[] => names.map((name) => `server/domain/${name}.test.ts`);

/** The rules that are mutated, with the tests that must notice. */
export const TARGETS = [
  {
    area: "decision",
    files: [
      { file: "server/domain/decide.ts", tests: testsOf("decide", "decide-edges") },
      { file: "server/domain/run-limits.ts", tests: testsOf("run-limits") },
    ],
  },
  { area: "gate", files: [{ file: "server/domain/gate.ts", tests: testsOf("gate") }] },
  {
    area: "guards",
    files: [
      { file: "server/domain/guards.ts", tests: testsOf("guards", "guards-edges") },
      { file: "server/domain/fact-lock.ts", tests: testsOf("guards", "fact-lock") },
    ],
  },
  {
    area: "suppression",
    files: [
      { file: "server/domain/suppression-words.ts", tests: testsOf("triage", "suppression-words") },
      { file: "server/domain/triage.ts", tests: testsOf("triage") },
    ],
  },
  {
    area: "sending",
    barRatio: 0.95,
    files: [
      { file: "server/domain/sending/can-send.ts", tests: testsOf("sending/can-send-edges") },
      { file: "server/domain/sending/consent.ts", tests: testsOf("sending/can-send-edges") },
      { file: "server/domain/sending/contact-budget.ts", tests: testsOf("sending/can-send-edges") },
      { file: "server/domain/sending/quiet-hours.ts", tests: testsOf("sending/quiet-hours", "sending/can-send-edges") },
    ],
  },
  {
    area: "tiers",
    files: [
      { file: "server/domain/past-due/ladder.ts", tests: testsOf("past-due/ladder") },
      { file: "server/domain/past-due/facts.ts", tests: testsOf("past-due/facts") },
      { file: "server/domain/past-due/episode.ts", tests: testsOf("past-due/facts") },
    ],
  },
  {
    area: "campaigns",
    files: [
      { file: "server/domain/workflows/campaign-groups.ts", tests: testsOf("workflows/campaign-groups") },
      { file: "server/domain/workflows/standing-approval.ts", tests: testsOf("workflows/merge-fields") },
    ],
  },
  { area: "interlock", files: [{ file: "server/domain/past-due/locks.ts", tests: testsOf("past-due/locks") }] },
] as const;
