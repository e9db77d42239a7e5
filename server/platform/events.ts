import "server-only";

import { env } from "#server/platform/env.ts";
import { Inngest } from "inngest";

/**
 * The engine's client. Checkpointing is off: with it the engine may run a step twice after a time-out, and every
 * external effect of ours would rest on the fence in the ledger alone.
 */
export const inngest = new Inngest({
  id: "spotter",
  checkpointing: false,
  isDev: false,
  eventKey: env.INNGEST_EVENT_KEY,
  signingKey: env.INNGEST_SIGNING_KEY,
  ...(env.INNGEST_BASE_URL === undefined ? {} : { baseUrl: env.INNGEST_BASE_URL }),
});

export type EventToSend = { readonly id: string; readonly name: string; readonly data: Readonly<Record<string, string>> };

/** Hands events to the engine. Throws when it does not take them, after the SDK's own tries (about 2 s). */
export const sendEvents = async (events: readonly EventToSend[]): Promise<void> => {
  await inngest.send(events.map((event) => ({ ...event, data: { ...event.data } })));
};
