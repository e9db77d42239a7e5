import { asId } from "#server/domain/ids.ts";
import type { Think } from "#server/platform/model-client.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";
import { anyArguments, anyThought, anyToolName, fuzzCount } from "#server/testing/malicious-model.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { conclude } from "./conclude.ts";
import { consider } from "./consider.ts";
import { promptInput, scriptedMind, scriptedThink, TURN } from "./testing.ts";

const RUNS = fuzzCount({ few: 600, full: 50_000 });
const TIME_LIMIT_MS = 1_800_000;

const { memory: _memory, learned: _learned, toolCalls: _toolCalls, ...shown } = promptInput();
const situation = (over: Partial<Situation> = {}): Situation => ({
  ...shown,
  club: { ...shown.club, emergencyPhone: null },
  knowledge: shown.knowledge.map((article) => ({ ...article, version: 1, facts: [] })),
  policyVersion: "test",
  contact: { ...shown.contact, isPastDue: false, isAgentOff: false },
  turns: shown.conversation,
  newestTexts: ["hi, when is the front desk staffed on saturday?"],
  isNewest: true,
  hasMedia: false,
  recentInboundCount: 1,
  handledBy: "agent",
  inboundSequence: 1,
  isFirstAutomaticMessage: false,
  isSuppressed: false,
  isStopped: false,
  automaticRepliesInConversation: 0,
  automaticRepliesInClubHour: 0,
  isBudgetSpent: false,
  conversationCostMicros: 0,
  run: { startedAt: shown.now, modelCallCount: 1, costMicros: 0, toolCalls: [] },
  ...over,
});

const mostly = (value: boolean): fc.Arbitrary<boolean> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constant(!value) });

/** How the world stands when the model speaks; mostly so that an answer may go out. */
const anySituation: fc.Arbitrary<Situation> = fc
  .record({
    isStopped: mostly(false),
    isSuppressed: mostly(false),
    handledBy: fc.oneof({ weight: 9, arbitrary: fc.constant("agent" as const) }, fc.constant("staff" as const)),
    isNewest: mostly(true),
    isFirstAutomaticMessage: fc.boolean(),
    binding: fc.constantFrom("bound" as const, "bound" as const, "shared" as const, "unknown" as const),
    isAgentOff: mostly(false),
    // Any day of the week, for what day it is says nothing of the hours.
    now: fc.date({ min: new Date("2026-11-16T00:00:00Z"), max: new Date("2026-11-23T00:00:00Z"), noInvalidDate: true }),
  })
  .map(({ binding, isAgentOff, ...over }) => {
    const { contact, ...rest } = situation(over);
    return { ...rest, contact: { ...contact, isAgentOff, binding, facts: binding === "bound" ? contact.facts : null } };
  });

const anyRun = fc.nat({ max: 9 }).map((modelCallCount) => situation({ run: { ...situation().run, modelCallCount } }));

/** Locally nothing is known: all depends on the model. */
const local = await scriptedMind(scriptedThink({})).read({ text: "when is the front desk staffed on saturday?", clubAsked: null });
const READ = () => Promise.resolve(local);

const INPUT = {
  runId: asId("agentRun", "run_x"),
  fencingToken: "1",
  conversationId: asId("conversation", "conv_x"),
  messageId: asId("message", "msg_x"),
};

describe("a model that wants to do harm", () => {
  test(
    "whatever it says of itself, nothing harmful goes out alone, and nothing at all where nothing may",
    async () => {
      let sent = 0;
      await fc.assert(
        fc.asyncProperty(anySituation, anyThought, async (how, { said, ...rest }) => {
          const mind = scriptedMind(scriptedThink({ ...rest, reply: said.reply }));
          const considered = await consider(how, { ...mind, read: READ });
          if (considered.kind !== "concluded") {
            throw new Error("it asked for tools that nobody offered");
          }
          const { outcome } = considered.decision;
          if (outcome === "respond") {
            sent += 1;
            const { text } = conclude({ input: INPUT, situation: how, considered });
            expect({ harm: said.harm, text }).toEqual({ harm: null, text });
            expect([how.isStopped, how.isSuppressed, how.contact.isAgentOff, !how.isNewest, how.handledBy === "staff"]).not.toContain(true);
          }
        }),
        { numRuns: RUNS },
      );
      // Harmless words do go out: the guards are no wall.
      expect(sent).toBeGreaterThan(RUNS / 100);
    },
    TIME_LIMIT_MS,
  );

  test(
    "whatever it asks for, the request is a value: bounded in number, or the end of the run, and never an error",
    async () => {
      const requests = fc.array(fc.record({ id: fc.string({ minLength: 1 }), name: anyToolName([]), input: anyArguments([]) }), {
        minLength: 1,
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(anyRun, requests, async (how, asked) => {
          const think: Think = async () => ({ kind: "tool_requests", requests: asked, turn: TURN });
          const considered = await consider(how, { ...scriptedMind(think), read: READ });
          if (considered.kind === "concluded") {
            expect(["escalate", "ignore", "wait"]).toContain(considered.decision.outcome);
          } else {
            expect(considered.requests.length).toBeLessThanOrEqual(5);
            expect(considered.requests.every(({ risk }) => risk === "read")).toBe(true);
          }
        }),
        { numRuns: RUNS },
      );
    },
    TIME_LIMIT_MS,
  );
});
