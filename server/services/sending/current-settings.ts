import "server-only";

import { SendSettings, STRICT_SEND_SETTINGS } from "#server/domain/sending/settings.ts";
import type { Tx } from "#server/platform/tenant.ts";

export type CurrentSendSettings = {
  readonly settings: SendSettings;
  /** 0 = nothing was ever published, and all of it is strict. */
  readonly version: number;
};

/** What the franchise answers for now. @throws ZodError for a version that this release cannot read */
export const currentSendSettings = async (tx: Tx, { franchiseId }: { readonly franchiseId: string }): Promise<CurrentSendSettings> => {
  const row = await tx.db.sendingSettings.findFirst({
    where: { franchiseId },
    orderBy: { version: "desc" },
    select: { version: true, document: true },
  });
  return row === null
    ? { settings: STRICT_SEND_SETTINGS, version: 0 }
    : { settings: SendSettings.parse(row.document), version: row.version };
};
