import "server-only";

import { z } from "zod";

import { AutomationName } from "#server/domain/automations.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import type { ReasonCode } from "#server/domain/reasons.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

import { DECISIONS_LOOKED_AT } from "./limits.ts";

/** The event after which what staff did is compared with the draft. */
export const DRAFT_ANSWERED = "learning/draft.answered";

const KeptDraft = z.object({ draft: z.string().min(1) });
const ByAutomation = z.object({ automation: z.object({ name: AutomationName, draft: z.string().min(1).nullish() }) });

/** The draft that was kept silently, the model's or the line of an automation; null where none was. */
export const keptDraftOf = (inputs: unknown): string | null =>
  KeptDraft.safeParse(inputs).data?.draft ?? ByAutomation.safeParse(inputs).data?.automation.draft ?? null;

/** The automation that took the message, in whatever stage; null = its category decided. */
export const automationOf = (inputs: unknown): AutomationName | null => ByAutomation.safeParse(inputs).data?.automation.name ?? null;

/** Reactions and the like leave the question before them as it was. */
const NEEDS_NOTHING: ReadonlySet<unknown> = new Set<ReasonCode>(["tap_back", "auto_reply", "spam", "empty_message", "not_newest"]);

/**
 * Staff answered a conversation, here or at the vendor, or closed it: when the agent had a draft for what was open, the
 * two are compared a little later. Part of the caller's transaction.
 */
export const noteAnswered = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<void> => {
  const decisionId = await openDraft(tx, ctx, conversationId);
  if (decisionId !== null) {
    tellAnswered(tx, { conversationId, decisionId });
  }
};

export const tellAnswered = (
  tx: ServiceTx,
  { conversationId, decisionId }: { readonly conversationId: string | null; readonly decisionId: string },
): void => {
  tx.news.changes.push({ topic: "conversation", conversationId, event: { name: DRAFT_ANSWERED, data: { decisionId } } });
};

/** The newest decision that asked for an answer, if it holds a draft that nobody has answered or been compared with. */
const openDraft = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<Id<"decision"> | null> => {
  const rows = await tx.db.decision.findMany({
    where: { clubId: ctx.clubId, conversationId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: DECISIONS_LOOKED_AT,
    select: { id: true, outcome: true, reasons: true, inputs: true },
  });
  const newest = rows.find(({ outcome, reasons }) => outcome !== "wait" && !(Array.isArray(reasons) && NEEDS_NOTHING.has(reasons[0])));
  if (newest === undefined || (newest.outcome !== "suggest" && keptDraftOf(newest.inputs) === null)) {
    return null;
  }
  const comparedCount = await tx.db.draftComparison.count({ where: { clubId: ctx.clubId, decisionId: newest.id } });
  return comparedCount === 0 ? asId("decision", newest.id) : null;
};
