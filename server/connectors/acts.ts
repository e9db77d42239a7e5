/**
 * Ports that change something at a vendor beside messages, and what they read for it. Types only.
 *
 * Each act takes the key of its effect. `state` acts (access, notes, contacts) may be repeated by the caller; acts
 * that take the key along (invoices, payment links) may be repeated under the same key; a pulse, a device's reset and
 * a notice are one call each, and after `outcome_unknown` only their own read-back can tell.
 */

import type { WebhookPort } from "./webhook.ts";

export type ActResult = {
  /** The vendor's id of what came of it; `null` where the vendor names none. */
  readonly vendorReference: string | null;
};

export type Found = { readonly found: { readonly vendorReference: string | null; readonly at: Date } | null };

/** Whether the vendor lets a person in: a ban at the club's system, or a suspended user of the door controller. */
export type AccessState = "allowed" | "suspended";

export interface AccessPort {
  /** @throws `rejected` (`not_found`) for somebody the vendor does not know */
  read(input: { readonly personExternalId: string }): Promise<{ readonly state: AccessState; readonly detail: string | null }>;
  /** Sets the state, whatever it was, and reads it back before it answers. */
  set(input: {
    readonly key: string;
    readonly personExternalId: string;
    readonly state: AccessState;
    readonly note: string;
  }): Promise<ActResult & { readonly state: AccessState }>;
  /** The vendor's id of a person whom we know by the ids of another vendor, their e-mail or their phone. */
  find?(input: {
    readonly memberExternalId: string | null;
    readonly email: string | null;
    readonly phone: string | null;
  }): Promise<{ readonly personExternalId: string } | null>;
}

export type VendorDoor = {
  readonly externalId: string;
  readonly name: string;
  /** Only such a door can be pulsed. */
  readonly isRemote: boolean;
  readonly isLocked: boolean | null;
};

export interface DoorPort {
  list(): Promise<readonly VendorDoor[]>;
  /** Unlocks the door for the seconds its controller is set to. One call, never repeated inside. */
  pulse(input: { readonly key: string; readonly doorExternalId: string; readonly actorName: string }): Promise<ActResult>;
  readBack?(input: { readonly key: string; readonly doorExternalId: string; readonly since: Date }): Promise<Found>;
}

export type VendorDevice = {
  readonly externalId: string;
  readonly name: string;
  readonly isOnline: boolean;
  readonly lastSeenAt: Date | null;
};

export type ResetProgress = {
  readonly state: "waiting" | "running" | "succeeded" | "failed";
  /** The vendor's id of the job, once it is known. */
  readonly vendorReference: string | null;
  /** The vendor's own words, for people. */
  readonly detail: string | null;
};

export interface DevicePort {
  /** Devices whose name holds the words, without regard to case. */
  find(input: { readonly words: string }): Promise<readonly VendorDevice[]>;
  /** Starts the reset script on the device. One call, never repeated inside. */
  reset(input: { readonly key: string; readonly deviceExternalId: string }): Promise<ActResult>;
  /** How far the reset has come that was asked for at `since`. */
  follow(input: {
    readonly deviceExternalId: string;
    readonly since: Date;
    readonly vendorReference: string | null;
  }): Promise<ResetProgress>;
}

export type Payer = {
  /** Our own id of the member, kept at the vendor to find the customer again. */
  readonly memberId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
};

export type Charge = {
  readonly key: string;
  readonly payer: Payer;
  /** Cents, above zero. */
  readonly amountMinor: bigint;
  readonly currency: "USD" | "CAD";
  /** What it is for, as the payer reads it. */
  readonly description: string;
};

export type InvoiceState = {
  readonly vendorReference: string;
  readonly orderReference: string | null;
  readonly status: "draft" | "open" | "paid" | "partly_paid" | "cancelled" | "failed" | "refunded";
  readonly url: string | null;
};

