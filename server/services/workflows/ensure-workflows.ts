import "server-only";

import type { WorkflowKind } from "#server/domain/workflows/kinds.ts";
import { KIND_WORDS } from "#server/domain/workflows/kinds.ts";
import { inheritedSettings } from "#server/domain/workflows/settings-layers.ts";
import { DEFAULT_SCHEDULES } from "#server/domain/workflows/settings.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { currentLayer } from "#server/services/workflows/current-layer.ts";
import { WORKFLOW_SPECS } from "#server/services/workflows/definitions.ts";

/** Every club has one workflow of each built-in kind that can run: off and dry until somebody says otherwise. Harmless to repeat. */
export const ensureWorkflows = async (tx: ServiceTx, ctx: ServiceContext): Promise<void> => {
  const kinds = (Object.keys(WORKFLOW_SPECS) as WorkflowKind[]).filter((kind) => kind !== "custom" && kind !== "campaign");
  const present = await tx.db.workflow.findMany({
    where: { clubId: ctx.clubId, kind: { in: kinds }, archivedAt: null },
    select: { kind: true },
  });
  const missing = kinds.filter((kind) => present.every((row) => row.kind !== kind));
  for (const kind of missing) {
    const id = newId("workflow");
    const { layer } = await currentLayer(tx, { franchiseId: ctx.franchiseId, kind });
    const settings = JSON.parse(JSON.stringify(inheritedSettings({ ...WORKFLOW_SPECS[kind]?.defaults }, layer)));
    const schedule = DEFAULT_SCHEDULES[kind];
    const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId };
    const { count } = await tx.db.workflow.createMany({
      data: { id, ...scope, kind, name: KIND_WORDS[kind].name, schedule, settings, createdAt: tx.now, updatedAt: tx.now },
      skipDuplicates: true,
    });
    if (count === 1) {
      await tx.db.workflowVersion.createMany({
        data: { id: newId("workflowVersion"), ...scope, workflowId: id, version: 1, document: { schedule, settings }, publishedAt: tx.now },
      });
      await recordAudit(tx, ctx, { action: "workflow.created", entityId: id, details: { kind } });
    }
  }
};
