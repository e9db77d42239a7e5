import "server-only";

import type { LockSettings } from "#server/domain/past-due/locks.ts";
import { DEFAULT_DOOR_ACCESS_SETTINGS, DoorAccessSettings } from "#server/domain/past-due/settings.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { ClubState } from "#server/services/past-due/club-state.ts";

/** The rules of the door as the club has them now. */
export const lockSettings = async (tx: ServiceTx, ctx: ServiceContext, club: Pick<ClubState, "settings">): Promise<LockSettings> => {
  const workflow = await tx.db.workflow.findFirst({
    where: { clubId: ctx.clubId, kind: "door_access", archivedAt: null },
    select: { settings: true },
  });
  return { door: DoorAccessSettings.parse({ ...DEFAULT_DOOR_ACCESS_SETTINGS, ...Object(workflow?.settings) }), pastDue: club.settings };
};
