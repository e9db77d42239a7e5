import "server-only";

import { withClub } from "#server/platform/tenant.ts";
import { isBudgetSpent } from "#server/services/agent-runs/budget-spent.ts";
import { speakerOf } from "#server/services/agent-runs/contact-memory.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

/** Chosen by us: what is older still when it is first looked at is left untold. */
const READ_COUNT = 240;

export type Unsummarised = {
  /** What was summarised so far, up to and with the message of this sequence; 0 = nothing. */
  readonly summary: string;
  readonly summarySequence: number;
  /** What was said since, oldest first. */
  readonly turns: readonly {
    readonly sequence: number;
    readonly from: "contact" | "staff" | "agent";
    readonly at: Date;
    readonly text: string;
  }[];
  /** The model the club chose; null = the installation's. */
  readonly model: string | null;
};

/** What of a conversation no summary holds yet; null where none may be made: it is gone, the agent is stopped, or the budget is spent. */
export const loadUnsummarised = async (
  ctx: ServiceContext,
  { conversationId }: { readonly conversationId: string },
): Promise<Unsummarised | null> => {
  assertCan(ctx, "agent.run");
  return withClub(
    ctx,
    async (tx) => {
      const where = { clubId: ctx.clubId, conversationId };
      const conversation = await tx.db.conversation.findFirst({
        where: { id: conversationId, clubId: ctx.clubId, archivedAt: null },
        select: { summary: true, summarySequence: true },
      });
      const club = await tx.db.club.findFirstOrThrow({
        where: { id: ctx.clubId },
        select: { stoppedAt: true, franchise: { select: { stoppedAt: true } } },
      });
      const { policy } = await resolvedPolicy(tx, ctx);
      const isStopped = club.stoppedAt !== null || club.franchise.stoppedAt !== null;
      if (conversation === null || isStopped || (await isBudgetSpent(tx, ctx, policy))) {
        return null;
      }
      const rows = await tx.db.message.findMany({
        where: {
          ...where,
          direction: { in: ["inbound", "outbound"] },
          status: { notIn: ["failed"] },
          sequence: { gt: conversation.summarySequence },
        },
        orderBy: { sequence: "desc" },
        take: READ_COUNT,
        select: { sequence: true, author: true, body: true, sentAt: true },
      });
      const turns = rows
        .toReversed()
        .map(({ author, body, sentAt, sequence }) => ({ sequence, from: speakerOf(author), at: sentAt, text: body }));
      return { ...conversation, turns, model: policy.models.agent };
    },
    { fixedNow: ctx.fixedNow },
  );
};
