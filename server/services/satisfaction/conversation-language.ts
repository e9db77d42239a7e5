import "server-only";

import type { Tx } from "#server/platform/tenant.ts";

type Where = { readonly clubId: string; readonly conversationId: string };

/** The language the newest message of a contact was read in, of the two that lines of code are written in. */
export const conversationLanguage = async (tx: Tx, { clubId, conversationId }: Where): Promise<"en" | "es"> => {
  const [read] = await tx.db.$queryRaw<{ language: string }[]>`
    select c.language from "IntentClassification" c join "Message" m on m.id = c."messageId" and m."clubId" = c."clubId"
    where c."clubId" = ${clubId} and m."conversationId" = ${conversationId} order by m.sequence desc, c.id desc limit 1`;
  return read?.language.startsWith("es") === true ? "es" : "en";
};
