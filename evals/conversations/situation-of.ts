import { todayIn } from "#server/domain/calendar-date.ts";
import { hoursArticles, type KnownDay } from "#server/domain/known-hours.ts";
import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";
import type { Policy } from "#server/domain/policy.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";

import type { Golden, GoldenConversation } from "./golden.ts";

/** A Saturday at noon in Denver, in the month the knowledge is written for. */
const NOW = new Date("2026-11-21T19:00:00Z");
const MINUTE_MS = 60_000;

const CLUBS = {
  gym: { name: "Ironwood Denver", timeZone: "America/Denver", phone: "+13035550100", emergencyPhone: "+13035550199" },
  golf: { name: "Fairway Brooklyn", timeZone: "America/New_York", phone: "+17185550100", emergencyPhone: "+17185550199" },
} as const satisfies Record<GoldenConversation["club"], Situation["club"]>;

const span = (startHour: number, endHour: number) => [{ startMinute: startHour * 60, endMinute: endHour * 60 }];
const week = (
  ...days: readonly [monToThu: Spans, friday: Spans, saturday: Spans, sunday: Spans]
): NonNullable<Policy["hours"]["opening"]> => {
  const [monToThu, friday, saturday, sunday] = days;
  return [monToThu, monToThu, monToThu, monToThu, friday, saturday, sunday];
};
type Spans = ReturnType<typeof span> | [];

type SetHours = { readonly hours: Policy["hours"]; readonly specialDays: readonly KnownDay[] };

/** What every club sets beside its articles. */
const SET: Readonly<Record<GoldenConversation["club"], SetHours>> = {
  gym: {
    hours: {
      opening: week(span(4.5, 23), span(4.5, 22), span(6, 20), span(7, 19)),
      staffed: week(span(8, 20), span(8, 20), span(9, 15), span(9, 15)),
    },
    specialDays: [
      { onDate: "2026-11-26", name: "Thanksgiving", status: "open", openSpans: span(7, 12), staffedSpans: [] },
      { onDate: "2026-12-24", name: "Christmas Eve", status: "open", openSpans: span(6, 14), staffedSpans: [] },
      { onDate: "2026-12-25", name: "Christmas Day", status: "closed", openSpans: [], staffedSpans: [] },
      { onDate: "2026-12-31", name: "New Year's Eve", status: "open", openSpans: span(6, 16), staffedSpans: [] },
      { onDate: "2027-01-01", name: "New Year's Day", status: "open", openSpans: span(9, 17), staffedSpans: [] },
    ],
  },
  golf: {
    hours: {
      // Other ones for members than for everybody: no rule can say that, articles do.
      opening: null,
      staffed: null,
    },
    specialDays: [],
  },
};

/** One golden conversation as the agent would find it, under the built-in policy. */
export const situationOf = ({ club, member, turns }: GoldenConversation, knowledge: Golden["knowledge"]): Situation => {
  const lastAnswered = turns.findLastIndex(({ from }) => from !== "contact");
  const isBound = member.binding === "bound" && member.kind === "member";
  const balanceMinor = member.balanceMinor ?? null;
  const { hours, specialDays } = SET[club];
  return {
    now: NOW,
    club: CLUBS[club],
    policy: { ...BUILT_IN_POLICY, hours },
    specialDays,
    policyVersion: "eval",
    knowledge: [
      ...hoursArticles({ hours, specialDays, todayOn: todayIn(CLUBS[club].timeZone, NOW), languages: BUILT_IN_POLICY.agent.languages }),
      ...knowledge[club].map(({ asked = [], body, id, title, translations = [] }) => ({
        id,
        title,
        body,
        version: 1,
        facts: [],
        asked,
        translations,
      })),
    ],
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
