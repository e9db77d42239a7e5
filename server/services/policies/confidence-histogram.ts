import "server-only";

import { subDays } from "date-fns";

import { resolvePolicy } from "#server/domain/policy.ts";
import { thresholdCurves, type ThresholdCurve } from "#server/domain/threshold-curve.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { policyLayers } from "./read-layers.ts";
import { storedDecisions } from "./stored-decisions.ts";

const HISTOGRAM_DAYS = 7;

export type ConfidenceHistogram = { readonly days: number; readonly curves: readonly ThresholdCurve[] };

/** How sure the agent was in the last week, topic by topic: what stands behind the sliders. */
export const confidenceHistogram = async (ctx: ServiceContext): Promise<ConfidenceHistogram> => {
  assertCan(ctx, "policy.read");
  return withClub(
    ctx,
    async (tx) => {
      const { policy } = resolvePolicy(await policyLayers(tx, ctx));
      const past = await storedDecisions(tx, { clubId: ctx.clubId, since: subDays(tx.now, HISTOGRAM_DAYS) });
      return {
        days: HISTOGRAM_DAYS,
        curves: thresholdCurves(
          past.flatMap(({ input, isOverruled }) => (input === null ? [] : [{ input, isOverruled }])),
          policy,
        ),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
