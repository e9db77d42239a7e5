/** What the rest of the product may ask of a vendor. Types only: a connector is a set of these ports. */

import type { MemberStatus, Provider } from "#server/domain/vocabulary.ts";
import type { Acts } from "./acts.ts";
import type { FilePort, SentFile, VendorMedia } from "./files.ts";
import type { InboxPort } from "./inbox-port.ts";

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The closed list of what a connection can do; screens and workflows ask for these words, never for a provider. */
export type Capability =
  | "inbox.poll"
  | "inbox.webhook"
  | "message.send"
  | "message.readBack"
  | "message.files"
  | "members.read"
  | "access.state"
  | "door.pulse"
  | "door.events"
  | "device.reset"
  | "invoice"
  | "payLink"
  | "payments.webhook"
  | "notify"
  | "notify.decide"
  | "bookings.read"
  | "bookings.write"
  | "calls.missed"
  | "notes.write"
  | "contacts.write";

export type HttpRequest = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The whole exchange, body included. */
  readonly timeoutMs?: number;
  /** A longer body ends in an `HttpFailure` of kind `too_large`. */
  readonly maxBytes?: number;
  /** `manual` hands a 3xx back as it is, with its `set-cookie` headers. Default `manual`. */
  readonly redirect?: "follow" | "manual";
  readonly signal?: AbortSignal | undefined;
};

export type HttpResponse = {
  readonly status: number;
  /** The standard class: `getSetCookie()` keeps several cookies apart. */
  readonly headers: Headers;
  readonly text: string;
  /** The address that answered, after redirects. */
  readonly url: string;
};

/** Resolves with any status; throws `HttpFailure` when there is no complete answer. */
export type ConnectorHttp = (request: HttpRequest) => Promise<HttpResponse>;

