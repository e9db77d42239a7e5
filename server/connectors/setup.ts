/** What a page needs to let a person connect a vendor, as data: each connector folder describes itself in `setup.ts`. */

import type { FileOffer } from "#server/domain/file-kinds.ts";
import type { Provider } from "#server/domain/vocabulary.ts";
import type { Capability } from "./ports.ts";

export type SetupField = {
  /** Name in the connector's account schema. */
  readonly name: string;
  readonly label: string;
  /** `secret` is sealed and never shown again; every other kind is a plain setting. `address` is checked when it is called. */
  readonly kind: "text" | "secret" | "address" | "number" | "choice" | "switch";
  readonly isRequired: boolean;
  /** Where to find it, in the vendor's own words, such as "Workspace settings → API → Generate API key". */
  readonly where: string;
  readonly placeholder?: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** What it is when nobody says. A switch is `on` or `off`. */
  readonly initial?: string;
  /** Secrets that verify what the vendor sends: two are accepted, separated by a blank, while one replaces the other. */
  readonly takesTwo?: boolean;
};

/** Limits of the vendor per connection; ours where the vendor names none. */
export type VendorLimits = {
  readonly requestsPerSecond: number;
  /** Calls that may go out at once after a pause. */
  readonly burst: number;
};

export type ConnectorSetup = {
  readonly provider: Provider;
  /** As the vendor spells itself. */
  readonly name: string;
  /** One sentence: what Spotter does with it. */
  readonly summary: string;
  /** The most it can do; a running connector may declare less, by its settings. */
  readonly capabilities: readonly Capability[];
  readonly fields: readonly SetupField[];
  /** Where our webhook address is to be entered at the vendor, and for which events; `null` where it calls nobody. */
  readonly webhook: { readonly where: string; readonly events: readonly string[] } | null;
  /** The channel that messages arrive on. The fields that name its address, and its id at the vendor. */
  readonly channel: {
    readonly kind: "sms" | "email" | "clubos";
    readonly addressField: string | null;
    readonly externalIdField: string;
  } | null;
  /** Whether a message over it may carry files; with a channel only. */
  readonly files?: FileOffer;
  /** The addresses, as a regular expression, under which the vendor keeps files that can be fetched; without it none can. */
  readonly fileAddress?: string;
  /** With this value in this field the vendor is reached through something that is paired after connecting. */
  readonly pairing?: { readonly field: string; readonly value: string };
  readonly limits: VendorLimits;
  /** Why an owner should think twice; shown before the switch that turns unofficial parts on. `null` = official throughout. */
  readonly caution: string | null;
};
