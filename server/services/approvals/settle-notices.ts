import "server-only";

import { ConnectorError } from "#server/connectors/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { log } from "#server/platform/logger.ts";
import { withClub } from "#server/platform/tenant.ts";
import { noticeKey } from "#server/services/approvals/announce-approval.ts";
import { findQuestion } from "#server/services/approvals/last-word.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import type { ServiceContext } from "#server/services/context.ts";

/**
 * Takes the buttons away wherever a question stands that is over, whoever ended it and where. Harmless to repeat.
 * A vendor that cannot be reached ends in its `ConnectorError`, to be tried again; one that refuses is left as it is.
 */
export const settleNotices = async (ctx: ServiceContext, { approvalId }: { readonly approvalId: Id<"approval"> }): Promise<number> => {
  assertCan(ctx, "effect.plan");
  const { notices, question } = await withClub(
    ctx,
    async (tx) => {
      const connections = await tx.db.connection.findMany({ where: { clubId: ctx.clubId, archivedAt: null }, select: { id: true } });
      const effectKey = { in: connections.map(({ id }) => noticeKey(approvalId, id)) };
      return {
        question: await findQuestion(tx, ctx, approvalId),
        notices: await tx.db.effect.findMany({
          where: { clubId: ctx.clubId, effectKey, vendorReference: { not: null } },
          select: { connectionId: true, vendorReference: true },
        }),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
  if (question === null || !question.isOver) {
    return 0;
  }
  for (const { connectionId, vendorReference } of notices) {
    await settle(ctx, { connectionId, noticeReference: vendorReference ?? "", text: question.lastWord });
  }
  return notices.length;
};

type Notice = { readonly connectionId: string; readonly noticeReference: string; readonly text: string };

const settle = async (ctx: ServiceContext, { connectionId, noticeReference, text }: Notice): Promise<void> => {
  try {
    const connector = await openConnector(ctx, { connectionId });
    await connector.notices?.settle?.({ noticeReference, text });
  } catch (error) {
    if (!(error instanceof ConnectorError) || (error.kind !== "rejected" && error.kind !== "unauthorized")) {
      throw error;
    }
    log.warn({ err: error, clubId: ctx.clubId, connectionId }, "a notice could not be settled");
  }
};
