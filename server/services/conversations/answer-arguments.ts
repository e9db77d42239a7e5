import "server-only";

import type { LockedRow } from "#server/services/conversations/lock-conversation.ts";
import type { SendArguments } from "#server/services/effects/effect-arguments.ts";

/** An answer within a conversation: to whoever wrote there, and in an e-mail within its thread. */
export const answerArguments = (place: LockedRow, text: string): SendArguments => ({
  to: place.address ?? "",
  recipientExternalId: place.recipientExternalId,
  text,
  ...(place.threadKey === "" ? {} : { threadKey: place.threadKey }),
  ...(place.channelKind !== "email" || place.subject === null ? {} : { subject: place.subject }),
});
