import "server-only";

import { z } from "zod";

import { statementsOf } from "#server/domain/workflows/check-template.ts";
import { TEMPLATE_ROOM } from "#server/domain/workflows/templates.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { knownToday } from "#server/services/knowledge/known-today.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

export const CheckTextInput = z.object({ body: z.string().max(2 * TEMPLATE_ROOM) });

/** What the guards of every answer find in a text while it is written, as `code: words`: facts the club does not state, promises, what is private. */
export const checkTextNow = async (ctx: ServiceContext, raw: z.input<typeof CheckTextInput>): Promise<readonly string[]> => {
  assertCan(ctx, "workflow.read");
  const { body } = CheckTextInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true, timeZone: true } });
      const { policy } = await resolvedPolicy(tx, ctx);
      const known = await knownToday(tx, ctx, { policy, timeZone: club.timeZone });
      return statementsOf(body, {
        facts: [...known.flatMap(({ body: text, title }) => [title, text]), club.name, club.phone ?? ""],
        allowedLinkHosts: policy.allowedLinkHosts,
        language: policy.agent.languages[0] ?? "en",
      });
    },
    { fixedNow: ctx.fixedNow },
  );
};
