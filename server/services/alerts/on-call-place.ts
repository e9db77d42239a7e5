import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import { phonePlace, type PhonePlace } from "#server/services/alerts/phone-place.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

export type OnCallPlace = PhonePlace;

/** Why nobody on call can be reached by text, or where they are. */
export type OnCall = ({ readonly kind: "found" } & OnCallPlace) | { readonly kind: "no_phone" | "no_channel" };

export const ON_CALL_NAME = "On-call phone";

/** The manager's, else the emergency line; null where the club has given none. */
export const onCallPhone = async (tx: Tx, { clubId }: Pick<ServiceContext, "clubId">): Promise<string | null> => {
  const club = await tx.db.club.findFirstOrThrow({ where: { id: clubId }, select: { emergencyPhone: true, managerPhone: true } });
  return club.managerPhone ?? club.emergencyPhone;
};

/** The conversation with the club's on-call phone: the manager's, else the emergency line. */
export const onCallPlace = async (tx: ServiceTx, ctx: ServiceContext): Promise<OnCall> => {
  const phone = await onCallPhone(tx, ctx);
  if (phone === null) {
    return { kind: "no_phone" };
  }
  const found = await phonePlace(tx, ctx, { phone, name: ON_CALL_NAME });
  return found === null ? { kind: "no_channel" } : { kind: "found", ...found };
};
