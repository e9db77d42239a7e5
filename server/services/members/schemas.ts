import { z } from "zod";

import type { ConnectorFailure } from "#server/connectors/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import type { Provider } from "#server/domain/vocabulary.ts";

export const SyncMembersInput = z.object({ connectionId: idSchema("connection") });

const count = z.int().min(0).default(0);

/** How far a pass through the vendor's lists has come; kept as the position of the cursor until the pass ends. */
export const SyncPlace = z.object({
  /** The connector's own; `null` = from the start, and after the last page. */
  cursor: z.json(),
  createdCount: count,
  changedCount: count,
  /** People whom another source had brought already. */
  mergedCount: count,
  unchangedCount: count,
  /** People of whom something could not be read. */
  failureCount: count,
  /** When this pass began, also if it broke off since. */
  startedAt: z.coerce.date(),
  /** Somebody may have slipped through between two pages: nobody may be taken for gone after this pass. */
  mayHaveMissed: z.boolean().default(false),
  /** Who reads now, where the connection's own lease belongs to the reading of its inbox. */
  holder: z.string().optional(),
});
export type SyncPlace = z.output<typeof SyncPlace>;

export const syncStart = (startedAt: Date): SyncPlace => ({
  cursor: null,
  createdCount: 0,
  changedCount: 0,
  mergedCount: 0,
  unchangedCount: 0,
  failureCount: 0,
  startedAt,
  mayHaveMissed: false,
});

export type SyncClaim = {
  readonly connectionId: Id<"connection">;
  readonly name: string;
  readonly provider: Provider;
  readonly status: string;
  readonly errorCount: number;
  /** Its inbox is read as well, every few seconds: the lease and the health of the connection are kept by those readings. */
  readonly isPolled: boolean;
  readonly fencingToken: bigint;
  readonly place: SyncPlace;
};

export type SyncResult =
  | ({ readonly kind: "synced" } & Omit<SyncPlace, "cursor" | "startedAt" | "mayHaveMissed" | "holder"> & {
        readonly archivedCount: number;
      })
  /** The vendor refused or was not there: recorded, shown to people, and due again at `retryAt`. */
  | { readonly kind: "failed"; readonly failure: ConnectorFailure; readonly retryAt: Date }
  /** Somebody else is reading this list right now, or a reading broke off a moment ago. */
  | { readonly kind: "busy" }
  /** This connection, with the settings it has, lists nobody. */
  | { readonly kind: "none" };

/** Connectors name people of whom something was missing beside the page; the port leaves it open. */
export const PageFailures = z.object({ failures: z.array(z.object({ externalId: z.string(), what: z.string() })) });
