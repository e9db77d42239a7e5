import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { gateReason, isHeldByStop, isHeldBySuppression, type GatedPlan, type GateFacts } from "./gate.ts";

const PLANNERS = ["agent", "workflow", "staff", "system"] as const;
const PURPOSES = ["reply", "service", "billing", "marketing", "opt_out_confirmation", "help"] as const;

const anyPlan: fc.Arbitrary<GatedPlan> = fc.record({
  plannedBy: fc.constantFrom(...PLANNERS),
  purpose: fc.constantFrom(...PURPOSES),
  isApproved: fc.boolean(),
  inboundSequence: fc.option(fc.nat({ max: 3 })),
  hasAddress: fc.boolean(),
});
const anyFacts: fc.Arbitrary<GateFacts> = fc.record({
  conversation: fc.option(
    fc.record({ handledBy: fc.constantFrom("agent", "staff"), isClosed: fc.boolean(), inboundSequence: fc.nat({ max: 3 }) }),
  ),
  isStopped: fc.boolean(),
  isSuppressed: fc.boolean(),
});

const plan = (over: Partial<GatedPlan> = {}): GatedPlan => ({
  plannedBy: "agent",
  purpose: "reply",
  isApproved: false,
  inboundSequence: 2,
  hasAddress: true,
  ...over,
});
const facts = (over: Partial<GateFacts> = {}): GateFacts => ({
  conversation: { handledBy: "agent", isClosed: false, inboundSequence: 2 },
  isStopped: false,
  isSuppressed: false,
  ...over,
});

describe("the last gate", () => {
  test("an answer to the newest message of a conversation the agent handles goes through", () => {
    expect(gateReason(plan(), facts())).toBeNull();
  });

  test.each(["agent", "workflow"])("stop: under the emergency stop nothing planned by %s goes out, approved or not", (plannedBy) => {
    fc.assert(
      fc.property(anyPlan, anyFacts, (any, how) => {
        expect(gateReason({ ...any, plannedBy }, { ...how, isStopped: true })).toBe("stopped");
      }),
    );
  });

  test("stop: what people and the club's fixed lines say is not held by it, nor does it wait for a conversation", () => {
    for (const plannedBy of ["staff", "system"]) {
      const far = facts({ isStopped: true, conversation: { handledBy: "staff", isClosed: false, inboundSequence: 9 } });
      expect(gateReason(plan({ plannedBy }), far)).toBeNull();
      expect(isHeldByStop({ plannedBy })).toBe(false);
    }
  });

  test("ownership: where a person handles the conversation, only what a person approved goes out of the agent's", () => {
    const taken = facts({ conversation: { handledBy: "staff", isClosed: false, inboundSequence: 2 } });
    expect(gateReason(plan(), taken)).toBe("handled_by_staff");
    expect(gateReason(plan({ plannedBy: "workflow" }), taken)).toBe("handled_by_staff");
    expect(gateReason(plan({ isApproved: true }), taken)).toBeNull();
    expect(gateReason(plan({ plannedBy: "staff" }), taken)).toBeNull();
  });

  test("ownership: what a person closed is in nobody's hands", () => {
    const closed = facts({ conversation: { handledBy: "staff", isClosed: true, inboundSequence: 2 } });
    expect(gateReason(plan({ plannedBy: "workflow" }), closed)).toBeNull();
    expect(gateReason(plan({ inboundSequence: 1 }), closed)).toBe("stale_answer");
  });

  test("freshness: an answer to an older, or to a newer, state than the conversation's is stale; what answers nothing is not", () => {
    for (const inboundSequence of [1, 3]) {
      expect(gateReason(plan({ inboundSequence }), facts())).toBe("stale_answer");
      expect(gateReason(plan({ inboundSequence, isApproved: true }), facts())).toBe("stale_answer");
      expect(gateReason(plan({ inboundSequence, plannedBy: "staff" }), facts())).toBeNull();
    }
    expect(gateReason(plan({ inboundSequence: null }), facts())).toBeNull();
    expect(gateReason(plan(), facts({ conversation: null }))).toBeNull();
  });

  test("suppression: nothing is written to an address that opted out, whoever wrote it and whoever approved it, but the line that confirms it", () => {
    fc.assert(
      fc.property(anyPlan, anyFacts, (any, how) => {
        const reason = gateReason({ ...any, hasAddress: true }, { ...how, isSuppressed: true });
        expect(reason === null).toBe(any.purpose === "opt_out_confirmation" && gateReason(any, { ...how, isSuppressed: false }) === null);
      }),
    );
    expect(gateReason(plan({ plannedBy: "staff" }), facts({ isSuppressed: true }))).toBe("suppressed");
    expect(gateReason(plan({ purpose: "opt_out_confirmation", plannedBy: "system" }), facts({ isSuppressed: true }))).toBeNull();
    expect(gateReason(plan({ hasAddress: false }), facts({ isSuppressed: true }))).toBeNull();
    expect(isHeldBySuppression({ hasAddress: false, purpose: "reply" })).toBe(false);
  });

  test("the gravest reason is told first", () => {
    const worst = facts({ isStopped: true, isSuppressed: true, conversation: { handledBy: "staff", isClosed: false, inboundSequence: 9 } });
    expect(gateReason(plan(), worst)).toBe("stopped");
    expect(gateReason(plan(), { ...worst, isStopped: false })).toBe("handled_by_staff");
    expect(gateReason(plan({ isApproved: true }), { ...worst, isStopped: false })).toBe("stale_answer");
    expect(gateReason(plan({ isApproved: true, inboundSequence: null }), { ...worst, isStopped: false })).toBe("suppressed");
  });

  test("nothing but these four holds an effect: with none of them true it goes, whatever it is", () => {
    fc.assert(
      fc.property(anyPlan, (any) => {
        const inboundSequence = any.inboundSequence ?? 0;
        expect(gateReason(any, facts({ conversation: { handledBy: "agent", isClosed: false, inboundSequence } }))).toBeNull();
      }),
    );
  });
});
