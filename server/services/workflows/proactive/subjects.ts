import "server-only";

import { addDays, todayIn } from "#server/domain/calendar-date.ts";
import { startOfDay } from "#server/domain/local-time.ts";
import {
  ANNIVERSARY_LATE_DAYS,
  celebratedOn,
  MILESTONE_FRESH_DAYS,
  MILESTONES,
  type Celebrated,
  type OccasionFacts,
} from "#server/domain/workflows/occasions.ts";
import type { ProactiveSettings } from "#server/domain/workflows/settings.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { contactFlags } from "#server/services/workflows/contact-flags.ts";
import type { PageQuery, Subject, SubjectPage } from "#server/services/workflows/define.ts";

export type GreetingSubject = Subject & { readonly facts: OccasionFacts };

/** Who has a membership, of whatever kind. */
const LIVE = Prisma.sql`m."archivedAt" is null and m.status <> 'cancelled' and m.status <> 'in_collections'`;

/** The next contacts for whose members there may be something to tell today, with all that is decided on: five statements a page. */
export const greetingSubjects = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { after, limit, run }: PageQuery<ProactiveSettings>,
): Promise<SubjectPage<GreetingSubject>> => {
  const today = todayIn(run.club.timeZone, tx.now);
  const freshSince = startOfDay(addDays(today, 1 - MILESTONE_FRESH_DAYS), run.club.timeZone);
  const ids = await candidates(tx, ctx, { after, limit: limit + 1, today, freshSince, only: run.onlyContactId });
  const page = ids.slice(0, limit);
  const [people, greeted, flags] = [
    await peopleOf(tx, ctx, { contactIds: page, freshSince }),
    await greetedOf(tx, ctx, { contactIds: page, workflowId: run.workflowId }),
    await contactFlags(tx, ctx, page),
  ];
  const subjects = page.flatMap((contactId): readonly GreetingSubject[] => {
    const known = flags.get(contactId);
    const own = people.get(contactId) ?? [];
    return known === undefined
      ? []
      : [
          {
            contactId,
            memberId: own.length === 1 ? (own[0]?.memberId ?? null) : null,
            facts: { ...known, people: own, greeted: greeted.get(contactId) ?? new Set() },
          },
        ];
  });
  return { subjects, next: ids.length > limit ? (page.at(-1) ?? null) : null };
};

type Wanted = {
  readonly after: string | null;
  readonly limit: number;
  readonly today: string;
  readonly freshSince: Date;
  readonly only: string | null;
};

const candidates = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { after, freshSince, limit, only, today }: Wanted,
): Promise<readonly string[]> => {
  const joinDays = Array.from({ length: ANNIVERSARY_LATE_DAYS + 1 }, (_, late) => addDays(today, -late)).flatMap(celebratedOn);
  const rows = await tx.db.$queryRaw<{ contactId: string }[]>`
    select distinct m."contactId" from "Member" m
    where m."clubId" = ${ctx.clubId} and ${LIVE} and m."contactId" > ${after ?? ""}
      ${only === null ? Prisma.empty : Prisma.sql`and m."contactId" = ${only}`}
      and (substr(m."dateOfBirth", 6) = any (${[...celebratedOn(today)]}::text[]) or substr(m."joinedOn", 6) = any (${joinDays}::text[])
        or (m."visitCount" >= ${MILESTONES[0]} and exists (
          select 1 from "Visit" v where v."clubId" = ${ctx.clubId} and v."memberId" = m.id and v.at >= ${freshSince})))
    order by 1 limit ${limit}`;
  return rows.map(({ contactId }) => contactId);
};

type People = { readonly contactIds: readonly string[]; readonly freshSince: Date };

/** Several records of one contact under one first name are one person: the oldest day of joining and the most visits count. */
const peopleOf = async (tx: ServiceTx, ctx: ServiceContext, { contactIds, freshSince }: People) => {
  const rows = await tx.db.$queryRaw<(Celebrated & { readonly contactId: string })[]>`
    select m."contactId", m.id as "memberId", m."firstName", m.status, m."dateOfBirth", m."joinedOn", m."visitCount",
           (select count(*)::int from "Visit" v where v."clubId" = ${ctx.clubId} and v."memberId" = m.id and v.at >= ${freshSince}) as "freshVisitCount"
    from "Member" m where m."clubId" = ${ctx.clubId} and m."contactId" = any (${[...contactIds]}::text[]) and ${LIVE} order by m.id`;
  const byContact = new Map<string, Celebrated[]>();
  for (const { contactId, ...row } of rows) {
    const people = byContact.get(contactId) ?? [];
    const index = people.findIndex(({ firstName }) => sameName(firstName, row.firstName));
    const known = people[index];
    byContact.set(contactId, known === undefined ? [...people, row] : people.with(index, joined(known, row)));
  }
  return byContact;
};

const sameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

const joined = (one: Celebrated, other: Celebrated): Celebrated => {
  const [more] = [one, other].toSorted((a, b) => b.visitCount - a.visitCount);
  return {
    ...one,
    dateOfBirth: one.dateOfBirth ?? other.dateOfBirth,
    joinedOn: [one.joinedOn, other.joinedOn].filter((day) => day !== null).toSorted()[0] ?? null,
    visitCount: more?.visitCount ?? 0,
    freshVisitCount: more?.freshVisitCount ?? 0,
  };
};

type Told = { readonly contactIds: readonly string[]; readonly workflowId: string };

/** What was told, or is on its way: the outcome keeps the occasion as its tier. */
const greetedOf = async (tx: ServiceTx, ctx: ServiceContext, { contactIds, workflowId }: Told) => {
  const rows = await tx.db.workflowOutcome.findMany({
    where: {
      clubId: ctx.clubId,
      workflowId,
      contactId: { in: [...contactIds] },
      isDryRun: false,
      outcome: { in: ["planned", "deferred", "needs_approval", "unknown", "sent"] },
    },
    select: { contactId: true, tier: true },
  });
  const told = new Map<string, Set<string>>();
  for (const { contactId, tier } of rows) {
    told.set(contactId, (told.get(contactId) ?? new Set<string>()).add(tier ?? ""));
  }
  return told;
};