export interface InvoicePort {
  /** Makes the customer where there is none, then the invoice, and publishes it. `dueOn` is `YYYY-MM-DD` in the club's zone. */
  issue(input: Charge & { readonly dueOn: string; readonly delivery: "email" | "none" }): Promise<InvoiceState>;
  read(input: { readonly vendorReference: string }): Promise<InvoiceState>;
  cancel(input: { readonly key: string; readonly vendorReference: string }): Promise<InvoiceState>;
}

export type PayLink = { readonly vendorReference: string; readonly orderReference: string; readonly url: string };

export interface PayLinkPort {
  create(input: Charge): Promise<PayLink>;
  /** Whether a completed payment stands behind the link. */
  read(input: { readonly orderReference: string }): Promise<{ readonly isPaid: boolean; readonly paidMinor: bigint }>;
  cancel(input: { readonly vendorReference: string }): Promise<void>;
}

export type Notice = {
  readonly text: string;
  /** Where a person sees and decides it in Spotter. */
  readonly url: string | null;
  /** Opaque value that comes back with the button that is pressed; `null` = no buttons. */
  readonly decision: { readonly value: string } | null;
};

export interface NoticePort {
  /** One call, never repeated inside. With a person's id it is for them alone, and not for the place that everybody reads. */
  post(input: Notice & { readonly key: string; readonly personExternalId?: string | null | undefined }): Promise<ActResult>;
  /** Puts other words in its place and takes the buttons away. Harmless to repeat. */
  settle?(input: { readonly noticeReference: string; readonly text: string }): Promise<void>;
  /** Says something beside the notice to one person alone, such as why their press changed nothing. It may be lost. */
  tell?(input: { readonly noticeReference: string; readonly personExternalId: string; readonly text: string }): Promise<void>;
}

export type BookingKind = "class" | "appointment" | "bay";

export type VendorBooking = {
  readonly externalId: string;
  readonly kind: BookingKind;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Bay or room, where it has one. */
  readonly place: string | null;
  readonly staffName: string | null;
  readonly status: "booked" | "cancelled" | "attended" | "no_show";
  /** The vendor's id of the person; `null` for an open slot. */
  readonly personExternalId: string | null;
  readonly personName: string | null;
  readonly personEmail: string | null;
};

export type VendorSlot = {
  readonly externalId: string;
  readonly kind: BookingKind;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly place: string | null;
  readonly staffName: string | null;
  readonly freeCount: number;
};

export interface BookingPort {
  /** Everything that begins within the span, cancelled bookings included. */
  list(input: { readonly from: Date; readonly to: Date }): Promise<readonly VendorBooking[]>;
  /** Free places within the span. Absent where the vendor shows only what is taken. */
  listSlots?(input: { readonly from: Date; readonly to: Date }): Promise<readonly VendorSlot[]>;
  /** Present with `bookings.write`. A slot that is full meanwhile is `rejected` (`taken`). */
  book?(input: { readonly key: string; readonly slotExternalId: string; readonly personExternalId: string }): Promise<ActResult>;
  cancel?(input: { readonly key: string; readonly bookingExternalId: string }): Promise<ActResult>;
}

export interface NotePort {
  add(input: { readonly key: string; readonly personExternalId: string; readonly text: string }): Promise<ActResult>;
}

export interface ContactPort {
  /** Puts a name to a number in the vendor's own address book, so that staff see it there too. Harmless to repeat. */
  save(input: {
    readonly key: string;
    readonly contactId: string;
    readonly firstName: string;
    readonly lastName: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  }): Promise<ActResult>;
}

/** Everything a connector may offer beside inbox, send and people. */
export type Acts = {
  readonly webhook?: WebhookPort;
  readonly access?: AccessPort;
  readonly doors?: DoorPort;
  readonly devices?: DevicePort;
  readonly invoices?: InvoicePort;
  readonly payLinks?: PayLinkPort;
  readonly notices?: NoticePort;
  readonly bookings?: BookingPort;
  readonly notes?: NotePort;
  readonly contacts?: ContactPort;
};
