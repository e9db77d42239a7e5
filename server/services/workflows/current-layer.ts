import "server-only";

import { z } from "zod";

import { NO_LAYER, isLayered, type WorkflowLayer } from "#server/domain/workflows/settings-layers.ts";
import type { Tx } from "#server/platform/tenant.ts";

const Stored = z.object({ document: z.record(z.string(), z.unknown()), lockedPaths: z.array(z.string()) });

/** Settings that a club keeps for itself, as its workflow has them. */
export const OwnPaths = z.array(z.string());

/** What the franchise sets for a kind now; version 0 = nothing, and always so for a kind that has no layers. */
export const currentLayer = async (
  tx: Tx,
  { franchiseId, kind }: { readonly franchiseId: string; readonly kind: string },
): Promise<{ readonly version: number; readonly layer: WorkflowLayer }> => {
  const row = isLayered(kind)
    ? await tx.db.workflowLayer.findFirst({
        where: { franchiseId, kind },
        orderBy: { version: "desc" },
        select: { version: true, document: true, lockedPaths: true },
      })
    : null;
  return row === null ? { version: 0, layer: NO_LAYER } : { version: row.version, layer: Stored.parse(row) };
};
