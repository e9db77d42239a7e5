import "server-only";

import { z } from "zod";

import type { AskApproval, AskRow, CallView } from "#server/domain/ask-view.ts";
import { asId } from "#server/domain/ids.ts";
import { factLines } from "#server/domain/person-handles.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { clubToolKeys } from "#server/services/effects/club-tool-keys.ts";

import type { Names } from "./ask-names.ts";

const Result = z.looseObject({
  error: z.string().optional(),
  count: z.number().optional(),
  status: z.string().nullish(),
  sample: z.array(z.looseObject({ person: z.string() })).optional(),
});

type Call = {
  readonly name: string;
  readonly summary: string | null;
  readonly outcome: string;
  readonly result: unknown;
};
type Known = { readonly names: Names; readonly approvals: readonly AskApproval[] };

/** One thing that a run of the model looked up or prepared, with names for its handles. */
export const viewCall = (call: Call, { approvals, names }: Known): CallView => {
  const result: z.infer<typeof Result> = Result.safeParse(call.result).data ?? {};
  const { count, error, sample = [], shown: _shown, status, ...rest } = result;
  return {
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
    status: status ?? null,
  };
};

/** `lastVisit: 2026-10-01` as people read it. */
const worded = (line: string): string =>
  line.replace(/^[a-zA-Z]+/, (key) => key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));

/** `runId`: whose handles and deeds they are. */
type Wanted = { readonly runId: string; readonly callIds: readonly string[] };

/** The questions that calls have put before people; one call may ask about several. */
export const approvalsByCall = async (
  tx: Tx,
  ctx: ServiceContext,
  { callIds, runId }: Wanted,
): Promise<ReadonlyMap<string, readonly AskApproval[]>> => {
  if (callIds.length === 0) {
    return new Map();
  }
  const prefix = clubToolKeys(runId);
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
