import { addDays, daysBetween, todayIn } from "#server/domain/calendar-date.ts";
import { Segment, type MemberCondition, type ProspectCondition } from "#server/domain/workflows/segment.ts";
import { MEMBER_STATUSES } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { inTransaction } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { MADE_AT, scopeOf } from "#server/testing/factories.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { MORNING } from "#server/testing/workflow-runs.ts";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

import { segmentSource } from "./segment-query.ts";

useDatabase();

const ZONE = "America/Denver";
const TODAY = todayIn(ZONE, MORNING);
const TYPES = ["Premium", "premium ", "Basic", "O'Neil'); drop table \"Member\"; --", null] as const;
const SOURCES = ["Web", "walk-in", "Referral", null] as const;

type MemberRow = {
  readonly id: string;
  readonly status: string;
  readonly lastVisitAt: Date | null;
  readonly joinedOn: string | null;
  readonly balanceMinor: bigint | null;
  readonly trainingBalanceMinor: bigint | null;
  readonly visitCount: number;
  readonly membershipType: string | null;
};
type LeadRow = { readonly id: string; readonly createdOn: string | null; readonly source: string | null };

let line: Line;
let members: readonly MemberRow[];
let leads: readonly LeadRow[];

/** Spread so that every bound is met from both sides. */
beforeEach(async () => {
  line = await makeLine();
  const scope = scopeOf(line.club);
  const { owner } = database();
  const contacts = Array.from({ length: 90 }, () => newId("contact"));
  const stamp = { createdAt: MADE_AT, updatedAt: MADE_AT };
  await owner.contact.createMany({ data: contacts.map((id) => ({ id, ...scope, displayName: "Person", ...stamp })) });
  members = contacts.slice(0, 60).map((_, index) => ({
    id: newId("member"),
    status: MEMBER_STATUSES[index % MEMBER_STATUSES.length] ?? "active",
    lastVisitAt: index % 5 === 0 ? null : new Date(MORNING.getTime() - index * 7 * 3_600_000),
    joinedOn: index % 7 === 0 ? null : addDays(TODAY, -index),
    balanceMinor: index % 6 === 0 ? null : BigInt(index % 12) * 10n,
    trainingBalanceMinor: index % 9 === 0 ? BigInt(index % 4) : null,
    visitCount: index % 15,
    membershipType: TYPES[index % TYPES.length] ?? null,
  }));
  leads = contacts.slice(60).map((_, index) => ({
    id: newId("prospect"),
    createdOn: index % 5 === 0 ? null : addDays(TODAY, -(index % 12)),
    source: SOURCES[index % SOURCES.length] ?? null,
  }));
  const named = { firstName: "Robin", lastName: "Hale" };
  await owner.member.createMany({
    data: members.map((row, index) => ({
      ...row,
      ...scope,
      ...named,
      ...stamp,
      contactId: contacts[index] ?? "",
      externalId: `m${index}`,
      currency: "USD",
    })),
  });
  await owner.prospect.createMany({
    data: leads.map((row, index) => ({
      ...row,
      ...scope,
      ...named,
      ...stamp,
      contactId: contacts[60 + index] ?? "",
      externalId: `p${index}`,
    })),
  });
});

const anyBound = { op: fc.constantFrom("at_least" as const, "at_most" as const) };
const anyDays = fc.record({ ...anyBound, days: fc.nat(20) });
const anyMemberCondition: fc.Arbitrary<MemberCondition> = fc.oneof(
  fc.record({
    field: fc.constant("status" as const),
    anyOf: fc.uniqueArray(fc.constantFrom(...MEMBER_STATUSES), { minLength: 1, maxLength: 6 }),
  }),
  anyDays.map((days) => ({ field: "days_since_visit" as const, ...days })),
  fc.constant({ field: "never_visited" as const }),
  anyDays.map((days) => ({ field: "days_since_joining" as const, ...days })),
  fc.record({ field: fc.constant("balance" as const), ...anyBound, minor: fc.nat(120) }),
  fc.constant({ field: "past_due" as const }),
  fc.record({ field: fc.constant("visits" as const), ...anyBound, count: fc.nat(16) }),
  fc.record({
    field: fc.constant("membership_type" as const),
    anyOf: fc.array(fc.constantFrom("PREMIUM", "basic", "none", "O'Neil'); drop table \"Member\"; --"), { minLength: 1, maxLength: 3 }),
  }),
);
const anyProspectCondition: fc.Arbitrary<ProspectCondition> = fc.oneof(
  anyDays.map((days) => ({ field: "days_since_asking" as const, ...days })),
  fc.record({
    field: fc.constant("source" as const),
    anyOf: fc.array(fc.constantFrom("web", "Walk-In", "'"), { minLength: 1, maxLength: 2 }),
  }),
);
const anySegment: fc.Arbitrary<Segment> = fc.oneof(
  fc.array(anyMemberCondition, { maxLength: 3 }).map((all): Segment => ({ of: "members", all })),
  fc.array(anyProspectCondition, { maxLength: 3 }).map((all): Segment => ({ of: "prospects", all })),
);

