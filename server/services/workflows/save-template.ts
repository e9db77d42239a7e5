import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import {
  TEMPLATE_KEYS,
  TEMPLATE_MIN_CHARACTERS,
  TEMPLATE_ROOM,
  templateSpec,
  type TemplateKey,
  type TemplateSpec,
} from "#server/domain/workflows/templates.ts";
import { textFaults } from "#server/domain/workflows/text-faults.ts";
import { withClub } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffId } from "#server/services/workflows/internal.ts";
import { ownRow, storeTemplate, writtenText } from "#server/services/workflows/run-texts.ts";

export const SaveTemplateInput = z.object({
  key: z.enum(TEMPLATE_KEYS as [TemplateKey, ...TemplateKey[]]),
  body: z.string().trim().min(TEMPLATE_MIN_CHARACTERS).max(TEMPLATE_ROOM),
});

/** The club's own words under a key, as their next version: what Spotter wrote before is used no more. @throws `invalid` naming what is wrong */
export const saveTemplate = async (ctx: ServiceContext, raw: z.input<typeof SaveTemplateInput>): Promise<void> => {
  assertCan(ctx, "workflow.manage");
  const { body, key } = SaveTemplateInput.parse(raw);
  const [fault] = textFaults(templateSpec(key), body);
  if (fault !== undefined) {
    throw new DomainError("invalid", fault);
  }
  await inTransaction(ctx, async (tx) => {
    const id = await storeTemplate(tx, ctx, { key, body, source: "own", createdById: staffId(ctx) });
    await recordAudit(tx, ctx, { action: "template.changed", entityId: id, details: { key } });
    tx.news.changes.push({ topic: "workflow" });
  });
};

/** Every text a workflow writes: the club's own words or the built-in ones, and what Spotter made of them last. */
export const listWorkflowTexts = async (ctx: ServiceContext): Promise<readonly WorkflowText[]> => {
  assertCan(ctx, "workflow.read");
  return withClub(
    ctx,
    async (tx) => {
      const texts: WorkflowText[] = [];
      for (const key of TEMPLATE_KEYS) {
        const { builtIn, fields, name, purpose, required } = templateSpec(key);
        const own = await ownRow(tx, ctx, key);
        const written = await writtenText(tx, ctx, key);
        const body = own?.body ?? builtIn[0];
        texts.push({ key, name, purpose, fields, required, body, isOwn: own !== null, written: written?.bodies[0] ?? null });
      }
      return texts;
    },
    { fixedNow: ctx.fixedNow },
  );
};

type WorkflowText = Pick<TemplateSpec, "name" | "purpose" | "fields" | "required"> & {
  readonly key: TemplateKey;
  readonly body: string;
  /** Of the club or its franchise; else the built-in words. */
  readonly isOwn: boolean;
  /** What Spotter made of it last, while it is used. */
  readonly written: string | null;
};
