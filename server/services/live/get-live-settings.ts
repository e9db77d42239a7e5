import "server-only";

import { env } from "#server/platform/env.ts";
import { realtimeChannelOf, realtimeSettings } from "#server/platform/realtime.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type LiveSettings = ReturnType<typeof realtimeSettings> & {
  readonly realtimeChannel: string;
  /** The vendors are sandboxes and the model is a stand-in; the interface says so everywhere. */
  readonly isDemo: boolean;
};

/** Where a browser hears of news of this club. Whether it may listen is asked again when it does. */
export const getLiveSettings = (ctx: ServiceContext): LiveSettings => {
  assertCan(ctx, "live.listen");
  return { ...realtimeSettings(), realtimeChannel: realtimeChannelOf(ctx.clubId), isDemo: env.DEMO_MODE === "on" };
};
