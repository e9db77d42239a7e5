import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { SendSettings } from "#server/domain/sending/settings.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inFranchiseTransaction, type ServiceContext } from "#server/services/context.ts";
import { assertOwnsFranchise } from "#server/services/policies/franchise-layers.ts";

import { currentSendSettings } from "./current-settings.ts";

const NOTE_MIN_CHARACTERS = 10;
const NOTE_MAX_CHARACTERS = 500;

export const PublishSendingSettingsInput = z.object({
  /** The version the author began from; 0 = there was none. */
  baseVersion: z.int().min(0),
  settings: SendSettings,
  /** Who has checked this, such as the lawyer who cleared a state: it is kept for as long as the messages are. */
  note: z.string().trim().min(NOTE_MIN_CHARACTERS, "say who has checked this").max(NOTE_MAX_CHARACTERS),
});

/**
 * Puts what the franchise answers for into force, for all its clubs and from the next message on.
 * @throws `forbidden` unless the whole franchise is theirs, `conflict` when somebody published meanwhile
 */
export const publishSendingSettings = async (
  ctx: ServiceContext,
  raw: z.input<typeof PublishSendingSettingsInput>,
): Promise<{ readonly version: number }> => {
  assertCan(ctx, "policy.publish");
  const { baseVersion, settings, note } = PublishSendingSettingsInput.parse(raw);
  return inFranchiseTransaction(ctx, async (tx) => {
    await assertOwnsFranchise(tx, ctx);
    const before = await currentSendSettings(tx, ctx);
    const version = baseVersion + 1;
    const { count } = await tx.db.sendingSettings.createMany({
      data: {
        id: newId("sendingSettings"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        version,
        document: settings,
        note,
        publishedById: ctx.actor.kind === "staff" ? ctx.actor.userId : null,
        publishedAt: tx.now,
      },
      skipDuplicates: true,
    });
    if (before.version !== baseVersion || count === 0) {
      throw new DomainError("conflict", "somebody published a newer version meanwhile");
    }
    const missingFrom = (some: readonly string[], others: readonly string[]): string =>
      some.filter((one) => !others.includes(one)).join(" ");
    await recordAudit(tx, ctx, {
      action: "sending.published",
      entityId: ctx.franchiseId,
      details: {
        version,
        note,
        statesTicked: missingFrom(settings.marketingStates, before.settings.marketingStates),
        statesUnticked: missingFrom(before.settings.marketingStates, settings.marketingStates),
        brandTextsPerDay: settings.brandTextsPerDay,
        hasContractConsent: settings.contractConsent !== null,
        keepsStopToItsTopic: settings.keepsStopToItsTopic,
        remindersAreCollectionInNewYorkCity: settings.remindersAreCollectionInNewYorkCity,
      },
    });
    tx.newsOf(ctx.clubId).changes.push({ topic: "club" });
    return { version };
  });
};
