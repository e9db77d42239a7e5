import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { log } from "#server/platform/logger.ts";
import { systemContext, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { listDueEffects, listUnsettledEffects, type EffectAddress } from "#server/services/effects/list-effects.ts";
import { reconcileEffect } from "#server/services/effects/reconcile-effect.ts";

/** Hands out what is due and that nobody is dispatching. Returns how many there were. */
export const sweepDueEffects = async (): Promise<number> => each(await listDueEffects(), dispatchEffect);

/** Finds out about what nobody knows the outcome of. Returns how many there were. */
export const sweepUnsettledEffects = async (): Promise<number> => each(await listUnsettledEffects(), reconcileEffect);

type Work = (ctx: ServiceContext, input: { readonly effectId: Id<"effect"> }) => Promise<unknown>;

/** One effect that cannot be worked on must not hold up those of other clubs. */
const each = async (effects: readonly EffectAddress[], work: Work): Promise<number> => {
  for (const effect of effects) {
    try {
      await work(systemContext(effect, { job: "settle-effects" }), { effectId: effect.id });
    } catch (error) {
      log.error({ err: error, clubId: effect.clubId, effectId: effect.id }, "an effect could not be swept");
    }
  }
  return effects.length;
};
