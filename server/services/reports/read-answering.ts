import "server-only";

import { hoursSaved } from "#server/domain/metrics/assumptions.ts";
import { counted, share, type Figure } from "#server/domain/metrics/definitions.ts";
import { REASONS, type ReasonCode } from "#server/domain/reasons.ts";
import type { Tx } from "#server/platform/tenant.ts";

import { answeringRows } from "./answering-rows.ts";
import type { Scope } from "./scope.ts";

/** Who answered, of the conversations that somebody wrote in. */
const ROADS = ["auto_share", "assisted", "handed_over", "staff_only", "no_answer"] as const;
type Road = (typeof ROADS)[number];

type Row = {
  /** Null: of the whole period. */
  readonly day: string | null;
  readonly road: Road;
  readonly people: number;
  readonly covered: number;
  readonly alone: number;
  readonly unchanged: number;
};

type AnsweringFigures = Readonly<Record<"conversations" | "coverage" | "hours_saved" | Road, Figure>>;

const readRows = (tx: Tx, scope: Scope, options: { readonly isDaily: boolean }) =>
  tx.db.$queryRaw<Row[]>`
    select r.day, r.road, count(r."conversationId")::int as people,
      count(r."conversationId") filter (where r."isCovered")::int as covered, sum(r.alone)::int as alone, sum(r.unchanged)::int as unchanged
    from (${answeringRows(scope, options)}) r group by r.day, r.road`;

export const readAnswering = async (tx: Tx, scope: Scope): Promise<AnsweringFigures> =>
  figuresOf(await readRows(tx, scope, { isDaily: false }));

type Days = { readonly figures: AnsweringFigures; readonly days: ReadonlyMap<string, AnsweringFigures> };

/** The same, and of each day of the period on which anything happened: a conversation of two days counts on both. */
export const readAnsweringDays = async (tx: Tx, scope: Scope): Promise<Days> => {
  const rows = await readRows(tx, scope, { isDaily: true });
  const days = Map.groupBy(
    rows.filter(({ day }) => day !== null),
    ({ day }) => day ?? "",
  );
  return {
    figures: figuresOf(rows.filter(({ day }) => day === null)),
    days: new Map([...days].map(([day, ofDay]) => [day, figuresOf(ofDay)])),
  };
};

const figuresOf = (rows: readonly Row[]): AnsweringFigures => {
  const sum = (of: "people" | "covered" | "alone" | "unchanged", road?: Road): number =>
    rows.reduce((total, row) => total + (road === undefined || row.road === road ? row[of] : 0), 0);
  const all = sum("people");
  const part = (road: Road): Figure => share(sum("people", road), all);
  return {
    conversations: counted(all),
    coverage: share(sum("covered"), all),
    auto_share: part("auto_share"),
    assisted: part("assisted"),
    handed_over: part("handed_over"),
    staff_only: part("staff_only"),
    no_answer: part("no_answer"),
    hours_saved: counted(hoursSaved({ aloneCount: sum("alone"), unchangedDraftCount: sum("unchanged") })),
  };
};

export type BreakdownRow = { readonly label: string; readonly count: number };

/** For what Spotter handed conversations to a person: the first reason of the newest such decision of each. */
export const readHandoverReasons = async (tx: Tx, { clubId, window: { from, until } }: Scope): Promise<readonly BreakdownRow[]> => {
  const rows = await tx.db.$queryRaw<{ code: string | null; count: number }[]>`
    select n.code, count(*)::int as count from (
      select distinct on (d."conversationId") d.reasons ->> 0 as code from "Decision" d
      where d."clubId" = ${clubId} and d."createdAt" >= ${from} and d."createdAt" < ${until} and d.outcome = 'escalate'
        and exists (select 1 from "Message" m where m."clubId" = ${clubId} and m."conversationId" = d."conversationId" and m.direction = 'inbound'
                    and m."receivedAt" >= ${from} and m."receivedAt" < ${until})
      order by d."conversationId", d."createdAt" desc, d.id desc) n
    group by n.code order by 2 desc, 1`;
  return rows.map(({ code, count }) => ({ label: isReason(code) ? REASONS[code] : "a reason that was not stored", count }));
};

const isReason = (code: string | null): code is ReasonCode => code !== null && code in REASONS;
