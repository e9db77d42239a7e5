import { z } from "zod";

import { defineClubTool, SAMPLE_ROWS, short, withSample, type ClubCall } from "#server/agent/tools/club-tools/define-club-tool.ts";
import type { ToolResult } from "#server/agent/tools/define-tool.ts";
import { formatInTimeZone } from "#server/domain/local-time.ts";
import { formatMoney } from "#server/domain/money.ts";
import { listAttempts } from "#server/services/collections/list-attempts.ts";
import { sampleSegment, type SampledPerson, type SegmentSample } from "#server/services/members/sample-segment.ts";
import { listTemplates } from "#server/services/messages/list-templates.ts";

const read = { risk: "read", effectKind: "read", capability: null, maxPerRun: 4 } as const;

/** Whole dollars and cents as the model writes them, `0.01` to a million. */
const Amount = z.number().min(0).max(1_000_000);
const minorOf = (amount: number): bigint => BigInt(Math.round(amount * 100));

const Days = z.int().min(1).max(366);

type Row = { readonly person: SampledPerson; readonly timeZone: string; readonly currency: string };

const memberRow = ({ run }: ClubCall, { currency, person, timeZone }: Row): ToolResult => ({
  person: run.handles.of("member", person.id),
  name: short(`${person.firstName} ${person.lastName}`, 40),
  status: person.status,
  membership: short(person.membershipType, 30),
  ...(person.balanceMinor === null ? {} : { owes: formatMoney(person.balanceMinor, currency) }),
  joined: person.joinedOn,
  lastVisit: person.lastVisitAt === null ? null : formatInTimeZone(person.lastVisitAt, timeZone, "yyyy-MM-dd"),
});

const people = (call: ClubCall, { count, currency, rows, timeZone, totalMinor }: SegmentSample, isMoney = false): ToolResult =>
  withSample(
    { count, ...(isMoney ? { totalOwed: formatMoney(String(totalMinor), currency) } : {}) },
    rows.map((person) => memberRow(call, { person, timeZone, currency })),
  );

export const getCampaignProspects = defineClubTool({
  ...read,
  name: "get_campaign_prospects",
  description:
    "Prospects of the club: how many there are, and the ten newest with a handle each. Takes nothing. It never lists all of them; a campaign to them is planned by its segment, not by naming people.",
  input: z.strictObject({}),
  summarize: () => "Count the prospects",
  run: async ({ ctx, run }) => {
    const { count, rows } = await sampleSegment(ctx, { segment: "prospects", limit: SAMPLE_ROWS });
    return withSample(
      { count },
      rows.map(({ firstName, id, joinedOn, lastName }) => ({
        person: run.handles.of("prospect", id),
        name: short(`${firstName} ${lastName}`, 40),
        since: joinedOn,
      })),
    );
  },
});

export const getGreenMembers = defineClubTool({
  ...read,
  name: "get_green_members",
  description:
    "Members who joined lately: how many, and the ten newest with a handle each. joined_within_days is 1 to 366 and may be left out: then it is the club's 30.",
  input: z.strictObject({ joined_within_days: Days.optional() }),
  summarize: ({ joined_within_days: days }) => `Count the members who joined within ${days ?? 30} days`,
  run: async (call, { joined_within_days: days }) =>
    people(
      call,
      await sampleSegment(call.ctx, { segment: "green", limit: SAMPLE_ROWS, ...(days === undefined ? {} : { greenDays: days }) }),
    ),
});

export const getPpvMembers = defineClubTool({
  ...read,
  name: "get_ppv_members",
  description:
    "Members who pay per visit: how many, and the ten newest with a handle each. filters may be left out; not_seen_for_days, 1 to 366, keeps only those who were not at the club for so long.",
  input: z.strictObject({ filters: z.strictObject({ not_seen_for_days: Days.optional() }).optional() }),
  summarize: ({ filters }) =>
    `Count the pay-per-visit members${filters?.not_seen_for_days === undefined ? "" : ` not seen for ${filters.not_seen_for_days} days`}`,
  run: async (call, { filters }) => {
    const noVisitDays = filters?.not_seen_for_days;
    return people(
      call,
      await sampleSegment(call.ctx, {
        segment: "pay_per_visit",
        limit: SAMPLE_ROWS,
        ...(noVisitDays === undefined ? {} : { noVisitDays }),
      }),
    );
  },
});

