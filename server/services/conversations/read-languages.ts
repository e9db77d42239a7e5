import "server-only";

import type { ThreadMessage } from "#server/domain/inbox-view.ts";
import { foreignLanguage } from "#server/domain/translation.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";
import { DEFAULT_STAFF_LANGUAGE } from "#server/services/translations/store-translation.ts";

type Shown = Pick<ThreadMessage, "id" | "direction" | "body">;

type Languages = {
  readonly staff: string;
  readonly contact: string | null;
  readonly translated: (message: ThreadMessage) => ThreadMessage;
};

/** What the messages of a page are written in, and what is kept of them in the staff's language. */
export const readLanguages = async (tx: Tx, ctx: ServiceContext, page: readonly Shown[]): Promise<Languages> => {
  const { policy } = await resolvedPolicy(tx, ctx);
  const staff = policy.agent.languages[0] ?? DEFAULT_STAFF_LANGUAGE;
  const rows = await tx.db.messageTranslation.findMany({
    where: { clubId: ctx.clubId, messageId: { in: page.map(({ id }) => id) }, language: staff },
    select: { messageId: true, language: true, text: true, source: true },
  });
  const byMessage = new Map(
    rows.map(({ messageId, source, ...row }) => [
      messageId,
      { ...row, source: source === "staff" ? ("staff" as const) : ("model" as const) },
    ]),
  );
  const foreignOf = ({ body, direction }: Shown) => (direction === "inbound" ? foreignLanguage(body, staff) : null);
  const newest = page.findLast(({ direction }) => direction === "inbound");
  return {
    staff,
    contact: newest === undefined ? null : foreignOf(newest),
    translated: (message) => {
      const language = foreignOf(message);
      const translation = byMessage.get(message.id);
      return {
        ...message,
        ...(language === null ? {} : { translateTo: staff }),
        ...(translation === undefined ? {} : { translation }),
      };
    },
  };
};
