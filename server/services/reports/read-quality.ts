import "server-only";

import { counted, share, type Figure } from "#server/domain/metrics/definitions.ts";
import { REASONS } from "#server/domain/reasons.ts";
import type { Tx } from "#server/platform/tenant.ts";

import { comparisonRows, draftRows, type HELD_CODES, heldRows, ratingRows, roboticRows, scoreRows, wrongRows } from "./quality-rows.ts";
import type { BreakdownRow } from "./read-answering.ts";
import type { CalibrationStep } from "./schemas.ts";
import type { Scope } from "./scope.ts";

type QualityFigures = Readonly<
  Record<"rating" | "edited" | "calibration" | "wrong_sends" | "held" | "robotic" | "satisfaction_agent" | "satisfaction_staff", Figure>
>;

type Quality = {
  readonly figures: QualityFigures;
  readonly calibration: readonly CalibrationStep[];
  readonly heldReasons: readonly BreakdownRow[];
};

type Counts = {
  readonly rating: number | null;
  readonly ratings: number;
  readonly drafts: number;
  readonly edited: number;
  readonly wrong: number;
  readonly robotic: number;
  readonly agentScore: number | null;
  readonly agentScores: number;
  readonly staffScore: number | null;
  readonly staffScores: number;
};

/** How good the answers were, by the word of staff, of members, and of the checks. */
export const readQuality = async (tx: Tx, scope: Scope): Promise<Quality> => {
  const [row] = await tx.db.$queryRaw<Counts[]>`
    select * from
      (select avg(r.score)::float8 as rating, count(*)::int as ratings from (${ratingRows(scope)}) r) r,
      (select count(*)::int as drafts, count(*) filter (where d."isEdited")::int as edited from (${draftRows(scope)}) d) d,
      (select count(*)::int as wrong from (${wrongRows(scope)}) w) w,
      (select count(*)::int as robotic from (${roboticRows(scope)}) b) b,
      (select avg(s.score) filter (where s."handledBy" = 'agent')::float8 as "agentScore", count(*) filter (where s."handledBy" = 'agent')::int as "agentScores",
              avg(s.score) filter (where s."handledBy" = 'staff')::float8 as "staffScore", count(*) filter (where s."handledBy" = 'staff')::int as "staffScores"
       from (${scoreRows(scope)}) s) s`;
  const calibration = await tx.db.$queryRaw<CalibrationStep[]>`
    select avg(k."confidenceRatio")::float8 as confidence, avg(k."isAgreed"::int)::float8 as agreed, count(*)::int as count
    from (${comparisonRows(scope)}) k group by k.tenth order by 1`;
  const held = await tx.db.$queryRaw<{ code: (typeof HELD_CODES)[number]; count: number }[]>`
    select h.code, count(*)::int as count from (${heldRows(scope)}) h group by h.code order by 2 desc, 1`;
  return {
    figures: {
      rating: { value: row?.rating ?? null, base: row?.ratings ?? 0 },
      edited: share(row?.edited ?? 0, row?.drafts ?? 0),
      calibration: gapOf(calibration),
      wrong_sends: counted(row?.wrong ?? 0),
      held: counted(held.reduce((sum, { count }) => sum + count, 0)),
      robotic: counted(row?.robotic ?? 0),
      satisfaction_agent: { value: row?.agentScore ?? null, base: row?.agentScores ?? 0 },
      satisfaction_staff: { value: row?.staffScore ?? null, base: row?.staffScores ?? 0 },
    },
    calibration,
    heldReasons: held.map(({ code, count }) => ({ label: REASONS[code], count })),
  };
};

/** The distance of each tenth, weighed by its drafts: expected calibration error. */
const gapOf = (steps: readonly CalibrationStep[]): Figure => {
  const all = steps.reduce((sum, { count }) => sum + count, 0);
  const gap = steps.reduce((sum, { agreed, confidence, count }) => sum + count * Math.abs(confidence - agreed), 0);
  return share(gap, all);
};