const PastDue = z.strictObject({ min_amount: Amount.optional(), not_seen_for_days: Days.optional() });
type PastDue = z.infer<typeof PastDue>;

/** Only the bounds that were given. */
const pastDueBounds = ({ min_amount: amount, not_seen_for_days: noVisitDays }: PastDue) => ({
  ...(amount === undefined ? {} : { minAmountMinor: minorOf(amount) }),
  ...(noVisitDays === undefined ? {} : { noVisitDays }),
});

const pastDueWords = ({ min_amount: amount, not_seen_for_days: days }: PastDue): string =>
  `who owe ${amount === undefined ? "anything" : `at least ${amount}`}${days === undefined ? "" : ` and were not here for ${days} days`}`;

export const getPastDueMembers = defineClubTool({
  ...read,
  name: "get_past_due_members",
  description:
    "Members who owe something: how many, what they owe together, and the ten who owe most with a handle each. min_amount is in the club's currency, such as 50 or 0.01, and may be left out; not_seen_for_days, 1 to 366, keeps only those who were not at the club for so long. Balances are those last read; a reminder or a lock reads them again.",
  input: PastDue,
  summarize: (bounds) => `Count the members ${pastDueWords(bounds)}`,
  run: async (call, bounds) =>
    people(
      call,
      await sampleSegment(call.ctx, {
        segment: "past_due",
        limit: SAMPLE_ROWS,
        ...pastDueBounds(bounds),
      }),
      true,
    ),
});

export const getPastDueTrainingClients = defineClubTool({
  ...read,
  name: "get_past_due_training_clients",
  description:
    "Members who owe something for training: how many, what they owe for it together, and the ten who owe most with a handle each. min_amount and not_seen_for_days as with get_past_due_members.",
  input: PastDue,
  summarize: (bounds) => `Count the training clients ${pastDueWords(bounds)}`,
  run: async (call, bounds) =>
    people(
      call,
      await sampleSegment(call.ctx, {
        segment: "past_due_training",
        limit: SAMPLE_ROWS,
        ...pastDueBounds(bounds),
      }),
      true,
    ),
});

export const getCollectionAttempts = defineClubTool({
  ...read,
  name: "get_collection_attempts",
  description:
    "What was done about debts in the last days: how many attempts of each tier, for how many people, and the ten who were written to most. days_back is 1 to 366 and may be left out: then it is 30.",
  input: z.strictObject({ days_back: Days.optional() }),
  summarize: ({ days_back: days }) => `Count the attempts of the last ${days ?? 30} days`,
  run: async ({ ctx, run }, { days_back: days }) => {
    const { byTier, count, people: most, peopleCount } = await listAttempts(ctx, { daysBack: days ?? 30, limit: SAMPLE_ROWS });
    return withSample(
      { count, people: peopleCount, byTier },
      most.map(({ count: attempts, lastAt, memberId, name }) => ({
        person: run.handles.of("member", memberId),
        name: short(name, 40),
        attempts,
        last: lastAt.toISOString().slice(0, 10),
      })),
    );
  },
});

export const getCampaignTemplates = defineClubTool({
  ...read,
  name: "get_campaign_templates",
  description:
    "The texts that may be sent to a group: key, name, what they are for and how they begin. Without key a list of all; with key the whole text of one, with its merge fields in double braces.",
  input: z.strictObject({ key: z.string().max(60).optional() }),
  summarize: ({ key }) => (key === undefined ? "List the campaign texts" : `Read the campaign text ${key}`),
  run: async ({ ctx }, { key }) => {
    const all = await listTemplates(ctx);
    const one = all.find((template) => template.key === key);
    return one === undefined
      ? {
          count: all.length,
          templates: all.map(({ key: name, purpose }) => ({ key: name, purpose })),
        }
      : { key: one.key, name: one.name, purpose: one.purpose, text: short(one.text, 1_500) };
  },
});
