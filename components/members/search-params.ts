import { parseAsString, parseAsStringLiteral } from "nuqs/server";

import { SEGMENTS } from "#server/domain/people-view.ts";

/** Which people are on the screen lives in the address bar. */
export const memberParams = {
  segment: parseAsStringLiteral(SEGMENTS).withDefault("members"),
  search: parseAsString.withDefault(""),
};
