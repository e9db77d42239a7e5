import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const REHEARSAL_TABS = ["chat", "tests", "replay"] as const;

/** What is on the screen lives in the address bar. */
export const rehearsalParams = {
  tab: parseAsStringLiteral(REHEARSAL_TABS).withDefault("chat"),
  /** The rehearsal that is shown. */
  run: parseAsString,
  days: parseAsInteger.withDefault(7),
};
