import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";

import type { Golden, GoldenConversation } from "./golden.ts";

/** A Saturday at noon in Denver, in the month the knowledge is written for. */
const NOW = new Date("2026-11-21T19:00:00Z");
const MINUTE_MS = 60_000;

const CLUBS = {
  gym: { name: "Ironwood Denver", timeZone: "America/Denver", phone: "+13035550100", emergencyPhone: "+13035550199" },
  golf: { name: "Fairway Brooklyn", timeZone: "America/New_York", phone: "+17185550100", emergencyPhone: "+17185550199" },
} as const satisfies Record<GoldenConversation["club"], Situation["club"]>;

/** One golden conversation as the agent would find it, under the built-in policy. */
export const situationOf = ({ club, member, turns }: GoldenConversation, knowledge: Golden["knowledge"]): Situation => {
  const lastAnswered = turns.findLastIndex(({ from }) => from !== "contact");
  const isBound = member.binding === "bound" && member.kind === "member";
  const balanceMinor = member.balanceMinor ?? null;
  return {
    now: NOW,
    club: CLUBS[club],
    policy: BUILT_IN_POLICY,
    policyVersion: "eval",
    knowledge: knowledge[club].map(({ asked = [], body, id, title }) => ({ id, title, body, version: 1, facts: [], asked })),
    contact: {
      firstName: member.binding === "bound" ? (member.firstName ?? null) : null,
      kind: member.kind,
      binding: member.binding,
      isPastDue: isBound && (balanceMinor === null || BigInt(balanceMinor) > 0n),
      isAgentOff: false,
      facts: isBound
        ? {
            status: member.status ?? "active",
            balanceMinor,
            currency: "USD",
            lastVisitOn: member.lastVisitOn ?? null,
            membershipType: member.membershipType ?? null,
          }
        : null,
    },
    turns: turns.map(({ from, text }, index) => ({ from, text, at: new Date(NOW.getTime() - (turns.length - index) * MINUTE_MS) })),
    newestTexts: turns.slice(lastAnswered + 1).map(({ text }) => text),
    isNewest: true,
    hasMedia: false,
    recentInboundCount: 1,
    handledBy: "agent",
    inboundSequence: turns.length,
    isFirstAutomaticMessage: turns.every(({ from }) => from !== "agent"),
    isSuppressed: false,
    isStopped: false,
    automaticRepliesInConversation: turns.filter(({ from }) => from === "agent").length,
    automaticRepliesInClubHour: 0,
    isBudgetSpent: false,
    conversationCostMicros: 0,
    run: { startedAt: NOW, modelCallCount: 0, costMicros: 0, toolCalls: [] },
  };
};
