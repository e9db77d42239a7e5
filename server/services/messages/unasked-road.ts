import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { roadToContact } from "#server/services/messages/road-to-contact.ts";
import type { Road } from "#server/services/messages/text-over.ts";

type Wanted = Parameters<typeof roadToContact>[2];

/** Why nothing unasked reaches somebody, or the road there. */
export type UnaskedRoad =
  | { readonly kind: "road"; readonly road: Road }
  | { readonly kind: "none"; readonly reason: "agent_off" | "no_address" };

/** The road to somebody the machinery writes to of itself: none to whoever is gone or wants no machine. */
export const unaskedRoad = async (tx: ServiceTx, ctx: ServiceContext, wanted: Wanted): Promise<UnaskedRoad> => {
  const count = await tx.db.contact.count({ where: { id: wanted.contactId, clubId: ctx.clubId, archivedAt: null, isAgentOff: false } });
  if (count === 0) {
    return { kind: "none", reason: "agent_off" };
  }
  const road = await roadToContact(tx, ctx, wanted);
  return road === null ? { kind: "none", reason: "no_address" } : { kind: "road", road };
};
