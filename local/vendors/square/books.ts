import { createHash, randomUUID } from "node:crypto";

import type { AcceptLog } from "../_shared/accept-log.ts";

/** A club's account at Square, as the sandbox knows it. */
export type SandboxClub = {
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: "USD" | "CAD";
  readonly connectionId: string;
  readonly square: {
    readonly accessToken: string;
    readonly merchantId: string;
    readonly locationId: string;
    readonly signatureKey: string;
  };
};

export type Money = { readonly amount: number; readonly currency: string };

/* The objects as they go over the wire, reduced to what matters here. */

export type Customer = {
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly reference_id?: string | undefined;
  readonly given_name?: string | undefined;
  readonly family_name?: string | undefined;
  readonly email_address?: string | undefined;
  readonly phone_number?: string | undefined;
  readonly version: number;
};

export type Order = {
  readonly id: string;
  readonly location_id: string;
  readonly reference_id?: string | undefined;
  readonly customer_id?: string | undefined;
  readonly line_items: readonly { readonly name: string; readonly quantity: string; readonly base_price_money: Money }[];
  readonly total_money: Money;
  readonly tenders?: readonly { readonly id: string; readonly payment_id: string; readonly type: string; readonly amount_money: Money }[];
  readonly state: "OPEN" | "COMPLETED" | "CANCELED";
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
};

export type Invoice = {
  readonly id: string;
  readonly version: number;
  readonly location_id: string;
  readonly order_id: string;
  readonly title?: string | undefined;
  readonly primary_recipient: { readonly customer_id?: string | undefined };
  readonly payment_requests: readonly { readonly request_type: string; readonly due_date: string; readonly computed_amount_money: Money }[];
  readonly delivery_method: string;
  readonly status: "DRAFT" | "UNPAID" | "PARTIALLY_PAID" | "PAID" | "CANCELED";
  readonly public_url?: string | undefined;
  readonly created_at: string;
  readonly updated_at: string;
};

export type Link = {
  readonly id: string;
  readonly version: number;
  readonly order_id: string;
  readonly url: string;
  readonly long_url: string;
  readonly created_at: string;
};

export type Payment = {
  readonly id: string;
  readonly status: "APPROVED" | "COMPLETED";
  readonly amount_money: Money;
  readonly refunded_money?: Money | undefined;
  readonly order_id: string;
  readonly customer_id?: string | undefined;
  readonly location_id: string;
  readonly source_type: "CARD";
  readonly created_at: string;
  readonly updated_at: string;
};

type Objects = { customer: Customer; order: Order; invoice: Invoice; link: Link; payment: Payment };

/** One accepted change: what the object is from now on, and for what is created under a key, which key and words it was. */
export type Entry = {
  [Kind in keyof Objects]: {
    readonly kind: Kind;
    readonly club: string;
    readonly act: "created" | "changed" | "published" | "cancelled" | "deleted";
    readonly object: Objects[Kind];
    readonly request?: { readonly endpoint: string; readonly key: string; readonly bodyHash: string } | undefined;
  };
}[keyof Objects];

export type Books = ReturnType<typeof createBooks>;

/** Everything the sellers of the sandbox own. It is made anew from the accept log at start, so that a restart forgets nothing. */
export const createBooks = ({ log, now }: { readonly log: AcceptLog<Entry>; readonly now: () => Date }) => {
  const current = new Map<string, Entry>();
  const answered = new Map<string, Entry>();
  let lastMs = 0;

  const take = (entry: Entry): void => {
    current.set(placeOf(entry.club, entry.kind, entry.object.id), entry);
    if (entry.request !== undefined) {
      answered.set(`${entry.club}|${entry.request.endpoint}|${entry.request.key}`, entry);
    }
  };
  log.entries().forEach(take);

  const find = <Kind extends keyof Objects>(club: SandboxClub, kind: Kind, id: string): Objects[Kind] | undefined => {
    const entry = current.get(placeOf(club.slug, kind, id));
    return entry === undefined || entry.act === "deleted" ? undefined : (entry.object as Objects[Kind]);
  };

  return {
    accept: (entry: Entry): void => {
      log.append(entry, now());
      take(entry);
    },
    find,
    list: <Kind extends keyof Objects>(club: SandboxClub, kind: Kind): Objects[Kind][] =>
      [...current.values()]
        .filter((entry) => entry.club === club.slug && entry.kind === kind && entry.act !== "deleted")
        .map((entry) => entry.object as Objects[Kind]),
    /** What was answered under this key before, if anything was. */
    answeredBefore: (club: SandboxClub, { endpoint, key }: { endpoint: string; key: string }): Entry | undefined =>
      answered.get(`${club.slug}|${endpoint}|${key}`),
    /** The seller's clock, which never names one instant twice: what changed later is later. */
    tick: (): string => {
      lastMs = Math.max(now().getTime(), lastMs + 1);
      return new Date(lastMs).toISOString();
    },
  };
};

const placeOf = (club: string, kind: string, id: string): string => `${club}|${kind}|${id}`;

export const freshId = (prefix: string): string => `${prefix}${randomUUID().replaceAll("-", "").slice(0, 22)}`;

export const hashOf = (body: unknown): string => createHash("sha256").update(JSON.stringify(body)).digest("hex");
