import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { isBudgetSpent } from "#server/services/agent-runs/budget-spent.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

/** Where nobody told the languages of a club. */
export const DEFAULT_STAFF_LANGUAGE = "en";

type Wanted = { readonly messageId: string } | { readonly conversationId: string };

type Translatable = {
  readonly text: string;
  /** What staff read: the first language of the club's rules. */
  readonly language: string;
  /** The translation that was made before; null = none. */
  readonly known: string | null;
  /** The model the club chose; null = the installation's. */
  readonly model: string | null;
};

/** A text and what it is to be translated into. @throws `not_found`, `precondition_failed` when a new call would exceed the club's budget */
export const loadTranslatable = async (ctx: ServiceContext, wanted: Wanted): Promise<Translatable> => {
  assertCan(ctx, "conversation.reply");
  return withClub(
    ctx,
    async (tx) => {
      const { policy } = await resolvedPolicy(tx, ctx);
      const language = policy.agent.languages[0] ?? DEFAULT_STAFF_LANGUAGE;
      const message =
        "messageId" in wanted
          ? await tx.db.message.findFirst({
              where: { id: wanted.messageId, clubId: ctx.clubId, direction: "inbound" },
              select: { id: true, body: true },
            })
          : await tx.db.conversation.findFirst({ where: { id: wanted.conversationId, clubId: ctx.clubId }, select: { id: true } });
      if (message === null) {
        throw notFound("messageId" in wanted ? "message" : "conversation");
      }
      const row = await tx.db.messageTranslation.findFirst({
        where: { clubId: ctx.clubId, messageId: message.id, language },
        select: { text: true },
      });
      if (row === null && (await isBudgetSpent(tx, ctx, policy))) {
        throw new DomainError("precondition_failed", "today's budget for the model is spent");
      }
      return { text: "body" in message ? String(message.body) : "", language, known: row?.text ?? null, model: policy.models.agent };
    },
    { fixedNow: ctx.fixedNow },
  );
};

type Stored = { readonly messageId: string | null; readonly language: string; readonly text: string | null; readonly turn: TurnRecord };

/** Keeps a translation with its message, and what making it cost. Of two at once the first is kept. */
export const storeTranslation = async (ctx: ServiceContext, { language, messageId, text, turn }: Stored): Promise<void> => {
  assertCan(ctx, "conversation.reply");
  await inTransaction(ctx, async (tx) => {
    await recordTurn(tx, ctx, { runId: null, purpose: "translation", turn });
    const { count } =
      messageId === null || text === null
        ? { count: 0 }
        : await tx.db.messageTranslation.createMany({
            data: {
              id: newId("messageTranslation"),
              franchiseId: ctx.franchiseId,
              clubId: ctx.clubId,
              messageId,
              language,
              text,
              source: "model",
              createdAt: tx.now,
            },
            skipDuplicates: true,
          });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "message.translated", entityId: messageId ?? "" });
    }
  });
};
