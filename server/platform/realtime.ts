import "server-only";

import { env } from "#server/platform/env.ts";
import Pusher from "pusher";

/**
 * Pusher takes at most ten events in one batch call (their documentation, 2026-11). It refuses data above 10 KB; our
 * news carries ids only and stays far below.
 */
export const REALTIME_BATCH_SIZE = 10;
const TIMEOUT_MS = 5_000;

export type Change = { readonly clubId: string; readonly sequence: string; readonly topic: string; readonly conversationId: string | null };

export const realtimeChannelOf = (clubId: string): string => `private-club-${clubId}`;

let shared: Pusher | undefined;

const pusher = (): Pusher =>
  (shared ??= new Pusher({
    appId: env.PUSHER_APP_ID,
    key: env.PUSHER_KEY,
    secret: env.PUSHER_SECRET,
    useTLS: env.PUSHER_USE_TLS === "on",
    timeout: TIMEOUT_MS,
    ...(env.PUSHER_HOST === undefined ? { cluster: env.PUSHER_CLUSTER } : { host: env.PUSHER_HOST, port: String(env.PUSHER_PORT ?? 443) }),
  }));

/** Tells the browsers of the clubs that something changed. A hint only: a lost one is caught up by sequence number. */
export const publishChanges = async (changes: readonly Change[]): Promise<void> => {
  for (let start = 0; start < changes.length; start += REALTIME_BATCH_SIZE) {
    const batch = changes.slice(start, start + REALTIME_BATCH_SIZE).map(({ clubId, ...data }) => ({
      channel: realtimeChannelOf(clubId),
      name: "change",
      data,
    }));
    await pusher().triggerBatch(batch);
  }
};

/** Signs a browser's wish to listen to one realtime channel. Whether it may is decided by the caller. */
export const authorizeRealtime = (socketId: string, channel: string): { auth: string } => pusher().authorizeChannel(socketId, channel);

/** The same for a channel on which people see each other: whom the others see is signed with it. */
export const authorizePresence = (
  { socketId, channel }: { readonly socketId: string; readonly channel: string },
  { name, userId }: { readonly name: string; readonly userId: string },
): { auth: string; channel_data?: string } => pusher().authorizeChannel(socketId, channel, { user_id: userId, user_info: { name } });

/** What a browser needs to connect; the secret stays here. */
export const realtimeSettings = () => ({
  key: env.PUSHER_KEY,
  cluster: env.PUSHER_CLUSTER,
  host: env.PUSHER_HOST ?? null,
  port: env.PUSHER_PORT ?? null,
  useTls: env.PUSHER_USE_TLS === "on",
});
