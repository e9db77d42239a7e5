import "server-only";

import { MINUTES_PER_ANSWER, MINUTES_SAVED_PER_DRAFT } from "#server/domain/metrics/assumptions.ts";
import type { MetricKey } from "#server/domain/metrics/definitions.ts";
import { Prisma } from "#server/platform/generated/client.ts";

import { answeringRows } from "./answering-rows.ts";
import { failedSendRows, modelErrorRows, vendorErrorRows } from "./machine-rows.ts";
import { joinRows, optOutRows, recoveredRows, remindedRows, reminderRows, tourRows, writtenRows } from "./outreach-rows.ts";
import { comparisonRows, draftRows, heldRows, ratingRows, roboticRows, scoreRows, wrongRows } from "./quality-rows.ts";
import { responseRows } from "./response-rows.ts";
import type { Scope } from "./scope.ts";
import { settlingRows } from "./settling-rows.ts";
import { needsYouRows, overdueRows, waitingRows } from "./standing-rows.ts";

const { sql } = Prisma;

type Behind = { readonly scope: Scope; readonly now: Date; readonly currency: string };
type Rows = (behind: Behind) => Prisma.Sql;

/** `detail` is in the unit of the metric's number, where each row has one of its own. */
const pick = (rows: Prisma.Sql, { where = sql`true`, detail = sql`null::float8` }: { where?: Prisma.Sql; detail?: Prisma.Sql } = {}) =>
  sql`select r."conversationId", r.at, ${detail} as detail from (${rows}) r where ${where}`;

const road =
  (name: string): Rows =>
  ({ scope }) =>
    pick(answeringRows(scope), { where: sql`r."conversationId" is not null and r.road = ${name}` });
const response =
  (who: "agent" | "staff"): Rows =>
  ({ scope }) =>
    pick(responseRows(scope), { where: sql`r.who = ${who}`, detail: sql`r.seconds` });
const settled =
  (who: "agent" | "staff"): Rows =>
  ({ scope }) =>
    pick(settlingRows(scope), { where: sql`r.who = ${who} and not r."cameBack"`, detail: sql`r.seconds` });
const scores =
  (who: "agent" | "staff"): Rows =>
  ({ scope }) =>
    pick(scoreRows(scope), { where: sql`r."handledBy" = ${who}`, detail: sql`r.score::float8` });

/**
 * The very rows that a number counts: of a share those that make it up, of a time or a score all of them. Null where a number has none,
 * such as a cost.
 */
export const BEHIND = {
  conversations: ({ scope }) => pick(answeringRows(scope), { where: sql`r."conversationId" is not null` }),
  coverage: ({ scope }) => pick(answeringRows(scope), { where: sql`r."conversationId" is not null and r."isCovered"` }),
  auto_share: road("auto_share"),
  assisted: road("assisted"),
  handed_over: road("handed_over"),
  staff_only: road("staff_only"),
  no_answer: road("no_answer"),
  hours_saved: ({ scope }) =>
    pick(sql`select a."saidId" as "conversationId", a."saidAt" as at, a.alone, a.unchanged from (${answeringRows(scope)}) a`, {
      where: sql`r.alone > 0 or r.unchanged > 0`,
      detail: sql`(r.alone * ${MINUTES_PER_ANSWER}::float8 + r.unchanged * ${MINUTES_SAVED_PER_DRAFT}::float8) / 60`,
    }),
  first_response_agent: response("agent"),
  first_response_agent_p90: response("agent"),
  first_response_staff: response("staff"),
  first_response_staff_p90: response("staff"),
  durable_agent: settled("agent"),
  durable_staff: settled("staff"),
  reopened: ({ scope }) => pick(settlingRows(scope), { where: sql`r."cameBack"` }),
  resolution_agent: settled("agent"),
  resolution_agent_p90: settled("agent"),
  resolution_staff: settled("staff"),
  resolution_staff_p90: settled("staff"),
  rating: ({ scope }) => pick(ratingRows(scope), { detail: sql`r.score::float8` }),
  edited: ({ scope }) => pick(draftRows(scope), { where: sql`r."isEdited"` }),
  calibration: ({ scope }) => pick(comparisonRows(scope), { detail: sql`r."confidenceRatio"` }),
  wrong_sends: ({ scope }) => pick(wrongRows(scope)),
  held: ({ scope }) => pick(heldRows(scope)),
  robotic: ({ scope }) => pick(roboticRows(scope)),
  satisfaction_agent: scores("agent"),
  satisfaction_staff: scores("staff"),
  reminders: ({ scope }) => pick(reminderRows(scope)),
  reminder_paid: ({ scope }) => pick(remindedRows(scope), { where: sql`r."hasPaid"` }),
  dues_recovered: ({ scope, currency }) => pick(recoveredRows(scope, currency), { detail: sql`r."amountMinor"::float8` }),
  reminder_answers: ({ scope }) => pick(remindedRows(scope), { where: sql`r."hasAnswered"` }),
  write_back: ({ scope }) => pick(writtenRows(scope), { where: sql`r."hasAnswered"` }),
  campaign_lift: null,
  tours: ({ scope }) => pick(tourRows(scope)),
  joins: ({ scope }) => pick(joinRows(scope)),
  opt_outs: ({ scope }) => pick(optOutRows(scope)),
  failed_sends: ({ scope }) => pick(failedSendRows(scope)),
  vendor_errors: ({ scope }) => pick(vendorErrorRows(scope)),
  model_errors: ({ scope }) => pick(modelErrorRows(scope)),
  cost: null,
  cost_per_conversation: null,
  tokens: null,
  cache_hit: null,
  waiting: ({ scope }) => pick(waitingRows(scope.clubId)),
  oldest_wait: ({ scope, now }) => pick(waitingRows(scope.clubId), { detail: sql`extract(epoch from ${now} - r.at)::float8` }),
  needs_you: ({ scope }) => pick(needsYouRows(scope.clubId)),
  overdue: ({ scope, now }) => pick(overdueRows(scope.clubId, now)),
} as const satisfies Readonly<Record<MetricKey, Rows | null>>;

export const behindOf = (metric: MetricKey): Rows | null => BEHIND[metric];
