import { z } from "zod";

/** What a proactive message is for; consent is asked and proven by these. */
export const SEND_PURPOSES = ["service", "billing", "marketing", "collections"] as const;
export type SendPurpose = (typeof SEND_PURPOSES)[number];
export const SendPurpose = z.enum(SEND_PURPOSES);

/** What speaks of a debt. */
export const isAboutMoney = (purpose: SendPurpose): boolean => purpose === "billing" || purpose === "collections";

type Planned = { readonly kind: string; readonly plannedBy: string; readonly purpose: string };

/**
 * For what an effect writes to somebody who did not ask; null where it answers, confirms, or is staff's own word. What
 * a workflow plans is proactive whatever it is for; of the others what advertises or speaks of money.
 */
export const proactivePurpose = ({ kind, plannedBy, purpose }: Planned): SendPurpose | null => {
  if (kind !== "message.send") {
    return null;
  }
  const known = SendPurpose.safeParse(purpose);
  if (plannedBy === "workflow") {
    return known.success ? known.data : "service";
  }
  return known.success && known.data !== "service" ? known.data : null;
};
