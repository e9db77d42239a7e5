import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { authorizeRealtime, realtimeChannelOf } from "#server/platform/realtime.ts";
import { assertCan } from "#server/services/authorize.ts";
import { z } from "zod";

import type { SignedIn } from "./find-signed-in.ts";

/** As the Pusher client sends it. */
export const LiveUpdatesInput = z.object({
  socketId: z.string().regex(/^\d{1,20}\.\d{1,20}$/),
  channelName: z.string().max(200),
});

/**
 * Signs the wish of a browser to hear of the changes of one club. Nothing is written, so nothing is audited.
 * @throws `forbidden` for a channel that is not of a club of this user, whether or not such a channel exists
 */
export const authorizeLiveUpdates = (user: SignedIn, raw: z.input<typeof LiveUpdatesInput>): { readonly auth: string } => {
  const input = LiveUpdatesInput.safeParse(raw);
  const club = input.success ? user.clubs.find((candidate) => realtimeChannelOf(candidate.id) === input.data.channelName) : undefined;
  if (!input.success || club === undefined) {
    throw new DomainError("forbidden", "this channel is not yours to listen to");
  }
  assertCan(
    { actor: { kind: "staff", userId: user.userId, name: user.name, role: club.role, signedInAt: user.signedInAt } },
    "live.listen",
  );
  return authorizeRealtime(input.data.socketId, input.data.channelName);
};
