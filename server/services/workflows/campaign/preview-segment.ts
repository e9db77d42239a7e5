import "server-only";

import { z } from "zod";

import { todayIn } from "#server/domain/calendar-date.ts";
import { asId, idSchema, type Id } from "#server/domain/ids.ts";
import { BLANK_CAMPAIGN, type CampaignPlan } from "#server/domain/workflows/campaign-plan.ts";
import type { MergeValues } from "#server/domain/workflows/merge-fields.ts";
import { reasonText } from "#server/domain/workflows/outcomes.ts";
import { Segment } from "#server/domain/workflows/segment.ts";
import { newId } from "#server/platform/ids.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { decideCampaign } from "#server/services/workflows/campaign/definition.ts";
import { campaignPeople } from "#server/services/workflows/campaign/people.ts";
import { segmentSource } from "#server/services/workflows/campaign/segment-query.ts";
import type { PlannedRow, RunFacts } from "#server/services/workflows/define.ts";
import { judgePage, type JudgedRow } from "#server/services/workflows/judge-page.ts";
import { PLAN_PAGE_SIZE } from "#server/services/workflows/limits.ts";

/** Chosen by us: what somebody looks through one by one, and enough names to recognise a reason by. */
const PEOPLE_MAX = 20;
const NAMES_MAX = 3;

export const PreviewSegmentInput = z.object({
  segment: Segment,
  /** Of a campaign that is there: whoever had it is left out. */
  workflowId: idSchema("workflow").optional(),
});

type SegmentPreview = {
  /** All who belong to it, whether they may be written to or not. */
  readonly count: number;
  /** So many of them were asked about; all of them unless the segment is large. */
  readonly lookedAtCount: number;
  readonly getsCount: number;
  /** Of those, who would get it at a later hour. */
  readonly waitsCount: number;
  readonly leftOut: readonly {
    readonly reason: string;
    readonly text: string;
    readonly count: number;
    /** The first of them. */
    readonly names: readonly string[];
  }[];
  /** The first who would get it, then of those who would not, with what the texts are filled with. */
  readonly people: readonly {
    readonly contactId: Id<"contact">;
    readonly name: string;
    readonly fields: MergeValues;
    readonly waitsUntil: Date | null;
    /** Why they would get nothing; null where they would. */
    readonly leftOut: string | null;
  }[];
};

/** Who a segment holds now, who of them may be written to, and who is left out and why: as a run would plan it, and nothing is stored. */
export const previewSegment = async (ctx: ServiceContext, raw: z.input<typeof PreviewSegmentInput>): Promise<SegmentPreview> => {
  assertCan(ctx, "workflow.read");
  const { segment, workflowId } = PreviewSegmentInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const club = await tx.db.club.findFirstOrThrow({
      where: { id: ctx.clubId },
      select: { name: true, phone: true, timeZone: true, currency: true },
    });
    const source = segmentSource(segment, { clubId: ctx.clubId, timeZone: club.timeZone, today: todayIn(club.timeZone, tx.now) });
    const [counted] = await tx.db.$queryRaw<{ count: number }[]>`select count(distinct r."contactId")::int as count ${source}`;
    const run: RunFacts = { ...NO_RUN, id: newId("workflowRun"), workflowId: workflowId ?? newId("workflow"), club };
    const query = { run, settings: planFor(segment), after: null, limit: PLAN_PAGE_SIZE };
    const { subjects } = await campaignPeople(tx, ctx, query);
    const decided = subjects.map((subject): PlannedRow => {
      const { contactId, memberId } = subject;
      return { contactId, memberId, verdict: decideCampaign(subject, query.settings, { run, now: tx.now }) };
    });
    const rows = await judgePage(tx, ctx, decided);
    const gets = rows.filter(({ verdict }) => verdict.kind === "act");
    const names = await namesOf(tx, ctx, rows);
    const fields = new Map(subjects.map(({ contactId, person }) => [contactId, person.fields] as const));
    return {
      count: counted?.count ?? 0,
      lookedAtCount: rows.length,
      getsCount: gets.length,
      waitsCount: gets.filter(({ waits }) => waits !== null).length,
      leftOut: leftOutOf(rows, names),
      people: [...gets, ...rows.filter(({ verdict }) => verdict.kind !== "act")]
        .slice(0, PEOPLE_MAX)
        .map(({ contactId, verdict, waits }) => ({
          contactId: asId("contact", contactId),
          name: names.get(contactId) ?? "",
          fields: fields.get(contactId) ?? {},
          waitsUntil: waits?.until ?? null,
          leftOut: verdict.kind === "act" ? null : reasonText(verdict.reason),
        })),
    };
  });
};

const NO_RUN = { period: "", trigger: "preview", isDryRun: true, onlyContactId: null } as const;

/** Whoever is held out is not told apart here: that is drawn once there is a campaign. */
const planFor = (segment: Segment): CampaignPlan => ({
  ...BLANK_CAMPAIGN,
  segment,
  holdOutPercent: 0,
  texts: { a: "{{club_name}} would write to you.", b: null },
});

const leftOutOf = (rows: readonly JudgedRow[], names: ReadonlyMap<string, string>): SegmentPreview["leftOut"] => {
  const byReason = new Map<string, { count: number; names: string[] }>();
  for (const { contactId, verdict } of rows) {
    if (verdict.kind !== "act") {
      const known = byReason.get(verdict.reason) ?? { count: 0, names: [] };
      known.count += 1;
      if (known.names.length < NAMES_MAX) {
        known.names.push(names.get(contactId) ?? "");
      }
      byReason.set(verdict.reason, known);
    }
  }
  return [...byReason]
    .map(([reason, known]) => ({ reason, text: reasonText(reason), ...known }))
    .toSorted((left, right) => right.count - left.count);
};

const namesOf = async (tx: ServiceTx, ctx: ServiceContext, rows: readonly JudgedRow[]): Promise<ReadonlyMap<string, string>> => {
  const contacts = await tx.db.contact.findMany({
    where: { clubId: ctx.clubId, id: { in: rows.map(({ contactId }) => contactId) } },
    select: { id: true, displayName: true },
  });
  return new Map(contacts.map(({ displayName, id }) => [id, displayName]));
};