const within = (value: number | null, { op, to }: { readonly op: "at_least" | "at_most"; readonly to: number }): boolean =>
  value !== null && (op === "at_least" ? value >= to : value <= to);
const isWord = (value: string | null, words: readonly string[]): boolean =>
  words.some((word) => value?.trim().toLowerCase() === word.trim().toLowerCase());
const daysAgo = (day: string | null): number | null => (day === null ? null : daysBetween(day, TODAY));

const memberHolds = (row: MemberRow, one: MemberCondition): boolean => {
  switch (one.field) {
    case "status":
      return one.anyOf.some((status) => status === row.status);
    case "days_since_visit":
      return within(daysAgo(row.lastVisitAt === null ? null : todayIn(ZONE, row.lastVisitAt)), { op: one.op, to: one.days });
    case "never_visited":
      return row.lastVisitAt === null;
    case "days_since_joining":
      return within(daysAgo(row.joinedOn), { op: one.op, to: one.days });
    case "balance":
      return within(row.balanceMinor === null ? null : Number(row.balanceMinor), { op: one.op, to: one.minor });
    case "past_due":
      return (row.balanceMinor ?? 0n) > 1n || (row.trainingBalanceMinor ?? 0n) > 1n;
    case "visits":
      return within(row.visitCount, { op: one.op, to: one.count });
    case "membership_type":
      return isWord(row.membershipType, one.anyOf);
  }
};
const leadHolds = (row: LeadRow, one: ProspectCondition): boolean =>
  one.field === "source" ? isWord(row.source, one.anyOf) : within(daysAgo(row.createdOn), { op: one.op, to: one.days });

const oracle = (segment: Segment): readonly string[] =>
  segment.of === "members"
    ? members.filter((row) => segment.all.every((one) => memberHolds(row, one))).map(({ id }) => id)
    : leads.filter((row) => segment.all.every((one) => leadHolds(row, one))).map(({ id }) => id);

describe("a segment", () => {
  test("is in the database exactly whom its conditions name one by one, for 150 segments", async () => {
    const machine = { ...line.system, fixedNow: MORNING };
    const place = { clubId: line.club.id, timeZone: ZONE, today: TODAY };
    await fc.assert(
      fc.asyncProperty(anySegment, async (segment) => {
        expect(Segment.parse(segment)).toEqual(segment);
        const found = await inTransaction(machine, (tx) => {
          const source = segmentSource(segment, place);
          return tx.db.$queryRaw<{ id: string }[]>`select r.id ${source}`;
        });
        expect(found.map(({ id }) => id).toSorted()).toEqual([...oracle(segment)].toSorted());
      }),
      { numRuns: 150 },
    );
  });

  test("of prospects leaves out whoever is a member by now", async () => {
    const lead = await database().owner.prospect.findFirstOrThrow({ where: { id: leads[0]?.id ?? "" } });
    const own = {
      contactId: lead.contactId,
      externalId: "joined",
      firstName: "Robin",
      lastName: "Hale",
      status: "active",
      currency: "USD",
    };
    await database().owner.member.create({
      data: { id: newId("member"), ...scopeOf(line.club), ...own, createdAt: MADE_AT, updatedAt: MADE_AT },
    });
    const found = await inTransaction(line.system, (tx) => {
      const source = segmentSource({ of: "prospects", all: [] }, { clubId: line.club.id, timeZone: ZONE, today: TODAY });
      return tx.db.$queryRaw<{ id: string }[]>`select r.id ${source}`;
    });
    expect(found).toHaveLength(leads.length - 1);
    expect(found.map(({ id }) => id)).not.toContain(lead.id);
  });

  test.each([
    { of: "members", all: [{ field: "source", anyOf: ["web"] }] },
    { of: "prospects", all: [{ field: "balance", op: "at_least", minor: 1 }] },
    { of: "members", all: [{ field: "balance", op: "> 0 or true --", minor: 1 }] },
    { of: "members", all: [{ field: "visits", op: "at_least", count: 1, or: "1=1" }] },
    { of: "everybody", all: [] },
  ])("%j is none", (raw) => {
    expect(Segment.safeParse(raw).success).toBe(false);
  });
});
