import type { Clock } from "#components/lib/format.ts";
import { formatDay, formatTime } from "#components/lib/format.ts";
import { CHANNEL_LABELS } from "#components/lib/labels.ts";
import type { Thread } from "#server/domain/inbox-view.ts";

/** What sending a reply does to the ownership of the conversation, in one sentence. */
export const ownershipHint = ({ handledBy, needsYou, ownerName, handBackAt }: Thread["conversation"], clock: Clock): string => {
  if (handledBy === "agent" && needsYou === "escalation") {
    return "Spotter waits for a person here. Sending takes it over.";
  }
  if (handledBy === "agent") {
    return "Spotter is handling this. Sending takes it over.";
  }
  const owner = ownerName === null ? "A person is handling this." : `${ownerName} is handling this.`;
  if (handBackAt === null) {
    return owner;
  }
  const day = formatDay(handBackAt, clock);
  const time = formatTime(handBackAt, clock.zone);
  return `${owner} Spotter takes it back at ${day === "Today" ? time : `${time}, ${day}`}.`;
};

/** Why no reply can be sent here, or null when one can. */
export const replyObstacle = ({ conversation, isSuppressed, canReply }: Thread): string | null => {
  if (isSuppressed) {
    return `${conversation.contactName} opted out of this channel (${CHANNEL_LABELS[conversation.channelKind]}). Nothing may be sent until they opt in again.`;
  }
  return canReply ? null : "Replies are not possible in this conversation right now.";
};
