import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { anyDebt, debt, hoursAgo, NOON } from "#server/testing/past-due-facts.ts";

import { decideEscalation, escalationNote, escalationReport, escalationSummary, recommendedAction } from "./escalation.ts";
import type { EscalationCase, EscalationDecision, EscalationFacts } from "./escalation.ts";
import { ESCALATION_REASONS } from "./reasons.ts";
import type { EscalationReason } from "./reasons.ts";
import { DEFAULT_ESCALATION_SETTINGS as ESCALATION, DEFAULT_PAST_DUE_SETTINGS as PAST_DUE } from "./settings.ts";

const plan = { kind: "plan", since: hoursAgo(1), until: null } as const;

describe("escalation", () => {
  const settings = { escalation: ESCALATION, pastDue: PAST_DUE };
  const facts = (over: Partial<EscalationFacts>): EscalationFacts => ({ ...debt(), notedReasons: [], ...over });
  const escalate = (over: Partial<EscalationFacts>): EscalationDecision => decideEscalation(facts(over), settings, NOON);

  test("each bound of the rule table from both sides", () => {
    const rows: readonly (readonly [Partial<EscalationFacts>, readonly EscalationReason[] | "small" | "none"])[] = [
      [{ dueMinor: 20_000n }, "none"],
      [{ dueMinor: 20_001n }, ["amount"]],
      [{ dueMinor: 5_000n, attemptsIn30Days: 4 }, "none"],
      [{ dueMinor: 5_000n, attemptsIn30Days: 5 }, ["attempts"]],
      [{ dueMinor: 4_999n, attemptsIn30Days: 5 }, "small"],
      [{ dueMinor: 0n, attemptsIn30Days: 5 }, "none"],
      [{ daysPastDue: 30 }, "none"],
      [{ daysPastDue: 31 }, ["days"]],
      [{ failedSends: 1 }, "none"],
      [{ failedSends: 2 }, ["failed_sends"]],
      [{ dueMinor: 4_999n }, "none"],
      [
        { dueMinor: 50_000n, attemptsIn30Days: 6, daysPastDue: 40, failedSends: 3, isReferred: true },
        ["amount", "attempts", "days", "failed_sends"],
      ],
    ];
    for (const [over, expected] of rows) {
      const decision = escalate(over);
      expect(decision.kind === "case" ? decision.reasons : decision.kind).toEqual(expected);
    }
  });

  test("20,000 debts: a case is what the rule says, and no reason is noted twice", () => {
    fc.assert(
      fc.property(anyDebt, fc.subarray(Object.keys(ESCALATION_REASONS) as EscalationReason[]), (any, notedReasons) => {
        const { attemptsIn30Days, daysPastDue, dueMinor, failedSends } = any;
        const reasons = [
          ...(dueMinor > 20_000n ? ["amount"] : []),
          ...(attemptsIn30Days >= 5 ? ["attempts"] : []),
          ...(daysPastDue > 30 ? ["days"] : []),
          ...(failedSends >= 2 ? ["failed_sends"] : []),
        ];
        const decision = decideEscalation({ ...any, notedReasons }, settings, NOON);
        if (reasons.length === 0 || dueMinor <= 0n) {
          expect(decision.kind).toBe("none");
        } else if (dueMinor < 5_000n) {
          expect(decision.kind).toBe("small");
        } else {
          const newReasons = reasons.filter((reason) => !notedReasons.includes(reason as EscalationReason));
          expect(decision).toMatchObject({ kind: "case", reasons, newReasons });
        }
      }),
      { numRuns: 20_000 },
    );
  });

  test("holds are shown and take nobody off the list", () => {
    expect(escalate({ failedSends: 2, holds: [plan] })).toEqual({
      kind: "case",
      reasons: ["failed_sends"],
      newReasons: ["failed_sends"],
      holds: [plan],
    });
  });

  const caseOf = (name: string, over: Partial<EscalationFacts>, lastContact: string | null = "text, November 18"): EscalationCase => {
    const decision = escalate(over);
    if (decision.kind !== "case") {
      throw new Error(`no case: ${name}`);
    }
    return { name, facts: facts(over), decision, lastContact };
  };

  test("the note says why, who, how much, since when, after how many attempts, and what holds", () => {
    expect(escalationNote(caseOf("Dana Hale", { dueMinor: 21_050n, daysPastDue: 31, attempts: 5 }))).toBe(
      "ESCALATION: a large amount, long past due. Dana Hale owes $210.50, 31 days past due, after 5 attempts. Last contact: text, November 18.",
    );
    const second = caseOf("Sam Roe", { failedSends: 2, daysPastDue: 31, attempts: 1, notedReasons: ["days"], holds: [plan] }, null);
    expect(escalationNote(second)).toBe(
      "ESCALATION: reminders that failed. Sam Roe owes $75.00, 31 days past due, after 1 attempt. Last contact: none. On hold: a payment plan is running.",
    );
  });

  test.each([
    [{ dueMinor: 21_000n, failedSends: 2, isReferred: true, holds: [plan] }, "With collections: leave it to them."],
    [{ dueMinor: 21_000n, failedSends: 2, holds: [plan] }, "Wait: a payment plan is running."],
    [{ dueMinor: 21_000n, balanceReadAt: null }, "Read the balance again first."],
    [{ dueMinor: 21_000n, failedSends: 2 }, "Check the phone number and call."],
    [{ dueMinor: 21_000n, daysPastDue: 31 }, "Call and offer a payment plan."],
    [{ daysPastDue: 31, attemptsIn30Days: 5 }, "Call once more, then decide about a referral."],
    [{ attemptsIn30Days: 5 }, "Call: texts have not helped."],
  ] as const)("what to do about %o", (over, action) => {
    expect(recommendedAction(caseOf("Dana Hale", over))).toBe(action);
  });

  test("the report adds up, the largest debt first, and its text is three sentences at most", () => {
    const cases = [
      caseOf("Ana Poe", { attemptsIn30Days: 5, notedReasons: ["attempts"] }),
      caseOf("Bo Lee", { dueMinor: 30_000n, holds: [plan] }),
      caseOf("Cy Orr", { dueMinor: 25_000n }),
      caseOf("Di Fox", { dueMinor: 22_000n }, null),
    ];
    const report = escalationReport(cases, { smallCount: 3, currency: "USD" });
    expect(report).toMatchObject({ caseCount: 4, atRiskMinor: 84_500n, newNoteCount: 3, heldCount: 1, smallCount: 3 });
    expect(report.lines.map(({ name }) => name)).toEqual(["Bo Lee", "Cy Orr", "Di Fox", "Ana Poe"]);
    expect(report.lines[2]).toEqual({
      name: "Di Fox",
      amountMinor: 22_000n,
      attempts: 1,
      daysPastDue: 10,
      lastContact: null,
      reasons: ["amount"],
      action: "Call and offer a payment plan.",
    });
    expect(escalationSummary(report)).toBe(
      "Past due this morning: 4 cases, 3 new, $845.00 at risk. Bo Lee $300.00, Cy Orr $250.00, Di Fox $220.00 and 1 other. 3 smaller debts only counted.",
    );
    expect(escalationSummary(escalationReport(cases.slice(0, 1), { smallCount: 0, currency: "USD" }))).toBe(
      "Past due this morning: 1 case, none new, $75.00 at risk. Ana Poe $75.00.",
    );
    expect(escalationSummary(escalationReport([], { smallCount: 1, currency: "USD" }))).toBe(
      "Past due this morning: nothing to escalate. 1 smaller debt only counted.",
    );
  });
});
