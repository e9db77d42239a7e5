/** Vendor, 2026-11: single words, in any case, that it acts on and answers by itself; "STOP please" is none. */
const WORDS: ReadonlySet<string> = new Set("STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT START YES UNSTOP HELP INFO".split(" "));

/**
 * Whether the vendor has answered this text already. A messaging service names its own words by `OptOutType`; without one
 * the vendor's words hold.
 */
export const isAnsweredByVendor = (text: string, optOutType?: string): boolean =>
  (optOutType !== undefined && optOutType !== "") || WORDS.has(text.trim().toUpperCase());
