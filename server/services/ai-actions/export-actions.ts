import "server-only";

import { z } from "zod";

import { ActivityFilter } from "#server/domain/activity-filter.ts";
import { todayIn } from "#server/domain/calendar-date.ts";
import { csvText } from "#server/domain/csv-text.ts";
import { DomainError } from "#server/domain/errors.ts";
import { actionConditions } from "#server/services/ai-actions/action-conditions.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";

/** Rows read at once. */
const BATCH_SIZE = 1_000;
/** Some tens of megabytes: what a browser still takes as one file. Beyond it a shorter time is to be asked for. */
const ROWS_MAX = 50_000;

export const ExportActionsInput = z.object({ filter: ActivityFilter, format: z.enum(["csv", "jsonl"]) });

export type LedgerFile = { readonly name: string; readonly contentType: string; readonly body: string };

/** Every column, hashes among them: whoever has all rows of a club can compute the chain anew. */
const COLUMNS = [
  "clubId",
  "sequence",
  "createdAt",
  "kind",
  "summary",
  "outcome",
  "risk",
  "actorKind",
  "actorId",
  "conversationId",
  "messageId",
  "agentRunId",
  "decisionId",
  "effectId",
  "approvalId",
  "inputs",
  "policyVersion",
  "model",
  "promptVersion",
  "costMicros",
  "franchiseId",
  "previousHash",
  "hash",
] as const;

type Cells = Readonly<Record<(typeof COLUMNS)[number], unknown>>;

/** The ledger as a file, oldest row first. Each export is in the audit log. @throws `limit_exceeded` for more rows than a file holds */
export const exportActions = async (ctx: ServiceContext, raw: z.input<typeof ExportActionsInput>): Promise<LedgerFile> => {
  assertCan(ctx, "action.export");
  const { filter, format } = ExportActionsInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
    const rows = await readAll(tx, ctx, { filter, timeZone });
    await recordAudit(tx, ctx, { action: "actions.exported", details: { format, rowCount: rows.length } });
    const name = `ledger-${todayIn(timeZone, tx.now)}.${format}`;
    return format === "csv"
      ? {
          name,
          contentType: "text/csv; charset=utf-8",
          body: `\u{FEFF}${csvText([COLUMNS, ...rows.map((row) => COLUMNS.map((column) => textOf(row[column])))])}`,
        }
      : { name, contentType: "application/x-ndjson; charset=utf-8", body: rows.map((row) => `${JSON.stringify(plain(row))}\n`).join("") };
  });
};

type Asked = { readonly filter: ActivityFilter; readonly timeZone: string };

const readAll = async (tx: ServiceTx, ctx: ServiceContext, { filter, timeZone }: Asked): Promise<readonly Cells[]> => {
  const conditions = actionConditions(filter, { clubId: ctx.clubId, timeZone });
  const rows: Cells[] = [];
  let after = 0n;
  for (;;) {
    const page = await tx.db.$queryRaw<(Cells & { readonly sequence: bigint })[]>`
      select * from "AiAction" where "clubId" = ${ctx.clubId} and sequence > ${after} ${conditions} order by sequence limit ${BATCH_SIZE}`;
    rows.push(...page);
    if (rows.length > ROWS_MAX) {
      throw new DomainError("limit_exceeded", `one file holds ${ROWS_MAX} rows, ask for a shorter time`, { details: { limit: ROWS_MAX } });
    }
    after = page.at(-1)?.sequence ?? after;
    if (page.length < BATCH_SIZE) {
      return rows;
    }
  }
};

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) {
    return "";
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

/** Numbers of the database that JSON has no word for are written as decimal strings. */
const plain = (row: Cells): Readonly<Record<string, unknown>> =>
  Object.fromEntries(COLUMNS.map((column) => [column, typeof row[column] === "bigint" ? `${row[column]}` : row[column]]));
