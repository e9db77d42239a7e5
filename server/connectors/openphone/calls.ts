import type { z } from "zod";

import type { VendorEvent } from "../webhook.ts";
import { toE164 } from "./map.ts";
import type { CallWebhook, LegacyCallWebhook, TranscriptWebhook, VoicemailWebhook } from "./schemas.ts";

type Call = {
  readonly id: string;
  readonly direction: "incoming" | "outgoing";
  readonly status?: string | null | undefined;
  readonly createdAt: string;
  readonly answeredAt?: string | null | undefined;
  readonly completedAt?: string | null | undefined;
  readonly aiHandled?: string | null | undefined;
};

type Caller = { readonly phoneNumberId: string; readonly from: string | null };

/** `call.missed` says so itself; a call that ended says it by nobody having answered. Both may come, and name the same call. */
export const eventsOfCall = (type: string, webhook: z.infer<typeof CallWebhook>): VendorEvent[] => {
  const { resource, context } = webhook.data;
  const caller = { phoneNumberId: context.phoneNumberId, from: context.participants?.external?.[0] ?? null };
  return type === "call.missed" ? [missed(resource, caller)] : missedIfUnanswered(resource, caller);
};

export const eventsOfLegacyCall = ({ data: { object } }: z.infer<typeof LegacyCallWebhook>): VendorEvent[] =>
  missedIfUnanswered(object, { phoneNumberId: object.phoneNumberId, from: object.from });

/** Without words a voicemail is what it was before anybody spoke: a missed call. */
export const eventsOfVoicemail = ({ data: { resource, context } }: z.infer<typeof VoicemailWebhook>): VendorEvent[] => {
  const caller = { phoneNumberId: context.phoneNumberId, from: resource.from ?? context.participants?.external?.[0] ?? null };
  const transcript = resource.transcript?.trim() ?? "";
  return transcript === ""
    ? [missed({ id: resource.callId, direction: "incoming", createdAt: resource.createdAt }, caller)]
    : [voicemail(resource, { caller, transcript })];
};

/** A transcript of a voicemail is one in which nobody of the club speaks; of a conversation nothing is told. */
export const eventsOfTranscript = ({ data: { resource, context } }: z.infer<typeof TranscriptWebhook>): VendorEvent[] => {
  const dialogue = resource.dialogue ?? [];
  const transcript = dialogue
    .map(({ content }) => content.trim())
    .join(" ")
    .trim();
  const isConversation = dialogue.some(({ userId }) => typeof userId === "string" && userId !== "");
  const caller = { phoneNumberId: context.phoneNumberId, from: context.participants?.external?.[0] ?? null };
  return isConversation || transcript === "" ? [] : [voicemail(resource, { caller, transcript })];
};

/** A call that went on to another number was not missed here, nor one that the vendor's own assistant took. */
const missedIfUnanswered = (call: Call, caller: Caller): VendorEvent[] => {
  const isTaken = typeof call.answeredAt === "string" || call.status === "forwarded" || typeof call.aiHandled === "string";
  return call.direction === "outgoing" || isTaken ? [] : [missed(call, caller)];
};

const missed = (call: Call, { phoneNumberId, from }: Caller): VendorEvent => ({
  kind: "missed_call",
  externalId: call.id,
  channelExternalId: phoneNumberId,
  contactAddress: from === null ? null : toE164(from),
  at: new Date(call.completedAt ?? call.createdAt),
});

type Spoken = { readonly caller: Caller; readonly transcript: string };

const voicemail = (
  resource: { readonly callId: string; readonly createdAt: string },
  { caller: { phoneNumberId, from }, transcript }: Spoken,
): VendorEvent => ({
  kind: "voicemail",
  externalId: resource.callId,
  channelExternalId: phoneNumberId,
  contactAddress: from === null ? null : toE164(from),
  transcript,
  at: new Date(resource.createdAt),
});
