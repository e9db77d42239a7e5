import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { PROMPT_BLOCKS, type ShownPart } from "#server/domain/prompt-blocks.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const GetPromptInput = z.object({ turnId: idSchema("modelTurn") });

/** Rows are written by several releases: what this one cannot read of them is left out, never guessed. */
const Stored = z
  .array(
    z.object({
      block: z.enum(PROMPT_BLOCKS),
      title: z.string(),
      isCut: z.boolean(),
      text: z.string().optional(),
      hash: z.string().optional(),
    }),
  )
  .catch([]);

/** What one call of a run was sent, as it was masked and kept then. @throws `not_found` also where it was swept */
export const getPrompt = async (ctx: ServiceContext, raw: z.input<typeof GetPromptInput>): Promise<readonly ShownPart[]> => {
  assertCan(ctx, "action.read");
  const { turnId } = GetPromptInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const row = await tx.db.modelPrompt.findFirst({ where: { clubId: ctx.clubId, modelTurnId: turnId }, select: { parts: true } });
      if (row === null) {
        throw notFound("prompt");
      }
      const parts = Stored.parse(row.parts);
      const hashes = parts.flatMap(({ hash }) => (hash === undefined ? [] : [hash]));
      const texts = await tx.db.promptText.findMany({
        where: { clubId: ctx.clubId, hash: { in: hashes } },
        select: { hash: true, text: true },
      });
      const byHash = new Map(texts.map(({ hash, text }) => [hash, text]));
      return parts.map(({ block, hash, isCut, text, title }, index) => ({
        id: `${index}`,
        block,
        title,
        isCut,
        isShared: hash !== undefined,
        text: text ?? (hash === undefined ? "" : (byHash.get(hash) ?? "")),
      }));
    },
    { fixedNow: ctx.fixedNow },
  );
};
