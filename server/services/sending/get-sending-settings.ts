import "server-only";

import { can } from "#server/domain/permissions.ts";
import { REGIONS } from "#server/domain/sending/regions.ts";
import { SEND_RULES_VERSION, UNKNOWN_REGION } from "#server/domain/sending/send-rules.ts";
import type { SendSettings } from "#server/domain/sending/settings.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";
import { ownsFranchise } from "#server/services/policies/franchise-layers.ts";

import { currentSendSettings } from "./current-settings.ts";

export type SendingSettingsView = {
  readonly settings: SendSettings;
  /** 0 = nothing was ever published, and all of it is strict. */
  readonly version: number;
  readonly rulesVersion: string;
  /** What may be ticked. */
  readonly regions: readonly string[];
  /** The versions there were, the newest first. */
  readonly history: readonly {
    readonly version: number;
    readonly note: string;
    readonly publishedAt: Date;
    readonly publishedBy: string | null;
  }[];
  readonly mayPublish: boolean;
};

const HISTORY_LENGTH = 20;

/** What the franchise answers for before its clubs write to people unasked. */
export const getSendingSettings = async (ctx: ServiceContext): Promise<SendingSettingsView> => {
  assertCan(ctx, "policy.read");
  return withClub(
    ctx,
    async (tx) => {
      const rows = await tx.db.sendingSettings.findMany({
        where: { franchiseId: ctx.franchiseId },
        orderBy: { version: "desc" },
        take: HISTORY_LENGTH,
        select: { version: true, note: true, publishedAt: true, publishedById: true },
      });
      const names = await staffNames(
        tx,
        rows.map(({ publishedById }) => publishedById),
      );
      return {
        ...(await currentSendSettings(tx, ctx)),
        rulesVersion: SEND_RULES_VERSION,
        regions: [...REGIONS, UNKNOWN_REGION],
        history: rows.map(({ publishedById, ...row }) => ({
          ...row,
          publishedBy: publishedById === null ? null : (names.get(publishedById) ?? null),
        })),
        mayPublish: can(ctx.actor, "policy.publish") && (await ownsFranchise(tx, ctx)),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
