import "server-only";

import { z } from "zod";

import type { AskCallView, AskTurnView } from "#server/domain/ask-view.ts";
import { asId } from "#server/domain/ids.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

import { namesFor } from "./ask-names.ts";
import { SHOWN_TURN_COUNT } from "./limits.ts";
import { approvalsByCall, viewCall } from "./view-call.ts";

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
  const approvals = await approvalsByCall(tx, ctx, {
    runId: thread.id,
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
    calls: calls.map((call) => askCallView(call, { names, approvals: approvals.get(call.id) ?? [] })),
  }));
};

const Status = z.enum(["queued", "running", "done", "failed"]);
const Decision = z.enum(["approved", "rejected"]);

type Call = Parameters<typeof viewCall>[0] & { readonly id: string; readonly decision: string | null };

const askCallView = (call: Call, known: Parameters<typeof viewCall>[1]): AskCallView => {
  const { status, ...view } = viewCall(call, known);
  const ownDecision = status === "asked_you" ? (Decision.safeParse(call.decision).data ?? "waiting") : null;
  return { ...view, id: asId("askCall", call.id), ownDecision };
};
