import { parseAsArrayOf, parseAsStringLiteral } from "nuqs/server";

import { TIMELINE_GROUPS } from "#server/domain/person-view.ts";

/** What of a person's story is shown lives in the address bar; empty = all of it. */
export const personParams = { show: parseAsArrayOf(parseAsStringLiteral(TIMELINE_GROUPS)).withDefault([]) };
