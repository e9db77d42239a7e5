import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** The person who acts, or null where the machinery does. */
export const staffUserId = (ctx: ServiceContext): Id<"user"> | null => (ctx.actor.kind === "staff" ? ctx.actor.userId : null);
