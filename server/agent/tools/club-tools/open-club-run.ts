import "server-only";

import type { ClubRun } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { handlesOf } from "#server/platform/handles.ts";
import { runKey } from "#server/platform/keys.ts";
import { readCapabilities } from "#server/services/agent-runs/read-capabilities.ts";
import type { ServiceContext } from "#server/services/context.ts";

type Opening = Pick<ClubRun, "id" | "isDryRun" | "mayAlone" | "callCounts">;

/** What a run's requests are checked and answered with. Read anew for each round; the handles stay the same as long as the run's id does. */
export const openClubRun = async (ctx: ServiceContext, { callCounts, id, isDryRun, mayAlone }: Opening): Promise<ClubRun> => ({
  id,
  isDryRun,
  mayAlone,
  callCounts,
  handles: handlesOf(runKey({ clubId: ctx.clubId, runId: id })),
  capabilities: await readCapabilities(ctx),
});
