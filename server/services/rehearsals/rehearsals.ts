import "server-only";

import { z } from "zod";

import { actorId } from "#server/domain/actor.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { PolicyDocument } from "#server/domain/policy.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { TEST_CONVERSATIONS_MAX } from "#server/services/rehearsals/test-conversations.ts";

/** Chosen by us: what a replay of one inbox may cost, in messages and in millionths of a US dollar. */
export const REPLAY_MAX_MESSAGES = 300;
export const REHEARSAL_MAX_COST_MICROS = 1_000_000;
const DAY_MS = 86_400_000;

export const RehearsalChange = z.strictObject({
  days: z.int().min(1).max(30).default(7),
  document: PolicyDocument.optional(),
});

export const StartRehearsalInput = z.object({ kind: z.enum(["tests", "replay"]), change: RehearsalChange });

/** One thing that was tried. Bodies stay where they are: a message is named by its id. */
export const RehearsedItem = z.object({
  id: z.string(),
  name: z.string(),
  conversationId: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string(),
  category: z.string(),
  reasons: z.array(z.string()),
  reply: z.string().nullable(),
  replyBefore: z.string().nullable(),
  /** What a test misses; empty = as expected. */
  missed: z.array(z.string()),
  costMicros: z.number(),
  source: z.string(),
});

export type RehearsedItem = z.infer<typeof RehearsedItem>;

const Report = z.object({ items: z.array(RehearsedItem) });

export type Rehearsal = {
  readonly id: Id<"rehearsal">;
  readonly kind: "tests" | "replay";
  readonly change: z.infer<typeof RehearsalChange>;
  readonly status: "queued" | "running" | "completed" | "failed" | "cancelled";
  readonly doneCount: number;
  readonly totalCount: number;
  readonly items: readonly RehearsedItem[];
  readonly failureDetail: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
};

/** Lets the kept tests, or the last days of the inbox, be run again. Nothing leaves. @throws `precondition_failed` while one runs */
export const startRehearsal = async (
  ctx: ServiceContext,
  raw: z.input<typeof StartRehearsalInput>,
): Promise<{ rehearsalId: Id<"rehearsal"> }> => {
  assertCan(ctx, "agent.rehearse");
  const { change, kind } = StartRehearsalInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const runningCount = await tx.db.rehearsal.count({
      where: { clubId: ctx.clubId, status: { in: ["queued", "running"] }, createdAt: { gt: new Date(tx.now.getTime() - DAY_MS / 24) } },
    });
    if (runningCount > 0) {
      throw new DomainError("precondition_failed", "a rehearsal is running already");
    }
    const ids = await itemIds(tx, ctx, { kind, days: change.days });
    const id = newId("rehearsal");
    await tx.db.rehearsal.createMany({
      data: {
        id,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        kind,
        change: JSON.parse(JSON.stringify(change)),
        status: "queued",
        totalCount: ids.length,
        report: { items: [] },
        startedById: actorId(ctx.actor) ?? "",
        createdAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "rehearsal.started", entityId: id, details: { kind, count: ids.length } });
    tx.news.changes.push({ topic: "club", event: { name: "agent/rehearsal.started", data: { rehearsalId: id } } });
    return { rehearsalId: id };
  });
};

type Choice = { readonly kind: "tests" | "replay"; readonly days: number };

/** What is tried, in a fixed order: the tests by id, or the messages that were decided, oldest first. */
const itemIds = async (tx: Tx, ctx: ServiceContext, { days, kind }: Choice): Promise<readonly string[]> => {
  if (kind === "tests") {
    const tests = await tx.db.testConversation.findMany({
      where: { clubId: ctx.clubId, archivedAt: null },
      orderBy: { id: "asc" },
      take: TEST_CONVERSATIONS_MAX,
      select: { id: true },
    });
    return tests.map(({ id }) => id);
  }
  const decisions = await tx.db.decision.findMany({
    where: { clubId: ctx.clubId, createdAt: { gt: new Date(tx.now.getTime() - days * DAY_MS) }, outcome: { not: "wait" } },
    orderBy: { id: "desc" },
    take: REPLAY_MAX_MESSAGES,
    select: { messageId: true },
  });
  return [...new Set(decisions.map(({ messageId }) => messageId))].toReversed();
};

const RehearsalInput = z.object({ rehearsalId: idSchema("rehearsal") });
export const GetRehearsalInput = RehearsalInput;

/** One rehearsal with what came of each item. @throws `not_found` */
export const getRehearsal = async (ctx: ServiceContext, raw: z.input<typeof GetRehearsalInput>): Promise<Rehearsal> => {
  assertCan(ctx, "agent.rehearse");
  const { rehearsalId } = RehearsalInput.parse(raw);
  const row = await withClub(ctx, (tx) => tx.db.rehearsal.findFirst({ where: { id: rehearsalId, clubId: ctx.clubId } }));
  if (row === null) {
    throw notFound("rehearsal");
  }
  return {
    id: rehearsalId,
    kind: row.kind as Rehearsal["kind"],
    change: RehearsalChange.parse(row.change),
    status: row.status as Rehearsal["status"],
    doneCount: row.doneCount,
    totalCount: row.totalCount,
    items: Report.parse(row.report ?? { items: [] }).items,
    failureDetail: row.failureDetail,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
  };
};

