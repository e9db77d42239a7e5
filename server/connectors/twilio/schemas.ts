import { z } from "zod";

/** Shapes of the 2010-04-01 API and of its webhooks, as documented in November 2026. Unknown fields pass. */

/** RFC 2822, such as `Thu, 12 Nov 2026 10:00:00 +0000`. The SDK takes a missing date for now, so it is checked before. */
const Rfc2822 = z.string().refine((text) => !Number.isNaN(Date.parse(text)), "not a date");

const MessageSid = z.string().regex(/^(SM|MM)[0-9a-f]{32}$/);
const AccountSid = z.string().regex(/^AC[0-9a-f]{32}$/);
const E164 = z.string().regex(/^\+[1-9]\d{7,14}$/);

/** A form leaves a field empty where nobody filled it in. */
const absentIfEmpty = (value: unknown): unknown => (value === "" ? undefined : value);

/**
 * `authToken` may hold two separated by a blank while the vendor's secondary token replaces the primary: calls use the
 * first, webhooks may be signed by either.
 */
export const TwilioAccount = z.object({
  accountSid: AccountSid,
  authToken: z.string().regex(/^\S+( \S+)?$/),
  phoneNumber: E164,
  messagingServiceSid: z.preprocess(
    absentIfEmpty,
    z
      .string()
      .regex(/^MG[0-9a-f]{32}$/)
      .optional(),
  ),
  /** Our own address for this connection; the installation knows it. */
  webhookUrl: z.preprocess(absentIfEmpty, z.url().optional()),
});

export type TwilioAccount = z.infer<typeof TwilioAccount>;

export const MessageBody = z.object({
  sid: MessageSid,
  /** `inbound`, or `outbound-api`, `outbound-reply`, `outbound-call`. */
  direction: z.string().regex(/^(inbound|outbound)/),
  /** `null` while a messaging service has not chosen a number. */
  from: z.string().nullable(),
  to: z.string(),
  body: z.string().nullable(),
  status: z.string(),
  num_media: z.string(),
  date_created: Rfc2822,
  /** `null` while the text waits in the queue. */
  date_sent: Rfc2822.nullable(),
});

export const MessagePageBody = z.object({ messages: z.array(MessageBody), next_page_uri: z.string().nullable() });

export const AccountBody = z.object({ sid: AccountSid, friendly_name: z.string(), status: z.string() });

export const ErrorBody = z.object({ code: z.number().nullish(), message: z.string().nullish() });

/** A text that came in. */
export const InboundParameters = z.object({
  MessageSid,
  AccountSid,
  From: z.string().min(1),
  To: z.string().min(1),
  Body: z.string(),
  NumMedia: z
    .string()
    .regex(/^\d{1,2}$/)
    .default("0"),
  OptOutType: z.string().optional(),
});

/** What became of a text that went out. */
export const StatusParameters = z.object({
  MessageSid,
  AccountSid,
  MessageStatus: z.string().min(1),
  ErrorCode: z.string().optional(),
});
