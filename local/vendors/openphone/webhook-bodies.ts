import type { StoredCall, StoredMessage } from "./entries.ts";
import type { News } from "./webhooks.ts";

/** Bodies of API version 2026-03-30, as documented. */

export const newsOfMessage = (type: "message.received" | "message.delivered" | "message.undelivered", message: StoredMessage): News => ({
  type,
  data: {
    resource: {
      id: message.id,
      direction: message.direction,
      text: message.text,
      media: message.mediaUrls.map((url) => ({ url, type: "image/jpeg" })),
      status: type.replace("message.", ""),
      createdAt: message.createdAt,
    },
    context: {
      ...contextOf(message),
      userId: message.userId,
      senderIdentifier: message.from,
      recipientIdentifiers: message.to,
    },
    links: linksOf(message),
  },
});

/** All that the vendor tells of one call, as if every event were subscribed to. */
export const newsOfCall = (call: StoredCall): News[] => {
  const resource = {
    id: call.id,
    direction: "incoming",
    createdAt: call.createdAt,
    answeredAt: call.isAnswered ? call.createdAt : null,
    completedAt: call.createdAt,
    updatedAt: call.createdAt,
    duration: call.isAnswered ? 65 : 0,
    hasVoicemail: call.voicemail !== null,
  };
  const context = {
    ...contextOf(call),
    userId: null,
    participants: { external: [call.from], workspace: [call.to], resolution: "resolved" },
  };
  const news = (type: string, body: object): News => ({ type, data: { resource: body, context, links: linksOf(call) } });
  if (call.isAnswered) {
    const dialogue = [
      { content: "Front desk, how can I help?", start: 0, end: 2.1, identifier: call.to, userId: "USdesk" },
      { content: "I only wanted to ask about parking.", start: 2.4, end: 4.8, identifier: call.from, userId: null },
    ];
    return [
      news("call.completed", { ...resource, status: "completed" }),
      news("call.transcript.completed", {
        callId: call.id,
        createdAt: call.createdAt,
        duration: 65,
        processingStatus: "completed",
        dialogue,
      }),
    ];
  }
  const missed = [news("call.missed", { ...resource, status: "missed" }), news("call.completed", { ...resource, status: "completed" })];
  if (call.voicemail === null) {
    return missed;
  }
  const voicemail = {
    id: call.id,
    callId: call.id,
    voicemailId: `VM${call.id}`,
    direction: "incoming",
    createdAt: call.createdAt,
    duration: 12,
    from: call.from,
    to: call.to,
    recordingUrl: "https://media.openphone.example/voicemail.mp3",
    transcript: call.voicemail,
  };
  return [...missed, news("call.voicemail.completed", voicemail)];
};

type Place = { readonly phoneNumberId: string; readonly conversationId: string };

const contextOf = ({ phoneNumberId, conversationId }: Place) => ({
  orgId: "ORsandbox",
  phoneNumberId,
  conversationId,
  contacts: { ids: [], lookupStatus: "none" },
});

const linksOf = ({ phoneNumberId, conversationId }: Place) => ({
  quo: `https://my.openphone.example/inbox/${phoneNumberId}/c/${conversationId}`,
});
