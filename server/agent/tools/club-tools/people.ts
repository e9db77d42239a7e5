import { z } from "zod";

import { defineClubTool, short } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { memberBehind, PersonHandle } from "#server/agent/tools/club-tools/person.ts";
import { formatMoney } from "#server/domain/money.ts";
import { searchKnown } from "#server/services/knowledge/search-known.ts";
import { getMemberFacts } from "#server/services/members/get-member-facts.ts";

const read = { risk: "read", effectKind: "read", capability: null, maxPerRun: 20 } as const;
const OnePerson = z.strictObject({ person: PersonHandle });

export const getMemberProfile = defineClubTool({
  ...read,
  name: "get_member_profile",
  description:
    "One member: name, status, membership, what they owe, since when, visits and attempts. person is a handle that a list of this run gave. owes is null when nobody has read the balance within the hour: then do not act on it.",
  input: OnePerson,
  summarize: ({ person }) => `Look up ${person}`,
  run: async ({ ctx, run }, { person }) => {
    const facts = await getMemberFacts(ctx, { memberId: memberBehind(run, person) });
    return {
      person,
      name: short(facts.name),
      status: facts.status,
      membership: short(facts.membershipType),
      owes: facts.balanceMinor === null ? null : formatMoney(String(facts.balanceMinor), facts.currency),
      pastDueSince: facts.pastDueSinceOn,
      joined: facts.joinedOn,
      lastVisit: facts.lastVisitOn,
      attempts: facts.attemptCount,
      lastAttempt: facts.lastAttemptOn,
    };
  },
});

export const checkMemberAccessStatus = defineClubTool({
  ...read,
  name: "check_member_access_status",
  description:
    "Whether one member may enter by the club's records, and whether a lock was set. person is a handle of this run. It opens and shuts nothing.",
  input: OnePerson,
  summarize: ({ person }) => `Look up the access of ${person}`,
  run: async ({ ctx, run }, { person }) => {
    const { accessState, hasValidAccess, status } = await getMemberFacts(ctx, { memberId: memberBehind(run, person) });
    return { person, hasValidAccess, accessState, status };
  },
});

/** A text of an article that still leaves room for two others. */
const ARTICLE_MAX_CHARACTERS = 550;

export const searchKnowledge = defineClubTool({
  ...read,
  name: "search_knowledge",
  description:
    "What the club's own articles say about a question, as valid today: at most three, best first. count 0 means that they do not say: then do not guess.",
  input: z.strictObject({ question: z.string().trim().min(3).max(300) }),
  summarize: ({ question }) => `Look up what the club says about “${question}”`,
  run: async ({ ctx }, { question }) => {
    const found = await searchKnown(ctx, { question, limit: 3 });
    return {
      count: found.length,
      articles: found.map(({ body, title }) => ({ title: short(title), text: short(body, ARTICLE_MAX_CHARACTERS) })),
    };
  },
});
