/** What is read of a vendor's inbox, page by page. Types only. */

import type { JsonValue, VendorMessage } from "./ports.ts";
import type { VendorEvent } from "./webhook.ts";

export type PollInput = {
  /** What the last poll returned; `null` = never polled. */
  readonly cursor: JsonValue;
  /** The `bodyHash` of the last poll, for vendors whose answer is one page to compare. */
  readonly knownBodyHash?: string | null;
  /** About how many messages to return at most; a page of the vendor is never cut. */
  readonly limit: number;
  /** Many texts are going out on this connection right now and need its calls: read what may be new, leave the rest for later. */
  readonly isCrowded?: boolean;
  /** Which of these messages, by the vendor's id, are stored already. */
  readonly knownOf?: (externalIds: readonly string[]) => Promise<ReadonlySet<string>>;
};

export type PollResult = {
  /** Oldest first. May repeat messages of earlier polls. */
  readonly messages: readonly VendorMessage[];
  /** What else was read, such as mail that came back. May repeat like messages. */
  readonly events?: readonly VendorEvent[];
  /** To be stored in the transaction that stores the messages, and nowhere else. */
  readonly cursor: JsonValue;
  readonly bodyHash?: string;
  /** Nothing new since the last poll. */
  readonly unchanged: boolean;
  /** The backlog is not read to its end: poll again at once with the new cursor. */
  readonly more: boolean;
  /** The vendor asked to slow down in the middle of this poll: wait so long before the next call. */
  readonly retryAfterSeconds?: number;
};

export type InboxPort = {
  poll(input: PollInput): Promise<PollResult>;
};
