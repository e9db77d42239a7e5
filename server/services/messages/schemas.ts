import type { VendorMessage } from "#server/connectors/ports.ts";
import type { VendorEvent } from "#server/connectors/webhook.ts";
import type { Id } from "#server/domain/ids.ts";

/** Where a batch of messages came from: both kinds of origin fence the transaction that stores them. */
export type IngestInput = {
  readonly connectionId: Id<"connection">;
  /** Oldest first. */
  readonly messages: readonly VendorMessage[];
  /** What else the vendor told of. */
  readonly events?: readonly VendorEvent[];
  readonly origin:
    | { readonly kind: "webhook"; readonly deliveryId: string; readonly eventKind: string }
    | {
        readonly kind: "poll";
        readonly fencingToken: bigint;
        readonly cursor: unknown;
        readonly bodyHash: string | null;
      };
};

export type IngestResult = {
  /** The delivery was stored before; nothing was done. */
  readonly isReplay: boolean;
  readonly storedCount: number;
  /** Confirmations of STOP, START and HELP, to be dispatched by the request itself. */
  readonly effectIds: readonly Id<"effect">[];
};
