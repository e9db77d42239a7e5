import { z } from "zod";

/** Shapes of quo.com's v1 API and of both webhook generations, as documented in October 2026. Unknown fields pass. */

const Instant = z.iso.datetime({ offset: true });

export const Message = z.object({
  id: z.string().min(1),
  direction: z.enum(["incoming", "outgoing"]),
  from: z.string(),
  /** A list in v1; older payloads hold one bare number. */
  to: z.union([z.array(z.string()).min(1), z.string().transform((one) => [one])]),
  text: z.string().nullish(),
  /** The name of `text` in older payloads. */
  body: z.string().nullish(),
  status: z.string().nullish(),
  phoneNumberId: z.string().min(1),
  conversationId: z.string().nullish(),
  userId: z.string().nullish(),
  createdAt: Instant,
  media: z.array(z.object({ url: z.string(), type: z.string().nullish() })).nullish(),
});

export type Message = z.infer<typeof Message>;

export const MessageAnswer = z.object({ data: Message });

export const MessagePage = z.object({
  data: z.array(Message),
  totalItems: z.number().int().nullish(),
  nextPageToken: z.string().nullish(),
});

export const Conversation = z.object({
  id: z.string().min(1),
  participants: z.array(z.string()).min(1),
  phoneNumberId: z.string().min(1),
  lastActivityId: z.string().nullish(),
  lastActivityAt: Instant.nullish(),
  updatedAt: Instant.nullish(),
});

export const ConversationPage = z.object({
  data: z.array(Conversation),
  totalItems: z.number().int().nullish(),
  nextPageToken: z.string().nullish(),
});

/** A nameless number is shown by its figures. */
export const NumberPage = z.object({ data: z.array(z.object({ id: z.string().min(1), number: z.string(), name: z.string().nullish() })) });

const ContactField = z.object({ id: z.string().nullish(), name: z.string(), value: z.string().nullish() });

export const Contact = z.object({
  id: z.string().min(1),
  externalId: z.string().nullish(),
  defaultFields: z.object({
    firstName: z.string().nullish(),
    lastName: z.string().nullish(),
    emails: z.array(ContactField).nullish(),
    phoneNumbers: z.array(ContactField).nullish(),
  }),
});

export type Contact = z.infer<typeof Contact>;

export const ContactAnswer = z.object({ data: Contact });
export const ContactPage = z.object({ data: z.array(Contact) });

export const ErrorAnswer = z.object({ message: z.string().nullish(), title: z.string().nullish(), code: z.string().nullish() });

export const Envelope = z.object({ id: z.string().min(1), type: z.string(), createdAt: Instant });

/** Webhooks of API version 2026-03-30. */
export const MessageWebhook = z.object({
  id: z.string().min(1),
  type: z.string(),
  createdAt: Instant,
  data: z.object({
    resource: z.object({
      id: z.string().min(1),
      direction: z.enum(["incoming", "outgoing"]),
      text: z.string().nullish(),
      media: z.array(z.object({ url: z.string(), type: z.string().nullish() })).nullish(),
      status: z.string().nullish(),
      createdAt: Instant,
      errorCode: z.union([z.string(), z.number().transform(String)]).nullish(),
    }),
    context: z.object({
      phoneNumberId: z.string().min(1),
      conversationId: z.string().nullish(),
      userId: z.string().nullish(),
      senderIdentifier: z.string(),
      recipientIdentifiers: z.array(z.string()).min(1),
    }),
  }),
});

export type MessageWebhook = z.infer<typeof MessageWebhook>;

/** Webhooks of the v1 generation. */
export const LegacyMessageWebhook = z.object({
  id: z.string().min(1),
  type: z.string(),
  createdAt: Instant,
  data: z.object({ object: Message }),
});

const CallContext = z.object({
  phoneNumberId: z.string().min(1),
  /** Empty where the caller hides their number. */
  participants: z.object({ external: z.array(z.string()).nullish() }).nullish(),
});

/** `call.missed` and `call.completed`. */
export const CallWebhook = z.object({
  createdAt: Instant,
  data: z.object({
    resource: z.object({
      id: z.string().min(1),
      direction: z.enum(["incoming", "outgoing"]),
      status: z.string().nullish(),
      createdAt: Instant,
      answeredAt: Instant.nullish(),
      completedAt: Instant.nullish(),
      /** Set where the vendor's own assistant took the call. */
      aiHandled: z.string().nullish(),
    }),
    context: CallContext,
  }),
});

export const VoicemailWebhook = z.object({
  createdAt: Instant,
  data: z.object({
    resource: z.object({
      callId: z.string().min(1),
      createdAt: Instant,
      from: z.string().nullish(),
      /** `null` where it could not be spelled out. */
      transcript: z.string().nullish(),
    }),
    context: CallContext,
  }),
});

export const TranscriptWebhook = z.object({
  createdAt: Instant,
  data: z.object({
    resource: z.object({
      callId: z.string().min(1),
      createdAt: Instant,
      /** Who speaks is a user of the workspace, or somebody outside. */
      dialogue: z.array(z.object({ content: z.string(), userId: z.string().nullish() })).nullish(),
    }),
    context: CallContext,
  }),
});

/** `call.completed` of the v1 generation, which tells of transcripts without the number they belong to. */
export const LegacyCallWebhook = z.object({
  data: z.object({
    object: z.object({
      id: z.string().min(1),
      direction: z.enum(["incoming", "outgoing"]),
      from: z.string(),
      phoneNumberId: z.string().min(1),
      status: z.string().nullish(),
      createdAt: Instant,
      answeredAt: Instant.nullish(),
      completedAt: Instant.nullish(),
    }),
  }),
});
