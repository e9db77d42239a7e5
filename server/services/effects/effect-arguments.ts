import "server-only";

import { z } from "zod";

import { sha256 } from "#server/platform/keys.ts";

/** What a message effect will do, word for word. */
export const SendArguments = z.object({
  /** E.164, an e-mail address, or empty where the vendor knows people only by its own id. */
  to: z.string(),
  recipientExternalId: z.string().nullable(),
  text: z.string().min(1).max(1_600),
  subject: z.string().exactOptional(),
  /** The vendor's thread it answers. */
  threadKey: z.string().exactOptional(),
  unsubscribeUrl: z.string().exactOptional(),
  /** Stored files that go along, each with the hash of the very bytes. */
  files: z
    .array(
      z.object({
        attachmentId: z.string(),
        name: z.string(),
        mediaType: z.string(),
        sizeBytes: z.int().min(1),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(10)
    .exactOptional(),
  /** The identity check whose code goes out in the place of the mask in `text`. */
  codeOf: z.string().exactOptional(),
  /** A reminder of a debt: what is counted once it has gone out. */
  reminder: z
    .object({
      tier: z.enum(["friendly", "firm", "final"]),
      amountMinor: z.string().regex(/^[1-9]\d{0,11}$/),
      currency: z.string(),
      episodeOn: z.iso.date(),
      /** Which of the wordings it is, where it is one. */
      wordingKey: z.string().exactOptional(),
    })
    .exactOptional(),
  /** This month's invoice: its text names this amount. */
  invoice: z.object({ amountMinor: z.string().regex(/^[1-9]\d{0,11}$/), currency: z.string() }).exactOptional(),
});
export type SendArguments = z.infer<typeof SendArguments>;

const Name = z.string().min(1).max(200);
/** Cents as decimal digits: JSON has no bigint. */
const AmountMinor = z.string().regex(/^[1-9]\d{0,11}$/);

export const DoorArguments = z.object({
  doorExternalId: z.string().min(1),
  doorName: Name,
  actorName: Name,
  /** How long the controller leaves it unlocked, in seconds, where the club has told. */
  seconds: z.int().min(1).max(600).exactOptional(),
});

export const AccessArguments = z.object({
  personExternalId: z.string().min(1),
  memberId: z.string(),
  state: z.enum(["allowed", "suspended"]),
  note: z.string().max(500),
});

export type AccessArguments = z.infer<typeof AccessArguments>;

export const ResetArguments = z.object({
  deviceExternalId: z.string().min(1),
  deviceName: Name,
  /** The bay's number, as the member named it. */
  bay: z
    .string()
    .regex(/^\d{1,2}$/)
    .exactOptional(),
});

const Payer = z.object({
  memberId: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});

const Charge = { payer: Payer, amountMinor: AmountMinor, currency: z.enum(["USD", "CAD"]), description: z.string().min(1).max(250) };

export const PayLinkArguments = z.object(Charge);

export const InvoiceArguments = z.object({ ...Charge, dueOn: z.iso.date(), delivery: z.enum(["email", "none"]) });

export const NoticeArguments = z.object({
  text: z.string().min(1).max(3_000),
  url: z.string().nullable(),
  decision: z.object({ value: z.string().min(1).max(2_000) }).nullable(),
  /** For one person alone, as their workspace calls them. */
  personExternalId: z.string().min(1).nullish(),
});

export const NoteArguments = z.object({ personExternalId: z.string().min(1), text: z.string().min(1).max(2_000) });

export const ContactArguments = z.object({
  contactId: z.string(),
  firstName: z.string(),
  lastName: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
});

/** One text to a few people, filled for each of them when it goes out. */
export const CampaignArguments = z.object({
  templateKey: z.string().min(1),
  templateName: Name,
  purpose: z.enum(["service", "marketing"]),
  /** With `{{first_name}}` and `{{club_name}}`. */
  text: z.string().min(1).max(1_600),
  contactIds: z.array(z.string()).min(1).max(50),
});
export type CampaignArguments = z.infer<typeof CampaignArguments>;

/** Members whose doors are to be locked for what they owe, with what each owed when it was asked. */
export const LockListArguments = z.object({
  currency: z.string(),
  totalMinor: AmountMinor,
  cases: z
    .array(
      z.object({
        memberId: z.string(),
        contactId: z.string(),
        /** The outcome of the run that it is for. */
        outcomeId: z.string(),
        name: Name,
        amountMinor: AmountMinor,
      }),
    )
    .min(1)
    .max(1_000),
});
export type LockListArguments = z.infer<typeof LockListArguments>;

/** Members whose debt is handed to collections, with what each owed when it was proposed. */
export const ReferralArguments = z.object({
  currency: z.string(),
  totalMinor: AmountMinor,
  cases: z
    .array(
      z.object({
        memberId: z.string(),
        personExternalId: z.string().min(1),
        name: Name,
        amountMinor: AmountMinor,
        attemptCount: z.int(),
        pastDueSinceOn: z.string(),
      }),
    )
    .min(1)
    .max(50),
});
export type ReferralArguments = z.infer<typeof ReferralArguments>;

export const BookArguments = z.object({ slotExternalId: z.string().min(1), personExternalId: z.string().min(1) });

export const CancelBookingArguments = z.object({ bookingExternalId: z.string().min(1) });

export type EffectArguments = {
  "message.send": SendArguments;
  "door.pulse": z.infer<typeof DoorArguments>;
  "access.set": AccessArguments;
  "device.reset": z.infer<typeof ResetArguments>;
  "invoice.issue": z.infer<typeof InvoiceArguments>;
  "payLink.create": z.infer<typeof PayLinkArguments>;
  "notice.post": z.infer<typeof NoticeArguments>;
  "note.add": z.infer<typeof NoteArguments>;
  "contact.save": z.infer<typeof ContactArguments>;
  "campaign.send": CampaignArguments;
  "lock.list": LockListArguments;
  "referral.list": ReferralArguments;
  "booking.book": z.infer<typeof BookArguments>;
  "booking.cancel": z.infer<typeof CancelBookingArguments>;
};

/** Hash of the exact arguments: what a person approves and what runs must be the same. */
export const argumentsHashOf = (values: object): string => sha256(JSON.stringify(sorted(values)));

/** Keys in one order at every level, because PostgreSQL gives them back in another. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([key, entry]) => [key, sorted(entry)]),
    );
  }
  return value;
};
