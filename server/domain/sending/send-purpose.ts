import { z } from "zod";

/** What a proactive message is for; consent is asked and proven by these. */
export const SEND_PURPOSES = ["service", "billing", "marketing", "collections"] as const;
export type SendPurpose = (typeof SEND_PURPOSES)[number];
export const SendPurpose = z.enum(SEND_PURPOSES);

/** What speaks of a debt. */
export const isAboutMoney = (purpose: SendPurpose): boolean => purpose === "billing" || purpose === "collections";
