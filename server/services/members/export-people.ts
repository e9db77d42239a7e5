import "server-only";

import { z } from "zod";

import { todayIn } from "#server/domain/calendar-date.ts";
import { csvText } from "#server/domain/csv-text.ts";
import { idSchema } from "#server/domain/ids.ts";
import { formatInTimeZone } from "#server/domain/local-time.ts";
import { plainAmount } from "#server/domain/money.ts";
import { PeopleFilter } from "#server/domain/people-filter.ts";
import { GREEN_DAYS, type PersonRow } from "#server/domain/people-view.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { readPeople } from "#server/services/members/list-people.ts";

/** People read at once: few enough to be answered at once, many enough that 20,000 are twenty questions. */
const BATCH_SIZE = 1_000;
/** As many as a page can tick; whoever wants more takes all that a filter means. */
const CHOSEN_MAX = 1_000;

export const ExportPeopleInput = z.object({
  filter: PeopleFilter,
  /** Only these members or prospects of them; all where it is left out. */
  personIds: z
    .array(z.union([idSchema("member"), idSchema("prospect")]))
    .min(1)
    .max(CHOSEN_MAX)
    .optional(),
});

export type PeopleFile = { readonly name: string; readonly body: string };

const HEAD = [
  "Name",
  "Phone",
  "E-mail",
  "Status",
  "Membership",
  "Balance",
  "Of it for training",
  "Currency",
  "Joined",
  "Last visit",
  "Visits",
  "Access",
] as const;

/** The people of a filter as a table for the club's own programs. Each export is in the audit log, with how many it names. */
export const exportPeople = async (ctx: ServiceContext, raw: z.input<typeof ExportPeopleInput>): Promise<PeopleFile> => {
  assertCan(ctx, "member.export");
  const { filter, personIds } = ExportPeopleInput.parse(raw);
  const chosen = personIds === undefined ? null : new Set<string>(personIds);
  return inTransaction(ctx, async (tx) => {
    const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
    const rows: (readonly string[])[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await readPeople(tx, ctx, { ...filter, greenDays: GREEN_DAYS, cursor, limit: BATCH_SIZE });
      const wanted = page.items.filter(({ id }) => chosen === null || chosen.has(id));
      rows.push(...wanted.map((row) => cellsOf(row, timeZone)));
      cursor = page.nextCursor;
    }
    await recordAudit(tx, ctx, {
      action: "members.exported",
      details: { segment: filter.segment, peopleCount: rows.length, isChosen: chosen !== null },
    });
    return { name: `people-${filter.segment}-${todayIn(timeZone, tx.now)}.csv`, body: `\u{FEFF}${csvText([HEAD, ...rows])}` };
  });
};

const cellsOf = (row: PersonRow, timeZone: string): readonly string[] => [
  row.name,
  row.phone ?? "",
  row.email ?? "",
  row.status ?? "prospect",
  row.membershipType ?? "",
  amountOf(row.balanceMinor, row.currency),
  amountOf(row.trainingBalanceMinor, row.currency),
  row.currency ?? "",
  row.joinedOn ?? "",
  row.lastVisitAt === null ? "" : formatInTimeZone(row.lastVisitAt, timeZone, "yyyy-MM-dd"),
  row.visitCount === null ? "" : `${row.visitCount}`,
  row.accessState ?? "",
];

const amountOf = (minor: string | null, currency: string | null): string =>
  minor === null || currency === null ? "" : plainAmount(minor, currency);