/** What one process remembers of a connection between calls: a login, never anything that must survive a restart. */
export interface SessionStore {
  get(): JsonValue | null;
  set(value: JsonValue | null): void;
  /** Runs `login` once for any number of callers at the same time, stores its result and gives it to all of them. */
  renew(login: () => Promise<JsonValue>): Promise<JsonValue>;
  /** One piece of work at a time, in order of arrival, for vendors whose session holds state. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

/** A place that a user has named: where its name leads was looked up and found allowed at this moment. */
export type CheckedAddress = {
  /** The IP address to open the socket to, so that the name cannot lead elsewhere in between. */
  readonly ip: string;
  /** The name to ask for and to check the certificate against. */
  readonly host: string;
};

/** Everything a connector reaches the world through: paced per connection, kept to allowed addresses. */
export type ConnectorNetwork = {
  readonly http: ConnectorHttp;
  /** The same road for SDKs that take a `fetch`. */
  readonly fetch: typeof fetch;
  /** For protocols of their own (SMTP, IMAP). Throws `HttpFailure` of kind `not_sent` for an address we do not call. */
  readonly checkAddress: (host: string) => Promise<CheckedAddress>;
  /** Waits for this connection's turn by the vendor's limits; `http` and `fetch` do it by themselves. */
  readonly takeTurn: () => Promise<void>;
  /**
   * `http` to a server with a certificate of its own making: no authority is asked, its SHA-256 fingerprint (hex, colons
   * or not) must be this one. Throws `unauthorized` before a byte of the request leaves when it shows another.
   */
  readonly pinned: (fingerprint: string) => ConnectorHttp;
};

/** A call that a relay on the club's own network makes for us, to the one server it is bound to. */
export type RelayRequest = {
  readonly method: HttpRequest["method"];
  /** Path and query; the relay knows the server, and adds the credentials of that server itself. */
  readonly path: string;
  readonly body?: string;
  /** From now until the answer must be here. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** Resolves with any status; throws `HttpFailure` like a `ConnectorHttp`, and `ConnectorError` where the relay itself is the reason. */
export type RelayRoad = (request: RelayRequest) => Promise<HttpResponse>;

/** What a connector must still know after a restart, such as what to restore; written before the call that makes it necessary. */
export interface NoteStore {
  read(name: string): Promise<JsonValue | null>;
  /** `null` forgets it. */
  write(name: string, value: JsonValue | null): Promise<void>;
}

export type ConnectorContext = ConnectorNetwork & {
  readonly connectionId: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** Not secret. `baseUrl` replaces the vendor's own address, for a sandbox or a proxy. */
  readonly settings: { readonly baseUrl?: string | undefined; readonly [name: string]: string | undefined };
  readonly now: () => Date;
  readonly session: SessionStore;
  /** For vendors that can be reached through an on-site relay. */
  readonly relay?: RelayRoad | undefined;
  readonly notes?: NoteStore | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type DeliveryStatus = "queued" | "sent" | "delivered" | "undelivered" | "failed";

/** One message as the vendor shows it, inbound or outbound, whoever wrote it. */
export type VendorMessage = {
  /** The vendor's id, unique per connection, the same in every poll and webhook. */
  readonly externalId: string;
  readonly direction: "inbound" | "outbound";
  /** Which number, inbox or mailbox of the club it belongs to. */
  readonly channelExternalId: string;
  /** The person on the other side, whichever way the message went. */
  readonly contact: {
    /** E.164 or an e-mail address. */
    readonly address: string | null;
    readonly externalId: string | null;
    readonly name: string | null;
  };
  readonly text: string;
  readonly html?: string;
  readonly subject?: string;
  /** The vendor's own thread, where it has one. */
  readonly threadKey?: string;
  readonly sentAt: Date;
  /** The vendor has answered an inbound STOP, START or HELP in its own words: ours would be a second answer, or refused. */
  readonly isAnsweredByVendor?: boolean;
  /** The member of staff to whom the vendor filed an inbound message. */
  readonly staffAddressee?: string;
  /** Who wrote an outbound message, as the vendor names them. */
  readonly authorName?: string;
  readonly media: readonly VendorMedia[];
  readonly deliveryStatus?: DeliveryStatus;
  /** Written by a machine or sent to a list, as the vendor shows beyond doubt: it is shown, and never answered by a machine. */
  readonly isAutomatic?: boolean;
};

export type SendInput = {
  /** Our idempotency key of this effect, given to vendors that take one. */
  readonly key: string;
  /** The vendor's thread this answers, where it has one (the `threadKey` of the last message). */
  readonly threadKey?: string;
  /** Where one click ends such messages, for e-mail that is not an answer. */
  readonly unsubscribeUrl?: string;
  /** E.164, an e-mail address, or `""` where the vendor knows people only by `recipientExternalId`. */
  readonly to: string;
  readonly text: string;
  readonly subject?: string;
  readonly html?: string;
  readonly recipientExternalId?: string | null;
  /** Only with `message.files`. */
  readonly files?: readonly SentFile[];
};

export type SendResult = {
  /** The vendor's id of the message; `null` where the vendor names none. */
  readonly vendorReference: string | null;
  readonly status: DeliveryStatus;
};

export type ReadBackInput = {
  /** The key the message was sent under, for vendors that show it. */
  readonly key?: string;
  readonly to: string;
  readonly text: string;
  /** Messages before this instant do not count. */
  readonly since: Date;
  readonly recipientExternalId?: string | null;
  /** Messages that are known to belong to other effects, so that the same text sent twice is told apart. */
  readonly knownReferences?: readonly string[];
};

export type ReadBackResult = { readonly found: { readonly vendorReference: string; readonly at: Date } | null };

export interface SendPort {
  /** One call, never repeated inside. After `outcome_unknown` only `readBack` can tell. */
  send(input: SendInput): Promise<SendResult>;
  /** Absent where the vendor cannot show what was sent. */
  readBack?(input: ReadBackInput): Promise<ReadBackResult>;
}

export type VendorConsent = {
  readonly purpose: "transactional" | "billing" | "marketing";
  readonly channel: "sms" | "email";
  readonly granted: boolean;
  readonly source: string;
  readonly at: Date;
};

export type VendorMember = {
  readonly externalId: string;
  readonly kind: "member" | "prospect";
  readonly firstName: string;
  readonly lastName: string;
  /** E.164. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly status: MemberStatus;
  /** The vendor's own words for the status. */
  readonly statusMessage: string;
  /** What the person owes now, in cents; `null` = the vendor did not say. */
  readonly balanceMinor: bigint | null;
  /** The part of what is owed that is for training, in cents; `null` = the vendor did not say, absent = it never does. */
  readonly trainingBalanceMinor?: bigint | null;
  readonly currency: "USD" | "CAD";
  /** Calendar dates, `YYYY-MM-DD` in the club's zone. */
  readonly joinedOn: string | null;
  readonly dateOfBirth: string | null;
  readonly lastVisitAt: Date | null;
  readonly membershipType: string | null;
  readonly state: string | null;
  readonly zip: string | null;
  readonly visits?: readonly Date[];
  readonly consents?: readonly VendorConsent[];
};

export interface PeoplePort {
  /** One page; `cursor: null` asks for the first and answers the last. Pages may overlap: take each `externalId` once. */
  listMembers(input: { readonly cursor: JsonValue | null }): Promise<{
    readonly members: readonly VendorMember[];
    readonly cursor: JsonValue | null;
    /** The list shifted while it was read, and somebody may have slipped through: nobody is taken for gone after this pass. */
    readonly mayHaveMissed?: boolean;
  }>;
}

/** How long to wait between two polls, in milliseconds. */
export type Pace = { readonly activeMs: number; readonly idleMs: number; readonly errorMs: number };

/** What the vendor says of the account behind the credentials, in words for people, such as "Ironwood Denver, +1 303 …". */
export type ConnectionCheck = { readonly account: string };

export type Connector = Acts & {
  readonly provider: Provider;
  /** What this connection can do with the settings it has. */
  readonly capabilities: readonly Capability[];
  /** Asks the vendor whether the credentials are good, and changes nothing there. */
  check(): Promise<ConnectionCheck>;
  readonly inbox?: InboxPort;
  readonly send?: SendPort;
  readonly people?: PeoplePort;
  readonly files?: FilePort;
  /** Present with `inbox.poll`. */
  readonly pace?: Pace;
};

/** Cheap to call: a connector keeps nothing but its context. */
export type ConnectorFactory = (context: ConnectorContext) => Connector;
