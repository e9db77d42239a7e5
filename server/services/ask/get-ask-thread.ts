import "server-only";

import { z } from "zod";

import type { AskApproval, AskCallView, AskRow, AskTurnView } from "#server/domain/ask-view.ts";
import { asId } from "#server/domain/ids.ts";
import { factLines } from "#server/domain/person-handles.ts";
import { Role } from "#server/domain/vocabulary.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

import { namesFor, type Names } from "./ask-names.ts";
import { SHOWN_TURN_COUNT } from "./limits.ts";

/** What the person who asks has asked in this club, oldest first, with what came of it. Nobody sees somebody else's. */
export const getAskThread = async (ctx: ServiceContext): Promise<readonly AskTurnView[]> => {
  assertCan(ctx, "ask.use");
  return withClub(ctx, (tx) => readThread(tx, ctx), { fixedNow: ctx.fixedNow });
};

const readThread = async (tx: Tx, ctx: ServiceContext): Promise<readonly AskTurnView[]> => {
  const thread = await tx.db.askThread.findFirst({
    where: { clubId: ctx.clubId, userId: staffUserId(ctx) ?? "" },
    select: { id: true },
  });
  if (thread === null) {
    return [];
  }
  const turns = await tx.db.askTurn.findMany({
    where: { clubId: ctx.clubId, threadId: thread.id },
    orderBy: { number: "desc" },
    take: SHOWN_TURN_COUNT,
    include: { calls: { orderBy: [{ round: "asc" }, { id: "asc" }] } },
  });
  const texts = turns.flatMap(({ answer, calls }) => [
    answer ?? "",
    ...calls.flatMap(({ result, summary }) => [summary ?? "", JSON.stringify(result ?? null)]),
  ]);
  const names = await namesFor(tx, ctx, { threadId: thread.id, texts });
  const approvals = await approvalsOf(tx, ctx, {
    threadId: thread.id,
    callIds: turns.flatMap(({ calls }) =>
      calls.filter(({ outcome, summary }) => outcome === "done" && summary !== null).map(({ id }) => id),
    ),
  });
  return turns.toReversed().map(({ answer, calls, createdAt, endCode, heldSpans, id, question, status }) => ({
    id: asId("askTurn", id),
    question,
    status: Status.parse(status),
    answer: answer === null ? null : names.inText(answer),
    heldSpans: z.array(z.string()).catch([]).parse(heldSpans),
    endCode,
    createdAt,
    calls: calls.map((call) => callView(call, { names, approvals: approvals.get(call.id) ?? [] })),
  }));
};

const Status = z.enum(["queued", "running", "done", "failed"]);

const Result = z.looseObject({
  error: z.string().optional(),
  count: z.number().optional(),
  status: z.string().nullish(),
  sample: z.array(z.looseObject({ person: z.string() })).optional(),
});

type Call = {
  readonly id: string;
  readonly name: string;
  readonly summary: string | null;
  readonly outcome: string;
  readonly result: unknown;
  readonly decision: string | null;
};
type Known = { readonly names: Names; readonly approvals: readonly AskApproval[] };

const callView = (call: Call, { approvals, names }: Known): AskCallView => {
  const result: z.infer<typeof Result> = Result.safeParse(call.result).data ?? {};
  const { count, error, sample = [], shown: _shown, status, ...rest } = result;
  return {
    id: asId("askCall", call.id),
    sentence: names.inText(call.summary ?? `Asked for something that does not exist (${call.name.slice(0, 40)})`),
    outcome: call.outcome,
    error: error ?? null,
    count: count ?? null,
    facts: factLines(rest).map(worded),
    rows: sample.map((row, index): AskRow => ({
      key: `${row.person}-${index}`,
      name: names.nameOf(row.person),
      facts: factLines(row).map(worded),
    })),
    approvals,
    ownDecision: status === "asked_you" ? (z.enum(["approved", "rejected"]).safeParse(call.decision).data ?? "waiting") : null,
  };
};

/** `lastVisit: 2026-10-01` as people read it. */
const worded = (line: string): string =>
  line.replace(/^[a-zA-Z]+/, (key) => key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));

type Wanted = { readonly threadId: string; readonly callIds: readonly string[] };

/** The questions that calls have put before people; one call may ask about several. */
const approvalsOf = async (
  tx: Tx,
  ctx: ServiceContext,
  { callIds, threadId }: Wanted,
): Promise<ReadonlyMap<string, readonly AskApproval[]>> => {
  if (callIds.length === 0) {
    return new Map();
  }
  const prefix = `club-tool:${threadId}:`;
  const rows = await tx.db.approval.findMany({
    where: { clubId: ctx.clubId, effect: { effectKey: { startsWith: prefix } }, status: { not: "superseded" } },
    orderBy: { id: "asc" },
    include: { effect: { select: { effectKey: true, status: true } }, votes: { select: { userId: true } } },
  });
  const byCall = Map.groupBy(rows, ({ effect }) => effect.effectKey.slice(prefix.length).split(":")[0] ?? "");
  return new Map(
    callIds.map((callId) => [
      callId,
      (byCall.get(callId) ?? []).map((row): AskApproval => ({
        approvalId: asId("approval", row.id),
        conversationId: row.conversationId === null ? null : asId("conversation", row.conversationId),
        summary: row.summary,
        status: row.status === "pending" && row.expiresAt <= tx.now ? "expired" : row.status,
        effectStatus: row.effect.status,
        requiredRole: Role.parse(row.requiredRole),
        requiredCount: row.requiredCount,
        isGivenByMe: row.votes.some(({ userId }) => userId === staffUserId(ctx)),
        expiresAt: row.expiresAt,
      })),
    ]),
  );
};