export type RehearsalRow = Omit<Rehearsal, "items" | "change"> & { readonly changedCount: number; readonly missedCount: number };

const SHOWN_COUNT = 20;

/** The newest rehearsals, newest first. */
export const listRehearsals = async (ctx: ServiceContext): Promise<readonly RehearsalRow[]> => {
  assertCan(ctx, "agent.rehearse");
  const rows = await withClub(ctx, (tx) =>
    tx.db.rehearsal.findMany({ where: { clubId: ctx.clubId }, orderBy: { id: "desc" }, take: SHOWN_COUNT }),
  );
  return rows.map((row) => {
    const { items } = Report.parse(row.report ?? { items: [] });
    return {
      id: row.id as Id<"rehearsal">,
      kind: row.kind as Rehearsal["kind"],
      status: row.status as Rehearsal["status"],
      doneCount: row.doneCount,
      totalCount: row.totalCount,
      failureDetail: row.failureDetail,
      createdAt: row.createdAt,
      finishedAt: row.finishedAt,
      changedCount: items.filter(({ after, before }) => before !== null && before !== after).length,
      missedCount: items.filter(({ missed }) => missed.length > 0).length,
    };
  });
};

/** The items still to be tried and what is tried on them; null when the rehearsal has ended. For the machinery. */
export const claimRehearsal = async (
  ctx: ServiceContext,
  { rehearsalId }: { readonly rehearsalId: string },
): Promise<{ readonly kind: "tests" | "replay"; readonly change: Rehearsal["change"]; readonly itemIds: readonly string[] } | null> => {
  assertCan(ctx, "agent.run");
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.rehearsal.updateMany({
      where: { id: rehearsalId, clubId: ctx.clubId, status: { in: ["queued", "running"] } },
      data: { status: "running" },
    });
    const row = count === 0 ? null : await tx.db.rehearsal.findFirst({ where: { id: rehearsalId, clubId: ctx.clubId } });
    if (row === null) {
      return null;
    }
    await recordAudit(tx, ctx, { action: "rehearsal.claimed", entityId: rehearsalId });
    const kind = row.kind as Rehearsal["kind"];
    const change = RehearsalChange.parse(row.change);
    const done = new Set(Report.parse(row.report ?? { items: [] }).items.map(({ id }) => id));
    const ids = await itemIds(tx, ctx, { kind, days: change.days });
    return { kind, change, itemIds: ids.filter((id) => !done.has(id)) };
  });
};

type Progress = {
  readonly rehearsalId: string;
  readonly items: readonly RehearsedItem[];
  readonly turns: readonly TurnRecord[];
  readonly isDone: boolean;
};

/** Adds what was tried. Ends the rehearsal when all was, or when it has cost enough. Answers whether it goes on. */
export const recordRehearsed = async (
  ctx: ServiceContext,
  { isDone, items, rehearsalId, turns }: Progress,
): Promise<{ goesOn: boolean }> => {
  assertCan(ctx, "agent.run");
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.db.$queryRaw<{ report: unknown; kind: string; status: string }[]>`
      select report, kind, status from "Rehearsal" where id = ${rehearsalId} and "clubId" = ${ctx.clubId} for update`;
    if (row === undefined || row.status !== "running") {
      return { goesOn: false };
    }
    const before = Report.parse(row.report ?? { items: [] }).items;
    const known = new Set(before.map(({ id }) => id));
    const all = [...before, ...items.filter(({ id }) => !known.has(id))];
    const isTooDear = all.reduce((sum, { costMicros }) => sum + costMicros, 0) >= REHEARSAL_MAX_COST_MICROS;
    const hasEnded = isDone || isTooDear;
    await tx.db.rehearsal.updateMany({
      where: { id: rehearsalId, clubId: ctx.clubId },
      data: {
        report: { items: all },
        doneCount: all.length,
        status: hasEnded ? "completed" : "running",
        failureDetail: isTooDear && !isDone ? "It has cost as much as a rehearsal may; the rest was not tried." : null,
        finishedAt: hasEnded ? tx.now : null,
      },
    });
    for (const turn of turns) {
      await recordTurn(tx, ctx, { runId: null, purpose: row.kind === "tests" ? "test" : "replay", turn });
    }
    await recordAudit(tx, ctx, { action: "rehearsal.recorded", entityId: rehearsalId, details: { count: items.length } });
    tx.news.changes.push({ topic: "club" });
    return { goesOn: !hasEnded };
  });
};

/** A rehearsal that cannot be run says so. For the machinery. */
export const failRehearsal = async (
  ctx: ServiceContext,
  { detail, rehearsalId }: { readonly rehearsalId: string; readonly detail: string },
): Promise<void> => {
  assertCan(ctx, "agent.run");
  await inTransaction(ctx, async (tx) => {
    await tx.db.rehearsal.updateMany({
      where: { id: rehearsalId, clubId: ctx.clubId, status: { in: ["queued", "running"] } },
      data: { status: "failed", failureDetail: detail.slice(0, 300), finishedAt: tx.now },
    });
    await recordAudit(tx, ctx, { action: "rehearsal.failed", entityId: rehearsalId });
    tx.news.changes.push({ topic: "club" });
  });
};
