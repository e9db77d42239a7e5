import "server-only";

import { eachItem } from "#server/services/each-item.ts";
import { systemContext } from "#server/services/context.ts";
import { dispatchEffect, type OpenConnectors } from "#server/services/effects/dispatch-effect.ts";
import { listDueEffects, listUnsettledEffects, type EffectAddress } from "#server/services/effects/list-effects.ts";
import { reconcileEffect } from "#server/services/effects/reconcile-effect.ts";

/** Hands out what is due and that nobody is dispatching. Returns how many there were. */
export const sweepDueEffects = async (): Promise<number> => {
  const connectors: OpenConnectors = new Map();
  return eachItem(await listDueEffects(), (effect) =>
    dispatchEffect(contextOf(effect), { effectId: effect.id, ahead: { connectionId: effect.connectionId, connectors } }),
  );
};

/** Finds out about what nobody knows the outcome of. Returns how many there were. */
export const sweepUnsettledEffects = async (): Promise<number> =>
  eachItem(await listUnsettledEffects(), (effect) => reconcileEffect(contextOf(effect), { effectId: effect.id }));

const contextOf = (effect: EffectAddress) => systemContext(effect, { job: "settle-effects" });
